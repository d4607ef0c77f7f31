// Two partners who disagree about the same trade.
#ifndef RISKSHARE_MISALIGNMENT_HPP
#define RISKSHARE_MISALIGNMENT_HPP

#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>

#include <string>
#include <vector>

namespace riskshare {

/// One trade within a system, as each side books it: the seller's income and the buyer's expenditure, both positive.
struct intra_system_trade {
    std::string seller, buyer; ///< organisation codes
    exact income, expenditure;
    std::vector<provenance> at = {};

    /// What the seller says beyond what the buyer says.
    exact mismatch() const { return income - expenditure; }
};

/// The line that takes the mismatches out of a system's position: what the organisations' own positions hold too much.
/// It stays a line of its own and is never spread over the organisations.
exact misalignment_line(const std::vector<intra_system_trade>&);

/// From which size on a difference between two bodies has to be resolved: the agreement-of-balances guidance sets one
/// for each exercise and kind.
struct balance_threshold {
    exact amount;
    std::string source; ///< "agreement of balances 2021/22, month 12, income and expenditure"
};

/// One finding a trade that does not agree, saying who says what: an error above the threshold, else a warning.
std::vector<finding> review(const std::vector<intra_system_trade>&, const balance_threshold&);

// ---------------------------------------------------------------------------------------------------------------------

inline exact misalignment_line(const std::vector<intra_system_trade>& trades) {
    exact sum;
    for (const intra_system_trade& t : trades) sum += t.mismatch();
    return -sum;
}

inline std::vector<finding> review(const std::vector<intra_system_trade>& trades, const balance_threshold& threshold) {
    std::vector<finding> out;
    for (const intra_system_trade& t : trades) {
        if (t.mismatch().is_zero()) continue;
        const bool over = abs(t.mismatch()) > threshold.amount;
        finding f{"position.misalignment", over ? severity::error : severity::warning,
                  t.seller + " books income of " + to_string(t.income) + " pounds from " + t.buyer + ", " + t.buyer +
                      " books expenditure of " + to_string(t.expenditure) + " to " + t.seller + ": " +
                      to_string(abs(t.mismatch())) + " apart, " + (over ? "above" : "within") + " the threshold of " +
                      to_string(threshold.amount) + " (" + threshold.source + ")"};
        f.at = t.at;
        f.expected = t.expenditure;
        f.found = t.income;
        f.difference = t.mismatch();
        f.verdict = verdict::real;
        f.advice = "let both sides agree on one figure; the difference stays a line of its own until then";
        out.push_back(std::move(f));
    }
    return out;
}

} // namespace riskshare

#endif
