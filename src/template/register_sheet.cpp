// Registers of risks and mitigations.
#include "template/finance_sheet.hpp"
#include "template/risk_sheets.hpp"

#include <riskshare/detail/money_text.hpp>
#include <riskshare/detail/slips.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace riskshare::templates::detail {

using riskshare::detail::folded;
using riskshare::detail::plain;

const shape& register_shape() {
    using holds = field::holds;
    static const shape s{
        "risks and mitigations",
        {
            {"reference",
             {"ref", "reference", "risk ref", "risk reference", "id", "risk id", "no", "number", "ref no", "risk no",
              "risk number", "mitigation ref", "item"},
             holds::label,
             false},
            {"description",
             {"description", "risk description", "detail", "details", "narrative", "title", "name", "risk",
              "risk title", "issue", "risk / opportunity", "risk or opportunity"},
             holds::text,
             false},
            {"owner",
             {"organisation", "organization", "owner", "risk owner", "org", "body", "trust", "lead organisation",
              "lead", "system partner", "partner", "provider"},
             holds::text,
             false},
            {"category", {"category", "risk category", "theme", "area"}, holds::text, false},
            {"kind",
             {"risk / mitigation", "risk/mitigation", "risk or mitigation", "type", "kind"},
             holds::text,
             false},
            {"gross",
             {"gross", "gross risk", "gross value", "gross amount", "gross impact", "gross mitigation", "value",
              "amount", "full value", "potential value", "financial impact", "full impact", "potential impact"},
             holds::amount,
             true,
             {"worst case", "impact", "exposure"}},
            {"likelihood",
             {"likelihood", "probability", "chance", "likelihood %", "probability %", "% likelihood",
              "likelihood percent", "prob", "likelihood of occurring", "likelihood of occurrence"},
             holds::text,
             true},
            {"adjusted",
             {"adjusted", "adjusted value", "risk adjusted", "adjusted for likelihood", "weighted",
              "likelihood adjusted", "adjusted risk", "risk adjusted value", "weighted value", "risk adjusted amount",
              "expected value", "likely value", "likely impact"},
             holds::amount,
             false,
             {"adjusted mitigation"}},
            {"mitigation_gross",
             {"mitigation value", "mitigation amount", "mitigation gross", "value of mitigation", "mitigating value",
              "mitigation impact"},
             holds::amount,
             false},
            {"mitigation_likelihood",
             {"likelihood of mitigation", "mitigation likelihood", "mitigation probability", "likelihood of success",
              "likelihood of delivery", "probability of mitigation"},
             holds::text,
             false},
            {"mitigation_adjusted",
             {"adjusted mitigation", "mitigation adjusted", "risk adjusted mitigation", "weighted mitigation",
              "likely mitigation"},
             holds::amount,
             false},
            {"mitigation_text",
             {"mitigation", "mitigating action", "mitigation description", "mitigations in place", "action",
              "mitigating actions"},
             holds::text,
             false},
        }};
    return s;
}

const shape& register_without_references() {
    static const shape s = [] {
        shape of = register_shape();
        of.fields.erase(of.fields.begin());
        of.fields.front().kind = field::holds::label;
        return of;
    }();
    return s;
}

result<std::optional<ratio>> read_fraction(const grid& g, std::uint32_t row, std::uint32_t column) {
    using fraction = std::optional<ratio>;
    const workbook::cell* c = g.cell(row, column);
    if (c == nullptr || c->kind == workbook::cell_kind::blank) return fraction{};
    const provenance at = g.at(row, column);
    if (c->kind == workbook::cell_kind::number) {
        const result<decimal> d = decimal_of_stored(c->text);
        if (!d) return failure{d.why().rule, d.why().message, at};
        const result<ratio> r = to_ratio(*d);
        if (!r) return failure{r.why().rule, r.why().message, at};
        return fraction(*r);
    }
    if (c->kind == workbook::cell_kind::error)
        return failure{"cell.error", "the cell holds the error " + std::string(c->text) + " where a fraction should be",
                       at};
    if (plain(c->text).empty()) return fraction{};
    const result<ratio> r = parse_ratio(plain(c->text));
    if (!r) return failure{r.why().rule, r.why().message, at};
    return fraction(*r);
}

namespace {

std::optional<register_kind> kind_said(const std::string& text) {
    const bool risks = text.find("risk") != std::string::npos;
    const bool mitigations = text.find("mitigat") != std::string::npos;
    if (risks == mitigations) return std::nullopt;
    return risks ? register_kind::risk : register_kind::mitigation;
}

/// What the rows of a table without a column of kinds are: by the line above it, its headings, the sheet's name.
std::optional<register_kind> kind_of_table(const found_table& t) {
    for (std::uint32_t above = t.last_heading; above-- > 1;) {
        int texts = 0;
        for (std::uint32_t c = 1; c <= t.grid.columns(); ++c) texts += t.grid.blank(above, c) ? 0 : 1;
        if (above >= t.first_heading && texts != 1) continue; // a line of the headings, not a title over them
        for (std::uint32_t c = 1; c <= t.grid.columns(); ++c) {
            const std::string title = folded(t.grid.text(above, c));
            const bool speaks = title.find("risk") != std::string::npos || title.find("mitigat") != std::string::npos;
            if (!speaks) continue;
            if (const std::optional<register_kind> said = kind_said(title)) return said;
            above = 1; // "Risks and mitigations": what stands above it says no more
            break;
        }
    }
    for (const char* heading : {"reference", "description", "mitigation_text"})
        if (const found_column* c = t.column(heading))
            if (const std::optional<register_kind> said = kind_said(folded(c->heading))) return said;
    return kind_said(folded(t.grid.place().sheet()));
}

/// A fraction in a cell of a column of likelihoods, as that column states them.
class likelihoods {
public:
    likelihoods(const found_table& t, const read_options& o, const found_column& column)
        : table_(t), options_(o), column_(column.column) {
        const std::string heading = folded(column.heading);
        percent_ = heading.find('%') != std::string::npos || heading.find("per cent") != std::string::npos ||
                   heading.find("percent") != std::string::npos;
        for (const found_row& row : t.rows) {
            if (const std::optional<ratio> r = bare_number(row.row); r && ratio(1) < *r) above_one_ = true;
            if (!t.grid.blank(row.row, column_)) last_ = row.row;
        }
    }

    result<std::optional<ratio>> of(std::uint32_t row) const {
        const std::string text = table_.grid.text(row, column_);
        if (const auto said = options_.map.likelihoods.find(folded(text)); said != options_.map.likelihoods.end())
            return std::optional(said->second);
        const std::optional<ratio> bare = bare_number(row);
        if (bare && above_one_ && percent_) return std::optional(*bare / ratio(100));
        if (bare && above_one_ && ratio(1) <= *bare)
            return failure{"register.likelihood",
                           "a likelihood of " + text + " could be a per cent, or a score such as 1 to 5",
                           table_.grid.at(row, column_)};
        if (const std::optional<ratio> within = percentage_within(text)) return within;
        if (const std::optional<ratio> by_key = in_key(text)) return by_key;
        if (const std::optional<ratio> in_words = in_key_of_words(text)) return in_words;
        return read_fraction(table_.grid, row, column_);
    }

private:
    /// A number that its format does not show as a percentage.
    std::optional<ratio> bare_number(std::uint32_t row) const {
        const workbook::cell* c = table_.grid.cell(row, column_);
        if (c == nullptr || c->kind != workbook::cell_kind::number) return std::nullopt;
        if (table_.grid.source().number_format(*c).find('%') != std::string_view::npos) return std::nullopt;
        const result<std::optional<ratio>> r = read_fraction(table_.grid, row, column_);
        return r ? *r : std::nullopt;
    }

    /// "Likely (60%)": words with exactly one percentage among them.
    static std::optional<ratio> percentage_within(const std::string& text) {
        const std::size_t sign = text.find('%');
        if (sign == std::string::npos || text.find('%', sign + 1) != std::string::npos) return std::nullopt;
        std::size_t first = sign;
        while (first > 0 && (riskshare::detail::is_digit(text[first - 1]) || text[first - 1] == '.')) --first;
        if (first == 0 || first == sign || text[first - 1] == '-' || text[first - 1] == '<' || text[first - 1] == '>')
            return std::nullopt;
        const result<ratio> r = parse_ratio(text.substr(first, sign + 1 - first));
        return r ? std::optional(*r) : std::nullopt;
    }

    /// What the sheet's own key says of a word: "High" with 75% right of it, under a line that speaks of likelihoods.
    std::optional<ratio> in_key(const std::string& word) const {
        std::optional<ratio> said;
        const grid& g = table_.grid;
        for (std::uint32_t row = 1; row <= g.rows() && !word.empty(); ++row) {
            if (in_table(row)) continue;
            for (std::uint32_t c = 1; c < g.columns(); ++c) {
                if (g.is_number(row, c) || folded(g.text(row, c)) != folded(word) || !under_key(row, c)) continue;
                const result<std::optional<ratio>> r = read_fraction(g, row, c + 1);
                if (!r || !*r || **r < ratio(0) || ratio(1) < **r) continue;
                if (said && *said != **r) return std::nullopt; // two keys that differ settle nothing
                said = **r;
            }
        }
        return said;
    }
    /// "Key: High 75%, Medium 50%, Low 25%" in one cell outside the table: the percentage right behind the word.
    std::optional<ratio> in_key_of_words(const std::string& word) const {
        std::optional<ratio> said;
        const grid& g = table_.grid;
        const std::string wanted = " " + folded(word) + " ";
        for (std::uint32_t row = 1; row <= g.rows() && !word.empty(); ++row)
            for (std::uint32_t c = 1; c <= g.columns(); ++c) {
                if (g.is_number(row, c)) continue;
                std::string line = " ";
                for (const char mark : folded(g.text(row, c)) + " ")
                    line += riskshare::detail::is_alphanumeric(mark) || mark == '.' || mark == '%' ? mark : ' ';
                line = " " + plain(line) + " ";
                if (std::count(line.begin(), line.end(), '%') < 2) continue; // a key names several
                const std::size_t at = line.find(wanted);
                if (at == std::string::npos) continue;
                const std::size_t first = at + wanted.size(), end = line.find(' ', first);
                const result<ratio> r = parse_ratio(line.substr(first, end - first));
                if (!r || line[end - 1] != '%') continue;
                if (said && *said != *r) return std::nullopt;
                said = *r;
            }
        return said;
    }
    bool in_table(std::uint32_t row) const { return row >= table_.first_heading && row <= last_; }
    bool under_key(std::uint32_t row, std::uint32_t column) const {
        constexpr std::uint32_t longest = 10;
        for (std::uint32_t above = row - 1; above > 0 && above + longest > row; --above)
            for (std::uint32_t c : {column, column + 1}) {
                const std::string title = folded(table_.grid.text(above, c));
                if (title.find("likelihood") != std::string::npos || title.find("probability") != std::string::npos)
                    return !in_table(above);
            }
        return false;
    }

    const found_table& table_;
    const read_options& options_;
    std::uint32_t column_, last_ = 0; ///< the last row with a likelihood
    bool percent_ = false, above_one_ = false;
};

class register_reader {
public:
    register_reader(const found_table& t, const read_options& o, finance_report& r, std::vector<finding>& f)
        : table_(t), options_(o), report_(r), findings_(f), likelihood_(t, o, *t.column("likelihood")),
          kind_(kind_of_table(t)) {
        if (const found_column* c = t.column("mitigation_likelihood")) beside_.emplace(t, o, *c);
    }

    void read() {
        if (!report_.risks) report_.risks.emplace();
        bool under = false;
        std::uint32_t before = table_.last_heading;
        for (const found_row& row : table_.rows) {
            if (read_sections_between(before, row.row)) under = false;
            before = row.row;
            const std::string said = text_of(row.row);
            if (!any_amount(row.row) && blank(row.row, "likelihood")) {
                if (const std::optional<register_kind> section = kind_said(said)) kind_ = section, under = false;
                continue;
            }
            const bool unnamed = row.label.empty() || names_a_total(row.label) || names_a_total(said);
            if (blank(row.row, "likelihood") && (unnamed || under || blank(row.row, "gross"))) {
                if (read_printed_total(row.row, said)) {
                    under = true;
                    continue;
                }
            }
            if (table_.column("mitigation_gross") == nullptr || !blank(row.row, "gross"))
                read_item(row.row, kind_of(row.row));
            read_mitigation_beside(row.row);
        }
        settle_negatives();
        refuse_amounts_among_texts();
    }

private:
    std::string text(std::uint32_t row, std::string_view wanted) const {
        const found_column* c = table_.column(wanted);
        return c == nullptr ? "" : table_.grid.text(row, c->column);
    }
    bool blank(std::uint32_t row, std::string_view wanted) const { return text(row, wanted).empty(); }
    bool any_amount(std::uint32_t row) const {
        return !blank(row, "gross") || !blank(row, "adjusted") || holds_formula(row, "gross") ||
               holds_formula(row, "adjusted");
    }
    bool holds_formula(std::uint32_t row, std::string_view wanted) const {
        const found_column* c = table_.column(wanted);
        const workbook::cell* cell = c == nullptr ? nullptr : table_.grid.cell(row, c->column);
        return cell != nullptr && cell->has_formula;
    }
    provenance place(std::uint32_t row, std::string_view wanted) const {
        const found_column* c = table_.column(wanted);
        return c == nullptr ? table_.grid.place() : table_.grid.at(row, c->column);
    }
    /// The first words of the row, whichever column holds them.
    std::string text_of(std::uint32_t row) const {
        for (std::uint32_t c = 1; c <= table_.grid.columns(); ++c)
            if (!table_.grid.is_number(row, c) && !table_.grid.blank(row, c)) return folded(table_.grid.text(row, c));
        return "";
    }

    /// A heading among the rows that the table itself did not take for one: "Mitigations" under the total of the risks.
    bool read_sections_between(std::uint32_t before, std::uint32_t row) {
        bool any = false;
        for (std::uint32_t between = before + 1; between < row; ++between)
            if (const std::optional<register_kind> section = kind_said(text_of(between))) kind_ = section, any = true;
        return any;
    }

    static cell_figure by_size(const cell_figure& f) {
        return f && f->value().is_negative() ? figure(-f->written(), f->unit(), f->at(), f->places()) : f;
    }

    /// Mitigations that are all negative take away from the risks above them, and are read by their size; some of them
    /// negative is a slip.
    void settle_negatives() {
        if (negative_.empty()) return;
        std::vector<register_item>& items = report_.risks->items;
        std::vector<provenance> at;
        for (std::size_t i : negative_) at.push_back(items[i].at);
        if (positive_ == 0) {
            findings_.push_back({"register.written_negative", severity::note,
                                 "every mitigation is written as a negative amount; read by its size, as what it takes "
                                 "away from the risks",
                                 std::move(at)});
            return;
        }
        findings_.push_back({"register.negative", severity::error,
                             "some mitigations are negative and others positive; the negative ones were left out",
                             std::move(at), "write all with one sign"});
        for (auto i = negative_.rbegin(); i != negative_.rend(); ++i)
            items.erase(items.begin() + static_cast<std::ptrdiff_t>(*i));
    }

    void refuse_amounts_among_texts() {
        const found_column* c = table_.column("mitigation_text");
        if (c == nullptr || table_.column("mitigation_gross") != nullptr) return;
        for (const found_row& row : table_.rows)
            if (table_.grid.is_number(row.row, c->column)) {
                findings_.push_back({"register.mitigation_column",
                                     severity::error,
                                     "amounts stand under \"" + c->heading +
                                         "\" beside the risks; without a likelihood of their own they were not read",
                                     {table_.grid.at(row.row, c->column)},
                                     "head them \"Mitigation value\" and \"Mitigation likelihood\", or list the "
                                     "mitigations as rows"});
                return;
            }
    }

    /// A row under the register that prints one of its totals.
    bool read_printed_total(std::uint32_t row, const std::string& said) {
        const auto says = [&](const char* word) { return said.find(word) != std::string::npos; };
        printed_totals& printed = report_.risks->printed;
        const cell_figure gross = figure_in(table_, row, "gross", findings_);
        const cell_figure adjusted = figure_in(table_, row, "adjusted", findings_);
        const bool net = says("net") || says("after mitigation");
        const bool mitigation = says("mitigat") || (!says("risk") && kind_ == register_kind::mitigation);
        if (net) {
            printed.net = adjusted ? adjusted : gross;
        } else if (mitigation || says("risk") || says("gross") || says("adjusted") || names_a_total(said)) {
            const bool gross_only = says("gross") || (!says("adjusted") && !adjusted);
            if (!mitigation && gross_only) printed.gross_risk = gross ? gross : adjusted;
            if (!mitigation && !gross_only) printed.adjusted_risk = adjusted ? adjusted : gross;
            if (!mitigation && !gross_only && gross && adjusted) printed.gross_risk = gross;
            if (mitigation && !says("gross")) printed.adjusted_mitigation = by_size(adjusted ? adjusted : gross);
        } else {
            return false;
        }
        return true;
    }

    void missing(std::uint32_t row, const char* field, const char* rule, const std::string& message,
                 const char* advice) {
        findings_.push_back({rule, severity::error, message, {place(row, field)}, advice});
    }

    /// Only the row's own words where there is a column for them.
    std::optional<register_kind> kind_of(std::uint32_t row) const {
        if (table_.column("kind") == nullptr) return kind_;
        const std::string own = folded(text(row, "kind"));
        if (own.rfind("mitigat", 0) == 0 || own.rfind("opportunit", 0) == 0 || own == "m")
            return register_kind::mitigation;
        if (own.rfind("risk", 0) == 0 || own == "r") return register_kind::risk;
        return std::nullopt;
    }

    /// The columns that an item's figures stand in.
    struct item_columns {
        const char *gross = "gross", *likelihood = "likelihood", *adjusted = "adjusted";
    };

    void read_item(std::uint32_t row, std::optional<register_kind> kind) {
        register_item item;
        item.reference = text(row, "reference");
        item.description = text(row, table_.column("description") != nullptr ? "description" : "mitigation_text");
        read_figures(row, kind, std::move(item), {}, &likelihood_);
    }

    /// A mitigation in the row of its risk, in columns of its own.
    void read_mitigation_beside(std::uint32_t row) {
        if (blank(row, "mitigation_gross") && !holds_formula(row, "mitigation_gross")) return;
        // Of a mitigation of nought nobody needs to know how likely it is.
        if (text(row, "mitigation_gross") == "0" && blank(row, "mitigation_likelihood")) return;
        register_item item;
        item.reference = text(row, "reference");
        if (!item.reference.empty()) item.reference += " mitigation";
        item.description = text(row, "mitigation_text");
        read_figures(row, register_kind::mitigation, std::move(item),
                     {"mitigation_gross", "mitigation_likelihood", "mitigation_adjusted"},
                     beside_ ? &*beside_ : nullptr);
    }

    void read_figures(std::uint32_t row, std::optional<register_kind> kind, register_item item, const item_columns& c,
                      const likelihoods* chances) {
        item.category = text(row, "category");
        item.owner = body_named(text(row, "owner"), options_, report_);
        item.at = place(row, c.gross);
        const std::string name = "\"" + (item.reference.empty() ? item.description : item.reference) + "\"";
        const std::size_t before = findings_.size();
        cell_figure gross = figure_in(table_, row, c.gross, findings_);
        const bool unreadable = findings_.size() != before;
        item.printed_adjusted = figure_in(table_, row, c.adjusted, findings_);
        const result<std::optional<ratio>> likelihood =
            chances != nullptr ? chances->of(row) : result<std::optional<ratio>>(std::optional<ratio>());
        if (!kind)
            missing(row, "kind", "register.kind_unknown",
                    name + " is said to be neither a risk nor a mitigation, and was left out",
                    "write Risk or Mitigation");
        if (!gross && holds_formula(row, c.gross))
            findings_.push_back(without_result(table_, row, c.gross));
        else if (!gross && !unreadable)
            missing(row, c.gross, "register.no_gross", name + " has no gross amount, and was left out",
                    "give the amount; a blank is not taken for zero");
        if (!likelihood) {
            finding f = to_finding(likelihood.why());
            f.message = name + " was left out: " + f.message;
            f.advice = "write 60% or 0.6, or say what it stands for in a mapping (--map): [likelihoods] \"" +
                       text(row, c.likelihood) + "\" = \"60%\"";
            findings_.push_back(std::move(f));
        } else if (!*likelihood) {
            missing(row, chances != nullptr ? c.likelihood : c.gross, "register.no_likelihood",
                    name + " has no likelihood, and was left out", "give the likelihood; none is assumed");
        }
        if (!kind || !gross || !likelihood || !*likelihood) return;
        item.kind = *kind;
        item.likelihood = **likelihood;
        if (item.likelihood < ratio(0) || ratio(1) < item.likelihood) {
            missing(row, c.likelihood, "register.likelihood",
                    name + " has a likelihood of " + to_percent(item.likelihood) +
                        ", outside 0% to 100%, and was left out",
                    "write 60% or 0.6");
            return;
        }
        if (item.kind == register_kind::risk && gross->value().is_negative()) {
            missing(row, c.gross, "register.negative",
                    name + " is a risk of " + riskshare::detail::said(gross->value()) + ", and was left out",
                    "write risks as positive amounts; what takes away is a mitigation");
            return;
        }
        if (item.kind == register_kind::mitigation) {
            if (gross->value().is_negative())
                negative_.push_back(report_.risks->items.size());
            else
                ++positive_;
            gross = by_size(gross);
            item.printed_adjusted = by_size(item.printed_adjusted);
        }
        item.gross = gross->value();
        report_.risks->items.push_back(std::move(item));
    }

    const found_table& table_;
    const read_options& options_;
    finance_report& report_;
    std::vector<finding>& findings_;
    likelihoods likelihood_;
    std::optional<likelihoods> beside_; ///< of mitigations in the rows of their risks
    std::optional<register_kind> kind_; ///< of the rows that follow, where they have no word of their own
    std::vector<std::size_t> negative_; ///< mitigations written so, by their place among the items
    std::size_t positive_ = 0;          ///< other mitigations of the table
};

} // namespace

std::vector<grid> side_by_side(const grid& g, const shape& s) {
    std::vector<std::uint32_t> begins;
    constexpr std::uint32_t headings_stand_above = 300;
    for (std::uint32_t row = 1; row <= std::min(g.rows(), headings_stand_above); ++row) {
        std::vector<std::uint32_t> here{1};
        std::set<std::string> fields;
        std::size_t complete = 0;
        const auto all_there = [&] {
            return std::all_of(s.fields.begin(), s.fields.end(),
                               [&](const field& f) { return !f.required || fields.count(f.id) != 0; });
        };
        for (std::uint32_t c = 1; c <= g.columns(); ++c) {
            if (g.blank(row, c) || g.is_number(row, c)) continue;
            const field* best = nullptr;
            for (const field& f : s.fields)
                if (fit(g.text(row, c), f) > 85 &&
                    (best == nullptr || fit(g.text(row, c), f) > fit(g.text(row, c), *best)))
                    best = &f;
            if (best == nullptr) continue;
            if (!fields.insert(best->id).second && all_there()) {
                ++complete;
                here.push_back(c);
                fields = {best->id};
            }
        }
        if (all_there()) ++complete;
        if (complete == here.size() && here.size() > 1 && here.size() > begins.size()) begins = here;
    }
    if (begins.size() < 2) return {g};
    std::vector<grid> parts;
    for (std::size_t i = 0; i < begins.size(); ++i)
        parts.push_back(g.between(begins[i], i + 1 < begins.size() ? begins[i + 1] - 1 : UINT32_MAX));
    return parts;
}

namespace {

/// Two slips in a name, or two letters exchanged in a code.
bool may_be_a_slip(std::string name, std::string other) {
    if (name.size() >= 5 && other.size() >= 5) return riskshare::detail::slips(name, other) <= 2;
    if (name.size() < 3 || name.size() != other.size()) return false;
    std::sort(name.begin(), name.end());
    std::sort(other.begin(), other.end());
    return name == other;
}

/// Whose risk it is decides who bears it: owners that are blank, or that may be a slip of another.
void review_owners(const found_table& t, const risk_register& read, std::size_t first, std::vector<finding>& findings) {
    std::map<std::string, std::size_t> owners;
    finding blank{"register.no_owner", severity::warning, ""};
    std::string names;
    for (std::size_t i = first; i < read.items.size(); ++i) {
        const register_item& item = read.items[i];
        if (!item.owner.empty()) {
            ++owners[item.owner];
            continue;
        }
        blank.at.push_back(item.at);
        if (blank.at.size() <= 5)
            names += (names.empty() ? "" : ", ") + (item.reference.empty() ? item.description : item.reference);
    }
    if (!blank.at.empty() && owners.empty() && t.column("owner") == nullptr) {
        blank.severity = severity::note;
        blank.at = {t.at()};
        blank.message = "the register has no column for whose the risks are: all stand as the system's";
        blank.advice = "if there is one, write Organisation above it";
        findings.push_back(std::move(blank));
    } else if (!blank.at.empty() && !owners.empty()) {
        blank.message = std::to_string(blank.at.size()) +
                        (blank.at.size() == 1 ? " item names no owner: " : " items name no owner: ") + names;
        blank.advice = "name whose they are; nobody's exposure holds them";
        findings.push_back(std::move(blank));
    }
    for (const auto& [name, count] : owners)
        for (const auto& [other, more] : owners) {
            if (name == other || count > more || (count == more && other < name) || !may_be_a_slip(name, other))
                continue;
            findings.push_back({"register.owner_resembles",
                                severity::warning,
                                "\"" + name + "\" resembles \"" + other + "\", and was taken for another owner",
                                {t.at()},
                                "correct the name where it is a slip"});
        }
}

} // namespace

bool read_register(const found_table& t, const read_options& options, finance_report& report,
                   std::vector<finding>& findings) {
    const std::size_t before = report.risks ? report.risks->items.size() : 0;
    register_reader(t, options, report, findings).read();
    if (report.risks) review_owners(t, *report.risks, before, findings);
    return true;
}

} // namespace riskshare::templates::detail
