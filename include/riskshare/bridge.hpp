// How one figure becomes another, step by step, adding up exactly.
#ifndef RISKSHARE_BRIDGE_HPP
#define RISKSHARE_BRIDGE_HPP

#include <riskshare/position.hpp>

#include <span>
#include <string>
#include <vector>

namespace riskshare {

struct bridge_step {
    std::string label;
    exact amount;
};

/// start + every step = end, always.
class bridge {
public:
    /// Throws `precondition_violated` when the steps do not lead from the start to the end.
    bridge(bridge_step start, std::vector<bridge_step> steps, bridge_step end);
    /// The same, with what the steps leave unexplained as a last step of its own under the given label (none when
    /// nothing is left).
    static bridge with_rest(bridge_step start, std::vector<bridge_step> steps, bridge_step end, std::string rest);

    const bridge_step& start() const noexcept { return start_; }
    const std::vector<bridge_step>& steps() const noexcept { return steps_; }
    const bridge_step& end() const noexcept { return end_; }

    /// One column of a waterfall chart, start and end included. A column that crosses zero has a part on either side.
    struct bar {
        std::string label;
        exact from, to;               ///< the running total before and after; from 0 for the start and the end
        exact above_base, above_size; ///< the part above zero: where it begins and how tall it is
        exact below_base, below_size; ///< the part below zero, both zero or negative
        bool is_total = false;
    };
    std::vector<bar> bars() const;

private:
    bridge_step start_;
    std::vector<bridge_step> steps_;
    bridge_step end_;
};

/// From plan to actual: the variance of each line of its own, in the order of the statement; unchanged lines left out,
/// a line that lacks one of the two named as such.
bridge plan_to_actual(const position&, basis);
/// From one amount to another by what changed: matched by label; what is only in one of them counts whole.
bridge month_to_month(bridge_step before, std::span<const bridge_step> made_of, bridge_step after,
                      std::span<const bridge_step> made_of_now);
/// From a forecast to the underlying position: one-offs taken out (each with the sign it has in the forecast), then
/// what this year held only in part for the full year.
bridge forecast_to_underlying(const exact& forecast, std::span<const bridge_step> one_offs,
                              std::span<const bridge_step> full_year_effects);

// ---------------------------------------------------------------------------------------------------------------------

inline bridge::bridge(bridge_step start, std::vector<bridge_step> steps, bridge_step end)
    : start_(std::move(start)), steps_(std::move(steps)), end_(std::move(end)) {
    exact sum = start_.amount;
    for (const bridge_step& s : steps_) sum += s.amount;
    if (sum != end_.amount)
        throw precondition_violated("bridge: the steps from " + to_string(start_.amount) + " lead to " +
                                    to_string(sum) + ", not to " + to_string(end_.amount));
}

inline bridge bridge::with_rest(bridge_step start, std::vector<bridge_step> steps, bridge_step end, std::string rest) {
    exact left = end.amount - start.amount;
    for (const bridge_step& s : steps) left -= s.amount;
    if (!left.is_zero()) steps.push_back({std::move(rest), left});
    return bridge(std::move(start), std::move(steps), std::move(end));
}

namespace detail {

inline bridge::bar bar_between(const std::string& label, const exact& from, const exact& to, bool is_total) {
    const exact zero;
    const exact low = std::min(from, to), high = std::max(from, to);
    bridge::bar b{label, from, to, {}, {}, {}, {}, is_total};
    if (high > zero) {
        b.above_base = std::max(low, zero);
        b.above_size = high - b.above_base;
    }
    if (low < zero) {
        b.below_base = std::min(high, zero);
        b.below_size = low - b.below_base;
    }
    return b;
}

inline void add_step(std::vector<bridge_step>& steps, const std::string& label, const exact& amount) {
    if (!amount.is_zero()) steps.push_back({label, amount});
}

} // namespace detail

inline std::vector<bridge::bar> bridge::bars() const {
    std::vector<bar> out{detail::bar_between(start_.label, exact(), start_.amount, true)};
    exact running = start_.amount;
    for (const bridge_step& s : steps_) {
        out.push_back(detail::bar_between(s.label, running, running + s.amount, false));
        running += s.amount;
    }
    out.push_back(detail::bar_between(end_.label, exact(), end_.amount, true));
    return out;
}

inline bridge plan_to_actual(const position& p, basis b) {
    std::vector<bridge_step> steps;
    exact plan, actual;
    for (const position_line& l : p.lines()) {
        if (l.is_sub_total()) continue;
        const plan_and_actual& figures = l.on(b);
        plan += value_or_zero(figures.plan);
        actual += value_or_zero(figures.actual);
        const char* blank = figures.plan && !figures.actual   ? " (no actual)"
                            : figures.actual && !figures.plan ? " (no plan)"
                                                              : "";
        detail::add_step(steps, l.label + blank, value_or_zero(figures.actual) - value_or_zero(figures.plan));
    }
    return bridge({"Plan", plan}, std::move(steps), {"Actual", actual});
}

inline bridge month_to_month(bridge_step before, std::span<const bridge_step> made_of, bridge_step after,
                             std::span<const bridge_step> made_of_now) {
    std::vector<bridge_step> steps;
    const auto amount_in = [](std::span<const bridge_step> list, const std::string& label) {
        exact sum;
        for (const bridge_step& s : list)
            if (s.label == label) sum += s.amount;
        return sum;
    };
    const auto seen = [](std::span<const bridge_step> list, const std::string& label) {
        return std::any_of(list.begin(), list.end(), [&](const bridge_step& s) { return s.label == label; });
    };
    for (std::size_t i = 0; i < made_of.size(); ++i) {
        const std::string& label = made_of[i].label;
        if (!seen(made_of.first(i), label))
            detail::add_step(steps, label, amount_in(made_of_now, label) - amount_in(made_of, label));
    }
    for (std::size_t i = 0; i < made_of_now.size(); ++i) {
        const std::string& label = made_of_now[i].label;
        if (!seen(made_of, label) && !seen(made_of_now.first(i), label))
            detail::add_step(steps, label, amount_in(made_of_now, label));
    }
    return bridge::with_rest(std::move(before), std::move(steps), std::move(after), "Not explained");
}

inline bridge forecast_to_underlying(const exact& forecast, std::span<const bridge_step> one_offs,
                                     std::span<const bridge_step> full_year_effects) {
    std::vector<bridge_step> steps;
    exact running = forecast;
    for (const bridge_step& s : one_offs) {
        detail::add_step(steps, s.label, -s.amount);
        running -= s.amount;
    }
    for (const bridge_step& s : full_year_effects) {
        detail::add_step(steps, s.label, s.amount);
        running += s.amount;
    }
    return bridge({"Forecast outturn", forecast}, std::move(steps), {"Underlying position", running});
}

} // namespace riskshare

#endif
