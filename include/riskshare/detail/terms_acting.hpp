// What each term of a division did, for the statement to show and for a range of outturns to find its kinks.
#include <riskshare/statement.hpp> // first, for it reads this file in its turn

#ifndef RISKSHARE_DETAIL_TERMS_ACTING_HPP
#define RISKSHARE_DETAIL_TERMS_ACTING_HPP

#include <riskshare/detail/money_text.hpp>

#include <string>
#include <utility>
#include <vector>

namespace riskshare::detail {

/// For sentences: to the penny.
inline money exactly(const exact& e) { return rounded(e, rounding::half_away_from_zero); }

inline std::string side_name(bool deficit) { return deficit ? "deficits" : "gains"; }

/// "tier up to 3% of target", "tier from 3% of target up to …", "tier beyond 8% of target".
inline std::string tier_name(const std::vector<tier_terms>& tiers, std::size_t t) {
    const std::string from = t == 0 ? "" : to_string(*tiers[t - 1].up_to);
    if (tiers.size() == 1) return "tier";
    if (!tiers[t].up_to) return "tier beyond " + from;
    return "tier " + (from.empty() ? "" : "from " + from + " ") + "up to " + to_string(*tiers[t].up_to);
}

inline void bounds_acting(const agreement& a, const std::vector<std::optional<bound_terms>>& terms,
                          const std::vector<allocation_bound>& bounds, const division& d, const std::string& what,
                          std::vector<acting_term>& out) {
    for (std::size_t i = 0; i < bounds.size(); ++i) {
        if (!terms[i]) continue;
        const money part = abs(d.allocated[i]);
        if (bounds[i].at_most)
            out.push_back({what + ": at most " + to_string(*terms[i]->at_most), a.parties()[i],
                           part >= *bounds[i].at_most ? "binds" : "does not bind", *bounds[i].at_most, terms[i]->clause,
                           terms[i]->at});
        if (bounds[i].at_least && !bounds[i].at_least->is_zero())
            out.push_back({what + ": at least " + to_string(*terms[i]->at_least), a.parties()[i],
                           part <= *bounds[i].at_least ? "binds" : "does not bind", *bounds[i].at_least,
                           terms[i]->clause, terms[i]->at});
    }
}

inline void terms_acting(const agreement& a, const side_in_force& side, const division_rule& rule, const division& d,
                         money pool, std::vector<acting_term>& out) {
    const division_terms& terms = side.terms;
    const std::string of = side_name(pool.is_negative()) + ": ";
    const auto add = [&](const std::string& term, const char* state, const exact& amount) {
        out.push_back({of + term, "", state, exactly(amount), terms.clause, terms.at});
    };
    if (terms.minimum) {
        add("minimum of " + to_string(*terms.minimum), d.shared ? "met" : "not met", rule.minimum);
        if (!d.shared) return;
    }
    if (terms.counts)
        add(to_string(*terms.counts) + " counts", pool.is_zero() ? "not reached" : "inside", d.not_counted);
    if (terms.at_most)
        add("no more than " + to_string(*terms.at_most) + " counts", d.beyond.is_zero() ? "does not bind" : "binds",
            d.beyond);
    if (terms.dead_band && !terms.dead_band->is_zero())
        add("dead-band of " + to_string(*terms.dead_band),
            d.in_dead_band.is_zero()          ? "not reached"
            : d.in_dead_band < rule.dead_band ? "inside"
                                              : "used up",
            d.in_dead_band);
    exact from;
    for (std::size_t t = 0; terms.tiers && t < d.in_band.size(); ++t) {
        const tier_terms& tier = (*terms.tiers)[t];
        const bool full = rule.bands[t].up_to && d.in_band[t] == *rule.bands[t].up_to - from;
        const std::string clause = tier.shares.clause.empty() ? terms.clause : tier.shares.clause;
        out.push_back({of + tier_name(*terms.tiers, t), "",
                       d.in_band[t].is_zero() ? "not reached"
                       : full                 ? "used up"
                                              : "inside",
                       exactly(d.in_band[t]), clause, tier.shares.at});
        if (rule.bands[t].up_to) from = *rule.bands[t].up_to;
    }
    if (terms.score) add("score of " + to_percent(rule.score), pool.is_zero() ? "not reached" : "inside", d.scored_off);
    bounds_acting(a, side.bounds, rule.bounds, d, of + "limit", out);
}

inline acting_term policy_acting(const terms_of_sharing& terms, money pool, bool kept, bool held) {
    const std::string state = pool.is_zero() ? "nothing to share"
                              : kept         ? "stays where it arose"
                              : held         ? "held for joint investment"
                                             : "shared";
    return {pool.is_negative() ? "net deficit" : "net gain", "", state, abs(pool), terms.clause, {}};
}

} // namespace riskshare::detail

#endif
