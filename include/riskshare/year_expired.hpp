// How much of a financial year has gone by.
#ifndef RISKSHARE_YEAR_EXPIRED_HPP
#define RISKSHARE_YEAR_EXPIRED_HPP

#include <riskshare/calendar.hpp>
#include <riskshare/ratio.hpp>

namespace riskshare {

/// The part of the financial year that has gone by at the end of the period, counted in months: 1/4 at M3.
ratio year_expired(const period&);
/// The same counted in days: 91/365 at M3.
ratio year_expired_in_days(const period&);

// ---------------------------------------------------------------------------------------------------------------------

inline ratio year_expired(const period& p) { return ratio(p.month.number(), 12); }
inline ratio year_expired_in_days(const period& p) {
    const date::sys_days start = first_day({p.year, month(1)});
    const date::sys_days end = last_day({p.year, month(12)});
    return ratio((date::sys_days(last_day(p)) - start).count() + 1, (end - start).count() + 1);
}

} // namespace riskshare

#endif
