// The table of findings, by what they are about. A new finding gets its line here.
#ifndef RISKSHARE_RULES_RULE_LISTS_HPP
#define RISKSHARE_RULES_RULE_LISTS_HPP

#include <riskshare/rules.hpp>

namespace riskshare::rules_of {

std::span<const rule> agreements();
std::span<const rule> amounts();
std::span<const rule> checks();
std::span<const rule> files();
std::span<const rule> filling();
std::span<const rule> reports();
std::span<const rule> savings();

} // namespace riskshare::rules_of

#endif
