// Financial years and months as people write them.
#ifndef RISKSHARE_PARSE_PERIOD_HPP
#define RISKSHARE_PARSE_PERIOD_HPP

#include <riskshare/detail/text.hpp>
#include <riskshare/period.hpp>
#include <riskshare/result.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace riskshare {

/// "2022/23", "2022-23", "22/23", "2022/2023", "FY 2022/23". Fails with rule "period.malformed" when the two years do
/// not follow one another.
result<financial_year> parse_financial_year(std::string_view);

/// What a heading says of a month: "Apr-19", "April", "Apr 2019", "M1", "Month 1", "Period 1", "P01", "2019-04". The
/// calendar year when it names one.
struct month_label {
    riskshare::month month{1};
    std::optional<int> calendar_year = {};
};
/// Fails with rule "period.malformed".
result<month_label> parse_month(std::string_view);

// ---------------------------------------------------------------------------------------------------------------------

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
    static constexpr std::string_view numbered[] = {"month", "mnth", "mth", "mo", "m", "period", "per", "pd", "p"};
    for (const std::string_view prefix : numbered) {
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
