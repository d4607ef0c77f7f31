#include <riskshare/template/finance_report.hpp>
#include <riskshare/template/read.hpp>
#include <riskshare/template/share_workbook.hpp>

#include <riskshare/agreement.hpp>

#include <algorithm>
#include <iterator>

namespace riskshare::templates {

namespace {

/// One reading of a workbook may find again what another has found.
void add_new(std::vector<finding>& into, const std::vector<finding>& more) {
    for (const finding& f : more) {
        const bool told = std::any_of(into.begin(), into.end(), [&](const finding& there) {
            return there.rule == f.rule && there.message == f.message && there.at == f.at;
        });
        if (!told) into.push_back(f);
    }
}

void add_new(std::vector<std::string>& into, const std::vector<std::string>& more) {
    for (const std::string& sentence : more)
        if (std::find(into.begin(), into.end(), sentence) == into.end()) into.push_back(sentence);
}

void read_schemes(const workbook::book& book, const read_options& options, read_result& out) {
    if (!out.schemes) {
        out.schemes = read_tracker(book, for_schemes(options));
        add_new(out.findings, out.schemes->findings);
        add_new(out.read.read_as, out.schemes->read_as);
    }
    tracker_reading& schemes = *out.schemes;
    out.read.schemes = schemes.read;
    out.read.schemes_reported = schemes.reported;
}

void read_report(const workbook::book& book, const read_options& options, read_result& out) {
    read_options besides = options;
    besides.sheets_of_schemes = sheets_of(*out.schemes);
    finance_report_result report = read_finance_report(book, besides);
    add_new(out.findings, report.findings);
    if (!report.report.empty()) out.read.reports.push_back(std::move(report.report));
}

/// The agreement of the workbook itself, and the positions that it would be applied to. A forecast that is not given
/// is no fault of the positions to date.
void read_sharing(const workbook::book& book, const read_options& options, read_result& out) {
    share_options how;
    how.directory = options.directory;
    how.unit_if_none = options.unit_if_none;
    if (has_agreement(book)) {
        const outcome<agreement_paper> paper = read_agreement_sheet(book, how);
        add_new(out.findings, paper.findings());
        if (!paper) return;
        out.read.agreement = *paper;
        const outcome<agreement> made = agreement::made_from(*paper);
        add_new(out.findings, made.findings());
        if (!made) return;
        for (month m : position_months(book))
            for (share_basis basis : {share_basis::year_to_date, share_basis::forecast}) {
                const outcome<share_inputs> in = read_positions(book, *made, {made->year(), m}, basis, how);
                if (basis == share_basis::year_to_date) add_new(out.findings, in.findings());
                if (in) out.read.positions.push_back(*in);
            }
    }
    if (has_handover_hours(book)) {
        const outcome<cause_period> hours = read_handover_hours(book, how);
        add_new(out.findings, hours.findings());
        if (hours) out.read.cause_periods.push_back(*hours);
    }
}

} // namespace

read_result read_whole_workbook(const workbook::book& book, const read_options& options) {
    read_result out = read_workbook(book, options);
    read_schemes(book, options, out);
    read_report(book, options, out);
    read_sharing(book, options, out);
    return out;
}

} // namespace riskshare::templates
