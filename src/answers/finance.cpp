#include "finance.hpp"
#include "whose.hpp"

#include <riskshare/join_reports.hpp>
#include <riskshare/llr.hpp>
#include <riskshare/merge.hpp>
#include <riskshare/template/finance_report.hpp>

#include <algorithm>

namespace riskshare::answers {

balance_threshold threshold_of(const std::string& said) {
    if (said.empty()) {
        balance_threshold assumed = llr::agreement_of_balances();
        assumed.source = "assumed, as in the " + assumed.source;
        return assumed;
    }
    result<written_amount> read = read_written(said);
    if (!read || read->kind != written_amount::what::amount) read = read_written("£" + said);
    if (!read || read->kind != written_amount::what::amount || read->value.coefficient() < 0)
        throw input_refused("balances.threshold",
                            "--threshold \"" + said + "\" is not an amount; write £300,000 or £0.3m");
    return {exact(read->value, read->in.value_or(unit::pounds)), "--threshold"};
}

std::vector<finance_report> one_a_month(std::vector<finance_report> reports, std::vector<finding>& findings) {
    put_in_order_of_time(reports);
    reports = joined_by_month(std::move(reports), findings);
    for (finding& f : left_in_older_months(reports)) findings.push_back(std::move(f));
    return reports;
}

std::vector<finance_report> finance_reports(loaded& in, const input_options& o, console& to,
                                            const balance_threshold& threshold) {
    templates::read_options options = reading(o, to);
    std::vector<finance_report> reports = in.read.reports; // of models
    for (std::size_t i = 0; i < in.books.size(); ++i) {
        options.sheets_of_schemes =
            i < in.schemes.size() && in.schemes[i] ? templates::sheets_of(*in.schemes[i]) : std::vector<std::string>();
        templates::finance_report_result read = templates::read_finance_report(in.books[i], options);
        std::move(read.findings.begin(), read.findings.end(), std::back_inserter(in.findings));
        if (!read.report.empty()) reports.push_back(std::move(read.report));
    }
    if (!o.save_map.empty() && !reports.empty())
        in.findings.push_back(
            {"mapping.not_placed",
             severity::note,
             "a saved mapping does not place the tables of a finance report",
             {},
             "place them by hand: [position] columns = { line = \"A\", plan = \"B\", actual = \"C\" }"});
    for (const finance_report& r : reports) {
        std::vector<finding> about = review(r);
        std::move(about.begin(), about.end(), std::back_inserter(in.findings));
        about = review(r.trades, threshold);
        std::move(about.begin(), about.end(), std::back_inserter(in.findings));
        if (o.verbose)
            for (const std::string& line : r.read_as) to.talk << "read " << line << "\n";
    }
    join_resemblances(in.findings);
    put_in_order_of_time(reports);
    return reports;
}

} // namespace riskshare::answers
