#include "finance.hpp"

#include <riskshare/llr.hpp>
#include <riskshare/template/finance_report.hpp>

#include <algorithm>

namespace riskshare::tool {

std::vector<finance_report> finance_reports(loaded& in, const input_options& o, console& to) {
    const templates::read_options options = reading(o);
    std::vector<finance_report> reports;
    for (const workbook::book& book : in.books) {
        templates::finance_report_result read = templates::read_finance_report(book, options);
        std::move(read.findings.begin(), read.findings.end(), std::back_inserter(in.findings));
        if (read.report.empty()) continue;
        std::vector<finding> about = review(read.report);
        std::move(about.begin(), about.end(), std::back_inserter(in.findings));
        about = review(read.report.trades, llr::agreement_of_balances());
        std::move(about.begin(), about.end(), std::back_inserter(in.findings));
        if (o.verbose)
            for (const std::string& line : read.report.read_as) to.talk << "read " << line << "\n";
        reports.push_back(std::move(read.report));
    }
    std::stable_sort(reports.begin(), reports.end(), [](const finance_report& a, const finance_report& b) {
        if (!a.year || !b.year || !a.month || !b.month) return false;
        return period{*a.year, *a.month} < period{*b.year, *b.month};
    });
    return reports;
}

} // namespace riskshare::tool
