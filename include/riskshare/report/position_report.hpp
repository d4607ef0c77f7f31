// The monthly position as a page for a terminal and as JSON.
#ifndef RISKSHARE_REPORT_POSITION_REPORT_HPP
#define RISKSHARE_REPORT_POSITION_REPORT_HPP

#include <riskshare/landing.hpp>

#include <span>
#include <string>

namespace riskshare::report {

/// How the page of a position is made.
struct position_page {
    landing_options landing = {};
    bool bridges = false; ///< every bridge in full
    bool colour = false;
};

/// The story in five sentences, then the sections that the report has: system position, organisations, where it lands,
/// efficiencies, capital, agency, dashboard, assurance. \param earlier reports of months before, in order of time: for
/// the bridge from the last of them, the run rate, trends, and the first deterioration of the forecast.
std::string position_text(const finance_report&, std::span<const finance_report> earlier, const position_page& = {});

/// JSON of schema riskshare.position/1. \param control_totals the same schema with control totals and findings, as
/// `position_json(model, findings)` gives it; its members are taken over.
std::string position_json(const finance_report&, std::span<const finance_report> earlier, const landing_options&,
                          const std::string& control_totals);

using riskshare::forecasts_of;
using riskshare::system_forecast;
using riskshare::system_plan;

} // namespace riskshare::report

#endif
