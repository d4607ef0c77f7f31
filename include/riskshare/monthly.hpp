// Twelve months of money, in which a blank month is not a zero.
#ifndef RISKSHARE_MONTHLY_HPP
#define RISKSHARE_MONTHLY_HPP

#include <riskshare/money.hpp>
#include <riskshare/period.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace riskshare {

/// One amount, or a blank, for each month of a financial year. Sums take a blank as nothing and throw `overflow` beyond
/// the range of `money`.
class monthly {
public:
    /// Every month blank.
    constexpr monthly() = default;
    /// Every month stated, M1 first.
    constexpr explicit monthly(const std::array<money, 12>& amounts) : amounts_(amounts), stated_(all_months) {}

    constexpr std::optional<money> at(month m) const {
        return is_stated(m) ? std::optional(amounts_[index(m)]) : std::nullopt;
    }
    /// Nothing where the month is blank.
    constexpr money operator[](month m) const { return amounts_[index(m)]; }

    constexpr void set(month m, money amount) {
        amounts_[index(m)] = amount;
        stated_ = static_cast<std::uint16_t>(stated_ | (1U << index(m)));
    }
    constexpr void clear(month m) {
        amounts_[index(m)] = money();
        stated_ = static_cast<std::uint16_t>(stated_ & ~(1U << index(m)));
    }

    constexpr bool is_stated(month m) const { return (stated_ >> index(m) & 1U) != 0; }
    constexpr bool is_blank() const noexcept { return stated_ == 0; }

    /// M1 to M12.
    constexpr money total() const { return to_date(month(12)); }
    /// M1 to the month given.
    constexpr money to_date(month last) const {
        money sum;
        for (std::size_t i = 0; i <= index(last); ++i) sum += amounts_[i];
        return sum;
    }

    friend constexpr bool operator==(const monthly&, const monthly&) = default;

private:
    static constexpr std::uint16_t all_months = 0xFFF;
    static constexpr std::size_t index(month m) { return static_cast<std::size_t>(m.number() - 1); }

    std::array<money, 12> amounts_ = {}; // a blank month holds zero
    std::uint16_t stated_ = 0;           // bit 0 is M1
};

} // namespace riskshare

#endif
