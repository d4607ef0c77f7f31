// Two sides that must be equal, weighed within the rounding of their figures.
#ifndef RISKSHARE_DETAIL_RECONCILED_PAIR_HPP
#define RISKSHARE_DETAIL_RECONCILED_PAIR_HPP

#include <riskshare/accounting.hpp>
#include <riskshare/diagnosis.hpp>
#include <riskshare/reconciliation.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace riskshare::detail {

inline std::string in_pounds(const exact& e) {
    const bool whole = denominator(rational(e.pence() / 100)) == 1;
    return (e.is_negative() ? "-£" : "£") + (e.is_zero() ? "0" : accounting(abs(e), unit::pounds, whole ? 0 : 2));
}

/// One of two sides that must be equal: some figures, with their weights, and an exact amount besides.
struct reconciled_side {
    std::string says; ///< "the organisations add up to"
    std::vector<std::pair<figure, ratio>> figures = {};
    exact fixed = {};
    std::vector<provenance> at = {}; ///< of the exact amount
};

struct outcome_of_two {
    riskshare::verdict verdict;
    exact first, second;
    std::optional<resemblance> looks_like = {};
};

inline outcome_of_two compared(const reconciled_side& a, const reconciled_side& b) {
    printed_table t;
    relation r{a.says, {}};
    outcome_of_two out{verdict::agrees, a.fixed, b.fixed};
    const auto put = [&](const reconciled_side& s, exact& sum, bool first) {
        if (!s.fixed.is_zero()) r.terms.push_back({t.add({s.says, s.fixed, {}, {}}), ratio(first ? -1 : 1)});
        for (const auto& f : s.figures) {
            sum += f.first.value() * f.second;
            r.terms.push_back({t.add(s.says, f.first), first ? -f.second : f.second});
        }
    };
    put(a, out.first, true);
    put(b, out.second, false);
    if (r.terms.empty() || out.first == out.second) return out;
    t.relate(std::move(r));
    const rounding_proof proof = prove_rounding(t, halves::unknown);
    out.verdict = proof.verdict == verdict::agrees ? verdict::rounding : proof.verdict;
    if (proof.verdict == verdict::real)
        for (const diagnosis& d : diagnose(t, proof))
            if (!d.explanations.empty()) out.looks_like = d.explanations.front().looks_like;
    return out;
}

/// Counts the pair; a difference that rounding cannot explain becomes a finding that points at both sides.
inline void reconcile_pair(const char* rule, severity worst, const std::string& what, const reconciled_side& a,
                           const reconciled_side& b, const std::string& advice, reconciliation& out) {
    const outcome_of_two c = compared(a, b);
    if (c.verdict == verdict::agrees) ++out.agrees;
    if (c.verdict == verdict::rounding) {
        ++out.rounding;
        const exact apart = abs(c.first - c.second);
        if (!out.largest_rounding || *out.largest_rounding < apart) out.largest_rounding = apart;
    }
    if (c.verdict != verdict::real) return;
    ++out.real;
    finding f{rule, worst,
              what + ": " + a.says + " " + in_pounds(c.first) + ", " + b.says + " " + in_pounds(c.second) + ": " +
                  in_pounds(abs(c.first - c.second)) + " apart, which rounding does not explain"};
    for (const reconciled_side* s : {&a, &b}) {
        for (const auto& figure : s->figures)
            if (f.at.size() < 12 && figure.first.at().known()) f.at.push_back(figure.first.at());
        for (const provenance& p : s->at)
            if (f.at.size() < 12 && p.known()) f.at.push_back(p);
    }
    f.advice = advice;
    f.verdict = verdict::real;
    f.found = c.first;
    f.expected = c.second;
    f.difference = c.first - c.second;
    f.looks_like = c.looks_like;
    out.findings.push_back(std::move(f));
}

inline reconciled_side one(const std::string& says, const figure& f) { return {says, {{f, ratio(1)}}}; }

} // namespace riskshare::detail

#endif
