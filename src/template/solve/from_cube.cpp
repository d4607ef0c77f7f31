// Makes the lines of cash, staff and pay from their cubes.
#include "template/solve/from_cube.hpp"

#include <algorithm>
#include <string_view>

namespace riskshare::templates::solve {

namespace {

using findings_list = std::vector<finding>;

/// Whose and when a cell is: what all nouns share.
struct line_key {
    std::string organisation, name;
    std::optional<riskshare::month> month;
    bool is_total = false;
};

line_key key_of(const cube_cell& c, const body_reader& body) {
    line_key k;
    const std::string &who = c.where[dimension::body], &name = c.where[dimension::name],
                      &month = c.where[dimension::month];
    k.is_total = who == all_of_them || name == all_of_them;
    if (!who.empty() && who != all_of_them) k.organisation = body(who, c.body_at);
    if (name != all_of_them) k.name = name;
    if (!month.empty()) k.month = riskshare::month(std::stoi(month));
    return k;
}

/// The line of that key for which `same` holds, made where there is none.
template <class Line, class Same>
Line& line_of(std::vector<Line>& lines, const line_key& k, Same same) {
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const Line& l) {
        return l.organisation == k.organisation && l.name == k.name && l.month == k.month && l.is_total == k.is_total &&
               same(l);
    });
    if (found != lines.end()) return *found;
    Line& made = lines.emplace_back();
    made.organisation = k.organisation;
    made.name = k.name;
    made.month = k.month;
    made.is_total = k.is_total;
    return made;
}

stated_as kind_of(const cube_cell& c) {
    const std::string& kind = c.where[dimension::kind];
    return kind == "plan" ? stated_as::plan : kind == "forecast" ? stated_as::forecast : stated_as::actual;
}

staff_group group_of(const cube_cell& c) {
    for (const staff_group g : {staff_group::substantive, staff_group::bank, staff_group::agency})
        if (c.where[dimension::item] == to_string(g)) return g;
    return staff_group::all;
}

exact number_in(const figure& f) { return f.value(); }
exact number_in(const counted& n) { return n.number(); }
const provenance& place_in(const figure& f) { return f.at(); }
const provenance& place_in(const counted& n) { return n.at; }

/// A figure that another table, or another name of the body, gave already stands; where they differ both are named.
template <class Amount>
void put(std::optional<Amount>& to, const std::optional<Amount>& amount, const cube_cell& c, findings_list& findings) {
    if (!to) {
        to = amount;
    } else if (number_in(*to) != number_in(*amount)) {
        findings.push_back({"table.same_twice",
                            severity::error,
                            "two cells give the same figure, and differ",
                            {place_in(*to), c.at},
                            "say in a label or a heading what tells them apart, or take one of the tables out"});
    }
}

void add_cash(std::vector<cash_balance>& lines, const cube& from, const body_reader& body, findings_list& findings) {
    for (const cube_cell& c : from.cells) {
        const stated_as stated = kind_of(c);
        cash_balance& l = line_of(lines, key_of(c, body), [&](const cash_balance& b) { return b.stated == stated; });
        l.stated = stated;
        const std::string_view item = c.where[dimension::item];
        if (item == "days")
            put(l.days, c.count, c, findings);
        else
            put(item == "opening"    ? l.opening
                : item == "closing"  ? l.closing
                : item == "receipts" ? l.receipts
                : item == "payments" ? l.payments
                : item == "support"  ? l.support
                                     : l.movement,
                c.money, c, findings);
    }
}

void add_workforce(std::vector<workforce_line>& lines, const cube& from, const body_reader& body,
                   findings_list& findings) {
    for (const cube_cell& c : from.cells) {
        const staff_group g = group_of(c);
        workforce_line& l = line_of(lines, key_of(c, body), [&](const workforce_line& w) { return w.group == g; });
        l.group = g;
        const stated_as stated = kind_of(c);
        put(stated == stated_as::plan       ? l.plan
            : stated == stated_as::forecast ? l.forecast
                                            : l.actual,
            c.count, c, findings);
    }
}

void add_pay(std::vector<pay_line>& lines, const cube& from, const body_reader& body, findings_list& findings) {
    for (const cube_cell& c : from.cells) {
        const staff_group g = group_of(c);
        pay_line& l = line_of(lines, key_of(c, body), [&](const pay_line& p) { return p.group == g; });
        l.group = g;
        const std::string& basis = c.where[dimension::basis];
        const stated_as stated = kind_of(c);
        const bool year = basis == "full year" || stated == stated_as::forecast;
        const bool month = basis == "in month" || (basis.empty() && l.month);
        pay_against_plan& p = year ? l.full_year : month ? l.in_month : l.to_date;
        put(stated == stated_as::plan ? p.plan : p.actual, c.money, c, findings);
    }
}

void add_deficit_support(std::vector<deficit_support_line>& lines, const cube& from, const body_reader& body,
                         findings_list& findings) {
    for (const cube_cell& c : from.cells) {
        const line_key k = key_of(c, body);
        const std::string &quarter = c.where[dimension::quarter], &item = c.where[dimension::item];
        const int q = quarter.empty() ? 0 : std::stoi(quarter);
        auto l = std::find_if(lines.begin(), lines.end(), [&](const deficit_support_line& d) {
            return d.organisation == k.organisation && d.quarter == q && d.is_total == k.is_total;
        });
        if (l == lines.end()) l = lines.insert(lines.end(), {k.organisation, q, {}, {}, {}, {}, k.is_total});
        put(item == "planned"    ? l->planned
            : item == "received" ? l->received
            : item == "withheld" ? l->withheld
                                 : l->earned_back,
            c.money, c, findings);
    }
}

void add_debts(std::vector<aged_debt_line>& lines, const cube& from, const body_reader& body, findings_list& findings) {
    for (const cube_cell& c : from.cells) {
        line_key k = key_of(c, body);
        auto l = std::find_if(lines.begin(), lines.end(), [&](const aged_debt_line& d) {
            return d.organisation == k.organisation && d.name == k.name && d.is_total == k.is_total;
        });
        if (l == lines.end()) l = lines.insert(l, {k.organisation, k.name, {}, {}, k.is_total});
        cell_figure* to = &l->total;
        for (std::size_t age = 0; age < debt_ages; ++age)
            if (c.where[dimension::item] == to_string(static_cast<debt_age>(age))) to = &l->by_age[age];
        put(*to, c.money, c, findings);
    }
}

} // namespace

void add_to(finance_report& report, const solved_table& t, const body_reader& body, std::vector<finding>& findings) {
    if (t.of->name == "cash")
        add_cash(report.cash, t.read, body, findings);
    else if (t.of->name == "workforce")
        add_workforce(report.workforce, t.read, body, findings);
    else if (t.of->name == "deficit support")
        add_deficit_support(report.deficit_support, t.read, body, findings);
    else if (t.of->name == "debts by age")
        add_debts(report.debts, t.read, body, findings);
    else
        add_pay(report.pay, t.read, body, findings);
    report.read_as.push_back(t.read_as);
}

} // namespace riskshare::templates::solve
