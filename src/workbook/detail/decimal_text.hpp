// A number as its decimal digits: exact, whatever its length.
#ifndef RISKSHARE_WORKBOOK_DETAIL_DECIMAL_TEXT_HPP
#define RISKSHARE_WORKBOOK_DETAIL_DECIMAL_TEXT_HPP

#include <optional>
#include <string>
#include <string_view>

namespace riskshare::workbook::detail {

/// ± 0.d₁d₂d₃… × 10^exponent; no digits for zero, else d₁ and the last digit are not 0.
struct decimal_text {
    bool negative = false;
    std::string digits;
    int exponent = 0;

    bool is_zero() const noexcept { return digits.empty(); }
    /// The digit of 10^place; '0' outside the digits that are there.
    char digit(int place) const noexcept {
        const int index = exponent - 1 - place;
        return index < 0 || index >= static_cast<int>(digits.size()) ? '0' : digits[static_cast<std::size_t>(index)];
    }
};

/// "-12.50", "4.4774E4"; blanks around it are allowed. Nothing for any other text, or an exponent beyond ±9999.
std::optional<decimal_text> parse_decimal(std::string_view);

/// The same, half away from zero, with nothing left below 10^place.
decimal_text rounded_at(decimal_text, int place);
/// At most `count` significant digits, half away from zero.
decimal_text significant(decimal_text, int count);
/// Plain digits without an exponent: "-0.05".
std::string to_plain_string(const decimal_text&);

/// True for a number that Excel can hold: decimal text below 10^308. No allocation.
bool is_stored_number(std::string_view);

} // namespace riskshare::workbook::detail

#endif
