// What each partner stands to bear if the risks come true.
#ifndef RISKSHARE_EXPOSURE_HPP
#define RISKSHARE_EXPOSURE_HPP

#include <riskshare/agreement.hpp>
#include <riskshare/organisation.hpp>

#include <span>
#include <string>
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

/// What successors take over from bodies that have closed: their balance moves, and nothing stays behind. The surplus
/// of the first quarter of three CCGs adds to the allocation of the ICB that follows them (F1, August 2022).
struct succession {
    std::vector<per_party<money>> moved = {};    ///< from each body that has closed
    std::vector<per_party<money>> received = {}; ///< by each successor
    std::vector<per_party<money>> after = {};    ///< every balance once moved, in the order given; new successors last
};
/// The balances as they stand in a period under the directory's successions. Balances of one body are added up.
succession succeeded(const organisation_directory&, const period&, std::span<const per_party<money>> balances);

// ---------------------------------------------------------------------------------------------------------------------

inline risk_exposure exposure(money net_risk, const agreement& a, const version_in_force& v) {
    if (net_risk.is_negative()) throw precondition_violated("exposure: a net risk is positive");
    if (!v.terms.sharing) throw precondition_violated("exposure: the agreement shares nothing");
    risk_exposure out{net_risk, {}};
    const std::vector<money> parts = apportion(net_risk, v.shares);
    for (std::size_t i = 0; i < parts.size(); ++i) out.partners.push_back({a.parties()[i], parts[i]});
    return out;
}

inline succession succeeded(const organisation_directory& known, const period& when,
                            std::span<const per_party<money>> balances) {
    succession out;
    const auto add = [](std::vector<per_party<money>>& to, const std::string& body, const per_party<money>& from,
                        money amount) {
        for (per_party<money>& there : to)
            if (there.organisation == body) {
                there.value += amount;
                return;
            }
        to.push_back({body, amount, from.at});
    };
    for (const per_party<money>& b : balances) add(out.after, b.organisation, b, b.value);
    for (const per_party<money>& b : balances) {
        const std::string successor = known.standing(b.organisation, when);
        if (successor == b.organisation) continue;
        add(out.moved, b.organisation, b, b.value);
        add(out.received, successor, b, b.value);
        add(out.after, b.organisation, b, -b.value);
        add(out.after, successor, b, b.value);
    }
    return out;
}

} // namespace riskshare

#endif
