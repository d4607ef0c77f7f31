// What each rule code means: the one table that `riskshare explain RULE` reads.
#ifndef RISKSHARE_RULES_HPP
#define RISKSHARE_RULES_HPP

#include <span>
#include <string_view>

namespace riskshare {

/// A rule by its code; a code that ends in ".*" stands for every rule that begins so and has no entry of its own.
struct rule {
    std::string_view code;
    std::string_view meaning; ///< what was found
    std::string_view advice;  ///< what to do about it
};

/// Every rule, by code.
std::span<const rule> rules();

/// The entry for a code, its family's when it has none; nullptr when neither is there.
const rule* find_rule(std::string_view code);

} // namespace riskshare

#endif
