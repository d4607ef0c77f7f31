// From the workbooks on the command line to the finance reports in them.
#ifndef RISKSHARE_TOOL_FINANCE_HPP
#define RISKSHARE_TOOL_FINANCE_HPP

#include "load.hpp"

#include <riskshare/finance_report.hpp>

#include <vector>

namespace riskshare::tool {

/// The finance reports in the workbooks, in order of time as far as they name it; the last is the one to speak of.
/// What is to be said about them is added to the findings.
std::vector<finance_report> finance_reports(loaded&, const input_options&, console&);

/// Fills the actuals that the options name into the workbook of the report, all of them or none.
int fill_actuals_into(const workbook::book&, const finance_report&, const position_options&, console&);

} // namespace riskshare::tool

#endif
