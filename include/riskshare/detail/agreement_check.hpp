// Every check that a paper must pass to become an agreement.
#include <riskshare/agreement.hpp> // first, for it reads this file in its turn

#ifndef RISKSHARE_DETAIL_AGREEMENT_CHECK_HPP
#define RISKSHARE_DETAIL_AGREEMENT_CHECK_HPP

#include <riskshare/detail/money_text.hpp>
#include <riskshare/detail/party_check.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace riskshare::detail {

/// Checks one paper. Collects findings and never stops at the first.
class agreement_check : public party_check {
public:
    using party_check::party_check;

    void check_paper();
    version_in_force worked_out(const terms_of_sharing&, month from);
    void check_consents(const std::vector<consent>&, const std::string& what);

private:
    bool whole_steps(const extent& amount, const std::string& what, const provenance& at);
    void check_size(const extent&, const std::string& what, const provenance& at);
    void check_tiers(const std::vector<tier_terms>&);
    std::vector<std::optional<bound_terms>> bounds_of(const std::vector<bound_terms>&, const std::vector<ratio>& shares,
                                                      bool sharing);
    std::optional<std::size_t> rest_of(const std::string& party, const std::string& whose, const provenance& at);
    side_in_force side_of(const terms_of_sharing&, bool gains, const std::vector<ratio>& shares);
    std::vector<ratio> agreed_shares(const terms_of_sharing&);
    void take_exclusions(const terms_of_sharing&, version_in_force&);
    void take_schemes(const terms_of_sharing&, version_in_force&);
    void check_amounts(const terms_of_sharing&);
    void check_benchmark(const terms_of_sharing&, const extent&, const std::string& what, const provenance& at);
    void check_fund(const fund_terms&);
    void check_carried(const carry_forward_terms&);
    void check_others(const terms_of_sharing&, const version_in_force&);
};

inline void agreement_check::check_paper() {
    const agreement_paper& p = paper_;
    if (p.name.empty()) error("agreement.name", "the agreement has no name", p.at, "give it one, such as LLR-2022/23");
    if (p.parties.size() < 2)
        error("agreement.parties",
              "an agreement takes at least two parties; this one names " + std::to_string(p.parties.size()), p.at,
              "list every party, in order");
    for (std::size_t i = 0; i < p.parties.size(); ++i) {
        if (p.parties[i].code.empty())
            error("agreement.parties", "party " + std::to_string(i + 1) + " has no name", p.parties[i].at, "name it");
        for (std::size_t j = 0; j < i; ++j)
            if (p.parties[j].code == p.parties[i].code)
                error("agreement.duplicate_party",
                      p.parties[i].code + " is named as a party twice, as number " + std::to_string(j + 1) + " and " +
                          std::to_string(i + 1),
                      p.parties[i].at, "name each party once");
    }
    if (p.rounding_unit.pence() <= 0)
        error("agreement.rounding_unit", "the rounding unit must be more than nothing", p.at, "a penny is usual");
    const std::vector<period_shares>& periods = p.terms.by_period;
    for (std::size_t i = 0; i < periods.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (periods[j].from == periods[i].from)
                error("agreement.duplicate_period", "shares from " + to_string(periods[i].from) + " are given twice",
                      periods[i].shares.at, "keep one of them");
    std::vector<std::string> seen;
    for (const std::string& code : p.consents.parties) known_once(code, seen, p.consents.at, "the rule of consent");
    if (p.consents.rule == consent_rule::how::named && p.consents.parties.empty())
        error("agreement.consent_rule", "consent of named parties is asked for and none is named", p.consents.at,
              "name them");
    for (const std::optional<month>& m : {p.timetable.recommendation, p.timetable.update})
        if (m && *m < p.timetable.sharing_starts)
            error("agreement.timetable",
                  to_string(*m) + " comes before sharing starts in " + to_string(p.timetable.sharing_starts), p.at,
                  "correct the timetable");
}

inline void agreement_check::check_consents(const std::vector<consent>& consents, const std::string& what) {
    for (const consent& c : consents)
        if (!known(c.organisation))
            error("agreement.consent_by_stranger",
                  what + " has the consent of " + c.organisation + ", which is not a party to " + paper_.name, c.at,
                  "only parties consent: " + listed(codes()));
}

inline bool agreement_check::whole_steps(const extent& size, const std::string& what, const provenance& at) {
    const money step = paper_.rounding_unit;
    if (size.is_relative() || step.pence() <= 0 || size.amount().pence() % step.pence() == 0) return true;
    error("agreement.finer_than_rounding_unit",
          what + " of " + said(size.amount()) + " is finer than the rounding unit of " + said(step), at,
          "state it in whole units");
    return false;
}

/// A size is zero or more, in whole steps, and a percentage of something that is there.
inline void agreement_check::check_size(const extent& size, const std::string& what, const provenance& at) {
    if (size.is_negative())
        error("agreement.negative_size", what + " is negative, " + to_string(size), at, "state it as a size");
    whole_steps(size, what, at);
}

inline void agreement_check::check_tiers(const std::vector<tier_terms>& tiers) {
    std::optional<extent> from = extent(money());
    for (std::size_t t = 0; t < tiers.size(); ++t) {
        const tier_terms& tier = tiers[t];
        const provenance& at = tier.shares.at;
        const std::string whose = "tier " + std::to_string(t + 1);
        const bool last = t + 1 == tiers.size();
        if (last == tier.up_to.has_value())
            error("agreement.tiers",
                  whose + (last ? " ends; the last tier must not" : " has no end and is not the last"), at,
                  "only the last tier goes on without end");
        if (tier.from && from && !(*tier.from == *from) && !(tier.from->is_zero() && from->is_zero())) {
            const std::optional<bool> over = certainly_below(*tier.from, *from);
            const bool first = t == 0;
            error("agreement.tiers",
                  whose + " starts at " + to_string(*tier.from) + ", and " +
                      (first ? "nothing lies before it" : "the tier before ends at " + to_string(*from)) +
                      (!over || first ? ""
                       : *over        ? ": they overlap"
                                      : ": there is a gap"),
                  at, "let each tier start where the one before ends");
        }
        if (!tier.up_to) continue;
        if (from && !certainly_below(*from, *tier.up_to).value_or(true))
            error("agreement.tiers",
                  whose + " ends at " + to_string(*tier.up_to) + ", not above " + to_string(*from) + " where it starts",
                  at, "let tiers rise");
        check_size(*tier.up_to, whose + ", its end", at);
        from = tier.up_to;
    }
}

inline std::vector<std::optional<bound_terms>>
agreement_check::bounds_of(const std::vector<bound_terms>& terms, const std::vector<ratio>& shares, bool sharing) {
    if (terms.empty()) return {};
    std::vector<std::optional<bound_terms>> bounds(codes().size());
    std::vector<std::string> seen;
    for (const bound_terms& b : terms) {
        if (!known_once(b.organisation, seen, b.at, "the limits")) continue;
        for (const std::optional<extent>& side : {b.at_least, b.at_most}) {
            if (!side) continue;
            if (side->is_negative())
                error("agreement.limits", "a limit of " + b.organisation + " is negative, " + to_string(*side), b.at,
                      "limits are sizes, for deficits as for gains");
            whole_steps(*side, "a limit of " + b.organisation, b.at);
        }
        if (b.at_least && b.at_most && certainly_below(*b.at_most, *b.at_least).value_or(false))
            error("agreement.limits",
                  b.organisation + " is to bear at least " + to_string(*b.at_least) + " and at most " +
                      to_string(*b.at_most),
                  b.at, "the least comes first");
        const std::size_t i = index(b.organisation);
        if (sharing && b.at_least && !b.at_least->is_zero() && i < shares.size() && shares[i] == ratio(0))
            error("agreement.limits",
                  b.organisation + " has no share and is to bear at least " + to_string(*b.at_least), b.at,
                  "give it a share, or no such limit");
        bounds[i] = b;
    }
    return bounds;
}

inline std::optional<std::size_t> agreement_check::rest_of(const std::string& party, const std::string& whose,
                                                           const provenance& at) {
    if (party.empty()) return std::nullopt;
    if (known(party)) return index(party);
    error("agreement.unknown_party", whose + " leave the rest to " + party + ", which is not a party to " + paper_.name,
          at, "the parties are " + listed(codes()));
    return std::nullopt;
}

/// The terms of one sign: its own where the paper has them, else those that stand for both.
inline side_in_force agreement_check::side_of(const terms_of_sharing& terms, bool gains,
                                              const std::vector<ratio>& shares) {
    const std::optional<division_terms>& own = gains ? terms.gain_terms : terms.deficit_terms;
    side_in_force side;
    side.terms = own.value_or(division_terms());
    side.kept = !terms.sharing || (gains ? terms.gains == gain_policy::kept : terms.deficits == deficit_policy::kept);
    if (side.terms.clause.empty()) side.terms.clause = terms.clause;
    if (!side.terms.tiers && !side.terms.shares && !terms.tiers.empty()) side.terms.tiers = terms.tiers;
    if (side.terms.tiers && side.terms.tiers->empty()) side.terms.tiers.reset();
    if (!side.terms.dead_band && !gains && !terms.dead_band.is_zero()) side.terms.dead_band = terms.dead_band;
    const std::string whose = gains ? "the terms of gains" : "the terms of deficits";
    const bool own_band = own && own->dead_band;
    for (const std::optional<extent>& size : {side.terms.minimum, side.terms.at_most})
        if (size) check_size(*size, whose + ": a size", side.terms.at);
    if (own_band) check_size(*own->dead_band, whose + ": the dead-band", side.terms.at);
    side.rest_to = rest_of(side.terms.rest_to, whose, side.terms.at);
    std::vector<ratio> main = shares;
    if (side.terms.tiers) {
        check_tiers(*side.terms.tiers);
        for (std::size_t t = 0; t < side.terms.tiers->size(); ++t) {
            const tier_terms& tier = (*side.terms.tiers)[t];
            side.weights.push_back(tier.stays ? std::vector<ratio>(codes().size())
                                              : shares_of(tier.shares, terms.basis, "tier " + std::to_string(t + 1)));
        }
        if (own && own->tiers) main.clear();
    } else if (side.terms.shares) {
        main = shares_of(*side.terms.shares, terms.basis, whose);
        side.weights.push_back(main);
    } else {
        side.weights.push_back(shares);
    }
    side.bounds = bounds_of(side.terms.bounds ? *side.terms.bounds : terms.bounds, main, terms.sharing);
    if (side.terms.counts && side.terms.counts->measure.empty() &&
        (side.terms.counts->number < ratio(0) || ratio(1) < side.terms.counts->number))
        error("agreement.counts", whose + ": " + to_percent(side.terms.counts->number) + " of a pool cannot count",
              side.terms.at, "from nothing to 100% of it counts");
    if (!side.terms.score) return side;
    const score_terms& score = *side.terms.score;
    if (score.least < ratio(0) || score.most < score.least)
        error("agreement.score",
              whose + ": the score lies between " + to_percent(score.least) + " and " + to_percent(score.most),
              score.at, "the least comes first, and none is negative");
    if (ratio(1) < score.most && !side.rest_to)
        error("agreement.score", whose + ": a score above 100% takes more than the pool", score.at,
              "say with rest_to who has less by it");
    for (const std::vector<ratio>& weights : side.weights) {
        ratio others = 0, all = 0;
        for (std::size_t i = 0; i < weights.size(); ++i) {
            all = all + weights[i];
            if (!side.rest_to || *side.rest_to != i) others = others + weights[i];
        }
        if (side.rest_to && !(others * score.most <= all))
            error("agreement.score",
                  whose + ": at a score of " + to_percent(score.most) + " the parties have more than the pool",
                  score.at, "lower the score's bound, or the shares");
    }
    return side;
}

/// The shares for both signs. A paper whose gains and deficits each have their own may leave them out.
inline std::vector<ratio> agreement_check::agreed_shares(const terms_of_sharing& terms) {
    if (!terms.sharing) return std::vector<ratio>(codes().size());
    const auto has_own = [&](const std::optional<division_terms>& side, bool kept) {
        return kept || !terms.tiers.empty() || (side && (side->shares || side->tiers));
    };
    const bool stated = terms.shares.kind != share_terms::how::fixed || !terms.shares.shares.empty();
    if (!stated && has_own(terms.gain_terms, terms.gains == gain_policy::kept) &&
        has_own(terms.deficit_terms, terms.deficits == deficit_policy::kept))
        return std::vector<ratio>(codes().size());
    return shares_of(terms.shares, terms.basis, "the agreed shares");
}

inline void agreement_check::take_exclusions(const terms_of_sharing& terms, version_in_force& v) {
    v.exclusions.resize(codes().size());
    std::vector<std::string> seen;
    for (const exclusion_term& e : terms.exclusions) {
        if (!known_once(e.organisation, seen, e.at, "the efficiency that is not shared")) continue;
        if (e.annual_cap.is_negative())
            error("agreement.negative_exclusion",
                  "the annual amount of " + e.organisation + " is negative, " + said(e.annual_cap), e.at,
                  "state it as a saving, positive");
        whole_steps(e.annual_cap, "the annual amount of " + e.organisation, e.at);
        v.exclusions[index(e.organisation)] = e;
    }
}

inline void agreement_check::take_schemes(const terms_of_sharing& terms, version_in_force& v) {
    std::vector<std::string> names;
    for (const shared_scheme& s : terms.schemes) {
        if (std::find(names.begin(), names.end(), s.name) != names.end())
            error("agreement.duplicate_scheme", "the scheme \"" + s.name + "\" is listed twice", s.at, "list it once");
        names.push_back(s.name);
        check_consents(s.consents, "the scheme \"" + s.name + "\"");
        scheme_in_force scheme{s, std::nullopt, {}, {}, {}};
        if (s.shares) {
            const std::vector<ratio> own = shares_of(*s.shares, terms.basis, "the scheme \"" + s.name + "\"");
            // The shares of a pool are what the paper is about; those of a scheme whose shortfall is shared are not.
            if (!s.pool) scheme.missing = missing_consents(paper_.consents, codes(), s.consents);
            if (scheme.missing.empty()) scheme.own_shares = own;
        } else if (s.pool) {
            scheme.own_shares = v.shares;
        }
        scheme.bounds = bounds_of(s.bounds, scheme.own_shares.value_or(v.shares), terms.sharing);
        scheme.rest_to = rest_of(s.rest_to, "the limits of the scheme \"" + s.name + "\"", s.at);
        v.schemes.push_back(std::move(scheme));
    }
}

inline version_in_force agreement_check::worked_out(const terms_of_sharing& terms, month from) {
    version_in_force v;
    v.from = from;
    v.terms = terms;
    v.step = paper_.rounding_unit;
    v.derived = derived_from(terms.basis);
    v.shares = agreed_shares(terms);
    take_exclusions(terms, v);
    take_schemes(terms, v);
    for (const pass_back_line& p : terms.pass_backs)
        if (!known(p.organisation))
            error("agreement.unknown_party",
                  "the pass-back \"" + p.what + "\" speaks of " + p.organisation + ", which is not a party to " +
                      paper_.name,
                  p.at, "the parties are " + listed(codes()));
    if (terms.dead_band.is_negative())
        error("agreement.dead_band", "the dead-band is negative, " + to_string(terms.dead_band), paper_.at,
              "state it as a size");
    whole_steps(terms.dead_band, "the dead-band", paper_.at);
    v.gains = side_of(terms, true, v.shares);
    v.deficits = side_of(terms, false, v.shares);
    check_others(terms, v);
    return v;
}

} // namespace riskshare::detail

#endif
