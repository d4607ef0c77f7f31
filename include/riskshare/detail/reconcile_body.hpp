// The bodies of reconcile.hpp.
#ifndef RISKSHARE_DETAIL_RECONCILE_BODY_HPP
#define RISKSHARE_DETAIL_RECONCILE_BODY_HPP

#include <riskshare/accounting.hpp>
#include <riskshare/reconcile.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace riskshare {

inline reconciliation& reconciliation::operator+=(reconciliation other) {
    agrees += other.agrees;
    rounding += other.rounding;
    real += other.real;
    std::move(other.findings.begin(), other.findings.end(), std::back_inserter(findings));
    if (other.largest_rounding && (!largest_rounding || *largest_rounding < *other.largest_rounding))
        largest_rounding = other.largest_rounding;
    return *this;
}

namespace detail {

inline std::string in_pounds(const exact& e) {
    const bool whole = denominator(rational(e.pence() / 100)) == 1;
    return (e.is_negative() ? "-£" : "£") + (e.is_zero() ? "0" : accounting(abs(e), unit::pounds, whole ? 0 : 2));
}

/// One of two sides that must be equal: some figures, with their weights, and an exact amount besides.
struct reconciled_side {
    std::string says; ///< "the organisations add up to"
    std::vector<std::pair<figure, ratio>> figures = {};
    exact fixed = {};
    std::vector<provenance> at = {}; ///< of the exact amount
};

struct outcome_of_two {
    riskshare::verdict verdict;
    exact first, second;
    std::optional<resemblance> looks_like = {};
};

inline outcome_of_two compared(const reconciled_side& a, const reconciled_side& b) {
    printed_table t;
    relation r{a.says, {}};
    outcome_of_two out{verdict::agrees, a.fixed, b.fixed};
    const auto put = [&](const reconciled_side& s, exact& sum, bool first) {
        if (!s.fixed.is_zero()) r.terms.push_back({t.add({s.says, s.fixed, {}, {}}), ratio(first ? -1 : 1)});
        for (const auto& f : s.figures) {
            sum += f.first.value() * f.second;
            r.terms.push_back({t.add(s.says, f.first), first ? -f.second : f.second});
        }
    };
    put(a, out.first, true);
    put(b, out.second, false);
    if (r.terms.empty() || out.first == out.second) return out;
    t.relate(std::move(r));
    const rounding_proof proof = prove_rounding(t, halves::unknown);
    out.verdict = proof.verdict == verdict::agrees ? verdict::rounding : proof.verdict;
    if (proof.verdict == verdict::real)
        for (const diagnosis& d : diagnose(t, proof))
            if (!d.explanations.empty()) out.looks_like = d.explanations.front().looks_like;
    return out;
}

/// Counts the pair; a difference that rounding cannot explain becomes a finding that points at both sides.
inline void reconcile_pair(const char* rule, severity worst, const std::string& what, const reconciled_side& a,
                           const reconciled_side& b, const std::string& advice, reconciliation& out) {
    const outcome_of_two c = compared(a, b);
    if (c.verdict == verdict::agrees) ++out.agrees;
    if (c.verdict == verdict::rounding) {
        ++out.rounding;
        const exact apart = abs(c.first - c.second);
        if (!out.largest_rounding || *out.largest_rounding < apart) out.largest_rounding = apart;
    }
    if (c.verdict != verdict::real) return;
    ++out.real;
    finding f{rule, worst,
              what + ": " + a.says + " " + in_pounds(c.first) + ", " + b.says + " " + in_pounds(c.second) + ": " +
                  in_pounds(abs(c.first - c.second)) + " apart, which rounding does not explain"};
    for (const reconciled_side* s : {&a, &b}) {
        for (const auto& figure : s->figures)
            if (f.at.size() < 12 && figure.first.at().known()) f.at.push_back(figure.first.at());
        for (const provenance& p : s->at)
            if (f.at.size() < 12 && p.known()) f.at.push_back(p);
    }
    f.advice = advice;
    f.verdict = verdict::real;
    f.found = c.first;
    f.expected = c.second;
    f.difference = c.first - c.second;
    f.looks_like = c.looks_like;
    out.findings.push_back(std::move(f));
}

inline reconciled_side one(const std::string& says, const figure& f) { return {says, {{f, ratio(1)}}}; }

struct risk_pair {
    std::string organisation;
    figure net_risk, unidentified;
};

inline std::vector<risk_pair> risk_pairs(const model& m) {
    std::vector<risk_pair> pairs;
    for (const control_total& c : m.control_totals->organisations)
        for (const savings_plan& s : m.savings->plans)
            if (s.organisation == c.organisation && c.net_unmitigated_risk && s.of(rating::unidentified))
                pairs.push_back({c.organisation, *c.net_unmitigated_risk, *s.of(rating::unidentified)});
    return pairs;
}

/// Whether the printed net risks are the unidentified savings rounded so as to add up to a printed total.
inline bool risks_forced_to_foot(const model& m, const std::vector<risk_pair>& pairs) {
    std::vector<exact> printed, amounts;
    for (const risk_pair& p : pairs) {
        if (!(p.net_risk.step() == pairs.front().net_risk.step()) && !p.net_risk.value().is_zero()) return false;
        printed.push_back(p.net_risk.value());
        amounts.push_back(p.unidentified.value());
    }
    const money step = rounded(pairs.front().net_risk.step(), rounding::half_away_from_zero);
    exact total;
    for (const exact& p : printed) total += p;
    for (const control_total& t : m.control_totals->printed_totals)
        if (t.net_unmitigated_risk) total = t.net_unmitigated_risk->value();
    return forced_to_foot(printed, amounts, total, step);
}

} // namespace detail

inline reconciliation reconcile(const model& m) {
    reconciliation out;
    if (!m.control_totals || !m.savings) return out;
    const std::vector<detail::risk_pair> pairs = detail::risk_pairs(m);
    for (const detail::risk_pair& p : pairs) {
        const detail::outcome_of_two c = detail::compared(detail::one("", p.net_risk), detail::one("", p.unidentified));
        if (c.verdict == verdict::agrees) ++out.agrees;
        if (c.verdict == verdict::rounding) ++out.rounding;
        if (c.verdict != verdict::real) continue;
        ++out.real;
        finding f{"check.net_risk",
                  severity::error,
                  p.organisation + ": the net unmitigated risk is " + to_string(p.net_risk.value()) +
                      ", the unidentified savings are " + to_string(p.unidentified.value()) +
                      "; rounding does not explain it",
                  {p.net_risk.at(), p.unidentified.at()}};
        f.advice = "find out which of the two tables is the later one";
        f.verdict = verdict::real;
        f.found = p.net_risk.value();
        f.expected = p.unidentified.value();
        f.difference = *f.found - *f.expected;
        f.looks_like = c.looks_like;
        if (detail::risks_forced_to_foot(m, pairs)) {
            f.rule = "check.forced_to_foot";
            f.looks_like = resemblance::forced_to_foot;
            f.message += ", but the whole column is the savings rounded so that it adds up to its total";
            f.advice = "say so beside the table, or print one more place";
        }
        out.findings.push_back(std::move(f));
    }
    return out;
}

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

inline std::string name_of(std::optional<rating> r) { return r ? to_string(*r) : "total"; }

} // namespace detail

inline reconciliation reconcile(const savings_table& table, const tracker& schemes) {
    std::map<std::pair<std::string, std::optional<rating>>, detail::scheme_sum> sums;
    std::set<std::string> spoken_of;
    for (std::size_t i = 0; i < schemes.size(); ++i) {
        const scheme s = schemes[i];
        sums[{s.organisation, s.rating}].add(s);
        spoken_of.insert(s.organisation);
    }
    reconciliation out;
    for (const savings_plan& p : table.plans) {
        if (spoken_of.count(p.organisation) == 0) continue;
        for (rating r : ratings)
            if (const cell_figure& f = p.of(r)) {
                const detail::scheme_sum& sum = sums[{p.organisation, r}];
                detail::reconcile_pair("check.savings_of_schemes", severity::error,
                                       p.organisation + ", " + to_string(r), detail::one("the savings table says", *f),
                                       sum.side("its " + std::to_string(sum.schemes) + " schemes come to", sum.plan),
                                       "find out which of the two is the later one, and what was re-rated since", out);
            }
    }
    return out;
}

inline reconciliation reconcile(const rating_summary& summary, const tracker& schemes) {
    std::map<std::optional<rating>, detail::scheme_sum> sums;
    detail::scheme_sum all;
    for (std::size_t i = 0; i < schemes.size(); ++i) {
        const scheme s = schemes[i];
        if (!summary.organisation.empty() && s.organisation != summary.organisation) continue;
        if (s.rating) sums[s.rating].add(s);
        all.add(s);
    }
    reconciliation out;
    const std::string advice = "look for schemes that its formulas do not reach, or a rating that they do not know";
    for (const rating_summary::line& l : summary.lines) {
        const detail::scheme_sum& sum = l.rating ? sums[l.rating] : all;
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
            f.at.insert(f.at.end(), sum.at.begin(), sum.at.end());
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

namespace detail {

using scheme_key = std::pair<std::string, std::string>;
inline scheme_key key_of(const scheme& s) {
    return {s.organisation, compact(s.reference.empty() ? s.name : s.reference)};
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
        if (f.at.size() < 12) f.at.insert(f.at.end(), {then.at, now.at});
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
    std::map<detail::scheme_key, std::size_t> earlier;
    std::set<std::string> organisations;
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
        organisations.insert(now.organisation);
        const exact plan = exact(planned(now)) - exact(planned(then));
        plan.is_zero() ? void(++out.agrees) : moved.add(then, now, plan);
        if (!reported) continue;
        const exact actual = exact(delivered_to_date(now, *reported)) - exact(delivered_to_date(then, *reported));
        actual.is_zero() ? void(++out.agrees) : restated.add(then, now, actual);
    }
    for (const auto& left : earlier) {
        const scheme then = before[left.second];
        if (!reported || organisations.count(then.organisation) == 0) continue;
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
