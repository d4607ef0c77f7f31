// Where one table of a sheet ends and another begins, and which year its columns are of: asked by every reader.
#ifndef RISKSHARE_SRC_TEMPLATE_REGION_HPP
#define RISKSHARE_SRC_TEMPLATE_REGION_HPP

#include <riskshare/period.hpp>
#include <riskshare/template/grid.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace riskshare::templates::detail {

/// Whether the row, the first below a blank one, begins another table than the one that stands in these columns: texts
/// and no figure in two of them or more, with figures right below; a title and a unit may stand above those.
bool another_table_begins(const grid&, std::uint32_t row, std::uint32_t first_column, std::uint32_t last_column);

/// Whether figures stand right below a text, or right beside it: then it heads them, or labels them, and is no title.
bool stands_at_figures(const grid&, std::uint32_t row, std::uint32_t column);

/// The year that the titles of a sheet name: the first of them that names one.
std::optional<financial_year> year_of_titles(const grid&);

/// Whether a heading or a label names an earlier year than that of the table: it is of a prior year.
bool names_earlier_year(const std::string& text, const std::optional<financial_year>& of_table);

} // namespace riskshare::templates::detail

#endif
