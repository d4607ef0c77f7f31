// Positions over a range of outturns: as a table, CSV, JSON and a chart.
#ifndef RISKSHARE_REPORT_WHAT_IF_PAGE_HPP
#define RISKSHARE_REPORT_WHAT_IF_PAGE_HPP

#include <riskshare/what_if.hpp>

#include <string>
#include <vector>

namespace riskshare::report {

/// One agreement over a range, or two on the same figures: then each party's positions stand side by side, with who is
/// better off, and from where on. \pre one or two, over one range.
std::string what_if_page(const std::vector<what_if>&, bool colour);
/// Pounds; a line for each outturn. Columns: outturn, variance, each party's position under each agreement, what is
/// left to nobody, what is held.
std::string what_if_csv(const std::vector<what_if>&);
/// riskshare.what_if/1
std::string what_if_json(const std::vector<what_if>&, const std::vector<finding>&);
/// A chart of lines, one for each party, solid under the first agreement and dashed under the second; kinks are marked.
std::string what_if_svg(const std::vector<what_if>&);

/// Two statements on the same figures, party by party, and who is better off under which.
std::string two_statements_page(const statement&, const statement&, bool colour);
std::string two_statements_json(const statement&, const statement&, const std::vector<finding>&);

} // namespace riskshare::report

#endif
