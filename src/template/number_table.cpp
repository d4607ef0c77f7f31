#include "template/detail/number_table.hpp"

#include "template/range_index.hpp"
#include "workbook/detail/relationships.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/detail/text.hpp>
#include <riskshare/template/grid.hpp>
#include <riskshare/template/layout.hpp>
#include <riskshare/workbook/number_format.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

namespace riskshare::templates::detail {

namespace {

constexpr int finest = 6;

/// value × 10^6, halves away from zero; nothing when it does not fit.
std::optional<std::int64_t> in_micro(const decimal& d) {
    int exponent = d.exponent() + finest;
    std::int64_t v = d.coefficient();
    if (v == 0) return 0;
    if (exponent > 18) return std::nullopt;
    for (; exponent > 0; --exponent)
        if (__builtin_mul_overflow(v, std::int64_t{10}, &v)) return std::nullopt;
    if (exponent < -18) return 0;
    if (exponent < 0) {
        const std::int64_t p = power_of_ten(-exponent), half = p / 2;
        v = v < 0 ? -((-v + half) / p) : (v + half) / p;
    }
    return v > INT64_MAX / 8 || v < -(INT64_MAX / 8) ? std::nullopt : std::optional(v);
}

struct shown_as {
    bool usable = true; ///< neither a date nor a percentage
    bool general = true;
    int decimals = 0, scale = 0;
};

class table_finder {
public:
    table_finder(const workbook::sheet& s, std::optional<unit> unit_if_none, std::vector<workbook::range> left_out)
        : sheet_(s), unit_if_none_(unit_if_none), left_out_(std::move(left_out)) {}

    std::vector<number_table> find() {
        std::vector<number_table> out;
        std::vector<std::uint32_t> rows;
        std::uint32_t blanks = 0;
        const std::uint32_t last = sheet_.used().last.row;
        auto close = [&] {
            if (rows.size() >= 1) out.push_back(table_of(rows));
            rows.clear();
        };
        for (std::uint32_t row = sheet_.used().first.row; row <= last; ++row) {
            const row_read r = read_row(row);
            if (!r.amounts.empty() || (!rows.empty() && !r.withheld.empty())) {
                rows.push_back(row);
                amounts_[row] = r.amounts;
                withheld_[row] = r.withheld;
                withheld_[row].insert(withheld_[row].end(), r.unread.begin(), r.unread.end());
                blanks = 0;
                continue;
            }
            if (r.texts >= 2)
                close();
            else if (r.texts == 0 && ++blanks > 3)
                close();
        }
        close();
        return out;
    }

private:
    struct row_read {
        std::vector<std::pair<std::uint32_t, amount>> amounts;
        std::vector<std::uint32_t> withheld; ///< columns that say "n/a" or bear the mark of what is not given
        std::vector<std::uint32_t> unread;   ///< columns that hold any other text
        std::size_t texts = 0;
    };

    const shown_as& format_of(const workbook::cell& c) {
        const auto known = formats_.find(c.style);
        if (known != formats_.end()) return known->second;
        shown_as s;
        const std::string_view code = sheet_.number_format(c);
        if (sheet_.is_date(c)) {
            s.usable = false;
        } else if (const result<workbook::shown_digits> shown = workbook::shown_precision("1", code)) {
            s.general = shown->general;
            s.decimals = shown->decimals;
            s.scale = shown->scale;
            s.usable = shown->scale >= 0;
        } else {
            s.usable = false;
        }
        return formats_.emplace(c.style, s).first->second;
    }

    std::optional<amount> amount_of(const workbook::cell& c) {
        amount a;
        a.cell = &c;
        if (c.kind == workbook::cell_kind::number) {
            const shown_as& shown = format_of(c);
            if (!shown.usable) return std::nullopt;
            const result<decimal> read = decimal_of_stored(c.text);
            if (!read) return std::nullopt;
            const std::optional<std::int64_t> micro = in_micro(*read);
            if (!micro) return std::nullopt;
            a.micro = *micro;
            a.places = std::min(finest, read->normalised().places());
            a.general = shown.general;
            if (!shown.general) a.places = std::max(a.places, std::clamp(shown.decimals - shown.scale, 0, finest));
            a.shown = a.micro;
            a.hidden_digits = shown.general ? 0 : std::max(0, shown.scale);
            if (!shown.general) {
                a.shown_half = power_of_ten(std::clamp(finest - shown.decimals + shown.scale, 0, 17)) / 2;
                const std::int64_t step = power_of_ten(std::max(0, finest - shown.decimals + shown.scale));
                const std::int64_t magnitude = (std::abs(a.micro) + step / 2) / step * step;
                a.shown = a.micro < 0 ? -magnitude : magnitude;
            }
            return a;
        }
        if (c.kind != workbook::cell_kind::text || c.text.size() > 24) return std::nullopt;
        const result<written_amount> read = read_written(without_mark(c.text));
        if (!read || read->kind != written_amount::what::amount || read->in) return std::nullopt;
        const std::optional<std::int64_t> micro = in_micro(read->value);
        if (!micro) return std::nullopt;
        a.micro = a.shown = *micro;
        a.places = std::min(finest, read->value.places());
        return a;
    }

    /// "[c]", "[low]", "..", ":": what published tables print in place of a figure that is not given.
    static bool is_mark(const std::string& text) {
        if (text == ".." || text == ":" || text == "x" || text == "c" || text == "z") return true;
        constexpr std::size_t longest = 12;
        return text.size() >= 3 && text.size() <= longest && text.front() == '[' && text.back() == ']';
    }
    /// "135 [r]" is 135, revised.
    static std::string without_mark(std::string_view text) {
        std::string kept = riskshare::detail::plain(text);
        const std::size_t mark = kept.rfind(" [");
        if (mark != std::string::npos && mark > 0 && is_mark(riskshare::detail::folded(kept.substr(mark + 1))))
            kept.erase(mark);
        return kept;
    }

    row_read read_row(std::uint32_t row) {
        row_read r;
        bool years_only = true;
        for (const workbook::cell& c : sheet_.row(row)) {
            if (c.kind == workbook::cell_kind::blank) continue;
            if (left_out_.contains(c.at)) {
                ++r.texts;
                continue;
            }
            if (const std::optional<amount> a = amount_of(c)) {
                r.amounts.push_back({c.at.column, *a});
                const std::int64_t whole = a->micro / 1'000'000;
                years_only =
                    years_only && a->micro % 1'000'000 == 0 && whole >= 1990 && whole <= 2100 && !c.has_formula;
            } else if (c.kind == workbook::cell_kind::text) {
                ++r.texts;
                const bool mark = says_not_available(std::string(c.text)) || is_mark(riskshare::detail::folded(c.text));
                if (!riskshare::detail::plain(c.text).empty()) (mark ? r.withheld : r.unread).push_back(c.at.column);
            }
        }
        if (years_only && r.amounts.size() >= 2) { // a heading of years
            r.texts += r.amounts.size();
            r.amounts.clear();
        }
        return r;
    }

    /// The first text of the row. One further along is what the row is about, not what it is: "System" in a column of
    /// organisations makes no total.
    std::string label_of(std::uint32_t row) const {
        for (const workbook::cell& c : sheet_.row(row))
            if (c.kind == workbook::cell_kind::text && !riskshare::detail::plain(c.text).empty())
                return riskshare::detail::plain(c.text);
        return "";
    }

    /// "Vacancy rate", "rate of interest"; but a "rate support grant" is money, and so are "Rates".
    static bool says_rate(const std::string& words) {
        const std::size_t at = words.find(" rate ");
        if (at == std::string::npos) return false;
        const std::string after = words.substr(at + std::string_view(" rate ").size());
        const auto goes_on = [&](const char* word) { return after.rfind(word, 0) == 0; };
        return after.empty() || goes_on("of ") || goes_on("per ") || goes_on("for ") || goes_on("at ") ||
               goes_on("in ") || goes_on("(");
    }

    /// Whether a line may well be a rate or a part shown once more.
    static bool may_add_nothing(const std::string& label) {
        const std::string t = " " + riskshare::detail::folded(label) + " ";
        if (t.find('%') != std::string::npos) return true;
        for (const char* words :
             {" of which ", " of which: ", " per cent ", " percent ", " percentage ", " weight ", " weights ",
              " weighting ", " average ", " median ", " likelihood ", " probability ", " ratio "})
            if (t.find(words) != std::string::npos) return true;
        return says_rate(t);
    }

    /// "of which recurrent": part of an amount, and an amount itself.
    static bool says_of_which(const std::string& label) {
        const std::string t = " " + riskshare::detail::folded(label) + " ", words = " of which ";
        const std::size_t at = t.find(words);
        return at != std::string::npos && !may_add_nothing(t.substr(0, at) + " " + t.substr(at + words.size()));
    }

    /// The texts above a column, nearest last, up to four rows up.
    std::string heading_of(std::uint32_t first_row, std::uint32_t column) const {
        std::string heading;
        for (std::uint32_t up = std::min<std::uint32_t>(4, first_row - 1); up >= 1; --up) {
            const workbook::cell* c = sheet_.find({first_row - up, column});
            if (c == nullptr || c->kind != workbook::cell_kind::text) continue;
            heading += (heading.empty() ? "" : " ") + riskshare::detail::plain(c->text);
        }
        return heading;
    }

    std::optional<unit> unit_above(std::uint32_t first_row) const {
        std::set<unit> seen;
        for (std::uint32_t row = first_row > 8 ? first_row - 8 : 1; row < first_row; ++row)
            for (const workbook::cell& c : sheet_.row(row))
                if (c.kind == workbook::cell_kind::text)
                    for (unit u : units_in(c.text)) seen.insert(u);
        return seen.size() == 1 ? std::optional<unit>(*seen.begin()) : std::nullopt;
    }

    number_table table_of(const std::vector<std::uint32_t>& rows) {
        number_table t;
        std::map<std::uint32_t, std::size_t> place;
        for (std::uint32_t row : rows)
            for (const auto& a : amounts_[row]) place[a.first] = 0;
        const std::optional<unit> general = unit_above(rows.front());
        for (auto& p : place) {
            p.second = t.columns.size();
            const std::string heading = heading_of(rows.front(), p.first);
            t.columns.push_back({p.first, heading, says_total(heading),
                                 may_add_nothing(heading) || says_per_cent(group_over(rows.front(), p.first, place))});
            t.columns.back().hidden = sheet_.column_hidden(p.first);
            t.columns.back().of_which = says_of_which(heading);
            const std::vector<unit> own = units_in(heading);
            const std::optional<unit> u = own.size() == 1 ? std::optional<unit>(own[0])
                                          : general       ? general
                                                          : unit_if_none_;
            t.units.push_back(u.value_or(unit::pounds));
            t.unit_known.push_back(u.has_value());
        }
        for (std::uint32_t row : rows) {
            const std::string label = label_of(row);
            t.rows.push_back({row, label, says_total(label), may_add_nothing(label)});
            t.rows.back().hidden = sheet_.row_hidden(row);
            t.rows.back().of_which = says_of_which(label);
            t.cells.emplace_back(t.columns.size());
            for (const auto& a : amounts_[row]) t.cells.back()[place[a.first]] = a.second;
            for (std::uint32_t column : withheld_[row])
                if (const auto at = place.find(column); at != place.end())
                    t.withheld.insert({t.rows.size() - 1, at->second});
        }
        t.filtered = sheet_.filtered();
        take_in_units(t);
        take_letters(t, sheet_);
        leave_out_of_which(t);
        state_steps(t);
        if (rounded_to_thousands(t)) state_in_thousands(t);
        for (std::size_t c = 0; c < t.columns.size(); ++c) {
            counter counts;
            for (const auto& row : t.cells) counts.see(row[c]);
            if (counts.only_counts(6)) t.columns[c].doubtful = t.columns[c].counts = true;
        }
        counter counts; // numbers of columns stand in the first row
        for (const auto& cell : t.cells.front()) counts.see(cell);
        // Three figures under a label, 5, 6 and 7, may well be amounts.
        const bool few_with_label = counts.seen == 3 && !t.rows.front().label.empty() && !names_a_total_beside(t);
        if (!few_with_label && counts.only_counts(names_a_total_beside(t) ? 2 : 10))
            t.rows.front().doubtful = t.rows.front().counts = true;
        return t;
    }

    /// "Per cent", "% change", "Growth" over several columns.
    static bool says_per_cent(const std::string& group) {
        constexpr std::size_t longest = 24;
        const std::string words = riskshare::detail::folded(group);
        return words.size() <= longest &&
               (words.find("per cent") != std::string::npos || words.find("percent") != std::string::npos ||
                words.find('%') != std::string::npos || words.find("growth") != std::string::npos);
    }

    /// A label that says it in passing, in a long sentence, heads no total.
    static bool says_total(const std::string& label) {
        if (!names_a_total(label)) return false;
        constexpr std::ptrdiff_t most_words = 6;
        const std::string words = riskshare::detail::folded(label);
        const bool in_passing = words.find(" with total ") != std::string::npos ||
                                words.find(" of total ") != std::string::npos ||
                                words.find(" of the total ") != std::string::npos;
        return !in_passing || std::count(words.begin(), words.end(), ' ') < most_words;
    }

    /// What stands over the group that a column belongs to: the nearest text to its left in a row above its own
    /// heading, as far as the columns between have none there.
    std::string group_over(std::uint32_t first_row, std::uint32_t column,
                           const std::map<std::uint32_t, std::size_t>& columns) const {
        for (std::uint32_t up = 1; up <= std::min<std::uint32_t>(4, first_row - 1); ++up) {
            const workbook::cell* own = sheet_.find({first_row - up, column});
            if (own != nullptr && own->kind == workbook::cell_kind::text && up > 1) return "";
            if (up == 1) continue;
            for (std::uint32_t c = column; c-- > columns.begin()->first && columns.count(c) != 0;) {
                const workbook::cell* left = sheet_.find({first_row - up, c});
                if (left != nullptr && left->kind == workbook::cell_kind::text && !left->text.empty())
                    return riskshare::detail::plain(left->text);
            }
        }
        return "";
    }

    /// A unit speaks of what a reader sees: 46300000 shown as 46.3 under £m is 46.3.
    static void take_in_units(number_table& t) {
        for (auto& row : t.cells)
            for (std::size_t j = 0; j < row.size(); ++j) {
                if (!row[j] || row[j]->hidden_digits == 0 || !t.unit_known[j] ||
                    row[j]->hidden_digits > riskshare::power_of_ten(t.units[j]))
                    continue;
                const std::int64_t scale = power_of_ten(row[j]->hidden_digits);
                for (std::int64_t* v : {&row[j]->micro, &row[j]->shown, &row[j]->shown_half})
                    *v = (*v + (*v < 0 ? -scale / 2 : scale / 2)) / scale;
                row[j]->places = std::min(finest, row[j]->places + row[j]->hidden_digits);
            }
    }

    /// The lines below a text "of which:" are parts of the line above it, and add nothing: up to where they make it
    /// up, or the next such line begins.
    void leave_out_of_which(number_table& t) const {
        std::vector<std::size_t> parents; // rows above such a text
        for (std::size_t i = 0; i + 1 < t.rows.size(); ++i)
            for (std::uint32_t row = t.rows[i].number + 1; row < t.rows[i + 1].number; ++row)
                if (riskshare::detail::folded(label_of(row)).rfind("of which", 0) == 0) {
                    parents.push_back(i);
                    break;
                }
        for (std::size_t p = 0; p < parents.size(); ++p) {
            const std::size_t parent = parents[p], end = p + 1 < parents.size() ? parents[p + 1] : t.rows.size();
            std::vector<wide> sum(t.columns.size());
            for (std::size_t i = parent + 1; i < end && !t.rows[i].total; ++i) {
                t.rows[i].doubtful = t.rows[i].part = true;
                bool made_up = true;
                for (std::size_t j = 0; j < t.columns.size(); ++j) {
                    sum[j] += t.cells[i][j] ? t.cells[i][j]->micro : 0;
                    made_up = made_up && (!t.cells[parent][j] || sum[j] == t.cells[parent][j]->micro);
                }
                if (made_up) break;
            }
        }
    }

    /// Whether a text near the table says that its amounts were rounded to whole thousands, and they are.
    bool rounded_to_thousands(const number_table& t) const {
        constexpr std::int64_t thousand = 1'000'000'000;
        for (const auto& row : t.cells)
            for (const std::optional<amount>& a : row)
                if (a && a->micro % thousand != 0) return false;
        const std::uint32_t first = t.rows.front().number, last = t.rows.back().number;
        for (std::uint32_t row = first > 8 ? first - 8 : 1; row <= last + 8; ++row) {
            if (row == first) row = last + 1;
            for (const workbook::cell& c : sheet_.row(row)) {
                if (c.kind != workbook::cell_kind::text) continue;
                const std::string said = riskshare::detail::folded(c.text);
                if (said.find("nearest") != std::string::npos && said.find("thousand") != std::string::npos)
                    return true;
                if (said.find("nearest £1,000") != std::string::npos || said.find("nearest £000") != std::string::npos)
                    return true;
            }
        }
        return false;
    }
    static void state_in_thousands(number_table& t) {
        for (auto& row : t.cells)
            for (std::optional<amount>& a : row)
                if (a) a->half_step = a->shown_half = std::max<std::int64_t>(a->half_step, 500'000'000);
    }

    /// Whether the first row is one of headings: in a column of amounts it says "Grand total".
    bool names_a_total_beside(const number_table& t) const {
        return std::any_of(t.columns.begin(), t.columns.end(), [&](const line& c) {
            const workbook::cell* at = sheet_.find({t.rows.front().number, c.number});
            return at != nullptr && at->kind == workbook::cell_kind::text && names_a_total(std::string(at->text));
        });
    }

    /// Whether a line only counts the others or names them by numbers: whole, small, and ever larger. Three in a row,
    /// such as 994, 995, 996, are no amounts; 1, 2, 3 may be.
    struct counter {
        bool rising = true, one_by_one = true;
        std::size_t seen = 0;
        std::int64_t last = -1, first = 0;

        void see(const std::optional<amount>& a) {
            constexpr std::int64_t whole = 1'000'000, largest = 10'000 * whole;
            if (!a) return;
            rising = rising && a->micro > last && a->micro % whole == 0 && a->micro < largest;
            one_by_one = one_by_one && (seen == 0 || a->micro == last + whole);
            if (seen == 0) first = a->micro;
            last = a->micro;
            ++seen;
        }
        bool only_counts(std::size_t enough) const {
            return rising && (seen >= enough || (one_by_one && seen >= 3 && (seen > 3 || first > 1'000'000)));
        }
    };

    /// A number that no format shows loses its last zeros, and nought has none to lose: it is stated as finely as both
    /// its row and its column are.
    static void state_steps(number_table& t) {
        std::map<std::pair<std::size_t, unit>, int> of_row;
        std::vector<int> of_column(t.columns.size(), 0);
        for (std::size_t i = 0; i < t.rows.size(); ++i)
            for (std::size_t j = 0; j < t.columns.size(); ++j) {
                if (!t.cells[i][j]) continue;
                int& row = of_row[{i, t.units[j]}];
                row = std::max(row, t.cells[i][j]->places);
                of_column[j] = std::max(of_column[j], t.cells[i][j]->places);
            }
        for (std::size_t i = 0; i < t.rows.size(); ++i)
            for (std::size_t j = 0; j < t.columns.size(); ++j) {
                if (!t.cells[i][j]) continue;
                amount& a = *t.cells[i][j];
                if (a.general || a.micro == 0)
                    a.places = std::max(a.places, std::min(of_row[{i, t.units[j]}], of_column[j]));
                // What is finer than a millionth was rounded to one here.
                a.half_step = std::max<std::int64_t>(1, power_of_ten(finest - a.places) / 2);
                a.shown_half = std::max(a.shown_half, a.half_step);
            }
    }

    const workbook::sheet& sheet_;
    std::optional<unit> unit_if_none_;
    range_index left_out_;
    std::unordered_map<std::uint32_t, shown_as> formats_;
    std::unordered_map<std::uint32_t, std::vector<std::pair<std::uint32_t, amount>>> amounts_;
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> withheld_;
};

} // namespace

std::vector<workbook::range> computed_at_once(const workbook::book& from, const workbook::sheet& s) {
    std::vector<workbook::range> out = s.array_ranges();
    for (const workbook::detail::relationship& r : workbook::detail::relationships_of(from.source(), s.part())) {
        if (r.type != "pivotTable" || r.external || r.missing) continue;
        const std::string xml = workbook::detail::text_of(from.source(), r.target);
        const std::size_t ref = xml.find("ref=\"", std::min(xml.find("location "), xml.size()));
        if (ref == std::string::npos) continue;
        const std::size_t begin = ref + std::string_view("ref=\"").size();
        if (const result<workbook::range> cells =
                workbook::parse_range(std::string_view(xml).substr(begin, xml.find('"', begin) - begin)))
            out.push_back(*cells);
    }
    return out;
}

std::vector<number_table> number_tables(const workbook::sheet& s, std::optional<unit> unit_if_none,
                                        std::vector<workbook::range> left_out) {
    return table_finder(s, unit_if_none, std::move(left_out)).find();
}

} // namespace riskshare::templates::detail
