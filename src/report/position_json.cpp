// The monthly position as JSON.
#include <riskshare/report/position_report.hpp>

#include "detail/json.hpp"
#include "report/exchanged.hpp"
#include "report/story_words.hpp"

namespace riskshare::report {

namespace {

json::value optional_amount(const std::optional<exact>& e) { return e ? json::of(*e) : json::value(nullptr); }

json::value pair_json(const plan_and_actual& f, const char* plan, const char* actual) {
    return {{plan, json::amount(f.plan)}, {actual, json::amount(f.actual)}, {"variance", optional_amount(variance(f))}};
}

const char* name_of(basis b) {
    return b == basis::to_date ? "to_date" : b == basis::in_month ? "in_month" : "full_year";
}

json::value line_json(const position& p, const position_line& l) {
    const plan_and_actual& main = l.on(p.main_basis());
    json::value v{{"line", l.label}};
    v["organisation"] = l.organisation.empty() ? json::value(nullptr) : json::value(l.organisation);
    v["nature"] = to_string(l.nature);
    v["sub_total"] = l.is_sub_total();
    if (!l.section.empty()) v["section"] = l.section;
    v["budget"] = json::amount(main.plan);
    v["actual"] = json::amount(main.actual);
    v["variance"] = optional_amount(variance(main));
    if (p.speaks_of(basis::in_month)) v["in_month"] = pair_json(l.in_month, "budget", "actual");
    if (p.speaks_of(basis::to_date)) v["to_date"] = pair_json(l.to_date, "budget", "actual");
    if (p.speaks_of(basis::full_year)) v["full_year"] = pair_json(l.full_year, "plan", "forecast");
    for (const of_which_line& o : l.of_which) {
        json::value remark{{"label", o.label}};
        if (p.speaks_of(basis::in_month)) remark["in_month"] = pair_json(o.in_month, "budget", "actual");
        if (p.speaks_of(basis::to_date)) remark["to_date"] = pair_json(o.to_date, "budget", "actual");
        if (p.speaks_of(basis::full_year)) remark["full_year"] = pair_json(o.full_year, "plan", "forecast");
        v["of_which"].push_back(std::move(remark));
    }
    return v;
}

/// The line that is reported, and how it stands against its plan. Amounts spent are positive, a variance favourable
/// positive.
json::value headline_json(const finance_report& r) {
    const position_line* l = r.system.bottom_line();
    if (l == nullptr) return nullptr;
    const plan_and_actual& f = l->on(r.system.main_basis());
    const auto amount = [&](const cell_figure& c) {
        return !c ? json::value(nullptr) : json::of(r.spending_alone ? -c->value() : c->value());
    };
    // What no actual is given of is not compared.
    const std::optional<lines_without_actual> blank =
        r.system.main_basis() == basis::to_date ? without_actual(r) : std::nullopt;
    std::optional<exact> off = variance(f);
    if (off && blank) *off += blank->planned;
    json::value v{{"line", l->label},
                  {"kind", r.spending_alone ? "spending" : "result"},
                  {"basis", name_of(r.system.main_basis())},
                  {"plan", amount(f.plan)},
                  {"actual", amount(f.actual)},
                  {"variance", optional_amount(off)},
                  {"outcome", nullptr}};
    if (blank) v["without"] = blank->names;
    if (off)
        v["outcome"] = off->is_zero()       ? "as planned"
                       : off->is_negative() ? (r.spending_alone ? "overspent" : "worse than plan")
                                            : (r.spending_alone ? "underspent" : "better than plan");
    return v;
}

json::value steps_json(const bridge& b) {
    json::value steps = json::value::array();
    for (const bridge_step& s : b.steps()) steps.push_back({{"label", s.label}, {"amount", json::of(s.amount)}});
    return {{"start", json::of(b.start().amount)}, {"steps", std::move(steps)}, {"end", json::of(b.end().amount)}};
}

json::value forecast_json(const finance_report& r, const landing& l) {
    json::value v = json::value::object();
    v["outturn"] = optional_amount(l.forecast);
    v["plan"] = optional_amount(l.plan);
    v["straight_line"] = optional_amount(l.straight_line);
    v["profiled"] = optional_amount(l.profiled);
    v["rest_as_planned"] = optional_amount(l.rest_as_planned);
    v["non_recurrent_to_date"] = optional_amount(l.one_offs_to_date);
    v["underlying_to_date"] = l.split ? json::of(l.split->underlying_to_date) : json::value(nullptr);
    v["underlying"] = l.split ? json::of(l.split->underlying) : json::value(nullptr);
    v["non_recurrent_once"] = l.split ? json::of(l.split->one_offs_once) : json::value(nullptr);
    v["underlying_outturn"] = l.to_underlying ? json::of(l.to_underlying->end().amount) : json::value(nullptr);
    const auto outlook_of = [&](const std::optional<outlook>& o, const std::string& suffix) {
        v["best" + suffix] = o ? json::of(o->best) : json::value(nullptr);
        v["likely" + suffix] = o ? json::of(o->likely) : json::value(nullptr);
        v["worst" + suffix] = o ? json::of(o->worst) : json::value(nullptr);
    };
    outlook_of(l.by_register, "");
    outlook_of(l.by_bodies, "_by_organisations");
    v["exit_run_rate"] = optional_amount(l.exit_rate);
    v["exit_months"] = l.exit_rate ? json::value(l.exit_months) : json::value(nullptr);
    v["next_year_effect"] = optional_amount(l.next_year_effect);
    v["months"] = json::value::array();
    for (const month_result& m : l.months)
        v["months"].push_back({{"month", m.month.number()},
                               {"actual", json::of(m.actual)},
                               {"non_recurrent", json::of(m.non_recurrent)},
                               {"recurrent", json::of(m.recurrent())}});
    if (l.first_worse)
        v["first_deterioration"] = {{"month", to_string(l.first_worse->reported)},
                                    {"before", json::of(l.first_worse->before)},
                                    {"after", json::of(l.first_worse->after)},
                                    {"by", json::of(l.first_worse->by())}};
    v["plan_version"] = nullptr;
    if (l.measured_against != nullptr)
        v["plan_version"] = {{"name", l.measured_against->name},
                             {"measured_from", l.measured_against->measured_from.number()},
                             {"to_date", json::of(l.measured_against->to_date(*r.month))},
                             {"full_year", json::of(l.measured_against->full_year())},
                             {"restatement", json::of(r.plans->restatement(*l.measured_against))}};
    return v;
}

json::value capital_json(const finance_report& r) {
    const capital_position& c = *r.capital;
    json::value v{{"limit", json::amount(c.limit)},
                  {"spent", json::amount(c.spent)},
                  {"forecast", json::amount(c.forecast)},
                  {"underspend_against_plan", optional_amount(c.under_plan())},
                  {"plan_to_date", json::amount(c.plan_to_date)},
                  {"plan_for_year", json::amount(c.plan_for_year)},
                  {"lines", json::value::array()}};
    for (const capital_line& l : c.lines)
        v["lines"].push_back({{"name", l.name},
                              {"total", l.is_total},
                              {"plan_to_date", json::amount(l.plan_to_date)},
                              {"spent", json::amount(l.spent)},
                              {"plan_for_year", json::amount(l.plan_for_year)},
                              {"forecast", json::amount(l.forecast)}});
    if (const std::optional<spending_pace> p = c.pace_at(r.month)) {
        v["share_spent"] = json::of(p->spent);
        v["share_of_year"] = json::of(p->expired);
        v["gap_in_points"] = json::of(p->gap_in_points());
        v["pace"] = to_string(p->pace(ratio(0)));
    }
    return v;
}

json::value organisation_json(const organisation_position& o) {
    json::value v{{"organisation", o.organisation},
                  {"total", o.is_total},
                  {"plan", json::amount(o.to_date.plan)},
                  {"actual", json::amount(o.to_date.actual)},
                  {"variance", optional_amount(variance(o.to_date))},
                  {"full_year_plan", json::amount(o.full_year.plan)},
                  {"forecast", json::amount(o.full_year.actual)},
                  {"forecast_variance", optional_amount(variance(o.full_year))},
                  {"non_recurrent_to_date", json::amount(o.one_offs_to_date)},
                  {"non_recurrent_forecast", json::amount(o.one_offs_full_year)}};
    if (o.in_month.plan || o.in_month.actual) v["in_month"] = pair_json(o.in_month, "plan", "actual");
    if (o.without_support.plan || o.without_support.actual)
        v["excluding_deficit_support"] = pair_json(o.without_support, "plan", "actual");
    if (o.without_support_full_year.plan || o.without_support_full_year.actual)
        v["excluding_deficit_support_full_year"] = pair_json(o.without_support_full_year, "plan", "forecast");
    if (o.best || o.likely || o.worst) {
        v["best"] = json::amount(o.best);
        v["likely"] = json::amount(o.likely);
        v["worst"] = json::amount(o.worst);
    }
    return v;
}

json::value agency_json(const finance_report& r) {
    if (!r.agency_to_date && !r.agency_cap) return nullptr;
    json::value v{{"to_date", json::amount(r.agency_to_date)}, {"cap", json::amount(r.agency_cap)}};
    if (!r.agency_to_date || !r.agency_cap || !r.month) return v;
    const agency_position a{r.agency_to_date->value(), *r.month, {r.agency_cap->value(), ""}};
    v["cap_to_date"] = json::of(a.cap_to_date());
    v["headroom"] = json::of(a.headroom());
    v["straight_line"] = json::of(a.straight_line_forecast());
    v["forecast_headroom"] = json::of(a.forecast_headroom());
    return v;
}

json::value efficiency_json(const efficiency_line& e) {
    const std::optional<decimal> percent = delivery_percentage(e.full_year, 1, rounding::half_away_from_zero);
    return {{"organisation", e.organisation},
            {"total", e.is_total},
            {"plan", json::amount(e.full_year.plan)},
            {"forecast", json::amount(e.full_year.actual)},
            {"variance", optional_amount(variance(e.full_year))},
            {"delivery_percent", percent ? json::value(to_string(*percent)) : nullptr}};
}

json::value dashboard_json(const dashboard_row& d, const std::vector<exact>& before, std::size_t months) {
    const std::optional<status_colour> status = status_of(d);
    const std::optional<trend> going = trend_of(d, before, months);
    const auto amount = [&](const cell_figure& f) {
        if (d.in == measured_in::money || !f) return json::amount(f);
        return json::value(to_string(f->written().normalised()));
    };
    return {{"measure", d.measure},
            {"measured_in", d.in == measured_in::money     ? "money"
                            : d.in == measured_in::percent ? "percent"
                                                           : "number"},
            {"plan", amount(d.plan)},
            {"actual", amount(d.actual)},
            {"marked", d.printed_status},
            {"status", status ? json::value(to_string(*status)) : json::value(nullptr)},
            {"trend", going ? json::value(to_string(*going)) : json::value(nullptr)},
            {"months_before", before.size()}};
}

json::value bridges_json(const finance_report& r, std::span<const finance_report> earlier, const landing& l) {
    json::value v = json::value::object();
    if (!r.system.empty()) v["plan_to_actual"] = steps_json(plan_to_actual(r.system, r.system.main_basis()));
    if (!r.system.empty() && !earlier.empty() && !earlier.back().system.empty() && l.actual_to_date &&
        system_actual_to_date(earlier.back()))
        v["month_to_month"] = steps_json(month_to_month(earlier.back(), r));
    if (l.to_underlying) v["forecast_to_underlying"] = steps_json(*l.to_underlying);
    return v;
}

json::value trade_json(const intra_system_trade& t) {
    return {{"seller", t.seller},
            {"buyer", t.buyer},
            {"income", json::of(t.income)},
            {"expenditure", json::of(t.expenditure)},
            {"mismatch", json::of(t.mismatch())}};
}

} // namespace

std::string position_json(const finance_report& r, std::span<const finance_report> earlier,
                          const landing_options& options, const std::string& control_totals) {
    const landing l = landing_of(r, earlier, options);
    json::value taken_over = json::value::parse(control_totals);
    json::value v{{"schema", "riskshare.position/1"}, {"unit", "GBP"}};
    v["year"] = r.year ? json::value(to_string(*r.year)) : json::value(nullptr);
    v["month"] = r.month ? json::value(r.month->number()) : json::value(nullptr);
    v["basis"] = name_of(r.system.main_basis());
    for (const char* list : {"lines", "control_totals", "organisations", "intra_system_trades"})
        v[list] = json::value::array();
    for (const position_line& line : r.system.lines()) v["lines"].push_back(line_json(r.system, line));
    v["headline"] = headline_json(r);
    v["restated"] = json::value::array();
    for (const position_line& line : r.restated) v["restated"].push_back(line_json(r.system, line));
    for (const organisation_position& o : r.organisations) v["organisations"].push_back(organisation_json(o));
    for (const intra_system_trade& t : r.trades) v["intra_system_trades"].push_back(trade_json(t));
    v["forecast"] = forecast_json(r, l);
    v["bridges"] = bridges_json(r, earlier, l);
    v["efficiencies"] = json::value::array();
    for (const efficiency_line& e : r.efficiencies) v["efficiencies"].push_back(efficiency_json(e));
    v["capital"] = r.capital ? capital_json(r) : json::value(nullptr);
    v["agency"] = agency_json(r);
    add_exchanged(v, r);
    v["dashboard"] = json::value::array();
    for (const dashboard_row& d : r.dashboard)
        v["dashboard"].push_back(dashboard_json(d, actuals_before(d, r, earlier), options.trend_months));
    v["assurance"] = json::value::array();
    for (const assurance_row& a : r.assurance)
        v["assurance"].push_back({{"report", a.report},
                                  {"strength", std::string(a.grade.name())},
                                  {"colour", std::string(a.grade.colour())},
                                  {"escalated", a.escalated},
                                  {"risks", a.risks}});
    taken_over.erase("schema");
    taken_over.erase("unit");
    for (auto member = taken_over.begin(); member != taken_over.end(); ++member) v[member.key()] = member.value();
    return json::text(v);
}

} // namespace riskshare::report
