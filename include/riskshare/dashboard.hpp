// A dashboard row: plan, actual, its colour as printed, and where it is going.
#ifndef RISKSHARE_DASHBOARD_HPP
#define RISKSHARE_DASHBOARD_HPP

#include <riskshare/accounting.hpp>
#include <riskshare/detail/money_text.hpp>
#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace riskshare {

/// Which way is up for a measure. Data: a surplus wants to be higher, a waiting time lower.
enum class better_when : std::uint8_t { higher, lower };

/// green: better than the average of the months before; red: worse.
enum class trend : std::uint8_t { green, red, unchanged };

/// What a measure counts. The figures of one that is no money are held as if a pound were one per cent, or one of what
/// is counted: exact, compared among themselves, and never added to money.
enum class measured_in : std::uint8_t { money, percent, number };

struct dashboard_row {
    std::string measure;
    cell_figure plan, actual;
    std::optional<better_when> better = {}; ///< nothing where nobody says which way is up
    std::string printed_status = {};        ///< as it stands: "Compliant", "Jul-19"
    std::vector<figure> before = {};        ///< the actuals of months before, oldest first, where the row gives them
    cell_figure amber_within = {};          ///< how far short of plan is still amber
    measured_in in = measured_in::money;
};

/// "95.2%", "1,204", or pounds as "13600000.00": a figure of the row as a sentence names it.
std::string told(const dashboard_row&, const exact& amount);

/// This month against the average of exactly the months that the rule names (the published one: the prior six); nothing
/// while there are fewer.
/// \param before the earlier months, oldest first; the last `months` of them count
std::optional<trend> trend_of(const exact& now, std::span<const exact> before, std::size_t months, better_when);

/// Actual against plan, with how far below plan is still amber: 0 makes anything short of plan red. Data.
enum class status_colour : std::uint8_t { red, amber, green };
status_colour status_of(const exact& plan, const exact& actual, better_when, const exact& amber_within);

/// The same for a row; nothing where it lacks a figure, or nobody says which way is up.
std::optional<status_colour> status_of(const dashboard_row&);
std::optional<trend> trend_of(const dashboard_row&, const std::vector<exact>& before, std::size_t months);

/// A plan and an actual of equal size and opposite sign, as brackets left out make them; a status that says compliant
/// over an actual worse than plan.
std::vector<finding> review(const dashboard_row&);

const char* to_string(trend);
const char* to_string(status_colour);

// ---------------------------------------------------------------------------------------------------------------------

inline const char* to_string(trend t) { return t == trend::green ? "green" : t == trend::red ? "red" : "unchanged"; }
inline const char* to_string(status_colour c) {
    return c == status_colour::red ? "red" : c == status_colour::amber ? "amber" : "green";
}

inline std::optional<trend> trend_of(const exact& now, std::span<const exact> before, std::size_t months,
                                     better_when better) {
    if (months == 0) throw precondition_violated("trend_of: an average of no months");
    if (before.size() < months) return std::nullopt;
    exact sum;
    for (const exact& e : before.last(months)) sum += e;
    const exact times = now * ratio(static_cast<std::int64_t>(months)); // compared without dividing
    if (times == sum) return trend::unchanged;
    return (times > sum) == (better == better_when::higher) ? trend::green : trend::red;
}

inline status_colour status_of(const exact& plan, const exact& actual, better_when better, const exact& amber_within) {
    const exact short_by = better == better_when::higher ? plan - actual : actual - plan;
    if (short_by <= exact()) return status_colour::green;
    return short_by <= amber_within ? status_colour::amber : status_colour::red;
}

inline std::optional<status_colour> status_of(const dashboard_row& row) {
    if (!row.plan || !row.actual || !row.better) return std::nullopt;
    return status_of(row.plan->value(), row.actual->value(), *row.better, value_or_zero(row.amber_within));
}

inline std::optional<trend> trend_of(const dashboard_row& row, const std::vector<exact>& before, std::size_t months) {
    if (!row.actual || !row.better) return std::nullopt;
    return trend_of(row.actual->value(), before, months, *row.better);
}

inline std::string told(const dashboard_row& row, const exact& amount) {
    if (row.in == measured_in::money) return detail::said(amount);
    constexpr int places = 2;
    const decimal shown = rounded(amount, unit::pounds, places, rounding::half_away_from_zero).normalised();
    return accounting(decimal(shown)) + (row.in == measured_in::percent ? "%" : "");
}

inline std::vector<finding> review(const dashboard_row& row) {
    std::vector<finding> out;
    if (!row.plan || !row.actual) return out;
    const exact plan = row.plan->value(), actual = row.actual->value();
    const std::string said = row.printed_status.empty() ? "" : ", marked \"" + row.printed_status + "\"";
    if (!plan.is_zero() && plan == -actual) {
        const std::string both = row.in == measured_in::money
                                     ? to_string(row.plan->written()) + " and " + to_string(row.actual->written()) +
                                           " " + to_string(row.plan->unit())
                                     : told(row, plan) + " and " + told(row, actual);
        finding f{"dashboard.sign_mismatch",
                  severity::error,
                  row.measure + ": plan and actual are equal in size and opposite in sign (" + both + ")" + said +
                      "; a sign slip, not a variance of " + told(row, actual - plan),
                  {row.plan->at(), row.actual->at()},
                  "correct the sign of one of them"};
        f.expected = plan;
        f.found = actual;
        f.difference = actual - plan;
        f.verdict = verdict::real;
        f.looks_like = resemblance::sign_slip;
        out.push_back(std::move(f));
        return out;
    }
    if (row.better && detail::folded(row.printed_status) == "compliant" &&
        status_of(plan, actual, *row.better, exact()) != status_colour::green) {
        finding f{"dashboard.status",
                  severity::error,
                  row.measure + " is marked compliant and is worse than plan by " + told(row, abs(actual - plan)),
                  {row.actual->at(), row.plan->at()},
                  "correct the status, or the direction in which the measure is better"};
        f.difference = actual - plan;
        out.push_back(std::move(f));
    }
    return out;
}

} // namespace riskshare

#endif
