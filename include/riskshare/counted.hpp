// A number of something that is no money: whole-time equivalents, days.
#ifndef RISKSHARE_COUNTED_HPP
#define RISKSHARE_COUNTED_HPP

#include <riskshare/decimal.hpp>
#include <riskshare/exact.hpp>
#include <riskshare/provenance.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace riskshare {

/// "1,070.5" whole-time equivalents read from plan.xlsx 'Workforce'!C7. It has no unit of money and never becomes one.
struct counted {
    decimal value;
    provenance at = {};

    /// For sums and differences only: what is added up is as many things as the number says.
    exact number() const { return exact(value, unit::pounds); }
    /// The step in which it is stated: 0.1 for 1,070.5.
    exact step() const { return exact(decimal(1, -value.places()), unit::pounds); }
};

/// What a cell holds: a number, or nothing. Blank is not zero.
using cell_count = std::optional<counted>;

/// What a column of a table states.
enum class stated_as : std::uint8_t { actual, plan, forecast };

inline const char* to_string(stated_as s) {
    return s == stated_as::plan ? "plan" : s == stated_as::forecast ? "forecast" : "actual";
}

} // namespace riskshare

#endif
