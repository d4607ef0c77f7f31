// How likely each total of independent yes/no events is: exact fractions, no sampling.
#ifndef RISKSHARE_DISTRIBUTION_HPP
#define RISKSHARE_DISTRIBUTION_HPP

#include <riskshare/detail/exact_table.hpp>
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

namespace detail {

inline precondition_violated too_large() {
    return precondition_violated("distribution: the table would be too large; take a coarser grid");
}

inline void check_likelihood(const ratio& likelihood) {
    if (likelihood < ratio(0) || ratio(1) < likelihood)
        throw precondition_violated("a likelihood of " + to_string(likelihood) + " is outside 0 to 1");
}

/// The uncertain events in two halves of like sizes, in grid steps up from the lowest total.
struct dealt_events {
    std::vector<weighted_step> one, other;
    std::int64_t lowest = 0;
    std::uint64_t points = 1, certain = 0; // may be more than a table, or a machine of 32 bits, has room for
};

inline dealt_events dealt(std::span<const chance_event> events, money grid) {
    if (grid.pence() <= 0) throw precondition_violated("distribution: the grid must be positive");
    struct stepped_event {
        std::int64_t steps;
        ratio likelihood;
        std::int64_t size() const { return steps < 0 ? -steps : steps; }
    };
    std::vector<stepped_event> all;
    for (const chance_event& e : events) {
        check_likelihood(e.likelihood);
        const exact::rational steps = e.amount.pence() / grid.pence();
        if (denominator(steps) != 1)
            throw precondition_violated("distribution: an amount of " + to_string(e.amount) +
                                        " is not on the grid of " + to_string(grid));
        if (steps != 0 && e.likelihood != ratio(0))
            all.push_back({narrowed(numerator(steps), "distribution"), e.likelihood});
    }
    // The smallest first: the tables then stay short for as long as can be.
    std::stable_sort(all.begin(), all.end(),
                     [](const stepped_event& a, const stepped_event& b) { return a.size() < b.size(); });
    dealt_events out;
    bool to_one = true;
    for (const stepped_event& e : all) {
        const std::uint64_t size = static_cast<std::uint64_t>(e.size());
        if (size > (std::uint64_t{1} << 40)) throw too_large();
        std::uint64_t happens = static_cast<std::uint64_t>(e.likelihood.numerator());
        std::uint64_t stays = static_cast<std::uint64_t>(e.likelihood.denominator()) - happens;
        out.points += size;
        if (e.steps < 0) { // counted from the new lowest total, it is not happening that moves up
            out.lowest += e.steps;
            std::swap(happens, stays);
        }
        if (stays == 0) out.certain += size;
        if (stays == 0 || happens == 0) continue;
        (to_one ? out.one : out.other).push_back({size, happens, stays});
        to_one = !to_one;
    }
    return out;
}

/// The same events, where their table takes no more room than given.
inline const std::vector<weighted_step>& affordable(const std::vector<weighted_step>& events, std::size_t most_bytes) {
    std::uint64_t points = 1;
    big_integer whole = 1;
    for (const weighted_step& e : events) {
        points += e.steps, whole *= e.happens + e.stays;
        if (points > most_bytes / 8 / exact_table::width_of(whole)) throw too_large();
    }
    return events;
}

/// The leading bits of each number of a table, those from one place up that are 63 of their whole.
struct leading_words {
    leading_words() = default;
    explicit leading_words(const exact_table& t) : words(t.points()) {
        const std::size_t bits = msb(t.denominator()) + 1;
        left_out = bits > 63 ? bits - 63 : 0;
        for (std::size_t i = 0; i < t.points(); ++i) words[i] = from_place(t.at(i), t.width());
    }
    std::uint64_t from_place(const std::uint64_t* n, std::size_t width) const {
        const std::size_t word = left_out / 64, rest = left_out % 64;
        const std::uint64_t low = n[word] >> rest;
        return rest == 0 || word + 1 == width ? low : low | n[word + 1] << (64 - rest);
    }
    std::vector<std::uint64_t> words;
    std::size_t left_out = 0; // bits below them
};

/// What the leading words alone say of a sum of products: it is no less than one, and no more than the other.
struct bounds {
    big_integer low, high;
};
inline big_integer number_of(wide_integer n) {
    const std::uint64_t words[2] = {static_cast<std::uint64_t>(n), static_cast<std::uint64_t>(n >> 64)};
    return number_of(words, 2);
}

/// Σ one(i) · other(last − i); beyond its end the other, which never falls, stays as it is at its end. Neither sum can
/// wrap: the words of one add up to less than 2^63.
inline bounds leading_dot_product(const leading_words& one, const leading_words& other, std::size_t last) {
    const std::size_t count = std::min(one.words.size(), last + 1), end = other.words.size() - 1;
    const std::size_t free = std::min(count, last < end ? 0 : last - end);
    std::uint64_t of_one = 0;
    for (std::size_t i = 0; i < free; ++i) of_one += one.words[i];
    wide_integer products = static_cast<wide_integer>(of_one) * other.words[end];
    for (std::size_t i = free; i < count; ++i)
        products += static_cast<wide_integer>(one.words[i]) * other.words[last - i];
    // (a + ε)(b + δ) with ε and δ below one, and zero where nothing is left out.
    big_integer error = 0;
    if (one.left_out != 0) error += big_integer(count) * other.words[end];
    if (other.left_out != 0) error += big_integer(1) << 63;
    if (one.left_out != 0 && other.left_out != 0) error += count;
    const unsigned shift = static_cast<unsigned>(one.left_out + other.left_out);
    const big_integer low = number_of(products);
    return {low << shift, (low + error) << shift};
}

} // namespace detail

/// The probability of every total on a grid, each an exact fraction over one common denominator (the product of the
/// likelihoods' own): they add up to exactly one, and their mean is exactly Σ amount × likelihood.
///
/// The events are dealt into two halves, and a table is made of each; a question puts the two together. So 200 items
/// over £120m on a £1,000 grid take 25 ms and 9 MB, and the chance of at most some total 3 ms more, where one table of
/// all would take a third of a second. A quantile is found by the leading bits of both tables, with a bound on what
/// they leave out, and decided by all bits where that bound does not.
class distribution {
public:
    /// Throws `precondition_violated` when a likelihood is outside 0 to 1, an amount is not a whole number of grid
    /// steps, the grid is not positive, or the tables would take more than `most_bytes`.
    distribution(std::span<const chance_event> events, money grid, std::size_t most_bytes = std::size_t{1} << 29);

    money grid() const noexcept { return grid_; }
    /// The totals when everything favourable to a low total happens, and when everything against it does.
    exact lowest() const { return at(0); }
    exact highest() const { return at(points() - 1); }
    /// How many totals lie on the grid from lowest to highest.
    std::uint64_t points() const noexcept { return points_; }

    chance of_exactly(const exact& total) const;
    chance of_at_most(const exact& total) const;
    /// The smallest total t for which the chance of at most t is `level` or more: P90 is quantile(ratio(9, 10)).
    /// \pre 0 < level ≤ 1, else `precondition_violated`.
    exact quantile(const ratio& level) const;
    exact mean() const;

private:
    distribution(const detail::dealt_events&, money grid, std::size_t most_bytes);

    exact at(std::uint64_t point) const { return exact(grid_) * ratio(lowest_ + static_cast<std::int64_t>(point)); }
    /// How many points are at most this total.
    std::uint64_t points_up_to(const exact& total) const;
    /// How many ways in all lead to so many of the lowest points, of the `ways` that there are.
    detail::big_integer ways_to(std::uint64_t points) const;
    detail::big_integer ways() const { return one_.denominator() * other_.denominator(); }
    bool reaches(std::uint64_t points, const ratio& level) const;

    money grid_;
    std::int64_t lowest_ = 0;                // in grid steps
    std::uint64_t points_ = 1, certain_ = 0; // steps up that no way leaves out
    detail::exact_table one_, other_;        // of the other, each point holds all before it as well
    detail::leading_words one_leads_, other_leads_;
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

inline distribution::distribution(std::span<const chance_event> events, money grid, std::size_t most_bytes)
    : distribution(detail::dealt(events, grid), grid, most_bytes) {}

inline distribution::distribution(const detail::dealt_events& dealt, money grid, std::size_t most_bytes)
    : grid_(grid), lowest_(dealt.lowest), points_(dealt.points), certain_(dealt.certain),
      one_(detail::affordable(dealt.one, most_bytes / 2)), other_(detail::affordable(dealt.other, most_bytes / 2)) {
    other_.accumulate();
    one_leads_ = detail::leading_words(one_);
    other_leads_ = detail::leading_words(other_);
}

inline std::uint64_t distribution::points_up_to(const exact& total) const {
    const exact::rational from_lowest = (total.pence() - lowest().pence()) / grid_.pence();
    if (from_lowest < 0) return 0;
    const detail::big_integer whole = numerator(from_lowest) / denominator(from_lowest);
    return whole >= points() ? points() : whole.convert_to<std::uint64_t>() + 1;
}

inline detail::big_integer distribution::ways_to(std::uint64_t points) const {
    if (points <= certain_) return 0;
    if (points - certain_ - 1 >= one_.points() + other_.points() - 2) return ways();
    const std::size_t last = static_cast<std::size_t>(points - certain_ - 1); // of the sum of both tables
    // Where the first table alone stays so low that any point of the second will do, all of the second counts.
    const std::size_t free = last + 1 < other_.points() ? 0 : last + 1 - other_.points();
    detail::big_integer sum = 0;
    for (std::size_t i = 0; i < free; ++i) sum += detail::number_of(one_.at(i), one_.width());
    sum *= other_.denominator();
    const std::size_t count = std::min(one_.points(), last + 1) - free;
    return sum + detail::dot_product(one_, free, other_, last - free, count);
}

inline chance distribution::of_at_most(const exact& total) const {
    return chance(ways_to(points_up_to(total)), ways());
}

inline chance distribution::of_exactly(const exact& total) const {
    const std::uint64_t up_to = points_up_to(total);
    if (up_to == 0 || at(up_to - 1) != total) return 0;
    return chance(ways_to(up_to) - ways_to(up_to - 1), ways());
}

inline bool distribution::reaches(std::uint64_t points, const ratio& level) const {
    // P(at most t) ≥ n/d, without a division.
    if (points <= certain_) return false;
    if (points - certain_ - 1 >= one_.points() + other_.points() - 2) return true;
    const std::size_t last = static_cast<std::size_t>(points - certain_ - 1);
    const detail::bounds leading = detail::leading_dot_product(one_leads_, other_leads_, last);
    const detail::big_integer needed = ways() * level.numerator();
    if (leading.low * level.denominator() >= needed) return true;
    if (leading.high * level.denominator() < needed) return false;
    return ways_to(points) * level.denominator() >= needed;
}

inline exact distribution::quantile(const ratio& level) const {
    if (level <= ratio(0) || ratio(1) < level) throw precondition_violated("quantile: the level is outside 0 to 1");
    std::uint64_t too_few = 0, enough = points();
    while (enough - too_few > 1) {
        const std::uint64_t middle = too_few + (enough - too_few) / 2;
        (reaches(middle, level) ? enough : too_few) = middle;
    }
    return at(enough - 1);
}

inline exact distribution::mean() const {
    detail::big_integer first = 0, beyond = 0; // Σ point · ways, and Σ of the ways that lie beyond each point
    for (std::size_t i = 0; i < one_.points(); ++i) first += detail::number_of(one_.at(i), one_.width()) * i;
    for (std::size_t i = 0; i < other_.points(); ++i)
        beyond += other_.denominator() - detail::number_of(other_.at(i), other_.width());
    const chance steps = chance(first, one_.denominator()) + chance(beyond, other_.denominator());
    return exact::pence((steps + lowest_ + static_cast<std::int64_t>(certain_)) * grid_.pence());
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
