#include "finance.hpp"

#include <riskshare/report/position_report.hpp>
#include <riskshare/report/register_report.hpp>
#include <riskshare/report/savings_report.hpp>

namespace riskshare::tool {

namespace {

/// "UHL=50%,LPT=13%,ICB=37%". Throws `input_refused` with rule "shares.malformed".
std::vector<share_of> shares_of(const std::string& text) {
    std::vector<share_of> out;
    ratio sum = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::string one = text.substr(at, end - at);
        const std::size_t equals = one.find('=');
        const result<ratio> share = parse_ratio(equals == std::string::npos ? "" : one.substr(equals + 1));
        if (!share || equals == 0 || *share < ratio(0))
            throw input_refused("shares.malformed", "--shares \"" + one + "\" is no share; write UHL=50%");
        out.push_back({one.substr(0, equals), *share});
        sum = sum + *share;
        at = end + 1;
    }
    if (!out.empty() && sum != ratio(1))
        throw input_refused("shares.malformed", "--shares add up to " + to_percent(sum) + ", not to 100%");
    return out;
}

/// The last register among the reports, and what the forecast leaves before the plan is missed.
struct register_found {
    const risk_register* items = nullptr;
    std::optional<exact> forecast, room;
};
register_found last_register(const std::vector<finance_report>& reports) {
    for (auto r = reports.rbegin(); r != reports.rend(); ++r) {
        if (!r->risks) continue;
        register_found found{&*r->risks, report::system_forecast(*r), {}};
        const std::optional<exact> plan = report::system_plan(*r);
        if (found.forecast && plan) found.room = *found.forecast - *plan;
        return found;
    }
    return {};
}

} // namespace

int run_risk(const risk_options& o, console& to) {
    const std::vector<share_of> shares = shares_of(o.shares);
    loaded in = load(o, to);
    const std::vector<finance_report> reports = finance_reports(in, o, to);
    const register_found reg = last_register(reports);
    const sourced_weights weights = weights_in_force(in.read);
    if (in.read.savings) {
        std::vector<finding> about = review(*in.read.savings, weights.weights);
        std::move(about.begin(), about.end(), std::back_inserter(in.findings));
    } else if (reg.items == nullptr && !has_errors(in.findings)) {
        in.findings.push_back({"risk.nothing_found",
                               severity::error,
                               "neither savings by rating nor a register of risks was found in the files",
                               {},
                               "see what is recognised with --verbose, or say where it stands in a mapping (--map)"});
    }
    if (o.json) {
        std::string text = report::risk_json(in.read, weights, in.findings);
        if (reg.items != nullptr)
            text =
                report::register_json(*reg.items, report::outlook_of(*reg.items, reg.room), shares, reg.forecast, text);
        to.out << text;
    } else {
        if (in.read.savings) to.out << report::savings_text(*in.read.savings, weights, to.out_colour);
        if (in.read.savings && reg.items != nullptr) to.out << "\n";
        if (reg.items != nullptr)
            to.out << report::register_text(*reg.items, report::outlook_of(*reg.items, reg.room), shares, reg.forecast,
                                            to.out_colour);
    }
    print(to, in.findings);
    return status_of(in.findings);
}

} // namespace riskshare::tool
