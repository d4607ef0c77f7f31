// Where the year lands, what could happen to it, and the register of risks and mitigations.
#include "report/pack/parts.hpp"

#include <riskshare/report/register_report.hpp>

#include <algorithm>

namespace riskshare::report {

namespace {

unit unit_of_report(const finance_report& r) {
    for (const position_line& l : r.system.lines())
        for (const cell_figure* f : {&l.to_date.actual, &l.full_year.actual})
            if (*f) return (*f)->unit();
    for (const organisation_position& o : r.organisations)
        for (const cell_figure* f : {&o.full_year.actual, &o.to_date.actual})
            if (*f) return (*f)->unit();
    return unit::thousands;
}

/// The plan or forecast of the year: the sum of the bodies, else the bottom line.
std::optional<figure_id> of_year(pack_parts& p, const char* name, const std::optional<exact>& amount,
                                 const std::vector<figure_id>& bodies, cell_figure plan_and_actual::*of) {
    if (!amount) return std::nullopt;
    if (!bodies.empty()) {
        const figure_id sum = p.make.sum(name, bodies, "the sum of the bodies");
        if (p.make.of(sum) == amount) return sum;
    }
    const position_line* bottom = p.now->system.bottom_line();
    std::vector<provenance> at;
    if (bottom != nullptr && bottom->full_year.*of && (bottom->full_year.*of)->value() == *amount)
        at = {(bottom->full_year.*of)->at()};
    return p.make.given(name, p.now->spending_alone ? -*amount : *amount, at);
}

/// Rows of the landing that rest on the months so far.
void add_run_rates(pack_parts& p, pack_table& t) {
    const landing& l = p.lands;
    const auto amount = [&](const exact& e) { return p.now->spending_alone ? -e : e; };
    if (!l.straight_line || !p.key.actual) return;
    const figure_id months = p.make.number("months so far", p.now->month->number());
    p.key.straight_line =
        p.make.worked("The year if it goes on as so far", amount(*l.straight_line),
                      "actual to date over the months so far, for twelve", "{0}/{1}*12", {*p.key.actual, months});
    t.rows.push_back({{"Months so far", months}});
    t.rows.push_back({{"The year if it goes on as so far", *p.key.straight_line}});
    if (l.split && l.one_offs_to_date) {
        const figure_id once = p.make.given("One-offs to date", amount(*l.one_offs_to_date), {},
                                            "as the bodies or the lines' remarks give them");
        t.rows.push_back({{"One-offs to date", once}});
        t.rows.push_back({{"The same, one-offs counted once",
                           p.make.worked("The year if it goes on so, one-offs once", amount(l.split->one_offs_once),
                                         "what is recurrent for twelve months, and the one-offs as they are",
                                         "({0}-{1})/{2}*12+{1}", {*p.key.actual, once, months})}});
        t.rows.push_back(
            {{"Underlying: without one-offs", p.make.worked("The year without one-offs", amount(l.split->underlying),
                                                            "what is recurrent for twelve months", "({0}-{1})/{2}*12",
                                                            {*p.key.actual, once, months})}});
    }
}

void add_outlook(pack_parts& p, pack_table& t, pack_chart& c, const register_outlook& o) {
    const landing& l = p.lands;
    const auto row = [&](const std::string& label, figure_id id) {
        t.rows.push_back({{label, id}});
        c.categories.push_back(label);
        c.series[0].figures.emplace_back(id);
    };
    const std::string chances =
        "forecast less what the net risk comes to at that chance; worked out exactly over every "
        "combination of the register's items, so no formula";
    p.key.worst = p.make.given("Worst", l.by_register->worst, {}, "forecast less every risk, no mitigation");
    row("Worst: every risk, no mitigation", *p.key.worst);
    row("P10: one chance in ten of worse", p.make.given("P10", *l.forecast - o.p90, {}, chances));
    p.key.best = p.make.given("Best", l.by_register->best, {}, "forecast and every mitigation, no risk");
    p.key.likely = p.make.given("Likely", l.by_register->likely, {},
                                "forecast less risks and plus mitigations, each by its likelihood");
    row("Likely: each by its likelihood", *p.key.likely);
    row("P50: as likely worse as better", p.make.given("P50", *l.forecast - o.p50, {}, chances));
    row("P90: one chance in ten of better", p.make.given("P90", *l.forecast - o.p10, {}, chances));
    row("Best: no risk, every mitigation", *p.key.best);
}

void add_bodies_view(pack_parts& p, pack_table& t) {
    if (!p.lands.by_bodies) return;
    const outlook& o = *p.lands.by_bodies;
    for (const auto& view :
         {std::pair{"Best, as the bodies see it", &o.best}, std::pair{"Likely, as the bodies see it", &o.likely},
          std::pair{"Worst, as the bodies see it", &o.worst}})
        t.rows.push_back(
            {{view.first, p.make.given(view.first, *view.second, {}, "the sum of the bodies' own views")}});
}

void add_months_of_report(pack_parts& p, pack_section& s) {
    if (p.lands.months.size() < 2 || p.now->spending_alone) return;
    pack_table t;
    t.unit = unit_of_report(*p.now);
    t.caption = "The months by themselves";
    t.headings = {"Month", "Actual", "One-offs", "Recurrent"};
    for (const month_result& m : p.lands.months) {
        const std::string name = to_string(m.month);
        const figure_id actual = p.make.given("actual of " + name, m.actual, {m.at});
        const figure_id once = p.make.given("one-offs of " + name, m.non_recurrent, {m.at});
        t.rows.push_back({{name + " " + std::string(month_name(m.month)), actual, once,
                           p.make.difference("recurrent of " + name, actual, once, "actual less one-offs")}});
    }
    fit_places(t, p.out, usual_places(t.unit));
    s.tables.push_back(std::move(t));
}

void add_underlying(pack_parts& p, pack_table& t) {
    const landing& l = p.lands;
    if (l.to_underlying)
        t.rows.push_back({{"Underlying: one-offs out, full-year effects in",
                           p.make.given("Underlying position", l.to_underlying->end().amount, {},
                                        "forecast less its one-offs, with full-year effects")}});
    if (l.exit_rate)
        t.rows.push_back(
            {{"Exit run rate, over twelve months",
              p.make.given("Exit run rate", *l.exit_rate, {},
                           "recurrent, the last " + std::to_string(l.exit_months) + " months over twelve")}});
}

} // namespace

void add_forecast(pack_parts& p) {
    const landing& l = p.lands;
    if (p.now == nullptr || (!l.forecast && !l.straight_line)) {
        p.leave_out("Forecast", "no forecast was read, and no month from which one could be drawn");
        return;
    }
    pack_section s{"forecast", "Forecast", "No forecast is reported"};
    pack_table t;
    t.unit = unit_of_report(*p.now);
    t.caption = "Where the year lands";
    t.headings = {"Outcome", "Year"};
    p.key.plan = of_year(p, "Plan of the year", l.plan, p.body_plans, &plan_and_actual::plan);
    p.key.forecast = of_year(p, "Forecast outturn", l.forecast, p.body_forecasts, &plan_and_actual::actual);
    if (p.key.plan) t.rows.push_back({{"Plan of the year", *p.key.plan}});
    if (p.key.forecast) t.rows.push_back({{"Forecast outturn", *p.key.forecast}, true});
    if (l.forecast)
        s.title = "The forecast is " + told_as(*p.now, *l.forecast) +
                  (l.plan ? against_plan(*p.now, *l.forecast, *l.plan) : "");
    add_run_rates(p, t);
    if (l.rest_as_planned && p.key.actual && p.key.plan_to_date && p.key.plan && !p.now->spending_alone)
        t.rows.push_back({{"To date, the rest as planned",
                           p.make.worked("To date, the rest as planned", *l.rest_as_planned,
                                         "actual to date + plan of the year − plan to date", "{0}+{1}-{2}",
                                         {*p.key.actual, *p.key.plan, *p.key.plan_to_date})}});
    add_underlying(p, t);
    pack_chart c;
    c.as = pack_chart::shape::range;
    c.series = {{"Year", {}}};
    if (l.by_register && l.forecast && !p.now->spending_alone && !p.now->risks->items.empty()) {
        const register_outlook o = outlook_of(*p.now->risks, std::nullopt);
        add_outlook(p, t, c, o);
        c.title =
            "The year could end between " + balance(l.by_register->worst) + " and " + balance(l.by_register->best);
        c.description = "Outcomes of the year on one line: worst, P10, likely, P50, P90, best. P10 is the outcome that "
                        "one chance in ten is worse than.";
        s.charts.push_back(c);
    }
    add_bodies_view(p, t);
    if (l.first_worse)
        s.words.push_back("The forecast first worsened in " + to_string(l.first_worse->reported) + ", by " +
                          pounds(l.first_worse->by()) + " to " + balance(l.first_worse->after) + ".");
    fit_places(t, p.out, usual_places(t.unit));
    s.tables.push_back(std::move(t));
    add_months_of_report(p, s);
    p.out.sections.push_back(std::move(s));
}

namespace {

struct item_figures {
    register_kind kind = register_kind::risk;
    std::string owner = {};
    figure_id gross = 0, likelihood = 0, adjusted = 0;
};

std::string name_of_item(const register_item& i) {
    return i.reference.empty() ? i.description : i.reference + " " + i.description;
}

pack_table items_table(pack_parts& p, const risk_register& reg, std::vector<item_figures>& all) {
    pack_table t;
    const register_totals sums = reg.totals();
    t.unit = std::max(sums.gross_risk, sums.gross_mitigation) < exact(money::thousands(5'000)) ? unit::thousands
                                                                                               : unit::millions;
    t.caption = "Risks and mitigations";
    t.headings = {"Item", "Kind", "Owner", "Gross", "Likelihood", "Adjusted"};
    std::vector<figure_id> gross[2], adjusted[2];
    for (register_kind kind : {register_kind::risk, register_kind::mitigation})
        for (const register_item& i : reg.items) {
            if (i.kind != kind) continue;
            const std::string name = name_of_item(i);
            item_figures f{i.kind, i.owner};
            f.gross = p.make.given(name + ", gross", i.gross, {i.at});
            f.likelihood = p.make.share(name + ", likelihood", i.likelihood, "as it stands in the file", {i.at});
            f.adjusted = p.make.agreed(
                p.make.weighed(name + ", adjusted", {{f.gross, f.likelihood}}, "gross × likelihood"), i.adjusted());
            const std::size_t k = kind == register_kind::risk ? 0 : 1;
            gross[k].push_back(f.gross), adjusted[k].push_back(f.adjusted);
            all.push_back(f);
            t.rows.push_back({{name, with_capital(to_string(kind)), i.owner, f.gross, f.likelihood, f.adjusted}});
        }
    const auto total_row = [&](const std::string& name, std::size_t k, const exact& g, const exact& a) {
        const figure_id of_gross = p.make.agreed(p.make.sum(name + ", gross", gross[k], "the sum of the items"), g);
        const figure_id of_adjusted =
            p.make.agreed(p.make.sum(name + ", adjusted", adjusted[k], "the sum of the items"), a);
        t.rows.push_back({{name, "", "", of_gross, "", of_adjusted}, true});
        return std::pair(of_gross, of_adjusted);
    };
    const auto [all_risks, risks] = total_row("All risks", 0, sums.gross_risk, sums.adjusted_risk);
    const auto [all_cures, cures] = total_row("All mitigations", 1, sums.gross_mitigation, sums.adjusted_mitigation);
    p.key.gross_risk = all_risks, p.key.gross_mitigation = all_cures;
    p.key.net_risk = p.make.agreed(
        p.make.difference("Net risk", risks, cures, "risks less mitigations, each by its likelihood"), sums.net());
    t.rows.push_back({{"Net risk after mitigations", "", "", "", "", *p.key.net_risk}, true});
    fit_places(t, p.out, usual_places(t.unit));
    return t;
}

pack_chart tornado(const risk_register& reg, const std::vector<item_figures>& all, const std::string& title) {
    pack_chart c;
    c.as = pack_chart::shape::tornado;
    c.title = title;
    c.description = "A bar for each item, the largest first: risks to one side, mitigations to the other; pale is the "
                    "gross amount, full is what is expected of it.";
    std::vector<std::pair<const register_item*, item_figures>> items;
    std::size_t next = 0;
    for (register_kind kind : {register_kind::risk, register_kind::mitigation})
        for (const register_item& i : reg.items)
            if (i.kind == kind) items.emplace_back(&i, all[next++]);
    std::stable_sort(items.begin(), items.end(),
                     [](const auto& a, const auto& b) { return a.first->gross > b.first->gross; });
    constexpr std::size_t most = 20;
    if (items.size() > most) items.resize(most);
    c.series = {{"Gross", {}}, {"Expected", {}}};
    for (const auto& item : items) {
        c.categories.push_back(name_of_item(*item.first));
        c.mirrored.push_back(item.first->kind == register_kind::mitigation);
        c.series[0].figures.emplace_back(item.second.gross);
        c.series[1].figures.emplace_back(item.second.adjusted);
    }
    return c;
}

/// The outcomes of the forecast's section, over the register's totals.
void explain_outcomes(pack_parts& p) {
    const key_figures& k = p.key;
    if (!k.forecast || !k.worst || !k.gross_risk) return;
    p.make.follows(*k.worst, "{0}-{1}", {*k.forecast, *k.gross_risk});
    p.make.follows(*k.likely, "{0}-{1}", {*k.forecast, *k.net_risk});
    p.make.follows(*k.best, "{0}+{1}", {*k.forecast, *k.gross_mitigation});
}

void add_owners(pack_parts& p, pack_section& s, const risk_register& reg, const std::vector<item_figures>& items) {
    const auto owners = reg.by(&register_item::owner);
    if (owners.size() < 2) return;
    pack_table t;
    t.unit = s.tables.front().unit;
    t.caption = "Net risk by owner";
    t.headings = {"Owner", "Gross risk", "Adjusted risk", "Adjusted mitigation", "Net risk"};
    for (const auto& owner : owners) {
        const std::string name = body_or_system(owner.first);
        const auto added = [&](const char* what, register_kind kind, figure_id item_figures::*of, const exact& sum) {
            std::vector<figure_id> ids;
            for (std::size_t i = 0; i < items.size(); ++i)
                if (items[i].kind == kind && items[i].owner == owner.first) ids.push_back(items[i].*of);
            return p.make.agreed(p.make.sum(name + ", " + what, ids, "the sum of the owner's items"), sum);
        };
        const figure_id gross = added("gross risk", register_kind::risk, &item_figures::gross, owner.second.gross_risk);
        const figure_id risk =
            added("adjusted risk", register_kind::risk, &item_figures::adjusted, owner.second.adjusted_risk);
        const figure_id cure =
            added("mitigation", register_kind::mitigation, &item_figures::adjusted, owner.second.adjusted_mitigation);
        t.rows.push_back(
            {{name, gross, risk, cure, p.make.difference(name + ", net risk", risk, cure, "risk less mitigation")}});
    }
    fit_places(t, p.out, usual_places(t.unit));
    s.tables.push_back(std::move(t));
}

void add_scores(pack_parts& p, pack_section& s) {
    if (p.now->scores.empty()) return;
    pack_table t;
    t.caption = "Corporate risks by score";
    t.headings = {"Risk", "Score"};
    std::vector<const scored_risk*> sorted;
    for (const scored_risk& r : p.now->scores) sorted.push_back(&r);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const scored_risk* a, const scored_risk* b) { return a->score > b->score; });
    for (const scored_risk* r : sorted) {
        const std::string name = r->reference.empty() ? r->description : r->reference + " " + r->description;
        const figure_id score = p.make.number(name + ", score", r->score);
        p.make.came_from(score, {r->at});
        t.rows.push_back({{name, score}});
    }
    s.tables.push_back(std::move(t));
}

} // namespace

void add_register(pack_parts& p) {
    if (p.now == nullptr || (!p.now->risks && p.now->scores.empty())) {
        p.leave_out("Risks and mitigations", "no register of risks was read");
        return;
    }
    pack_section s{"risks", "Risks and mitigations", "Corporate risks"};
    if (p.now->risks) {
        const risk_register& reg = *p.now->risks;
        const register_totals sums = reg.totals();
        s.title = "Risks of " + pounds(sums.gross_risk) + " come to a net " + pounds(sums.net()) +
                  " by likelihood and after mitigations" + (sums.net().is_negative() ? ", to the good" : "");
        std::vector<item_figures> items;
        s.tables.push_back(items_table(p, reg, items));
        if (!items.empty()) s.charts.push_back(tornado(reg, items, s.title));
        add_owners(p, s, reg, items);
        explain_outcomes(p);
    }
    add_scores(p, s);
    p.out.sections.push_back(std::move(s));
}

} // namespace riskshare::report
