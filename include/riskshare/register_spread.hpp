// How far the net total of a register may fall to either side, and which items that is due to.
#ifndef RISKSHARE_REGISTER_SPREAD_HPP
#define RISKSHARE_REGISTER_SPREAD_HPP

#include <riskshare/distribution.hpp>
#include <riskshare/risk_register.hpp>

#include <algorithm>
#include <vector>

namespace riskshare {

/// The items as independent events, risks costing and mitigations saving: the total is the net cost.
std::vector<chance_event> events_of(const risk_register&);

/// How much of the spread of the net total one item is answerable for: its variance, gross² · p · (1 − p), as a
/// fraction of the sum of all. Certain and impossible items drive nothing.
struct driver {
    const register_item* item;
    chance share_of_variance;
};
/// The largest first; they add up to exactly one, unless nothing is uncertain (then empty).
std::vector<driver> drivers(const risk_register&);

// ---------------------------------------------------------------------------------------------------------------------

inline std::vector<chance_event> events_of(const risk_register& reg) {
    std::vector<chance_event> out;
    for (const register_item& i : reg.items)
        out.push_back({i.kind == register_kind::risk ? i.gross : -i.gross, i.likelihood});
    return out;
}

inline std::vector<driver> drivers(const risk_register& reg) {
    std::vector<driver> out;
    chance sum = 0;
    for (const register_item& i : reg.items) {
        const ratio p = i.likelihood, q = ratio(1) - p;
        const chance variance = i.gross.pence() * i.gross.pence() * chance(p.numerator(), p.denominator()) *
                                chance(q.numerator(), q.denominator());
        if (variance != 0) out.push_back({&i, variance});
        sum += variance;
    }
    for (driver& d : out) d.share_of_variance /= sum;
    std::stable_sort(out.begin(), out.end(),
                     [](const driver& a, const driver& b) { return a.share_of_variance > b.share_of_variance; });
    return out;
}

} // namespace riskshare

#endif
