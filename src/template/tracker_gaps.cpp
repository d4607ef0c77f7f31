// Says what the headings of a tracker leave open.
#include "template/tracker_gaps.hpp"

#include <riskshare/parse_period.hpp>

#include <algorithm>
#include <set>
#include <string>

namespace riskshare::templates::detail {

namespace {

constexpr std::uint32_t looked_at = 12; // rows of schemes

/// How many of the first rows with a scheme hold words, and how many a number, in a column.
struct column_cells {
    std::uint32_t rows = 0, words = 0, numbers = 0;
};
column_cells cells_of(const grid& g, const heading_block& b, std::uint32_t column) {
    column_cells out;
    for (std::uint32_t r = b.last + 1; r <= std::min(g.rows(), b.last + looked_at); ++r) {
        out.rows += g.blank(r, b.columns.front().column) ? 0 : 1;
        if (g.blank(r, column)) continue;
        const bool date = g.is_number(r, column) && g.source().is_date(*g.cell(r, column));
        (g.is_number(r, column) && !date ? out.numbers : out.words) += 1;
    }
    return out;
}

bool is_placed(const heading_block& b, std::uint32_t column) {
    return std::any_of(b.columns.begin(), b.columns.end(),
                       [column](const tracker_column& c) { return c.column == column; });
}

void say_unheaded(const grid& g, const std::vector<column_reading>& columns, heading_block& b) {
    finding f{"tracker.column_unheaded", severity::note, ""};
    const std::uint32_t last = std::min<std::uint32_t>(b.columns.back().column + 1, g.columns());
    for (std::uint32_t c = b.columns.front().column + 1; c <= last; ++c) {
        if (is_placed(b, c) || !columns[c - 1].joined.empty()) continue;
        const column_cells cells = cells_of(g, b, c);
        if (cells.numbers == 0 && (cells.words == 0 || 2 * cells.words < cells.rows)) continue;
        f.at.push_back(g.at(b.last, c));
        f.message += (f.message.empty() ? "" : ", ") + column_letters(c);
    }
    if (f.at.empty()) return;
    f.message = (f.at.size() == 1 ? "column " : "columns ") + f.message +
                (f.at.size() == 1 ? " of the tracker has" : " of the tracker have") +
                " entries and no heading: what they say of the schemes is not known";
    f.advice = "write a heading above, such as \"Recurrent?\"";
    b.findings.push_back(std::move(f));
}

/// Amounts under words that say neither plan, actual, forecast nor a field.
void say_unknown(const grid& g, const std::vector<column_reading>& columns, heading_block& b) {
    finding f{"tracker.column_unknown", severity::note, ""};
    const std::uint32_t last = std::min<std::uint32_t>(b.columns.back().column + 2, g.columns());
    for (std::uint32_t c = b.columns.front().column + 1; c <= last; ++c) {
        const column_reading& r = columns[c - 1];
        if (is_placed(b, c) || r.unknown.empty() || r.month || r.month_inside || r.percent || !r.field.empty())
            continue;
        const column_cells cells = cells_of(g, b, c);
        if (cells.numbers == 0 || cells.words > cells.numbers + 1) continue;
        f.at.push_back(g.at(b.last, c));
        if (f.at.size() <= 4) f.message += (f.message.empty() ? "\"" : ", \"") + r.joined + "\"";
    }
    if (f.at.empty()) return;
    f.message = (f.at.size() == 1 ? "the column " : "the columns ") + f.message +
                (f.at.size() > 4 ? " and " + std::to_string(f.at.size() - 4) + " more" : "") +
                (f.at.size() == 1 ? " holds numbers and was" : " hold numbers and were") +
                " not read: the heading is neither plan, actual nor forecast";
    f.advice = "correct the heading, or place the column in a mapping (--map): [tracker] columns = { plan_year = \"" +
               column_letters(f.at.front().column()) + "\" }";
    b.findings.push_back(std::move(f));
}

/// Twelve months that lack one: what stands in its column would be in no sum.
/// Actuals that end and forecasts that begin are one.
void say_missing(const grid& g, heading_block& b, const std::string& kind, const std::string& also = "") {
    std::set<int> months;
    std::uint32_t before = 0;
    for (const tracker_column& c : b.columns)
        for (const std::string& of : {kind, also}) {
            if (of.empty() || c.id.rfind(of + "_m", 0) != 0) continue;
            const result<month_label> m = parse_month(c.id.substr(of.size() + 1));
            if (m) months.insert(m->month.number());
        }
    if (months.size() < 3) return;
    const bool to_the_end = *months.rbegin() == 12 && months.size() > 6;
    std::string missing;
    for (int m = to_the_end ? 1 : *months.begin(); m <= *months.rbegin(); ++m)
        if (months.count(m) == 0) {
            missing += (missing.empty() ? "M" : ", M") + std::to_string(m);
            const tracker_column* last = b.column(kind + "_m" + std::to_string(m - 1));
            if (before == 0 && last != nullptr) before = last->column;
        }
    if (missing.empty()) return;
    const tracker_column* first = b.column(kind + "_m" + std::to_string(*months.begin()));
    if (first == nullptr) first = &b.columns.front();
    b.findings.push_back({"tracker.month_missing",
                          severity::error,
                          "the " + std::string(kind == "unnamed" ? "tracker" : kind) + " has columns for M" +
                              std::to_string(*months.begin()) + " to M" + std::to_string(*months.rbegin()) +
                              " and none for " + missing + ", so its sums would lack what stands there",
                          {g.at(b.last, before != 0 ? before + 1 : first->column)},
                          "write the month above its column, or place it in a mapping (--map): [tracker] columns = { " +
                              (kind == "unnamed" ? std::string("plan") : kind) + "_m1 = \"…\" }"});
}

} // namespace

void say_gaps(const grid& g, const std::vector<column_reading>& columns, heading_block& b) {
    if (b.columns.empty()) return;
    for (const char* kind : {"plan", "unnamed"})
        if (b.by_quarter.count(kind) == 0) say_missing(g, b, kind);
    if (b.by_quarter.count("actual") + b.by_quarter.count("forecast") == 0) say_missing(g, b, "actual", "forecast");
    say_unheaded(g, columns, b);
    say_unknown(g, columns, b);
}

} // namespace riskshare::templates::detail
