// Whether schemes agree with what is said of them elsewhere, and with the month before.
#ifndef RISKSHARE_RECONCILE_SCHEMES_HPP
#define RISKSHARE_RECONCILE_SCHEMES_HPP

#include <riskshare/detail/reconciled_pair.hpp>
#include <riskshare/rating_summary.hpp>
#include <riskshare/savings.hpp>
#include <riskshare/tracker.hpp>

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace riskshare {

/// Planned savings by rating of each organisation against its schemes, for the organisations that both speak of. Rule
/// "check.savings_of_schemes".
reconciliation reconcile(const savings_table&, const tracker&);

/// Number, plan and forecast of each line against the schemes. Rule "check.summary_of_schemes".
reconciliation reconcile(const rating_summary&, const tracker&);

/// Two trackers, scheme by scheme: months already reported that changed ("check.opening_restated"), plans of the year
/// that moved ("check.plan_moved"), schemes that went although they had delivered ("check.line_gone"). Nothing when the
/// two have no scheme in common.
/// \param reported the last month that the earlier tracker holds actuals for; nothing is restated where it is unknown
reconciliation month_on_month(const tracker& before, std::optional<month> reported, const tracker& after);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

/// The schemes of one organisation and rating, added up.
struct scheme_sum {
    exact plan, forecast;
    std::int64_t schemes = 0;
    std::vector<provenance> at;

    void add(const scheme& s) {
        plan += exact(planned(s));
        forecast += exact(forecast_outturn(s));
        ++schemes;
        if (at.size() < 4) at.push_back(s.at);
    }
    reconciled_side side(const std::string& says, const exact& amount) const { return {says, {}, amount, at}; }
};

using sums_by_rating = std::array<scheme_sum, ratings.size()>;

inline std::string name_of(std::optional<rating> r) { return r ? to_string(*r) : "total"; }

} // namespace detail

inline reconciliation reconcile(const savings_table& table, const tracker& schemes) {
    std::map<std::string, detail::sums_by_rating> sums;
    for (std::size_t i = 0; i < schemes.size(); ++i) {
        const scheme s = schemes[i];
        detail::sums_by_rating& of_organisation = sums[s.organisation];
        if (s.rating) of_organisation[static_cast<std::size_t>(*s.rating)].add(s);
    }
    reconciliation out;
    for (const savings_plan& p : table.plans) {
        const auto found = sums.find(p.organisation);
        if (found == sums.end()) continue;
        for (rating r : ratings)
            if (const cell_figure& f = p.of(r)) {
                const detail::scheme_sum& sum = found->second[static_cast<std::size_t>(r)];
                detail::reconcile_pair("check.savings_of_schemes", severity::error,
                                       p.organisation + ", " + to_string(r), detail::one("the savings table says", *f),
                                       sum.side("its " + std::to_string(sum.schemes) + " schemes come to", sum.plan),
                                       "find out which of the two is the later one, and what was re-rated since", out);
            }
    }
    return out;
}

inline reconciliation reconcile(const rating_summary& summary, const tracker& schemes) {
    detail::sums_by_rating sums;
    detail::scheme_sum all;
    for (std::size_t i = 0; i < schemes.size(); ++i) {
        const scheme s = schemes[i];
        if (!summary.organisation.empty() && s.organisation != summary.organisation) continue;
        if (s.rating) sums[static_cast<std::size_t>(*s.rating)].add(s);
        all.add(s);
    }
    reconciliation out;
    const std::string advice = "look for schemes that its formulas do not reach, or a rating that they do not know";
    for (const rating_summary::line& l : summary.lines) {
        const detail::scheme_sum& sum = l.rating ? sums[static_cast<std::size_t>(*l.rating)] : all;
        const std::string what = "summary of schemes, " +
                                 (summary.organisation.empty() ? "" : summary.organisation + ", ") +
                                 detail::name_of(l.rating);
        const std::string says = "the " + std::to_string(sum.schemes) + " schemes come to";
        if (l.schemes) ++(*l.schemes == sum.schemes ? out.agrees : out.real);
        if (l.schemes && *l.schemes != sum.schemes) {
            finding f{"check.summary_of_schemes", severity::error,
                      what + ": it counts " + std::to_string(*l.schemes) + " schemes, the tracker has " +
                          std::to_string(sum.schemes)};
            f.at.push_back(l.at);
            for (const provenance& p : sum.at) f.at.push_back(p);
            f.advice = advice;
            f.verdict = verdict::real;
            out.findings.push_back(std::move(f));
        }
        if (l.plan)
            detail::reconcile_pair("check.summary_of_schemes", severity::error, what + ", plan",
                                   detail::one("it says", *l.plan), sum.side(says, sum.plan), advice, out);
        if (l.forecast)
            detail::reconcile_pair("check.summary_of_schemes", severity::error, what + ", forecast",
                                   detail::one("it says", *l.forecast), sum.side(says, sum.forecast), advice, out);
    }
    return out;
}

namespace detail {

/// What a scheme is known by from one month to the next.
inline std::string key_of(const scheme& s) {
    return s.organisation + '\0' + compact(s.reference.empty() ? s.name : s.reference);
}

/// Two amounts of one scheme that should have stayed what they were; `changed` adds up the finding of its kind.
struct scheme_change {
    finding f;
    exact total;
    std::size_t schemes = 0;

    void add(const scheme& then, const scheme& now, const exact& by) {
        ++schemes;
        total += by;
        if (f.message.size() < 300)
            f.message += (schemes == 1 ? ": " : ", ") + (now.reference.empty() ? now.name : now.reference) + " by " +
                         in_pounds(by);
        if (f.at.size() < 12) f.at.push_back(then.at), f.at.push_back(now.at);
    }
    void tell(const std::string& what, reconciliation& out) {
        if (schemes == 0) return;
        out.real += schemes;
        f.message = std::to_string(schemes) + (schemes == 1 ? " scheme" : " schemes") + what + ", " + in_pounds(total) +
                    " in all" + f.message;
        f.verdict = verdict::real;
        f.difference = total;
        out.findings.push_back(std::move(f));
    }
};

} // namespace detail

inline reconciliation month_on_month(const tracker& before, std::optional<month> reported, const tracker& after) {
    reconciliation out;
    std::map<std::string, std::size_t> earlier, schemes_of; // by scheme, by organisation
    for (std::size_t i = 0; i < before.size(); ++i) earlier.emplace(detail::key_of(before[i]), i);
    detail::scheme_change restated{{"check.opening_restated", severity::warning, ""}, {}};
    detail::scheme_change moved{{"check.plan_moved", severity::warning, ""}, {}};
    detail::scheme_change gone{{"check.line_gone", severity::warning, ""}, {}};
    for (std::size_t i = 0; i < after.size(); ++i) {
        const scheme now = after[i];
        const auto found = earlier.find(detail::key_of(now));
        if (found == earlier.end()) continue;
        const scheme then = before[found->second];
        earlier.erase(found);
        ++schemes_of[now.organisation];
        const exact plan = exact(planned(now)) - exact(planned(then));
        plan.is_zero() ? void(++out.agrees) : moved.add(then, now, plan);
        if (!reported || now.stated.actual_to_date) continue; // a sum to the later month does not say the earlier one's
        const exact actual = exact(delivered_to_date(now, *reported)) - exact(delivered_to_date(then, *reported));
        actual.is_zero() ? void(++out.agrees) : restated.add(then, now, actual);
    }
    for (const auto& left : earlier) {
        const scheme then = before[left.second];
        if (!reported || schemes_of.count(then.organisation) == 0) continue;
        const exact delivered(delivered_to_date(then, *reported));
        if (!delivered.is_zero()) gone.add(then, then, -delivered);
    }
    restated.f.advice = "show what was restated as a movement of its own";
    moved.f.advice = "name the variation that moved the plan, or put it back";
    gone.f.advice = "keep a closed scheme in the tracker: what it delivered is missing from the year to date";
    restated.tell(" had what was delivered up to the earlier month restated", out);
    moved.tell(" had the plan of the year moved", out);
    gone.tell(" went from the tracker although they had delivered", out);
    return out;
}

} // namespace riskshare

#endif
