#include "workbook/detail/dates.hpp"

#include "workbook/detail/decimal_text.hpp"

#include <riskshare/workbook/sheet.hpp>

#include <cstdint>

namespace riskshare::workbook {

namespace {

// Days since 1970-01-01 in the proleptic Gregorian calendar, by eras of 400 years counted from 1 March.
std::int64_t days_of(int year, int month, int day) {
    const std::int64_t y = year - (month <= 2 ? 1 : 0);
    const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
    const std::int64_t year_of_era = y - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

calendar_date date_of(std::int64_t days) {
    days += 719468;
    const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    const std::int64_t day_of_era = days - era * 146097;
    const std::int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
    const int month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    return {static_cast<int>(year_of_era + era * 400) + (month <= 2 ? 1 : 0), month,
            static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1)};
}

// In the 1900 system day 60 is a 29 February 1900 that never was, so the days before it count from one day later.
constexpr std::int64_t false_leap_day = 60;
constexpr std::int64_t last_serial_1900 = 2'958'465; // 31 December 9999
constexpr std::int64_t last_serial_1904 = 2'957'003;

std::int64_t epoch(bool from_1904) { return from_1904 ? days_of(1904, 1, 1) : days_of(1899, 12, 30); }

/// Of so many digits, all of them; -1 otherwise.
int number_at(std::string_view text, std::size_t at, std::size_t size) {
    if (at + size > text.size()) return -1;
    int value = 0;
    for (const char c : text.substr(at, size)) {
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// Ten-billionths of a day, or -1.
std::int64_t part_of_day(std::string_view text) {
    const int hour = number_at(text, 0, 2), minute = number_at(text, 3, 2);
    if (text.size() < 5 || text[2] != ':' || hour < 0 || hour > 23 || minute < 0 || minute > 59) return -1;
    std::int64_t milliseconds = (hour * 60 + minute) * 60'000;
    std::size_t at = 5;
    if (at < text.size() && text[at] == ':') {
        const int second = number_at(text, 6, 2);
        if (second < 0 || second > 59) return -1;
        milliseconds += second * 1000;
        at = 8;
        if (at < text.size() && text[at] == '.') {
            std::int64_t worth = 100;
            for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, worth /= 10)
                milliseconds += (text[at] - '0') * worth;
        }
    }
    if (at != text.size() && text.substr(at) != "Z") return -1;
    return (milliseconds * 10'000'000'000 + 43'200'000) / 86'400'000;
}

} // namespace

result<calendar_date> date_of_serial(std::string_view serial, bool from_1904) {
    const auto no_date = [&](const char* reason) {
        return failure{"workbook.date", "\"" + std::string(serial.substr(0, 40)) + "\" " + reason};
    };
    const std::optional<detail::decimal_text> number = detail::parse_decimal(serial);
    if (!number) return no_date("is no number, so no date");
    if (number->negative && !number->is_zero()) return no_date("is negative, so no date");
    if (number->exponent > 7) return no_date("lies beyond the year 9999");
    std::int64_t day = 0;
    for (int place = number->exponent - 1; place >= 0; --place) day = day * 10 + (number->digit(place) - '0');

    if (day > (from_1904 ? last_serial_1904 : last_serial_1900)) return no_date("lies beyond the year 9999");
    if (from_1904) return date_of(epoch(true) + day);
    if (day == 0) return no_date("is a time of day, without a date");
    if (day == false_leap_day) return calendar_date{1900, 2, 29};
    return date_of(epoch(false) + day + (day < false_leap_day ? 1 : 0));
}

namespace detail {

std::int64_t serial_of_day(calendar_date d, bool from_1904) {
    return days_of(d.year, d.month, d.day) - epoch(from_1904);
}

std::optional<std::string> serial_of_iso(std::string_view text, bool from_1904) {
    std::int64_t days = 0, part = 0;
    const bool has_date = text.size() >= 10 && text[4] == '-';
    if (has_date) {
        const int year = number_at(text, 0, 4), month = number_at(text, 5, 2), day = number_at(text, 8, 2);
        if (text[7] != '-' || year < 1900 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
        days = days_of(year, month, day) - epoch(from_1904);
        const calendar_date back = date_of(days + epoch(from_1904));
        if (back.month != month) return std::nullopt; // 30 February
        if (!from_1904 && days <= false_leap_day) --days;
        if (days < 0) return std::nullopt;
        text.remove_prefix(10);
        if (!text.empty() && text.front() == 'T') text.remove_prefix(1);
    }
    if (!text.empty() || !has_date) part = part_of_day(text);
    if (part < 0) return std::nullopt;
    decimal_text number;
    number.digits = std::to_string(days * 10'000'000'000 + part);
    number.exponent = static_cast<int>(number.digits.size()) - 10;
    number.digits.erase(number.digits.find_last_not_of('0') + 1);
    return number.digits.empty() ? std::string("0") : to_plain_string(number);
}

} // namespace detail

} // namespace riskshare::workbook
