// Answers what an agreement would mean, and which of two is better for whom.
#include "what_if.hpp"

#include <riskshare/report/statement_page.hpp>
#include <riskshare/report/what_if_page.hpp>

#include <utility>

namespace riskshare::answers {

namespace {

int refused_with(const std::vector<finding>& findings, console& to) {
    if (to.wants_json) to.json << report::refused_statement_json(findings);
    if (to.wants_text) to.talk << "Nothing was computed.\n";
    print(to, findings);
    return found_errors;
}

int finished(const share_command_options& o, std::vector<finding> findings, console& to) {
    if (!o.verbose) std::erase_if(findings, [](const finding& f) { return f.severity == severity::note; });
    if (!findings.empty()) print(to, findings);
    return status_of(findings);
}

} // namespace

int what_if_asked(const share_command_options& o, share_input& in, agreement_on_figures first, console& to) {
    if (o.agreements.size() > 2) {
        to.complain("two agreements can be compared, not " + std::to_string(o.agreements.size()));
        return wrong_use;
    }
    std::vector<agreement_on_figures> all{std::move(first)};
    if (o.agreements.size() == 2) {
        std::optional<agreement> second = in.agreed_in(o.agreements[1]);
        if (!second) return refused_with(in.findings, to);
        if (second->parties() != all[0].agreement.parties()) {
            in.findings.push_back({"what_if.parties",
                                   severity::error,
                                   all[0].agreement.name() + " is between " + listed(all[0].agreement.parties()) +
                                       ", and " + second->name() + " between " + listed(second->parties()),
                                   {},
                                   "compare agreements of the same parties, in the same order"});
            return refused_with(in.findings, to);
        }
        const std::optional<share_inputs> reported =
            in.reported(*in.positions(), *second, all[0].reported.when.month, in.basis());
        if (!reported) return refused_with(in.findings, to);
        all.push_back({*std::move(second), *reported});
    }
    if (o.over.empty()) {
        const std::optional<statement> a = in.shared(all[0].agreement, all[0].reported),
                                       b = in.shared(all[1].agreement, all[1].reported);
        if (!a || !b) return refused_with(in.findings, to);
        if (to.wants_json) to.json << report::two_statements_json(*a, *b, in.findings);
        if (to.wants_text) to.out << report::two_statements_page(*a, *b, to.out_colour);
        return finished(o, in.findings, to);
    }
    const result<outturn_range> range = parse_outturn_range(o.over);
    if (!range) {
        to.complain(range.why().message);
        return wrong_use;
    }
    std::vector<what_if> worked;
    for (const agreement_on_figures& one : all) {
        outcome<what_if> w = positions_over(one.agreement, one.reported, *range);
        in.findings.insert(in.findings.end(), w.findings().begin(), w.findings().end());
        if (!w) return refused_with(in.findings, to);
        worked.push_back(std::move(w).value());
    }
    if (!o.csv.empty()) to.make(o.csv, report::what_if_csv(worked));
    if (!o.chart.empty()) to.make(o.chart, report::what_if_svg(worked));
    if (to.wants_json) to.json << report::what_if_json(worked, in.findings);
    if (to.wants_text && o.csv != "-" && o.chart != "-") to.out << report::what_if_page(worked, to.out_colour);
    return finished(o, in.findings, to);
}

} // namespace riskshare::answers
