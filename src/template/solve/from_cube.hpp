// From cubes to the domain's nouns.
#ifndef RISKSHARE_SRC_TEMPLATE_SOLVE_FROM_CUBE_HPP
#define RISKSHARE_SRC_TEMPLATE_SOLVE_FROM_CUBE_HPP

#include "template/solve/solver.hpp"

#include <riskshare/finance_report.hpp>

#include <functional>

namespace riskshare::templates::solve {

/// The code of a body by its name and the place where that stands.
using body_reader = std::function<std::string(const std::string&, const provenance&)>;

/// Adds what the table says to the report. A figure that is there already and differs is refused ("table.same_twice").
void add_to(finance_report&, const solved_table&, const body_reader&, std::vector<finding>&);

} // namespace riskshare::templates::solve

#endif
