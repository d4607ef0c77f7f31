// A month's actuals as a list.
#ifndef RISKSHARE_ANSWERS_ACTUALS_LIST_HPP
#define RISKSHARE_ANSWERS_ACTUALS_LIST_HPP

#include "load.hpp"

#include <riskshare/template/tracker_sheet.hpp>

#include <map>
#include <string>
#include <vector>

namespace riskshare::answers {

/// What each scheme of a tracker saves in a month, about: a twelfth of its plan, else what it delivered in the months
/// that are filled in. By reference, folded.
using usual_amounts = std::map<std::string, exact>;
usual_amounts usual_in_a_month(const tracker&);

/// The amounts of a month from a list of reference, amount and perhaps organisation or month, in any order under a line
/// of headings; two columns without one are reference and amount. Where there are several amounts, the heading of one
/// must name the month. The unit is that of the amounts' heading, of a line above it, the one asked for, or, with a
/// warning ("fill.unit_by_size"), the only one in which three amounts or more are of the size of the tracker's own.
/// Lines without an amount are passed over. Throws `input_refused` with rule "fill.malformed", "fill.no_unit",
/// "fill.decimal_mark" or "fill.below_a_penny".
std::vector<templates::actual_amount> listed_actuals(const text_file&, month, const std::string& unit_option,
                                                     const usual_amounts&, std::vector<finding>&);

} // namespace riskshare::answers

#endif
