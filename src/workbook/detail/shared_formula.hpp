// Formulas that Excel stores once for many cells.
#ifndef RISKSHARE_WORKBOOK_DETAIL_SHARED_FORMULA_HPP
#define RISKSHARE_WORKBOOK_DETAIL_SHARED_FORMULA_HPP

#include <riskshare/workbook/cell.hpp>

#include <string>
#include <string_view>

namespace riskshare::workbook::detail {

/// The formula of the cell at `from` as it reads in the cell at `to`: relative references move along, those with "$"
/// stay, and those that leave the sheet become #REF!. Text in quotes, names, functions and [table] references are left
/// alone.
std::string moved_formula(std::string_view formula, address from, address to);

} // namespace riskshare::workbook::detail

#endif
