#include <riskshare/report/position_report.hpp>

#include "report/exchanged.hpp"
#include "report/story_words.hpp"

#include <riskshare/report/text_table.hpp>

#include <algorithm>

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

/// The unit of the first figure given.
class first_unit {
public:
    first_unit& of(const plan_and_actual& f) {
        for (const cell_figure* c : {&f.plan, &f.actual})
            if (*c && !found_) found_ = display_in((*c)->unit());
        return *this;
    }
    bool known() const { return found_.has_value(); }
    display get() const { return found_.value_or(display()); }

private:
    std::optional<display> found_;
};
display display_of(const position& p) {
    first_unit u;
    for (const position_line& l : p.lines()) u.of(l.to_date).of(l.in_month).of(l.full_year);
    return u.get();
}
display display_of(const std::vector<organisation_position>& rows) {
    first_unit u;
    for (const organisation_position& o : rows) u.of(o.to_date).of(o.in_month).of(o.full_year);
    return u.get();
}

/// How many characters a text shows.
std::size_t columns_of(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

tone tone_of(const std::optional<exact>& variance) {
    if (!variance || variance->is_zero()) return tone::plain;
    return variance->is_negative() ? tone::red : tone::green;
}

std::string title_of(const finance_report& r) {
    std::string t = r.month ? "Month " + std::to_string(r.month->number()) : "";
    if (r.year) t += (t.empty() ? "" : ", ") + to_string(*r.year);
    return t.empty() ? "" : t + "\n\n";
}

/// A sentence under its head, broken between words where a line would pass the hundredth column.
std::string headed(std::string head, const std::string& sentence) {
    constexpr std::size_t indent = 14, width = 100;
    head.resize(indent, ' ');
    std::string text, line = head;
    for (std::size_t at = 0; at < sentence.size();) {
        const std::size_t end = std::min(sentence.find(' ', at), sentence.size());
        const std::string word = sentence.substr(at, end - at);
        if (line.size() > indent && columns_of(line) + 1 + columns_of(word) > width) {
            text += line + "\n";
            line.assign(indent, ' ');
        }
        line += (line.size() > indent ? " " : "") + word;
        at = end + 1;
    }
    return text + line + "\n";
}

std::string story(const finance_report& r, const landing& l) {
    if (!l.actual_to_date && !l.forecast) return {};
    std::string text;
    const auto say = [&](const char* what, const std::string& sentence) { text += headed(what, sentence); };
    if (l.actual_to_date) {
        std::string s = told_as(r, *l.actual_to_date) + " to date";
        const std::optional<lines_without_actual> blank = without_actual(r);
        if (blank) s += " without " + blank->names + ", of which no actual is given";
        if (l.plan_to_date)
            s += (blank ? "," : "") +
                 against_plan(r, *l.actual_to_date, blank ? *l.plan_to_date - blank->planned : *l.plan_to_date);
        const position_line* bottom = r.system.bottom_line();
        if (!r.restated.empty() && bottom != nullptr && !r.spending_alone) s = bottom->label + ": " + s;
        const organisation_position* without = bodies_without_support(r);
        if (without != nullptr && bottom == nullptr) s = "including deficit support funding, " + s;
        say("Position", s);
        if (without != nullptr && bottom == nullptr)
            say("", "excluding it, " + balance(without->without_support.actual->value()) +
                        (without->without_support.plan ? against_plan(r, without->without_support.actual->value(),
                                                                      without->without_support.plan->value())
                                                       : ""));
        if (const position_line* other = restated_result(r); other != nullptr && !r.spending_alone)
            say("", other->label + ": " + balance(other->to_date.actual->value()) +
                        (other->to_date.plan ? " against a plan of " + balance(other->to_date.plan->value()) : ""));
        if (const std::string why = reasons(r); !why.empty()) say("Why", why);
    }
    if (l.forecast || l.straight_line) {
        std::string s = l.forecast ? "forecast " + told_as(r, *l.forecast) : "no forecast is reported";
        if (l.forecast && l.plan)
            s += r.spending_alone ? against_plan(r, *l.forecast, *l.plan) : " against a plan of " + balance(*l.plan);
        if (l.straight_line) s += "; going on as so far, " + told_as(r, *l.straight_line);
        say("Lands at", s);
    }
    if (l.by_register && !r.spending_alone)
        say("Could go", "likely " + balance(l.by_register->likely) + ", worst " + balance(l.by_register->worst) +
                            ": net risk " + pounds(r.risks->totals().net()) + " after mitigations");
    if (l.split)
        say("Underlying", balance(l.split->underlying_to_date) + " to date without one-offs of " +
                              pounds(*l.one_offs_to_date) +
                              (l.to_underlying ? ", " + balance(l.to_underlying->end().amount) + " for the year" : ""));
    else if (l.actual_to_date && !r.spending_alone)
        say("Underlying", "the report does not say which part is non-recurrent, so none is worked out");
    return text + "\n";
}

std::string system_text(const finance_report& r, bool colour) {
    const position& p = r.system;
    if (p.empty()) return {};
    const display show = display_of(p);
    const basis main = p.main_basis();
    const bool month = main != basis::in_month && p.speaks_of(basis::in_month);
    const bool year = main != basis::full_year && p.speaks_of(basis::full_year);
    // Spending alone is printed as it was written, positive; only its variance has a sign.
    const auto amount = [&](const cell_figure& f) {
        return !f ? std::string() : show(r.spending_alone ? -f->value() : f->value());
    };
    text_table t;
    t.column(std::string(r.spending_alone ? "Spending " : "System position ") +
                 (main == basis::to_date    ? "to date, "
                  : main == basis::in_month ? "of the month, "
                                            : "for the year, ") +
                 to_string(show.unit),
             alignment::left);
    if (month) t.column("Month").column("Variance");
    t.column("Budget").column(main == basis::full_year ? "Forecast" : "Actual").column("Variance");
    if (year) t.column("Year plan").column("Forecast");
    const position_line* bottom = p.bottom_line();
    const auto add_line = [&](const position_line& l) {
        const tone how = l.is_sub_total() ? tone::strong : tone::plain;
        if (&l == bottom) t.rule();
        const auto row = [&](const std::string& label, const plan_and_actual& in_month, const plan_and_actual& figures,
                             const plan_and_actual& full_year) {
            std::vector<text_cell> cells{{label, how}};
            if (month) {
                cells.push_back({amount(in_month.actual), how});
                cells.push_back({show(variance(in_month)), tone_of(variance(in_month))});
            }
            cells.push_back({amount(figures.plan), how});
            cells.push_back({amount(figures.actual), how});
            cells.push_back({show(variance(figures)), tone_of(variance(figures))});
            if (year) {
                cells.push_back({amount(full_year.plan), how});
                cells.push_back({amount(full_year.actual), how});
            }
            t.row(std::move(cells));
        };
        row((l.is_sub_total() ? "" : "  ") + l.label, l.in_month, l.on(main), l.full_year);
        for (const of_which_line& o : l.of_which)
            row("    " + o.label, o.in_month,
                main == basis::to_date    ? o.to_date
                : main == basis::in_month ? o.in_month
                                          : o.full_year,
                o.full_year);
    };
    for (const position_line& l : p.lines()) add_line(l);
    if (!r.spending_alone)
        for (const position_line& l : r.restated) add_line(l);
    return t.render(colour) + "\n";
}

std::string organisations_text(const finance_report& r, bool colour) {
    if (r.organisations.empty()) return {};
    const auto any = [&](auto of) {
        return std::any_of(r.organisations.begin(), r.organisations.end(),
                           [&](const organisation_position& o) { return of(o).has_value(); });
    };
    const display show = display_of(r.organisations);
    struct optional_column {
        const char* heading;
        const cell_figure organisation_position::*of;
    };
    static const optional_column further[] = {{"One-offs to date", &organisation_position::one_offs_to_date},
                                              {"One-offs in forecast", &organisation_position::one_offs_full_year},
                                              {"Best", &organisation_position::best},
                                              {"Likely", &organisation_position::likely},
                                              {"Worst", &organisation_position::worst}};
    std::vector<optional_column> shown;
    for (const optional_column& c : further)
        if (any([&](const organisation_position& o) -> const cell_figure& { return o.*c.of; })) shown.push_back(c);
    text_table t;
    t.column("Surplus/(deficit), " + to_string(show.unit), alignment::left);
    t.column("Plan to date").column("Actual").column("Variance").column("Year plan").column("Forecast");
    for (const optional_column& c : shown) t.column(c.heading);
    for (const organisation_position& o : r.organisations) {
        if (o.is_total) t.rule();
        const tone how = o.is_total ? tone::strong : tone::plain;
        const std::optional<exact> v = variance(o.to_date);
        std::vector<text_cell> cells{{o.organisation, how},         {show(o.to_date.plan), how},
                                     {show(o.to_date.actual), how}, {show(v), tone_of(v)},
                                     {show(o.full_year.plan), how}, {show(o.full_year.actual), how}};
        for (const optional_column& c : shown) cells.push_back({show(o.*c.of), how});
        t.row(std::move(cells));
    }
    return t.render(colour) + "\n";
}

/// What bodies come to without deficit support funding, to date.
std::string without_support_text(const finance_report& r, bool colour) {
    const auto given = [](const organisation_position& o) {
        return o.without_support.plan.has_value() || o.without_support.actual.has_value();
    };
    if (std::none_of(r.organisations.begin(), r.organisations.end(), given)) return {};
    const display show = display_of(r.organisations);
    text_table t;
    t.column("Excluding deficit support, " + to_string(show.unit), alignment::left);
    t.column("Plan to date").column("Actual").column("Variance");
    for (const organisation_position& o : r.organisations) {
        if (o.is_total) t.rule();
        const tone how = o.is_total ? tone::strong : tone::plain;
        const std::optional<exact> v = variance(o.without_support);
        t.row({{o.organisation, how},
               {show(o.without_support.plan), how},
               {show(o.without_support.actual), how},
               {show(v), tone_of(v)}});
    }
    return t.render(colour) + "\n";
}

std::string landing_text(const finance_report& r, const landing& l, bool colour) {
    if (!l.straight_line && !l.forecast) return {};
    const display show =
        r.system.empty() ? (r.organisations.empty() ? display() : display_of(r.organisations)) : display_of(r.system);
    text_table t;
    t.column("Where it lands, " + to_string(show.unit), alignment::left).column("Year");
    const auto shown = [&](const std::optional<exact>& amount) {
        return show(amount && r.spending_alone ? std::optional(-*amount) : amount);
    };
    const auto row = [&](const std::string& label, const std::optional<exact>& amount) {
        if (amount) t.row({label, shown(amount)});
    };
    if (l.straight_line) row("Straight line from " + to_string(*r.month), l.straight_line);
    if (l.split) {
        row("  the same, one-offs of " + show(*l.one_offs_to_date) + " counted once", l.split->one_offs_once);
        row("  underlying: without one-offs", l.split->underlying);
    }
    row("Profiled run rate", l.profiled);
    row("To date, the rest as planned", l.rest_as_planned);
    row("Plan for the year", l.plan);
    if (l.forecast) t.row({{"Forecast outturn", tone::strong}, {shown(l.forecast), tone::strong}});
    if (l.to_underlying) row("  underlying: its one-offs out, full-year effects in", l.to_underlying->end().amount);
    if (l.by_register) {
        row("  best: no risk lands, every mitigation does", l.by_register->best);
        row("  likely: each by its likelihood", l.by_register->likely);
        row("  worst: every risk lands, no mitigation does", l.by_register->worst);
    }
    if (l.by_bodies) {
        row("  best, as the bodies see it", l.by_bodies->best);
        row("  likely, as the bodies see it", l.by_bodies->likely);
        row("  worst, as the bodies see it", l.by_bodies->worst);
    }
    row("Exit run rate: recurrent, last " + std::to_string(l.exit_months) + " months over twelve", l.exit_rate);
    row("  next-year effect, beyond this year's recurrent", l.next_year_effect);
    std::string text = t.render(colour);
    if (l.first_worse)
        text += "The forecast first worsened in " + to_string(l.first_worse->reported) + ", by " +
                show(l.first_worse->by()) + " to " + show(l.first_worse->after) + ".\n";
    if (l.measured_against != nullptr) {
        const plan_version& v = *l.measured_against;
        text += "Measured against \"" + v.name + "\", in force from " + to_string(v.measured_from) + ": " +
                show(v.to_date(*r.month)) + " to date, " + show(v.full_year()) + " for the year";
        const exact restated = r.plans->restatement(v);
        text += restated.is_zero() ? ".\n" : "; it moved the year's plan by " + show(restated) + ".\n";
    }
    return text + "\n";
}

std::string one_bridge(const std::string& title, const bridge& b, const display& show, bool colour) {
    text_table t;
    t.column(title + ", " + to_string(show.unit), alignment::left).column("Step").column("Stands at");
    exact running = b.start().amount;
    t.row({b.start().label, "", show(running)});
    for (const bridge_step& s : b.steps()) {
        running += s.amount;
        t.row({"  " + s.label, {show(s.amount), tone_of(s.amount)}, show(running)});
    }
    t.rule().row({{b.end().label, tone::strong}, "", {show(b.end().amount), tone::strong}});
    return t.render(colour) + "\n";
}

std::string bridges_text(const finance_report& r, std::span<const finance_report> earlier, const landing& l,
                         const position_page& page) {
    const display show = display_of(r.system);
    std::string text;
    if (page.bridges && !r.system.empty())
        text += one_bridge("From plan to actual", plan_to_actual(r.system, r.system.main_basis()), show, page.colour);
    if (!r.system.empty() && !earlier.empty() && !earlier.back().system.empty() && l.actual_to_date &&
        system_actual_to_date(earlier.back())) {
        const bridge b = month_to_month(earlier.back(), r);
        text += one_bridge("From " + b.start().label + " to " + b.end().label + ", to date", b, show, page.colour);
    }
    if (page.bridges && l.to_underlying)
        text += one_bridge("From forecast to underlying", *l.to_underlying, display_of(r.organisations), page.colour);
    return text;
}

std::string efficiencies_text(const finance_report& r, bool colour) {
    if (r.efficiencies.empty()) return {};
    first_unit u;
    for (const efficiency_line& e : r.efficiencies) u.of(e.full_year);
    const display show = u.get();
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

/// A fraction to one place at most: 41.7, 25.
std::string points(const ratio& r) {
    return to_string(rounded(exact(money::pounds(1)) * r, unit::pounds, 1, rounding::half_away_from_zero).normalised());
}
std::string share(const ratio& r) { return points(r * ratio(100)) + "%"; }

std::string capital_lines_text(const capital_position& c, bool colour) {
    if (c.lines.size() < 2) return {};
    first_unit u;
    for (const capital_line& l : c.lines) u.of({l.plan_to_date, l.spent, {}}).of({l.plan_for_year, l.forecast, {}});
    const display show = u.get();
    const bool year = std::any_of(c.lines.begin(), c.lines.end(),
                                  [](const capital_line& l) { return l.plan_for_year || l.forecast; });
    text_table t;
    t.column("Capital, " + to_string(show.unit), alignment::left);
    t.column("Plan to date").column("Spent").column("Under plan");
    if (year) t.column("Year plan").column("Forecast");
    for (const capital_line& l : c.lines) {
        if (l.is_total) t.rule();
        const tone how = l.is_total ? tone::strong : tone::plain;
        std::optional<exact> under;
        if (l.plan_to_date && l.spent) under = l.plan_to_date->value() - l.spent->value();
        std::vector<text_cell> cells{
            {l.name, how}, {show(l.plan_to_date), how}, {show(l.spent), how}, {show(under), tone_of(under)}};
        if (year) cells.insert(cells.end(), {{show(l.plan_for_year), how}, {show(l.forecast), how}});
        t.row(std::move(cells));
    }
    return t.render(colour) + "\n";
}

std::string capital_text(const finance_report& r, bool colour) {
    std::string text;
    if (r.capital) {
        const capital_position& c = *r.capital;
        text += capital_lines_text(c, colour);
        if (const std::optional<spending_pace> p = c.pace_at(r.month)) {
            const ratio gap = p->gap_in_points();
            text += "Capital: " + share(p->spent) + " of the limit spent at " + share(p->expired) + " of the year: " +
                    (gap == ratio(0) ? "on pace"
                                     : points(gap < ratio(0) ? -gap : gap) + " points " +
                                           (gap < ratio(0) ? "behind the calendar" : "ahead of the calendar")) +
                    "\n";
        }
        if (const std::optional<exact> under = c.under_plan())
            text += "Capital: " + pounds(*under) + (under->is_negative() ? " above" : " below") + " plan to date" +
                    (c.plan_to_date && c.spent
                         ? ": " + pounds(c.spent->value()) + " spent, " + pounds(c.plan_to_date->value()) + " planned"
                         : "") +
                    "\n";
        if (c.limit && c.forecast)
            text += "Capital: forecast " + pounds(c.forecast->value()) + " against a limit of " +
                    pounds(c.limit->value()) + "\n";
        else if (c.plan_for_year && c.forecast)
            text += "Capital: forecast " + pounds(c.forecast->value()) + " against a plan of " +
                    pounds(c.plan_for_year->value()) + "\n";
    }
    if (r.agency_to_date && r.agency_cap && r.month) {
        const agency_position a{r.agency_to_date->value(), *r.month, {r.agency_cap->value(), ""}};
        const exact headroom = a.forecast_headroom();
        text += "Agency: " + pounds(a.spent_to_date) + " to date against " + pounds(a.cap_to_date()) +
                " of the cap; straight line " + pounds(a.straight_line_forecast()) + " against " +
                pounds(a.cap.amount) + ", " + pounds(headroom) + (headroom.is_negative() ? " over" : " of headroom") +
                "\n";
    }
    return text.empty() ? text : text + "\n";
}

std::string trades_text(const finance_report& r, bool colour) {
    const bool any = std::any_of(r.trades.begin(), r.trades.end(),
                                 [](const intra_system_trade& t) { return !t.mismatch().is_zero(); });
    if (!any) return {};
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

tone tone_of(status_colour c) {
    return c == status_colour::red ? tone::red : c == status_colour::amber ? tone::amber : tone::green;
}

std::string dashboard_text(const finance_report& r, std::span<const finance_report> earlier,
                           const position_page& page) {
    if (r.dashboard.empty()) return {};
    text_table t;
    t.column("Dashboard", alignment::left).column("Plan").column("Actual").column("Status", alignment::left);
    t.column("Trend of " + std::to_string(page.landing.trend_months) + " months", alignment::left);
    t.column("Marked", alignment::left);
    for (const dashboard_row& d : r.dashboard) {
        first_unit u;
        u.of({d.plan, d.actual, {}});
        const auto shown = [&](const cell_figure& f) {
            return d.in == measured_in::money ? u.get()(f) : f ? told(d, f->value()) : "";
        };
        const std::optional<status_colour> status = status_of(d);
        const std::optional<trend> going = trend_of(d, actuals_before(d, r, earlier), page.landing.trend_months);
        t.row({d.measure, shown(d.plan), shown(d.actual),
               status ? text_cell(to_string(*status), tone_of(*status)) : text_cell(""), going ? to_string(*going) : "",
               d.printed_status});
    }
    return t.render(page.colour) + "\n";
}

std::string assurance_text(const finance_report& r, bool colour) {
    if (r.assurance.empty()) return {};
    text_table t;
    t.column("Strength of assurance (not delivery)", alignment::left).column("Grade", alignment::left);
    for (const assurance_row& a : r.assurance)
        t.row({a.report, std::string(a.grade.name()) + " (" + std::string(a.grade.colour()) + ")"});
    return t.render(colour) + "\n";
}

} // namespace

std::string position_text(const finance_report& r, std::span<const finance_report> earlier, const position_page& page) {
    const landing l = landing_of(r, earlier, page.landing);
    return title_of(r) + story(r, l) + system_text(r, page.colour) + trades_text(r, page.colour) +
           organisations_text(r, page.colour) + without_support_text(r, page.colour) +
           bridges_text(r, earlier, l, page) + landing_text(r, l, page.colour) + efficiencies_text(r, page.colour) +
           capital_text(r, page.colour) + exchanged_text(r, page.colour) + dashboard_text(r, earlier, page) +
           assurance_text(r, page.colour);
}

} // namespace riskshare::report
