// Where one table of a sheet ends and another begins, and which year its columns are of.
#include "template/region.hpp"

#include "template/words/months.hpp"

#include <algorithm>
#include <set>

namespace riskshare::templates::detail {

namespace {

/// A text that is neither a figure nor says that there is none.
bool is_wording(const grid& g, std::uint32_t row, std::uint32_t column) {
    if (g.is_number(row, column) || g.blank(row, column)) return false;
    const std::string text = g.text(row, column);
    if (says_not_available(text)) return false;
    const result<written_amount> written = read_written(text);
    return !written || written->kind == written_amount::what::text || parse_unit(text).has_value();
}

struct row_of_texts {
    std::set<std::string> headings; ///< texts right above figures
    std::size_t texts = 0;
    bool figures = false;
};

row_of_texts texts_of(const grid& g, std::uint32_t row, std::uint32_t first, std::uint32_t last) {
    row_of_texts out;
    for (std::uint32_t c = first; c <= std::min(last, g.columns()); ++c) {
        if (g.blank(row, c)) continue;
        if (!is_wording(g, row, c)) {
            out.figures = true;
            return out;
        }
        ++out.texts;
        if (g.is_number(row + 1, c) || (g.is_number(row + 2, c) && parse_unit(g.text(row + 1, c))))
            out.headings.insert(g.text(row, c));
    }
    return out;
}

} // namespace

bool another_table_begins(const grid& g, std::uint32_t row, std::uint32_t first_column, std::uint32_t last_column) {
    constexpr std::uint32_t most_titles = 2;
    for (std::uint32_t r = row; r <= std::min(g.rows(), row + most_titles); ++r) {
        const row_of_texts here = texts_of(g, r, first_column, last_column);
        if (here.figures) return false;
        if (here.headings.size() >= 2) return true;
        if (here.texts > 2) return false; // a title, and the unit beside it
    }
    return false;
}

bool stands_at_figures(const grid& g, std::uint32_t row, std::uint32_t column) {
    const auto figure = [&](std::uint32_t r, std::uint32_t c) {
        const workbook::cell* cell = g.cell(r, c);
        return cell != nullptr && cell->kind == workbook::cell_kind::number && !g.source().is_date(*cell);
    };
    return figure(row + 1, column) || figure(row, column + 1) ||
           (figure(row + 2, column) && (g.blank(row + 1, column) || parse_unit(g.text(row + 1, column))));
}

std::optional<financial_year> year_of_titles(const grid& g) {
    constexpr std::uint32_t title_rows = 6, most_columns = 40;
    for (std::uint32_t row = 1; row <= std::min(g.rows(), title_rows); ++row)
        for (std::uint32_t c = 1; c <= std::min(g.columns(), most_columns); ++c) {
            if (g.is_number(row, c) || g.blank(row, c)) continue;
            const std::optional<financial_year> year = words::year_of(g.text(row, c));
            if (year && !stands_at_figures(g, row, c)) return year;
        }
    return words::year_of(g.source().name());
}

bool names_earlier_year(const std::string& text, const std::optional<financial_year>& of_table) {
    if (!of_table || text.find_first_of("0123456789") == std::string::npos) return false;
    const std::optional<financial_year> year = words::year_written(text);
    return year && year->start < of_table->start;
}

} // namespace riskshare::templates::detail
