// Finds what a finding's code means.
#include "rules/rule_lists.hpp"

#include <algorithm>
#include <vector>

namespace riskshare {

std::span<const rule> rules() {
    static const std::vector<rule> sorted = [] {
        std::vector<rule> all;
        for (const auto list : {rules_of::agreements(), rules_of::amounts(), rules_of::checks(), rules_of::files(),
                                rules_of::filling(), rules_of::reports(), rules_of::savings()})
            all.insert(all.end(), list.begin(), list.end());
        std::sort(all.begin(), all.end(), [](const rule& a, const rule& b) { return a.code < b.code; });
        return all;
    }();
    return sorted;
}

const rule* find_rule(std::string_view code) {
    const std::span<const rule> all = rules();
    const auto found =
        std::lower_bound(all.begin(), all.end(), code, [](const rule& r, std::string_view c) { return r.code < c; });
    return found == all.end() || found->code != code ? nullptr : &*found;
}

} // namespace riskshare
