#include "template/detail/number_table.hpp"

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
    bool left_out(workbook::address at) const {
        return std::any_of(left_out_.begin(), left_out_.end(),
                           [&](const workbook::range& r) { return r.contains(at); });
    }

    struct row_read {
        std::vector<std::pair<std::uint32_t, amount>> amounts;
        std::vector<std::uint32_t> withheld; ///< columns that say "n/a"
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
            if (!shown.general) {
                const std::int64_t step = power_of_ten(std::max(0, finest - shown.decimals + shown.scale));
                const std::int64_t magnitude = (std::abs(a.micro) + step / 2) / step * step;
                a.shown = a.micro < 0 ? -magnitude : magnitude;
            }
            return a;
        }
        if (c.kind != workbook::cell_kind::text || c.text.size() > 24) return std::nullopt;
        const result<written_amount> read = read_written(c.text);
        if (!read || read->kind != written_amount::what::amount || read->in) return std::nullopt;
        const std::optional<std::int64_t> micro = in_micro(read->value);
        if (!micro) return std::nullopt;
        a.micro = a.shown = *micro;
        a.places = std::min(finest, read->value.places());
        return a;
    }

    row_read read_row(std::uint32_t row) {
        row_read r;
        bool years_only = true;
        for (const workbook::cell& c : sheet_.row(row)) {
            if (c.kind == workbook::cell_kind::blank) continue;
            if (left_out(c.at)) {
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
                if (says_not_available(std::string(c.text))) r.withheld.push_back(c.at.column);
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
            t.columns.push_back({p.first, heading, names_a_total(heading), may_add_nothing(heading)});
            const std::vector<unit> own = units_in(heading);
            const std::optional<unit> u = own.size() == 1 ? std::optional<unit>(own[0])
                                          : general       ? general
                                                          : unit_if_none_;
            t.units.push_back(u.value_or(unit::pounds));
            t.unit_known.push_back(u.has_value());
        }
        for (std::uint32_t row : rows) {
            const std::string label = label_of(row);
            t.rows.push_back({row, label, names_a_total(label), may_add_nothing(label)});
            t.cells.emplace_back(t.columns.size());
            for (const auto& a : amounts_[row]) t.cells.back()[place[a.first]] = a.second;
            for (std::uint32_t column : withheld_[row])
                if (const auto at = place.find(column); at != place.end())
                    t.withheld.insert({t.rows.size() - 1, at->second});
        }
        state_steps(t);
        for (std::size_t c = 0; c < t.columns.size(); ++c) {
            counter counts;
            for (const auto& row : t.cells) counts.see(row[c]);
            if (counts.only_counts(6)) t.columns[c].doubtful = t.columns[c].counts = true;
        }
        counter counts; // numbers of columns stand in the first row
        for (const auto& cell : t.cells.front()) counts.see(cell);
        if (counts.only_counts(names_a_total_beside(t) ? 2 : 10))
            t.rows.front().doubtful = t.rows.front().counts = true;
        return t;
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

    /// A number that no format shows loses its last zeros: it is stated as finely as both its row and its column are.
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
                if (a.general) a.places = std::max(a.places, std::min(of_row[{i, t.units[j]}], of_column[j]));
                // What is finer than a millionth was rounded to one here.
                a.half_step = std::max<std::int64_t>(1, power_of_ten(finest - a.places) / 2);
            }
    }

    const workbook::sheet& sheet_;
    std::optional<unit> unit_if_none_;
    std::vector<workbook::range> left_out_;
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
