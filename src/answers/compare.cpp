#include "accounts.hpp"
#include "compare_cells.hpp"
#include "compare_figures.hpp"
#include "tracker_input.hpp"
#include "workbook_input.hpp"

#include <riskshare/report/tracker_report.hpp>
#include <riskshare/workbook/calculated.hpp>

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

bool is_model(const std::string& file) { return file == "-" || extension(file) == ".json"; }

/// Nothing where either is a model, which has no cells.
std::optional<cells_compared> compared(const compare_options& o, const compare_what& what, console& to) {
    for (const std::string& file : o.files)
        if (is_model(file)) return std::nullopt;
    // A new formula without a stored result is told with the one that it gives.
    const auto book = [&](std::size_t i) { return workbook::calculated(book_of(to.read(o.files[i]), o.files[i])); };
    return compared_cells(book(0), book(1), what);
}

/// One run of the command.
class comparing {
public:
    comparing(const compare_options& o, console& to) : options_(o), to_(to) {}
    int run();

private:
    void compare_trackers();
    void compare_figures(bool schemes_compared);
    loaded whole(std::size_t file);
    void take(std::vector<finding> more) { std::move(more.begin(), more.end(), std::back_inserter(findings_)); }
    void tell_json(const std::optional<cells_compared>&, const compare_what&);
    void tell_text(const std::optional<cells_compared>&, const compare_what&);

    const compare_options& options_;
    console& to_;
    std::vector<finding> findings_;
    std::vector<change> changes_;
    std::set<std::string> spending_;   ///< lines that say what was spent
    std::vector<std::string> besides_; ///< what models hold that is no figure
    bool schemes_ = false;             ///< both hold schemes
};

void comparing::compare_trackers() {
    templates::tracker_reading trackers[2];
    for (std::size_t i = 0; i < 2; ++i) {
        if (options_.files[i] == "-") continue;
        trackers[i] =
            read_trackers({options_.files[i]}, options_, i == 0 ? options_.before_month : options_.after_month, to_);
    }
    schemes_ = !trackers[0].read.empty() && !trackers[1].read.empty();
    if (!schemes_) return;
    for (templates::tracker_reading& t : trackers) take(std::move(t.findings));
    const month after = trackers[1].reported.value_or(month(12)), before = trackers[0].reported.value_or(after);
    changes_ = report::changes_of(trackers[0].read, before, trackers[1].read, after, weights_in_force(model{}).weights);
}

loaded comparing::whole(std::size_t file) {
    input_options one = options_;
    one.files = {options_.files[file]};
    return load(one, to_, templates::read_whole_workbook);
}

/// What is to be said of the tables beside those of the schemes is left to `check`: the cells are compared anyhow.
void comparing::compare_figures(bool schemes_compared) {
    const std::optional<account> of_schemes = to_.accounted;
    loaded then = whole(0), now = whole(1);
    if (!schemes_compared) {
        to_.accounted.reset(); // it held what the trackers would be
        account_for(to_, then);
        account_for(to_, now);
        take(std::move(then.findings));
        take(std::move(now.findings));
        compare_savings(then.read, now.read, weights_in_force(now.read).weights, changes_);
    } else {
        to_.accounted = of_schemes;
    }
    spending_ = lines_of_spending(then.read, now.read);
    std::vector<change> more = changed_figures(then.read, now.read);
    std::move(more.begin(), more.end(), std::back_inserter(changes_));
    if (is_model(options_.files[0]) && is_model(options_.files[1])) besides_ = changed_besides(then.read, now.read);
}

void comparing::tell_json(const std::optional<cells_compared>& cells, const compare_what& what) {
    json::value document = json::value::parse(report::changes_json(changes_, findings_));
    document["sentences"] = in_sentences(changes_, spending_);
    document["besides"] = besides_;
    if (cells) add_to(document, *cells, what);
    to_.json << json::text(document);
}

void comparing::tell_text(const std::optional<cells_compared>& cells, const compare_what& what) {
    const std::vector<std::string> sentences = in_sentences(changes_, spending_);
    for (const std::string& sentence : sentences) to_.out << sentence << "\n";
    if (!sentences.empty()) to_.out << "\n";
    for (const std::string& one : besides_) to_.out << one << "\n";
    if (!changes_.empty() || (!cells && besides_.empty())) to_.out << report::changes_text(changes_, to_.out_colour);
    if (cells)
        tell(to_.out, *cells, what, !changes_.empty());
    else if (!(is_model(options_.files[0]) && is_model(options_.files[1])))
        to_.out << "not compared: cells, for a model has none; give two workbooks to compare every cell\n";
}

int comparing::run() {
    compare_trackers();
    compare_figures(schemes_);
    const compare_what what{options_.cells, options_.names, options_.formats};
    const std::optional<cells_compared> cells = compared(options_, what, to_);
    if (to_.wants_json) tell_json(cells, what);
    if (to_.wants_text) tell_text(cells, what);
    print(to_, findings_);
    return status_of(findings_);
}

} // namespace

int run_compare(const compare_options& o, console& to) { return comparing(o, to).run(); }

} // namespace riskshare::answers
