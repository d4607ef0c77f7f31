// Where a reported position lands at year end, by every way that the reports allow, and how much of it is underlying.
#ifndef RISKSHARE_LANDING_HPP
#define RISKSHARE_LANDING_HPP

#include <riskshare/bridge.hpp>
#include <riskshare/finance_report.hpp>
#include <riskshare/forecast.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace riskshare {

/// What a reader of reports chooses.
struct landing_options {
    std::optional<riskshare::profile> profile = {}; ///< how the year is expected to spread over its months
    std::size_t exit_months = 3;                    ///< the last months that the exit run rate averages
    std::size_t trend_months = 6;                   ///< the months before that a dashboard's trend is measured against
};

/// What follows from a report and those of the months before. What they do not say is absent, never zero.
struct landing {
    std::optional<exact> plan_to_date, actual_to_date;
    std::optional<exact> one_offs_to_date;
    std::optional<exact> straight_line, profiled;
    std::optional<exact> rest_as_planned; ///< to date, and the rest of the year as the plan has it
    std::optional<run_rate> split;        ///< where the one-offs are known
    std::optional<exact> plan, forecast;
    std::optional<bridge> to_underlying; ///< where the forecast's one-offs are known
    std::optional<riskshare::outlook> by_register, by_bodies;
    std::vector<month_result> months; ///< one after the other, the last the report's own; those of the run rate
    std::size_t exit_months = 0;
    std::optional<exact> exit_rate, next_year_effect;
    std::optional<deterioration> first_worse;
    const plan_version* measured_against = nullptr; ///< of the report given; nullptr where it has no versions
};
landing landing_of(const finance_report&, std::span<const finance_report> earlier, const landing_options& = {});

/// The forecast outturn and the full-year plan of the system: the sum of its organisations, else the bottom line of the
/// statement. Nothing where an organisation's is blank.
std::optional<exact> system_forecast(const finance_report&);
std::optional<exact> system_plan(const finance_report&);
/// The actual to date of the statement's bottom line, else of the organisations.
std::optional<exact> system_actual_to_date(const finance_report&);
/// The one-offs in it, as the organisations give them, else as remarks under the statement's lines do.
std::optional<exact> system_one_offs_to_date(const finance_report&);

/// The forecasts of several months, in order, as far as the reports name their month and give one.
std::vector<reported_forecast> forecasts_of(std::span<const finance_report> in_order);

/// From one report to the next, to date: line by line. \pre both have a statement and an actual to date.
bridge month_to_month(const finance_report& before, const finance_report& now);

/// A row's actuals of the months before, oldest first: its own, else those of earlier reports without a gap.
std::vector<exact> actuals_before(const dashboard_row&, const finance_report&, std::span<const finance_report> earlier);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

/// The sum of one figure over all organisations that are no totals; nothing where one of them is blank.
template <class Figure>
std::optional<exact> sum_of(const finance_report& r, Figure of) {
    exact sum;
    bool any = false;
    for (const organisation_position& o : r.organisations) {
        if (o.is_total) continue;
        const cell_figure& f = of(o);
        if (!f) return std::nullopt;
        sum += f->value();
        any = true;
    }
    return any ? std::optional(sum) : std::nullopt;
}

inline std::optional<exact> bottom(const finance_report& r, plan_and_actual position_line::*on,
                                   cell_figure plan_and_actual::*of) {
    const position_line* line = r.system.bottom_line();
    if (line == nullptr || !((line->*on).*of)) return std::nullopt;
    return ((line->*on).*of)->value();
}

inline bool names_one_offs(const std::string& label) {
    const std::string f = folded(label);
    for (const char* words : {"non-recurrent", "non recurrent", "nonrecurrent", "one-off", "one off"})
        if (f.find(words) != std::string::npos) return true;
    return false;
}

/// The months by themselves, as differences of the years to date of reports that follow each other.
inline std::vector<month_result> months_of(const finance_report& now, std::span<const finance_report> earlier) {
    if (!now.months.empty()) return now.months;
    std::vector<const finance_report*> all;
    for (const finance_report& r : earlier) all.push_back(&r);
    all.push_back(&now);
    std::vector<month_result> out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const finance_report& r = *all[i];
        const std::optional<exact> actual = system_actual_to_date(r), one_offs = system_one_offs_to_date(r);
        if (!r.month || !actual || !one_offs) return {};
        exact before, one_offs_before;
        if (r.month->number() > 1) {
            const bool follows = i > 0 && all[i - 1]->year == r.year && all[i - 1]->month &&
                                 all[i - 1]->month->number() + 1 == r.month->number();
            if (!follows) {
                out.clear();
                continue;
            }
            before = *system_actual_to_date(*all[i - 1]);
            one_offs_before = *system_one_offs_to_date(*all[i - 1]);
        } else {
            out.clear();
        }
        out.push_back({*r.month, *actual - before, *one_offs - one_offs_before});
    }
    return out;
}

inline std::optional<bridge> to_underlying(const finance_report& r) {
    const std::optional<exact> forecast = system_forecast(r);
    if (!forecast || !sum_of(r, [](const auto& o) { return o.one_offs_full_year; })) return std::nullopt;
    std::vector<bridge_step> one_offs, effects;
    for (const organisation_position& o : r.organisations) {
        if (o.is_total) continue;
        one_offs.push_back({"One-offs of " + o.organisation, o.one_offs_full_year->value()});
        if (o.full_year_effect)
            effects.push_back({"Full-year effect of " + o.organisation, o.full_year_effect->value()});
    }
    return forecast_to_underlying(*forecast, one_offs, effects);
}

} // namespace detail

inline std::optional<exact> system_forecast(const finance_report& r) {
    if (!r.organisations.empty()) return detail::sum_of(r, [](const auto& o) { return o.full_year.actual; });
    return detail::bottom(r, &position_line::full_year, &plan_and_actual::actual);
}

inline std::optional<exact> system_plan(const finance_report& r) {
    if (!r.organisations.empty())
        if (const std::optional<exact> sum = detail::sum_of(r, [](const auto& o) { return o.full_year.plan; }))
            return sum;
    return detail::bottom(r, &position_line::full_year, &plan_and_actual::plan);
}

inline std::optional<exact> system_actual_to_date(const finance_report& r) {
    if (const auto bottom = detail::bottom(r, &position_line::to_date, &plan_and_actual::actual)) return bottom;
    return detail::sum_of(r, [](const auto& o) { return o.to_date.actual; });
}

inline std::optional<exact> system_one_offs_to_date(const finance_report& r) {
    std::optional<exact> sum;
    for (const organisation_position& o : r.organisations)
        if (!o.is_total && o.one_offs_to_date) sum = sum.value_or(exact()) + o.one_offs_to_date->value();
    if (sum) return sum;
    for (const position_line& l : r.system.lines())
        for (const of_which_line& remark : l.of_which)
            if (detail::names_one_offs(remark.label) && remark.to_date.actual)
                sum = sum.value_or(exact()) + remark.to_date.actual->value();
    return sum;
}

inline std::vector<reported_forecast> forecasts_of(std::span<const finance_report> in_order) {
    std::vector<reported_forecast> out;
    for (const finance_report& r : in_order) {
        const std::optional<exact> forecast = system_forecast(r);
        if (!forecast || !r.year || !r.month) continue;
        const period p{*r.year, *r.month};
        if (out.empty() || out.back().reported < p) out.push_back({p, *forecast});
    }
    return out;
}

inline landing landing_of(const finance_report& r, std::span<const finance_report> earlier, const landing_options& o) {
    landing out;
    out.plan_to_date = detail::bottom(r, &position_line::to_date, &plan_and_actual::plan);
    if (!out.plan_to_date) out.plan_to_date = detail::sum_of(r, [](const auto& x) { return x.to_date.plan; });
    out.actual_to_date = system_actual_to_date(r);
    out.one_offs_to_date = system_one_offs_to_date(r);
    out.plan = system_plan(r);
    out.forecast = system_forecast(r);
    if (out.actual_to_date && r.month) {
        out.straight_line = straight_line(*out.actual_to_date, *r.month);
        if (o.profile) out.profiled = profiled(*out.actual_to_date, *r.month, *o.profile);
        if (out.one_offs_to_date) out.split = run_rate_of({*out.actual_to_date, *out.one_offs_to_date}, *r.month);
    }
    if (out.actual_to_date && out.plan_to_date && out.plan)
        out.rest_as_planned = *out.actual_to_date + *out.plan - *out.plan_to_date;
    out.to_underlying = detail::to_underlying(r);
    if (out.forecast && r.risks) out.by_register = r.risks->around(*out.forecast);
    const auto best = detail::sum_of(r, [](const auto& x) { return x.best; });
    const auto likely = detail::sum_of(r, [](const auto& x) { return x.likely; });
    const auto worst = detail::sum_of(r, [](const auto& x) { return x.worst; });
    if (best && likely && worst) out.by_bodies = outlook{*best, *likely, *worst};
    out.months = detail::months_of(r, earlier);
    if (o.exit_months > 0 && out.months.size() >= o.exit_months) {
        std::vector<exact> recurrent;
        for (const month_result& m : out.months) recurrent.push_back(m.recurrent());
        out.exit_months = o.exit_months;
        out.exit_rate = exit_run_rate(recurrent, o.exit_months);
        if (const auto one_offs = detail::sum_of(r, [](const auto& x) { return x.one_offs_full_year; });
            one_offs && out.forecast)
            out.next_year_effect = next_year_effect(*out.exit_rate, *out.forecast - *one_offs);
    }
    std::vector<finance_report> all(earlier.begin(), earlier.end());
    all.push_back(r);
    out.first_worse = first_deterioration(forecasts_of(all));
    if (r.plans && r.month) out.measured_against = &r.plans->in_force(*r.month);
    return out;
}

inline bridge month_to_month(const finance_report& before, const finance_report& now) {
    const auto steps = [](const position& p) {
        std::vector<bridge_step> out;
        for (const position_line& l : p.lines())
            if (!l.is_sub_total()) out.push_back({l.label, value_or_zero(l.to_date.actual)});
        return out;
    };
    const auto end = [](const finance_report& r) {
        return bridge_step{r.month ? to_string(*r.month) : "", system_actual_to_date(r).value_or(exact())};
    };
    return month_to_month(end(before), steps(before.system), end(now), steps(now.system));
}

inline std::vector<exact> actuals_before(const dashboard_row& row, const finance_report& now,
                                         std::span<const finance_report> earlier) {
    std::vector<exact> out;
    for (const figure& f : row.before) out.push_back(f.value());
    if (!out.empty() || !now.month) return out;
    int wanted = now.month->number() - 1;
    for (std::size_t i = earlier.size(); i-- > 0 && earlier[i].month && earlier[i].month->number() == wanted;
         --wanted) {
        const auto& rows = earlier[i].dashboard;
        const auto same = std::find_if(rows.begin(), rows.end(), [&](const dashboard_row& d) {
            return detail::folded(d.measure) == detail::folded(row.measure) && d.actual;
        });
        if (same == rows.end()) break;
        out.insert(out.begin(), same->actual->value());
    }
    return out;
}

} // namespace riskshare

#endif
