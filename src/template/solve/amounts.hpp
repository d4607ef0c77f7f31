// Reads the amounts of a table whose places are known: units, kinds, figures that would be one and the same.
#ifndef RISKSHARE_SRC_TEMPLATE_SOLVE_AMOUNTS_HPP
#define RISKSHARE_SRC_TEMPLATE_SOLVE_AMOUNTS_HPP

#include "template/solve/placing.hpp"
#include "template/solve/solver.hpp"

#include <utility>
#include <vector>

namespace riskshare::templates::solve {

using placed_cells = std::vector<std::pair<workbook::address, placing>>;

/// Fills the table's cube. Amounts whose unit is not known, or that cannot be read, become findings.
void read_amounts(const grid&, const block&, const block_placing&, const placed_cells&, const solving&, solved_table&,
                  std::vector<finding>&);

} // namespace riskshare::templates::solve

#endif
