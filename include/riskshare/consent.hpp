// Who has to agree before terms of an agreement change, and who has.
#ifndef RISKSHARE_CONSENT_HPP
#define RISKSHARE_CONSENT_HPP

#include <riskshare/provenance.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace riskshare {

/// One party's word, given by its chief finance officer. Parties are named by their code.
struct consent {
    std::string organisation;
    provenance at = {};
};

struct consent_rule {
    enum class how : std::uint8_t {
        unanimous, ///< every party
        majority,  ///< more than half of the parties
        named,     ///< every party in `parties`
    };
    how rule = how::unanimous;
    std::vector<std::string> parties = {}; ///< for how::named
    std::string clause = {};
    provenance at = {};
};

/// The parties whose word is still missing, in their order; empty when the consents are enough. Under a majority all
/// that have not agreed are named. A party that agrees twice counts once.
std::vector<std::string> missing_consents(const consent_rule&, std::span<const std::string> parties,
                                          std::span<const consent> given);

/// "all parties", "a majority of the parties", "UHL and ICB".
std::string to_string(const consent_rule&);

/// "UHL, LPT and ICB".
std::string listed(std::span<const std::string> names);

// ---------------------------------------------------------------------------------------------------------------------

inline std::vector<std::string> missing_consents(const consent_rule& rule, std::span<const std::string> parties,
                                                 std::span<const consent> given) {
    const auto agreed = [&](const std::string& party) {
        return std::any_of(given.begin(), given.end(), [&](const consent& c) { return c.organisation == party; });
    };
    std::vector<std::string> missing;
    std::size_t count = 0;
    for (const std::string& party : parties) {
        if (agreed(party)) {
            ++count;
            continue;
        }
        const bool asked = rule.rule != consent_rule::how::named ||
                           std::find(rule.parties.begin(), rule.parties.end(), party) != rule.parties.end();
        if (asked) missing.push_back(party);
    }
    if (rule.rule == consent_rule::how::majority && 2 * count > parties.size()) missing.clear();
    return missing;
}

inline std::string listed(std::span<const std::string> names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return text;
}

inline std::string to_string(const consent_rule& rule) {
    if (rule.rule == consent_rule::how::unanimous) return "all parties";
    if (rule.rule == consent_rule::how::majority) return "a majority of the parties";
    return listed(rule.parties);
}

} // namespace riskshare

#endif
