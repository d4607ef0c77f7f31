// How likely each total of independent yes/no events is: exact fractions, no sampling.
#ifndef RISKSHARE_DISTRIBUTION_HPP
#define RISKSHARE_DISTRIBUTION_HPP

#include <riskshare/exact.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace riskshare {

/// Something that happens or does not, whatever else happens: its whole amount, or nothing.
struct chance_event {
    exact amount;     ///< either sign: a mitigation of a cost is a negative cost
    ratio likelihood; ///< 0 to 1
};

/// A probability, as an exact fraction of any size.
using chance = exact::rational;

/// The probability of every total on a grid. Every one is an exact fraction over one common denominator (the product of
/// the likelihoods' own), so they add up to exactly one and their mean is exactly Σ amount × likelihood.
///
/// It costs events × grid points × the length of the denominator: nine items on a £100,000 grid are microseconds, 200
/// items over £120m on a £1,000 grid half a second and 16 MB. Where that is too much, `bounded_distribution` answers
/// the same questions within a certified bound.
class distribution {
public:
    /// Throws `precondition_violated` when a likelihood is outside 0 to 1, an amount is not a whole number of grid
    /// steps, the grid is not positive, or the table would take more than `most_bytes`.
    distribution(std::span<const chance_event> events, money grid, std::size_t most_bytes = std::size_t{1} << 29);

    money grid() const noexcept { return grid_; }
    /// The totals when everything favourable to a low total happens, and when everything against it does.
    exact lowest() const { return at(0); }
    exact highest() const { return at(points() - 1); }
    /// How many totals lie on the grid from lowest to highest.
    std::size_t points() const noexcept { return width_ == 0 ? 0 : numerators_.size() / width_; }

    chance of_exactly(const exact& total) const;
    chance of_at_most(const exact& total) const;
    /// The smallest total t for which the chance of at most t is `level` or more: P90 is quantile(ratio(9, 10)).
    /// \pre 0 < level ≤ 1, else `precondition_violated`.
    exact quantile(const ratio& level) const;
    exact mean() const;

private:
    exact at(std::size_t point) const { return exact(grid_) * ratio(lowest_ + static_cast<std::int64_t>(point)); }
    detail::big_integer numerator_of(std::size_t point) const;
    /// How many points are at most this total.
    std::size_t points_up_to(const exact& total) const;
    void add(std::int64_t steps, const ratio& likelihood, std::size_t most_bytes);

    money grid_;
    std::int64_t lowest_ = 0;               // in grid steps
    std::size_t width_ = 1;                 // 64-bit limbs of one numerator
    std::vector<std::uint64_t> numerators_; // point after point, least significant limb first
    detail::big_integer denominator_ = 1;
};

/// The largest step of which every amount is a whole number: the grid on which nothing has to be moved. Zero when all
/// amounts are zero. Throws `precondition_violated` when an amount is not whole pence.
money common_grid(std::span<const chance_event>);

/// An event as it lies on a grid, and by how much it was moved to get there.
struct placed_event {
    chance_event event;
    exact moved;
};
std::vector<placed_event> placed_on_grid(std::span<const chance_event>, money grid, rounding);

/// A probability as a percentage, for display: 12.3.
decimal to_percentage(const chance&, int places, rounding);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

__extension__ typedef unsigned __int128 wide_integer;

/// sum[0..width) = a·x + b·y, either may be absent; gives the limb that is left over.
inline std::uint64_t weighted_sum(std::uint64_t* sum, std::size_t width, std::uint64_t a, const std::uint64_t* x,
                                  std::uint64_t b, const std::uint64_t* y) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < width; ++i) {
        // Cannot wrap: a + b is a 63-bit denominator.
        wide_integer v = carry;
        if (x != nullptr) v += static_cast<wide_integer>(a) * x[i];
        if (y != nullptr) v += static_cast<wide_integer>(b) * y[i];
        sum[i] = static_cast<std::uint64_t>(v);
        carry = static_cast<std::uint64_t>(v >> 64);
    }
    return carry;
}

inline void check_likelihood(const ratio& likelihood) {
    if (likelihood < ratio(0) || ratio(1) < likelihood)
        throw precondition_violated("a likelihood of " + to_string(likelihood) + " is outside 0 to 1");
}

/// The events in grid steps, the smallest first: the table then stays short for as long as can be.
struct stepped_event {
    std::int64_t steps;
    ratio likelihood;
};
inline std::vector<stepped_event> stepped(std::span<const chance_event> events, money grid) {
    if (grid.pence() <= 0) throw precondition_violated("distribution: the grid must be positive");
    std::vector<stepped_event> out;
    for (const chance_event& e : events) {
        check_likelihood(e.likelihood);
        const exact::rational steps = e.amount.pence() / grid.pence();
        if (denominator(steps) != 1)
            throw precondition_violated("distribution: an amount of " + to_string(e.amount) +
                                        " is not on the grid of " + to_string(grid));
        if (steps != 0 && e.likelihood != ratio(0))
            out.push_back({narrowed(numerator(steps), "distribution"), e.likelihood});
    }
    const auto size = [](const stepped_event& e) { return e.steps < 0 ? -e.steps : e.steps; };
    std::stable_sort(out.begin(), out.end(),
                     [&](const stepped_event& a, const stepped_event& b) { return size(a) < size(b); });
    return out;
}

} // namespace detail

inline distribution::distribution(std::span<const chance_event> events, money grid, std::size_t most_bytes)
    : grid_(grid), numerators_{1} {
    for (const detail::stepped_event& e : detail::stepped(events, grid)) add(e.steps, e.likelihood, most_bytes);
}

inline void distribution::add(std::int64_t steps, const ratio& likelihood, std::size_t most_bytes) {
    const std::uint64_t shift = static_cast<std::uint64_t>(steps < 0 ? -steps : steps);
    std::uint64_t up = static_cast<std::uint64_t>(likelihood.numerator());
    std::uint64_t stay = static_cast<std::uint64_t>(likelihood.denominator()) - up;
    if (steps < 0) { // counted from the new lowest total, it is not happening that moves up
        lowest_ += steps;
        std::swap(up, stay);
    }
    denominator_ *= likelihood.denominator();
    const std::size_t width = (msb(denominator_) + 64) / 64, before = points();
    if (shift > most_bytes / 8 || (before + shift) > most_bytes / 8 / width)
        throw precondition_violated("distribution: the table would be too large; take a coarser grid");

    std::vector<std::uint64_t> sums((before + shift) * width);
    for (std::size_t i = 0; i < before + shift; ++i) {
        const std::uint64_t* here = i < before && stay != 0 ? &numerators_[i * width_] : nullptr;
        const std::uint64_t* below = i >= shift && up != 0 ? &numerators_[(i - shift) * width_] : nullptr;
        std::uint64_t* sum = &sums[i * width];
        const std::uint64_t carry = detail::weighted_sum(sum, width_, stay, here, up, below);
        if (width > width_) sum[width_] = carry;
    }
    numerators_.swap(sums);
    width_ = width;
}

inline detail::big_integer distribution::numerator_of(std::size_t point) const {
    detail::big_integer n;
    const auto first = numerators_.begin() + static_cast<std::ptrdiff_t>(point * width_);
    import_bits(n, first, first + static_cast<std::ptrdiff_t>(width_), 64, false);
    return n;
}

inline std::size_t distribution::points_up_to(const exact& total) const {
    const exact::rational from_lowest = (total.pence() - lowest().pence()) / grid_.pence();
    if (from_lowest < 0) return 0;
    const detail::big_integer whole = numerator(from_lowest) / denominator(from_lowest);
    return whole >= points() ? points() : whole.convert_to<std::size_t>() + 1;
}

inline chance distribution::of_exactly(const exact& total) const {
    const std::size_t up_to = points_up_to(total);
    if (up_to == 0 || at(up_to - 1) != total) return 0;
    return chance(numerator_of(up_to - 1), denominator_);
}

inline chance distribution::of_at_most(const exact& total) const {
    detail::big_integer sum = 0;
    for (std::size_t i = 0, end = points_up_to(total); i < end; ++i) sum += numerator_of(i);
    return chance(sum, denominator_);
}

inline exact distribution::quantile(const ratio& level) const {
    if (level <= ratio(0) || ratio(1) < level) throw precondition_violated("quantile: the level is outside 0 to 1");
    // P(at most t) ≥ n/d, without a division.
    const detail::big_integer needed = denominator_ * level.numerator();
    detail::big_integer sum = 0;
    for (std::size_t i = 0; i < points(); ++i) {
        sum += numerator_of(i);
        if (sum * level.denominator() >= needed) return at(i);
    }
    return highest();
}

inline exact distribution::mean() const {
    detail::big_integer sum = 0;
    for (std::size_t i = 0; i < points(); ++i) sum += numerator_of(i) * (lowest_ + static_cast<std::int64_t>(i));
    return exact::pence(exact::rational(sum, denominator_) * grid_.pence());
}

inline money common_grid(std::span<const chance_event> events) {
    detail::big_integer step = 0;
    for (const chance_event& e : events) {
        if (denominator(e.amount.pence()) != 1)
            throw precondition_violated("common_grid: " + to_string(e.amount) + " is not whole pence");
        step = gcd(step, detail::big_integer(abs(numerator(e.amount.pence()))));
    }
    return money::pence(detail::narrowed(step, "common_grid"));
}

inline std::vector<placed_event> placed_on_grid(std::span<const chance_event> events, money grid, rounding rule) {
    std::vector<placed_event> out;
    for (const chance_event& e : events) {
        const exact placed = rounded(e.amount, grid, rule);
        out.push_back({{placed, e.likelihood}, placed - e.amount});
    }
    return out;
}

inline decimal to_percentage(const chance& c, int places, rounding rule) {
    return percentage(exact::pence(c), exact::pence(1), places, rule);
}

} // namespace riskshare

#endif
