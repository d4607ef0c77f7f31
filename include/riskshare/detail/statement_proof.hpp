// The sums of a statement, its proofs, and how it is made from what was reported.
#include <riskshare/statement.hpp> // first, for it reads this file in its turn

#ifndef RISKSHARE_DETAIL_STATEMENT_PROOF_HPP
#define RISKSHARE_DETAIL_STATEMENT_PROOF_HPP

#include <riskshare/detail/statement_making.hpp>

#include <utility>
#include <vector>

namespace riskshare {

inline statement_line statement::total() const {
    statement_line t{"System"};
    for (const statement_line& l : lines) {
        t.plan += l.plan;
        t.actual += l.actual;
        t.variance += l.variance;
        t.excluded += l.excluded;
        t.mitigated += l.mitigated;
        t.shareable += l.shareable;
        t.share = t.share + l.share;
        t.retained += l.retained;
        t.allocated += l.allocated;
        t.transfer += l.transfer;
        t.final += l.final;
        t.notional += l.notional;
    }
    return t;
}

inline money statement::relief_used() const {
    money used;
    for (const relief_line& r : relief) used += r.used;
    return used;
}

inline statement_proof proof(const statement& s) {
    const statement_line t = s.total();
    statement_proof p;
    p.transfers = t.transfer;
    p.leaves_the_pool = s.unallocated + s.held_for_joint_investment - s.relief_used();
    p.final = t.final;
    p.variance = t.variance + t.mitigated - p.leaves_the_pool;
    return p;
}

inline outcome<statement> statement_of(const agreement& a, const share_inputs& reported) {
    std::vector<finding> findings;
    const result<version_in_force> version = a.in_force(reported.when);
    if (!version) findings.push_back(to_finding(version.why()));
    share_inputs inputs = reported;
    if (version) detail::take_worked_positions(version->terms.amounts, version->step, inputs, findings);
    detail::check_inputs(a, version ? &*version : nullptr, inputs, findings);
    if (version && !has_errors(findings)) detail::check_sizes(a, *version, inputs, findings);
    if (has_errors(findings)) return findings;
    statement made = detail::statement_making(a, *version, inputs, findings).made();
    if (!proof(made).holds()) throw error("statement: the parts do not add up to the whole");
    return outcome<statement>(std::move(made), std::move(findings));
}

} // namespace riskshare

#endif
