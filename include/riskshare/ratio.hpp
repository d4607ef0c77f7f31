// An exact fraction: a weight, a share, a percentage.
#ifndef RISKSHARE_RATIO_HPP
#define RISKSHARE_RATIO_HPP

#include <riskshare/decimal.hpp>
#include <riskshare/error.hpp>
#include <riskshare/result.hpp>

#include <compare>
#include <concepts>
#include <cstdint>
#include <numeric>
#include <string>
#include <string_view>

namespace riskshare {

/// numerator / denominator in lowest terms, the denominator positive. Leaving 64 bits throws `overflow`.
class ratio {
public:
    constexpr ratio() = default;
    constexpr ratio(std::int64_t whole) : numerator_(whole) {}
    /// Throws `precondition_violated` when the denominator is zero.
    constexpr ratio(std::int64_t numerator, std::int64_t denominator);
    template <std::floating_point F>
    ratio(F) = delete; // a binary fraction is not exact: write ratio(1, 4) or parse_ratio("0.25")
    template <std::floating_point F>
    ratio(F, F) = delete;

    static constexpr ratio percent(std::int64_t p) { return ratio(p, 100); }

    constexpr std::int64_t numerator() const noexcept { return numerator_; }
    constexpr std::int64_t denominator() const noexcept { return denominator_; }

    friend constexpr ratio operator+(const ratio& a, const ratio& b);
    friend constexpr ratio operator-(const ratio& a, const ratio& b);
    friend constexpr ratio operator*(const ratio& a, const ratio& b);
    /// Throws `precondition_violated` when b is zero.
    friend constexpr ratio operator/(const ratio& a, const ratio& b);
    constexpr ratio operator-() const { return ratio(0) - *this; }
    friend constexpr bool operator==(const ratio&, const ratio&) = default;
    friend constexpr std::strong_ordering operator<=>(const ratio& a, const ratio& b);

private:
    std::int64_t numerator_ = 0, denominator_ = 1;
};

/// "0.25", "1/3", "25%", "12.5%". Fails with rule "ratio.malformed".
result<ratio> parse_ratio(std::string_view text);
/// The fraction that a decimal stands for. Fails with "number.out_of_range" beyond 64 bits.
result<ratio> to_ratio(const decimal&);

/// "0.25"; "1/3" where the decimal does not end.
std::string to_string(const ratio&);
/// "25%", "12.5%"; "1/3" where the decimal does not end, and where a hundred times the fraction is beyond 64 bits.
std::string to_percent(const ratio&);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

constexpr std::int64_t checked_add(std::int64_t a, std::int64_t b, const char* what) {
    std::int64_t r = 0;
    if (__builtin_add_overflow(a, b, &r)) throw overflow(std::string(what) + ": sum beyond 64 bits");
    return r;
}
constexpr std::int64_t checked_subtract(std::int64_t a, std::int64_t b, const char* what) {
    std::int64_t r = 0;
    if (__builtin_sub_overflow(a, b, &r)) throw overflow(std::string(what) + ": difference beyond 64 bits");
    return r;
}
constexpr std::int64_t checked_multiply(std::int64_t a, std::int64_t b, const char* what) {
    std::int64_t r = 0;
    if (__builtin_mul_overflow(a, b, &r)) throw overflow(std::string(what) + ": product beyond 64 bits");
    return r;
}
constexpr std::int64_t greatest_divisor(std::int64_t a, std::int64_t b) {
    // Through unsigned, so that the smallest int64 has a magnitude.
    auto magnitude = [](std::int64_t v) {
        return v < 0 ? 0 - static_cast<std::uint64_t>(v) : static_cast<std::uint64_t>(v);
    };
    const std::uint64_t g = std::gcd(magnitude(a), magnitude(b));
    return g > static_cast<std::uint64_t>(INT64_MAX) ? 1 : static_cast<std::int64_t>(g);
}

} // namespace detail

constexpr ratio::ratio(std::int64_t numerator, std::int64_t denominator) {
    if (denominator == 0) throw precondition_violated("ratio: the denominator is zero");
    const std::int64_t g = detail::greatest_divisor(numerator, denominator);
    numerator_ = numerator / g;
    denominator_ = denominator / g;
    if (denominator_ < 0) {
        numerator_ = detail::checked_subtract(0, numerator_, "ratio");
        denominator_ = detail::checked_subtract(0, denominator_, "ratio");
    }
}

constexpr ratio operator+(const ratio& a, const ratio& b) {
    const std::int64_t g = detail::greatest_divisor(a.denominator_, b.denominator_);
    const std::int64_t left = detail::checked_multiply(a.numerator_, b.denominator_ / g, "ratio");
    const std::int64_t right = detail::checked_multiply(b.numerator_, a.denominator_ / g, "ratio");
    return ratio(detail::checked_add(left, right, "ratio"),
                 detail::checked_multiply(a.denominator_, b.denominator_ / g, "ratio"));
}
constexpr ratio operator-(const ratio& a, const ratio& b) {
    const std::int64_t g = detail::greatest_divisor(a.denominator_, b.denominator_);
    const std::int64_t left = detail::checked_multiply(a.numerator_, b.denominator_ / g, "ratio");
    const std::int64_t right = detail::checked_multiply(b.numerator_, a.denominator_ / g, "ratio");
    return ratio(detail::checked_subtract(left, right, "ratio"),
                 detail::checked_multiply(a.denominator_, b.denominator_ / g, "ratio"));
}
constexpr ratio operator*(const ratio& a, const ratio& b) {
    const std::int64_t g = detail::greatest_divisor(a.numerator_, b.denominator_);
    const std::int64_t h = detail::greatest_divisor(b.numerator_, a.denominator_);
    return ratio(detail::checked_multiply(a.numerator_ / g, b.numerator_ / h, "ratio"),
                 detail::checked_multiply(a.denominator_ / h, b.denominator_ / g, "ratio"));
}
constexpr ratio operator/(const ratio& a, const ratio& b) {
    if (b.numerator_ == 0) throw precondition_violated("ratio: division by zero");
    return a * ratio(b.denominator_, b.numerator_);
}
constexpr std::strong_ordering operator<=>(const ratio& a, const ratio& b) {
    // Continued fractions: compares without ever leaving 64 bits.
    std::int64_t an = a.numerator_, ad = a.denominator_, bn = b.numerator_, bd = b.denominator_;
    for (bool swapped = false;; swapped = !swapped) {
        std::int64_t aq = an / ad, ar = an % ad, bq = bn / bd, br = bn % bd;
        if (ar < 0) ar += ad, --aq;
        if (br < 0) br += bd, --bq;
        if (aq != bq) return swapped ? bq <=> aq : aq <=> bq;
        if (ar == 0 || br == 0) return swapped ? br <=> ar : ar <=> br;
        an = ad, ad = ar;
        bn = bd, bd = br;
    }
}

inline result<ratio> to_ratio(const decimal& d) {
    const decimal n = d.normalised();
    std::int64_t power = 1;
    for (int i = 0; i < (n.exponent() < 0 ? -n.exponent() : n.exponent()); ++i)
        if (__builtin_mul_overflow(power, std::int64_t{10}, &power))
            return failure{"number.out_of_range", to_string(d) + " is beyond an exact 64-bit fraction"};
    if (n.exponent() < 0) return ratio(n.coefficient(), power);
    std::int64_t whole = 0;
    if (__builtin_mul_overflow(n.coefficient(), power, &whole))
        return failure{"number.out_of_range", to_string(d) + " is beyond an exact 64-bit fraction"};
    return ratio(whole);
}

inline result<ratio> parse_ratio(std::string_view text) {
    const std::string t = detail::plain(text);
    const failure malformed{"ratio.malformed",
                            "\"" + std::string(text) + "\" is not a fraction; write 0.25, 1/4 or 25%"};
    const std::size_t slash = t.find('/');
    if (slash != std::string::npos) {
        const result<decimal> n = parse_decimal(std::string_view(t).substr(0, slash));
        const result<decimal> d = parse_decimal(std::string_view(t).substr(slash + 1));
        if (!n || !d || n->places() != 0 || d->places() != 0 || d->coefficient() <= 0) return malformed;
        return ratio(n->coefficient(), d->coefficient());
    }
    const bool percent = !t.empty() && t.back() == '%';
    const result<decimal> number =
        parse_decimal(detail::plain(std::string_view(t).substr(0, percent ? t.size() - 1 : t.size())));
    if (!number) return malformed;
    return to_ratio(percent ? decimal(number->coefficient(), number->exponent() - 2) : *number);
}

inline std::string to_string(const ratio& r) {
    std::int64_t rest = r.denominator();
    int twos = 0, fives = 0;
    for (; rest % 2 == 0; rest /= 2) ++twos;
    for (; rest % 5 == 0; rest /= 5) ++fives;
    const int places = twos > fives ? twos : fives;
    std::int64_t power = 1, coefficient = 0;
    bool fits = rest == 1 && places <= 18;
    for (int i = 0; fits && i < places; ++i) power *= 10;
    fits = fits && !__builtin_mul_overflow(r.numerator(), power / r.denominator(), &coefficient);
    if (fits) return to_string(decimal(coefficient, -places));
    return std::to_string(r.numerator()) + "/" + std::to_string(r.denominator());
}

inline std::string to_percent(const ratio& r) {
    const std::int64_t common = detail::greatest_divisor(100, r.denominator());
    std::int64_t hundredfold = 0;
    if (__builtin_mul_overflow(r.numerator(), 100 / common, &hundredfold)) return to_string(r);
    const std::string scaled = to_string(ratio(hundredfold, r.denominator() / common));
    return scaled.find('/') == std::string::npos ? scaled + "%" : to_string(r);
}

} // namespace riskshare

#endif
