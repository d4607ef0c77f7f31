// The table under `distribution`: whole numbers of any length, one a total, fast.
#ifndef RISKSHARE_DETAIL_EXACT_TABLE_HPP
#define RISKSHARE_DETAIL_EXACT_TABLE_HPP

#include <riskshare/detail/large_pages.hpp>
#include <riskshare/exact.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace riskshare::detail {

__extension__ typedef unsigned __int128 wide_integer;

/// A whole number of `limbs` 64-bit words, the least significant first.
inline big_integer number_of(const std::uint64_t* limbs, std::size_t width) {
    big_integer n;
    import_bits(n, limbs, limbs + width, 64, false);
    return n;
}

/// z[0..W) = a·x + b·y, either of which may be z itself. Cannot wrap: a + b is a 63-bit denominator, and z is wide
/// enough. A width that the compiler knows is three times as fast; W = 0 takes the width at run time.
template <std::size_t W>
inline void weighted_sum(std::uint64_t* z, std::size_t width, std::uint64_t a, const std::uint64_t* x, std::uint64_t b,
                         const std::uint64_t* y) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < (W == 0 ? width : W); ++i) {
        const wide_integer v = static_cast<wide_integer>(a) * x[i] + static_cast<wide_integer>(b) * y[i] + carry;
        z[i] = static_cast<std::uint64_t>(v);
        carry = static_cast<std::uint64_t>(v >> 64);
    }
}

/// A yes/no event that moves a total up by so many steps. The weights of its happening and of its not happening are the
/// numerators of their likelihoods over one denominator, both positive; their sum is below 2^63.
struct weighted_step {
    std::uint64_t steps, happens, stays;
};

/// How often each number of steps comes about, of all the ways in which events can turn out, each way weighted: one
/// numerator a point, over one common denominator.
class exact_table {
public:
    /// One allocation for all: what the last event needs. Quickest with the smallest steps first.
    /// \pre the table has room: the steps of all events together are a `std::size_t`
    explicit exact_table(const std::vector<weighted_step>& events) {
        std::size_t points = 1;
        big_integer whole = 1;
        for (const weighted_step& e : events) points += static_cast<std::size_t>(e.steps), whole *= e.happens + e.stays;
        limbs_ = large_block(points * width_of(whole));
        limbs_[0] = 1;
        for (const weighted_step& e : events) add(e);
    }

    /// Room for the table of such events, in 64-bit words.
    static std::size_t width_of(const big_integer& denominator) { return (msb(denominator) + 64) / 64; }

    std::size_t points() const noexcept { return points_; }
    std::size_t width() const noexcept { return width_; }
    const big_integer& denominator() const noexcept { return denominator_; }
    const std::uint64_t* at(std::size_t point) const { return &limbs_[point * width_]; }

    /// Each point then holds what it and all before it held.
    void accumulate() {
        for (std::size_t i = width_; i < points_ * width_; i += width_)
            weighted_sum<0>(&limbs_[i], width_, 1, &limbs_[i], 1, &limbs_[i - width_]);
    }

private:
    using shifter = void (*)(std::uint64_t*, std::size_t, std::size_t, const weighted_step&);
    template <std::size_t... W>
    static std::array<shifter, sizeof...(W)> shifters(std::index_sequence<W...>) {
        return {{&exact_table::shift<W>...}};
    }

    void add(const weighted_step& e) {
        denominator_ *= e.happens + e.stays;
        widen(width_of(denominator_));
        constexpr std::size_t known = 12;
        static const auto by_width = shifters(std::make_index_sequence<known + 1>());
        by_width[width_ <= known ? width_ : 0](limbs_.get(), width_, points_, e);
        points_ += static_cast<std::size_t>(e.steps);
    }

    /// In place, from the top down: what happens moves up.
    template <std::size_t W>
    static void shift(std::uint64_t* limbs, std::size_t run_time_width, std::size_t points, const weighted_step& e) {
        const std::size_t width = W == 0 ? run_time_width : W, steps = static_cast<std::size_t>(e.steps);
        const std::size_t overlap = std::max(points, steps);
        const std::uint64_t happens = e.happens, stays = e.stays;
        for (std::size_t i = points + steps; i-- > overlap;) {
            const std::uint64_t* below = limbs + (i - steps) * width;
            weighted_sum<W>(limbs + i * width, width, 0, below, happens, below);
        }
        if (points < steps) std::fill(limbs + points * width, limbs + steps * width, 0);
        for (std::size_t i = points; i-- > steps;)
            weighted_sum<W>(limbs + i * width, width, stays, limbs + i * width, happens, limbs + (i - steps) * width);
        for (std::size_t i = std::min(points, steps); i-- > 0;)
            weighted_sum<W>(limbs + i * width, width, stays, limbs + i * width, 0, limbs + i * width);
    }

    void widen(std::size_t width) {
        if (width == width_) return;
        for (std::size_t i = points_; i-- > 0;) {
            std::copy_backward(&limbs_[i * width_], &limbs_[(i + 1) * width_], &limbs_[i * width + width_]);
            std::fill(&limbs_[i * width + width_], &limbs_[(i + 1) * width], 0);
        }
        width_ = width;
    }

    std::size_t points_ = 1, width_ = 1;
    large_array limbs_; // point after point
    big_integer denominator_ = 1;
};

/// Adds products of pairs of words, of one place in their sum each.
class column_sum {
public:
    void add(std::uint64_t a, std::uint64_t b) {
        const wide_integer before = sum_;
        sum_ += static_cast<wide_integer>(a) * b;
        overflows_ += sum_ < before ? 1 : 0;
    }
    big_integer value() const {
        const std::uint64_t words[3] = {static_cast<std::uint64_t>(sum_), static_cast<std::uint64_t>(sum_ >> 64),
                                        overflows_};
        return number_of(words, 3);
    }

private:
    wide_integer sum_ = 0;
    std::uint64_t overflows_ = 0;
};

/// Σ a(first + i) · b(start − i) for i below count: two tables of whole numbers against each other, one backwards.
inline big_integer dot_product(const exact_table& a, std::size_t first, const exact_table& b, std::size_t start,
                               std::size_t count) {
    // One word of a at a time over a block of points that stays in the nearest cache.
    constexpr std::size_t block = 128;
    std::vector<column_sum> columns(a.width() + b.width() - 1);
    for (std::size_t from = 0; from < count; from += block) {
        const std::size_t to = std::min(count, from + block);
        for (std::size_t k = 0; k < a.width(); ++k)
            for (std::size_t l = 0; l < b.width(); ++l) {
                column_sum sum = columns[k + l];
                const std::uint64_t *x = a.at(first + from) + k, *y = b.at(start - from) + l;
                for (std::size_t i = from; i < to; ++i, x += a.width(), y -= b.width()) sum.add(*x, *y);
                columns[k + l] = sum;
            }
    }
    big_integer total = 0;
    for (std::size_t c = 0; c < columns.size(); ++c) total += columns[c].value() << static_cast<unsigned>(64 * c);
    return total;
}

} // namespace riskshare::detail

#endif
