// A number as it was written: whole digits and a power of ten. Never a binary fraction.
#ifndef RISKSHARE_DECIMAL_HPP
#define RISKSHARE_DECIMAL_HPP

#include <riskshare/detail/text.hpp>
#include <riskshare/error.hpp>
#include <riskshare/result.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace riskshare {

/// coefficient × 10^exponent, as written: "1.20" is 120 × 10^−2 and says two places. Compares by value.
class decimal {
public:
    constexpr decimal() = default;
    constexpr decimal(std::int64_t coefficient, int exponent) : coefficient_(coefficient), exponent_(exponent) {}

    constexpr std::int64_t coefficient() const noexcept { return coefficient_; }
    constexpr int exponent() const noexcept { return exponent_; }
    /// Digits written after the point.
    constexpr int places() const noexcept { return exponent_ < 0 ? -exponent_ : 0; }
    constexpr bool is_zero() const noexcept { return coefficient_ == 0; }
    constexpr bool is_negative() const noexcept { return coefficient_ < 0; }

    /// The same value with no trailing zero in its coefficient.
    constexpr decimal normalised() const noexcept {
        decimal d = *this;
        if (d.coefficient_ == 0) return {};
        while (d.coefficient_ % 10 == 0) {
            d.coefficient_ /= 10;
            ++d.exponent_;
        }
        return d;
    }
    /// Throws `overflow` for the least coefficient, which has no opposite.
    constexpr decimal operator-() const {
        if (coefficient_ == INT64_MIN) throw overflow("decimal: the opposite is beyond 64 bits");
        return {-coefficient_, exponent_};
    }
    friend constexpr bool operator==(const decimal& a, const decimal& b) noexcept {
        const decimal x = a.normalised(), y = b.normalised();
        return x.coefficient_ == y.coefficient_ && x.exponent_ == y.exponent_;
    }

private:
    std::int64_t coefficient_ = 0;
    int exponent_ = 0;
};

/// The number a workbook stores, such as "-48.74", "1.2E-05" or "18.599999999999998": Excel computes with 15
/// significant digits, so digits beyond the fifteenth are rounded off (half away from zero) and 18.6 is what is meant.
/// Fails with rule "number.malformed" or "number.out_of_range".
result<decimal> decimal_of_stored(std::string_view stored);

/// Plain digits with a point and an optional minus sign, up to 18 significant digits, kept exactly: "-13.60".
/// Fails with rule "number.malformed" or "number.out_of_range".
result<decimal> parse_decimal(std::string_view text);

/// "-13.60"; no exponent notation.
std::string to_string(const decimal&);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

struct digits_read {
    bool negative = false, point = false, rounded = false;
    std::int64_t coefficient = 0;
    int exponent = 0;
    int significant = 0;
    std::size_t end = 0;
    bool any = false, overflow = false, round_up = false;
};

/// Reads [+-]digits[.digits]; keeps at most `most` significant digits and notes what the next digit asks for.
inline digits_read read_digits(std::string_view s, int most) {
    digits_read r;
    std::size_t i = 0;
    if (i < s.size() && (s[i] == '-' || s[i] == '+')) r.negative = s[i++] == '-';
    for (; i < s.size(); ++i) {
        if (s[i] == '.' && !r.point) {
            r.point = true;
            continue;
        }
        if (!is_digit(s[i])) break;
        r.any = true;
        if (r.significant < most) {
            r.coefficient = r.coefficient * 10 + (s[i] - '0');
            if (r.coefficient != 0) ++r.significant;
            if (r.point) --r.exponent;
        } else {
            if (!r.rounded) r.round_up = s[i] >= '5';
            r.rounded = true;
            if (!r.point) ++r.exponent;
        }
    }
    r.end = i;
    return r;
}

} // namespace detail

inline result<decimal> decimal_of_stored(std::string_view s) {
    const detail::digits_read r = detail::read_digits(s, 15);
    int exponent = r.exponent;
    std::size_t i = r.end;
    if (r.any && i < s.size() && (s[i] == 'e' || s[i] == 'E')) {
        ++i;
        bool negative = false, any = false;
        if (i < s.size() && (s[i] == '-' || s[i] == '+')) negative = s[i++] == '-';
        int value = 0;
        for (; i < s.size() && detail::is_digit(s[i]); ++i) {
            any = true;
            if (value < 100'000) value = value * 10 + (s[i] - '0');
        }
        if (!any) return failure{"number.malformed", "\"" + std::string(s) + "\" is not a number"};
        exponent += negative ? -value : value;
    }
    if (!r.any || i != s.size()) return failure{"number.malformed", "\"" + std::string(s) + "\" is not a number"};
    std::int64_t coefficient = r.coefficient + (r.rounded && r.round_up ? 1 : 0);
    if (coefficient == 0) return decimal(0, exponent < 0 && exponent > -15 ? exponent : 0);
    if (exponent > 300 || exponent < -330)
        return failure{"number.out_of_range", "\"" + std::string(s) + "\" is beyond what a sheet can hold"};
    const decimal value(r.negative ? -coefficient : coefficient, exponent);
    return r.rounded || exponent > 0 ? value.normalised() : value;
}

inline result<decimal> parse_decimal(std::string_view s) {
    const detail::digits_read r = detail::read_digits(s, 18);
    if (!r.any || r.end != s.size() || s.back() == '.' || s.front() == '+')
        return failure{"number.malformed", "\"" + std::string(s) + "\" is not a decimal number"};
    if (r.rounded) return failure{"number.out_of_range", "\"" + std::string(s) + "\" has more than 18 digits"};
    return decimal(r.negative ? -r.coefficient : r.coefficient, r.exponent);
}

inline std::string to_string(const decimal& d) {
    const std::uint64_t bits = static_cast<std::uint64_t>(d.coefficient());
    std::string digits = std::to_string(d.is_negative() ? 0 - bits : bits);
    if (d.exponent() >= 0) {
        if (!d.is_zero()) digits.append(static_cast<std::size_t>(d.exponent()), '0');
    } else {
        const std::size_t places = static_cast<std::size_t>(-d.exponent());
        if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
        digits.insert(digits.size() - places, 1, '.');
    }
    return d.is_negative() ? "-" + digits : digits;
}

} // namespace riskshare

#endif
