// What a finance report says besides the position: efficiencies, capital and agency, the dashboard.
#include "report/pack/parts.hpp"

#include <algorithm>

namespace riskshare::report {

namespace {

unit unit_of_pairs(const std::vector<efficiency_line>& lines) {
    for (const efficiency_line& e : lines)
        for (const cell_figure* f : {&e.full_year.plan, &e.full_year.actual})
            if (*f) return (*f)->unit();
    return unit::thousands;
}

std::string points_of(const ratio& r) {
    return to_string(rounded(exact(money::pounds(1)) * r, unit::pounds, 1, rounding::half_away_from_zero).normalised());
}

void add_capital_lines(pack_parts& p, pack_section& s, const capital_position& c) {
    if (c.lines.size() < 2) return;
    pack_table t;
    t.caption = "Capital by scheme or body";
    t.headings = {"Capital", "Plan to date", "Spent", "Under plan", "Year plan", "Forecast"};
    std::vector<std::vector<figure_id>> columns(4);
    for (const capital_line& l : c.lines) {
        for (const cell_figure* f : {&l.spent, &l.plan_to_date})
            if (*f) t.unit = (*f)->unit();
        const std::string name = "capital, " + l.name;
        const std::vector<figure_id> ids{
            p.make.read(name + ", plan to date", l.plan_to_date), p.make.read(name + ", spent", l.spent),
            p.make.read(name + ", plan of the year", l.plan_for_year), p.make.read(name + ", forecast", l.forecast)};
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (l.is_total) p.make.is_sum(ids[i], columns[i], "the sum of the lines");
            if (!l.is_total) columns[i].push_back(ids[i]);
        }
        const figure_id under = p.make.difference(name + ", under plan", ids[0], ids[1], "plan to date less spent");
        t.rows.push_back({{l.name, ids[0], ids[1], under, ids[2], ids[3]}, l.is_total});
    }
    fit_places(t, p.out, usual_places(t.unit));
    s.tables.push_back(std::move(t));
}

void add_capital_sums(pack_parts& p, pack_section& s, const capital_position& c) {
    pack_table t;
    t.unit = unit::millions;
    t.caption = "Capital against its limit";
    t.headings = {"Capital", "Amount"};
    const auto row = [&](const std::string& label, const cell_figure& f) -> std::optional<figure_id> {
        if (!f) return std::nullopt;
        const figure_id id = p.make.read("capital, " + label, f);
        t.unit = f->unit(), t.rows.push_back({{label, id}});
        return id;
    };
    row("Limit of the year", c.limit);
    row("Plan of the year", c.plan_for_year);
    const std::optional<figure_id> plan_to_date = row("Plan to date", c.plan_to_date);
    const std::optional<figure_id> spent = row("Spent to date", c.spent);
    row("Forecast of the year", c.forecast);
    if (const std::optional<exact> under = c.under_plan()) {
        const figure_id id =
            p.make.given("capital, under plan to date", *under, {}, "plan to date less spending, or as stated");
        if (plan_to_date && spent) p.make.follows(id, "{0}-{1}", {*plan_to_date, *spent});
        t.rows.push_back({{"Under plan to date", id}});
    }
    if (const std::optional<spending_pace> pace = c.pace_at(p.now->month)) {
        t.rows.push_back({{"Spent of the limit", p.make.share("capital, part of the limit spent", pace->spent,
                                                              "spent over limit, or as stated", {c.at_spent})}});
        t.rows.push_back({{"Year gone", p.make.share("part of the year gone", pace->expired, "months over twelve")}});
        const ratio gap = pace->gap_in_points();
        s.title = points_of(pace->spent * ratio(100)) + "% of the capital limit is spent with " +
                  points_of(pace->expired * ratio(100)) + "% of the year gone: " +
                  (gap == ratio(0) ? "on pace"
                                   : points_of(gap < ratio(0) ? -gap : gap) + " points " +
                                         (gap < ratio(0) ? "behind the calendar" : "ahead of the calendar"));
    }
    if (c.limit && c.forecast && c.forecast->value() > c.limit->value())
        s.words.push_back("Capital is forecast to exceed its limit by " +
                          pounds(c.forecast->value() - c.limit->value()) + ".");
    if (t.rows.empty()) return;
    fit_places(t, p.out, usual_places(t.unit));
    s.tables.push_back(std::move(t));
}

void add_agency(pack_parts& p, pack_section& s) {
    const finance_report& r = *p.now;
    if (!r.agency_to_date && !r.agency_cap) return;
    pack_table t;
    t.caption = "Agency staff against their cap";
    t.headings = {"Agency", "Amount"};
    const figure_id spent = p.make.read("agency, spent to date", r.agency_to_date);
    const figure_id cap = p.make.read("agency, cap of the year", r.agency_cap);
    t.rows = {{{"Spent to date", spent}}, {{"Cap of the year", cap}}};
    t.unit = unit_or(r.agency_to_date, unit_or(r.agency_cap, unit::millions));
    if (r.agency_to_date && r.agency_cap && r.month) {
        const agency_position a{r.agency_to_date->value(), *r.month, {r.agency_cap->value(), ""}};
        const figure_id months = p.make.number("months gone", r.month->number());
        const figure_id line =
            p.make.worked("agency, straight line", a.straight_line_forecast(),
                          "spent to date over the months gone, for twelve", "{0}/{1}*12", {spent, months});
        t.rows.push_back({{"Months gone", months}});
        t.rows.push_back({{"Cap to date", p.make.worked("agency, cap to date", a.cap_to_date(),
                                                        "the cap for the months gone", "{0}*{1}/12", {cap, months})}});
        t.rows.push_back({{"The year if it goes on so", line}});
        t.rows.push_back({{"Under the cap", p.make.difference("agency, under the cap", cap, line,
                                                              "the cap less the year if it goes on so")}});
        const exact room = a.forecast_headroom();
        s.words.push_back("Going on as so far, agency spending ends the year " + pounds(room) +
                          (room.is_negative() ? " over its cap." : " under its cap."));
    }
    fit_places(t, p.out, usual_places(t.unit));
    s.tables.push_back(std::move(t));
}

} // namespace

void add_efficiencies(pack_parts& p) {
    if (p.now == nullptr || p.now->efficiencies.empty()) {
        p.leave_out("Efficiencies", "no table of efficiencies, plan against forecast, was read");
        return;
    }
    pack_section s{"efficiencies", "Efficiencies", "Efficiencies, plan against forecast"};
    pack_table t;
    t.unit = unit_of_pairs(p.now->efficiencies);
    t.caption = "Efficiencies of the year";
    t.headings = {"Body", "Plan", "Forecast", "Variance", "Delivered"};
    std::vector<figure_id> plans, forecasts;
    for (const efficiency_line& e : p.now->efficiencies) {
        const std::string name = body_or_system(e.organisation) + ", efficiencies";
        const figure_id plan = p.make.read(name + ", plan", e.full_year.plan);
        const figure_id forecast = p.make.read(name + ", forecast", e.full_year.actual);
        if (e.is_total) {
            p.make.is_sum(plan, plans, "the sum of the bodies");
            p.make.is_sum(forecast, forecasts, "the sum of the bodies");
        } else {
            plans.push_back(plan), forecasts.push_back(forecast);
        }
        t.rows.push_back({{body_or_system(e.organisation), plan, forecast,
                           p.make.difference(name + ", variance", forecast, plan, "forecast less plan"),
                           p.make.quotient(name + ", delivered", forecast, plan, "forecast over plan")},
                          e.is_total});
        if ((e.is_total || p.now->efficiencies.size() == 1) && e.full_year.plan && e.full_year.actual &&
            !e.full_year.plan->value().is_zero())
            s.title = pounds(e.full_year.actual->value()) + " of " + pounds(e.full_year.plan->value()) +
                      " planned efficiencies is forecast (" +
                      to_string(*delivery_percentage(e.full_year, 0, rounding::half_away_from_zero)) + "%)";
    }
    fit_places(t, p.out, usual_places(t.unit));
    s.tables.push_back(std::move(t));
    p.out.sections.push_back(std::move(s));
}

void add_capital(pack_parts& p) {
    const bool any = p.now != nullptr && (p.now->capital || p.now->agency_to_date || p.now->agency_cap);
    if (any) {
        pack_section s{"capital", "Capital and agency", "Capital and agency spending"};
        if (p.now->capital) add_capital_sums(p, s, *p.now->capital), add_capital_lines(p, s, *p.now->capital);
        add_agency(p, s);
        if (!s.tables.empty()) p.out.sections.push_back(std::move(s));
    } else {
        p.leave_out("Capital", "no table of capital was read");
    }
}

void add_dashboard(pack_parts& p) {
    if (p.now == nullptr || p.now->dashboard.empty()) {
        p.leave_out("Dashboard", "no dashboard was read");
        return;
    }
    pack_section s{"dashboard", "Dashboard", "Measures against plan"};
    pack_table t;
    t.unit = unit::millions;
    t.caption = "Dashboard";
    t.headings = {"Measure", "Plan", "Actual", "Status", "Trend of 6 months", "Marked in the file"};
    std::size_t red = 0, judged = 0;
    for (const dashboard_row& d : p.now->dashboard) {
        const auto figure_of = [&](const char* what, const cell_figure& f) {
            const figure_id id = p.make.read(d.measure + ", " + what, f);
            pack_figure& made = p.out.figures[id];
            if (d.in == measured_in::money) {
                if (f) t.unit = f->unit();
                return id;
            }
            made.of = d.in == measured_in::percent ? pack_quantity::share : pack_quantity::number;
            if (made.amount && d.in == measured_in::percent) made.amount = *made.amount / ratio(100);
            return id;
        };
        const std::optional<status_colour> status = status_of(d);
        const std::optional<trend> going = trend_of(d, actuals_before(d, *p.now, p.earlier), 6);
        if (status) ++judged, red += *status == status_colour::red ? 1 : 0;
        const figure_id plan = figure_of("plan", d.plan), actual = figure_of("actual", d.actual);
        t.rows.push_back({{d.measure, plan, actual, status ? with_capital(to_string(*status)) : "unknown",
                           going ? with_capital(to_string(*going)) : "unknown", d.printed_status}});
    }
    if (judged > 0)
        s.title = std::to_string(red) + " of " + std::to_string(judged) + " measures that can be judged " +
                  (red == 1 ? "is" : "are") + " red";
    t.notes = {
        "A measure is judged where the file says which way is up; green trend: better than the six months before."};
    fit_places(t, p.out, usual_places(t.unit));
    s.tables.push_back(std::move(t));
    p.out.sections.push_back(std::move(s));
}

} // namespace riskshare::report
