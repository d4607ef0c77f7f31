// Financial years and their months, as whole numbers.
#ifndef RISKSHARE_PERIOD_HPP
#define RISKSHARE_PERIOD_HPP

#include <riskshare/detail/text.hpp>
#include <riskshare/result.hpp>

#include <compare>
#include <optional>
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

/// "2022/23", "2022-23", "22/23", "2022/2023", "FY 2022/23". Fails with rule "period.malformed" when the two years do
/// not follow one another.
result<financial_year> parse_financial_year(std::string_view);

/// What a heading says of a month: "Apr-19", "April", "Apr 2019", "M1", "Month 1", "2019-04". The calendar year when it
/// names one.
struct month_label {
    riskshare::month month{1};
    std::optional<int> calendar_year = {};
};
/// Fails with rule "period.malformed".
result<month_label> parse_month(std::string_view);

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

namespace detail {

/// The number at the start of the text, taken off it; nothing when it does not begin with a digit.
inline std::optional<int> take_number(std::string_view& t, std::size_t& digits) {
    digits = 0;
    int value = 0;
    while (digits < t.size() && is_digit(t[digits]) && digits < 8) value = value * 10 + (t[digits++] - '0');
    if (digits == 0) return std::nullopt;
    t.remove_prefix(digits);
    return value;
}

inline void take_separators(std::string_view& t) {
    while (!t.empty() &&
           (t.front() == ' ' || t.front() == '-' || t.front() == '/' || t.front() == '.' || t.front() == '\''))
        t.remove_prefix(1);
}

} // namespace detail

inline result<financial_year> parse_financial_year(std::string_view text) {
    const failure malformed{"period.malformed",
                            "\"" + std::string(text) + "\" is not a financial year such as 2022/23"};
    const std::string folded = detail::folded(text);
    std::string_view t = folded;
    if (t.substr(0, 2) == "fy") t.remove_prefix(2);
    detail::take_separators(t);
    std::size_t first_digits = 0, second_digits = 0;
    const std::optional<int> first = detail::take_number(t, first_digits);
    if (!first || t.empty() || (t.front() != '/' && t.front() != '-')) return malformed;
    t.remove_prefix(1);
    const std::optional<int> second = detail::take_number(t, second_digits);
    if (!second || !t.empty()) return malformed;
    if ((first_digits != 4 && first_digits != 2) || (second_digits != 2 && second_digits != 4)) return malformed;
    const int start = first_digits == 2 ? 2000 + *first : *first;
    if ((start + 1) % (second_digits == 2 ? 100 : 10000) != *second) return malformed;
    return financial_year{start};
}

inline result<month_label> parse_month(std::string_view text) {
    const failure malformed{"period.malformed", "\"" + std::string(text) + "\" is not a month such as Apr-19 or M1"};
    const std::string folded = detail::folded(text);
    std::string_view t = folded;
    std::size_t digits = 0;
    for (std::string_view prefix : {std::string_view("month"), std::string_view("mth"), std::string_view("m")}) {
        std::string_view rest = t;
        if (rest.substr(0, prefix.size()) != prefix) continue;
        rest.remove_prefix(prefix.size());
        detail::take_separators(rest);
        const std::optional<int> number = detail::take_number(rest, digits);
        if (number && rest.empty() && *number >= 1 && *number <= 12 && digits <= 2) return month_label{month(*number)};
    }
    static constexpr std::string_view names[] = {"january", "february", "march",     "april",   "may",      "june",
                                                 "july",    "august",   "september", "october", "november", "december"};
    for (int m = 1; m <= 12; ++m) {
        const std::string_view name = names[m - 1];
        std::size_t letters = 0;
        while (letters < t.size() && detail::is_letter(t[letters])) ++letters;
        const bool abbreviated =
            letters >= 3 && letters <= name.size() && name.substr(0, letters) == t.substr(0, letters);
        if (!abbreviated || (letters > 4 && letters != name.size())) continue;
        std::string_view rest = t.substr(letters);
        detail::take_separators(rest);
        if (rest.empty()) return month_label{period_of(2000, m).month};
        const std::optional<int> year = detail::take_number(rest, digits);
        if (!year || !rest.empty() || (digits != 2 && digits != 4)) return malformed;
        return month_label{period_of(2000, m).month, digits == 2 ? 2000 + *year : *year};
    }
    const std::optional<int> year = detail::take_number(t, digits);
    if (year && digits == 4 && !t.empty() && t.front() == '-') {
        t.remove_prefix(1);
        const std::optional<int> m = detail::take_number(t, digits);
        if (m && digits == 2 && *m >= 1 && *m <= 12 && (t.empty() || t.front() == '-'))
            return month_label{period_of(2000, *m).month, *year};
    }
    return malformed;
}

} // namespace riskshare

#endif
