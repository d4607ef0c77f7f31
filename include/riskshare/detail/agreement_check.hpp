// How a paper becomes an agreement: every check, and the terms of every version worked out.
#ifndef RISKSHARE_DETAIL_AGREEMENT_CHECK_HPP
#define RISKSHARE_DETAIL_AGREEMENT_CHECK_HPP

#include <riskshare/agreement.hpp>
#include <riskshare/detail/money_text.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace riskshare {

namespace detail {

inline void add_error(std::vector<finding>& findings, std::string rule, std::string message, const provenance& at,
                      std::string advice) {
    finding f{std::move(rule), severity::error, std::move(message)};
    if (at.known()) f.at.push_back(at);
    f.advice = std::move(advice);
    findings.push_back(std::move(f));
}

/// Checks one paper. Collects findings and never stops at the first.
class agreement_check {
public:
    agreement_check(const agreement_paper& paper, std::vector<finding>& findings) : paper_(paper), findings_(findings) {
        for (const party& p : paper.parties) codes_.push_back(p.code);
    }
    const std::vector<std::string>& codes() const { return codes_; }

    void check_paper();
    /// One share for each party, adding to one; empty when there is a finding.
    std::vector<ratio> shares_of(const share_terms&, const std::optional<expenditure_basis>&, const std::string& whose);
    std::optional<std::vector<ratio>> derived_from(const std::optional<expenditure_basis>&);
    version_in_force worked_out(const terms_of_sharing&, month from);
    void check_consents(const std::vector<consent>&, const std::string& what);

private:
    bool known(const std::string& code) const { return std::find(codes_.begin(), codes_.end(), code) != codes_.end(); }
    std::size_t index(const std::string& code) const {
        return static_cast<std::size_t>(std::find(codes_.begin(), codes_.end(), code) - codes_.begin());
    }
    void error(std::string rule, std::string message, const provenance& at, std::string advice) {
        add_error(findings_, std::move(rule), std::move(message), at, std::move(advice));
    }
    bool known_once(const std::string& code, std::vector<std::string>& seen, const provenance& at,
                    const std::string& what);
    bool whole_steps(money amount, const std::string& what, const provenance& at);
    std::vector<ratio> fixed_shares(const share_terms&, const std::string& whose);
    std::vector<allocation_tier> tiers_of(const terms_of_sharing&);
    std::vector<allocation_bound> bounds_of(const terms_of_sharing&, const std::vector<ratio>& shares);

    const agreement_paper& paper_;
    std::vector<finding>& findings_;
    std::vector<std::string> codes_;
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

inline bool agreement_check::known_once(const std::string& code, std::vector<std::string>& seen, const provenance& at,
                                        const std::string& what) {
    if (!known(code)) {
        error("agreement.unknown_party", what + " speaks of " + code + ", which is not a party to " + paper_.name, at,
              "the parties are " + listed(codes_));
        return false;
    }
    if (std::find(seen.begin(), seen.end(), code) != seen.end()) {
        error("agreement.duplicate_party", what + " names " + code + " twice", at, "name each party once");
        return false;
    }
    seen.push_back(code);
    return true;
}

inline void agreement_check::check_consents(const std::vector<consent>& consents, const std::string& what) {
    for (const consent& c : consents)
        if (!known(c.organisation))
            error("agreement.consent_by_stranger",
                  what + " has the consent of " + c.organisation + ", which is not a party to " + paper_.name, c.at,
                  "only parties consent: " + listed(codes_));
}

inline bool agreement_check::whole_steps(money amount, const std::string& what, const provenance& at) {
    if (paper_.rounding_unit.pence() <= 0 || amount.pence() % paper_.rounding_unit.pence() == 0) return true;
    error("agreement.finer_than_rounding_unit",
          what + " of " + said(amount) + " is finer than the rounding unit of " + said(paper_.rounding_unit), at,
          "state it in whole units");
    return false;
}

inline std::vector<ratio> agreement_check::fixed_shares(const share_terms& terms, const std::string& whose) {
    std::vector<ratio> shares(codes_.size());
    std::vector<std::string> seen;
    bool sound = true;
    ratio sum = 0;
    for (const per_party<ratio>& s : terms.shares) {
        if (!known_once(s.organisation, seen, s.at, whose)) {
            sound = false;
            continue;
        }
        if (s.value < ratio(0)) {
            error("agreement.negative_share",
                  whose + " gives " + s.organisation + " a negative weight, " + to_percent(s.value), s.at,
                  "a share is zero or more");
            sound = false;
        }
        shares[index(s.organisation)] = s.value;
        sum = sum + s.value;
    }
    for (const std::string& code : codes_)
        if (std::find(seen.begin(), seen.end(), code) == seen.end()) {
            error("agreement.missing_share", whose + " gives no share to " + code, terms.at,
                  "a party that bears nothing has a share of 0%");
            sound = false;
        }
    if (!sound) return {};
    if (sum == ratio(0)) {
        error("agreement.no_weight", whose + ": all weights are zero", terms.at, "give at least one party a share");
        return {};
    }
    if (sum != ratio(1) && !terms.normalise) {
        error("agreement.shares_do_not_add", whose + ": the shares add to " + to_percent(sum) + ", not 100%", terms.at,
              "correct them, or ask for them to be normalised");
        return {};
    }
    for (ratio& s : shares) s = s / sum;
    return shares;
}

inline std::optional<std::vector<ratio>> agreement_check::derived_from(const std::optional<expenditure_basis>& basis) {
    if (!basis) return std::nullopt;
    const std::string whose = "the basis \"" + basis->description + "\"";
    std::vector<money> amounts(codes_.size());
    std::vector<std::string> seen;
    bool sound = true;
    money sum;
    for (const per_party<money>& a : basis->amounts) {
        if (!known_once(a.organisation, seen, a.at, whose)) {
            sound = false;
            continue;
        }
        if (a.value.is_negative()) {
            error("agreement.negative_weight",
                  whose + " gives " + a.organisation + " a negative weight, " + said(a.value), a.at,
                  "a weight is zero or more");
            sound = false;
        }
        amounts[index(a.organisation)] = a.value;
        sum += a.value;
    }
    for (const std::string& code : codes_)
        if (std::find(seen.begin(), seen.end(), code) == seen.end()) {
            error("agreement.missing_weight", whose + " gives no amount for " + code, basis->at, "state it");
            sound = false;
        }
    if (!sound) return std::nullopt;
    if (sum.is_zero()) {
        error("agreement.no_weight", whose + ": all weights are zero", basis->at, "state what shares derive from");
        return std::nullopt;
    }
    std::vector<ratio> shares;
    for (money a : amounts) shares.push_back(ratio(a.pence(), sum.pence()));
    return shares;
}

inline std::vector<ratio> agreement_check::shares_of(const share_terms& terms,
                                                     const std::optional<expenditure_basis>& basis,
                                                     const std::string& whose) {
    switch (terms.kind) {
    case share_terms::how::equal:
        return std::vector<ratio>(codes_.size(), ratio(1, static_cast<std::int64_t>(codes_.size())));
    case share_terms::how::fixed:
        return fixed_shares(terms, whose);
    case share_terms::how::derived:
        break;
    }
    if (!basis) {
        error("agreement.no_basis", whose + " derives from a basis, and none is stated", terms.at, "state the basis");
        return {};
    }
    return derived_from(basis).value_or(std::vector<ratio>());
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
    std::vector<allocation_bound> bounds(codes_.size());
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
        terms.sharing ? shares_of(terms.shares, terms.basis, "the agreed shares") : std::vector<ratio>(codes_.size());
    v.exclusions.resize(codes_.size());
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
            scheme.missing = missing_consents(paper_.consents, codes_, s.consents);
            if (scheme.missing.empty()) scheme.own_shares = own;
        }
        v.schemes.push_back(std::move(scheme));
    }
    for (const pass_back_line& p : terms.pass_backs)
        if (!known(p.organisation))
            error("agreement.unknown_party",
                  "the pass-back \"" + p.what + "\" speaks of " + p.organisation + ", which is not a party to " +
                      paper_.name,
                  p.at, "the parties are " + listed(codes_));
    if (terms.dead_band.is_negative())
        error("agreement.dead_band", "the dead-band is negative, " + said(terms.dead_band), paper_.at,
              "state it as a size");
    whole_steps(terms.dead_band, "the dead-band", paper_.at);
    v.rule = {v.shares, tiers_of(terms), bounds_of(terms, v.shares), paper_.rounding_unit};
    return v;
}

inline terms_of_sharing amended(terms_of_sharing t, const amendment& a) {
    const auto take = [](auto& to, const auto& from) {
        if (from) to = *from;
    };
    take(t.sharing, a.sharing);
    if (a.shares) {
        t.shares = *a.shares;
        std::erase_if(t.by_period, [&](const period_shares& p) { return p.from >= a.effective; });
    }
    if (a.basis) t.basis = a.basis;
    take(t.limit, a.limit);
    take(t.exclusions, a.exclusions);
    take(t.schemes, a.schemes);
    take(t.deficits, a.deficits);
    take(t.gains, a.gains);
    take(t.dead_band, a.dead_band);
    take(t.tiers, a.tiers);
    take(t.bounds, a.bounds);
    return t;
}

} // namespace detail

inline outcome<agreement> agreement::made_from(agreement_paper paper) {
    std::vector<finding> findings;
    agreement made;
    detail::agreement_check check(paper, findings);
    check.check_paper();
    made.codes_ = check.codes();

    // Every month at which terms change, in order: the start, shares written in for a period, amendments that stand.
    std::vector<amendment> standing;
    for (const amendment& a : paper.amendments) {
        const std::string what = "the amendment \"" + a.what + "\" from " + to_string(a.effective);
        check.check_consents(a.consents, what);
        std::vector<std::string> missing = missing_consents(paper.consents, made.codes_, a.consents);
        if (missing.empty())
            standing.push_back(a);
        else
            made.rejected_.push_back({a, std::move(missing)});
    }
    std::stable_sort(standing.begin(), standing.end(),
                     [](const amendment& a, const amendment& b) { return a.effective < b.effective; });
    terms_of_sharing terms = paper.terms;
    std::size_t next = 0;
    for (int m = 1; m <= 12; ++m) {
        const month now(m);
        std::string what;
        bool changed = m == 1;
        for (const period_shares& p : terms.by_period)
            if (p.from == now) {
                terms.shares = p.shares;
                what = "shares from " + to_string(now);
                changed = true;
            }
        for (; next < standing.size() && standing[next].effective == now; ++next) {
            terms = detail::amended(terms, standing[next]);
            what += (what.empty() ? "" : "; ") + standing[next].what;
            changed = true;
        }
        if (!changed) continue;
        version_in_force v = check.worked_out(terms, now);
        v.number = static_cast<int>(made.versions_.size()) + 1;
        v.what = what;
        made.versions_.push_back(std::move(v));
    }
    // A paper is checked whole: a proposal that was rejected must make sense, too.
    for (const rejected_amendment& r : made.rejected_)
        check.worked_out(detail::amended(paper.terms, r.proposed), r.proposed.effective);
    if (has_errors(findings)) {
        std::vector<finding> once;
        for (finding& f : findings)
            if (std::none_of(once.begin(), once.end(), [&](const finding& o) {
                    return o.rule == f.rule && o.message == f.message && o.at == f.at;
                }))
                once.push_back(std::move(f));
        return once;
    }
    made.paper_ = std::move(paper);
    return outcome<agreement>(std::move(made), std::move(findings));
}

inline std::optional<std::size_t> agreement::index_of(std::string_view code) const noexcept {
    for (std::size_t i = 0; i < codes_.size(); ++i)
        if (codes_[i] == code) return i;
    return std::nullopt;
}

inline result<version_in_force> agreement::in_force(const period& when) const {
    if (when.year != paper_.year)
        return failure{"agreement.not_in_force",
                       "no agreement is in force for " + to_string(when) + ": " + paper_.name + " is for " +
                           to_string(paper_.year) + " only",
                       paper_.at};
    const version_in_force* found = &versions_.front();
    for (const version_in_force& v : versions_)
        if (!(when.month < v.from)) found = &v;
    return *found;
}

inline stage agreement::stage_of(month m) const noexcept {
    const timetable& t = paper_.timetable;
    if (m < t.sharing_starts) return stage::not_applied;
    if (m == month(12)) return stage::year_end;
    if (t.recommendation && m == *t.recommendation) return stage::year_end_recommendation;
    if (t.update && m == *t.update) return stage::monthly_with_update;
    return stage::monthly_statement;
}

inline const char* to_string(stage s) {
    switch (s) {
    case stage::not_applied:
        return "not applied";
    case stage::monthly_statement:
        return "monthly statement";
    case stage::year_end_recommendation:
        return "year-end recommendation";
    case stage::monthly_with_update:
        return "monthly statement, recommendation may be updated";
    case stage::year_end:
        return "year end";
    }
    return "";
}

} // namespace riskshare

#endif
