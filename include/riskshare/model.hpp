// One system, one year, in one value: everything that was read.
#ifndef RISKSHARE_MODEL_HPP
#define RISKSHARE_MODEL_HPP

#include <riskshare/control_total.hpp>
#include <riskshare/period.hpp>
#include <riskshare/savings.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// The weights by which savings are weighed, and where they came from.
struct sourced_weights {
    risk_weights weights;
    std::string source; ///< "operational plan 2019/20, section 6", "plan.xlsx 'Weights'!B3"
};

/// What a set of files says. A part that no file held is absent; it is never an empty table.
struct model {
    std::optional<savings_table> savings = {};
    std::optional<sourced_weights> weights = {}; ///< given by a file; absent when none did
    std::optional<control_total_table> control_totals = {};
    std::vector<std::string> read_as = {}; ///< sentences: which table was read as what, and where
};

/// Adds what a further file says. A figure that both give is not added up: the same organisation in two tables is a
/// finding ("model.two_readings") that names both places, and the earlier stands.
void merge(model& into, model further, std::vector<finding>&);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

/// Appends the rows of another table of the same kind, unless it speaks of an organisation that is there already.
template <class Row>
void merge_rows(std::vector<Row>& into, std::vector<Row>& totals, std::vector<Row> further,
                std::vector<Row> further_totals, const char* what, std::vector<finding>& findings) {
    for (const Row& row : further)
        for (const Row& there : into)
            if (row.organisation == there.organisation) {
                findings.push_back({"model.two_readings",
                                    severity::error,
                                    "two tables of " + std::string(what) + " both give " + row.organisation +
                                        "; neither was preferred to the other",
                                    {there.at, row.at},
                                    "name the sheet to read in a mapping file (--map), or give one file at a time"});
                return;
            }
    // The printed totals of one table do not cover the rows of another.
    if (!into.empty()) totals.clear(), further_totals.clear();
    std::move(further.begin(), further.end(), std::back_inserter(into));
    std::move(further_totals.begin(), further_totals.end(), std::back_inserter(totals));
}

} // namespace detail

inline void merge(model& into, model further, std::vector<finding>& findings) {
    if (further.savings) {
        if (!into.savings) into.savings.emplace();
        detail::merge_rows(into.savings->plans, into.savings->printed_totals, std::move(further.savings->plans),
                           std::move(further.savings->printed_totals), "savings by rating", findings);
    }
    if (further.control_totals) {
        if (!into.control_totals) into.control_totals.emplace();
        detail::merge_rows(into.control_totals->organisations, into.control_totals->printed_totals,
                           std::move(further.control_totals->organisations),
                           std::move(further.control_totals->printed_totals), "control totals", findings);
    }
    if (further.weights && into.weights && !(further.weights->weights == into.weights->weights))
        findings.push_back(
            {"weights.two_readings",
             severity::error,
             "the files give different risk weights: " + into.weights->source + " and " + further.weights->source,
             {},
             "give the weights in a mapping file (--map)"});
    else if (further.weights)
        into.weights = std::move(further.weights);
    std::move(further.read_as.begin(), further.read_as.end(), std::back_inserter(into.read_as));
}

} // namespace riskshare

#endif
