#include "accounts.hpp"
#include "compare_cells.hpp"
#include "tracker_input.hpp"
#include "workbook_input.hpp"

#include <riskshare/report/tracker_report.hpp>

#include <algorithm>

namespace riskshare::answers {

namespace {

using report::change;

void compare_savings(const model& before, const model& after, const risk_weights& w, std::vector<change>& out) {
    const savings_table then = before.savings.value_or(savings_table{}), now = after.savings.value_or(savings_table{});
    const auto plan_of = [](const savings_table& t, const std::string& organisation) -> const savings_plan* {
        for (const savings_plan& p : t.plans)
            if (p.organisation == organisation) return &p;
        return nullptr;
    };
    for (const savings_movement& m : movement(then, now, w)) {
        const savings_plan* b = plan_of(then, m.organisation);
        const savings_plan* a = plan_of(now, m.organisation);
        for (rating r : ratings) {
            const exact& difference = m.change[static_cast<std::size_t>(r)];
            if (difference.is_zero()) continue;
            change c{std::string("savings plan ") + to_string(r), m.organisation};
            for (const auto& [plan, amount] : {std::pair{b, &c.before}, std::pair{a, &c.after}})
                if (plan != nullptr && plan->of(r)) {
                    *amount = plan->of(r)->value();
                    c.at.push_back(plan->of(r)->at());
                }
            c.difference = difference;
            out.push_back(std::move(c));
        }
        if (m.risk_change.is_zero()) continue;
        change c{"savings at risk", m.organisation};
        c.before = b != nullptr ? at_risk(*b, w) : exact();
        c.after = a != nullptr ? at_risk(*a, w) : exact();
        c.difference = m.risk_change;
        if (!m.re_rated.is_zero()) c.words = "re-rated " + accounting(m.re_rated, unit::thousands, 2);
        out.push_back(std::move(c));
    }
}

/// Nothing where either is a model, which has no cells.
std::optional<cells_compared> compared(const compare_options& o, const compare_what& what, console& to) {
    for (const std::string& file : o.files)
        if (file == "-" || extension(file) == ".json") {
            to.talk
                << "riskshare: models are compared by their savings alone; give the workbooks to compare every cell\n";
            return std::nullopt;
        }
    return compared_cells(book_of(to.read(o.files[0]), o.files[0]), book_of(to.read(o.files[1]), o.files[1]), what);
}

} // namespace

int run_compare(const compare_options& o, console& to) {
    const auto alone = [&o](const std::string& file) {
        input_options one = o;
        one.files = {file};
        return one;
    };
    std::vector<finding> findings;
    std::vector<change> changes;
    const risk_weights fallback = weights_in_force(model{}).weights;
    templates::tracker_reading trackers[2];
    for (std::size_t i = 0; i < 2; ++i) {
        if (o.files[i] == "-") continue;
        trackers[i] = read_trackers({o.files[i]}, o, i == 0 ? o.before_month : o.after_month, to);
    }
    if (!trackers[0].read.empty() && !trackers[1].read.empty()) {
        for (templates::tracker_reading& t : trackers)
            std::move(t.findings.begin(), t.findings.end(), std::back_inserter(findings));
        const month after = trackers[1].reported.value_or(month(12)), before = trackers[0].reported.value_or(after);
        changes = report::changes_of(trackers[0].read, before, trackers[1].read, after, fallback);
    } else {
        loaded then = load(alone(o.files[0]), to), now = load(alone(o.files[1]), to);
        to.accounted.reset(); // it held what the trackers would be
        account_for(to, then);
        account_for(to, now);
        std::move(then.findings.begin(), then.findings.end(), std::back_inserter(findings));
        std::move(now.findings.begin(), now.findings.end(), std::back_inserter(findings));
        compare_savings(then.read, now.read, weights_in_force(now.read).weights, changes);
    }
    const compare_what what{o.cells, o.names, o.formats};
    const std::optional<cells_compared> cells = compared(o, what, to);
    if (to.wants_json) {
        json::value document = json::value::parse(report::changes_json(changes, findings));
        if (cells) add_to(document, *cells, what);
        to.json << json::text(document);
    }
    if (to.wants_text) {
        if (!changes.empty() || !cells) to.out << report::changes_text(changes, to.out_colour);
        if (cells) tell(to.out, *cells, what, !changes.empty());
    }
    print(to, findings);
    return status_of(findings);
}

} // namespace riskshare::answers
