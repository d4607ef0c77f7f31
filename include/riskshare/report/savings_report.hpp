// Savings at risk and control totals, as a page for a terminal and as JSON.
#ifndef RISKSHARE_REPORT_SAVINGS_REPORT_HPP
#define RISKSHARE_REPORT_SAVINGS_REPORT_HPP

#include <riskshare/model.hpp>

#include <string>

namespace riskshare::report {

/// The savings table with each organisation's risk, the weights named, and the sum shown to foot.
std::string savings_text(const savings_table&, const sourced_weights&, bool colour);

/// Savings by status: amounts and totals; the amount at risk where every category has a weight, else how to give one.
std::string status_text(const category_savings&, const category_weights&, bool colour);

/// Gross, funding, control total and net risk of each organisation and the system.
std::string control_totals_text(const control_total_table&, bool colour);

/// JSON of schema riskshare.risk/1: organisations, system, findings.
std::string risk_json(const model&, const sourced_weights&, const std::vector<finding>&);

/// JSON of schema riskshare.position/1: control totals, findings.
std::string position_json(const model&, const std::vector<finding>&);

/// The unit that most of the figures stand in.
unit usual_unit(const savings_table&);
unit usual_unit(const control_total_table&);

} // namespace riskshare::report

#endif
