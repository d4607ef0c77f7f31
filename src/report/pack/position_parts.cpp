// The position, the bodies, and the bridges from plan to actual and from month to month.
#include "report/pack/parts.hpp"

namespace riskshare::report {

namespace {

struct line_figures {
    figure_id plan = 0, actual = 0, variance = 0;
};

unit unit_of_lines(const position& p) {
    for (const position_line& l : p.lines())
        for (const cell_figure* f : {&l.to_date.plan, &l.to_date.actual, &l.in_month.actual, &l.full_year.actual})
            if (*f) return (*f)->unit();
    return unit::thousands;
}

/// Spending alone is shown positive, as it was written.
figure_id read_amount(pack_parts& p, const std::string& name, const cell_figure& f) {
    const figure_id id = p.make.read(name, f);
    pack_figure& made = p.out.figures[id];
    if (p.now->spending_alone && made.amount) made.amount = -*made.amount;
    return id;
}

line_figures figures_of(pack_parts& p, const std::string& label, const plan_and_actual& f) {
    line_figures out;
    out.plan = read_amount(p, label + ", plan", f.plan);
    out.actual = read_amount(p, label + ", actual", f.actual);
    out.variance = p.now->spending_alone
                       ? p.make.difference(label + ", variance", out.plan, out.actual, "plan less actual spending")
                       : p.make.difference(label + ", variance", out.actual, out.plan, "actual less plan");
    return out;
}

const char* name_of(basis b) {
    return b == basis::to_date ? "to date" : b == basis::in_month ? "of the month" : "for the year";
}

std::string headed_by(const finance_report& r, const landing& l) {
    if (!l.actual_to_date) return "The position, line by line";
    std::string s = told_as(r, *l.actual_to_date) + " to date";
    if (l.plan_to_date) s += against_plan(r, *l.actual_to_date, *l.plan_to_date);
    return with_capital(s);
}

void add_trades(pack_parts& p, pack_section& s) {
    pack_table t;
    t.caption = "Trades within the system that differ";
    t.headings = {"Trade", "Income says", "Expenditure says", "Apart"};
    for (const intra_system_trade& trade : p.now->trades) {
        if (trade.mismatch().is_zero()) continue;
        const std::string name = trade.seller + " from " + trade.buyer;
        const figure_id income = p.make.given(name + ", income", trade.income, trade.at);
        const figure_id spent = p.make.given(name + ", expenditure", trade.expenditure, trade.at);
        t.rows.push_back(
            {{name, income, spent, p.make.difference(name + ", apart", income, spent, "income less expenditure")}});
    }
    if (!t.rows.empty()) s.tables.push_back(std::move(t));
}

/// The lines' figures, in the order of the statement.
std::vector<line_figures> system_table(pack_parts& p, pack_section& s) {
    const position& lines = p.now->system;
    const basis main = lines.main_basis();
    pack_table t;
    t.unit = unit_of_lines(lines);
    t.caption = std::string(p.now->spending_alone ? "Spending " : "System position ") + name_of(main);
    t.spending = p.now->spending_alone;
    t.headings = {"Line", "Plan", main == basis::full_year ? "Forecast" : "Actual", "Variance"};
    std::vector<line_figures> all;
    for (const position_line& l : lines.lines()) all.push_back(figures_of(p, l.label, l.on(main)));
    const position_line* bottom = lines.bottom_line();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const position_line& l = lines.lines()[i];
        std::vector<figure_id> plans, actuals;
        for (std::size_t part : l.adds) plans.push_back(all[part].plan), actuals.push_back(all[part].actual);
        p.make.is_sum(all[i].plan, plans, "the sum of the lines that it adds");
        p.make.is_sum(all[i].actual, actuals, "the sum of the lines that it adds");
        t.rows.push_back({{l.label, all[i].plan, all[i].actual, all[i].variance}, l.is_sub_total() || &l == bottom});
        for (const of_which_line& o : l.of_which) {
            const line_figures part = figures_of(p, o.label,
                                                 main == basis::to_date    ? o.to_date
                                                 : main == basis::in_month ? o.in_month
                                                                           : o.full_year);
            t.rows.push_back({{"of which: " + o.label, part.plan, part.actual, part.variance}});
        }
        if (!l.is_sub_total()) p.key.variances.push_back(all[i].variance);
        if (&l == bottom && main == basis::to_date)
            p.key.plan_to_date = all[i].plan, p.key.actual = all[i].actual, p.key.variance = all[i].variance;
    }
    for (const position_line& l : p.now->restated) {
        if (p.now->spending_alone) break;
        const line_figures f = figures_of(p, l.label, l.on(main));
        t.rows.push_back({{l.label, f.plan, f.actual, f.variance}, l.nature == line_nature::result});
    }
    t.notes.push_back(p.now->spending_alone ? "Spending is positive; an overspend is in brackets."
                                            : "Variance is actual less plan; what is worse than plan is in brackets.");
    fit_places(t, p.out, usual_places(t.unit));
    s.tables.push_back(std::move(t));
    return all;
}

/// A bridge as a table of steps, each with where it leads, and the chart of it.
void add_bridge(pack_parts& p, pack_section& s, const std::string& caption, const std::string& title, unit u,
                const std::pair<std::string, figure_id>& start,
                const std::vector<std::pair<std::string, figure_id>>& steps, const std::pair<std::string, exact>& end) {
    pack_table t;
    t.caption = caption;
    t.unit = u;
    t.headings = {"Step", "Change", "Stands at"};
    pack_chart c;
    c.as = pack_chart::shape::bridge;
    c.title = title;
    c.table = s.tables.size();
    c.categories = {start.first};
    c.series = {{"Stands at", {start.second}}};
    t.rows.push_back({{start.first, "", start.second}, true});
    figure_id at = start.second;
    for (const auto& step : steps) {
        at = p.make.sum("after " + step.first, {at, step.second}, "what stands above, and this step");
        t.rows.push_back({{step.first, step.second, at}});
        c.categories.push_back(step.first);
        c.series[0].figures.push_back(at);
    }
    const figure_id last = p.make.worked(end.first, end.second, "where the steps lead", "{0}", {at});
    if (p.make.of(at) != std::optional(end.second)) p.out.figures[last].formula.clear();
    t.rows.push_back({{end.first, "", last}, true});
    c.categories.push_back(end.first);
    c.series[0].figures.push_back(last);
    c.description = "From " + start.first + " by " + std::to_string(steps.size()) + " steps to " + end.first +
                    ". The table below has each.";
    fit_places(t, p.out, usual_places(u));
    s.tables.push_back(std::move(t));
    s.charts.push_back(std::move(c));
}

void plan_bridge(pack_parts& p, pack_section& s, const std::vector<line_figures>& all) {
    const position& lines = p.now->system;
    if (p.now->spending_alone) return;
    const bridge b = plan_to_actual(lines, lines.main_basis());
    std::vector<figure_id> plans;
    std::vector<std::pair<std::string, figure_id>> steps;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const position_line& l = lines.lines()[i];
        if (l.is_sub_total()) continue;
        plans.push_back(all[i].plan);
        figure_id change = all[i].variance;
        std::string label = l.label;
        if (!p.make.of(change)) {
            const exact amount = p.make.or_nil(all[i].actual) - p.make.or_nil(all[i].plan);
            if (amount.is_zero()) continue;
            label += p.make.of(all[i].plan) ? " (no actual)" : " (no plan)";
            change = p.make.worked(l.label + ", change", amount, "actual less plan, of which one is blank", "{0}-{1}",
                                   {all[i].actual, all[i].plan});
        }
        if (!p.make.of(change)->is_zero()) steps.emplace_back(label, change);
    }
    if (steps.empty()) return;
    const figure_id start = p.make.agreed(p.make.sum("Plan", plans, "the sum of the lines' plans"), b.start().amount);
    const exact off = b.end().amount - b.start().amount;
    add_bridge(p, s, "From plan to actual",
               "From a plan of " + balance(b.start().amount) + " to " + balance(b.end().amount) +
                   (off.is_zero() ? "" : std::string(off.is_negative() ? ": worse by " : ": better by ") + pounds(off)),
               unit_of_lines(lines), {"Plan", start}, steps, {"Actual", b.end().amount});
}

void month_bridge(pack_parts& p, pack_section& s) {
    if (p.earlier.empty() || p.earlier.back().system.empty() || !p.lands.actual_to_date || p.now->spending_alone ||
        !system_actual_to_date(p.earlier.back()))
        return;
    const bridge b = month_to_month(p.earlier.back(), *p.now);
    std::vector<std::pair<std::string, figure_id>> steps;
    for (const bridge_step& step : b.steps())
        steps.emplace_back(step.label, p.make.worked(step.label + ", moved", step.amount,
                                                     "actual to date less that of " + b.start().label, "", {}));
    const figure_id start = p.make.worked(b.start().label, b.start().amount, "actual to date of that report", "", {});
    add_bridge(p, s, "From " + b.start().label + " to " + b.end().label + ", to date",
               "From " + balance(b.start().amount) + " in " + b.start().label + " to " + balance(b.end().amount) +
                   " in " + b.end().label,
               unit_of_lines(p.now->system), {b.start().label, start}, steps, {b.end().label, b.end().amount});
}

} // namespace

void add_position(pack_parts& p) {
    if (p.now == nullptr || p.now->system.empty()) {
        p.leave_out("Position", "no statement of income and expenditure was read");
        p.leave_out("Bridges", "no statement of income and expenditure was read");
        return;
    }
    pack_section s{"position", "Position", headed_by(*p.now, p.lands)};
    if (const position_line* other = restated_result(*p.now); other != nullptr && !p.now->spending_alone)
        s.words.push_back(other->label + ": " + balance(other->to_date.actual->value()) +
                          (other->to_date.plan ? ", against a plan of " + balance(other->to_date.plan->value()) : "") +
                          ".");
    const std::vector<line_figures> lines = system_table(p, s);
    add_trades(p, s);
    p.out.sections.push_back(std::move(s));
    pack_section bridges{"bridges", "Bridges", "How the plan became the actual"};
    plan_bridge(p, bridges, lines);
    month_bridge(p, bridges);
    if (bridges.tables.empty()) {
        p.leave_out("Bridges", p.now->spending_alone ? "spending alone has no surplus or deficit to lead to"
                                                     : "no line differs from its plan");
        return;
    }
    bridges.title = bridges.charts.front().title;
    p.out.sections.push_back(std::move(bridges));
}

void add_bodies(pack_parts& p) {
    if (p.now == nullptr || p.now->organisations.empty()) {
        p.leave_out("Bodies", "no table of surplus or deficit by body was read");
        return;
    }
    struct column {
        const char* heading;
        const char* name;
        cell_figure (*of)(const organisation_position&);
    };
    static const column further[] = {
        {"Year plan", "plan of the year", [](const organisation_position& o) { return o.full_year.plan; }},
        {"Forecast", "forecast", [](const organisation_position& o) { return o.full_year.actual; }},
        {"One-offs to date", "one-offs to date", [](const organisation_position& o) { return o.one_offs_to_date; }},
        {"One-offs in forecast", "one-offs", [](const organisation_position& o) { return o.one_offs_full_year; }},
        {"Best", "best", [](const organisation_position& o) { return o.best; }},
        {"Likely", "likely", [](const organisation_position& o) { return o.likely; }},
        {"Worst", "worst", [](const organisation_position& o) { return o.worst; }},
        {"Plan without support", "plan without support",
         [](const organisation_position& o) { return o.without_support.plan; }},
        {"Actual without support", "actual without support",
         [](const organisation_position& o) { return o.without_support.actual; }}};
    const auto& bodies = p.now->organisations;
    std::vector<column> shown_columns;
    for (const column& c : further)
        if (std::any_of(bodies.begin(), bodies.end(), [&c](const auto& o) { return c.of(o).has_value(); }))
            shown_columns.push_back(c);
    pack_section s{"bodies", "Bodies", "Each body's surplus or deficit"};
    pack_table t;
    t.caption = "Surplus or (deficit) by body";
    t.headings = {"Body", "Plan to date", "Actual to date", "Variance"};
    for (const column& c : shown_columns) t.headings.push_back(c.heading);
    t.unit = unit::millions;
    std::vector<std::vector<figure_id>> parts(3 + shown_columns.size());
    std::vector<std::pair<exact, std::string>> off;
    for (const organisation_position& o : bodies) {
        if (o.to_date.actual) t.unit = o.to_date.actual->unit();
        std::vector<figure_id> ids{p.make.read(o.organisation + ", plan to date", o.to_date.plan),
                                   p.make.read(o.organisation + ", actual to date", o.to_date.actual)};
        ids.push_back(p.make.difference(o.organisation + ", variance to date", ids[1], ids[0], "actual less plan"));
        for (const column& c : shown_columns) ids.push_back(p.make.read(o.organisation + ", " + c.name, c.of(o)));
        pack_row row{{o.organisation}, o.is_total};
        for (std::size_t i = 0; i < ids.size(); ++i) {
            row.cells.emplace_back(ids[i]);
            if (o.is_total && i != 2) p.make.is_sum(ids[i], parts[i], "the sum of the bodies");
            if (!o.is_total) parts[i].push_back(ids[i]);
        }
        if (!o.is_total && p.make.of(ids[2])) {
            off.emplace_back(*p.make.of(ids[2]), o.organisation);
            p.key.body_variances.push_back(ids[2]);
        }
        t.rows.push_back(std::move(row));
    }
    for (std::size_t i = 0; i < shown_columns.size(); ++i) {
        if (shown_columns[i].heading == std::string("Year plan")) p.body_plans = parts[3 + i];
        if (shown_columns[i].heading == std::string("Forecast")) p.body_forecasts = parts[3 + i];
    }
    const auto worst = std::min_element(off.begin(), off.end());
    if (worst != off.end() && worst->first.is_negative())
        s.title = worst->second + " is furthest below its plan to date, by " + pounds(worst->first);
    else if (!off.empty())
        s.title = "No body is below its plan to date";
    if (!p.key.actual && !parts[1].empty()) {
        p.key.actual = p.make.sum("System, actual to date", parts[1], "the sum of the bodies");
        p.key.plan_to_date = p.make.sum("System, plan to date", parts[0], "the sum of the bodies");
        p.key.variance =
            p.make.difference("System, variance to date", *p.key.actual, *p.key.plan_to_date, "actual less plan");
        t.rows.push_back({{"Bodies together", *p.key.plan_to_date, *p.key.actual, *p.key.variance}, true});
        for (std::size_t i = 0; i < shown_columns.size(); ++i) t.rows.back().cells.emplace_back("");
    }
    fit_places(t, p.out, usual_places(t.unit));
    s.tables.push_back(std::move(t));
    p.out.sections.push_back(std::move(s));
}

} // namespace riskshare::report
