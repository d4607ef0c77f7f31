// Reads the tables of a sheet that a description fits, each into a cube, with the doubts that it leaves.
#ifndef RISKSHARE_SRC_TEMPLATE_SOLVE_SOLVER_HPP
#define RISKSHARE_SRC_TEMPLATE_SOLVE_SOLVER_HPP

#include "template/solve/description.hpp"
#include "template/solve/meaning.hpp"

#include <riskshare/finding.hpp>
#include <riskshare/template/grid.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates::solve {

struct solved_table {
    const description* of = nullptr;
    cube read;
    std::string read_as; ///< a sentence: what was read as what, and where
};

struct solved_sheet {
    std::vector<solved_table> tables;
    std::vector<workbook::range> taken; ///< of the grid: no other reader takes these cells
    std::vector<finding> findings;
};

struct solving {
    meanings& meaning_of;
    std::optional<unit> unit_if_none = {};
    std::optional<month> reported = {}; ///< later months are forecasts where nothing says what they are
};

/// A table is taken where a description places half of its amounts or more; each of the others is then an error with
/// its cell ("table.not_placed"). Two cells that would be one figure are refused ("table.same_twice"), and so are
/// amounts without a unit.
solved_sheet solve(const grid&, const std::string& sheet, const solving&);

} // namespace riskshare::templates::solve

#endif
