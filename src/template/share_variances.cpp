// Compares printed variances with the difference of plan and actual.
#include "template/share_variances.hpp"

#include <riskshare/detail/money_text.hpp>

#include <algorithm>

namespace riskshare::templates {

using words::difference;
using words::variance_sense;

namespace {

/// Half of the finest step for each of the three figures: "-8" among "-4.2" and "-7.9" is -8.0.
exact slack_of(const printed_line& l) {
    return std::min({l.plan.step(), l.actual.step(), l.variance.step()}) * ratio(3, 2);
}

difference printed_in(const printed_line& l) {
    return words::difference_printed(l.plan.value(), l.actual.value(), l.variance.value(), slack_of(l));
}

/// Plan and actual are equal, and the variance is nil.
bool says_nothing(const printed_line& l) {
    const exact slack = slack_of(l);
    return abs(l.actual.value() - l.plan.value()) <= slack && abs(l.variance.value()) <= slack;
}

exact right_variance(const printed_line& l, difference d) {
    const exact up = l.actual.value() - l.plan.value();
    return d == difference::plan_less_actual ? -up : up;
}

finding wrong_variance(const printed_line& l, difference of_the_others) {
    const bool down = of_the_others == difference::plan_less_actual;
    const exact right = right_variance(l, of_the_others);
    finding f{"share.variance",
              severity::error,
              "the variance of " + l.party + " reads " + riskshare::detail::said(l.variance.value()) + "; " +
                  (down ? "plan less actual" : "actual less plan") + " is " + riskshare::detail::said(right),
              {l.variance.at(), l.actual.at(), l.plan.at()}};
    f.advice = "correct the figure that is wrong; nothing is shared before they agree";
    return f;
}

finding turned_variances(const std::vector<printed_line>& lines, severity how) {
    finding f{how == severity::error ? "share.sign" : "share.variance_turned", how, "", {lines.front().variance.at()}};
    if (how == severity::error) {
        f.message = "the heading of the variances says that what is printed there is better or worse, and plan and "
                    "actual read as surpluses say the opposite";
        f.advice = "write surplus/(deficit) or deficit/(surplus) in the labels of plan and actual, or correct the "
                   "heading of the variances";
        return f;
    }
    f.message = "the variances are printed the other way round: plan less actual, so that what is positive is worse";
    f.advice = "nothing where the plan and the actual are surpluses, and deficits below zero; else correct their signs";
    return f;
}

} // namespace

difference difference_of(const std::vector<printed_line>& lines) {
    std::size_t up = 0, down = 0;
    for (const printed_line& l : lines) {
        const difference d = printed_in(l);
        up += d == difference::actual_less_plan ? 1 : 0;
        down += d == difference::plan_less_actual ? 1 : 0;
    }
    if (up == down) return difference::none;
    return up > down ? difference::actual_less_plan : difference::plan_less_actual;
}

void compare_variances(const std::vector<printed_line>& lines, variance_sense sense, bool deficits_positive,
                       std::vector<finding>& findings) {
    if (lines.empty()) return;
    difference all = difference_of(lines);
    if (all == difference::none) all = difference::actual_less_plan;
    std::size_t wrong = 0, said = 0;
    for (const printed_line& l : lines) {
        if (says_nothing(l)) continue;
        ++said;
        if (abs(l.variance.value() - right_variance(l, all)) <= slack_of(l)) continue;
        ++wrong;
        findings.push_back(wrong_variance(l, all));
    }
    if (wrong != 0 || said == 0) return;
    const bool more_is_better = (all == difference::actual_less_plan) != deficits_positive;
    if (sense == variance_sense::unsaid) {
        if (!more_is_better && !deficits_positive) findings.push_back(turned_variances(lines, severity::warning));
    } else if ((sense == variance_sense::favourable) != more_is_better) {
        findings.push_back(turned_variances(lines, severity::error));
    }
}

} // namespace riskshare::templates
