// Funds that bodies have to earn, beside a report of the position.
#ifndef RISKSHARE_ANSWERS_FUNDS_HPP
#define RISKSHARE_ANSWERS_FUNDS_HPP

#include "commands.hpp"

#include <riskshare/finance_report.hpp>
#include <riskshare/funding.hpp>

#include <vector>

namespace riskshare::answers {

/// The funds of the agreement that the options name, from gates in the workbooks, from the positions at the ends of
/// quarters that they hold, and from the report itself where it is of the end of a quarter.
std::vector<fund_result> funds_asked(const position_options&, const finance_report&, const console&,
                                     std::vector<finding>&);

} // namespace riskshare::answers

#endif
