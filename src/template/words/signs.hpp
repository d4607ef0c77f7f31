// The rule of signs: whether figures are spending printed positive is decided by what the sheet itself shows.
#ifndef RISKSHARE_SRC_TEMPLATE_WORDS_SIGNS_HPP
#define RISKSHARE_SRC_TEMPLATE_WORDS_SIGNS_HPP

#include <riskshare/exact.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace riskshare::templates::words {

/// What a positive amount under the heading of a variance means.
enum class variance_sense : std::uint8_t {
    unsaid,     ///< "Variance", "Var"
    favourable, ///< "Variance fav/(adv)", "F/(A)", "Better/(worse)", "Under/(over) spend", "Underspend"
    adverse,    ///< "(Under)/over spend", "Adv/(fav)", "(Better)/worse", "Overspend"
};
/// By the brackets: what stands in brackets is negative. "Under/over spend" without any says nothing.
/// "Over/(under)" alone is adverse, as spending is meant; of income or savings it would be favourable, see `of_income`.
variance_sense sense_of(std::string_view heading, bool of_income = false);

/// What a positive amount means under words of a result.
enum class result_sense : std::uint8_t {
    unsaid,           ///< "Plan", "Net position", "Surplus/deficit" without brackets
    surplus_positive, ///< "Surplus", "Surplus/(deficit)", "(Deficit)/surplus", "(Deficit)"
    deficit_positive, ///< "Deficit/(surplus)", "(Surplus)/deficit"
    deficit_alone,    ///< "Planned deficit", "Actual deficit": see `deficits_are_positive`
};
/// "Deficit support funding" speaks of no result.
result_sense result_sense_of(std::string_view label);
/// Whether amounts under these words are deficits printed positive, so that their signs turn. Under "deficit" alone
/// they are where none is below zero, and are not where none is above; where both occur, nothing tells, and it is
/// nothing.
std::optional<bool> deficits_are_positive(result_sense, bool any_above_zero, bool any_below_zero);

/// Which difference a printed variance is.
enum class difference : std::uint8_t {
    none, ///< nothing is printed, plan and actual are equal, or it is neither
    actual_less_plan,
    plan_less_actual,
};
/// Within half a step of each of the three figures.
difference difference_printed(const exact& plan, const exact& actual, const exact& variance, const exact& slack);

/// What one line, or a whole table, turns out to be.
enum class sign_rule : std::uint8_t {
    unknown,
    as_signed,         ///< income positive, expenditure negative: a positive difference is favourable
    spending_positive, ///< spending printed positive: actual above plan is adverse
};
/// What a printed variance proves under a heading that says what positive means; unknown where either says nothing.
sign_rule rule_by_variance(difference, variance_sense);

} // namespace riskshare::templates::words

#endif
