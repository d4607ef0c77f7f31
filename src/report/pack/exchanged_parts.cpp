// Cash and staff in the pack: balances, whole-time equivalents and pay against plan, deficit support by quarter.
#include "report/pack/parts.hpp"

#include "report/exchanged_cells.hpp"

namespace riskshare::report {

namespace {

template <class Line>
std::string label_of(const Line& l, const char* otherwise) {
    return line_label(l.is_total, l.organisation, l.name, l.month ? to_string(*l.month) : std::string(), otherwise);
}

figure_id count_of(pack_parts& p, const std::string& name, const cell_count& n) {
    const figure_id id = n ? p.make.given(name, n->number(), {n->at}) : p.make.read(name, cell_figure());
    p.out.figures[id].of = pack_quantity::number;
    return id;
}

/// Leaves out columns in which no row has a figure.
void drop_blank_columns(pack_table& t, const pack& whole) {
    for (std::size_t c = t.headings.size(); c-- > 0;) {
        bool any = false, figures = false;
        for (const pack_row& row : t.rows) {
            any = any || !row.cells[c].text.empty();
            figures = figures || row.cells[c].figure;
            if (row.cells[c].figure && whole.figures[*row.cells[c].figure].amount) any = true;
        }
        if (any || !figures) continue;
        t.headings.erase(t.headings.begin() + static_cast<std::ptrdiff_t>(c));
        for (pack_row& row : t.rows) row.cells.erase(row.cells.begin() + static_cast<std::ptrdiff_t>(c));
    }
}

/// "£32.2m is in the bank, £2.8m less than planned": of the one line, or the total, of the month.
std::string cash_title(const std::vector<cash_balance>& lines) {
    const cash_balance *actual = nullptr, *plan = nullptr;
    bool several = false;
    for (const cash_balance& l : lines) {
        if (l.month || !l.closing || l.stated == stated_as::forecast) continue;
        const cash_balance*& one = l.stated == stated_as::plan ? plan : actual;
        several = several || (one != nullptr && one->is_total == l.is_total);
        if (one == nullptr || l.is_total) one = &l;
    }
    if (several && (actual == nullptr || !actual->is_total)) actual = nullptr;
    if (actual == nullptr) return "Cash";
    std::string text = "Cash closes at " + pounds(actual->closing->value());
    if (plan == nullptr || plan->is_total != actual->is_total) return text;
    const exact over = actual->closing->value() - plan->closing->value();
    return text + (over.is_zero()
                       ? ", as planned"
                       : ", " + pounds(abs(over)) + (over.is_negative() ? " less" : " more") + " than planned");
}

pack_table cash_table(pack_parts& p, const std::vector<cash_balance>& lines) {
    pack_table t;
    t.caption = "Cash: balances, what moved them, and for how many days of spending they last";
    t.headings = {"Body", "", "Opening", "Receipts", "Payments", "Movement", "Closing", "Support", "Days"};
    for (const cash_balance& l : lines) {
        const std::string name = "cash, " + label_of(l, "all") + ", " + to_string(l.stated);
        for (const cell_figure* f : {&l.opening, &l.closing})
            if (*f) t.unit = (*f)->unit();
        t.rows.push_back(
            {{label_of(l, "Cash"), with_capital(to_string(l.stated)), p.make.read(name + ", opening", l.opening),
              p.make.read(name + ", receipts", l.receipts), p.make.read(name + ", payments", l.payments),
              p.make.read(name + ", movement", l.movement), p.make.read(name + ", closing", l.closing),
              p.make.read(name + ", support", l.support), count_of(p, name + ", days", l.days)},
             l.is_total});
    }
    return t;
}

pack_table workforce_table(pack_parts& p, const std::vector<workforce_line>& lines) {
    pack_table t;
    t.caption = "Staff, whole-time equivalents against plan";
    t.headings = {"Body", "Staff", "Plan", "Actual", "Over plan", "Forecast"};
    for (const workforce_line& l : lines) {
        const std::string name = "staff, " + label_of(l, "all") + ", " + to_string(l.group);
        const figure_id plan = count_of(p, name + ", plan", l.plan), actual = count_of(p, name + ", actual", l.actual);
        const figure_id over = p.make.difference(name + ", over plan", actual, plan, "actual less plan");
        p.out.figures[over].of = pack_quantity::number;
        t.rows.push_back({{label_of(l, "Staff"), with_capital(to_string(l.group)), plan, actual, over,
                           count_of(p, name + ", forecast", l.forecast)},
                          l.is_total});
    }
    return t;
}

pack_table pay_table(pack_parts& p, const std::vector<pay_line>& lines) {
    pack_table t;
    t.caption = "Pay by type of staff";
    t.headings = {"Body",           "Staff",      "Month plan", "Month actual", "Plan to date",
                  "Actual to date", "Under plan", "Year plan",  "Forecast"};
    for (const pay_line& l : lines) {
        const std::string name = "pay, " + label_of(l, "all") + ", " + to_string(l.group);
        for (const cell_figure* f : {&l.in_month.actual, &l.full_year.plan, &l.to_date.plan, &l.to_date.actual})
            if (*f) t.unit = (*f)->unit();
        const figure_id plan = p.make.read(name + ", plan to date", l.to_date.plan),
                        actual = p.make.read(name + ", actual to date", l.to_date.actual);
        t.rows.push_back({{label_of(l, "Pay"), with_capital(to_string(l.group)),
                           p.make.read(name + ", plan of the month", l.in_month.plan),
                           p.make.read(name + ", actual of the month", l.in_month.actual), plan, actual,
                           p.make.difference(name + ", under plan", plan, actual, "plan less actual"),
                           p.make.read(name + ", plan of the year", l.full_year.plan),
                           p.make.read(name + ", forecast", l.full_year.actual)},
                          l.is_total});
    }
    return t;
}

pack_table support_table(pack_parts& p, const std::vector<deficit_support_line>& lines) {
    pack_table t;
    t.caption = "Deficit support funding by quarter";
    t.headings = {"Body", "Quarter", "Planned", "Received", "Withheld", "Earned back"};
    for (const deficit_support_line& l : lines) {
        const std::string quarter = l.quarter == 0 ? "Year" : "Q" + std::to_string(l.quarter);
        const std::string body = line_label(l.is_total, l.organisation, "", "", "All");
        const std::string name = "deficit support, " + body + ", " + quarter;
        for (const cell_figure* f : {&l.planned, &l.withheld, &l.received})
            if (*f) t.unit = (*f)->unit();
        t.rows.push_back(
            {{body, quarter, p.make.read(name + ", planned", l.planned), p.make.read(name + ", received", l.received),
              p.make.read(name + ", withheld", l.withheld), p.make.read(name + ", earned back", l.earned_back)},
             l.is_total});
    }
    return t;
}

void add_table(pack_parts& p, pack_section& s, pack_table t) {
    if (t.rows.empty()) return;
    drop_blank_columns(t, p.out);
    fit_places(t, p.out, usual_places(t.unit));
    s.tables.push_back(std::move(t));
}

} // namespace

void add_cash(pack_parts& p) {
    if (p.now == nullptr || (p.now->cash.empty() && p.now->deficit_support.empty())) {
        p.leave_out("Cash", "no table of cash was read");
        return;
    }
    pack_section s{"cash", "Cash", cash_title(p.now->cash)};
    if (p.now->cash.empty()) s.title = "Deficit support funding by quarter";
    add_table(p, s, cash_table(p, p.now->cash));
    add_table(p, s, support_table(p, p.now->deficit_support));
    p.out.sections.push_back(std::move(s));
}

void add_workforce(pack_parts& p) {
    if (p.now == nullptr || (p.now->workforce.empty() && p.now->pay.empty())) {
        if (p.now == nullptr || !p.now->agency_to_date)
            p.leave_out("Workforce", "neither agency spending nor staff numbers were read");
        return;
    }
    pack_section s{"workforce", "Workforce", "Staff against plan"};
    for (const workforce_line& l : p.now->workforce) {
        const std::optional<exact> over = over_plan(l);
        if (l.group != staff_group::all || l.month || !over || (!l.is_total && p.now->workforce.size() > 4)) continue;
        s.title = shown(l.actual) + " whole-time equivalents of staff, " +
                  (over->is_zero() ? "as planned"
                                   : accounting(abs(*over), unit::pounds, l.actual->value.places()) +
                                         (over->is_negative() ? " fewer" : " more") + " than planned");
    }
    add_table(p, s, workforce_table(p, p.now->workforce));
    add_table(p, s, pay_table(p, p.now->pay));
    p.out.sections.push_back(std::move(s));
}

} // namespace riskshare::report
