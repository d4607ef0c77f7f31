#include "template/tracker_headings.hpp"

#include "template/title_row.hpp"
#include "template/tracker_columns.hpp"
#include "template/tracker_gaps.hpp"
#include "template/tracker_heading_texts.hpp"
#include "template/tracker_rows.hpp"
#include "template/tracker_words.hpp"

#include <algorithm>
#include <set>

namespace riskshare::templates::detail {

namespace text = riskshare::detail;

std::optional<month_label> month_in(const grid& g, std::uint32_t row, std::uint32_t column, bool from_1904) {
    const workbook::cell* c = g.cell(row, column);
    if (c == nullptr || c->kind != workbook::cell_kind::number || !g.source().is_date(*c)) return std::nullopt;
    const result<workbook::calendar_date> d = workbook::date_of_serial(c->text, from_1904);
    if (!d) return std::nullopt;
    return month_label{period_of(d->year, d->month).month, d->year};
}

const tracker_column* heading_block::column(const std::string& id) const {
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const tracker_column& c) { return c.id == id; });
    return found == columns.end() ? nullptr : &*found;
}

bool heading_block::has_months() const {
    return std::any_of(columns.begin(), columns.end(),
                       [](const tracker_column& c) { return c.id.find("_m") != std::string::npos && c.id != "_m"; });
}

int display_scale(std::string_view format) {
    const std::string_view positive = format.substr(0, format.find(';'));
    int scale = 0;
    bool digit_seen = false;
    for (std::size_t i = 0; i < positive.size(); ++i) {
        if (positive[i] == '0' || positive[i] == '#') digit_seen = true;
        if (positive[i] != ',' || !digit_seen) continue;
        std::size_t end = i;
        while (end < positive.size() && positive[end] == ',') ++end;
        const bool separates = end < positive.size() && (positive[end] == '0' || positive[end] == '#');
        if (!separates) scale = 3 * static_cast<int>(end - i);
        i = end - 1;
    }
    return scale;
}

namespace {

constexpr std::uint32_t most_heading_rows = 4;
constexpr std::uint32_t least_recognised = 3; // cells in a row that make it look like headings

/// The months that a row's dates name, and the whole numbers in it that count them: 1, 2, 3 … 12.
struct month_numbers {
    std::set<int> dates, counted;
    bool many_others = false; ///< it is full of plain numbers
};

month_numbers months_numbered_in(const grid& g, std::uint32_t row, bool from_1904) {
    constexpr std::size_t most_others = 4;
    month_numbers out;
    std::size_t others = 0;
    int next = 1;
    for (const workbook::cell& c : g.source().row(row)) {
        if (c.kind != workbook::cell_kind::number || g.cell(row, c.at.column) == nullptr) continue;
        if (const std::optional<month_label> m = month_in(g, row, c.at.column, from_1904)) {
            out.dates.insert(m->month.number());
        } else if (c.text == std::to_string(next)) {
            out.counted.insert(next);
            next = next % 12 + 1;
        } else if (++others > most_others) {
            out.many_others = true;
            break;
        }
    }
    return out;
}

/// "Plan" alone over a table beside another heads its months.
bool is_title(const grid& g, std::uint32_t row, std::uint32_t headings) {
    if (!is_title_row(g, row, headings)) return false;
    for (const workbook::cell& c : g.source().row(row))
        if (c.kind == workbook::cell_kind::text && !g.blank(row, c.at.column) && kind_word(g.text(row, c.at.column)))
            return false;
    return true;
}

bool says_something(const std::string& text) { return meaning_of(text) || is_field_heading(text); }

/// Cells of a row that read like headings. Rows full of plain numbers are no headings, and their texts are not read.
std::size_t recognised_in(const grid& g, std::uint32_t row, bool from_1904) {
    const month_numbers numbers = months_numbered_in(g, row, from_1904);
    if (numbers.many_others) return 0;
    std::size_t recognised = 0;
    for (const workbook::cell& c : g.source().row(row))
        if (c.kind == workbook::cell_kind::text && c.text.size() < 80 && g.cell(row, c.at.column) != nullptr &&
            (says_something(std::string(c.text))))
            ++recognised;
    if (numbers.dates.size() >= 3) recognised += numbers.dates.size();
    if (numbers.counted.size() == 12) recognised += 12;
    return recognised;
}

bool is_unit_row(const grid& g, std::uint32_t row) {
    bool any = false;
    for (const workbook::cell& c : g.source().row(row)) {
        if (c.kind == workbook::cell_kind::blank || text::plain(c.text).empty()) continue;
        if (c.kind != workbook::cell_kind::text || !parse_unit(c.text)) return false;
        any = true;
    }
    return any;
}

/// "2019" over nine months and "2020" over three.
bool is_row_of_years(const grid& g, std::uint32_t row) {
    bool any = false;
    for (const workbook::cell& c : g.source().row(row)) {
        if (c.kind == workbook::cell_kind::blank || text::plain(c.text).empty()) continue;
        const std::optional<line_meaning> m = meaning_of(std::string(c.text));
        if (!m || !m->calendar_year) return false;
        any = true;
    }
    return any;
}

void settle_fields(const grid& g, const std::vector<column_reading>& columns, heading_block& b) {
    for (const field& f : tracker_fields()) {
        std::uint32_t best = 0, rival = 0;
        for (std::uint32_t c = 1; c <= columns.size(); ++c) {
            if (columns[c - 1].field != f.id) continue;
            if (best == 0 || columns[c - 1].fit > columns[best - 1].fit)
                best = c, rival = 0;
            else if (columns[c - 1].fit == columns[best - 1].fit)
                rival = c;
        }
        if (best == 0) continue;
        b.columns.push_back({f.id, best, columns[best - 1].joined, columns[best - 1].unit});
        if (rival != 0 && (f.id == "rating" || f.id == "full_year_effect"))
            b.findings.push_back(
                {"tracker.ambiguous_column",
                 severity::error,
                 "two columns are headed \"" + columns[best - 1].joined + "\"; both may be the " + f.id,
                 {g.at(b.last, best), g.at(b.last, rival)},
                 "say which in a mapping file: [tracker] columns = { " + f.id + " = \"" + column_letters(best) +
                     "\" }"});
    }
}

/// References once more, to the letter, and months both before and after them: two tables stand side by side.
std::optional<std::uint32_t> table_beside(const std::vector<column_reading>& columns) {
    const auto months_in = [&](std::size_t from, std::size_t to) {
        return std::any_of(columns.begin() + static_cast<std::ptrdiff_t>(from),
                           columns.begin() + static_cast<std::ptrdiff_t>(to),
                           [](const column_reading& c) { return c.month.has_value(); });
    };
    for (const char* id : {"reference", "name"})
        for (std::size_t first = 0; first < columns.size(); ++first) {
            if (columns[first].field != id) continue;
            for (std::size_t c = first + 1; c < columns.size(); ++c)
                if (columns[c].field == id && columns[c].fit == columns[first].fit && months_in(first, c) &&
                    months_in(c, columns.size()))
                    return static_cast<std::uint32_t>(c + 1);
            break;
        }
    return std::nullopt;
}

/// What a mapping says of columns goes before what their headings say.
void apply(const grid& g, const table_mapping& map, heading_block& b) {
    for (const auto& [id, column] : map.columns) {
        std::erase_if(b.columns, [&, wanted = id, where = column](const tracker_column& c) {
            return c.id == wanted || c.column == where;
        });
        std::erase_if(b.findings, [&, wanted = id](const finding& f) {
            return f.rule == "tracker.ambiguous_column" && f.message.find("be the " + wanted) != std::string::npos;
        });
        b.columns.push_back({id, column, column <= g.columns() ? g.heading(b.last, column) : "", map.unit});
        if (slot_of(id).what == slot::none)
            b.findings.push_back({"mapping.unknown_column",
                                  severity::error,
                                  "the mapping places a column \"" + id + "\", which trackers do not have",
                                  {g.at(b.last, column)},
                                  "write reference, name, rating, plan_m1, actual_m1, forecast_year, …"});
    }
    if (map.unit)
        for (tracker_column& c : b.columns) c.unit = map.unit;
}

/// "Month" over cells that say one each, in a table without a block of months: a line for each scheme and month.
void find_line_month(const grid& g, bool from_1904, const std::vector<column_reading>& columns, heading_block& b) {
    if (b.has_months()) return;
    static const std::set<std::string> headings = {"month",
                                                   "period",
                                                   "mth",
                                                   "month no",
                                                   "month number",
                                                   "month name",
                                                   "reporting month",
                                                   "accounting period",
                                                   "financial period"};
    constexpr std::uint32_t looked_at = 24;
    for (std::uint32_t c = 1; c <= columns.size(); ++c) {
        if (headings.count(tidied(columns[c - 1].joined)) == 0) continue;
        std::set<std::string> said;
        bool only = true;
        for (std::uint32_t r = b.last + 1; r <= std::min(g.rows(), b.last + looked_at); ++r) {
            const std::string text = g.text(r, c);
            const std::optional<line_meaning> m = meaning_of(g.is_number(r, c) ? "m" + text : text);
            only &= text.empty() || month_in(g, r, c, from_1904) || (m && m->month);
            if (!text.empty()) said.insert(text);
        }
        if (only && said.size() > 1) {
            b.columns.push_back({"month", c, columns[c - 1].joined});
            return;
        }
    }
}

heading_block read_block(const grid& g, bool from_1904, std::uint32_t first, std::uint32_t last,
                         const table_mapping* map) {
    heading_block b;
    b.first = first;
    b.last = last;
    const std::vector<column_reading> columns = read_columns(g, from_1904, first, last);
    b.beside = table_beside(columns);
    settle_fields(g, columns, b);
    settle_amounts(g, columns, map, b);
    find_line_month(g, from_1904, columns, b);
    if (map != nullptr) apply(g, *map, b);
    std::sort(b.columns.begin(), b.columns.end(),
              [](const tracker_column& x, const tracker_column& y) { return x.column < y.column; });
    say_gaps(g, columns, b);
    return b;
}

bool heads_schemes(const heading_block& b) {
    return (b.column("name") != nullptr || b.column("reference") != nullptr) &&
           std::any_of(b.columns.begin(), b.columns.end(), [](const tracker_column& c) {
               return c.id.rfind("plan_", 0) == 0 || c.id.rfind("actual_", 0) == 0 || c.id.rfind("forecast_", 0) == 0 ||
                      c.id.rfind("unnamed_", 0) == 0;
           });
}

/// Rows that no amount follows soon, on a sheet of so many cells that it is no empty template: words, and no headings.
class words_alone {
public:
    explicit words_alone(const grid& g) {
        constexpr std::size_t few_cells = 2000;
        if (g.source().cells().size() <= few_cells) return;
        figures_.assign(g.rows() + 2, false);
        for (const workbook::cell& c : g.source().cells())
            if (c.kind == workbook::cell_kind::number || c.has_formula ||
                (c.kind == workbook::cell_kind::text && c.text.find_first_of("0123456789") != std::string_view::npos))
                figures_[g.here(c).row] = true;
    }
    bool follow(std::uint32_t row) const {
        constexpr std::size_t soon = 60;
        if (figures_.empty()) return false;
        const std::size_t end = std::min(figures_.size(), row + soon + 1);
        for (std::size_t r = row + 1; r < end; ++r)
            if (figures_[r]) return false;
        return true;
    }

private:
    std::vector<bool> figures_;
};

} // namespace

std::vector<heading_block> heading_blocks(const grid& g, bool from_1904, const table_mapping* map) {
    std::vector<heading_block> out;
    if (map != nullptr && map->heading_row) {
        const std::uint32_t last = *map->heading_row, first = last > 2 ? last - 2 : 1;
        out.push_back(read_block(g, from_1904, first, last, map));
        return out;
    }
    const std::uint32_t rows = g.rows();
    const words_alone words(g);
    for (std::uint32_t r = 1; r <= rows; ++r) {
        if (words.follow(r)) continue;
        if (g.source().row(r).size() < least_recognised || recognised_in(g, r, from_1904) < least_recognised) continue;
        std::uint32_t first = r, last = r;
        while (first > 1 && r - first < 2 && !is_title(g, first - 1, r) &&
               (recognised_in(g, first - 1, from_1904) >= 1 || is_row_of_years(g, first - 1)))
            --first;
        while (last + 1 <= rows && last + 1 - first < most_heading_rows &&
               (recognised_in(g, last + 1, from_1904) >= least_recognised || is_unit_row(g, last + 1)))
            ++last;
        heading_block b = read_block(g, from_1904, first, last, map);
        if (heads_schemes(b)) {
            out.push_back(std::move(b));
            r = last;
        }
    }
    return out;
}

} // namespace riskshare::templates::detail
