#include "finance.hpp"

#include <riskshare/report/position_report.hpp>
#include <riskshare/report/savings_report.hpp>

namespace riskshare::tool {

int run_position(const position_options& o, console& to) {
    loaded in = load(o, to);
    const std::vector<finance_report> reports = finance_reports(in, o, to);
    if (!o.actuals.empty()) {
        if (in.books.size() != 1 || reports.size() != 1)
            throw input_refused("fill.one_report", "--actuals takes exactly one workbook with a finance report");
        return fill_actuals_into(in.books.front(), reports.front(), o, to);
    }
    if (in.read.control_totals) {
        std::vector<finding> about = review(*in.read.control_totals);
        std::move(about.begin(), about.end(), std::back_inserter(in.findings));
    } else if (reports.empty() && !has_errors(in.findings)) {
        in.findings.push_back({"position.nothing_found",
                               severity::error,
                               "neither control totals nor a finance report was found in the files",
                               {},
                               "see what is recognised with --verbose, or say where they stand in a mapping (--map)"});
    }
    const finance_report none, &now = reports.empty() ? none : reports.back();
    const std::span<const finance_report> earlier =
        std::span<const finance_report>(reports).first(reports.empty() ? 0 : reports.size() - 1);
    if (o.json) {
        to.out << report::position_json(now, earlier, report::position_json(in.read, in.findings));
    } else {
        if (in.read.control_totals) to.out << report::control_totals_text(*in.read.control_totals, to.out_colour);
        if (in.read.control_totals && !reports.empty()) to.out << "\n";
        to.out << report::position_text(now, earlier, to.out_colour);
    }
    print(to, in.findings);
    return status_of(in.findings);
}

} // namespace riskshare::tool
