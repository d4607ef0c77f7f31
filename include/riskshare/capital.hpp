// Spending against a limit: capital against its limit and the time gone, agency staff against their cap.
#ifndef RISKSHARE_CAPITAL_HPP
#define RISKSHARE_CAPITAL_HPP

#include <riskshare/detail/footing.hpp>
#include <riskshare/detail/money_text.hpp>
#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/forecast.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// Whether spending keeps up with the year.
enum class pace : std::uint8_t { behind, on_pace, ahead };
const char* to_string(pace);

/// Parts of a whole, side by side: 13% of the limit spent when 25% of the year is gone.
struct spending_pace {
    ratio spent, expired;
    /// Percentage points: −12 is twelve points behind the calendar.
    ratio gap_in_points() const { return (spent - expired) * ratio(100); }
    /// \param tolerance_in_points how far apart still counts as on pace
    riskshare::pace pace(const ratio& tolerance_in_points) const;
};
/// The part of a year that is gone when a month has ended: 3/12.
constexpr ratio expired_by(month m) { return ratio(m.number(), 12); }

/// One scheme or body of a capital table: plan and spending to date, plan and forecast of the year.
struct capital_line {
    std::string name;
    cell_figure plan_to_date = {}, spent = {}, plan_for_year = {}, forecast = {};
    bool is_total = false;
    cell_figure limit = {}; ///< of the year: an allocation, for a category of capital
};

/// The capital table of a finance report; what it does not give stays blank. Spending is positive.
struct capital_position {
    cell_figure limit, spent, forecast, underspend_against_plan;
    std::optional<ratio> printed_spent, printed_expired; ///< as the report states them
    provenance at_spent = {}, at_expired = {};
    cell_figure plan_to_date = {}, plan_for_year = {};
    std::vector<capital_line> lines = {}; ///< where the report lists schemes or bodies
    /// Plan to date less spending to date, else as stated.
    std::optional<exact> under_plan() const;
    /// From the amounts where both are given, else as stated; nothing when neither is.
    std::optional<spending_pace> pace_at(std::optional<month>) const;
};
/// A stated share of the year against the month, a forecast over the limit, a total that its lines do not give, an
/// underspend that is not plan less spending.
std::vector<finding> review(const capital_position&, std::optional<month>);

/// Agency spending of one year against a cap. Positive amounts.
struct agency_cap {
    exact amount;
    std::string source;
};
struct agency_position {
    exact spent_to_date;
    month to{1};
    agency_cap cap;
    exact cap_to_date() const { return cap.amount * expired_by(to); }
    /// Cap less spending to date, favourable positive.
    exact headroom() const { return cap_to_date() - spent_to_date; }
    exact straight_line_forecast() const { return straight_line(spent_to_date, to); }
    exact forecast_headroom() const { return cap.amount - straight_line_forecast(); }
};
/// A cap that is stated as a cut: 10% below what was spent in the year it is measured against.
agency_cap cap_below(const exact& base, const ratio& cut, std::string source);
/// Agency spending as part of a pay bill, in percent. \pre the pay bill is not zero, else `precondition_violated`.
decimal agency_percentage(const exact& agency, const exact& pay_bill, int places, rounding);

// ---------------------------------------------------------------------------------------------------------------------

inline const char* to_string(pace p) { return p == pace::behind ? "behind" : p == pace::ahead ? "ahead" : "on pace"; }

inline riskshare::pace spending_pace::pace(const ratio& tolerance) const {
    const ratio gap = gap_in_points();
    return gap < -tolerance ? pace::behind : tolerance < gap ? pace::ahead : pace::on_pace;
}

namespace detail {

/// The fraction that one amount is of another, where it fits a ratio.
inline std::optional<ratio> part_of(const cell_figure& part, const cell_figure& whole) {
    if (!part || !whole || whole->value().is_zero()) return std::nullopt;
    const exact::rational r = part->value().pence() / whole->value().pence();
    if (abs(numerator(r)) > INT64_MAX || denominator(r) > INT64_MAX) return std::nullopt;
    return ratio(narrowed(numerator(r), "part_of"), narrowed(denominator(r), "part_of"));
}

} // namespace detail

inline std::optional<spending_pace> capital_position::pace_at(std::optional<month> m) const {
    std::optional<ratio> part = detail::part_of(spent, limit);
    if (!part) part = printed_spent;
    const std::optional<ratio> gone = m ? expired_by(*m) : printed_expired;
    if (!part || !gone) return std::nullopt;
    return spending_pace{*part, *gone};
}

inline std::optional<exact> capital_position::under_plan() const {
    if (plan_to_date && spent) return plan_to_date->value() - spent->value();
    return underspend_against_plan ? std::optional(underspend_against_plan->value()) : std::nullopt;
}

namespace detail {

inline void review_capital_lines(const capital_position& c, std::vector<finding>& out) {
    for (auto of :
         {&capital_line::plan_to_date, &capital_line::spent, &capital_line::plan_for_year, &capital_line::forecast}) {
        std::vector<figure> parts;
        for (const capital_line& l : c.lines)
            if (!l.is_total && l.*of) parts.push_back(*(l.*of));
        for (const capital_line& l : c.lines)
            if (l.is_total && l.*of) check_footing("capital.total", "capital: " + l.name, *(l.*of), parts, out);
    }
    if (c.plan_to_date && c.spent && c.underspend_against_plan)
        check_difference("capital.underspend", "capital: underspend against plan", *c.underspend_against_plan,
                         *c.plan_to_date, *c.spent, out);
}

} // namespace detail

inline std::vector<finding> review(const capital_position& c, std::optional<month> m) {
    std::vector<finding> out;
    detail::review_capital_lines(c, out);
    if (m && c.printed_expired && *c.printed_expired != expired_by(*m))
        out.push_back({"capital.time",
                       severity::error,
                       "the share of the year gone reads " + to_percent(*c.printed_expired) + "; at the end of " +
                           to_string(*m) + " it is " + to_percent(expired_by(*m)),
                       {c.at_expired},
                       "correct the share, or the month of the report"});
    if (c.forecast && c.limit && c.limit->value() < c.forecast->value()) {
        finding f{"capital.over_limit",
                  severity::warning,
                  "capital is forecast to exceed its limit by " + detail::said(c.forecast->value() - c.limit->value()),
                  {c.forecast->at(), c.limit->at()}};
        f.expected = c.limit->value();
        f.found = c.forecast->value();
        f.difference = c.forecast->value() - c.limit->value();
        out.push_back(std::move(f));
    }
    return out;
}

inline agency_cap cap_below(const exact& base, const ratio& cut, std::string source) {
    return {base * (ratio(1) - cut), std::move(source)};
}

inline decimal agency_percentage(const exact& agency, const exact& pay_bill, int places, rounding rule) {
    return percentage(agency, pay_bill, places, rule);
}

} // namespace riskshare

#endif
