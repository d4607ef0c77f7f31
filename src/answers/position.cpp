#include "accounts.hpp"
#include "finance.hpp"
#include "funds.hpp"

#include <riskshare/report/position_report.hpp>
#include <riskshare/report/savings_report.hpp>
#include <riskshare/report/statement_page.hpp>

namespace riskshare::answers {

namespace {

/// Twelve weights with commas between. Throws `input_refused` with rule "profile.malformed".
profile profile_of(const std::string& text) {
    profile out;
    std::size_t read = 0;
    for (std::size_t at = 0; at <= text.size(); ++read) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const result<ratio> weight = parse_ratio(text.substr(at, end - at));
        if (read == out.size() || !weight || *weight < ratio(0))
            throw input_refused("profile.malformed", "--profile takes twelve weights, none negative: 8%,8%,9%,...");
        out[read] = *weight;
        at = end + 1;
    }
    if (read != out.size())
        throw input_refused("profile.malformed", "--profile has " + std::to_string(read) + " weights, not twelve");
    return out;
}

landing_options landing_of(const position_options& o) {
    landing_options l;
    if (!o.profile.empty()) l.profile = profile_of(o.profile);
    l.exit_months = static_cast<std::size_t>(o.exit_months);
    l.trend_months = static_cast<std::size_t>(o.trend_months);
    return l;
}

} // namespace

int run_position(const position_options& o, console& to) {
    const landing_options landing = landing_of(o);
    loaded in = load(o, to);
    const std::vector<finance_report> reports =
        one_a_month(finance_reports(in, o, to, threshold_of(o.threshold)), in.findings);
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
    std::vector<fund_result> funds;
    if (!o.agreement.empty()) funds = funds_asked(o, now, to, in.findings);
    account_for(to, in, reports);
    if (to.wants_json) {
        const std::string json =
            report::position_json(now, earlier, landing, report::position_json(in.read, in.findings));
        to.json << (o.agreement.empty() ? json : report::with_funds(json, funds));
    }
    if (to.wants_text) {
        if (in.read.control_totals) to.out << report::control_totals_text(*in.read.control_totals, to.out_colour);
        if (in.read.control_totals && !reports.empty()) to.out << "\n";
        to.out << report::position_text(now, earlier, {landing, o.bridges, to.out_colour});
        if (!funds.empty())
            to.out << "\nFunding to be earned, by quarter\n" << report::funds_table(funds, to.out_colour);
    }
    print(to, in.findings);
    return status_of(in.findings);
}

} // namespace riskshare::answers
