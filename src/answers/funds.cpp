// Works out funds for the position.
#include "funds.hpp"

#include "share_input.hpp"

#include <riskshare/agreement_document.hpp>

#include <utility>

namespace riskshare::answers {

namespace {

/// The bodies' results of a report at the end of a quarter.
void take_report(const finance_report& r, share_inputs& in) {
    const int m = in.when.month.number();
    if (m % 3 != 0 || r.month != in.when.month) return;
    for (const quarter_position& q : in.quarters)
        if (q.quarter == m / 3) return;
    quarter_position now{m / 3, {}};
    for (const organisation_position& o : r.organisations)
        if (!o.is_total && o.to_date.plan && o.to_date.actual)
            now.variance.push_back(
                {o.organisation,
                 rounded(o.to_date.actual->value() - o.to_date.plan->value(), rounding::half_away_from_zero),
                 o.to_date.actual->at()});
    if (!now.variance.empty()) in.quarters.push_back(std::move(now));
}

} // namespace

std::vector<fund_result> funds_asked(const position_options& o, const finance_report& r, const console& from,
                                     std::vector<finding>& findings) {
    const auto take = [&](const std::vector<finding>& more) {
        findings.insert(findings.end(), more.begin(), more.end());
    };
    const outcome<agreement> a = read_agreement(from.read(o.agreement), o.agreement);
    take(a.findings());
    if (!a) return {};
    const std::optional<month> m = o.report_month != 0 ? std::optional(month(o.report_month)) : r.month;
    if (!m) {
        findings.push_back({"fund.no_month",
                            severity::error,
                            "nothing says up to which month funds are worked out",
                            {},
                            "say it with --month"});
        return {};
    }
    share_command_options asked;
    static_cast<input_options&>(asked) = o;
    share_inputs in;
    in.when = {a->year(), *m};
    for (const std::string& file : o.files) {
        const share_source source = open_source(file, from);
        if (!source.book) continue;
        outcome<share_inputs> read = templates::read_fund_inputs(*source.book, *a, in.when, share_reading(asked, from));
        take(read.findings());
        if (!read) continue;
        in.measures.insert(in.measures.end(), read->measures.begin(), read->measures.end());
        in.quarters.insert(in.quarters.end(), read->quarters.begin(), read->quarters.end());
    }
    take_report(r, in);
    const result<version_in_force> v = a->in_force(in.when);
    if (!v) {
        findings.push_back(to_finding(v.why()));
        return {};
    }
    return funding(v->terms.funds, v->terms.amounts, in, v->step, findings);
}

} // namespace riskshare::answers
