// Dates in formulas: serial numbers from March 1900 on, before which Excel counts a day that never was.
#include "workbook/detail/dates.hpp"
#include "workbook/detail/formula_values.hpp"

namespace riskshare::workbook::detail {

namespace {

constexpr double first_sure = 61, last_sure = 2'950'000;

double part(const std::vector<value>& a, std::size_t i, reading& r) {
    if (i >= a.size()) throw not_evaluated{};
    return std::trunc(to_number(a[i], r));
}

calendar_date date_at(double serial, const reading& r) {
    if (serial < first_sure || serial > last_sure) throw not_evaluated{};
    const result<calendar_date> d = date_of_serial(std::to_string(static_cast<long long>(serial)), r.from_1904);
    if (!d) throw not_evaluated{};
    return *d;
}

int days_in(int year, int month) {
    constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && leap ? 29 : days[month - 1];
}

/// Months and days beyond their year's or month's run on into the next.
value serial_of(double year, double month, double day, const reading& r) {
    if (std::fabs(month) > 12'000 || std::fabs(day) > 400'000) throw not_evaluated{};
    const double years = std::floor((month - 1) / 12);
    year += years;
    month -= 12 * years;
    if (year < 1901 || year > 9998) throw not_evaluated{};
    const double serial =
        static_cast<double>(serial_of_day({static_cast<int>(year), static_cast<int>(month), 1}, r.from_1904)) + day - 1;
    if (serial < first_sure || serial > last_sure) throw not_evaluated{};
    return value::of(serial);
}

} // namespace

std::optional<value> call_date(const std::string& name, const std::vector<value>& a, reading& r) {
    if (name == "DATE" && a.size() == 3) return serial_of(part(a, 0, r), part(a, 1, r), part(a, 2, r), r);
    if ((name == "YEAR" || name == "MONTH" || name == "DAY") && a.size() == 1) {
        const calendar_date d = date_at(part(a, 0, r), r);
        return value::of(static_cast<double>(name == "YEAR" ? d.year : name == "MONTH" ? d.month : d.day));
    }
    if ((name == "EDATE" || name == "EOMONTH") && a.size() == 2) {
        const calendar_date d = date_at(part(a, 0, r), r);
        const int months = d.year * 12 + d.month - 1 + static_cast<int>(std::clamp(part(a, 1, r), -12e3, 12e3));
        const int year = months / 12, month = months % 12 + 1;
        const int last = days_in(year, month);
        return serial_of(year, month, name == "EDATE" ? std::min(d.day, last) : last, r);
    }
    return std::nullopt;
}

} // namespace riskshare::workbook::detail
