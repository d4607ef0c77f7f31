// What each finding's code means: the one table that `riskshare explain RULE` reads.
#ifndef RISKSHARE_RULES_HPP
#define RISKSHARE_RULES_HPP

#include <riskshare/finding.hpp>

#include <span>
#include <string_view>

namespace riskshare {

/// A finding by its code.
struct rule {
    std::string_view code;
    riskshare::severity severity; ///< as a rule; a single finding may be milder where rounding or a formula explains it
    std::string_view meaning;     ///< what was found
    std::string_view advice;      ///< what to do about it
    std::string_view example;     ///< a message that it may come with
};

/// Every rule, by code.
std::span<const rule> rules();

/// The entry for a code; nullptr when there is none.
const rule* find_rule(std::string_view code);

} // namespace riskshare

#endif
