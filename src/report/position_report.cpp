#include <riskshare/report/position_report.hpp>

#include "detail/json.hpp"

#include <riskshare/bridge.hpp>
#include <riskshare/report/text_table.hpp>

namespace riskshare::report {

namespace {

/// The unit that figures stand in, and the places that the trade prints it with.
struct display {
    riskshare::unit unit = unit::thousands;
    int places = 0;
    std::string operator()(const exact& e) const { return accounting(e, unit, places); }
    std::string operator()(const std::optional<exact>& e) const { return e ? (*this)(*e) : ""; }
    std::string operator()(const cell_figure& f) const { return f ? (*this)(f->value()) : ""; }
};
display display_in(unit u) { return {u, u == unit::pounds || u == unit::thousands ? 0 : 1}; }
display display_of(std::initializer_list<const cell_figure*> figures) {
    for (const cell_figure* f : figures)
        if (*f) return display_in((*f)->unit());
    return {};
}

std::string title_of(const finance_report& r) {
    std::string t = r.month ? "Month " + std::to_string(r.month->number()) : "";
    if (r.year) t += (t.empty() ? "" : ", ") + to_string(*r.year);
    return t.empty() ? "" : t + "\n\n";
}

tone tone_of(const std::optional<exact>& variance) {
    if (!variance || variance->is_zero()) return tone::plain;
    return variance->is_negative() ? tone::red : tone::green;
}

const plan_and_actual* first_figures(const position& p) {
    for (const position_line& l : p.lines())
        if (l.to_date.plan || l.to_date.actual) return &l.to_date;
    return nullptr;
}

std::string system_text(const finance_report& r, bool colour) {
    const plan_and_actual* any = first_figures(r.system);
    if (any == nullptr) return {};
    const display show = display_of({&any->plan, &any->actual});
    text_table t;
    t.column("System position to date, " + to_string(show.unit), alignment::left);
    t.column("Budget").column("Actual").column("Variance");
    const position_line* bottom = r.system.bottom_line();
    for (const position_line& l : r.system.lines()) {
        const tone how = l.is_sub_total() ? tone::strong : tone::plain;
        if (&l == bottom) t.rule();
        const std::optional<exact> v = variance(l.to_date);
        t.row({{(l.is_sub_total() ? "" : "  ") + l.label, how},
               {show(l.to_date.plan), how},
               {show(l.to_date.actual), how},
               {show(v), tone_of(v)}});
    }
    return t.render(colour) + "\n";
}

std::string organisations_text(const finance_report& r, bool colour) {
    if (r.organisations.empty()) return {};
    const organisation_position& first = r.organisations.front();
    const display show = display_of({&first.to_date.plan, &first.to_date.actual, &first.full_year.actual});
    text_table t;
    t.column("Surplus/(deficit), " + to_string(show.unit), alignment::left);
    t.column("Plan to date").column("Actual").column("Variance").column("Year plan").column("Forecast");
    for (const organisation_position& o : r.organisations) {
        if (o.is_total) t.rule();
        const tone how = o.is_total ? tone::strong : tone::plain;
        const std::optional<exact> v = variance(o.to_date);
        t.row({{o.organisation, how},
               {show(o.to_date.plan), how},
               {show(o.to_date.actual), how},
               {show(v), tone_of(v)},
               {show(o.full_year.plan), how},
               {show(o.full_year.actual), how}});
    }
    return t.render(colour) + "\n";
}

/// What nothing but one-offs separates from the actual to date; absent when no organisation says.
std::optional<exact> one_offs_to_date(const finance_report& r) {
    std::optional<exact> sum;
    for (const organisation_position& o : r.organisations)
        if (!o.is_total && o.one_offs_to_date) sum = sum.value_or(exact()) + o.one_offs_to_date->value();
    return sum;
}

std::optional<exact> actual_to_date(const finance_report& r) {
    const position_line* bottom = r.system.bottom_line();
    if (bottom != nullptr && bottom->to_date.actual) return bottom->to_date.actual->value();
    exact sum;
    bool any = false;
    for (const organisation_position& o : r.organisations)
        if (!o.is_total && o.to_date.actual) sum += o.to_date.actual->value(), any = true;
    return any ? std::optional(sum) : std::nullopt;
}

std::string landing_text(const finance_report& r, std::span<const finance_report> earlier, bool colour) {
    const std::optional<exact> to_date = actual_to_date(r);
    if (!to_date || !r.month) return {};
    const plan_and_actual* any = first_figures(r.system);
    const display show = any != nullptr ? display_of({&any->plan, &any->actual}) : display_in(unit::millions);
    text_table t;
    t.column("Where it lands, " + to_string(show.unit), alignment::left).column("Year");
    t.row({"Straight line from " + to_string(*r.month), show(straight_line(*to_date, *r.month))});
    if (const std::optional<exact> one_offs = one_offs_to_date(r)) {
        const run_rate rate = run_rate_of({*to_date, *one_offs}, *r.month);
        t.row({"  the same, one-offs of " + show(*one_offs) + " counted once", show(rate.one_offs_once)});
        t.row({"  underlying: without one-offs", show(rate.underlying)});
    }
    const std::optional<exact> forecast = system_forecast(r), plan = system_plan(r);
    if (plan) t.row({"Plan for the year", show(plan)});
    if (forecast) t.row({{"Forecast outturn", tone::strong}, {show(forecast), tone::strong}});
    if (forecast && r.risks) {
        const outlook o = r.risks->around(*forecast);
        t.row({"  best: no risk lands, every mitigation does", show(o.best)});
        t.row({"  likely: each by its likelihood", show(o.likely)});
        t.row({"  worst: every risk lands, no mitigation does", show(o.worst)});
    }
    std::string text = t.render(colour);
    std::vector<finance_report> all(earlier.begin(), earlier.end());
    all.push_back(r);
    const std::vector<reported_forecast> forecasts = forecasts_of(all);
    if (const std::optional<deterioration> d = first_deterioration(forecasts))
        text += "The forecast first worsened in " + to_string(d->reported) + ", by " + show(d->by()) + " to " +
                show(d->after) + ".\n";
    return text + "\n";
}

bridge bridge_from(const finance_report& before, const finance_report& now) {
    const auto steps = [](const position& p) {
        std::vector<bridge_step> out;
        for (const position_line& l : p.lines())
            if (!l.is_sub_total()) out.push_back({l.label, value_or_zero(l.to_date.actual)});
        return out;
    };
    const auto end = [](const finance_report& r) {
        return bridge_step{r.month ? to_string(*r.month) : "", actual_to_date(r).value_or(exact())};
    };
    return month_to_month(end(before), steps(before.system), end(now), steps(now.system));
}

std::string bridge_text(const finance_report& r, std::span<const finance_report> earlier, bool colour) {
    const plan_and_actual* any = first_figures(r.system);
    if (any == nullptr || earlier.empty() || earlier.back().system.empty()) return {};
    const display show = display_of({&any->plan, &any->actual});
    const bridge b = bridge_from(earlier.back(), r);
    text_table t;
    t.column("From " + b.start().label + " to " + b.end().label + ", to date, " + to_string(show.unit),
             alignment::left);
    t.column("");
    t.row({b.start().label, show(b.start().amount)});
    for (const bridge_step& s : b.steps()) t.row({"  " + s.label, {show(s.amount), tone_of(s.amount)}});
    t.rule().row({{b.end().label, tone::strong}, {show(b.end().amount), tone::strong}});
    return t.render(colour) + "\n";
}

std::string efficiencies_text(const finance_report& r, bool colour) {
    if (r.efficiencies.empty()) return {};
    const plan_and_actual& first = r.efficiencies.front().full_year;
    const display show = display_of({&first.plan, &first.actual});
    text_table t;
    t.column("Efficiencies, " + to_string(show.unit), alignment::left);
    t.column("Plan").column("Forecast").column("Variance").column("Delivered");
    for (const efficiency_line& e : r.efficiencies) {
        if (e.is_total) t.rule();
        const std::optional<exact> v = variance(e.full_year);
        const std::optional<decimal> percent = delivery_percentage(e.full_year, 1, rounding::half_away_from_zero);
        t.row({e.organisation,
               show(e.full_year.plan),
               show(e.full_year.actual),
               {show(v), tone_of(v)},
               percent ? to_string(*percent) + "%" : ""});
    }
    return t.render(colour) + "\n";
}

/// A fraction to one place at most: 41.7, 25, (12).
std::string points(const ratio& r) {
    return accounting(
        rounded(exact(money::pounds(1)) * r, unit::pounds, 1, rounding::half_away_from_zero).normalised());
}
std::string share(const ratio& r) { return points(r * ratio(100)) + "%"; }

std::string capital_text(const finance_report& r) {
    std::string text;
    if (r.capital) {
        const capital_position& c = *r.capital;
        if (const std::optional<spending_pace> p = c.pace_at(r.month))
            text += "Capital: " + share(p->spent) + " of the limit spent at " + share(p->expired) +
                    " of the year: " + points(p->gap_in_points()) + " points, " + to_string(p->pace(ratio(0))) + "\n";
        if (c.underspend_against_plan) {
            const display show = display_in(c.underspend_against_plan->unit());
            text +=
                "Capital: " + show(c.underspend_against_plan) + " " + to_string(show.unit) + " below plan to date\n";
        }
        if (c.limit && c.forecast) {
            const display show = display_in(c.limit->unit());
            text += "Capital, " + to_string(show.unit) + ": forecast " + show(c.forecast) + " against a limit of " +
                    show(c.limit) + "\n";
        }
    }
    if (r.agency_to_date && r.agency_cap && r.month) {
        const display show = display_in(r.agency_cap->unit());
        const agency_position a{r.agency_to_date->value(), *r.month, {r.agency_cap->value(), ""}};
        text += "Agency, " + to_string(show.unit) + ": " + show(a.spent_to_date) + " to date against " +
                show(a.cap_to_date()) + " of the cap; straight line " + show(a.straight_line_forecast()) + " against " +
                show(a.cap.amount) + ", headroom " + show(a.forecast_headroom()) + "\n";
    }
    return text.empty() ? text : text + "\n";
}

std::string trades_text(const finance_report& r, bool colour) {
    if (r.trades.empty()) return {};
    const display show = display_in(unit::thousands);
    text_table t;
    t.column("Intra-system trades that differ, £000", alignment::left);
    t.column("Income says").column("Expenditure says").column("Apart");
    for (const intra_system_trade& trade : r.trades)
        if (!trade.mismatch().is_zero())
            t.row({trade.seller + " from " + trade.buyer, show(trade.income), show(trade.expenditure),
                   show(trade.mismatch())});
    return t.render(colour) + "\n";
}

std::string dashboard_text(const finance_report& r, bool colour) {
    if (r.dashboard.empty()) return {};
    text_table t;
    t.column("Dashboard", alignment::left).column("Plan").column("Actual").column("Marked", alignment::left);
    for (const dashboard_row& d : r.dashboard) {
        const display show = display_of({&d.plan, &d.actual});
        t.row({d.measure, show(d.plan), show(d.actual), d.printed_status});
    }
    return t.render(colour) + "\n";
}

} // namespace

std::optional<exact> system_forecast(const finance_report& r) {
    exact sum;
    for (const organisation_position& o : r.organisations) {
        if (!o.full_year.actual) return std::nullopt;
        if (!o.is_total) sum += o.full_year.actual->value();
    }
    if (r.organisations.empty()) return std::nullopt;
    return sum;
}

std::optional<exact> system_plan(const finance_report& r) {
    exact sum;
    for (const organisation_position& o : r.organisations) {
        if (!o.full_year.plan) return std::nullopt;
        if (!o.is_total) sum += o.full_year.plan->value();
    }
    if (r.organisations.empty()) return std::nullopt;
    return sum;
}

std::vector<reported_forecast> forecasts_of(std::span<const finance_report> in_order) {
    std::vector<reported_forecast> out;
    for (const finance_report& r : in_order) {
        const std::optional<exact> forecast = system_forecast(r);
        if (!forecast || !r.year || !r.month) continue;
        const period p{*r.year, *r.month};
        if (out.empty() || out.back().reported < p) out.push_back({p, *forecast});
    }
    return out;
}

std::string position_text(const finance_report& r, std::span<const finance_report> earlier, bool colour) {
    return title_of(r) + system_text(r, colour) + trades_text(r, colour) + organisations_text(r, colour) +
           bridge_text(r, earlier, colour) + landing_text(r, earlier, colour) + efficiencies_text(r, colour) +
           capital_text(r) + dashboard_text(r, colour);
}

namespace {

json::value optional_amount(const std::optional<exact>& e) { return e ? json::of(*e) : json::value(nullptr); }

json::value line_json(const position_line& l) {
    json::value v{{"line", l.label}};
    v["organisation"] = l.organisation.empty() ? json::value(nullptr) : json::value(l.organisation);
    v["nature"] = to_string(l.nature);
    v["sub_total"] = l.is_sub_total();
    v["budget"] = json::amount(l.to_date.plan);
    v["actual"] = json::amount(l.to_date.actual);
    v["variance"] = optional_amount(variance(l.to_date));
    return v;
}

json::value steps_json(const bridge& b) {
    json::value steps = json::value::array();
    for (const bridge_step& s : b.steps()) steps.push_back({{"label", s.label}, {"amount", json::of(s.amount)}});
    return {{"start", json::of(b.start().amount)}, {"steps", std::move(steps)}, {"end", json::of(b.end().amount)}};
}

json::value forecast_json(const finance_report& r, std::span<const finance_report> earlier) {
    json::value v = json::value::object();
    const std::optional<exact> to_date = actual_to_date(r), forecast = system_forecast(r);
    v["outturn"] = optional_amount(forecast);
    v["plan"] = optional_amount(system_plan(r));
    if (to_date && r.month) v["straight_line"] = json::of(straight_line(*to_date, *r.month));
    if (const std::optional<exact> one_offs = one_offs_to_date(r); one_offs && to_date && r.month) {
        const run_rate rate = run_rate_of({*to_date, *one_offs}, *r.month);
        v["non_recurrent_to_date"] = json::of(*one_offs);
        v["underlying"] = json::of(rate.underlying);
        v["non_recurrent_once"] = json::of(rate.one_offs_once);
    }
    if (forecast && r.risks) {
        const outlook o = r.risks->around(*forecast);
        v["best"] = json::of(o.best);
        v["likely"] = json::of(o.likely);
        v["worst"] = json::of(o.worst);
    }
    std::vector<finance_report> all(earlier.begin(), earlier.end());
    all.push_back(r);
    const std::vector<reported_forecast> forecasts = forecasts_of(all);
    if (const std::optional<deterioration> d = first_deterioration(forecasts))
        v["first_deterioration"] = {{"month", to_string(d->reported)}, {"by", json::of(d->by())}};
    return v;
}

json::value capital_json(const finance_report& r) {
    const capital_position& c = *r.capital;
    json::value v{{"limit", json::amount(c.limit)},
                  {"spent", json::amount(c.spent)},
                  {"forecast", json::amount(c.forecast)},
                  {"underspend_against_plan", json::amount(c.underspend_against_plan)}};
    if (const std::optional<spending_pace> p = c.pace_at(r.month)) {
        v["share_spent"] = json::of(p->spent);
        v["share_of_year"] = json::of(p->expired);
        v["gap_in_points"] = json::of(p->gap_in_points());
        v["pace"] = to_string(p->pace(ratio(0)));
    }
    return v;
}

} // namespace

std::string position_json(const finance_report& r, std::span<const finance_report> earlier,
                          const std::string& control_totals) {
    json::value taken_over = json::value::parse(control_totals);
    json::value v{{"schema", "riskshare.position/1"}, {"unit", "GBP"}};
    v["year"] = r.year ? json::value(to_string(*r.year)) : json::value(nullptr);
    v["month"] = r.month ? json::value(r.month->number()) : json::value(nullptr);
    v["basis"] = "to_date";
    v["lines"] = json::value::array();
    for (const position_line& l : r.system.lines()) v["lines"].push_back(line_json(l));
    v["control_totals"] = json::value::array();
    v["organisations"] = json::value::array();
    for (const organisation_position& o : r.organisations)
        v["organisations"].push_back({{"organisation", o.organisation},
                                      {"total", o.is_total},
                                      {"plan", json::amount(o.to_date.plan)},
                                      {"actual", json::amount(o.to_date.actual)},
                                      {"variance", optional_amount(variance(o.to_date))},
                                      {"full_year_plan", json::amount(o.full_year.plan)},
                                      {"forecast", json::amount(o.full_year.actual)}});
    v["intra_system_trades"] = json::value::array();
    for (const intra_system_trade& t : r.trades)
        v["intra_system_trades"].push_back({{"seller", t.seller},
                                            {"buyer", t.buyer},
                                            {"income", json::of(t.income)},
                                            {"expenditure", json::of(t.expenditure)},
                                            {"mismatch", json::of(t.mismatch())}});
    v["forecast"] = forecast_json(r, earlier);
    v["bridges"] = json::value::object();
    if (!r.system.empty()) v["bridges"]["plan_to_actual"] = steps_json(plan_to_actual(r.system, basis::to_date));
    if (!r.system.empty() && !earlier.empty() && !earlier.back().system.empty())
        v["bridges"]["month_to_month"] = steps_json(bridge_from(earlier.back(), r));
    v["efficiencies"] = json::value::array();
    for (const efficiency_line& e : r.efficiencies) {
        const std::optional<decimal> percent = delivery_percentage(e.full_year, 1, rounding::half_away_from_zero);
        v["efficiencies"].push_back({{"organisation", e.organisation},
                                     {"plan", json::amount(e.full_year.plan)},
                                     {"forecast", json::amount(e.full_year.actual)},
                                     {"variance", optional_amount(variance(e.full_year))},
                                     {"delivery_percent", percent ? json::value(to_string(*percent)) : nullptr}});
    }
    v["capital"] = r.capital ? capital_json(r) : json::value(nullptr);
    v["agency"] = nullptr;
    if (r.agency_to_date || r.agency_cap)
        v["agency"] = {{"to_date", json::amount(r.agency_to_date)}, {"cap", json::amount(r.agency_cap)}};
    v["dashboard"] = json::value::array();
    for (const dashboard_row& d : r.dashboard)
        v["dashboard"].push_back({{"measure", d.measure},
                                  {"plan", json::amount(d.plan)},
                                  {"actual", json::amount(d.actual)},
                                  {"marked", d.printed_status}});
    taken_over.erase("schema");
    taken_over.erase("unit");
    for (auto member = taken_over.begin(); member != taken_over.end(); ++member) v[member.key()] = member.value();
    return json::text(v);
}

} // namespace riskshare::report
