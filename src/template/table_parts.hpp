// The parts of reading one table, once its heading block is known: its rows, and the units of its columns.
#ifndef RISKSHARE_SRC_TEMPLATE_TABLE_PARTS_HPP
#define RISKSHARE_SRC_TEMPLATE_TABLE_PARTS_HPP

#include "template/heading_block.hpp"

#include <map>
#include <vector>

namespace riskshare::templates::detail {

/// What every part of the reading needs.
struct table_task {
    const grid& from;
    const shape& kind;
    const layout_options& options;
    const block& headings;
    const found_table* before; ///< the table of the same kind above this one in the sheet, if there is one

    bool is_amount(const found_column&) const;
    bool known(const std::string& label) const { return options.known_label && options.known_label(label); }
};

/// Reads the rows from `first` to `limit`: data, totals, sub-totals with the rows that they add up.
void find_rows(const table_task&, std::uint32_t first, std::uint32_t limit, found_table&, std::vector<finding>&);

/// Gives every amount column its unit, from the row of units if there is one. False when none is sure, or the table is
/// not one of money; a finding says so.
bool choose_units(const table_task&, const std::map<std::uint32_t, unit>& unit_row, found_table&,
                  std::vector<finding>&);

/// Whether a heading says that its column counts things ("No.", "Schemes") or holds parts of a whole ("%", "Weight").
bool counts_or_shares(const std::string& heading);

/// Whether the cell holds an amount, as a number or as people write one; a blank does not.
bool holds_amount(const grid&, std::uint32_t row, std::uint32_t column);

} // namespace riskshare::templates::detail

#endif
