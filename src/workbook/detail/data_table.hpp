// Data tables: what a formula gives for each of several inputs ("What-If Analysis").
#ifndef RISKSHARE_WORKBOOK_DETAIL_DATA_TABLE_HPP
#define RISKSHARE_WORKBOOK_DETAIL_DATA_TABLE_HPP

#include <riskshare/workbook/cell.hpp>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace riskshare::workbook::detail {

/// The inputs stand in the row above the range that is filled, in the column to its left, or both; the formulas stand
/// in the other of the two, or in the corner. All of it is on one sheet.
struct data_table {
    std::optional<address> row_input;    ///< takes the values of the row above
    std::optional<address> column_input; ///< takes the values of the column to the left

    /// What one of its cells is made of.
    struct place {
        std::vector<std::pair<address, address>> inputs; ///< each the cell that takes the value of the other
        address formula;
    };
    place of(const range& fills, address at) const;
};

/// "TABLE(B2,)", as the reader of sheets puts it; nothing for any other formula.
std::optional<data_table> data_table_of(std::string_view formula);

/// The row above and the column to the left, with the corner.
std::vector<range> edges_of(const range& fills);

} // namespace riskshare::workbook::detail

#endif
