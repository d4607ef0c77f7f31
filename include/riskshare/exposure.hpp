// What each partner stands to bear if the risks come true.
#ifndef RISKSHARE_EXPOSURE_HPP
#define RISKSHARE_EXPOSURE_HPP

#include <riskshare/agreement.hpp>

#include <vector>

namespace riskshare {

/// Net risk after mitigations, divided by the agreed shares. Risks are positive. It is an exposure, not a settlement:
/// tiers, limits and dead-bands, which depend on the year's outcome, are left aside.
struct risk_exposure {
    money net = {};
    std::vector<per_party<money>> partners = {}; ///< in agreement order, adding up to `net`
};

/// \pre the net risk is not negative and the version shares at all, else `precondition_violated`.
risk_exposure exposure(money net_risk, const agreement&, const version_in_force&);

/// What successors take over from bodies that close during the year: their balance moves, and theirs becomes nothing.
/// A surplus of the first quarter of three CCGs adds to the allocation of the ICB that follows them.
struct succession_transfer {
    std::vector<per_party<money>> moved = {}; ///< from each predecessor
    money to_successor = {};
    money left_behind = {}; ///< always zero
};
succession_transfer transferred_to_successor(std::vector<per_party<money>> closing_balances);

// ---------------------------------------------------------------------------------------------------------------------

inline risk_exposure exposure(money net_risk, const agreement& a, const version_in_force& v) {
    if (net_risk.is_negative()) throw precondition_violated("exposure: a net risk is positive");
    if (!v.terms.sharing) throw precondition_violated("exposure: the agreement shares nothing");
    risk_exposure out{net_risk, {}};
    const std::vector<money> parts = apportion(net_risk, v.shares);
    for (std::size_t i = 0; i < parts.size(); ++i) out.partners.push_back({a.parties()[i], parts[i]});
    return out;
}

inline succession_transfer transferred_to_successor(std::vector<per_party<money>> closing_balances) {
    succession_transfer t{std::move(closing_balances), money(), money()};
    for (const per_party<money>& m : t.moved) t.to_successor += m.value;
    return t;
}

} // namespace riskshare

#endif
