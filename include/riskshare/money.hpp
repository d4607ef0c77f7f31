// An amount of money: whole pence, exact, checked.
#ifndef RISKSHARE_MONEY_HPP
#define RISKSHARE_MONEY_HPP

#include <riskshare/ratio.hpp>
#include <riskshare/rounding.hpp>
#include <riskshare/unit.hpp>

#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <utility>

namespace riskshare {

/// Whole pence in 64 bits: ± £92 quadrillion. Every operation that would leave that range throws `overflow`.
/// Surplus and favourable are positive, deficit and adverse negative.
class money {
public:
    constexpr money() = default;

    static constexpr money pence(std::int64_t p) {
        money m;
        m.pence_ = p;
        return m;
    }
    static constexpr money pounds(std::int64_t p) { return pence(detail::checked_multiply(p, 100, "money")); }
    static constexpr money thousands(std::int64_t t) { return pence(detail::checked_multiply(t, 100'000, "money")); }
    template <std::floating_point F>
    static money pence(F) = delete; // money is exact: floating point cannot be
    template <std::floating_point F>
    static money pounds(F) = delete;
    template <std::floating_point F>
    static money thousands(F) = delete;

    constexpr std::int64_t pence() const noexcept { return pence_; }
    constexpr bool is_zero() const noexcept { return pence_ == 0; }
    constexpr bool is_negative() const noexcept { return pence_ < 0; }

    constexpr money& operator+=(money b) {
        pence_ = detail::checked_add(pence_, b.pence_, "money");
        return *this;
    }
    constexpr money& operator-=(money b) {
        pence_ = detail::checked_subtract(pence_, b.pence_, "money");
        return *this;
    }
    friend constexpr money operator+(money a, money b) { return a += b; }
    friend constexpr money operator-(money a, money b) { return a -= b; }
    constexpr money operator-() const { return money() - *this; }

    /// Whole multiples only; to weigh an amount go through `exact` and say how to round.
    friend constexpr money operator*(money a, std::integral auto n) {
        if (!std::in_range<std::int64_t>(n)) throw overflow("money: factor beyond 64 bits");
        return pence(detail::checked_multiply(a.pence_, static_cast<std::int64_t>(n), "money"));
    }
    friend constexpr money operator*(std::integral auto n, money a) { return a * n; }
    template <std::floating_point F>
    friend money operator*(money, F) = delete; // use exact(amount) * ratio(1, 4), then rounded(…)
    template <std::floating_point F>
    friend money operator*(F, money) = delete;
    template <class N>
    friend money operator/(money, N) = delete; // use apportion, or exact(amount) / ratio, then rounded(…)
    template <class Stream>
    friend Stream& operator<<(Stream&, money) = delete; // write to_string(amount), or accounting(amount, unit)

    friend constexpr bool operator==(money, money) = default;
    friend constexpr std::strong_ordering operator<=>(money, money) = default;

private:
    std::int64_t pence_ = 0;
};

constexpr money abs(money m) { return m.is_negative() ? -m : m; }
constexpr money smaller(money a, money b) { return b < a ? b : a; }
constexpr money larger(money a, money b) { return a < b ? b : a; }

/// How many pence one of the unit is.
constexpr money one(unit u) {
    std::int64_t p = 100;
    for (int i = 0; i < power_of_ten(u); ++i) p *= 10;
    return money::pence(p);
}

/// To whole steps (for instance one(unit::thousands)), by the rule given. \pre step > 0, else `precondition_violated`.
constexpr money rounded(money amount, money step, rounding rule) {
    if (step.pence() <= 0) throw precondition_violated("rounded: the step must be positive");
    const std::int64_t size = step.pence();
    const std::int64_t whole = amount.pence() / size, rest = amount.pence() % size;
    const std::int64_t left = rest < 0 ? -rest : rest;
    const int half = left > size - left ? 1 : left == size - left ? 0 : -1;
    const bool away = rounds_away(rule, amount.is_negative(), whole % 2 != 0, rest == 0, half);
    return step * whole + (away ? (amount.is_negative() ? -step : step) : money());
}

/// Pounds and pence: "-8362250.00".
inline std::string to_string(money m) { return to_string(decimal(m.pence(), -2)); }

} // namespace riskshare

#endif
