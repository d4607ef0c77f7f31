#include "workbook/detail/decimal_text.hpp"

#include <algorithm>

namespace riskshare::workbook::detail {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The exponent after "e", or nothing when it is not one or absurd.
std::optional<int> parse_exponent(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
    if (text.empty() || text.size() > 8) return std::nullopt;
    int value = 0;
    for (const char c : text) {
        if (!is_digit(c)) return std::nullopt;
        value = value * 10 + (c - '0');
    }
    if (value > 9999) return std::nullopt;
    return negative ? -value : value;
}

void trim_zeros(decimal_text& number) {
    const std::size_t first = std::min(number.digits.find_first_not_of('0'), number.digits.size());
    number.digits.erase(0, first);
    number.exponent -= static_cast<int>(first);
    number.digits.erase(number.digits.find_last_not_of('0') + 1);
    if (number.digits.empty()) number = decimal_text{};
}

std::string_view without_blanks(std::string_view text) {
    constexpr const char* blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

} // namespace

std::optional<decimal_text> parse_decimal(std::string_view text) {
    text = without_blanks(text);
    decimal_text number;
    number.negative = !text.empty() && text.front() == '-';
    if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);

    bool any = false, after_point = false;
    std::size_t i = 0;
    for (; i < text.size(); ++i) {
        if (is_digit(text[i])) {
            any = true;
            number.digits += text[i];
            if (!after_point) ++number.exponent;
        } else if (text[i] == '.' && !after_point) {
            after_point = true;
        } else {
            break;
        }
    }
    if (!any) return std::nullopt;
    int shift = 0;
    if (i < text.size()) {
        if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
        const std::optional<int> exponent = parse_exponent(text.substr(i + 1));
        if (!exponent) return std::nullopt;
        shift = *exponent;
    }
    trim_zeros(number);
    if (!number.is_zero()) number.exponent += shift;
    return number;
}

decimal_text rounded_at(decimal_text number, int place) {
    const int kept = number.exponent - place;
    if (kept >= static_cast<int>(number.digits.size())) return number;
    if (kept < 0) return decimal_text{};
    const bool up = number.digits[static_cast<std::size_t>(kept)] >= '5';
    number.digits.resize(static_cast<std::size_t>(kept));
    if (up) {
        std::size_t i = number.digits.size();
        while (i > 0 && number.digits[i - 1] == '9') number.digits[--i] = '0';
        if (i > 0) {
            ++number.digits[i - 1];
        } else {
            number.digits.insert(number.digits.begin(), '1');
            ++number.exponent;
        }
    }
    trim_zeros(number);
    return number;
}

decimal_text significant(decimal_text number, int count) {
    const int place = number.exponent - count;
    return rounded_at(std::move(number), place);
}

std::string to_plain_string(const decimal_text& number) {
    if (number.is_zero()) return "0";
    std::string text = number.negative ? "-" : "";
    for (int place = std::max(number.exponent - 1, 0); place >= 0; --place) text += number.digit(place);
    const int last = number.exponent - static_cast<int>(number.digits.size());
    if (last < 0) text += '.';
    for (int place = -1; place >= last; --place) text += number.digit(place);
    return text;
}

bool is_stored_number(std::string_view text) {
    std::size_t i = !text.empty() && (text.front() == '-' || text.front() == '+') ? 1 : 0;
    std::size_t digits = 0, before_point = 0;
    bool after_point = false;
    for (; i < text.size(); ++i) {
        if (is_digit(text[i])) {
            ++digits;
            if (!after_point) ++before_point;
        } else if (text[i] == '.' && !after_point) {
            after_point = true;
        } else {
            break;
        }
    }
    if (digits == 0) return false;
    if (i == text.size() && before_point < 300) return true;
    const std::optional<decimal_text> number = parse_decimal(text);
    return number && number->exponent <= 309; // 0.1 × 10^309 is 10^308
}

} // namespace riskshare::workbook::detail
