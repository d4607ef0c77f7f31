// The words in which a finance report is told, on the position's page and in the pack.
#ifndef RISKSHARE_SRC_REPORT_STORY_WORDS_HPP
#define RISKSHARE_SRC_REPORT_STORY_WORDS_HPP

#include <riskshare/bridge.hpp>
#include <riskshare/finance_report.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace riskshare::report {

/// £2.1m in a sentence, £928k below a hundred thousand, £950 below a thousand; never in brackets.
inline std::string pounds(const exact& amount) {
    const exact size = abs(amount);
    if (!size.is_zero() && size < exact(money::pounds(1'000)))
        return "£" +
               accounting(size, unit::pounds, size == exact(rounded(size, money::pounds(1), rounding::down)) ? 0 : 2);
    const bool small = size < exact(money::thousands(100)) && !size.is_zero();
    return small            ? "£" + accounting(size, unit::thousands, 0) + "k"
           : size.is_zero() ? "£0"
                            : "£" + accounting(size, unit::millions, 1) + "m";
}
inline std::string balance(const exact& e) {
    return e.is_zero() ? "break-even" : (e.is_negative() ? "a deficit of " : "a surplus of ") + pounds(e);
}

/// What a position is called: a surplus or a deficit, or what was spent.
inline std::string told_as(const finance_report& r, const exact& e) {
    return r.spending_alone ? "spending of " + pounds(e) : balance(e);
}
inline std::string against_plan(const finance_report& r, const exact& actual, const exact& plan) {
    const exact off = actual - plan;
    if (r.spending_alone)
        return " against a plan of " + pounds(plan) +
               (off.is_zero() ? ": as planned"
                              : (off.is_negative() ? ": overspent by " : ": underspent by ") + pounds(off));
    return off.is_zero()
               ? ", as planned"
               : ", " + pounds(off) + (off.is_negative() ? " worse" : " better") + " than the plan of " + balance(plan);
}

/// Lines with a plan to date and no actual, and what they were planned to come to: compared is what both give.
struct lines_without_actual {
    std::string names;
    exact planned;
};
inline std::optional<lines_without_actual> without_actual(const finance_report& r) {
    const position_line* bottom = r.system.bottom_line();
    if (bottom == nullptr || !bottom->to_date.actual) return std::nullopt;
    lines_without_actual out;
    for (const std::size_t i : r.system.leaves(static_cast<std::size_t>(bottom - r.system.lines().data()))) {
        const position_line& l = r.system.lines()[i];
        if (!l.to_date.plan || l.to_date.actual || l.to_date.plan->value().is_zero()) continue;
        out.names += (out.names.empty() ? "" : ", ") + l.label;
        out.planned += l.to_date.plan->value();
    }
    return out.names.empty() ? std::nullopt : std::optional(out);
}

/// The result on another footing, below the one that is reported.
inline const position_line* restated_result(const finance_report& r) {
    for (auto l = r.restated.rbegin(); l != r.restated.rend(); ++l)
        if (l->nature == line_nature::result && l->to_date.actual) return &*l;
    return nullptr;
}

/// What all bodies come to without deficit support funding, where a table gives it beside what they come to with it.
inline const organisation_position* bodies_without_support(const finance_report& r) {
    for (const organisation_position& o : r.organisations)
        if (o.is_total && o.without_support.actual) return &o;
    return nullptr;
}

/// Why the position is not the plan: the lines that moved most.
inline std::string reasons(const finance_report& r) {
    if (!r.system.speaks_of(basis::to_date)) return {};
    std::vector<bridge_step> steps;
    for (const position_line& l : r.system.lines())
        if (const std::optional<exact> v = variance(l.to_date); v && !v->is_zero() && !l.is_sub_total())
            steps.push_back({l.label, *v});
    std::stable_sort(steps.begin(), steps.end(),
                     [](const bridge_step& x, const bridge_step& y) { return abs(x.amount) > abs(y.amount); });
    constexpr std::size_t told = 4;
    std::string text;
    for (std::size_t i = 0; i < std::min(told, steps.size()); ++i)
        text += (i == 0 ? "" : ", ") + steps[i].label + " " + pounds(steps[i].amount) +
                (steps[i].amount.is_negative() ? " adverse" : " favourable");
    if (steps.size() > told) text += ", " + std::to_string(steps.size() - told) + " more";
    return text;
}

} // namespace riskshare::report

#endif
