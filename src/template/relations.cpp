#include <riskshare/template/relations.hpp>

#include "template/detail/formula_faults.hpp"
#include "template/detail/table_check.hpp"

#include <algorithm>

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
known_faults faults_of_cells(const std::vector<number_table>& tables, const std::string& sheet,
                             std::vector<finding>& findings) {
    known_faults known;
    for (finding& f : findings) {
        if (f.at.size() != 1 || f.at.front().sheet() != sheet || !f.difference) continue;
        const workbook::address at{f.at.front().row(), f.at.front().column()};
        if (f.expected)
            if (const auto micro = in_micro(*f.expected)) known[at] = *micro;
        for (const number_table& t : tables) {
            if (t.rows.empty() || at.row < t.rows.front().number || at.row > t.rows.back().number) continue;
            for (std::size_t c = 0; c < t.columns.size(); ++c) {
                if (t.columns[c].number != at.column) continue;
                for (std::optional<exact>* e : {&f.expected, &f.found, &f.difference})
                    if (*e) *e = **e * ratio(detail::power_of_ten(riskshare::power_of_ten(t.units[c])));
            }
        }
    }
    return known;
}

} // namespace

check_result check_workbook(const workbook::book& book, const check_options& options) {
    check_result out;
    detail::find_formula_faults(book, out);
    const std::size_t of_formulas = out.findings.size();
    for (const std::string& name : book.sheet_names()) {
        if (book.part_of(name).find("/worksheets/") == std::string::npos) continue;
        const workbook::sheet sheet = book.read(name);
        const provenance place(book.source().name(), name);
        const std::vector<number_table> tables =
            detail::number_tables(sheet, options.unit_if_none, detail::computed_at_once(book, sheet));
        std::vector<finding> cells(out.findings.begin(),
                                   out.findings.begin() + static_cast<std::ptrdiff_t>(of_formulas));
        const known_faults known = faults_of_cells(tables, name, cells);
        std::move(cells.begin(), cells.end(), out.findings.begin());
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
