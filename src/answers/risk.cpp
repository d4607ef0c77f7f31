#include "accounts.hpp"
#include "finance.hpp"

#include <riskshare/agreement_document.hpp>
#include <riskshare/landing.hpp>
#include <riskshare/report/register_report.hpp>
#include <riskshare/report/savings_report.hpp>

namespace riskshare::answers {

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
            throw input_refused("shares.malformed", "--shares \"" + one + "\" is not a share; write UHL=50%");
        out.push_back({one.substr(0, equals), *share});
        sum = sum + *share;
        at = end + 1;
    }
    if (!out.empty() && sum != ratio(1))
        throw input_refused("shares.malformed", "--shares add up to " + to_percent(sum) + ", not to 100%");
    return out;
}

/// The shares that an agreement has in force in the month of the report; in its first where no report names a month.
/// None, and a finding, where nothing is shared or the agreement is for another year. Throws `input_refused`.
std::vector<share_of> shares_in_force(const std::string& file, const console& from, const finance_report* report,
                                      std::vector<finding>& findings) {
    outcome<agreement> made = read_agreement(from.read(file), file);
    findings.insert(findings.end(), made.findings().begin(), made.findings().end());
    if (!made) return {};
    const agreement agreed = std::move(made).value();
    period when{agreed.year(), month(1)};
    if (report != nullptr && report->year) when.year = *report->year;
    if (report != nullptr && report->month) when.month = *report->month;
    const result<version_in_force> version = agreed.in_force(when);
    if (!version) {
        findings.push_back(to_finding(version.why()));
        return {};
    }
    if (!version->terms.sharing) {
        findings.push_back({"agreement.no_sharing", severity::note,
                            "under " + agreed.paper().name + " nothing is shared: each party bears its own net risk"});
        return {};
    }
    std::vector<share_of> out;
    for (std::size_t i = 0; i < agreed.parties().size(); ++i) out.push_back({agreed.parties()[i], version->shares[i]});
    return out;
}

/// "Plans in progress=25%,Opportunity=50%". Throws `input_refused` with rule "weights.malformed".
category_weights weights_of(const std::string& text) {
    category_weights out;
    out.source = "--weights";
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::string one = text.substr(at, end - at);
        const std::size_t equals = one.rfind('=');
        const result<ratio> part = parse_ratio(equals == std::string::npos ? "" : one.substr(equals + 1));
        if (!part || equals == 0 || *part < ratio(0) || ratio(1) < *part)
            throw input_refused("weights.malformed",
                                "--weights \"" + one + "\" is not a weight; write \"Plans in progress=25%\"");
        out.weights.emplace_back(detail::plain(one.substr(0, equals)), *part);
        at = end + 1;
    }
    return out;
}

/// "high=15,medium=8". Throws `input_refused` with rule "bands.malformed".
std::vector<score_band> bands_of(const std::string& text) {
    std::vector<score_band> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::string one = text.substr(at, end - at);
        const std::size_t equals = one.find('=');
        const std::string from = equals == std::string::npos ? "" : one.substr(equals + 1);
        const bool number =
            !from.empty() && from.size() < 3 && from.find_first_not_of("0123456789") == std::string::npos;
        if (!number || equals == 0)
            throw input_refused("bands.malformed", "--bands \"" + one + "\" is not a band; write high=15");
        out.push_back({one.substr(0, equals), std::stoi(from)});
        at = end + 1;
    }
    return out;
}

/// Throws `input_refused` with rule "room.malformed".
std::optional<exact> room_of(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const result<written_amount> a = read_written(text);
    if (!a || a->kind != written_amount::what::amount || !a->in)
        throw input_refused("room.malformed", "--room \"" + text + "\" is not an amount with its unit; write £4.5m");
    return exact(a->value, *a->in);
}

/// The last register among the reports, and what the net may come to before the plan is missed: what is said, else what
/// the forecast leaves.
struct register_found {
    const risk_register* items = nullptr;
    const finance_report* from = nullptr;
    std::optional<exact> forecast, room;
};
register_found last_register(const std::vector<finance_report>& reports, const std::optional<exact>& room) {
    for (auto r = reports.rbegin(); r != reports.rend(); ++r) {
        if (!r->risks) continue;
        if (room) return {&*r->risks, &*r, {}, room};
        register_found found{&*r->risks, &*r, system_forecast(*r), {}};
        const std::optional<exact> plan = system_plan(*r);
        if (found.forecast && plan) found.room = *found.forecast - *plan;
        return found;
    }
    return {};
}

const std::vector<scored_risk>& last_scores(const std::vector<finance_report>& reports) {
    static const std::vector<scored_risk> none;
    for (auto r = reports.rbegin(); r != reports.rend(); ++r)
        if (!r->scores.empty()) return r->scores;
    return none;
}

} // namespace

int run_risk(const risk_options& o, console& to) {
    std::vector<share_of> shares = shares_of(o.shares);
    const std::vector<score_band> bands = bands_of(o.bands);
    const std::optional<exact> room = room_of(o.room);
    loaded in = load(o, to);
    const std::vector<finance_report> reports = one_a_month(finance_reports(in, o, to), in.findings);
    const register_found reg = last_register(reports, room);
    if (!o.agreement.empty()) shares = shares_in_force(o.agreement, to, reg.from, in.findings);
    const std::vector<scored_risk>& scores = last_scores(reports);
    const sourced_weights weights = weights_in_force(in.read);
    if (const category_weights said = weights_of(o.weights); !said.weights.empty()) in.read.status_weights = said;
    const category_weights of_status = in.read.status_weights.value_or(category_weights{});
    if (in.read.status) {
        std::vector<finding> about = review(*in.read.status, of_status);
        std::move(about.begin(), about.end(), std::back_inserter(in.findings));
    }
    if (in.read.savings) {
        std::vector<finding> about = review(*in.read.savings, weights.weights);
        std::move(about.begin(), about.end(), std::back_inserter(in.findings));
    } else if (!in.read.status && reg.items == nullptr && scores.empty() && !has_errors(in.findings)) {
        in.findings.push_back({"risk.nothing_found",
                               severity::error,
                               "neither savings by rating nor a register of risks was found in the files",
                               {},
                               "see what is recognised with --verbose, or say where it stands in a mapping (--map)"});
    }
    account_for(to, in, reports);
    if (to.wants_json) {
        std::string text = report::risk_json(in.read, weights, in.findings);
        if (reg.items != nullptr)
            text =
                report::register_json(*reg.items, report::outlook_of(*reg.items, reg.room), shares, reg.forecast, text);
        to.json << (scores.empty() ? text : report::with_scores(text, scores, bands));
    }
    if (to.wants_text) {
        if (in.read.savings) to.out << report::savings_text(*in.read.savings, weights, to.out_colour);
        if (in.read.savings && in.read.status) to.out << "\n";
        if (in.read.status) to.out << report::status_text(*in.read.status, of_status, to.out_colour);
        if ((in.read.savings || in.read.status) && reg.items != nullptr) to.out << "\n";
        if (reg.items != nullptr)
            to.out << report::register_text(*reg.items, report::outlook_of(*reg.items, reg.room), shares, reg.forecast,
                                            to.out_colour);
        if (reg.items != nullptr && !scores.empty()) to.out << "\n";
        to.out << report::scores_text(scores, bands, to.out_colour);
    }
    print(to, in.findings);
    return status_of(in.findings);
}

} // namespace riskshare::answers
