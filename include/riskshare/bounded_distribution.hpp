// The quick cousin of `distribution`: the same questions, answered within a certified bound.
#ifndef RISKSHARE_BOUNDED_DISTRIBUTION_HPP
#define RISKSHARE_BOUNDED_DISTRIBUTION_HPP

#include <riskshare/distribution.hpp>

namespace riskshare {

/// Probabilities in whole units of 2^−63. Each event moves a part of every point upward, rounded down to a whole unit;
/// what does not move stays. So they add up to exactly one, and every error keeps mass too low, never too high: the
/// true chance of at most t is never above the one held here, and below it by no more than the units that the roundings
/// can have kept back, which are counted (some 10^−12 for 200 items on 120,000 points). No floating point is involved.
class bounded_distribution {
public:
    /// Throws as `distribution` does.
    bounded_distribution(std::span<const chance_event> events, money grid,
                         std::size_t most_bytes = std::size_t{1} << 29);

    money grid() const noexcept { return grid_; }
    exact lowest() const { return at(0); }
    exact highest() const { return at(units_.size() - 1); }
    std::size_t points() const noexcept { return units_.size(); }

    /// The true chance lies within, ends included.
    struct interval {
        chance low, high;
    };
    interval of_at_most(const exact& total) const;
    /// The true quantile lies within; nearly always the two ends are the same.
    struct amounts {
        exact low, high;
    };
    amounts quantile(const ratio& level) const;

    /// What all points hold together: one, or the arithmetic is broken.
    chance sum() const;
    /// How wide the intervals are.
    chance error_bound() const { return chance(error_units_, whole); }

private:
    static constexpr std::uint64_t whole = std::uint64_t{1} << 63;
    exact at(std::size_t point) const { return exact(grid_) * ratio(lowest_ + static_cast<std::int64_t>(point)); }

    money grid_;
    std::int64_t lowest_ = 0;
    std::size_t last_possible_ = 0; // no total beyond this point can come about
    std::vector<std::uint64_t> units_;
    std::uint64_t error_units_ = 0;
};

// ---------------------------------------------------------------------------------------------------------------------

inline bounded_distribution::bounded_distribution(std::span<const chance_event> events, money grid,
                                                  std::size_t most_bytes)
    : grid_(grid) {
    const std::vector<detail::stepped_event> steps = detail::stepped(events, grid);
    std::uint64_t span = 0;
    for (const detail::stepped_event& e : steps) {
        const std::uint64_t size = static_cast<std::uint64_t>(e.steps < 0 ? -e.steps : e.steps);
        if (size > most_bytes / 8 || span + size >= most_bytes / 8)
            throw precondition_violated("bounded_distribution: the table would be too large; take a coarser grid");
        span += size;
        lowest_ += e.steps < 0 ? e.steps : 0;
    }
    units_.assign(span + 1, 0);
    units_[0] = whole;
    std::size_t first = 0, last = 0; // the points that hold anything
    for (const detail::stepped_event& e : steps) {
        const std::size_t shift = static_cast<std::size_t>(e.steps < 0 ? -e.steps : e.steps);
        const ratio up = e.steps < 0 ? ratio(1) - e.likelihood : e.likelihood;
        if (up == ratio(0)) continue;
        last_possible_ += shift;
        if (up == ratio(1)) {
            std::move_backward(units_.begin() + static_cast<std::ptrdiff_t>(first),
                               units_.begin() + static_cast<std::ptrdiff_t>(last + 1),
                               units_.begin() + static_cast<std::ptrdiff_t>(last + 1 + shift));
            std::fill_n(units_.begin() + static_cast<std::ptrdiff_t>(first), std::min(shift, last + 1 - first), 0);
            first += shift;
            last += shift;
            continue;
        }
        const std::uint64_t part = static_cast<std::uint64_t>(
            (static_cast<detail::wide_integer>(up.numerator()) << 64) / static_cast<std::uint64_t>(up.denominator()));
        for (std::size_t i = last + 1; i-- > first;) {
            const std::uint64_t moved =
                static_cast<std::uint64_t>((static_cast<detail::wide_integer>(units_[i]) * part) >> 64);
            units_[i] -= moved;
            units_[i + shift] += moved;
        }
        // Rounding `part` down holds back less than one unit at a point, rounding `moved` down less than another.
        error_units_ += 2 * static_cast<std::uint64_t>(last + 1 - first);
        last += shift;
        while (units_[last] == 0) --last;
        while (units_[first] == 0) ++first;
    }
}

inline bounded_distribution::interval bounded_distribution::of_at_most(const exact& total) const {
    std::uint64_t held = 0;
    const exact::rational from_lowest = (total.pence() - lowest().pence()) / grid_.pence();
    if (from_lowest < 0) return {0, 0};
    const detail::big_integer steps = numerator(from_lowest) / denominator(from_lowest);
    if (steps >= last_possible_) return {1, 1};
    const std::size_t end = steps.convert_to<std::size_t>() + 1;
    for (std::size_t i = 0; i < end; ++i) held += units_[i];
    return {chance(held > error_units_ ? held - error_units_ : 0, whole), chance(held, whole)};
}

inline bounded_distribution::amounts bounded_distribution::quantile(const ratio& level) const {
    if (level <= ratio(0) || ratio(1) < level) throw precondition_violated("quantile: the level is outside 0 to 1");
    const detail::big_integer needed = detail::big_integer(whole) * level.numerator();
    std::uint64_t held = 0;
    std::size_t low = units_.size(), high = last_possible_;
    for (std::size_t i = 0; i < last_possible_; ++i) {
        held += units_[i];
        if (low == units_.size() && detail::big_integer(held) * level.denominator() >= needed) low = i;
        if (held < error_units_ || detail::big_integer(held - error_units_) * level.denominator() < needed) continue;
        high = i;
        break;
    }
    return {at(std::min(low, high)), at(high)};
}

inline chance bounded_distribution::sum() const {
    detail::big_integer units = 0;
    for (std::uint64_t u : units_) units += u;
    return chance(units, detail::big_integer(whole));
}

} // namespace riskshare

#endif
