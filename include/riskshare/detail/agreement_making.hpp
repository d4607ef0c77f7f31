// How a paper becomes an agreement: the terms of every version worked out, month by month.
#ifndef RISKSHARE_DETAIL_AGREEMENT_MAKING_HPP
#define RISKSHARE_DETAIL_AGREEMENT_MAKING_HPP

#include <riskshare/agreement.hpp>
#include <riskshare/detail/agreement_check.hpp>
#include <riskshare/detail/other_terms_check.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace riskshare {

namespace detail {

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
    take(t.amounts, a.amounts);
    if (a.gain_terms) t.gain_terms = a.gain_terms;
    if (a.deficit_terms) t.deficit_terms = a.deficit_terms;
    take(t.reserve, a.reserve);
    if (a.reserve) t.reserve_clause = a.reserve_clause;
    take(t.funds, a.funds);
    take(t.carried, a.carried);
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
    terms_of_sharing terms = paper.terms;
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
        for (const amendment& a : standing)
            if (a.effective == now) {
                terms = detail::amended(terms, a);
                what += (what.empty() ? "" : "; ") + a.what;
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
    std::vector<finding> once;
    for (finding& f : findings)
        if (std::none_of(once.begin(), once.end(),
                         [&](const finding& o) { return o.rule == f.rule && o.message == f.message && o.at == f.at; }))
            once.push_back(std::move(f));
    if (has_errors(once)) return once;
    made.paper_ = std::move(paper);
    return outcome<agreement>(std::move(made), std::move(once));
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
