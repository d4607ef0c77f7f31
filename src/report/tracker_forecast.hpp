// Whether a tracker says what the year will come to.
#ifndef RISKSHARE_SRC_REPORT_TRACKER_FORECAST_HPP
#define RISKSHARE_SRC_REPORT_TRACKER_FORECAST_HPP

#include <riskshare/finding.hpp>
#include <riskshare/roll_up.hpp>

#include <vector>

namespace riskshare::report {

/// Where the months of actuals end before the year does and no forecast is stated, months to come that are blank are
/// not known, and not nil: the sums lose their forecast and what rests on it, with a note that names the body and its
/// last month.
void withhold_unknown_forecast(const tracker&, roll_up&, std::vector<finding>&);

} // namespace riskshare::report

#endif
