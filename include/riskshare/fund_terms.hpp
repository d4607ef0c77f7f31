// What it takes to earn a fund, as a paper states it: its quarters, its parts, the gates of each.
#ifndef RISKSHARE_FUND_TERMS_HPP
#define RISKSHARE_FUND_TERMS_HPP

#include <riskshare/extent.hpp>
#include <riskshare/per_party.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// One test at the end of a quarter.
struct fund_gate {
    enum class what : std::uint8_t {
        own,      ///< the body's position to date is no worse than its plan
        system,   ///< that of all parties together
        standard, ///< a measure that is reported by quarter
    };
    what kind = what::own;
    std::string measure = {};           ///< for a standard
    std::optional<ratio> at_least = {}; ///< of the measure; nothing: it is reported as met or not
    std::optional<ratio> at_most = {};
    provenance at = {};
};

/// What is earned while a standard is not met: the part of the first step, from above, that the measure reaches.
struct taper_step {
    ratio at_least = 0;
    ratio earns = 0;
};

/// A part of a fund with gates of its own.
struct fund_part {
    std::string name = {};
    ratio part = 1;
    std::vector<fund_gate> gates = {};
    bool any = false;                   ///< one of the gates is enough
    std::vector<taper_step> taper = {}; ///< of its one standard
    bool pound_for_pound = false;       ///< a position off plan takes away what it is off by, and no more
    std::string clause = {};
    provenance at = {};
};

struct fund_terms {
    std::string name = {};
    std::vector<per_party<money>> amounts = {}; ///< of the year, body by body
    std::vector<ratio> phasing = {};            ///< four parts that add to one; none: in equal quarters
    bool recoverable = false;                   ///< what a quarter missed is paid when a later test to date is met
    std::vector<fund_part> parts = {};
    std::optional<operand> quantity = {}, rate = {}; ///< paid at a rate for a quantity to date, up to what is phased
    bool capped_by_year = false;                     ///< up to the year's amount, whenever it is earned
    std::string clause = {};
    provenance at = {};
};

} // namespace riskshare

#endif
