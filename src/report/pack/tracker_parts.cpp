// The tracker of savings schemes: by rating, by body or division, month by month, and whose risk it is.
#include "report/pack/parts.hpp"
#include "report/tracker_forecast.hpp"

#include <riskshare/roll_up.hpp>
#include <riskshare/tracker_review.hpp>

#include <algorithm>

namespace riskshare::report {

namespace {

constexpr const char* headings[] = {"Schemes",   "Plan",     "Plan to date",       "Actual to date", "Variance",
                                    "Delivered", "Forecast", "Forecast less plan", "At risk"};

struct group_figures {
    figure_id schemes = 0, plan = 0, plan_to_date = 0, actual = 0, variance = 0, delivered = 0, forecast = 0, off = 0,
              risk = 0;
    std::vector<figure_id> all() const {
        return {schemes, plan, plan_to_date, actual, variance, delivered, forecast, off, risk};
    }
};

/// What follows from the sums, for a group and for the whole alike.
void derive(pack_maker& make, const std::string& name, group_figures& g) {
    g.variance = make.difference(name + ", variance to date", g.actual, g.plan_to_date, "actual less plan to date");
    g.delivered = make.quotient(name + ", delivered", g.actual, g.plan_to_date, "actual over plan to date");
    g.off = make.difference(name + ", forecast less plan", g.forecast, g.plan, "forecast less plan of the year");
}

/// What no scheme of the group gives is unknown, not nil.
std::optional<exact> known(money sum, std::size_t without, std::size_t schemes) {
    return without == schemes && schemes > 0 ? std::nullopt : std::optional(exact(sum));
}

group_figures group_of(pack_parts& p, const std::string& name, scheme_field by, const std::string& key,
                       const scheme_totals& t) {
    const std::string rule =
        "added up over its " + std::to_string(t.schemes) + (t.schemes == 1 ? " scheme" : " schemes");
    group_figures g;
    g.schemes = p.make.over_list(p.make.number(name + ", schemes", static_cast<std::int64_t>(t.schemes)),
                                 added_where(p, "", {{by, key}}));
    const auto added = [&](const char* column, money sum, std::size_t without) {
        std::string what = column;
        what[0] = static_cast<char>(what[0] - 'A' + 'a');
        return p.make.over_list(p.make.given(name + ", " + what, known(sum, without, t.schemes), {}, rule),
                                added_where(p, column, {{by, key}}));
    };
    g.plan = added("Plan", t.plan, t.without_plan);
    g.plan_to_date = added("Plan to date", t.plan_to_date, t.without_plan_to_date);
    g.actual = added("Actual to date", t.actual_to_date, t.without_actual);
    g.forecast = added("Forecast", t.forecast, t.without_forecast);
    const bool rated = t.unrated_plan.is_zero() || !at_risk(t, {1, 1, 1, 1}).is_zero();
    g.risk =
        p.make.given(name + ", plan at risk", rated ? std::optional(at_risk(t, p.in.weights.weights)) : std::nullopt,
                     {}, rated ? rule + ", each plan by the weight of its rating" : "no scheme of it has a rating");
    p.make.over_list(g.risk, added_where(p, "At risk", {{by, key}}));
    derive(p.make, name, g);
    return g;
}

group_figures whole_of(pack_parts& p, const std::vector<group_figures>& groups, const std::string& what) {
    group_figures w;
    const auto added = [&](const char* name, figure_id group_figures::*of) {
        std::vector<figure_id> ids;
        for (const group_figures& g : groups) ids.push_back(g.*of);
        // A group that gives no such figure leaves the sum of the others.
        std::erase_if(ids, [&](figure_id id) { return !p.make.of(id); });
        if (ids.empty()) return p.make.given("All schemes, " + std::string(name), std::nullopt, {}, "no scheme has it");
        return p.make.sum("All schemes, " + std::string(name) + what, ids, "the sum of the groups");
    };
    w.schemes = added("schemes", &group_figures::schemes);
    w.plan = added("plan", &group_figures::plan);
    w.plan_to_date = added("plan to date", &group_figures::plan_to_date);
    w.actual = added("actual to date", &group_figures::actual);
    w.forecast = added("forecast", &group_figures::forecast);
    w.risk = added("plan at risk", &group_figures::risk);
    derive(p.make, "All schemes" + what, w);
    return w;
}

pack_row group_row(const std::string& name, const group_figures& g, bool total) {
    pack_row row{{name}, total};
    for (figure_id id : g.all()) row.cells.emplace_back(id);
    return row;
}

group_figures add_groups(pack_parts& p, pack_section& s, scheme_field by, month m) {
    roll_up sums = rolled_up(p.in.read.schemes, m, {by});
    std::vector<finding> said_by_track;
    withhold_unknown_forecast(p.in.read.schemes, sums, said_by_track);
    constexpr std::size_t most = 60;
    pack_table t;
    const std::string heading = listed_heading(by);
    const std::string field = detail::folded(heading);
    t.caption = "Schemes by " + field;
    t.headings = {heading};
    for (const char* h : headings) t.headings.push_back(h);
    std::vector<group_figures> groups;
    for (const scheme_group& g : sums.groups) {
        const std::string name = g.key.front().empty() ? "(none)" : g.key.front();
        groups.push_back(group_of(p, name, by, g.key.front(), g.totals));
        if (groups.size() <= most) t.rows.push_back(group_row(with_capital(name), groups.back(), false));
    }
    const group_figures all = whole_of(p, groups, ", by " + field);
    p.make.agreed(all.plan, known(sums.total.plan, sums.total.without_plan, sums.total.schemes));
    t.rows.push_back(group_row("All schemes", all, true));
    if (!sums.total.unrated_plan.is_zero())
        t.notes.push_back("A plan of " + pounds(exact(sums.total.unrated_plan)) +
                          " has no rating that can be read: no amount at risk holds it.");
    if (groups.size() > most)
        t.notes.push_back("The first " + std::to_string(most) + " of " + std::to_string(groups.size()) +
                          " groups are shown; the last row adds up all.");
    t.unit = p.make.or_nil(all.plan) < exact(money::thousands(100)) ? unit::pounds : unit::thousands;
    s.tables.push_back(std::move(t));
    return all;
}

/// Plan and actual or forecast of all schemes, month by month, added up as the year goes on.
void add_months(pack_parts& p, pack_section& s, month reported) {
    const tracker& schemes = p.in.read.schemes;
    std::array<money, 12> plan = {}, actual = {};
    bool planned = false, delivered = false;
    for (std::size_t i = 0; i < schemes.size(); ++i) {
        const scheme one = schemes[i];
        planned = planned || !one.plan.is_blank(), delivered = delivered || !one.actual.is_blank();
        for (int m = 1; m <= 12; ++m) {
            plan[static_cast<std::size_t>(m - 1)] += one.plan[month(m)];
            actual[static_cast<std::size_t>(m - 1)] += one.actual[month(m)];
        }
    }
    if (!planned || !delivered) return;
    pack_table t;
    t.unit = s.tables.front().unit;
    t.caption = "Run rate against plan, all schemes";
    t.headings = {"Month", "Plan", "Actual or forecast", "Plan so far", "Actual or forecast so far"};
    pack_chart c;
    c.as = pack_chart::shape::lines;
    c.series = {{"Plan", {}}, {"Actual to " + to_string(reported) + ", then forecast", {}}};
    std::vector<figure_id> plans, actuals;
    for (int m = 1; m <= 12; ++m) {
        const std::size_t i = static_cast<std::size_t>(m - 1);
        const std::string name = to_string(month(m));
        const std::string rule = "added up over all schemes";
        plans.push_back(
            p.make.over_list(p.make.given("plan of " + name, exact(plan[i]), {}, rule), "SUM([Plan " + name + "])"));
        const char* done_or_due = m <= reported.number() ? "Actual " : "Forecast ";
        actuals.push_back(p.make.over_list(
            p.make.given((m <= reported.number() ? "actual of " : "forecast of ") + name, exact(actual[i]), {}, rule),
            std::string("SUM([") + done_or_due + name + "])"));
        const figure_id so_far = p.make.sum("plan to " + name, plans, "the months so far");
        const figure_id done = p.make.sum("delivery to " + name, actuals, "the months so far");
        t.rows.push_back(
            {{name + " " + std::string(month_name(month(m))), plans.back(), actuals.back(), so_far, done}});
        c.categories.push_back(name);
        c.series[0].figures.emplace_back(so_far);
        c.series[1].figures.emplace_back(done);
    }
    const std::size_t last = static_cast<std::size_t>(reported.number() - 1);
    const exact off = *p.make.of(*c.series[1].figures[last]) - *p.make.of(*c.series[0].figures[last]);
    c.title = "By " + to_string(reported) + " delivery is " +
              (off.is_zero() ? "as planned" : pounds(off) + (off.is_negative() ? " behind plan" : " ahead of plan"));
    c.description = "Two lines from M1 to M12: the plan so far, and what was delivered and is forecast so far.";
    c.table = s.tables.size();
    s.tables.push_back(std::move(t));
    s.charts.push_back(std::move(c));
}

void add_largest(pack_parts& p, pack_section& s, month m) {
    const tracker& schemes = p.in.read.schemes;
    const ratio share(80, 100);
    const std::vector<scheme_risk> largest = largest_risks(schemes, m, p.in.weights.weights, risk_basis::plan, share);
    if (largest.empty()) return;
    constexpr std::size_t most = 15;
    pack_table t;
    t.unit = s.tables.front().unit;
    t.caption = "The schemes that make up most of the risk";
    t.headings = {"Scheme", "Rating", "Plan", "At risk"};
    for (std::size_t i = 0; i < std::min(most, largest.size()); ++i) {
        const scheme one = schemes[largest[i].row];
        const std::string name = one.reference.empty() ? one.name : one.reference + " " + one.name;
        const figure_id plan = p.make.given(name + ", plan", exact(planned(one)), {one.at}, "the year's plan");
        const figure_id risk = p.make.given(name + ", at risk", largest[i].risk, {one.at},
                                            "the plan by the weight of " + std::string(to_string(*one.rating)));
        const std::string line = "," + std::to_string(largest[i].row + 1) + ")";
        p.make.over_list(plan, "INDEX([Plan]" + line);
        if (p.weights) p.make.over_list(risk, "INDEX([At risk]" + line);
        t.rows.push_back({{name, to_string(*one.rating), plan, risk}});
    }
    t.notes.push_back(std::to_string(largest.size()) + " of " + std::to_string(schemes.size()) +
                      " schemes make up 80% of what is at risk" +
                      (largest.size() > most ? "; the first " + std::to_string(most) + " are shown." : "."));
    s.tables.push_back(std::move(t));
}

} // namespace

void add_tracker(pack_parts& p) {
    const tracker& schemes = p.in.read.schemes;
    if (schemes.empty()) {
        p.leave_out("Tracker", "no tracker of schemes was read");
        return;
    }
    const month m = p.out.month.value_or(p.in.read.schemes_reported.value_or(month(12)));
    list_schemes(p, m);
    pack_section s{"tracker", "Tracker", "Savings schemes"};
    const group_figures all = add_groups(p, s, scheme_field::rating, m);
    const auto several = [&](scheme_field f) { return schemes.values(f).size() > 1; };
    if (several(scheme_field::organisation))
        add_groups(p, s, scheme_field::organisation, m);
    else if (several(scheme_field::division))
        add_groups(p, s, scheme_field::division, m);
    p.key.tracker_plan = all.plan, p.key.tracker_actual = all.actual;
    p.key.tracker_to_date = all.plan_to_date, p.key.tracker_forecast = all.forecast;
    const auto &actual = p.make.of(all.actual), &plan = p.make.of(all.plan_to_date);
    if (actual && plan && !plan->is_zero())
        s.title = pounds(*actual) + " of " + pounds(*plan) + " planned to " + to_string(m) + " is delivered (" +
                  to_string(percentage(*actual, *plan, 0, rounding::half_away_from_zero)) + "%)";
    else if (p.make.of(all.plan))
        s.title = std::to_string(schemes.size()) + " schemes plan to save " + pounds(*p.make.of(all.plan));
    if (!p.out.month && !p.in.read.schemes_reported)
        s.words.push_back("No month was given or found: to date is the whole year.");
    add_months(p, s, m);
    add_largest(p, s, m);
    p.out.sections.push_back(std::move(s));
}

} // namespace riskshare::report
