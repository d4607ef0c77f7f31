// Financial years and their months, as whole numbers.
#ifndef RISKSHARE_PERIOD_HPP
#define RISKSHARE_PERIOD_HPP

#include <riskshare/error.hpp>

#include <compare>
#include <string>
#include <string_view>

namespace riskshare {

/// 2022/23: 1 April 2022 to 31 March 2023. Held as the year in which it starts.
struct financial_year {
    int start = 0;
    friend auto operator<=>(const financial_year&, const financial_year&) = default;
};

/// A month of a financial year: M1 is April, M12 is March; year to date at Mn is M1..Mn; quarter 1 is M1 to M3.
/// The forecast outturn is the position at M12.
class month {
public:
    /// Throws `precondition_violated` outside 1 to 12.
    constexpr explicit month(int number);
    constexpr int number() const noexcept { return number_; }
    constexpr int quarter() const noexcept { return (number_ + 2) / 3; }
    /// 1 January to 12 December.
    constexpr int calendar_month() const noexcept { return (number_ + 2) % 12 + 1; }
    friend constexpr auto operator<=>(const month&, const month&) = default;

private:
    int number_;
};

/// A month of a year. Ordered in time.
struct period {
    financial_year year;
    riskshare::month month{1};
    friend auto operator<=>(const period&, const period&) = default;
};

/// The period in which a calendar month falls: March 2023 is M12 of 2022/23. \pre 1 ≤ month ≤ 12.
period period_of(int calendar_year, int calendar_month);
/// The calendar year in which a period falls.
int calendar_year(const period&);
/// The period after.
period next(const period&);

/// "2022/23"; to_string(month(4)) "M4"; month_name(month(4)) "July"; to_string(period) "M4 2022/23".
std::string to_string(financial_year);
std::string to_string(month);
std::string_view month_name(month);
std::string to_string(const period&);

// ---------------------------------------------------------------------------------------------------------------------

constexpr month::month(int number) : number_(number) {
    if (number < 1 || number > 12)
        throw precondition_violated("month " + std::to_string(number) + " is outside M1 to M12");
}

inline period period_of(int calendar_year, int calendar_month) {
    if (calendar_month < 1 || calendar_month > 12)
        throw precondition_violated("there is no calendar month " + std::to_string(calendar_month));
    const bool before_april = calendar_month < 4;
    return {financial_year{before_april ? calendar_year - 1 : calendar_year},
            month(before_april ? calendar_month + 9 : calendar_month - 3)};
}
inline int calendar_year(const period& p) { return p.year.start + (p.month.number() > 9 ? 1 : 0); }
inline period next(const period& p) {
    if (p.month.number() == 12) return {financial_year{p.year.start + 1}, month(1)};
    return {p.year, month(p.month.number() + 1)};
}

inline std::string to_string(financial_year y) {
    const int end = (y.start + 1) % 100;
    return std::to_string(y.start) + "/" + (end < 10 ? "0" : "") + std::to_string(end);
}
inline std::string to_string(month m) { return "M" + std::to_string(m.number()); }
inline std::string_view month_name(month m) {
    static constexpr std::string_view names[] = {"April",   "May",      "June",     "July",    "August",   "September",
                                                 "October", "November", "December", "January", "February", "March"};
    return names[m.number() - 1];
}
inline std::string to_string(const period& p) { return to_string(p.month) + " " + to_string(p.year); }

} // namespace riskshare

#endif
