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
    bool whole_steps(money amount, const std::string& what, const provenance& at);
    std::vector<allocation_tier> tiers_of(const terms_of_sharing&);
    std::vector<allocation_bound> bounds_of(const terms_of_sharing&, const std::vector<ratio>& shares);
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

inline bool agreement_check::whole_steps(money amount, const std::string& what, const provenance& at) {
    if (paper_.rounding_unit.pence() <= 0 || amount.pence() % paper_.rounding_unit.pence() == 0) return true;
    error("agreement.finer_than_rounding_unit",
          what + " of " + said(amount) + " is finer than the rounding unit of " + said(paper_.rounding_unit), at,
          "state it in whole units");
    return false;
}

inline std::vector<allocation_tier> agreement_check::tiers_of(const terms_of_sharing& terms) {
    std::vector<allocation_tier> tiers;
    money from;
    for (std::size_t t = 0; t < terms.tiers.size(); ++t) {
        const tier_terms& tier = terms.tiers[t];
        const std::string whose = "tier " + std::to_string(t + 1);
        const bool last = t + 1 == terms.tiers.size();
        if (last == tier.up_to.has_value())
            error("agreement.tiers",
                  whose + (last ? " ends; the last tier must not" : " has no end and is not the last"), tier.shares.at,
                  "only the last tier goes on without end");
        if (tier.up_to) {
            if (*tier.up_to <= from)
                error("agreement.tiers",
                      whose + " ends at " + said(*tier.up_to) + ", not above " + said(from) + " where it starts",
                      tier.shares.at, "let tiers rise");
            whole_steps(*tier.up_to, whose + ", its end", tier.shares.at);
            from = *tier.up_to;
        }
        tiers.push_back({tier.up_to, shares_of(tier.shares, terms.basis, whose)});
    }
    return tiers;
}

inline std::vector<allocation_bound> agreement_check::bounds_of(const terms_of_sharing& terms,
                                                                const std::vector<ratio>& shares) {
    if (terms.bounds.empty()) return {};
    std::vector<allocation_bound> bounds(codes().size());
    std::vector<std::string> seen;
    for (const bound_terms& b : terms.bounds) {
        if (!known_once(b.organisation, seen, b.at, "the limits")) continue;
        for (const std::optional<money>& side : {b.at_least, b.at_most}) {
            if (!side) continue;
            if (side->is_negative())
                error("agreement.limits", "a limit of " + b.organisation + " is negative, " + said(*side), b.at,
                      "limits are sizes, for deficits as for gains");
            whole_steps(*side, "a limit of " + b.organisation, b.at);
        }
        if (b.at_least && b.at_most && *b.at_most < *b.at_least)
            error("agreement.limits",
                  b.organisation + " is to bear at least " + said(*b.at_least) + " and at most " + said(*b.at_most),
                  b.at, "the least comes first");
        const std::size_t i = index(b.organisation);
        if (terms.sharing && b.at_least && !b.at_least->is_zero() && i < shares.size() && shares[i] == ratio(0))
            error("agreement.limits", b.organisation + " has no share and is to bear at least " + said(*b.at_least),
                  b.at, "give it a share, or no such limit");
        bounds[i] = {b.at_least, b.at_most};
    }
    return bounds;
}

inline version_in_force agreement_check::worked_out(const terms_of_sharing& terms, month from) {
    version_in_force v;
    v.from = from;
    v.terms = terms;
    v.derived = derived_from(terms.basis);
    v.shares =
        terms.sharing ? shares_of(terms.shares, terms.basis, "the agreed shares") : std::vector<ratio>(codes().size());
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
    std::vector<std::string> names;
    for (const shared_scheme& s : terms.schemes) {
        if (std::find(names.begin(), names.end(), s.name) != names.end())
            error("agreement.duplicate_scheme", "the scheme \"" + s.name + "\" is listed twice", s.at, "list it once");
        names.push_back(s.name);
        check_consents(s.consents, "the scheme \"" + s.name + "\"");
        scheme_in_force scheme{s, std::nullopt, {}};
        if (s.shares) {
            const std::vector<ratio> own = shares_of(*s.shares, terms.basis, "the scheme \"" + s.name + "\"");
            scheme.missing = missing_consents(paper_.consents, codes(), s.consents);
            if (scheme.missing.empty()) scheme.own_shares = own;
        }
        v.schemes.push_back(std::move(scheme));
    }
    for (const pass_back_line& p : terms.pass_backs)
        if (!known(p.organisation))
            error("agreement.unknown_party",
                  "the pass-back \"" + p.what + "\" speaks of " + p.organisation + ", which is not a party to " +
                      paper_.name,
                  p.at, "the parties are " + listed(codes()));
    if (terms.dead_band.is_negative())
        error("agreement.dead_band", "the dead-band is negative, " + said(terms.dead_band), paper_.at,
              "state it as a size");
    whole_steps(terms.dead_band, "the dead-band", paper_.at);
    v.rule = {v.shares, tiers_of(terms), bounds_of(terms, v.shares), paper_.rounding_unit};
    return v;
}

} // namespace riskshare::detail

#endif
