#include "accounts.hpp"
#include "edits.hpp"
#include "share_input.hpp"
#include "what_if.hpp"
#include "workbook_input.hpp"

#include <riskshare/cause_share.hpp>
#include <riskshare/detail/money_text.hpp>
#include <riskshare/report/statement_page.hpp>

#include <algorithm>
#include <utility>

namespace riskshare::answers {

namespace {

/// One run of the command.
class sharing {
public:
    sharing(const share_command_options& o, console& to) : options_(o), to_(to), in_(o, to, opened(o, to)) {}
    int run();

private:
    static std::vector<share_source> opened(const share_command_options& o, const console& from) {
        std::vector<share_source> sources;
        for (const std::string& file : o.files) sources.push_back(open_source(file, from));
        return sources;
    }
    /// A statement to be shown beside the one asked for. Why there is none is a warning, and stops nothing.
    std::optional<statement> aside(const share_source&, const agreement&, month, share_basis, const std::string& what);
    void add_movement(report::statement_report&);
    void add_forecast(report::statement_report&);
    void add_second_proof(report::statement_report&, const share_inputs&);
    int fill(const statement&);
    int share_by_cause();
    int refuse();
    void account(const model&);
    int finish(const std::string& page, const std::string& as_json, std::vector<finding>);
    void take(const std::vector<finding>& more) { in_.findings.insert(in_.findings.end(), more.begin(), more.end()); }

    const share_command_options& options_;
    console& to_;
    share_input in_;
};

std::optional<statement> sharing::aside(const share_source& source, const agreement& a, month m, share_basis basis,
                                        const std::string& what) {
    std::vector<finding> of_the_statement = std::exchange(in_.findings, {});
    std::optional<statement> s = in_.computed(source, a, m, basis);
    const std::vector<finding> about = std::exchange(in_.findings, std::move(of_the_statement));
    for (const finding& f : about)
        if (!s && f.severity == severity::error) {
            in_.findings.push_back(
                {"share.no_" + what, severity::warning, "no " + what + " is shown: " + f.message, f.at, f.advice});
            break;
        }
    return s;
}

/// Against the same month in an earlier file, or the month before in this one.
void sharing::add_movement(report::statement_report& r) {
    const month now = r.statement.when.month;
    const bool elsewhere = !options_.since.empty();
    share_source source = elsewhere ? open_source(options_.since, to_) : *in_.positions();
    in_.find_bodies(source, r.agreement);
    const std::vector<month> months = source.months();
    const auto has = [&](month m) { return std::find(months.begin(), months.end(), m) != months.end(); };
    std::optional<month> then;
    if (elsewhere && has(now)) then = now;
    if (!then && now > month(1) && has(month(now.number() - 1))) then = month(now.number() - 1);
    if (!then) {
        if (elsewhere)
            in_.findings.push_back({"share.no_month",
                                    severity::error,
                                    options_.since + " has no position for " + to_string(now) + " or the month before",
                                    {},
                                    "give the workbook that the earlier statement was made from"});
        return;
    }
    const std::optional<statement> before = elsewhere
                                                ? in_.computed(source, r.agreement, *then, r.statement.basis)
                                                : aside(source, r.agreement, *then, r.statement.basis, "movement");
    if (before) r.movement = movement_between(*before, r.statement);
}

void sharing::add_forecast(report::statement_report& r) {
    const statement& s = r.statement;
    const bool forecast_asked = s.basis == share_basis::forecast;
    if (!forecast_asked && s.applied() && in_.reports_forecast(r.agreement, s.when.month))
        r.forecast = aside(*in_.positions(), r.agreement, s.when.month, share_basis::forecast, "forecast");
    const bool due = s.stage == stage::year_end_recommendation || s.stage == stage::monthly_with_update;
    if (!due || (!forecast_asked && !r.forecast)) return;
    std::vector<consent> consents;
    for (const std::string& code : options_.consents) consents.push_back({code});
    const result<recommendation> made = recommended(r.agreement, forecast_asked ? s : *r.forecast, consents);
    if (made)
        r.recommendation = *made;
    else if (made.why().rule == "recommendation.consent")
        r.recommendation_refused = made.why().message;
    else
        in_.findings.push_back(to_finding(made.why()));
}

/// The inputs, added up again from their cells. What differs is an error: the statement may rest on a wrong figure.
void sharing::add_second_proof(report::statement_report& r, const share_inputs& reported) {
    const share_source& source = *in_.positions();
    const std::optional<templates::cells_added_again> again =
        source.book ? templates::added_again(*source.book, reported, in_.reading()) : std::nullopt;
    if (!again) return;
    const statement_line total = r.statement.total();
    report::inputs_added_again proof{again->cells, again->actual - again->plan, {}, false};
    proof.pool = proof.variance - total.excluded + total.mitigated;
    const bool own = proof.variance == total.variance && proof.pool == r.statement.pool;
    proof.holds = own && again->wrong_totals.empty();
    r.added_again = proof;
    if (!own)
        in_.findings.push_back({"statement.added_again",
                                severity::error,
                                "the cells of the position, added up again, do not give the statement's variance",
                                {},
                                "correct the figure that is wrong"});
    for (const templates::cells_added_again::wrong_total& t : again->wrong_totals)
        in_.findings.push_back({"statement.sheet_total",
                                severity::error,
                                "the sheet's own total of \"" + t.line + "\" reads " + detail::said(t.stated) +
                                    "; its parties give " + detail::said(t.sum),
                                {t.at},
                                "correct the total, or the figure that it shows to be wrong"});
}

/// Rows that a statement lacks are named by its own findings.
void sharing::account(const model& read) {
    std::vector<finding> of_rows;
    for (const share_source& s : in_.sources())
        if (s.book) account_for(to_, *s.book, {figures_of(read), nullptr, in_.findings}, of_rows);
    to_.account_in_full = options_.verbose;
    to_.lacks_rows = false;
}

int sharing::refuse() {
    account(in_.read());
    if (to_.wants_json) to_.json << report::refused_statement_json(in_.findings);
    if (to_.wants_text && has_errors(in_.findings)) to_.talk << "Nothing was computed.\n";
    print(to_, in_.findings);
    return found_errors;
}

int sharing::finish(const std::string& page, const std::string& as_json, std::vector<finding> findings) {
    if (to_.wants_json) to_.json << as_json;
    if (to_.wants_text) to_.out << page;
    if (!options_.verbose) std::erase_if(findings, [](const finding& f) { return f.severity == severity::note; });
    if (!findings.empty()) print(to_, findings);
    return status_of(findings);
}

int sharing::fill(const statement& s) {
    const auto found = std::find_if(in_.sources().begin(), in_.sources().end(), [](const share_source& source) {
        return source.book && templates::has_statement(*source.book);
    });
    const share_source& source = found == in_.sources().end() ? *in_.positions() : *found;
    if (!source.book) throw input_refused("fill.no_template", "no workbook among the files has a statement to fill");
    const workbook::book& book = *source.as_stored;
    const outcome<std::vector<workbook::edit>> edits = templates::statement_edits(book, s, in_.reading());
    if (!edits) {
        print(to_, edits.findings());
        return found_errors;
    }
    const std::variant<workbook::patched, workbook::refused_edits> done =
        workbook::apply(book, *edits, {.spare_locked = !options_.unlock});
    if (const auto* refusal = std::get_if<workbook::refused_edits>(&done)) {
        std::vector<finding> why;
        for (const failure& f : refusal->failures) why.push_back(to_finding(f));
        print(to_, why);
        return found_errors;
    }
    const workbook::patched& filled = std::get<workbook::patched>(done);
    to_.make(options_.fill, std::string(filled.result.bytes()));
    to_.talk << "Filled " << filled.summary.cells.size() << " cells; saved as " << options_.fill << "\n";
    tell_results(to_.talk, filled.summary);
    for (const std::string& sentence : filled.summary.consequences) to_.talk << "  " << sentence << "\n";
    return fine;
}

int sharing::share_by_cause() {
    for (const share_source& s : in_.sources()) {
        std::optional<cause_period> period;
        const std::optional<month> asked = options_.month != 0 ? std::optional(month(options_.month)) : std::nullopt;
        if (!s.read.cause_periods.empty()) {
            period = s.read.cause_periods.front();
            if (asked && !templates::period_holds(period->name, *asked).value_or(true)) {
                in_.findings.push_back({"cause_share.no_month",
                                        severity::error,
                                        "the model has no hours of " + to_string(*asked) + ": it has " + period->name,
                                        {period->at},
                                        "ask for a month that it has"});
                return refuse();
            }
        } else if (s.book && templates::has_handover_hours(*s.book)) {
            const outcome<cause_period> read = templates::read_handover_hours(*s.book, in_.reading(), asked);
            take(read.findings());
            if (!read) return refuse();
            period = *read;
        }
        if (!period) continue;
        model of_hours;
        of_hours.cause_periods.push_back(*period);
        account(of_hours);
        const outcome<cause_share> shared = shared_by_cause(*period);
        take(shared.findings());
        if (!shared) return refuse();
        return finish(report::cause_share_page(*shared, to_.out_colour),
                      report::cause_share_json(*shared, in_.findings), in_.findings);
    }
    in_.findings.push_back({"share.no_positions",
                            severity::error,
                            "no file has a position of a month, or hours lost by cause",
                            {},
                            "name its sheet \"Position M4\""});
    return refuse();
}

int sharing::run() {
    if (in_.positions() == nullptr) return share_by_cause();
    std::optional<agreement> a = in_.agreed();
    const std::optional<month> m = in_.month_asked();
    if (!a || !m) return refuse();
    const std::optional<share_inputs> reported = in_.reported(*in_.positions(), *a, *m, in_.basis());
    if (!reported) return refuse();
    if (!options_.over.empty() || options_.agreements.size() > 1)
        return what_if_asked(options_, in_, {*std::move(a), *reported}, to_);
    std::optional<statement> s = in_.shared(*a, *reported);
    if (!s) return refuse();
    report::statement_report r{std::move(*a), std::move(*s)};
    add_second_proof(r, *reported);
    add_movement(r);
    add_forecast(r);
    if (has_errors(in_.findings)) return refuse();
    account(in_.read());
    r.findings = in_.findings;
    if (!options_.fill.empty())
        if (const int status = fill(r.statement); status != fine) return status;
    return finish(report::statement_page(r, to_.out_colour), report::statement_json(r), in_.findings);
}

} // namespace

int run_share(const share_command_options& o, console& to) { return sharing(o, to).run(); }

} // namespace riskshare::answers
