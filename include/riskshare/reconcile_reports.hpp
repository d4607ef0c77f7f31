// Whether a finance report agrees with itself, and with that of the month before.
#ifndef RISKSHARE_RECONCILE_REPORTS_HPP
#define RISKSHARE_RECONCILE_REPORTS_HPP

#include <riskshare/detail/reconciled_pair.hpp>
#include <riskshare/finance_report.hpp>

#include <string>
#include <utility>

namespace riskshare {

/// The organisations' positions against the system's bottom line, plan and actual, to date and for the full year. Rule
/// "check.organisations".
reconciliation reconcile(const finance_report&);

/// Two reports of one year, the later against the earlier: plans for the year that moved ("check.plan_moved"), opening
/// figures that are not what the earlier one closed with ("check.opening_restated"), lines that only one of them has
/// ("check.line_gone").
reconciliation month_on_month(const finance_report& before, const finance_report& after);

// ---------------------------------------------------------------------------------------------------------------------

inline reconciliation reconcile(const finance_report& r) {
    reconciliation out;
    const position_line* system = r.system.bottom_line();
    if (system == nullptr || r.organisations.empty()) return out;
    const struct {
        const char* what;
        plan_and_actual organisation_position::*summary;
        plan_and_actual position_line::*statement;
        cell_figure plan_and_actual::*column;
    } columns[] = {
        {"plan to date", &organisation_position::to_date, &position_line::to_date, &plan_and_actual::plan},
        {"actual to date", &organisation_position::to_date, &position_line::to_date, &plan_and_actual::actual},
        {"full-year plan", &organisation_position::full_year, &position_line::full_year, &plan_and_actual::plan},
        {"forecast outturn", &organisation_position::full_year, &position_line::full_year, &plan_and_actual::actual}};
    for (const auto& c : columns) {
        const cell_figure& whole = system->*c.statement.*c.column;
        if (!whole) continue;
        detail::reconciled_side parts{"the organisations add up to"};
        for (const organisation_position& o : r.organisations)
            if (const cell_figure& f = o.*c.summary.*c.column; f && !o.is_total)
                parts.figures.push_back({*f, ratio(1)});
        if (parts.figures.empty()) continue;
        detail::reconcile_pair("check.organisations", severity::error, std::string("system position, ") + c.what, parts,
                               detail::one("the statement's \"" + system->label + "\" reads", *whole),
                               "find the organisation whose position is not the one in the statement", out);
    }
    return out;
}

namespace detail {

/// The plan of the year, as both reports give it.
inline void plans_of_year(const std::string& what, const plan_and_actual& before, const plan_and_actual& after,
                          reconciliation& out) {
    if (before.plan && after.plan)
        reconcile_pair("check.plan_moved", severity::warning, what + ", plan of the year",
                       one("the later report says", *after.plan), one("the earlier one said", *before.plan),
                       "a plan is fixed for the year: name the variation that moved it, or put it back", out);
}

/// To date, less this month alone: what the earlier report closed with.
inline void opening_figures(const position_line& before, const position_line& after, bool next_month,
                            reconciliation& out) {
    const struct {
        const char* what;
        cell_figure plan_and_actual::*column;
    } columns[] = {{"plan", &plan_and_actual::plan}, {"actual", &plan_and_actual::actual}};
    for (const auto& c : columns) {
        const cell_figure &closed = before.to_date.*c.column, &now = after.to_date.*c.column,
                          &month = after.in_month.*c.column;
        if (!next_month || !closed || !now || !month) continue;
        reconciled_side opening{"to date less the month opens at", {{*now, ratio(1)}, {*month, ratio(-1)}}};
        reconcile_pair("check.opening_restated", severity::error, after.label + ", " + c.what, opening,
                       one("the earlier report closed at", *closed),
                       "find what was restated, and show it as a movement of its own", out);
    }
}

inline void line_gone(const std::string& label, const std::string& which, const provenance& at, reconciliation& out) {
    ++out.real;
    finding f{"check.line_gone", severity::warning, "\"" + label + "\" stands in the " + which + " report only"};
    if (at.known()) f.at.push_back(at);
    f.advice = "say where it went or came from, so that the two months can be compared";
    f.verdict = verdict::real;
    out.findings.push_back(std::move(f));
}

inline provenance place_of(const plan_and_actual& f) {
    return f.actual ? f.actual->at() : f.plan ? f.plan->at() : provenance();
}

} // namespace detail

inline reconciliation month_on_month(const finance_report& before, const finance_report& after) {
    reconciliation out;
    const bool next_month = before.month && after.month && before.month->number() + 1 == after.month->number();
    const auto line = [](const finance_report& r, const std::string& label) -> const position_line* {
        for (const position_line& l : r.system.lines())
            if (detail::folded(l.label) == detail::folded(label)) return &l;
        return nullptr;
    };
    for (const position_line& now : after.system.lines()) {
        const position_line* then = line(before, now.label);
        if (then == nullptr) {
            if (!before.system.empty()) detail::line_gone(now.label, "later", detail::place_of(now.to_date), out);
            continue;
        }
        detail::plans_of_year(now.label, then->full_year, now.full_year, out);
        detail::opening_figures(*then, now, next_month, out);
    }
    for (const position_line& then : before.system.lines())
        if (!after.system.empty() && line(after, then.label) == nullptr)
            detail::line_gone(then.label, "earlier", detail::place_of(then.to_date), out);
    for (const organisation_position& now : after.organisations)
        for (const organisation_position& then : before.organisations)
            if (now.organisation == then.organisation)
                detail::plans_of_year(now.organisation, then.full_year, now.full_year, out);
    for (const efficiency_line& now : after.efficiencies)
        for (const efficiency_line& then : before.efficiencies)
            if (now.organisation == then.organisation)
                detail::plans_of_year("efficiencies of " + now.organisation, then.full_year, now.full_year, out);
    return out;
}

} // namespace riskshare

#endif
