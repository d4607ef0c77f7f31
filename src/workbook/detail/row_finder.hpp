// Finds the rows of a sheet without reading their cells, ten times as fast as a walk.
#ifndef RISKSHARE_WORKBOOK_DETAIL_ROW_FINDER_HPP
#define RISKSHARE_WORKBOOK_DETAIL_ROW_FINDER_HPP

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace riskshare::workbook::detail {

struct found_rows {
    std::vector<std::size_t> tags; ///< where each <row begins
    std::size_t data_end = 0;      ///< of </sheetData>
    bool has_formulas = false;
};

/// Nothing when the sheet holds what only a walk understands: formulas of several cells, comments, CDATA, alternate
/// content. It looks for the rarest letter of each tag, a block that fits the cache at a time.
/// \param begin just past the tag <sheetData>
std::optional<found_rows> plain_rows(std::string_view text, std::size_t begin, std::string_view prefix);

} // namespace riskshare::workbook::detail

#endif
