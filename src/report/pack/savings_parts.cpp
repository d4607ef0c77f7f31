// Control totals, and savings by rating and by status.
#include "report/pack/parts.hpp"

#include <riskshare/report/savings_report.hpp>

#include <algorithm>
#include <map>

namespace riskshare::report {

namespace {

/// "£29.6m of £99.5m", and the percentage.
std::string part_of_whole(const exact& part, const exact& whole) {
    std::string s = pounds(part) + " of " + pounds(whole);
    if (!whole.is_zero()) s += " (" + to_string(percentage(part, whole, 0, rounding::half_away_from_zero)) + "%)";
    return s;
}

std::string weights_note(const sourced_weights& w) {
    return std::string(w.assumed ? "No file gives weights; these are assumed, " : "Weights: ") + w.source + ".";
}

struct weighing {
    std::array<figure_id, ratings.size()> ids = {};
    pack_table table = {};
    std::string rule = {};
};

weighing weights_of(pack_parts& p, savings_table::scale by) {
    weighing w;
    w.table.caption = "What part of each rating is at risk";
    w.table.headings = {"Rating", "Weight"};
    for (rating r : {rating::red, rating::amber, rating::green, rating::unidentified}) {
        const std::string name = name_in(by, r);
        const figure_id id = p.make.share("weight of " + name, p.in.weights.weights.of(r), weights_note(p.in.weights));
        w.ids[static_cast<std::size_t>(r)] = id;
        w.table.rows.push_back({{with_capital(name), id}});
        w.rule += (w.rule.empty() ? "" : " + ") + name + " × " + to_percent(p.in.weights.weights.of(r));
    }
    w.table.notes = {weights_note(p.in.weights)};
    return w;
}

struct savings_row {
    std::array<figure_id, ratings.size()> by_rating = {};
    figure_id total = 0, risk = 0, part = 0;
};

pack_row row_of(const std::string& name, const savings_row& r, bool total) {
    pack_row row{{name}, total};
    for (figure_id id : r.by_rating) row.cells.emplace_back(id);
    for (figure_id id : {r.total, r.risk, r.part}) row.cells.emplace_back(id);
    return row;
}

savings_row body_row(pack_parts& p, const savings_table& t, const savings_plan& plan, const weighing& w) {
    const std::string name = body_or_system(plan.organisation);
    savings_row r;
    std::vector<std::pair<figure_id, figure_id>> parts;
    for (rating x : ratings) {
        const std::size_t i = static_cast<std::size_t>(x);
        r.by_rating[i] = p.make.read(name + ", " + name_in(t.by, x), plan.of(x));
        if (!p.in.read.schemes.empty() && plan.of(x) && !plan.of(x)->at().known())
            p.make.over_list(r.by_rating[i], added_where(p, "Plan",
                                                         {{scheme_field::organisation, plan.organisation},
                                                          {scheme_field::rating, to_string(x)}}));
        parts.emplace_back(r.by_rating[i], w.ids[i]);
    }
    r.total = p.make.agreed(
        p.make.sum(name + ", total savings", {r.by_rating.begin(), r.by_rating.end()}, "the sum of the ratings"),
        total(plan));
    r.risk = p.make.agreed(p.make.weighed(name + ", at risk", parts, w.rule), at_risk(plan, p.in.weights.weights));
    r.part = p.make.quotient(name + ", part at risk", r.risk, r.total, "at risk over total");
    return r;
}

savings_row system_row(pack_parts& p, const savings_table& t, const std::vector<savings_row>& rows) {
    const auto column = [&](const std::string& name, auto of, const exact& by_library) {
        std::vector<figure_id> ids;
        for (const savings_row& r : rows) ids.push_back(of(r));
        return p.make.agreed(p.make.sum("System, " + name, ids, "the sum of the bodies"), by_library);
    };
    savings_row s;
    for (rating x : ratings) {
        const std::size_t i = static_cast<std::size_t>(x);
        s.by_rating[i] = column(
            name_in(t.by, x), [i](const savings_row& r) { return r.by_rating[i]; }, total(t, x));
    }
    s.total = column(
        "total savings", [](const savings_row& r) { return r.total; }, total(t));
    s.risk = column(
        "at risk", [](const savings_row& r) { return r.risk; }, at_risk(t, p.in.weights.weights));
    s.part = p.make.quotient("System, part at risk", s.risk, s.total, "at risk over total");
    return s;
}

pack_chart stacked_chart(const savings_table& t, const std::vector<savings_row>& rows, const std::string& title) {
    pack_chart c;
    c.as = pack_chart::shape::stacked;
    c.title = title;
    c.description =
        "A bar for each body: red (R), amber (A), green (G) and unidentified (U) savings on each other. The "
        "table below has each figure.";
    for (const savings_plan& plan : t.plans) c.categories.push_back(body_or_system(plan.organisation));
    for (rating x : ratings) {
        pack_series s{with_capital(name_in(t.by, x)), {}};
        for (const savings_row& r : rows) s.figures.emplace_back(r.by_rating[static_cast<std::size_t>(x)]);
        c.series.push_back(std::move(s));
    }
    return c;
}

std::string most_at_risk(const savings_table& t, const risk_weights& w) {
    const savings_plan* most = nullptr;
    for (const savings_plan& plan : t.plans)
        if (most == nullptr || at_risk(plan, w) > at_risk(*most, w)) most = &plan;
    if (most == nullptr || t.plans.size() < 2 || at_risk(*most, w).is_zero()) return "";
    return body_or_system(most->organisation) +
           " has the most at risk: " + part_of_whole(at_risk(*most, w), total(*most)) + ".";
}

} // namespace

void add_savings(pack_parts& p) {
    if (!p.in.read.savings || p.in.read.savings->plans.empty()) {
        p.leave_out("Savings by rating", "no table or tracker of savings by rating was read");
        return;
    }
    const savings_table& t = *p.in.read.savings;
    const exact all = total(t), risk = at_risk(t, p.in.weights.weights);
    pack_section s{"savings", "Savings by rating", part_of_whole(risk, all) + " of planned savings is at risk"};
    const weighing weights = weights_of(p, t.by);
    p.weights = weights.ids;
    pack_table table;
    table.unit = usual_unit(t);
    table.caption = "Savings by delivery rating";
    table.headings = {"Body"};
    for (rating r : ratings)
        table.headings.push_back(with_capital(name_in(t.by, r)) +
                                 (t.by == savings_table::scale::rating ? std::string(" (") + letter(r) + ")" : ""));
    for (const char* heading : {"Total", "At risk", "Part at risk"}) table.headings.push_back(heading);
    std::vector<savings_row> rows;
    for (const savings_plan& plan : t.plans) {
        rows.push_back(body_row(p, t, plan, weights));
        table.rows.push_back(row_of(body_or_system(plan.organisation), rows.back(), false));
    }
    const savings_row system = system_row(p, t, rows);
    table.rows.push_back(row_of("System", system, true));
    if (!t.unidentified_known)
        table.notes.push_back("The files have no column for unidentified savings: how much they are is unknown.");
    if (!t.unrated.empty())
        table.notes.push_back(pounds(unrated(t)) + " of savings has no rating that can be read and is in no figure.");
    fit_places(table, p.out, usual_places(table.unit), true);
    p.key.savings = system.total, p.key.at_risk = system.risk;
    p.key.unidentified = system.by_rating[static_cast<std::size_t>(rating::unidentified)];
    if (const std::string most = most_at_risk(t, p.in.weights.weights); !most.empty()) s.words.push_back(most);
    s.charts.push_back(stacked_chart(t, rows, s.title));
    s.tables = {std::move(table), weights.table};
    p.out.sections.push_back(std::move(s));
}

void add_status(pack_parts& p) {
    if (!p.in.read.status || p.in.read.status->plans.empty()) {
        p.leave_out("Savings by status", "no table of savings by development status was read");
        return;
    }
    const category_savings& t = *p.in.read.status;
    const category_weights& w = p.in.status_weights;
    const std::optional<exact> risk = at_risk(t, w);
    pack_section s{"status", "Savings by status",
                   risk ? part_of_whole(*risk, total(t)) + " of savings is at risk by status"
                        : pounds(total(t)) + " of savings, by how far it is developed"};
    pack_table table;
    table.caption = "Savings by development status";
    table.headings = {"Body"};
    for (const std::string& c : t.categories) table.headings.push_back(c);
    table.headings.push_back("Total");
    if (risk) table.headings.push_back("At risk");
    std::vector<std::vector<figure_id>> columns(t.categories.size() + 2);
    for (const category_plan& plan : t.plans) {
        const std::string name = body_or_system(plan.organisation);
        pack_row row{{name}};
        std::vector<figure_id> ids;
        for (std::size_t c = 0; c < t.categories.size(); ++c) {
            if (plan.amounts[c]) table.unit = plan.amounts[c]->unit();
            ids.push_back(p.make.read(name + ", " + t.categories[c], plan.amounts[c]));
        }
        const std::vector<figure_id> amounts = ids;
        ids.push_back(p.make.agreed(p.make.sum(name + ", total savings by status", amounts, "the sum of the statuses"),
                                    total(plan)));
        if (risk)
            ids.push_back(p.make.worked(name + ", at risk by status", at_risk(t, plan, w),
                                        "each status by its weight (" + w.source + ")", "", amounts));
        for (std::size_t i = 0; i < ids.size(); ++i) row.cells.emplace_back(ids[i]), columns[i].push_back(ids[i]);
        table.rows.push_back(std::move(row));
    }
    pack_row system{{"System"}, true};
    for (std::size_t i = 0; i + 1 < table.headings.size(); ++i)
        system.cells.emplace_back(
            p.make.sum("System, " + table.headings[i + 1] + " by status", columns[i], "the sum of the bodies"));
    table.rows.push_back(std::move(system));
    if (!risk) table.notes = {"A status has no weight of its own: no amount at risk is given."};
    fit_places(table, p.out, usual_places(table.unit), true);
    s.tables.push_back(std::move(table));
    p.out.sections.push_back(std::move(s));
}

void add_control_totals(pack_parts& p) {
    if (!p.in.read.control_totals || p.in.read.control_totals->organisations.empty()) {
        p.leave_out("Control totals", "no table of control totals was read");
        return;
    }
    const control_total_table& t = *p.in.read.control_totals;
    const control_total_sum sums = sum(t);
    pack_section s{"control_totals", "Control totals",
                   "The control totals come to " + balance(sums.value) + ", with a net unmitigated risk of " +
                       pounds(sums.net_unmitigated_risk)};
    pack_table table;
    table.unit = usual_unit(t);
    table.caption = "Control totals";
    table.headings = {"Body", "Gross control total", "Centralised funding", "Control total", "Net unmitigated risk"};
    std::vector<std::vector<figure_id>> columns(4);
    for (const control_total& c : t.organisations) {
        const std::string name = body_or_system(c.organisation);
        std::vector<figure_id> ids{p.make.read(name + ", gross control total", c.gross),
                                   p.make.read(name + ", centralised funding", c.centralised_funding)};
        if (c.gives_parts())
            ids.push_back(p.make.agreed(
                p.make.sum(name + ", control total", ids, "gross control total + centralised funding"), c.value()));
        else
            ids.push_back(p.make.read(name + ", control total", c.printed));
        ids.push_back(p.make.read(name + ", net unmitigated risk", c.net_unmitigated_risk));
        pack_row row{{name}};
        for (std::size_t i = 0; i < ids.size(); ++i) row.cells.emplace_back(ids[i]), columns[i].push_back(ids[i]);
        table.rows.push_back(std::move(row));
    }
    pack_row system{{"System"}, true};
    const exact by_library[] = {sums.gross, sums.centralised_funding, sums.value, sums.net_unmitigated_risk};
    for (std::size_t i = 0; i < columns.size(); ++i)
        system.cells.emplace_back(p.make.agreed(
            p.make.sum("System, " + detail::folded(table.headings[i + 1]), columns[i], "the sum of the bodies"),
            by_library[i]));
    table.rows.push_back(std::move(system));
    table.notes = {"Control total = gross control total + centralised funding. A deficit is in brackets."};
    fit_places(table, p.out, usual_places(table.unit), true);
    s.tables.push_back(std::move(table));
    p.out.sections.push_back(std::move(s));
}

} // namespace riskshare::report
