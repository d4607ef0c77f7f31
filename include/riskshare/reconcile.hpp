// Everything in one model that must agree with something else in it.
#ifndef RISKSHARE_RECONCILE_HPP
#define RISKSHARE_RECONCILE_HPP

#include <riskshare/diagnosis.hpp>
#include <riskshare/model.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace riskshare {

struct reconciliation {
    std::size_t agrees = 0, rounding = 0, real = 0; ///< pairs of figures
    std::vector<finding> findings;
};

/// Each organisation's net unmitigated risk beside its control total against its unidentified savings, which it was
/// taken from (operational plan 2019/20, section 6). Findings of rule "check.net_risk" where rounding cannot explain
/// the difference, "check.forced_to_foot" where rounding the column to its total does.
reconciliation reconcile(const model&);

/// Two partners' figures for one trade: what one books as income and the other as expenditure.
struct trade {
    std::string seller, buyer, what;
    cell_figure income, expenditure; ///< both positive; a blank is a side that books nothing
};

enum class agreement_of_balances : std::uint8_t { matched, below_threshold, over_threshold };

struct balance {
    trade of;
    exact mismatch; ///< income less expenditure; stays a line of its own, never spread over organisations
    agreement_of_balances outcome = agreement_of_balances::matched;
};

/// Trade by trade; the threshold (for instance the £3m of a month 12 exercise) is the caller's.
std::vector<balance> agree_balances(const std::vector<trade>&, const exact& threshold);
/// The sum of the mismatches: the intra-system misalignment.
exact misalignment(const std::vector<balance>&);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

struct risk_pair {
    std::string organisation;
    figure net_risk, unidentified;
};

inline std::vector<risk_pair> risk_pairs(const model& m) {
    std::vector<risk_pair> pairs;
    for (const control_total& c : m.control_totals->organisations)
        for (const savings_plan& s : m.savings->plans)
            if (s.organisation == c.organisation && c.net_unmitigated_risk && s.of(rating::unidentified))
                pairs.push_back({c.organisation, *c.net_unmitigated_risk, *s.of(rating::unidentified)});
    return pairs;
}

/// Whether the printed net risks are the unidentified savings rounded so as to add up to a printed total.
inline bool risks_forced_to_foot(const model& m, const std::vector<risk_pair>& pairs) {
    std::vector<exact> printed, amounts;
    for (const risk_pair& p : pairs) {
        if (!(p.net_risk.step() == pairs.front().net_risk.step()) && !p.net_risk.value().is_zero()) return false;
        printed.push_back(p.net_risk.value());
        amounts.push_back(p.unidentified.value());
    }
    const money step = rounded(pairs.front().net_risk.step(), rounding::half_away_from_zero);
    exact total;
    for (const exact& p : printed) total += p;
    for (const control_total& t : m.control_totals->printed_totals)
        if (t.net_unmitigated_risk) total = t.net_unmitigated_risk->value();
    return forced_to_foot(printed, amounts, total, step);
}

} // namespace detail

inline reconciliation reconcile(const model& m) {
    reconciliation out;
    if (!m.control_totals || !m.savings) return out;
    const std::vector<detail::risk_pair> pairs = detail::risk_pairs(m);
    for (const detail::risk_pair& p : pairs) {
        if (p.net_risk.value() == p.unidentified.value()) {
            ++out.agrees;
            continue;
        }
        printed_table t;
        const std::size_t risk = t.add("net risk", p.net_risk), savings = t.add("unidentified", p.unidentified);
        t.relate("net risk = unidentified", risk, {savings});
        if (prove_rounding(t, halves::unknown).verdict != verdict::real) {
            ++out.rounding;
            continue;
        }
        ++out.real;
        finding f{"check.net_risk",
                  severity::error,
                  p.organisation + ": the net unmitigated risk is " + to_string(p.net_risk.value()) +
                      ", the unidentified savings are " + to_string(p.unidentified.value()) +
                      "; rounding does not explain it",
                  {p.net_risk.at(), p.unidentified.at()}};
        f.advice = "find out which of the two tables is the later one";
        f.verdict = verdict::real;
        f.found = p.net_risk.value();
        f.expected = p.unidentified.value();
        f.difference = *f.found - *f.expected;
        if (detail::risks_forced_to_foot(m, pairs)) {
            f.rule = "check.forced_to_foot";
            f.looks_like = resemblance::forced_to_foot;
            f.message += ", but the whole column is the savings rounded so that it adds up to its total";
            f.advice = "say so beside the table, or print one more place";
        }
        out.findings.push_back(std::move(f));
    }
    return out;
}

inline std::vector<balance> agree_balances(const std::vector<trade>& trades, const exact& threshold) {
    std::vector<balance> out;
    for (const trade& t : trades) {
        balance b{t, value_or_zero(t.income) - value_or_zero(t.expenditure)};
        if (!b.mismatch.is_zero())
            b.outcome = abs(b.mismatch) > threshold ? agreement_of_balances::over_threshold
                                                    : agreement_of_balances::below_threshold;
        out.push_back(std::move(b));
    }
    return out;
}

inline exact misalignment(const std::vector<balance>& balances) {
    exact sum;
    for (const balance& b : balances) sum += b.mismatch;
    return sum;
}

} // namespace riskshare

#endif
