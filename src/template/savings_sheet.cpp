#include "template/savings_sheet.hpp"

#include "template/finance_sheet.hpp"
#include "template/heading_block.hpp"
#include "template/rating_key.hpp"
#include "template/savings_scales.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

using riskshare::detail::folded;

std::vector<std::string> organisation_headings() {
    return {"organisation",
            "organization",
            "org",
            "orgs",
            "trust",
            "body",
            "provider",
            "partner",
            "name",
            "entity",
            "nhs body",
            "ccg",
            "commissioner",
            "health body",
            "employer",
            "provider / commissioner",
            "provider / ccg",
            "trust / ccg",
            "organisation name",
            "organisation code",
            "provider commissioner",
            "locality",
            "place",
            "directorate",
            "division"};
}

namespace {

const char* id_of(rating r) { return to_string(r); }

} // namespace

const shape& savings_shape() {
    using holds = field::holds;
    static const shape s{
        "savings by rating",
        {
            {"organisation", organisation_headings(), holds::label, false},
            {"red", {"red", "r", "rag red"}, holds::amount, true},
            {"amber", {"amber", "a", "rag amber"}, holds::amount, true},
            {"green", {"green", "g", "rag green"}, holds::amount, true},
            {"unidentified",
             {"unidentified", "u", "unid", "unident", "unidentified savings", "not identified", "not yet identified",
              "to be identified", "gap"},
             holds::amount,
             false,
             {},
             true},
            {"total",
             {"total", "total saving planned", "total savings planned", "total savings", "total plan", "total planned",
              "total cip", "total qipp", "total cip qipp", "planned total", "overall total", "grand total"},
             holds::amount,
             false,
             {"plan", "savings plan", "savings target", "target"}},
            {"risk",
             {"at risk", "savings at risk", "risk adjusted", "weighted risk", "value at risk", "delivery risk",
              "risk value", "amount at risk", "risk to delivery", "risk"},
             holds::amount,
             false},
        }};
    return s;
}

std::string organisation_of(const found_table& t, const found_row& row, const read_options& options,
                            std::vector<finding>& findings) {
    return body_in(row.label, t.grid.at(row.row, t.column("organisation")->column), options.directory, findings);
}

std::string body_in(const std::string& typed, const provenance& at, const organisation_directory& directory,
                    std::vector<finding>& findings) {
    const std::optional<organisation_match> match = directory.recognise(typed);
    if (!match) return typed;
    if (match->how == name_match::resembles)
        findings.push_back({"organisation.resembles",
                            severity::warning,
                            "\"" + typed + "\" was read as " + match->code + ": it resembles \"" + match->name + "\"",
                            {at},
                            "correct the name, or confirm it under [organisations] in a mapping file (--map)"});
    return match->code;
}

cell_figure amount_in(const found_table& t, const found_row& row, const found_column& column,
                      std::vector<finding>& findings) {
    const result<cell_figure> f = read_amount(t.grid, row.row, column.column, row.unit.value_or(*column.unit));
    if (f) return *f;
    finding what = unread_figure(f.why());
    what.message = row.label + ", " + column.field + ": " + what.message;
    findings.push_back(std::move(what));
    return {};
}

cell_figure amount_of(const found_table& t, const found_row& row, std::string_view wanted,
                      std::vector<finding>& findings) {
    const found_column* column = t.column(wanted);
    return column == nullptr ? cell_figure() : amount_in(t, row, *column, findings);
}

void note_unread(const found_table& t, const found_column& c, std::vector<finding>& findings) {
    findings.push_back({"table.column_not_read",
                        severity::note,
                        "the column \"" + c.heading + "\" was not read",
                        {t.grid.at(t.last_heading, c.column)}});
}

namespace {

/// A sub-total against the rows that it adds up, column by column. It is part of no answer, so the table does not keep
/// it.
void check_sub_total(const found_table& t, const found_row& row, std::vector<finding>& findings) {
    std::vector<finding> unread; // said where the rows themselves are read
    for (const found_column& c : t.columns) {
        const cell_figure printed = c.unit ? amount_of(t, row, c.field, unread) : cell_figure();
        if (!printed) continue;
        exact sum, slack;
        for (const found_row& part : t.rows) {
            if (std::find(row.adds.begin(), row.adds.end(), part.row) == row.adds.end()) continue;
            const cell_figure f = amount_of(t, part, c.field, unread);
            sum += value_or_zero(f);
            slack += riskshare::detail::half_step(f);
        }
        riskshare::detail::compare_printed(findings, "the " + c.field + " of the sub-total \"" + row.label + "\"",
                                           printed, sum, slack);
    }
}

} // namespace

bool sums_all(const found_table& t, const found_row& row, const read_options& options, std::vector<finding>& findings) {
    if (options.directory.recognise(row.label))
        findings.push_back(
            {"table.total_by_sum",
             severity::note,
             "\"" + row.label + "\" was taken for a total and not added: " + row.why,
             {t.grid.at(row.row, t.column("organisation")->column)},
             "if it is a body of its own, say so by ignoring the row or its parts in a mapping (--map)"});
    if (row.adds.empty()) return true;
    check_sub_total(t, row, findings);
    return false;
}

namespace {

/// A total that is not of all ratings: "Sub-total" or "Identified" adds up some of them, a control total none.
bool of_other_than_ratings(const found_column* total) {
    if (total == nullptr) return false;
    const std::string words = words_of(total->heading);
    for (const char* other : {"subtotal", "sub total", "identified", "control total"})
        if (has_words(words, other)) return true;
    return false;
}

/// A row of weights among the savings: parts of one under every rating.
std::optional<sourced_weights> weights_in(const found_table& t, const found_row& row) {
    const std::string label = folded(row.label);
    if (label.rfind("weight", 0) != 0 && label.rfind("risk weight", 0) != 0 && label.rfind("% at risk", 0) != 0)
        return std::nullopt;
    std::array<ratio, ratings.size()> found;
    for (rating r : ratings) {
        const found_column* column = t.column(id_of(r));
        const workbook::cell* c = column == nullptr ? nullptr : t.grid.cell(row.row, column->column);
        const result<decimal> stored = decimal_of_stored(c == nullptr ? "" : c->text);
        const result<ratio> weight = stored ? to_ratio(*stored) : parse_ratio(c == nullptr ? "" : c->text);
        if (!weight) return std::nullopt;
        found[static_cast<std::size_t>(r)] = *weight;
    }
    const result<risk_weights> weights = checked({found[0], found[1], found[2], found[3]});
    if (!weights) return std::nullopt;
    return sourced_weights{*weights, to_string(t.grid.at(row.row, t.column("organisation")->column))};
}

} // namespace

namespace {

/// A column headed by a colour that a mapping, or the sheet's own key, says to stand for a rating.
struct further_rating {
    found_column column;
    rating is;
};

std::vector<further_rating> further_ratings(const found_table& t, const read_options& options,
                                            std::vector<finding>& findings) {
    std::vector<further_rating> out;
    const std::vector<keyed_rating> key = rating_key(t.grid);
    for (const found_column& c : t.columns) {
        if (!c.field.empty() || t.column("red") == nullptr) continue;
        const std::string heading = folded(c.heading);
        std::optional<rating> is;
        for (const auto& [typed, meant] : options.map.ratings)
            if (folded(typed) == heading) is = meant;
        for (const keyed_rating& k : key)
            if (!is && k.word == heading) {
                is = k.is;
                findings.push_back(followed_key(c.heading, k));
            }
        if (!is) continue;
        out.push_back({c, *is});
        out.back().column.field = id_of(*is);
        if (!out.back().column.unit) out.back().column.unit = t.column("red")->unit;
    }
    return out;
}

void add_further(const found_table& t, const found_row& row, const std::vector<further_rating>& further,
                 savings_plan& plan, std::vector<finding>& findings) {
    for (const further_rating& f : further) {
        const cell_figure more = amount_in(t, row, f.column, findings);
        cell_figure& sum = plan.of(f.is);
        if (!more) continue;
        sum = sum ? worked_out(sum->value() + more->value(), sum->unit(), sum->at()) : more;
    }
}

/// Rows that are development statuses are nobody's savings by rating: which part of each status is at risk is said
/// neither by its name nor by the column.
bool refuses_rows_of_statuses(const found_table& t, std::vector<finding>& findings) {
    std::size_t rows = 0, statuses = 0;
    for (const found_row& row : t.rows) {
        if (row.kind == row_kind::total) continue;
        ++rows, statuses += names_a_status(row.label) ? 1 : 0;
    }
    if (statuses < 2 || 2 * statuses < rows) return false;
    findings.push_back(
        {"savings.statuses_by_rating",
         severity::error,
         "the rows are development statuses and the columns ratings: what part of each is at risk cannot be told",
         {t.at()},
         "to weigh by status, give a copy with the columns of the statuses and \"Total\" alone, that one headed by the "
         "body's name, and --weights \"STATUS=PART,…\"; to weigh by rating, give a row a body"});
    return true;
}

} // namespace

savings_table savings_of(const found_table& t, const read_options& options, std::optional<sourced_weights>& weights,
                         std::vector<finding>& findings) {
    savings_table out;
    if (refuses_rows_of_statuses(t, findings)) return out;
    const bool no_total = of_other_than_ratings(t.column("total"));
    const std::vector<further_rating> further = further_ratings(t, options, findings);
    for (const found_row& row : t.rows) {
        if (row.kind == row_kind::total && !sums_all(t, row, options, findings)) continue;
        if (std::optional<sourced_weights> said = weights_in(t, row)) {
            weights = std::move(said);
            continue;
        }
        if (row.kind == row_kind::of_which) {
            findings.push_back({"table.of_which",
                                severity::note,
                                "\"" + row.label + "\" is part of the row above and was not added",
                                {t.grid.at(row.row, t.column("organisation")->column)}});
            continue;
        }
        const bool is_total = row.kind == row_kind::total;
        savings_plan plan;
        plan.organisation = is_total ? row.label : organisation_of(t, row, options, findings);
        plan.at = t.grid.at(row.row, t.column("organisation")->column);
        for (rating r : ratings) plan.of(r) = amount_of(t, row, id_of(r), findings);
        add_further(t, row, further, plan, findings);
        if (!no_total) plan.printed_total = amount_of(t, row, "total", findings);
        plan.printed_risk = amount_of(t, row, "risk", findings);
        (is_total ? out.printed_totals : out.plans).push_back(std::move(plan));
    }
    out.unidentified_known = t.column("unidentified") != nullptr;
    if (!out.unidentified_known)
        findings.push_back({"savings.no_unidentified",
                            severity::warning,
                            "the table has no column for unidentified savings; they are taken as blank",
                            {t.at()},
                            "if there are any, name the column in a mapping file (--map)"});
    if (no_total) note_unread(t, *t.column("total"), findings);
    for (const found_column& c : t.columns) {
        const bool known = std::any_of(further.begin(), further.end(),
                                       [&](const further_rating& f) { return f.column.column == c.column; });
        if (!c.field.empty() || known) continue;
        static constexpr std::string_view colours[] = {"blue", "black",       "purple", "yellow", "orange",
                                                       "grey", "white",       "pink",   "brown",  "amber/red",
                                                       "a/r",  "amber/green", "a/g"};
        const std::string heading = folded(c.heading);
        const bool colour = std::any_of(std::begin(colours), std::end(colours), [&](std::string_view k) {
            return heading == k || heading.rfind(std::string(k) + " ", 0) == 0;
        });
        if (colour)
            findings.push_back({"rating.unknown",
                                severity::error,
                                "the column \"" + c.heading + "\" looks like a rating, and has no weight",
                                {t.grid.at(t.last_heading, c.column)},
                                "give it the meaning of a known rating in a mapping file (--map): [ratings] \"" +
                                    c.heading + "\" = \"amber\""});
        else
            note_unread(t, c, findings);
    }
    return out;
}

std::optional<sourced_weights> weights_of(const workbook::book& book, std::vector<finding>& findings) {
    std::array<std::optional<ratio>, ratings.size()> found;
    std::string source;
    for (const workbook::defined_name& name : book.defined_names()) {
        const std::string id = folded(name.name);
        for (rating r : ratings) {
            if (id != std::string("weight_") + to_string(r)) continue;
            const std::size_t bang = name.refers_to.rfind('!');
            if (bang == std::string::npos) continue;
            std::string sheet_name = name.refers_to.substr(0, bang);
            if (sheet_name.size() > 1 && sheet_name.front() == '\'')
                sheet_name = sheet_name.substr(1, sheet_name.size() - 2);
            const result<workbook::address> at = workbook::parse_address(name.refers_to.substr(bang + 1));
            if (!at || !book.has(sheet_name)) continue;
            const workbook::cell* c = book.read(sheet_name).find(*at);
            const provenance place(book.source().name(), sheet_name, at->row, at->column);
            const result<ratio> weight =
                c == nullptr ? result<ratio>(failure{"weights.missing", "the cell is blank"}) : [&]() -> result<ratio> {
                const result<decimal> d = decimal_of_stored(c->text);
                if (!d) return d.why();
                return to_ratio(*d);
            }();
            if (!weight || *weight < ratio(0) || *weight > ratio(1)) {
                findings.push_back(
                    {"weights.unreadable",
                     severity::error,
                     "the weight of " + std::string(to_string(r)) + " savings is not between 0% and 100%",
                     {place},
                     "correct the cell"});
                continue;
            }
            found[static_cast<std::size_t>(r)] = *weight;
            if (source.empty()) source = to_string(place.at(0, 0));
        }
    }
    const auto get = [&](rating r) { return found[static_cast<std::size_t>(r)]; };
    if (!get(rating::red) || !get(rating::amber) || !get(rating::green) || !get(rating::unidentified))
        return std::nullopt;
    return sourced_weights{{*get(rating::red), *get(rating::amber), *get(rating::green), *get(rating::unidentified)},
                           source};
}

} // namespace riskshare::templates::detail
