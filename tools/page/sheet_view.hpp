// A sheet as the page draws it: what each cell shows, and what is merged and hidden.
#ifndef RISKSHARE_PAGE_SHEET_VIEW_HPP
#define RISKSHARE_PAGE_SHEET_VIEW_HPP

#include <riskshare/workbook/sheet.hpp>

#include <cstdint>
#include <string>

namespace riskshare::page {

/// {"sheets":[{"name":…,"visibility":"visible|hidden|very_hidden","rows":11,"columns":7,"merged":["A1:G1"],
/// "hidden_rows":[[3,5]],"hidden_columns":[[2,2]],"filtered":false}]}; hidden runs are first and last.
std::string sheets_json(const workbook::book&);

/// {"rows":[[row,[[column,kind,shown,stored,formula],…]],…]}: kind is "n", "t", "b", "e" or "d" for a date; `stored` is
/// left out where it is what is shown, `formula` where there is none.
std::string rows_json(const workbook::book&, const workbook::sheet&, std::uint32_t first, std::uint32_t last);

/// {"refused":why}
std::string refusal_json(const std::string& why);

} // namespace riskshare::page

#endif
