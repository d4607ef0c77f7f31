// The monthly position as a page for a terminal and as JSON.
#ifndef RISKSHARE_REPORT_POSITION_REPORT_HPP
#define RISKSHARE_REPORT_POSITION_REPORT_HPP

#include <riskshare/finance_report.hpp>

#include <span>
#include <string>

namespace riskshare::report {

/// The sections that the report has: system position, organisations, where it lands, efficiencies, capital, agency,
/// dashboard. \param earlier reports of months before, in order of time: for the bridge from the last of them, and for
/// the first deterioration of the forecast.
std::string position_text(const finance_report&, std::span<const finance_report> earlier, bool colour);

/// JSON of schema riskshare.position/1. \param control_totals the same schema with control totals and findings, as
/// `position_json(model, findings)` gives it; its members are taken over.
std::string position_json(const finance_report&, std::span<const finance_report> earlier,
                          const std::string& control_totals);

/// The forecast outturn and the full-year plan of the system: the printed total, else the sum of the organisations.
/// Nothing where any is blank.
std::optional<exact> system_forecast(const finance_report&);
std::optional<exact> system_plan(const finance_report&);

/// The forecasts of several months, in order, as far as the reports name their month and give one.
std::vector<reported_forecast> forecasts_of(std::span<const finance_report> in_order);

} // namespace riskshare::report

#endif
