// A variance as a share of turnover or allocation, as a report prints it.
#ifndef RISKSHARE_VARIANCE_SHARE_HPP
#define RISKSHARE_VARIANCE_SHARE_HPP

#include <riskshare/provenance.hpp>
#include <riskshare/ratio.hpp>

#include <cstdint>
#include <string>

namespace riskshare {

/// What a variance is measured against: a provider's turnover, a commissioner's allocation.
enum class measured_against : std::uint8_t { turnover, allocation };

inline const char* to_string(measured_against m) { return m == measured_against::turnover ? "turnover" : "allocation"; }

/// −1/200 is a variance of half a per cent of turnover, adverse where the report's own sign says so.
/// Source: NHS England's monthly tables of system positions ("variance as % of allocation").
struct variance_share {
    std::string organisation = {}; ///< empty where nothing says whose it is
    measured_against of = measured_against::turnover;
    bool full_year = false; ///< of the forecast outturn; else to date
    ratio share = ratio(0);
    provenance at = {};
    bool is_total = false;
};

} // namespace riskshare

#endif
