// Cash, staff and pay as tables of text and as JSON.
#include "report/exchanged.hpp"

#include "report/exchanged_cells.hpp"

#include <riskshare/report/text_table.hpp>

#include <algorithm>

namespace riskshare::report {

namespace {

/// What all lines share: whose, which month, whether it adds up bodies.
template <class Line>
json::value line_json(const Line& l, const finance_report& r) {
    const std::optional<month> m = l.month ? l.month : r.month;
    return {{"organisation", text_or_null(l.organisation)},
            {"name", text_or_null(l.name)},
            {"month", m ? json::value(m->number()) : json::value(nullptr)},
            {"total", l.is_total}};
}

json::value pay_json(const pay_against_plan& p, const char* actual) {
    return {{"plan", json::amount(p.plan)},
            {actual, json::amount(p.actual)},
            {"under_plan", amount_or_null(under_plan(p))}};
}

template <class Line>
std::string label_of(const Line& l, const char* otherwise) {
    return line_label(l.is_total, l.organisation, l.name, l.month ? to_string(*l.month) : std::string(), otherwise);
}

std::string cash_text(const std::vector<cash_balance>& lines, bool colour) {
    if (lines.empty()) return {};
    struct part {
        const char* heading;
        cell_figure cash_balance::*of;
    };
    std::vector<part> parts;
    unit u = unit::millions;
    for (const part& p : {part{"Opening", &cash_balance::opening}, part{"Receipts", &cash_balance::receipts},
                          part{"Payments", &cash_balance::payments}, part{"Movement", &cash_balance::movement},
                          part{"Closing", &cash_balance::closing}, part{"Support", &cash_balance::support}})
        for (const cash_balance& l : lines)
            if (l.*p.of) {
                parts.push_back(p);
                u = (l.*p.of)->unit();
                break;
            }
    const bool days = std::any_of(lines.begin(), lines.end(), [](const cash_balance& l) { return l.days.has_value(); });
    text_table t;
    t.column("Cash, " + to_string(u), alignment::left).column("", alignment::left);
    for (const part& p : parts) t.column(p.heading);
    if (days) t.column("Days");
    for (const cash_balance& l : lines) {
        std::vector<text_cell> cells{label_of(l, "Cash"), std::string(to_string(l.stated))};
        for (const part& p : parts) cells.emplace_back(shown(l.*p.of, u));
        if (days) cells.emplace_back(shown(l.days));
        t.row(std::move(cells));
    }
    return t.render(colour) + "\n";
}

std::string workforce_text(const std::vector<workforce_line>& lines, bool colour) {
    if (lines.empty()) return {};
    const bool forecast =
        std::any_of(lines.begin(), lines.end(), [](const workforce_line& l) { return l.forecast.has_value(); });
    text_table t;
    t.column("Staff, whole-time equivalents", alignment::left).column("", alignment::left);
    t.column("Plan").column("Actual").column("Over plan");
    if (forecast) t.column("Forecast");
    for (const workforce_line& l : lines) {
        int places = 0;
        for (const cell_count* n : {&l.plan, &l.actual})
            if (*n) places = std::max(places, (*n)->value.places());
        const std::optional<exact> over = over_plan(l);
        std::vector<text_cell> cells{label_of(l, "Staff"), std::string(to_string(l.group)), shown(l.plan),
                                     shown(l.actual), over ? accounting(*over, unit::pounds, places) : std::string()};
        if (forecast) cells.emplace_back(shown(l.forecast));
        t.row(std::move(cells));
    }
    return t.render(colour) + "\n";
}

std::string pay_text(const std::vector<pay_line>& lines, bool colour) {
    if (lines.empty()) return {};
    struct part {
        const char *plan, *actual;
        pay_against_plan pay_line::*of;
    };
    std::vector<part> parts;
    unit u = unit::thousands;
    for (const part& p :
         {part{"Month plan", "Month actual", &pay_line::in_month}, part{"Plan to date", "Actual", &pay_line::to_date},
          part{"Year plan", "Forecast", &pay_line::full_year}})
        for (const pay_line& l : lines)
            if (const cell_figure& f = (l.*p.of).plan ? (l.*p.of).plan : (l.*p.of).actual) {
                parts.push_back(p);
                u = f->unit();
                break;
            }
    text_table t;
    t.column("Pay, " + to_string(u), alignment::left).column("", alignment::left);
    for (const part& p : parts) t.column(p.plan).column(p.actual).column("Under plan");
    for (const pay_line& l : lines) {
        std::vector<text_cell> cells{label_of(l, "Pay"), std::string(to_string(l.group))};
        for (const part& p : parts) {
            const pay_against_plan& f = l.*p.of;
            const std::optional<exact> under = under_plan(f);
            cells.emplace_back(shown(f.plan, u));
            cells.emplace_back(shown(f.actual, u));
            cells.emplace_back(shown(under, u));
        }
        t.row(std::move(cells));
    }
    return t.render(colour) + "\n";
}

} // namespace

std::string exchanged_text(const finance_report& r, bool colour) {
    return cash_text(r.cash, colour) + workforce_text(r.workforce, colour) + pay_text(r.pay, colour) +
           support_text(r, colour);
}

void add_exchanged(json::value& to, const finance_report& r) {
    for (const char* list : {"cash", "workforce", "pay"}) to[list] = json::value::array();
    for (const cash_balance& c : r.cash) {
        json::value v = line_json(c, r);
        v["stated"] = to_string(c.stated);
        v["opening"] = json::amount(c.opening);
        v["receipts"] = json::amount(c.receipts);
        v["payments"] = json::amount(c.payments);
        v["movement"] = amount_or_null(movement(c));
        v["closing"] = json::amount(c.closing);
        v["support"] = json::amount(c.support);
        v["days"] = number_or_null(c.days);
        to["cash"].push_back(std::move(v));
    }
    for (const workforce_line& l : r.workforce) {
        json::value v = line_json(l, r);
        v["group"] = to_string(l.group);
        v["plan"] = number_or_null(l.plan);
        v["actual"] = number_or_null(l.actual);
        v["over_plan"] = number_or_null(over_plan(l));
        v["forecast"] = number_or_null(l.forecast);
        to["workforce"].push_back(std::move(v));
    }
    for (const pay_line& l : r.pay) {
        json::value v = line_json(l, r);
        v["group"] = to_string(l.group);
        v["in_month"] = pay_json(l.in_month, "actual");
        v["to_date"] = pay_json(l.to_date, "actual");
        v["full_year"] = pay_json(l.full_year, "forecast");
        to["pay"].push_back(std::move(v));
    }
    add_support(to, r);
}

} // namespace riskshare::report
