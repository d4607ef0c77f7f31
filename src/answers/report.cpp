// The monthly pack: everything that the files hold, as a page, a workbook, a list, data or text.
#include "report.hpp"
#include "accounts.hpp"
#include "edits.hpp"
#include "finance.hpp"
#include "share_input.hpp"
#include "whose.hpp"

#include <riskshare/report/pack_making.hpp>
#include <riskshare/report/pack_workbook.hpp>
#include <riskshare/tracker_review.hpp>

#include <algorithm>
#include <iterator>
#include <utility>
#include <variant>

namespace riskshare::answers {

namespace {

using pack_writer = std::string (*)(const report::pack&);

std::string as_text(const report::pack& p) { return report::pack_text(p, false); }
std::string as_workbook(const report::pack& p) { return std::string(report::pack_workbook(p).bytes()); }

/// Throws `input_refused` with rule "report.kind".
pack_writer writer_for(const std::string& file) {
    const std::string kind = detail::folded(extension(file));
    if (kind == ".html" || kind == ".htm") return report::pack_html;
    if (kind == ".xlsx") return as_workbook;
    if (kind == ".json") return report::pack_json;
    if (kind == ".csv") return report::pack_csv;
    if (kind == ".md") return report::pack_markdown;
    if (kind == ".txt") return as_text;
    throw input_refused("report.kind",
                        "-o " + file + ": write a name that ends in .html, .xlsx, .json, .csv, .md or .txt");
}

/// The statement of the month, where positions of parties and an agreement are among the files.
void add_statement(const report_options& o, console& to, const finance_report* last, report::pack_input& in) {
    if (o.agreement.empty() && !in.read.agreement) {
        in.not_shared = "no file has an agreement, and none is given (--agreement)";
        return;
    }
    share_command_options asked;
    static_cast<input_options&>(asked) = o;
    asked.save_map.clear();
    if (!o.agreement.empty()) asked.agreements = {o.agreement};
    asked.month = o.month;
    std::vector<share_source> sources;
    for (const std::string& file : o.files) sources.push_back(open_source(file, to));
    share_input input(asked, to, std::move(sources));
    if (input.positions() == nullptr) {
        if (!o.agreement.empty()) in.not_shared = "no file has the positions of the agreement's parties";
        return;
    }
    const std::vector<month> months = input.positions()->months();
    if (asked.month == 0)
        asked.month =
            last != nullptr && last->month && std::find(months.begin(), months.end(), *last->month) != months.end()
                ? last->month->number()
                : months.back().number();
    std::optional<agreement> a = input.agreed();
    std::optional<statement> s;
    if (a)
        if (const std::optional<share_inputs> reported =
                input.reported(*input.positions(), *a, month(asked.month), share_basis::year_to_date))
            s = input.shared(*a, *reported);
    for (const finding& f : input.findings)
        if (std::none_of(in.findings.begin(), in.findings.end(),
                         [&f](const finding& there) { return there.rule == f.rule && there.message == f.message; }))
            in.findings.push_back(f);
    if (s)
        in.shared = report::statement_report{std::move(*a), std::move(*s)};
    else
        in.not_shared = "the findings say why no statement could be made";
}

void add_reviews(const loaded& read, report::pack_input& in) {
    const auto take = [&](const std::vector<finding>& about) {
        for (const finding& f : about)
            if (std::none_of(in.findings.begin(), in.findings.end(), [&f](const finding& there) {
                    return there.rule == f.rule && there.message == f.message && there.at == f.at;
                }))
                in.findings.push_back(f);
    };
    if (read.read.savings) take(review(*read.read.savings, in.weights.weights));
    if (read.read.status) take(review(*read.read.status, in.status_weights));
    if (read.read.control_totals) take(review(*read.read.control_totals));
    if (!read.read.schemes.empty())
        take(review(read.read.schemes, in.month.value_or(read.read.schemes_reported.value_or(month(12)))));
}

/// The reports of workbooks and of models, in order of time; what is to be said about them is added to the findings.
std::vector<finance_report> reports_of(loaded& read) {
    std::vector<finance_report> reports = std::exchange(read.read.reports, {});
    for (const finance_report& r : reports)
        for (std::vector<finding>& about : std::vector{review(r), review(r.trades, threshold_of(""))})
            std::move(about.begin(), about.end(), std::back_inserter(read.findings));
    join_resemblances(read.findings);
    return one_a_month(std::move(reports), read.findings);
}

void add_before(const report_options& o, console& to, report::pack_input& in) {
    if (o.since.empty()) return;
    input_options earlier = o;
    earlier.files = o.since;
    earlier.save_map.clear();
    std::optional<account> of_now = std::exchange(to.accounted, std::nullopt);
    loaded then = load(earlier, to, templates::read_whole_workbook);
    report::pack_before before;
    for (const std::string& file : o.since) before.name += (before.name.empty() ? "" : ", ") + file_name(file);
    before.reports = reports_of(then);
    before.read = std::move(then.read);
    for (finding& f : then.findings)
        if (f.severity == severity::error) in.findings.push_back(std::move(f));
    in.before = std::move(before);
    to.accounted = std::move(of_now);
}

/// Puts the pack into the team's own workbook; says what went where and what did not.
int fill_template(const report_options& o, console& to, const report::pack& made) {
    const std::string kind = detail::folded(extension(o.output));
    if (kind != ".xlsx" && kind != ".xlsm")
        throw input_refused("report.kind", "--template is filled into a workbook: write -o OUT.xlsx");
    const workbook::book book = book_of(to.read(o.into), o.into);
    const report::template_filling filling = report::filling_of(made, book);
    const std::variant<workbook::patched, workbook::refused_edits> done = workbook::apply(book, filling.edits);
    if (const auto* refusal = std::get_if<workbook::refused_edits>(&done)) {
        std::vector<finding> why;
        for (const failure& f : refusal->failures) why.push_back(to_finding(f));
        print(to, why);
        return found_errors;
    }
    const workbook::patched& filled = std::get<workbook::patched>(done);
    to.make(o.output, std::string(filled.result.bytes()));
    to.talk << "Filled " << filling.filled.size() << " cells of " << file_name(o.into) << "; saved as " << o.output
            << "\n";
    for (const std::string& line : filling.filled) to.talk << "  " << line << "\n";
    if (!filling.not_filled.empty()) to.talk << "Not filled:\n";
    for (const std::string& line : filling.not_filled) to.talk << "  " << line << "\n";
    tell_results(to.talk, filled.summary);
    for (const std::string& sentence : filled.summary.consequences) to.talk << "  " << sentence << "\n";
    if (!filling.filled.empty()) return fine;
    print(to, {{"report.template_empty",
                severity::error,
                "nothing of the pack has a place in " + file_name(o.into),
                {},
                "give its cells the names of the pack's figures, or its tables the headings and rows of the pack"}});
    return found_errors;
}

} // namespace

int run_report(const report_options& o, console& to) {
    const pack_writer write = o.output.empty() ? nullptr : writer_for(o.output);
    loaded read = load(o, to, templates::read_whole_workbook);
    report::pack_input in;
    if (o.month != 0) in.month = month(o.month);
    in.reports = reports_of(read);
    for (const std::string& file : o.files) in.files.push_back(file_name(file));
    in.weights = weights_in_force(read.read);
    in.status_weights = read.read.status_weights.value_or(category_weights{});
    account_for(to, read, in.reports);
    in.findings = read.findings;
    add_reviews(read, in);
    in.read = std::move(read.read);
    add_statement(o, to, in.reports.empty() ? nullptr : &in.reports.back(), in);
    add_before(o, to, in);
    in.accounted = to.accounted;
    const report::pack made = report::pack_of(in);
    if (made.sections.empty() && !has_errors(in.findings))
        in.findings.push_back(
            {"report.nothing_found",
             severity::error,
             "nothing that a pack could show was found in the files",
             {},
             "see what is recognised with --verbose, or say where the tables stand in a mapping (--map)"});
    to.lacks_rows = false; // the findings are in the pack
    if (!o.into.empty()) {
        if (const int status = fill_template(o, to, made); status != fine) return status;
    } else if (write != nullptr) {
        to.make(o.output, write(made));
    }
    if (to.wants_json) to.json << report::pack_json(made);
    if (to.wants_text && write == nullptr) to.out << report::pack_text(made, to.out_colour);
    print(to, in.findings);
    return status_of(in.findings);
}

} // namespace riskshare::answers
