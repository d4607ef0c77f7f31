// An unrounded amount: the bridge to exact arithmetic.
#ifndef RISKSHARE_EXACT_HPP
#define RISKSHARE_EXACT_HPP

#include <riskshare/money.hpp>

#include <boost/multiprecision/cpp_int.hpp>

#include <compare>
#include <concepts>
#include <string>

namespace riskshare {

/// An amount of money as an exact fraction of any size. Made from `money` or from a decimal in a stated unit, scaled by
/// `ratio`, and left only through `rounded` with a rule. Nothing is ever lost on the way.
class exact {
public:
    /// Without expression templates: they gain nothing here, and cost a reader's compiler a second.
    using rational =
        boost::multiprecision::number<boost::multiprecision::cpp_rational_backend, boost::multiprecision::et_off>;

    exact() = default;
    exact(money m) : pence_(m.pence()) {}
    /// What a cell says: 21.1 in £m is £21,100,000.
    exact(const decimal& written, unit u);
    template <std::floating_point F>
    exact(F) = delete; // floating point is not exact

    /// From pence as a fraction, for solvers that work on bare numbers.
    static exact pence(rational p) {
        exact e;
        e.pence_ = std::move(p);
        return e;
    }
    const rational& pence() const noexcept { return pence_; }

    bool is_zero() const { return pence_ == 0; }
    bool is_negative() const { return pence_ < 0; }

    exact& operator+=(const exact& b) {
        pence_ += b.pence_;
        return *this;
    }
    exact& operator-=(const exact& b) {
        pence_ -= b.pence_;
        return *this;
    }
    friend exact operator+(exact a, const exact& b) { return a += b; }
    friend exact operator-(exact a, const exact& b) { return a -= b; }
    exact operator-() const { return exact() - *this; }
    friend exact operator*(const exact& a, const ratio& r) {
        return pence(a.pence_ * rational(r.numerator(), r.denominator()));
    }
    friend exact operator*(const ratio& r, const exact& a) { return a * r; }
    /// Throws `precondition_violated` when r is zero.
    friend exact operator/(const exact& a, const ratio& r) { return a * (ratio(1) / r); }
    template <std::floating_point F>
    friend exact operator*(const exact&, F) = delete;
    template <std::floating_point F>
    friend exact operator*(F, const exact&) = delete;
    template <class Stream>
    friend Stream& operator<<(Stream&, const exact&) = delete; // write to_string(amount), or accounting(amount, unit)

    friend bool operator==(const exact& a, const exact& b) { return a.pence_ == b.pence_; }
    friend std::strong_ordering operator<=>(const exact& a, const exact& b) {
        const int c = a.pence_.compare(b.pence_);
        return c <=> 0;
    }

private:
    rational pence_ = 0;
};

inline exact abs(const exact& e) { return e.is_negative() ? -e : e; }

/// To whole pence. Throws `overflow` beyond the range of `money`.
money rounded(const exact&, rounding);
/// To whole steps, for instance one(unit::thousands).
money rounded(const exact&, money step, rounding);
/// As a figure in a unit with so many places: 8,362.25 in £000 to no place is 8362. Throws `overflow` beyond 18 digits.
decimal rounded(const exact&, unit, int places, rounding);
/// part / whole × 100 with so many places. \pre whole is not zero, else `precondition_violated`.
decimal percentage(const exact& part, const exact& whole, int places, rounding);

/// Pounds as a decimal string with at least two places and as many more as it takes: "8362250.00"; "1/3" where the
/// decimal does not end.
std::string to_string(const exact&);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

using big_integer =
    boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;

inline big_integer power_of_ten(int n) { return boost::multiprecision::pow(big_integer(10), static_cast<unsigned>(n)); }

inline big_integer rounded_integer(const exact::rational& value, rounding rule) {
    const big_integer n = numerator(value), d = denominator(value);
    big_integer whole, rest;
    boost::multiprecision::divide_qr(n, d, whole, rest);
    const bool negative = n < 0;
    const big_integer twice = abs(rest) * 2;
    if (rounds_away(rule, negative, whole % 2 != 0, rest == 0, twice.compare(d))) whole += negative ? -1 : 1;
    return whole;
}

/// convert_to would saturate silently.
inline std::int64_t narrowed(const big_integer& value, const char* what) {
    if (value > INT64_MAX || value < INT64_MIN) throw overflow(std::string(what) + ": amount beyond 64 bits");
    return value.convert_to<std::int64_t>();
}

inline exact::rational scaled(const exact::rational& value, int power) {
    return power >= 0 ? exact::rational(value * power_of_ten(power)) : exact::rational(value / power_of_ten(-power));
}

} // namespace detail

inline exact::exact(const decimal& written, unit u)
    : pence_(detail::scaled(rational(written.coefficient()), written.exponent() + power_of_ten(u) + 2)) {}

inline money rounded(const exact& e, rounding rule) {
    return money::pence(detail::narrowed(detail::rounded_integer(e.pence(), rule), "rounded"));
}

inline money rounded(const exact& e, money step, rounding rule) {
    if (step.pence() <= 0) throw precondition_violated("rounded: the step must be positive");
    const exact::rational steps = e.pence() / step.pence();
    return step * detail::narrowed(detail::rounded_integer(steps, rule), "rounded");
}

inline decimal rounded(const exact& e, unit u, int places, rounding rule) {
    const exact::rational value = detail::scaled(e.pence(), places - power_of_ten(u) - 2);
    return decimal(detail::narrowed(detail::rounded_integer(value, rule), "rounded"), -places);
}

inline decimal percentage(const exact& part, const exact& whole, int places, rounding rule) {
    if (whole.is_zero()) throw precondition_violated("percentage: of nothing");
    const exact::rational value = detail::scaled(exact::rational(part.pence() / whole.pence()), places + 2);
    return decimal(detail::narrowed(detail::rounded_integer(value, rule), "percentage"), -places);
}

inline std::string to_string(const exact& e) {
    const exact::rational pounds = e.pence() / 100;
    detail::big_integer rest = denominator(pounds);
    int twos = 0, fives = 0;
    for (; rest % 2 == 0; rest /= 2) ++twos;
    for (; rest % 5 == 0; rest /= 5) ++fives;
    if (rest != 1) return pounds.str();
    const int places = std::max({2, twos, fives});
    const detail::big_integer scaled = numerator(pounds) * (detail::power_of_ten(places) / denominator(pounds));
    std::string digits = detail::big_integer(abs(scaled)).str();
    const std::size_t point = static_cast<std::size_t>(places);
    if (digits.size() <= point) digits.insert(0, point + 1 - digits.size(), '0');
    digits.insert(digits.size() - point, 1, '.');
    return e.is_negative() ? "-" + digits : digits;
}

} // namespace riskshare

#endif
