// Whether the savings and the control totals of one system tell the same story.
#ifndef RISKSHARE_RECONCILE_HPP
#define RISKSHARE_RECONCILE_HPP

#include <riskshare/control_total.hpp>
#include <riskshare/detail/money_text.hpp>
#include <riskshare/detail/reconciled_pair.hpp>
#include <riskshare/savings.hpp>

#include <string>
#include <utility>
#include <vector>

namespace riskshare {

/// Each organisation's net unmitigated risk beside its control total against its unidentified savings, which it was
/// taken from (operational plan 2019/20, section 6). Findings of rule "check.net_risk" where rounding cannot explain
/// the difference, "check.forced_to_foot" where rounding the column to its total does.
reconciliation reconcile(const control_total_table&, const savings_table&);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

struct risk_pair {
    std::string organisation;
    figure net_risk, unidentified;
};

inline std::vector<risk_pair> risk_pairs(const control_total_table& totals, const savings_table& savings) {
    std::vector<risk_pair> pairs;
    for (const control_total& c : totals.organisations)
        for (const savings_plan& s : savings.plans)
            if (s.organisation == c.organisation && c.net_unmitigated_risk && s.of(rating::unidentified))
                pairs.push_back({c.organisation, *c.net_unmitigated_risk, *s.of(rating::unidentified)});
    return pairs;
}

/// Whether the printed net risks are the unidentified savings rounded so as to add up to a printed total.
inline bool risks_forced_to_foot(const control_total_table& totals, const std::vector<risk_pair>& pairs) {
    std::vector<exact> printed, amounts;
    for (const risk_pair& p : pairs) {
        if (!(p.net_risk.step() == pairs.front().net_risk.step()) && !p.net_risk.value().is_zero()) return false;
        printed.push_back(p.net_risk.value());
        amounts.push_back(p.unidentified.value());
    }
    const money step = rounded(pairs.front().net_risk.step(), rounding::half_away_from_zero);
    exact total;
    for (const exact& p : printed) total += p;
    for (const control_total& t : totals.printed_totals)
        if (t.net_unmitigated_risk) total = t.net_unmitigated_risk->value();
    return forced_to_foot(printed, amounts, total, step);
}

} // namespace detail

inline reconciliation reconcile(const control_total_table& totals, const savings_table& savings) {
    reconciliation out;
    const std::vector<detail::risk_pair> pairs = detail::risk_pairs(totals, savings);
    for (const detail::risk_pair& p : pairs) {
        const detail::outcome_of_two c = detail::compared(detail::one("", p.net_risk), detail::one("", p.unidentified));
        if (c.verdict == verdict::agrees) ++out.agrees;
        if (c.verdict == verdict::rounding) ++out.rounding;
        if (c.verdict != verdict::real) continue;
        ++out.real;
        finding f{"check.net_risk",
                  severity::error,
                  p.organisation + ": the net unmitigated risk is " + detail::said(p.net_risk.value()) +
                      ", the unidentified savings are " + detail::said(p.unidentified.value()) +
                      "; rounding does not explain it",
                  {p.net_risk.at(), p.unidentified.at()}};
        f.advice = "find out which of the two tables is the later one";
        f.verdict = verdict::real;
        f.found = p.net_risk.value();
        f.expected = p.unidentified.value();
        f.difference = *f.found - *f.expected;
        f.looks_like = c.looks_like;
        if (detail::risks_forced_to_foot(totals, pairs)) {
            f.rule = "check.forced_to_foot";
            f.looks_like = resemblance::forced_to_foot;
            f.message += ", but the whole column is the savings rounded so that it adds up to its total";
            f.advice = "say so beside the table, or print one more place";
        }
        out.findings.push_back(std::move(f));
    }
    return out;
}

} // namespace riskshare

#endif
