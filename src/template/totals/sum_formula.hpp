// Which cells a formula adds up, read by our own formula parser: the one answer for every reader and for `check`.
#ifndef RISKSHARE_SRC_TEMPLATE_TOTALS_SUM_FORMULA_HPP
#define RISKSHARE_SRC_TEMPLATE_TOTALS_SUM_FORMULA_HPP

#include <riskshare/workbook/cell.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::templates::detail {

/// Cells that a formula adds (sign 1) or takes off (−1).
struct added_part {
    std::string sheet;     ///< empty: the formula's own
    workbook::range cells; ///< says nothing where a table is named
    int sign = 1;
    bool chosen = false; ///< by a criterion, as SUMIF chooses: not every cell of the range is added
    std::string table;   ///< "Plan[M1]": the column of a table, which only the workbook can place
};

/// A formula that adds cells and does nothing else.
struct sum_formula {
    std::vector<added_part> parts; ///< in the order of the formula; never empty
    bool listed = false;           ///< several parts, named one by one
    bool sub_total = false;        ///< SUBTOTAL or AGGREGATE: passes over other sub-totals, and over filtered rows
    bool visible_only = false;     ///< 109: also over rows that were hidden by hand
    bool only_repeats = false;     ///< one cell alone, and no sum
    bool rounded = false;          ///< ROUND stands around it or around a part

    /// Whether every part is added whole, stands in the formula's own sheet and none is taken off.
    bool adds_whole_cells_here() const;
};

/// SUM, SUBTOTAL 9 and 109, AGGREGATE 9, plus and minus, brackets, a leading sign, ROUND, IFERROR with nought, N,
/// SUMIF and SUMIFS, in any nesting. Nothing for a formula that does anything else, a typed number among them.
/// \param formula as the file stores it, without "="
std::optional<sum_formula> sum_formula_of(std::string_view formula);

} // namespace riskshare::templates::detail

#endif
