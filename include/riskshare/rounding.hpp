// The rules by which a fraction may be lost. Always named by the caller, never a default.
#ifndef RISKSHARE_ROUNDING_HPP
#define RISKSHARE_ROUNDING_HPP

#include <riskshare/error.hpp>

#include <cstdint>

namespace riskshare {

enum class rounding : std::uint8_t {
    half_away_from_zero, ///< what Excel's ROUND and its number formats do: 0.5 → 1, −0.5 → −1
    half_even,           ///< 0.5 → 0, 1.5 → 2
    toward_zero,
    away_from_zero,
    down, ///< toward negative infinity
    up,   ///< toward positive infinity
};

/// Whether |value| moves up to the next whole unit, given what is left of it below that unit.
/// \param twice_rest_vs_unit how twice the rest compares with one unit: negative, zero or positive
constexpr bool rounds_away(rounding rule, bool negative, bool odd, bool rest_is_zero, int twice_rest_vs_unit) {
    if (rest_is_zero) return false;
    switch (rule) {
    case rounding::half_away_from_zero:
        return twice_rest_vs_unit >= 0;
    case rounding::half_even:
        return twice_rest_vs_unit > 0 || (twice_rest_vs_unit == 0 && odd);
    case rounding::toward_zero:
        return false;
    case rounding::away_from_zero:
        return true;
    case rounding::down:
        return negative;
    case rounding::up:
        return !negative;
    }
    throw precondition_violated("unknown rounding rule");
}

} // namespace riskshare

#endif
