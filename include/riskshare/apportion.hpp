// Splitting an amount so that the parts always add up to it.
#ifndef RISKSHARE_APPORTION_HPP
#define RISKSHARE_APPORTION_HPP

#include <riskshare/exact.hpp>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace riskshare {

/// Largest remainder on |total|: each part the floor of |total|·w/Σw in whole steps, the steps left over to the largest
/// remainders, ties in the order given, the sign put back. So the parts add up to the total, each is within one step of
/// exact, a zero weight gets zero, and apportion(−total) = −apportion(total). Not house-monotone: a larger total can
/// give one party a step less (the Alabama paradox).
///
/// The total must be whole steps. Throws `precondition_violated` when it is not, when a weight is negative, or when all
/// weights are zero or there are none.
std::vector<money> apportion(money total, std::span<const ratio> weights, money step = money::pence(1));

/// Rounds each amount to whole steps so that the rounded amounts add up to `total`: how a printed column is made to
/// foot. The amounts must be of one sign (their magnitudes are the weights). Throws as `apportion` does.
std::vector<money> apportion(money total, std::span<const exact> weights, money step);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

inline std::vector<money> apportioned(money total, const std::vector<big_integer>& weights, money step) {
    if (step.pence() <= 0) throw precondition_violated("apportion: the step must be positive");
    if (total.pence() % step.pence() != 0) throw precondition_violated("apportion: the total is not whole steps");
    big_integer sum = 0;
    for (const big_integer& w : weights) {
        if (w < 0) throw precondition_violated("apportion: negative weight");
        sum += w;
    }
    if (sum == 0) throw precondition_violated("apportion: all weights are zero");

    const big_integer steps = boost::multiprecision::abs(big_integer(total.pence() / step.pence()));
    std::vector<big_integer> parts(weights.size()), rests(weights.size());
    big_integer left = steps;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        boost::multiprecision::divide_qr(big_integer(steps * weights[i]), sum, parts[i], rests[i]);
        left -= parts[i];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const int larger = rests[a].compare(rests[b]);
        return larger != 0 ? larger > 0 : a < b;
    });
    for (std::size_t i = 0; left > 0; ++i, --left) parts[order[i]] += 1;

    std::vector<money> amounts;
    for (const big_integer& p : parts) {
        const std::int64_t signed_steps = narrowed(total.is_negative() ? big_integer(-p) : p, "apportion");
        amounts.push_back(step * signed_steps);
    }
    return amounts;
}

} // namespace detail

inline std::vector<money> apportion(money total, std::span<const ratio> weights, money step) {
    detail::big_integer common = 1;
    for (const ratio& w : weights) common = lcm(common, detail::big_integer(w.denominator()));
    std::vector<detail::big_integer> whole;
    for (const ratio& w : weights) whole.push_back(common / w.denominator() * w.numerator());
    return detail::apportioned(total, whole, step);
}

inline std::vector<money> apportion(money total, std::span<const exact> weights, money step) {
    detail::big_integer common = 1;
    bool any_negative = false, any_positive = false;
    for (const exact& w : weights) {
        common = lcm(common, denominator(w.pence()));
        any_negative = any_negative || w.is_negative();
        any_positive = any_positive || (!w.is_negative() && !w.is_zero());
    }
    if (any_negative && any_positive) throw precondition_violated("apportion: weights of both signs");
    std::vector<detail::big_integer> whole;
    for (const exact& w : weights)
        whole.push_back(abs(detail::big_integer(common / denominator(w.pence()) * numerator(w.pence()))));
    return detail::apportioned(total, whole, step);
}

} // namespace riskshare

#endif
