#include <riskshare/template/relations.hpp>

#include "template/detail/formula_faults.hpp"
#include "template/detail/table_check.hpp"

#include <algorithm>
#include <map>

namespace riskshare::templates {

namespace {

using detail::known_faults;
using detail::number_table;

/// In millionths of whatever the cell is in; nothing beyond 64 bits.
std::optional<std::int64_t> in_micro(const exact& pounds) {
    if (abs(pounds) > exact(money::pounds(90'000'000'000))) return std::nullopt;
    return rounded(pounds * ratio(1'000'000), money::pounds(1), rounding::half_away_from_zero).pence() / 100;
}

/// The findings about single cells of this sheet: their amounts are read in the unit of their column, and what the
/// cells should hold is returned.
known_faults faults_of_cells(const std::vector<number_table>& tables, const std::vector<std::size_t>& of_sheet,
                             std::vector<finding>& findings) {
    known_faults known;
    for (std::size_t i : of_sheet) {
        finding& f = findings[i];
        const workbook::address at{f.at.front().row(), f.at.front().column()};
        if (f.expected)
            if (const auto micro = in_micro(*f.expected)) known[at] = *micro;
        // Tables follow one another down the sheet, their columns from left to right.
        const auto t =
            std::lower_bound(tables.begin(), tables.end(), at.row, [](const number_table& table, std::uint32_t row) {
                return table.rows.back().number < row;
            });
        if (t == tables.end() || at.row < t->rows.front().number) continue;
        const auto c = std::lower_bound(t->columns.begin(), t->columns.end(), at.column,
                                        [](const detail::line& l, std::uint32_t column) { return l.number < column; });
        if (c == t->columns.end() || c->number != at.column) continue;
        const unit u = t->units[static_cast<std::size_t>(c - t->columns.begin())];
        for (std::optional<exact>* e : {&f.expected, &f.found, &f.difference})
            if (*e) *e = **e * ratio(detail::power_of_ten(riskshare::power_of_ten(u)));
    }
    return known;
}

} // namespace

check_result check_workbook(const workbook::book& book, const check_options& options) {
    check_result out;
    detail::find_formula_faults(book, out);
    std::map<std::string, std::vector<std::size_t>> of_sheet; // findings about single cells
    for (std::size_t i = 0; i < out.findings.size(); ++i)
        if (const finding& f = out.findings[i]; f.at.size() == 1 && f.difference)
            of_sheet[f.at.front().sheet()].push_back(i);
    for (const std::string& name : book.sheet_names()) {
        if (book.part_of(name).find("/worksheets/") == std::string::npos) continue;
        const workbook::sheet sheet = book.read(name);
        const provenance place(book.source().name(), name);
        const std::vector<number_table> tables =
            detail::number_tables(sheet, options.unit_if_none, detail::computed_at_once(book, sheet));
        const known_faults known = faults_of_cells(tables, of_sheet[name], out.findings);
        for (const number_table& t : tables) {
            detail::check_table(t, sheet, place, known, options, out);
        }
    }
    std::stable_sort(out.findings.begin(), out.findings.end(), [](const finding& a, const finding& b) {
        if (a.severity != b.severity) return a.severity < b.severity;
        const exact x = a.difference ? abs(*a.difference) : exact(), y = b.difference ? abs(*b.difference) : exact();
        return y < x;
    });
    return out;
}

} // namespace riskshare::templates
