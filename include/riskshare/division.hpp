// How one pool is divided, term by term: what counts of it, what stays where it arose, the bands, the score, the
// limits.
#ifndef RISKSHARE_DIVISION_HPP
#define RISKSHARE_DIVISION_HPP

#include <riskshare/allocation.hpp>

#include <optional>
#include <span>
#include <vector>

namespace riskshare {

/// A band of what is left after the dead-band: its end, and whose it is.
struct division_band {
    std::optional<exact> up_to = {}; ///< nothing: everything above
    std::vector<ratio> weights = {}; ///< one for each party
    bool stays = false;              ///< where it arose instead
};

/// The terms of a division in pounds. They act in the order in which they stand here; as made, none does but the bands.
struct division_rule {
    exact minimum = {};                        ///< a smaller pool is not shared at all
    ratio counts = 1;                          ///< the part of the pool that counts, zero to one
    std::optional<exact> at_most = {};         ///< of what counts
    exact dead_band = {};                      ///< the first part of it stays where it arose
    std::vector<division_band> bands = {};     ///< in rising order, the last without an end
    ratio score = 1;                           ///< multiplies every part but that of `rest_to`
    std::vector<allocation_bound> bounds = {}; ///< none, or one for each party
    std::optional<std::size_t> rest_to = {};   ///< the party that has what is left out; else it stays where it arose
    money step = money::pence(1);
};

/// Σ retained + Σ allocated + unallocated = the pool, always.
struct division {
    bool shared = true; ///< false: below the minimum, and all of it stays where it arose
    std::vector<money> retained = {}, allocated = {};
    money unallocated = {}; ///< what the limits leave over
    // What each term did, as sizes.
    exact not_counted = {}, beyond = {}, in_dead_band = {}, scored_off = {};
    std::vector<exact> in_band = {};
    std::vector<exact> before_limits = {}; ///< each party's part
};

/// Divides the pool, rounding once. `arose` has each party's part of what makes the pool up, as sizes.
/// \pre as `allocate`; `arose` is not negative. Throws `precondition_violated`.
division divided(money pool, std::span<const money> arose, const division_rule&);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

/// The parts in exact pence before limits and rounding.
struct exact_division {
    exact_weights shared;
    exact::rational kept = 0;
};

inline exact_division divided_exactly(const exact::rational& size, const division_rule& rule, std::size_t parties,
                                      division& out) {
    using fraction = exact::rational;
    exact_division d{exact_weights(parties, 0), 0};
    const fraction counted = size * as_rational(rule.counts);
    const fraction taken = rule.at_most ? std::min(counted, rule.at_most->pence()) : counted;
    const fraction band = std::min(rule.dead_band.pence(), taken);
    out.not_counted = exact::pence(size - counted);
    out.beyond = exact::pence(counted - taken);
    out.in_dead_band = exact::pence(band);
    d.kept = band;
    fraction rest = size - taken, from = 0;
    const fraction general = taken - band;
    for (std::size_t t = 0; t < rule.bands.size(); ++t) {
        const division_band& b = rule.bands[t];
        const bool last = t + 1 == rule.bands.size();
        if (last == b.up_to.has_value()) throw precondition_violated("divided: only the last band has no end");
        if (!last && b.up_to->pence() < from) throw precondition_violated("divided: bands do not rise");
        const fraction end = last ? general : std::min(general, b.up_to->pence());
        const fraction slice = end > from ? fraction(end - from) : fraction(0);
        if (!last) from = b.up_to->pence();
        out.in_band.push_back(exact::pence(slice));
        if (b.stays) {
            d.kept += slice;
            continue;
        }
        const exact_weights weights = as_weights(b.weights);
        if (weights.size() != parties) throw precondition_violated("divided: a weight for each party");
        fraction sum = 0;
        for (const fraction& w : weights) sum += w;
        if (slice != 0)
            for (std::size_t i = 0; i < parties; ++i) d.shared[i] += slice * weights[i] / sum;
    }
    if (rule.score != ratio(1)) {
        const fraction score = as_rational(rule.score);
        fraction off = 0;
        for (std::size_t i = 0; i < parties; ++i) {
            if (rule.rest_to && *rule.rest_to == i) continue;
            off += d.shared[i] * (1 - score);
            d.shared[i] *= score;
        }
        out.scored_off = exact::pence(off);
        rest += off;
    }
    if (rule.rest_to)
        d.shared[*rule.rest_to] += rest;
    else
        d.kept += rest;
    return d;
}

/// Limits where one party has what they leave: everybody else's part is held to its own.
inline exact_weights held_to_limits(const exact_weights& parts, const division_rule& rule,
                                    const exact::rational& size) {
    exact_weights out = parts;
    exact::rational others = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i == *rule.rest_to) continue;
        if (!rule.bounds.empty()) out[i] = clamped(out[i], rule.bounds[i]);
        others += out[i];
    }
    if (others > size) throw precondition_violated("divided: the parts exceed the pool");
    out[*rule.rest_to] = size - others;
    return out;
}

} // namespace detail

inline division divided(money pool, std::span<const money> arose, const division_rule& rule) {
    const std::size_t n = arose.size();
    division out{true, std::vector<money>(n), std::vector<money>(n), money()};
    const money size = abs(pool);
    if (exact(size) < rule.minimum) {
        out.shared = false;
        return out;
    }
    const detail::exact_division d = detail::divided_exactly(size.pence(), rule, n, out);
    for (const exact::rational& part : d.shared) out.before_limits.push_back(exact::pence(part));
    if (size.is_zero()) return out;
    const bool limited = !rule.bounds.empty();
    const exact kept = exact::pence(d.kept);
    const money whole = rounded(kept, rule.step, rounding::half_away_from_zero);
    detail::exact_weights where(arose.size(), 0);
    money all_arose;
    for (std::size_t i = 0; i < n; ++i) {
        where[i] = arose[i].pence();
        all_arose += arose[i];
    }
    if (!whole.is_zero()) out.retained = detail::apportioned(whole, where, rule.step);
    const money left = size - whole;
    if (exact(whole) != kept && !limited) {
        // Whole pence of what stays would bend the parts: everything is rounded together, once.
        detail::exact_weights together = d.shared;
        for (std::size_t i = 0; i < n; ++i) together[i] += d.kept * where[i] / all_arose.pence();
        out.allocated = detail::apportioned(size, together, rule.step);
        for (std::size_t i = 0; i < n; ++i) out.allocated[i] -= out.retained[i];
    } else if (left.is_zero()) {
        // nothing is left to be shared
    } else if (rule.rest_to && limited) {
        out.allocated = detail::apportioned(left, detail::held_to_limits(d.shared, rule, left.pence()), rule.step);
    } else if (limited) {
        allocation a = detail::bounded(left, d.shared, rule.bounds, rule.step);
        out.allocated = std::move(a.parts);
        out.unallocated = a.unallocated;
    } else {
        out.allocated = detail::apportioned(left, d.shared, rule.step);
    }
    if (!pool.is_negative()) return out;
    for (std::vector<money>* parts : {&out.retained, &out.allocated})
        for (money& part : *parts) part = -part;
    out.unallocated = -out.unallocated;
    return out;
}

} // namespace riskshare

#endif
