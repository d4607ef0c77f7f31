// A month's actuals as a list in CSV.
#ifndef RISKSHARE_ANSWERS_ACTUALS_LIST_HPP
#define RISKSHARE_ANSWERS_ACTUALS_LIST_HPP

#include "load.hpp"

#include <riskshare/template/tracker_sheet.hpp>

#include <string>
#include <vector>

namespace riskshare::answers {

/// The amounts of a month from a list headed reference, amount and perhaps organisation; the amount's heading or the
/// unit asked for names its unit, and where there are several amounts, the heading of one must name the month. Lines
/// without an amount are passed over. Throws `input_refused` with rule "fill.malformed", "fill.no_unit" or
/// "fill.below_a_penny".
std::vector<templates::actual_amount> listed_actuals(const text_file&, month, const std::string& unit_option);

} // namespace riskshare::answers

#endif
