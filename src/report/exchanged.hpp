// The tables that teams exchange beside the position, in its page and JSON: cash, staff, pay, deficit support, debts.
#ifndef RISKSHARE_SRC_REPORT_EXCHANGED_HPP
#define RISKSHARE_SRC_REPORT_EXCHANGED_HPP

#include "detail/json_value.hpp"

#include <riskshare/finance_report.hpp>

#include <string>

namespace riskshare::report {

/// Empty where the report has none of them.
std::string exchanged_text(const finance_report&, bool colour);
/// Adds a list for each kind, empty where there is nothing: "cash", "workforce", "pay", "deficit_support",
/// "variance_shares", "debts".
void add_exchanged(json::value&, const finance_report&);

/// The last three of them, which `exchanged_text` and `add_exchanged` show with the others.
std::string support_text(const finance_report&, bool colour);
void add_support(json::value&, const finance_report&);

} // namespace riskshare::report

#endif
