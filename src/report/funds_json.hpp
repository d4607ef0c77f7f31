// Funds as JSON, for the statement and the position.
#ifndef RISKSHARE_SRC_REPORT_FUNDS_JSON_HPP
#define RISKSHARE_SRC_REPORT_FUNDS_JSON_HPP

#include "detail/json.hpp"

#include <riskshare/funding.hpp>

#include <vector>

namespace riskshare::report {

json::value funds_json(const std::vector<fund_result>&);

} // namespace riskshare::report

#endif
