// How one pool of money is divided: by weights, in tiers, between collars and caps.
#ifndef RISKSHARE_ALLOCATION_HPP
#define RISKSHARE_ALLOCATION_HPP

#include <riskshare/apportion.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

namespace riskshare {

/// The part of a pool up to a size, divided by weights of its own. Sizes are magnitudes: a tier up to £1m holds the
/// first £1m of a deficit as of a surplus.
struct allocation_tier {
    std::optional<exact> up_to = {}; ///< nothing: everything above the tier before
    std::vector<ratio> weights = {};
};

/// What a party bears or receives at least (collar) and at most (cap), as magnitudes.
struct allocation_bound {
    std::optional<money> at_least = {}, at_most = {};
};

struct allocation_rule {
    std::vector<ratio> weights = {};           ///< one for each party; a party of no weight gets nothing
    std::vector<allocation_tier> tiers = {};   ///< in rising order, the last without an end; in place of `weights`
    std::vector<allocation_bound> bounds = {}; ///< none, or one for each party
    money step = money::pence(1);              ///< parts are whole steps
};

/// Σ parts + unallocated = the pool, always.
struct allocation {
    std::vector<money> parts = {};
    money unallocated = {}; ///< what the caps leave over: to be reported and escalated, never dropped
};

/// Divides the pool, rounding once (largest remainder, ties in the order of the parties). What a cap cuts off goes to
/// the others pro rata to their weights; when every cap is reached the rest stays unallocated. Collars are filled
/// first; a pool too small for them is divided pro rata to the collars.
///
/// \pre the pool, caps and collars are whole steps; weights are not negative and not all zero; tiers rise and only the
/// last has no end; no collar exceeds its cap or belongs to a party without weight. Throws `precondition_violated`.
allocation allocate(money pool, const allocation_rule&);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

using exact_weights = std::vector<exact::rational>;

inline exact::rational as_rational(const ratio& r) { return exact::rational(r.numerator(), r.denominator()); }

inline exact_weights as_weights(std::span<const ratio> weights) {
    exact_weights out;
    exact::rational sum = 0;
    for (const ratio& w : weights) {
        if (w < ratio(0)) throw precondition_violated("allocate: negative weight");
        out.push_back(as_rational(w));
        sum += out.back();
    }
    if (sum == 0) throw precondition_violated("allocate: all weights are zero");
    return out;
}

/// Each party's part of the magnitude over all tiers, not yet rounded.
inline exact_weights tiered(const exact::rational& magnitude, std::span<const allocation_tier> tiers,
                            std::size_t parties) {
    exact_weights parts(parties, 0);
    exact::rational from = 0;
    for (std::size_t t = 0; t < tiers.size(); ++t) {
        const bool last = t + 1 == tiers.size();
        if (last != !tiers[t].up_to || tiers[t].weights.size() != parties)
            throw precondition_violated(
                "allocate: only the last tier has no end, and each has a weight for each party");
        const exact::rational end = last ? magnitude : tiers[t].up_to->pence();
        if (!last && end <= from) throw precondition_violated("allocate: tiers do not rise");
        const exact::rational reached = std::min(magnitude, end);
        const exact_weights weights = as_weights(tiers[t].weights);
        exact::rational sum = 0;
        for (const exact::rational& w : weights) sum += w;
        if (reached > from)
            for (std::size_t i = 0; i < parties; ++i) parts[i] += (reached - from) * weights[i] / sum;
        from = end;
    }
    return parts;
}

inline std::vector<money> apportioned(money total, const exact_weights& weights, money step) {
    big_integer common = 1;
    for (const exact::rational& w : weights) common = lcm(common, denominator(w));
    std::vector<big_integer> whole;
    for (const exact::rational& w : weights) whole.push_back(big_integer(common / denominator(w) * numerator(w)));
    return apportioned(total, whole, step);
}

inline exact::rational clamped(const exact::rational& value, const allocation_bound& b) {
    if (b.at_least && value < b.at_least->pence()) return b.at_least->pence();
    if (b.at_most && value > b.at_most->pence()) return b.at_most->pence();
    return value;
}

/// Parts of a magnitude between bounds: level · weight, held to its bounds, for the one level at which the parts add
/// up. The sum rises with the level, so the level lies right after the last bend at which the sum is not yet too large.
inline allocation bounded(money magnitude, const exact_weights& weights, std::span<const allocation_bound> bounds,
                          money step) {
    const std::size_t n = weights.size();
    money least, most;
    bool endless = false;
    exact_weights collars(n, 0), bends{0};
    for (std::size_t i = 0; i < n; ++i) {
        if (weights[i] == 0) continue;
        if (bounds[i].at_least) {
            least += *bounds[i].at_least;
            collars[i] = bounds[i].at_least->pence();
            bends.push_back(collars[i] / weights[i]);
        }
        if (bounds[i].at_most) {
            most += *bounds[i].at_most;
            bends.push_back(exact::rational(bounds[i].at_most->pence()) / weights[i]);
        }
        endless = endless || !bounds[i].at_most;
    }
    if (!least.is_zero() && magnitude <= least) return {apportioned(magnitude, collars, step), money()};
    if (!endless && magnitude >= most) {
        allocation full{std::vector<money>(n), magnitude - most};
        for (std::size_t i = 0; i < n; ++i)
            if (weights[i] != 0) full.parts[i] = *bounds[i].at_most;
        return full;
    }
    exact::rational bend = 0;
    for (const exact::rational& b : bends) {
        exact::rational sum = 0;
        for (std::size_t i = 0; i < n; ++i)
            if (weights[i] != 0) sum += clamped(b * weights[i], bounds[i]);
        if (b > bend && sum <= magnitude.pence()) bend = b;
    }
    allocation out{std::vector<money>(n), money()};
    exact_weights free(n, 0);
    money rest = magnitude;
    for (std::size_t i = 0; i < n; ++i) {
        if (weights[i] == 0) continue;
        const exact::rational at_bend = bend * weights[i];
        if (bounds[i].at_least && at_bend < bounds[i].at_least->pence())
            out.parts[i] = *bounds[i].at_least;
        else if (bounds[i].at_most && at_bend >= bounds[i].at_most->pence())
            out.parts[i] = *bounds[i].at_most;
        else
            free[i] = weights[i];
        rest -= out.parts[i];
    }
    if (rest.is_zero()) return out;
    const std::vector<money> shared = apportioned(rest, free, step);
    for (std::size_t i = 0; i < n; ++i) out.parts[i] += shared[i];
    return out;
}

inline void check_bounds(const allocation_rule& rule, const exact_weights& weights) {
    if (rule.bounds.size() != weights.size()) throw precondition_violated("allocate: a bound for each party or none");
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const allocation_bound& b = rule.bounds[i];
        for (const std::optional<money>& side : {b.at_least, b.at_most})
            if (side && (side->is_negative() || side->pence() % rule.step.pence() != 0))
                throw precondition_violated("allocate: bounds are whole steps and not negative");
        if (b.at_least && b.at_most && *b.at_most < *b.at_least)
            throw precondition_violated("allocate: a collar above its cap");
        if (rule.tiers.empty() && b.at_least && !b.at_least->is_zero() && weights[i] == 0)
            throw precondition_violated("allocate: a collar for a party without weight");
    }
}

} // namespace detail

inline allocation allocate(money pool, const allocation_rule& rule) {
    if (rule.step.pence() <= 0) throw precondition_violated("allocate: the step must be positive");
    if (pool.pence() % rule.step.pence() != 0) throw precondition_violated("allocate: the pool is not whole steps");
    detail::exact_weights weights = detail::as_weights(rule.weights);
    const money magnitude = abs(pool);
    if (!rule.tiers.empty()) weights = detail::tiered(magnitude.pence(), rule.tiers, weights.size());
    if (!rule.bounds.empty()) detail::check_bounds(rule, weights);
    if (pool.is_zero()) return {std::vector<money>(weights.size()), money()};

    allocation out = rule.bounds.empty() ? allocation{detail::apportioned(magnitude, weights, rule.step), money()}
                                         : detail::bounded(magnitude, weights, rule.bounds, rule.step);
    if (pool.is_negative()) {
        for (money& part : out.parts) part = -part;
        out.unallocated = -out.unallocated;
    }
    return out;
}

} // namespace riskshare

#endif
