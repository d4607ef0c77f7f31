// Terms that can never act, whatever the parties report: somebody meant something by them.
#include <riskshare/agreement.hpp> // first, for it reads this file in its turn

#ifndef RISKSHARE_DETAIL_NEVER_ACTS_HPP
#define RISKSHARE_DETAIL_NEVER_ACTS_HPP

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace riskshare::detail {

/// Calls f(extent, what it is, where) for every size of the terms that divide a pool.
template <class F>
void for_each_extent(const version_in_force& v, const F& f) {
    for (const side_in_force* side : {&v.gains, &v.deficits}) {
        const division_terms& t = side->terms;
        const std::string of = side == &v.gains ? "gains: " : "deficits: ";
        if (t.minimum) f(*t.minimum, of + "the minimum", t.at);
        if (t.at_most) f(*t.at_most, of + "what counts at most", t.at);
        if (t.dead_band) f(*t.dead_band, of + "the dead-band", t.at);
        if (t.tiers)
            for (const tier_terms& tier : *t.tiers)
                if (tier.up_to) f(*tier.up_to, of + "the end of a tier", tier.shares.at);
        for (const std::optional<bound_terms>& b : side->bounds)
            if (b)
                for (const std::optional<extent>& e : {b->at_least, b->at_most})
                    if (e) f(*e, of + "a limit of " + b->organisation, b->at);
    }
    for (const scheme_in_force& s : v.schemes)
        for (const std::optional<bound_terms>& b : s.bounds)
            if (b && b->at_most)
                f(*b->at_most, "a limit of " + b->organisation + " in \"" + s.scheme.name + "\"", b->at);
    for (const carry_forward_terms& c : v.terms.carried)
        if (c.instalment) f(*c.instalment, "the instalment of \"" + c.name + "\"", c.at);
}

/// Whether the shares for both signs divide anything: not where each sign has terms of its own, or is kept.
inline bool agreed_shares_act(const version_in_force& v) {
    if (!v.terms.sharing) return false;
    for (const side_in_force* s : {&v.gains, &v.deficits})
        if (!s->kept && !s->terms.tiers && !s->terms.shares) return true;
    return std::any_of(v.schemes.begin(), v.schemes.end(),
                       [](const scheme_in_force& s) { return s.scheme.pool && !s.scheme.shares; });
}

class never_acts {
public:
    never_acts(const version_in_force& v, std::vector<finding>& findings) : version_(v), findings_(findings) {}
    void note() {
        side(version_.gains, version_.terms.gain_terms, true);
        side(version_.deficits, version_.terms.deficit_terms, false);
        both();
        agreed_shares();
        funds();
        balances();
        amounts();
    }

private:
    void never(const std::string& term, const std::string& why, const provenance& at) {
        finding f{"agreement.never_acts", severity::warning, term + " can never act: " + why};
        if (at.known()) f.at.push_back(at);
        f.advice = "take it out, or correct the term that stands in its way";
        findings_.push_back(std::move(f));
    }
    void side(const side_in_force&, const std::optional<division_terms>& own, bool gains);
    void tiers(const side_in_force&, const std::string& whose);
    void sizes(const side_in_force&, const std::optional<division_terms>& own, const std::string& whose);
    void agreed_shares();
    void funds();
    void balances();
    void amounts();
    void both();

    const version_in_force& version_;
    std::vector<finding>& findings_;
};

inline void never_acts::side(const side_in_force& s, const std::optional<division_terms>& own, bool gains) {
    const std::string whose = gains ? "gains" : "deficits";
    if (s.kept) {
        const std::string why =
            version_.terms.sharing ? "net " + whose + " stay where they arose" : "nothing is shared";
        const provenance at = own ? own->at : provenance();
        // What stands for both signs is spoken of where it acts for neither.
        if (s.terms.dead_band && !s.terms.dead_band->is_zero())
            never("the dead-band of " + to_string(*s.terms.dead_band) + " for " + whose, why, at);
        if (!own) return;
        if (own->minimum) never("the minimum for " + whose, why, at);
        if (own->counts) never("the part of " + whose + " that counts", why, at);
        if (own->at_most) never("the most of " + whose + " that counts", why, at);
        if (own->shares || own->tiers) never("the shares for " + whose, why, at);
        if (own->score) never("the score for " + whose, why, own->score->at);
        if (own->bounds) never("the limits for " + whose, why, at);
        return;
    }
    tiers(s, whose);
    sizes(s, own, whose);
    const division_terms& t = s.terms;
    if (own && !own->rest_to.empty() && !t.counts && !t.at_most && !t.score && s.bounds.empty())
        never("\"rest_to\" for " + whose, "no term leaves anything out", own->at);
    if (t.score && t.score->least == t.score->most && !t.score->value.measure.empty())
        never("the measure of the score for " + whose, "its bounds are the same", t.score->at);
    if (t.at_most && t.minimum && certainly_below(*t.at_most, *t.minimum).value_or(false) && !t.counts)
        never("what counts at most for " + whose, "a pool so small is below the minimum", t.at);
    for (std::size_t i = 0; i < s.bounds.size(); ++i) {
        bool any = !t.counts && !t.at_most && !t.score;
        if (s.rest_to && *s.rest_to == i) {
            if (s.bounds[i])
                never("the limit of " + s.bounds[i]->organisation + " for " + whose,
                      "it has what the others' limits leave", s.bounds[i]->at);
            continue;
        }
        for (const std::vector<ratio>& w : s.weights) any = any && (i >= w.size() || w[i] == ratio(0));
        if (any && s.bounds[i] && s.bounds[i]->at_most)
            never("the limit of " + s.bounds[i]->organisation + " for " + whose, "it has no share of them",
                  s.bounds[i]->at);
    }
}

inline void never_acts::tiers(const side_in_force& s, const std::string& whose) {
    if (!s.terms.tiers || !s.terms.at_most) return;
    const std::vector<tier_terms>& tiers = *s.terms.tiers;
    for (std::size_t t = 1; t < tiers.size(); ++t)
        if (tiers[t - 1].up_to && !certainly_below(*tiers[t - 1].up_to, *s.terms.at_most).value_or(true))
            never("tier " + std::to_string(t + 1) + " for " + whose,
                  "it starts at " + to_string(*tiers[t - 1].up_to) + ", and no more than " +
                      to_string(*s.terms.at_most) + " counts",
                  tiers[t].shares.at);
}

inline void never_acts::both() {
    const terms_of_sharing& t = version_.terms;
    const bool all_kept = version_.gains.kept && version_.deficits.kept;
    const std::string why = t.sharing ? "gains and deficits stay where they arose" : "nothing is shared";
    if (all_kept && !t.tiers.empty()) never("the tiers", why, t.tiers.front().shares.at);
    if (all_kept && !t.bounds.empty()) never("the limits", why, t.bounds.front().at);
    if (all_kept)
        for (const scheme_in_force& s : version_.schemes)
            if (s.own_shares && !(s.scheme.pool && t.sharing))
                never("the shares of the scheme \"" + s.scheme.name + "\"", why, s.scheme.at);
    if (all_kept && t.sharing && !t.exclusions.empty())
        never("the efficiency that is not shared", why, t.exclusions.front().at);
    const auto overrides = [](const std::optional<division_terms>& s) { return s && (s->tiers || s->shares); };
    const bool unused_by_gains = version_.gains.kept || overrides(t.gain_terms);
    const bool unused_by_deficits = version_.deficits.kept || overrides(t.deficit_terms);
    if (!all_kept && unused_by_gains && unused_by_deficits && !t.tiers.empty())
        never("the tiers for both signs", "gains and deficits have terms of their own", t.tiers.front().shares.at);
    if (t.reserve != reserve_use::net_deficit && std::none_of(version_.schemes.begin(), version_.schemes.end(),
                                                              [](const scheme_in_force& s) { return s.scheme.pool; }))
        never("the order in which schemes have the reserve", "no scheme is a pool", {});
}

/// Sizes that take nothing, or leave nothing to the terms after them.
inline void never_acts::sizes(const side_in_force& s, const std::optional<division_terms>& own,
                              const std::string& whose) {
    const division_terms& t = s.terms;
    if (!own) return;
    if (t.minimum && t.minimum->is_zero()) never("the minimum for " + whose, "it is nothing", t.at);
    if (t.counts && t.counts->measure.empty() && t.counts->number == ratio(1))
        never("the part of " + whose + " that counts", "all of it counts", t.at);
    if (t.dead_band && t.at_most && !certainly_below(*t.dead_band, *t.at_most).value_or(true))
        never("the shares for " + whose,
              "the dead-band of " + to_string(*t.dead_band) + " takes all of the " + to_string(*t.at_most) +
                  " that counts",
              t.at);
    for (const std::optional<bound_terms>& b : s.bounds)
        if (b && b->at_least && b->at_least->is_zero() && !b->at_most)
            never("the limit of " + b->organisation + " for " + whose, "at least nothing is no limit", b->at);
}

/// Shares for both signs, where each sign is divided by tiers or shares of its own.
inline void never_acts::agreed_shares() {
    const terms_of_sharing& t = version_.terms;
    const bool stated = t.shares.kind != share_terms::how::fixed || !t.shares.shares.empty();
    const bool all_kept = version_.gains.kept && version_.deficits.kept; // said of the policies
    if (!t.sharing || !stated || all_kept || agreed_shares_act(version_)) return;
    never("the agreed shares", "gains and deficits are divided by terms of their own, or stay where they arose",
          t.shares.at);
}

inline void never_acts::funds() {
    for (const fund_terms& f : version_.terms.funds)
        for (const fund_part& p : f.parts) {
            const std::string part = "the part \"" + p.name + "\" of \"" + f.name + "\"";
            if (p.part == ratio(0)) never(part, "it is 0% of the fund", p.at);
            const std::optional<ratio> full = p.gates.empty() ? std::nullopt : p.gates.front().at_least;
            for (const taper_step& step : p.taper)
                if (full && *full <= step.at_least)
                    never("the step from " + to_percent(step.at_least) + " on of the taper of " + part,
                          "from " + to_percent(*full) + " on all is earned", p.at);
        }
}

inline void never_acts::balances() {
    using what = carry_forward_terms::what;
    for (const carry_forward_terms& c : version_.terms.carried) {
        const std::string whose = " of the balance \"" + c.name + "\"";
        const bool debt = c.kind == what::debt;
        if (c.kind == what::reserve && version_.deficits.kept)
            never("the balance \"" + c.name + "\"", "it meets a net deficit, which stays where it arose", c.at);
        if (c.kind == what::claim && version_.gains.kept)
            never("the balance \"" + c.name + "\"", "it is paid out of a gain, which stays where it arose", c.at);
        if (!debt && (c.instalment || c.written_off_after || c.adds_deficits || !c.repaid_to.empty()))
            never("the repayment" + whose, "only a debt is repaid, written off or added to", c.at);
        if (c.kind != what::claim && !c.claims.empty())
            never("\"claims\"" + whose, "only a claim is added to from what was claimed", c.at);
        if (!c.written_off_after && !c.balanced.empty())
            never("the balanced years" + whose, "nothing is written off after them", c.at);
        if (debt && !c.instalment && !c.repaid_to.empty() && c.written_off_after == 1)
            never("\"repaid_to\"" + whose, "it is written off before anything is repaid", c.at);
    }
}

/// Amounts of which no term takes a part.
inline void never_acts::amounts() {
    std::vector<std::string> used{"plan", "actual", "forecast"};
    for_each_extent(version_, [&](const extent& e, const std::string&, const provenance&) {
        used.push_back(folded(e.benchmark()));
    });
    for (const carry_forward_terms& c : version_.terms.carried) used.push_back(folded(c.claims));
    for (const named_amount& a : version_.terms.amounts)
        if (std::find(used.begin(), used.end(), folded(a.name)) == used.end())
            never("the amount \"" + a.name + "\"", "no term takes a part of it", a.at);
}

inline void note_what_never_acts(const version_in_force& v, std::vector<finding>& findings) {
    never_acts(v, findings).note();
}

} // namespace riskshare::detail

#endif
