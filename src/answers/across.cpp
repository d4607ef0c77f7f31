#include "across.hpp"
#include "finance.hpp"
#include "whose.hpp"

#include <riskshare/misalignment.hpp>
#include <riskshare/reconcile.hpp>
#include <riskshare/reconcile_reports.hpp>
#include <riskshare/reconcile_schemes.hpp>
#include <riskshare/template/balances.hpp>
#include <riskshare/template/openings.hpp>
#include <riskshare/template/rating_summary.hpp>

#include <algorithm>
#include <set>

namespace riskshare::answers {

namespace {

/// What a report says against itself and against the one before it.
reconciliation of_reports(loaded& in, const check_options& o, console& to) {
    const std::size_t known = in.findings.size();
    const std::vector<finance_report> reports = finance_reports(in, o, to, threshold_of(o.threshold));
    reconciliation out;
    for (std::size_t i = known; i < in.findings.size(); ++i)
        if (in.findings[i].verdict == verdict::real) {
            ++out.real;
            out.findings.push_back(in.findings[i]);
        }
    for (std::size_t i = 0; i < reports.size(); ++i) {
        out += reconcile(reports[i]);
        for (const intra_system_trade& t : reports[i].trades)
            if (t.agrees()) ++(t.mismatch().is_zero() ? out.agrees : out.rounding);
        const bool same_year =
            i > 0 && (!reports[i].year || !reports[i - 1].year || *reports[i].year == *reports[i - 1].year);
        if (same_year) out += month_on_month(reports[i - 1], reports[i]);
    }
    return out;
}

std::set<std::string> organisations_of(const tracker& t) {
    const auto& names = t.values(scheme_field::organisation);
    return {names.begin(), names.end()};
}

/// The trackers against their summaries, against the tracker of the month before, and the last one of each
/// organisation against the savings table.
reconciliation of_trackers(loaded& in, const check_options& o, console& to) {
    const templates::read_options known = reading(o, to);
    reconciliation out;
    std::vector<templates::tracker_reading> trackers;
    for (std::size_t i = 0; i < in.books.size(); ++i) {
        const workbook::book& book = in.books[i];
        templates::tracker_reading read =
            in.schemes[i] ? *std::move(in.schemes[i]) : templates::read_tracker(book, templates::for_schemes(known));
        const bool told = in.schemes[i].has_value();
        if (read.read.empty()) continue;
        if (o.verbose && !told)
            for (const std::string& line : read.read_as) to.talk << "read " << line << "\n";
        for (const rating_summary& s : templates::read_rating_summaries(book, known)) out += reconcile(s, read.read);
        trackers.push_back(std::move(read));
    }
    if (!in.read.schemes.empty()) { // of models
        trackers.emplace_back();
        trackers.back().read = in.read.schemes;
        trackers.back().reported = in.read.schemes_reported;
    }
    std::stable_sort(trackers.begin(), trackers.end(), [](const auto& a, const auto& b) {
        return a.reported && b.reported && a.reported->number() < b.reported->number();
    });
    std::set<std::string> told;
    for (std::size_t i = trackers.size(); i-- > 0;) {
        const std::set<std::string> names = organisations_of(trackers[i].read);
        const bool later = std::any_of(names.begin(), names.end(), [&](const auto& n) { return told.count(n) != 0; });
        if (!later && in.read.savings && !has_nobodys(*in.read.savings))
            out += reconcile(*in.read.savings, trackers[i].read);
        for (std::size_t before = i; before-- > 0;) {
            if (of_the_same_body(trackers[before].read, trackers[i].read)) {
                out += month_on_month(trackers[before].read, trackers[before].reported, trackers[i].read);
                break;
            }
            if (has_nobodys(trackers[before].read) && has_nobodys(trackers[i].read))
                out.findings.push_back(nobodys(trackers[before].read[0].at.file(), trackers[i].read[0].at.file()));
        }
        told.insert(names.begin(), names.end());
    }
    return out;
}

/// The schedules of those partners that are among the files.
reconciliation of_balances(const loaded& in, const check_options& o, console& to) {
    const templates::read_options known = reading(o, to);
    std::vector<booked_balance> lines;
    reconciliation out;
    for (const workbook::book& book : in.books) {
        templates::balances_reading read = templates::read_balances(book, known);
        if (o.verbose)
            for (const std::string& line : read.read_as) to.talk << "read " << line << "\n";
        std::move(read.findings.begin(), read.findings.end(), std::back_inserter(out.findings));
        std::move(read.lines.begin(), read.lines.end(), std::back_inserter(lines));
    }
    std::set<std::string> speaking;
    for (const booked_balance& b : lines) speaking.insert(b.organisation);
    lines.erase(std::remove_if(lines.begin(), lines.end(),
                               [&](const booked_balance& b) { return speaking.count(b.counterparty) == 0; }),
                lines.end());
    const std::vector<intra_system_trade> trades = paired(lines);
    for (const intra_system_trade& t : trades)
        ++(t.mismatch().is_zero() ? out.agrees : t.agrees() ? out.rounding : out.real);
    std::vector<finding> about = review(trades, threshold_of(o.threshold));
    std::move(about.begin(), about.end(), std::back_inserter(out.findings));
    return out;
}

} // namespace

reconciliation reconciled(loaded& in, const check_options& o, console& to) {
    reconciliation out;
    if (in.read.control_totals && in.read.savings) out += reconcile(*in.read.control_totals, *in.read.savings);
    out += of_reports(in, o, to);
    out += of_trackers(in, o, to);
    out += of_balances(in, o, to);
    const std::optional<unit> unit_if_none = reading(o, to).unit_if_none;
    for (std::size_t i = 1; i < in.books.size(); ++i)
        out += templates::openings_against_closings(in.books[i - 1], in.books[i], unit_if_none);
    return out;
}

} // namespace riskshare::answers
