// The terms of a sign in pounds: every size with the month's benchmarks, or why one of them is not known.
#ifndef RISKSHARE_DETAIL_SIDE_RULE_HPP
#define RISKSHARE_DETAIL_SIDE_RULE_HPP

#include <riskshare/agreement.hpp>
#include <riskshare/benchmarks.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace riskshare::detail {

/// Turns terms into rules, and collects what stands in the way. Without a list for findings nothing may stand there.
class side_rule {
public:
    side_rule(const agreement& a, const benchmarks& known, std::vector<finding>* findings)
        : agreement_(a), known_(known), findings_(findings) {}

    division_rule of(const side_in_force&, money step);
    std::vector<allocation_bound> bounds(const std::vector<std::optional<bound_terms>>&, money step);
    exact size(const extent&, const std::string& party, const std::string& what, const provenance& at);
    ratio number(const operand&, const std::string& what, const provenance& at);

private:
    void error(std::string rule, std::string message, const provenance& at, std::string advice) {
        if (findings_ == nullptr) throw precondition_violated("statement: " + message);
        finding f{std::move(rule), severity::error, std::move(message)};
        if (at.known()) f.at.push_back(at);
        f.advice = std::move(advice);
        findings_->push_back(std::move(f));
    }
    ratio factor(const operand&, ratio most, const std::string& what, const provenance& at);

    const agreement& agreement_;
    const benchmarks& known_;
    std::vector<finding>* findings_;
};

inline exact side_rule::size(const extent& e, const std::string& party, const std::string& what, const provenance& at) {
    const std::optional<exact> found = known_.size(e, party);
    if (!found)
        error("statement.no_benchmark",
              what + " is " + to_string(e) + ", and no " + e.benchmark() + " is known" +
                  (party.empty() ? "" : " for " + party),
              at,
              "state it in the agreement ([[amount]]), or in a line of the position called \"" + e.benchmark() + "\"");
    else if (found->is_zero() && !e.is_zero())
        error("statement.benchmark_nil", what + " is " + to_string(e) + ", and the " + e.benchmark() + " is nil", at,
              "a percentage of nothing is no size: state the " + e.benchmark());
    return found.value_or(exact());
}

inline ratio side_rule::number(const operand& o, const std::string& what, const provenance& at) {
    const std::optional<ratio> found = known_.number(o);
    if (!found)
        error("statement.no_measure", what + " is \"" + o.measure + "\", which is not reported", at,
              "give it in a line of the position called \"" + o.measure + "\", in the column of all together");
    return found.value_or(ratio(1));
}

inline ratio side_rule::factor(const operand& o, ratio most, const std::string& what, const provenance& at) {
    const ratio value = number(o, what, at);
    if (value < ratio(0) || most < value) {
        error("statement.factor", what + " is " + to_percent(value), at, "it lies between 0% and " + to_percent(most));
        return ratio(1);
    }
    return value;
}

inline std::vector<allocation_bound> side_rule::bounds(const std::vector<std::optional<bound_terms>>& terms,
                                                       money step) {
    std::vector<allocation_bound> out(terms.size());
    for (std::size_t i = 0; i < terms.size(); ++i) {
        if (!terms[i]) continue;
        const std::string& party = agreement_.parties()[i];
        const auto pounds = [&](const std::optional<extent>& e) -> std::optional<money> {
            if (!e) return std::nullopt;
            return rounded(size(*e, party, "a limit of " + party, terms[i]->at), step, rounding::half_away_from_zero);
        };
        out[i] = {pounds(terms[i]->at_least), pounds(terms[i]->at_most)};
        if (out[i].at_least && out[i].at_most && *out[i].at_most < *out[i].at_least)
            error("statement.limits",
                  party + " is to bear at least " + said(*out[i].at_least) + " and at most " + said(*out[i].at_most),
                  terms[i]->at, "the least comes first");
    }
    return out;
}

inline division_rule side_rule::of(const side_in_force& side, money step) {
    const division_terms& terms = side.terms;
    division_rule rule;
    rule.step = step;
    rule.rest_to = side.rest_to;
    if (terms.minimum) rule.minimum = size(*terms.minimum, "", "the minimum", terms.at);
    if (terms.counts) rule.counts = factor(*terms.counts, ratio(1), "what counts", terms.at);
    if (terms.at_most) rule.at_most = size(*terms.at_most, "", "what counts at most", terms.at);
    if (terms.dead_band) rule.dead_band = size(*terms.dead_band, "", "the dead-band", terms.at);
    if (terms.score) {
        const ratio value = number(terms.score->value, "the score", terms.score->at);
        rule.score = std::min(std::max(value, terms.score->least), terms.score->most);
    }
    exact from;
    for (std::size_t t = 0; t < side.weights.size(); ++t) {
        division_band band{std::nullopt, side.weights[t], false};
        if (terms.tiers) {
            const tier_terms& tier = (*terms.tiers)[t];
            const std::string whose = "the end of tier " + std::to_string(t + 1);
            band.stays = tier.stays;
            if (tier.up_to) band.up_to = size(*tier.up_to, "", whose, tier.shares.at);
            if (band.up_to && *band.up_to < from)
                error("statement.tiers",
                      whose + ", " + to_string(*tier.up_to) + ", comes to £" + to_string(*band.up_to) + ", below £" +
                          to_string(from) + " where it starts",
                      tier.shares.at, "let tiers rise");
            if (band.up_to) from = *band.up_to;
        }
        rule.bands.push_back(std::move(band));
    }
    rule.bounds = bounds(side.bounds, step);
    return rule;
}

} // namespace riskshare::detail

#endif
