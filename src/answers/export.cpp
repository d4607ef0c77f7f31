// Figures written into a workbook: into the places that a template has for them, or into a fresh one.
#include "actuals_list.hpp"
#include "edits.hpp"
#include "finance.hpp"
#include "share_input.hpp"

#include <riskshare/report/new_workbook.hpp>
#include <riskshare/template/fill.hpp>
#include <riskshare/template/titles.hpp>
#include <riskshare/workbook/calculated.hpp>

#include <algorithm>
#include <set>

namespace riskshare::answers {

namespace {

using workbook::book;

/// One run of the command.
class exporting {
public:
    exporting(const export_options& o, console& to) : options_(o), to_(to) {}
    int run();

private:
    bool asked_well();
    std::optional<workbook::package> made();
    int fill_template();
    /// Each adds the edits of one kind of figures, and says whether the template has places for them.
    bool fill_statement(share_input&);
    bool fill_model(const model&);
    bool fill_tracker();
    std::vector<templates::actual_amount> delivered(month, const templates::tracker_options&, const tracker& into);
    bool fill_report();
    void say_plans_left(const finance_report& was);
    void move_titles(const std::vector<templates::tracker_table>&, bool plans_filled);
    void look_again(const workbook::package& filled);
    std::optional<std::pair<agreement, share_inputs>> reported(share_input&);
    int refuse();
    /// The workbooks, and what the models among the files hold.
    std::vector<share_source> figures() const {
        std::vector<share_source> sources;
        for (const book& b : in_.books) sources.push_back({b});
        sources.push_back({std::nullopt, in_.read});
        return sources;
    }
    void take(const std::vector<finding>& more) { findings_.insert(findings_.end(), more.begin(), more.end()); }
    void save(const workbook::package& made) { to_.make(options_.output, std::string(made.bytes())); }
    std::string source_of_savings() const;

    const export_options& options_;
    console& to_;
    loaded in_;
    std::vector<text_file> lists_; ///< of actuals: of schemes, or of the lines of a position
    std::optional<book> template_;
    std::vector<workbook::edit> edits_;
    std::vector<finding> findings_;
    std::optional<month> month_; ///< whose figures are filled in
};

bool exporting::asked_well() {
    const auto complain = [&](const std::string& why) {
        to_.complain(why);
        return false;
    };
    if (options_.new_kind.empty() && options_.files.size() < 2)
        return complain("give the figures and the template to fill, or --new KIND for a fresh workbook");
    if (options_.output.empty() && !options_.dry_run)
        return complain("give -o OUT.xlsx, or --dry-run to see the cells");
    if (!options_.new_kind.empty() && options_.dry_run)
        return complain("--dry-run lists the cells of a template; a fresh workbook has none yet");
    if (options_.output == "-" && options_.json)
        return complain("--json and -o - would both speak on standard output; give -o a file");
    return true;
}

int exporting::refuse() {
    if (to_.wants_json) to_.json << edits_json({}, findings_);
    to_.talk << "Nothing was written.\n";
    print(to_, findings_);
    return found_errors;
}

/// The agreement and what the parties report under it; nothing and findings when either is not to be had.
std::optional<std::pair<agreement, share_inputs>> exporting::reported(share_input& from) {
    std::optional<agreement> a = from.agreed();
    const std::optional<month> m = a ? from.month_asked() : std::nullopt;
    std::optional<share_inputs> in = a && m ? from.reported(*from.positions(), *a, *m, from.basis()) : std::nullopt;
    if (!in) return std::nullopt;
    return std::pair(std::move(*a), std::move(*in));
}

bool exporting::fill_statement(share_input& from) {
    if (!templates::has_statement(*template_)) return false;
    if (from.positions() == nullptr) {
        findings_.push_back({"export.left",
                             severity::warning,
                             "the statement of the template is left as it is: no file has a position of a month",
                             {provenance(template_->source().name(), "")}});
        return true;
    }
    const auto in = reported(from);
    const std::optional<statement> s = in ? from.shared(in->first, in->second) : std::nullopt;
    take(from.findings);
    if (!s) return true;
    const outcome<std::vector<workbook::edit>> edits = templates::statement_edits(*template_, *s, from.reading());
    take(edits.findings());
    if (edits) edits_.insert(edits_.end(), edits->begin(), edits->end());
    return true;
}

bool exporting::fill_model(const model& m) {
    const templates::read_options options = reading(options_, to_);
    const templates::model_places places = templates::places_in(*template_, options);
    const bool has = (places.savings && m.savings) || (places.control_totals && m.control_totals);
    if (!has) return false;
    take(in_.findings);
    const outcome<std::vector<workbook::edit>> edits = templates::model_edits(*template_, m, options);
    take(edits.findings());
    if (edits) edits_.insert(edits_.end(), edits->begin(), edits->end());
    return true;
}

/// What the files say was delivered in a month: schemes of models and of other trackers, and lists.
std::vector<templates::actual_amount> exporting::delivered(month m, const templates::tracker_options& how,
                                                           const tracker& into) {
    std::vector<templates::actual_amount> out = templates::actuals_of(in_.read.schemes, m);
    const auto add = [&out](std::vector<templates::actual_amount> more) {
        std::move(more.begin(), more.end(), std::back_inserter(out));
    };
    for (const book& b : in_.books) {
        const templates::tracker_reading read = templates::read_tracker(b, how);
        if (read.read.empty()) continue;
        take(read.findings);
        add(templates::actuals_of(read.read, m));
    }
    const usual_amounts usual = usual_in_a_month(into);
    for (const text_file& list : lists_) add(listed_actuals(list, m, options_.unit, usual, findings_));
    return out;
}

/// The month's actuals of schemes go into a tracker by reference.
bool exporting::fill_tracker() {
    const templates::read_options known = reading(options_, to_);
    templates::tracker_options how = templates::for_schemes(known);
    if (options_.month != 0) how.reported = month(options_.month);
    const templates::tracker_reading into = templates::read_tracker(*template_, how);
    if (into.tables.empty()) return false;
    const month m = how.reported.value_or(month(12));
    const std::vector<templates::actual_amount> amounts = delivered(m, how, into.read);
    if (amounts.empty() && lists_.empty()) return false;
    // What is wrong with other figures of the tracker does not stand in the way of these.
    for (finding f : into.findings) {
        if (f.severity == severity::error) f.severity = severity::warning;
        findings_.push_back(std::move(f));
    }
    const auto refuse = [&](const char* rule, const std::string& why, const std::string& advice) {
        findings_.push_back({rule, severity::error, why, {provenance(template_->source().name(), "")}, advice});
        return true;
    };
    if (options_.month == 0)
        return refuse("fill.month", "which month's actuals are to be filled in was not said", "give --month");
    if (amounts.empty())
        return refuse("fill.no_actuals", "no file gives an amount for " + to_string(m), "look at the files given");
    templates::actuals_fill filled = templates::fill_actuals(into, m, amounts);
    take(filled.findings);
    edits_.insert(edits_.end(), filled.edits.begin(), filled.edits.end());
    month_ = m;
    move_titles(into.tables, false);
    return true;
}

/// The titles of the sheets that are filled in name the month before, or another, until they are moved on.
void exporting::move_titles(const std::vector<templates::tracker_table>& tables, bool plans_filled) {
    std::set<std::string> sheets;
    for (const workbook::edit& e : edits_) sheets.insert(e.sheet);
    templates::titles_moved moved = templates::moved_titles(*template_, sheets, *month_, tables, plans_filled);
    take(moved.findings);
    edits_.insert(edits_.end(), moved.edits.begin(), moved.edits.end());
}

/// The tracker, read again once it is filled: what is still that of the month before.
void exporting::look_again(const workbook::package& filled) {
    templates::tracker_options how = templates::for_schemes(reading(options_, to_));
    how.reported = month_;
    const book whole = workbook::calculated(book(filled));
    const templates::tracker_reading now = templates::read_tracker(whole, how);
    if (!now.tables.empty()) take(templates::left_to_date(whole, now, *month_));
}

/// The position of the last report, or the actuals of a list, where the template holds a finance report.
bool exporting::fill_report() {
    if (lists_.empty() && in_.read.reports.empty() && in_.books.empty()) return false;
    const templates::finance_report_result was = templates::read_finance_report(*template_, reading(options_, to_));
    if (was.report.system.empty() && was.report.organisations.empty()) return false;
    templates::filled_actuals filled;
    if (lists_.size() > 1) {
        findings_.push_back({"fill.several_lists",
                             severity::error,
                             lists_[0].name + " and " + lists_[1].name + " are both lists of a position's actuals",
                             {},
                             "give one of them"});
        return true;
    }
    const bool from_list = !lists_.empty();
    month_ = options_.month != 0 ? std::optional(month(options_.month)) : std::nullopt;
    if (from_list) {
        filled = fill_from_csv(*template_, was.report, lists_.front());
        if (month_ && was.report.month && !(*was.report.month == *month_)) say_plans_left(was.report);
    } else {
        const std::vector<finance_report> reports = one_a_month(finance_reports(in_, options_, to_), in_.findings);
        if (reports.empty() || reports.back().system.empty()) return false;
        if (!month_) month_ = reports.back().month;
        filled = templates::report_edits(*template_, was.report, reports.back());
    }
    take(filled.findings);
    edits_.insert(edits_.end(), filled.edits.begin(), filled.edits.end());
    if (month_)
        move_titles({}, !from_list);
    else if (was.report.month)
        findings_.push_back(
            {"fill.month_left",
             severity::warning,
             "the titles name " + to_string(*was.report.month) + ", and it was not said of which month the figures are",
             {provenance(template_->source().name(), "")},
             "give --month, and the titles are moved on"});
    return true;
}

/// A list gives actuals alone; a plan to date that was typed is still that of the month that the titles name.
void exporting::say_plans_left(const finance_report& was) {
    finding f{"fill.to_date_left", severity::warning, ""};
    for (const line_place& p : was.places) {
        if (!p.plan.known() || p.plan.sheet().empty()) continue;
        const workbook::sheet sheet = template_->read(p.plan.sheet());
        const workbook::cell* c = sheet.find({p.plan.row(), p.plan.column()});
        if (c != nullptr && c->kind == workbook::cell_kind::number && !c->has_formula) f.at.push_back(p.plan);
    }
    if (f.at.empty()) return;
    f.message = "the plan to date was typed and is still that of " + to_string(*was.month) +
                "; the actuals are those of " + to_string(*month_);
    f.advice = "move it on to " + to_string(*month_);
    findings_.push_back(std::move(f));
}

int exporting::fill_template() {
    std::vector<share_source> sources = figures();
    sources.push_back({*template_});
    share_input shares(options_, to_, std::move(sources));
    bool has_place = fill_statement(shares);
    has_place = fill_model(in_.read) || has_place;
    has_place = fill_tracker() || fill_report() || has_place; // a list is of schemes or of a position, never of both
    if (!has_place)
        findings_.push_back({"export.nothing_to_fill",
                             severity::error,
                             template_->source().name() + " has no place for any figure that was read",
                             {provenance(template_->source().name(), "")},
                             "it takes ranges named Statement_…, a table of savings by rating or of control totals, a "
                             "tracker of schemes, or a statement of the position"});
    if (has_errors(findings_)) return refuse();
    const auto done = workbook::apply(*template_, edits_, {.spare_locked = !options_.unlock});
    if (const auto* refusal = std::get_if<workbook::refused_edits>(&done)) {
        for (const failure& f : refusal->failures) findings_.push_back(to_finding(f));
        return refuse();
    }
    const workbook::patched& patched = std::get<workbook::patched>(done);
    if (month_) look_again(patched.result);
    if (!options_.dry_run) save(patched.result);
    if (to_.wants_json) to_.json << edits_json(patched.summary, findings_, month_);
    if (to_.wants_text) {
        std::ostream& out = options_.output == "-" && !options_.dry_run ? to_.talk : to_.out;
        if (month_) out << "the figures of " << to_string(*month_) << " (" << month_name(*month_) << ")\n";
        tell_edits(out, patched.summary, options_.dry_run);
    }
    if (!options_.verbose) std::erase_if(findings_, [](const finding& f) { return f.severity == severity::note; });
    if (!findings_.empty()) print(to_, findings_);
    return fine;
}

/// "System efficiency plan 2025/26 (plan.xlsx 'Efficiencies')": the title of the sheet that the savings stand in.
std::string exporting::source_of_savings() const {
    const savings_table& t = *in_.read.savings;
    for (const savings_plan& p : t.plans) {
        provenance at = p.at;
        for (const cell_figure& f : p.planned)
            if (!at.known() && f) at = f->at();
        if (!at.known()) continue;
        std::string title;
        for (const book& b : in_.books)
            if (b.source().name() == at.file() && b.has(at.sheet()))
                for (const workbook::cell& c : b.read(at.sheet()).cells())
                    if (title.empty() && c.kind == workbook::cell_kind::text) title = detail::plain(c.text);
        return (title.empty() ? "From " : title + " (") + to_string(provenance(at.file(), at.sheet())) +
               (title.empty() ? "" : ")");
    }
    return "";
}

/// A fresh workbook of the kind asked for; nothing and findings when the figures do not give one.
std::optional<workbook::package> exporting::made() {
    if (options_.new_kind == "savings") {
        take(in_.findings);
        if (!in_.read.savings)
            findings_.push_back({"export.no_figures", severity::error, "no file holds savings by rating"});
        if (has_errors(findings_)) return std::nullopt;
        return report::new_savings_workbook(*in_.read.savings, weights_in_force(in_.read), source_of_savings());
    }
    share_input from(options_, to_, figures());
    if (from.positions() == nullptr)
        from.findings.push_back({"share.no_positions",
                                 severity::error,
                                 "no workbook has a position of a month",
                                 {},
                                 "name its sheet \"Position M4\""});
    const auto in = from.positions() != nullptr ? reported(from) : std::nullopt;
    const std::optional<statement> s = in ? from.shared(in->first, in->second) : std::nullopt;
    take(from.findings);
    if (!s) return std::nullopt;
    return report::new_statement_workbook(in->first, in->second, *s);
}

int exporting::run() {
    if (!asked_well()) return wrong_use;
    input_options figures = options_;
    if (options_.new_kind.empty()) {
        template_ = book_of(to_.read(figures.files.back()), figures.files.back());
        figures.files.pop_back();
    }
    in_ = load(figures, to_, templates::read_workbook, template_ ? &lists_ : nullptr);
    if (template_) return fill_template();
    const std::optional<workbook::package> fresh = made();
    if (!fresh) return refuse();
    save(*fresh);
    if (to_.wants_json) to_.json << edits_json({});
    to_.talk << "Made a workbook of " << options_.new_kind << "; saved as " << options_.output << "\n";
    if (!options_.verbose) std::erase_if(findings_, [](const finding& f) { return f.severity == severity::note; });
    if (!findings_.empty()) print(to_, findings_);
    return fine;
}

} // namespace

int run_export(const export_options& o, console& to) { return exporting(o, to).run(); }

} // namespace riskshare::answers
