// Dates in formulas, as serial numbers of the workbook's calendar. Those of the day itself are never evaluated.
#include "workbook/detail/dates.hpp"
#include "workbook/detail/formula_functions.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace riskshare::workbook::detail {

namespace {

using what = value::what;
constexpr double last_serial = 2'958'465;

double whole_day(const value& v, reading& r) {
    const double serial = std::floor(to_number(v, r));
    if (serial < 0 || serial > last_serial) fail("#NUM!");
    return serial;
}

/// Day 0 is the last of December 1899 to Excel, and 29 February 1900 a day.
calendar_date date_at(double serial, const reading& r) {
    if (serial < 0 || serial > last_serial) fail("#NUM!");
    if (serial < 1 && !r.from_1904) return {1900, 1, 0};
    const auto d = date_of_serial(std::to_string(static_cast<long long>(serial)), r.from_1904);
    need(static_cast<bool>(d));
    return *d;
}

int days_in(int year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

/// Months and days beyond their year's or month's run on into the next.
double serial_of(double year, double month, double day, const reading& r) {
    if (std::fabs(month) > 120'000 || std::fabs(day) > 4e6) fail("#NUM!");
    const double years = std::floor((month - 1) / 12);
    year += years;
    month -= 12 * years;
    if (year < (r.from_1904 ? 1904 : 1900) || year > 9999) fail("#NUM!");
    double first =
        static_cast<double>(serial_of_day({static_cast<int>(year), static_cast<int>(month), 1}, r.from_1904));
    if (!r.from_1904 && year == 1900 && month <= 2) --first; // before the day that never was
    const double serial = first + day - 1;
    if (serial < 0 || serial > last_serial) fail("#NUM!");
    return serial;
}

value date(const arguments& a, reading& r) {
    double year = std::trunc(to_number(a[0], r));
    if (year < 0) fail("#NUM!");
    if (year < 1900) year += 1900;
    return value::of(serial_of(year, std::trunc(to_number(a[1], r)), std::trunc(to_number(a[2], r)), r));
}

template <int Part>
value part_of_date(const arguments& a, reading& r) {
    const calendar_date d = date_at(whole_day(a[0], r), r);
    return value::of(static_cast<double>(Part == 0 ? d.year : Part == 1 ? d.month : d.day));
}

template <bool End>
value months_on(const arguments& a, reading& r) {
    const calendar_date d = date_at(whole_day(a[0], r), r);
    const double months = d.year * 12 + d.month - 1 + std::trunc(to_number(a[1], r));
    if (months < 1900 * 12 || months >= 10'000 * 12) fail("#NUM!");
    const int year = static_cast<int>(months) / 12, month = static_cast<int>(months) % 12 + 1;
    const int last = days_in(year, month);
    return value::of(serial_of(year, month, End ? last : std::min(d.day, last), r));
}

template <int Part>
value part_of_time(const arguments& a, reading& r) {
    const double n = to_number(a[0], r);
    if (n < 0) fail("#NUM!");
    const double seconds = std::floor((n - std::floor(n)) * 86'400 + 0.5);
    const int all = static_cast<int>(seconds) % 86'400;
    return value::of(static_cast<double>(Part == 0 ? all / 3600 : Part == 1 ? all / 60 % 60 : all % 60));
}

value time_of(const arguments& a, reading& r) {
    const double seconds =
        std::trunc(to_number(a[0], r)) * 3600 + std::trunc(to_number(a[1], r)) * 60 + std::trunc(to_number(a[2], r));
    if (seconds < 0) fail("#NUM!");
    return value::of(std::fmod(seconds, 86'400) / 86'400);
}

/// 0 for Monday.
int day_of_week(double serial, const reading& r) {
    return static_cast<int>(std::fmod(serial + (r.from_1904 ? 4 : 5), 7));
}

value weekday(const arguments& a, reading& r) {
    const int day = day_of_week(whole_day(a[0], r), r);
    const double how = number_or(a, 1, r, 1);
    if (how == 1 || how == 17) return value::of((day + 1) % 7 + 1.0);
    if (how == 2 || how == 11) return value::of(day + 1.0);
    if (how == 3) return value::of(static_cast<double>(day));
    if (how >= 12 && how <= 16)
        return value::of((day - (how - 11) + 7 >= 7 ? day - (how - 11) : day - (how - 11) + 7) + 1);
    fail("#NUM!");
}

value week_number(const arguments& a, reading& r) {
    const double serial = whole_day(a[0], r), how = number_or(a, 1, r, 1);
    need(how == 1 || how == 2);
    const double first = serial_of(date_at(serial, r).year, 1, 1, r);
    const int start = how == 2 ? day_of_week(first, r) : (day_of_week(first, r) + 1) % 7;
    return value::of(std::floor((serial - first + start) / 7) + 1);
}

value iso_week(const arguments& a, reading& r) {
    const double serial = whole_day(a[0], r), thursday = serial - day_of_week(serial, r) + 3;
    return value::of(std::floor((thursday - serial_of(date_at(thursday, r).year, 1, 1, r)) / 7) + 1);
}

/// European: the 31st is the 30th. American: so too, with the end of February.
double days_360(calendar_date a, calendar_date b, bool european) {
    const auto last_of_february = [](calendar_date d) { return d.month == 2 && d.day == days_in(d.year, 2); };
    if (european) {
        a.day = std::min(a.day, 30);
        b.day = std::min(b.day, 30);
    } else {
        if (last_of_february(a)) a.day = 30;
        if (b.day == 31 && a.day >= 30) b.day = 30;
        if (a.day == 31) a.day = 30;
    }
    return (b.year - a.year) * 360.0 + (b.month - a.month) * 30.0 + (b.day - a.day);
}

value year_fraction(const arguments& a, reading& r) {
    double from = whole_day(a[0], r), to = whole_day(a[1], r);
    if (from > to) std::swap(from, to);
    const double how = number_or(a, 2, r, 0);
    if (how == 0 || how == 4) return value::of(days_360(date_at(from, r), date_at(to, r), how == 4) / 360);
    if (how == 2) return value::of((to - from) / 360);
    need(how == 3);
    return value::of((to - from) / 365);
}

value between(const arguments& a, reading& r) {
    const double from = whole_day(a[0], r), to = whole_day(a[1], r);
    if (from > to) fail("#NUM!");
    const calendar_date a1 = date_at(from, r), b1 = date_at(to, r);
    const std::string unit = folded_text(to_text(a[2], r));
    const double months = (b1.year - a1.year) * 12.0 + b1.month - a1.month - (b1.day < a1.day);
    if (unit == "d") return value::of(to - from);
    if (unit == "m") return value::of(months);
    if (unit == "y") return value::of(std::floor(months / 12));
    if (unit == "ym") return value::of(std::fmod(months, 12));
    need(unit == "yd");
    const bool later = std::pair(b1.month, b1.day) >= std::pair(a1.month, a1.day);
    return value::of(to - serial_of(later ? b1.year : b1.year - 1, a1.month, a1.day, r));
}

class working_days {
public:
    working_days(const arguments& a, std::size_t holidays, reading& r) : read_(r) {
        if (!given(a, holidays)) return;
        for (const value& v : to_matrix(a[holidays], r)->all)
            if (v.kind != what::blank) off_.insert(std::floor(to_number(v, r)));
    }
    bool works(double day) const { return day_of_week(day, read_) < 5 && off_.count(day) == 0; }

private:
    const reading& read_;
    std::set<double> off_;
};

value work_days_between(const arguments& a, reading& r) {
    double from = whole_day(a[0], r), to = whole_day(a[1], r);
    const working_days open(a, 2, r);
    const double sign = from > to ? -1 : 1;
    if (from > to) std::swap(from, to);
    double count = 0;
    for (double day = from; day <= to; ++day) count += open.works(day);
    return value::of(sign * count);
}

value work_days_on(const arguments& a, reading& r) {
    double day = whole_day(a[0], r), left = std::trunc(to_number(a[1], r));
    need(std::fabs(left) < 1e6);
    const working_days open(a, 2, r);
    for (const double step = left < 0 ? -1 : 1; left != 0;) {
        day += step;
        if (day < 0 || day > last_serial) fail("#NUM!");
        if (open.works(day)) left -= step;
    }
    return value::of(day);
}

value day_in_text(const arguments& a, reading& r) {
    if (a[0].kind != what::text) fail("#VALUE!");
    const auto serial = serial_of_iso(a[0].text, r.from_1904);
    if (!serial) throw not_evaluated{"a date as text"};
    return value::of(std::floor(number_of_text(*serial)));
}

value time_in_text(const arguments& a, reading& r) {
    if (a[0].kind != what::text) fail("#VALUE!");
    const auto serial = serial_of_iso(a[0].text, r.from_1904);
    if (!serial) throw not_evaluated{"a time of day as text"};
    const double n = number_of_text(*serial);
    return value::of(n - std::floor(n));
}

} // namespace

std::span<const function> days() {
    static constexpr function all[] = {
        {"DATE", 3, 3, "s", date},
        {"YEAR", 1, 1, "s", part_of_date<0>},
        {"MONTH", 1, 1, "s", part_of_date<1>},
        {"DAY", 1, 1, "s", part_of_date<2>},
        {"EDATE", 2, 2, "s", months_on<false>},
        {"EOMONTH", 2, 2, "s", months_on<true>},
        {"HOUR", 1, 1, "s", part_of_time<0>},
        {"MINUTE", 1, 1, "s", part_of_time<1>},
        {"SECOND", 1, 1, "s", part_of_time<2>},
        {"TIME", 3, 3, "s", time_of},
        {"WEEKDAY", 1, 2, "s", weekday},
        {"WEEKNUM", 1, 2, "s", week_number},
        {"ISOWEEKNUM", 1, 1, "s", iso_week},
        {"DAYS", 2, 2, "s",
         [](const arguments& a, reading& r) { return value::of(whole_day(a[0], r) - whole_day(a[1], r)); }},
        {"DAYS360", 2, 3, "s",
         [](const arguments& a, reading& r) {
             const bool european = a.size() > 2 && to_truth(a[2], r);
             return value::of(days_360(date_at(whole_day(a[0], r), r), date_at(whole_day(a[1], r), r), european));
         }},
        {"YEARFRAC", 2, 3, "s", year_fraction},
        {"DATEDIF", 3, 3, "s", between},
        {"NETWORKDAYS", 2, 3, "ssa", work_days_between},
        {"WORKDAY", 2, 3, "ssa", work_days_on},
        {"DATEVALUE", 1, 1, "s", day_in_text},
        {"TIMEVALUE", 1, 1, "s", time_in_text},
    };
    return all;
}

} // namespace riskshare::workbook::detail
