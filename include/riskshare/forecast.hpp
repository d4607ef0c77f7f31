// Where a position lands at year end, and how much of it is underlying.
#ifndef RISKSHARE_FORECAST_HPP
#define RISKSHARE_FORECAST_HPP

#include <riskshare/exact.hpp>
#include <riskshare/period.hpp>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace riskshare {

/// An amount split by whether it comes again. Underlying is what is left without the one-offs.
struct recurrent_split {
    exact total, non_recurrent;
    exact underlying() const { return total - non_recurrent; }
};

/// The year if every month goes as the months so far did: to date / months × 12.
exact straight_line(const exact& to_date, month);

/// How a year is expected to spread over its months: twelve weights, none negative.
using profile = std::array<ratio, 12>;
/// The year if it goes on as the profile says: to date / (weights to date) × (all weights).
/// Throws `precondition_violated` when a weight is negative or the weights to date are all zero.
exact profiled(const exact& to_date, month, const profile&);

/// The forecasts that a position to date and its one-offs lead to.
struct run_rate {
    exact straight_line; ///< one-offs go on coming
    exact underlying_to_date;
    exact underlying;    ///< straight line without any one-off
    exact one_offs_once; ///< straight line of the rest, and the one-offs as they are
};
run_rate run_rate_of(const recurrent_split& to_date, month);

/// What the last months of a year come to over twelve: the rate at which the next year is entered.
/// \param recurrent by month, M1 first; the last `months` of them are averaged
/// \pre 1 ≤ months ≤ recurrent.size(), else `precondition_violated`.
exact exit_run_rate(std::span<const exact> recurrent, std::size_t months);
/// What next year starts with beyond this year's recurrent total.
inline exact next_year_effect(const exact& exit_rate, const exact& recurrent_this_year) {
    return exit_rate - recurrent_this_year;
}

/// A forecast outturn as it was reported in one month.
struct reported_forecast {
    period reported;
    exact outturn;
};
struct deterioration {
    period reported;
    exact before, after;
    exact by() const { return before - after; }
};
/// The first report that is worse than the one before it. \pre in order of time, else `precondition_violated`.
std::optional<deterioration> first_deterioration(std::span<const reported_forecast>);

/// A forecast with what could still happen to it.
struct outlook {
    exact best;   ///< no risk lands, every mitigation does
    exact likely; ///< each by its likelihood
    exact worst;  ///< every risk lands, no mitigation does
};

// ---------------------------------------------------------------------------------------------------------------------

inline exact straight_line(const exact& to_date, month m) { return to_date * ratio(12, m.number()); }

inline exact profiled(const exact& to_date, month m, const profile& weights) {
    exact::rational so_far = 0, all = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (weights[i] < ratio(0)) throw precondition_violated("profiled: a negative weight");
        const exact::rational w(weights[i].numerator(), weights[i].denominator());
        all += w;
        if (static_cast<int>(i) < m.number()) so_far += w;
    }
    if (so_far == 0) throw precondition_violated("profiled: the profile has nothing up to " + to_string(m));
    return exact::pence(to_date.pence() * all / so_far);
}

inline run_rate run_rate_of(const recurrent_split& to_date, month m) {
    run_rate out;
    out.straight_line = straight_line(to_date.total, m);
    out.underlying_to_date = to_date.underlying();
    out.underlying = straight_line(to_date.underlying(), m);
    out.one_offs_once = out.underlying + to_date.non_recurrent;
    return out;
}

inline exact exit_run_rate(std::span<const exact> recurrent, std::size_t months) {
    if (months == 0 || months > recurrent.size()) throw precondition_violated("exit_run_rate: not so many months");
    exact sum;
    for (const exact& e : recurrent.last(months)) sum += e;
    return sum * ratio(12, static_cast<std::int64_t>(months));
}

inline std::optional<deterioration> first_deterioration(std::span<const reported_forecast> reports) {
    for (std::size_t i = 1; i < reports.size(); ++i) {
        if (reports[i].reported <= reports[i - 1].reported)
            throw precondition_violated("first_deterioration: the reports are not in order of time");
        if (reports[i].outturn < reports[i - 1].outturn)
            return deterioration{reports[i].reported, reports[i - 1].outturn, reports[i].outturn};
    }
    return std::nullopt;
}

} // namespace riskshare

#endif
