// Joins what several files say into one model.
#ifndef RISKSHARE_MERGE_HPP
#define RISKSHARE_MERGE_HPP

#include <riskshare/model.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace riskshare {

/// Adds what a further file says. A figure that both give is not added up: the same organisation in two tables is a
/// finding ("model.two_readings") that names both places, and the earlier stands. So it is with an agreement, and with
/// the positions of a month. The schemes of several trackers stand one after another.
void merge(model& into, model further, std::vector<finding>&);
/// Those that name no month or year come last.
void put_in_order_of_time(std::vector<finance_report>&);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

template <class T>
void append(std::vector<T>& into, std::vector<T> further) {
    for (T& each : further) into.push_back(std::move(each));
}

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
    append(into, std::move(further));
    append(totals, std::move(further_totals));
}

inline void merge_sharing(model& into, model& further, std::vector<finding>& findings) {
    if (into.agreement && further.agreement)
        findings.push_back({"model.two_readings",
                            severity::error,
                            "two agreements are given: " + into.agreement->name + " and " + further.agreement->name,
                            {into.agreement->at, further.agreement->at},
                            "give the one that holds with --agreement"});
    else if (further.agreement)
        into.agreement.emplace(std::move(*further.agreement));
    for (share_inputs& in : further.positions) {
        const bool there = std::any_of(into.positions.begin(), into.positions.end(),
                                       [&](const share_inputs& p) { return p.when == in.when && p.basis == in.basis; });
        if (there)
            findings.push_back({"model.two_readings",
                                severity::error,
                                "two files give the positions of " + to_string(in.when),
                                {in.positions.empty() ? provenance() : in.positions.front().at},
                                "give one file at a time, or the earlier one with --since"});
        else
            into.positions.push_back(std::move(in));
    }
    append(into.cause_periods, std::move(further.cause_periods));
}

} // namespace detail

inline void merge(model& into, model further, std::vector<finding>& findings) {
    if (further.savings) {
        if (!into.savings) {
            into.savings.emplace();
            into.savings->by = further.savings->by;
            into.savings->unidentified_known = further.savings->unidentified_known;
        }
        if (into.savings->by != further.savings->by)
            findings.push_back({"model.two_readings",
                                severity::error,
                                std::string("one table gives savings by ") + to_string(into.savings->by) +
                                    " and another by " + to_string(further.savings->by),
                                {into.savings->plans.empty() ? provenance() : into.savings->plans.front().at,
                                 further.savings->plans.empty() ? provenance() : further.savings->plans.front().at},
                                "name the sheet to read in a mapping file (--map), or give one file at a time"});
        into.savings->unidentified_known = into.savings->unidentified_known || further.savings->unidentified_known;
        detail::merge_rows(into.savings->plans, into.savings->printed_totals, std::move(further.savings->plans),
                           std::move(further.savings->printed_totals), "savings by rating", findings);
        detail::append(into.savings->unrated, std::move(further.savings->unrated));
    }
    if (further.status) {
        if (into.status && into.status->categories != further.status->categories)
            findings.push_back({"model.two_readings",
                                severity::error,
                                "two tables give savings by status, and not by the same ones",
                                {into.status->plans.front().at, further.status->plans.front().at},
                                "name the sheet to read in a mapping file (--map), or give one file at a time"});
        else if (!into.status)
            into.status = std::move(further.status);
        else
            detail::merge_rows(into.status->plans, into.status->printed_totals, std::move(further.status->plans),
                               std::move(further.status->printed_totals), "savings by status", findings);
    }
    if (!into.status_weights) into.status_weights = std::move(further.status_weights);
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
    into.schemes.add(further.schemes);
    if (!into.schemes_reported) into.schemes_reported = further.schemes_reported;
    detail::append(into.reports, std::move(further.reports));
    put_in_order_of_time(into.reports);
    detail::merge_sharing(into, further, findings);
    detail::append(into.read_as, std::move(further.read_as));
}

inline void put_in_order_of_time(std::vector<finance_report>& reports) {
    const auto dated = [](const finance_report& r) { return r.year && r.month; };
    const auto earlier = [&](const finance_report& a, const finance_report& b) {
        if (!dated(a) || !dated(b)) return dated(a) && !dated(b);
        return period{*a.year, *a.month} < period{*b.year, *b.month};
    };
    for (std::size_t i = 1; i < reports.size(); ++i)
        for (std::size_t j = i; j > 0 && earlier(reports[j], reports[j - 1]); --j)
            std::swap(reports[j], reports[j - 1]);
}

} // namespace riskshare

#endif
