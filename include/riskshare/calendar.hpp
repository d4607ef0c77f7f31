// The bridge from financial periods to days.
#ifndef RISKSHARE_CALENDAR_HPP
#define RISKSHARE_CALENDAR_HPP

#include <riskshare/period.hpp>

#include <date/date.h>

#include <algorithm>
#include <span>

namespace riskshare {

/// M4 2022/23 runs from 1 July 2022 …
date::year_month_day first_day(const period&);
/// … to 31 July 2022.
date::year_month_day last_day(const period&);
/// 28 to 31.
int days_in(const period&);
/// The period in which a day falls. \pre the day exists, else `precondition_violated`.
period period_of(date::year_month_day);

/// The n-th working day after the period ends (Monday to Friday, bank holidays left out): when a return falls due.
/// \pre n ≥ 1, else `precondition_violated`.
date::year_month_day working_day_after(const period&, int n, std::span<const date::year_month_day> bank_holidays);

// ---------------------------------------------------------------------------------------------------------------------

inline date::year_month_day first_day(const period& p) {
    return date::year(calendar_year(p)) / p.month.calendar_month() / 1;
}
inline date::year_month_day last_day(const period& p) {
    return date::year(calendar_year(p)) / p.month.calendar_month() / date::last;
}
inline int days_in(const period& p) {
    return static_cast<int>((date::sys_days(last_day(p)) - date::sys_days(first_day(p))).count()) + 1;
}
inline period period_of(date::year_month_day day) {
    if (!day.ok()) throw precondition_violated("period_of: there is no such day");
    return period_of(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())));
}

inline date::year_month_day working_day_after(const period& p, int n,
                                              std::span<const date::year_month_day> bank_holidays) {
    if (n < 1) throw precondition_violated("working_day_after: counted from 1");
    date::sys_days day = last_day(p);
    while (n > 0) {
        day += date::days(1);
        const date::weekday weekday(day);
        const bool holiday =
            std::find(bank_holidays.begin(), bank_holidays.end(), date::year_month_day(day)) != bank_holidays.end();
        if (weekday != date::Saturday && weekday != date::Sunday && !holiday) --n;
    }
    return day;
}

} // namespace riskshare

#endif
