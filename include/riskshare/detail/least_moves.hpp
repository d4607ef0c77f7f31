// The least by which numbers must leave their intervals so that a set of linear equations holds.
#ifndef RISKSHARE_DETAIL_LEAST_MOVES_HPP
#define RISKSHARE_DETAIL_LEAST_MOVES_HPP

#include <riskshare/error.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace riskshare::detail {

template <class Q>
int sign_of(const Q& q) {
    return q.sign();
}

/// at + nudge·ε for an ε smaller than any number: the end of an open interval is its bound, nudged inwards.
template <class Q>
struct edge {
    Q at{};
    Q nudge{};

    friend edge operator+(const edge& a, const edge& b) { return {Q(a.at + b.at), Q(a.nudge + b.nudge)}; }
    friend edge operator-(const edge& a, const edge& b) { return {Q(a.at - b.at), Q(a.nudge - b.nudge)}; }
    friend edge operator*(const edge& a, const Q& q) { return {Q(a.at * q), Q(a.nudge * q)}; }
    friend bool operator==(const edge& a, const edge& b) { return a.at == b.at && a.nudge == b.nudge; }
    friend bool operator<(const edge& a, const edge& b) { return a.at < b.at || (a.at == b.at && a.nudge < b.nudge); }
};

/// One unknown: any number when free, else one that costs nothing inside [low, high] and its distance outside.
template <class Q>
struct unknown {
    edge<Q> low, high, start;
    bool free = false;
};

template <class Q>
using equation = std::vector<std::pair<std::uint32_t, Q>>; ///< Σ weight · unknown = 0, each unknown at most once

template <class Q>
struct least_moves {
    edge<Q> total;               ///< Σ of the distances; zero says that the intervals and the equations agree
    std::vector<edge<Q>> values; ///< satisfy every equation exactly
    std::vector<Q> multipliers;  ///< one for each equation; Σ multiplier · equation proves that `total` is the least
};

/// Minimises Σ distance by the simplex method on a convex piecewise linear cost (long steps; Bland's rule when it
/// stalls). Exact for an exact Q. Throws `overflow` when Q does.
template <class Q>
least_moves<Q> find_least_moves(const std::vector<unknown<Q>>&, const std::vector<equation<Q>>&);

// ---------------------------------------------------------------------------------------------------------------------

template <class Q>
class move_simplex {
public:
    move_simplex(const std::vector<unknown<Q>>& unknowns, const std::vector<equation<Q>>& equations)
        : unknowns_(unknowns), columns_(unknowns.size()), row_of_(unknowns.size(), none), rows_(equations.size()),
          inverse_(rows_, std::vector<Q>(rows_)), basic_(rows_, none), x_(unknowns.size()), side_(unknowns.size(), 0) {
        for (std::size_t i = 0; i < rows_; ++i) {
            inverse_[i][i] = Q(1);
            for (const auto& term : equations[i])
                if (sign_of(term.second) != 0)
                    columns_[term.first].push_back({static_cast<std::uint32_t>(i), term.second});
        }
        for (std::size_t j = 0; j < unknowns.size(); ++j) x_[j] = unknowns[j].start;
        choose_first_basis(equations);
        compute_basics();
        for (std::size_t j = 0; j < x_.size(); ++j) side_[j] = side_by_value(j);
    }

    least_moves<Q> solve() {
        std::size_t stalled = 0;
        for (;;) {
            price();
            const bool careful = stalled > patience;
            const auto chosen = entering(careful);
            if (chosen.second == 0) break;
            const bool moved = step(chosen.first, chosen.second, careful);
            stalled = moved ? 0 : stalled + 1;
        }
        least_moves<Q> out;
        for (std::size_t j = 0; j < x_.size(); ++j) out.total = out.total + distance(j);
        out.values = x_;
        out.multipliers = prices_;
        return out;
    }

private:
    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t patience = 50;

    // A first basis by elimination; an equation that follows from the others keeps no unknown and no price.
    void choose_first_basis(const std::vector<equation<Q>>& equations) {
        for (std::size_t i = 0; i < rows_; ++i) {
            std::size_t best = none;
            auto consider = [&](std::size_t j) {
                if (row_of_[j] != none || sign_of(tableau_entry(i, j)) == 0) return;
                if (best == none || preferred(j, best)) best = j;
            };
            for (const auto& term : equations[i]) consider(term.first);
            if (best == none)
                for (std::size_t j = 0; j < columns_.size(); ++j) consider(j);
            if (best != none) pivot(i, best, tableau_column(best));
        }
    }

    bool preferred(std::size_t a, std::size_t b) const {
        if (unknowns_[a].free != unknowns_[b].free) return unknowns_[a].free;
        return columns_[a].size() < columns_[b].size();
    }

    Q tableau_entry(std::size_t row, std::size_t j) const {
        Q sum{};
        for (const auto& term : columns_[j])
            if (sign_of(inverse_[row][term.first]) != 0) sum = Q(sum + inverse_[row][term.first] * term.second);
        return sum;
    }

    std::vector<Q> tableau_column(std::size_t j) const {
        std::vector<Q> column(rows_);
        for (std::size_t i = 0; i < rows_; ++i) column[i] = tableau_entry(i, j);
        return column;
    }

    void pivot(std::size_t row, std::size_t j, const std::vector<Q>& column) {
        if (basic_[row] != none) row_of_[basic_[row]] = none;
        basic_[row] = j;
        row_of_[j] = row;
        std::vector<std::size_t> filled;
        for (std::size_t k = 0; k < rows_; ++k) {
            if (sign_of(inverse_[row][k]) == 0) continue;
            inverse_[row][k] = Q(inverse_[row][k] / column[row]);
            filled.push_back(k);
        }
        for (std::size_t i = 0; i < rows_; ++i) {
            if (i == row || sign_of(column[i]) == 0) continue;
            for (std::size_t k : filled) inverse_[i][k] = Q(inverse_[i][k] - column[i] * inverse_[row][k]);
        }
    }

    void compute_basics() {
        std::vector<edge<Q>> sums(rows_);
        for (std::size_t j = 0; j < columns_.size(); ++j) {
            if (row_of_[j] != none) continue;
            for (const auto& term : columns_[j]) sums[term.first] = sums[term.first] + x_[j] * term.second;
        }
        for (std::size_t i = 0; i < rows_; ++i) {
            if (basic_[i] == none) continue;
            edge<Q> value;
            for (std::size_t k = 0; k < rows_; ++k)
                if (sign_of(inverse_[i][k]) != 0) value = value - sums[k] * inverse_[i][k];
            x_[basic_[i]] = value;
        }
    }

    edge<Q> distance(std::size_t j) const {
        const unknown<Q>& u = unknowns_[j];
        if (u.free) return {};
        if (x_[j] < u.low) return u.low - x_[j];
        if (u.high < x_[j]) return x_[j] - u.high;
        return {};
    }

    /// The slope of the cost of unknown j on its own as it starts to move in a direction.
    int slope(std::size_t j, int direction) const {
        const unknown<Q>& u = unknowns_[j];
        if (u.free) return 0;
        if (direction > 0) return x_[j] < u.low ? -1 : x_[j] < u.high ? 0 : 1;
        return u.high < x_[j] ? -1 : u.low < x_[j] ? 0 : 1;
    }

    void price() {
        prices_.assign(rows_, Q());
        for (std::size_t i = 0; i < rows_; ++i) {
            if (basic_[i] == none) continue;
            const int outside = side_[basic_[i]];
            if (outside == 0) continue;
            for (std::size_t k = 0; k < rows_; ++k) {
                if (sign_of(inverse_[i][k]) == 0) continue;
                prices_[k] = outside > 0 ? Q(prices_[k] + inverse_[i][k]) : Q(prices_[k] - inverse_[i][k]);
            }
        }
    }

    /// The unknown whose move lowers the cost fastest, and its direction; direction 0 when none does.
    std::pair<std::size_t, int> entering(bool careful) const {
        std::pair<std::size_t, int> best{none, 0};
        Q best_gain{};
        for (std::size_t j = 0; j < columns_.size(); ++j) {
            if (row_of_[j] != none) continue;
            Q pull{};
            for (const auto& term : columns_[j])
                if (sign_of(prices_[term.first]) != 0) pull = Q(pull + prices_[term.first] * term.second);
            // Moving by t in a direction changes the cost by t·(own slope − direction·pull).
            const int direction = sign_of(pull);
            if (direction == 0) continue;
            const Q strength = direction > 0 ? pull : Q(Q() - pull);
            const Q gain = Q(strength - Q(slope(j, direction)));
            if (sign_of(gain) <= 0 || !(best_gain < gain)) continue;
            best = {j, direction};
            best_gain = gain;
            if (careful) break;
        }
        if (best.second != 0) return best;
        // An unknown outside its interval may also return when nothing pulls at it.
        for (std::size_t j = 0; j < columns_.size(); ++j) {
            if (row_of_[j] != none) continue;
            Q pull{};
            for (const auto& term : columns_[j]) pull = Q(pull + prices_[term.first] * term.second);
            for (int direction : {1, -1}) {
                const Q towards = direction > 0 ? pull : Q(Q() - pull);
                if (sign_of(Q(towards - Q(slope(j, direction)))) > 0) return {j, direction};
            }
        }
        return best;
    }

    int side_by_value(std::size_t j) const {
        const unknown<Q>& u = unknowns_[j];
        return u.free ? 0 : x_[j] < u.low ? -1 : u.high < x_[j] ? 1 : 0;
    }

    struct breakpoint {
        edge<Q> after;
        std::size_t row; ///< none for the entering unknown itself
        Q slope;
        edge<Q> rests_at;
        int heading;
    };

    /// The bounds that an unknown will meet when it moves with this speed.
    void meet(std::vector<breakpoint>& breaks, std::size_t variable, std::size_t row, const Q& speed) const {
        const unknown<Q>& u = unknowns_[variable];
        const int heading = sign_of(speed);
        if (u.free || side_[variable] == heading) return;
        const Q pace = heading > 0 ? speed : Q(Q() - speed);
        const Q inverse_pace = Q(Q(1) / pace);
        auto add = [&](const edge<Q>& bound) {
            const edge<Q> gap = heading > 0 ? bound - x_[variable] : x_[variable] - bound;
            breaks.push_back({gap * inverse_pace, row, pace, bound, heading});
        };
        if (side_[variable] == -heading) add(heading > 0 ? u.low : u.high);
        add(heading > 0 ? u.high : u.low);
    }

    bool step(std::size_t j, int direction, bool careful) {
        const std::vector<Q> column = tableau_column(j);
        std::vector<breakpoint> breaks;
        side_[j] = direction * slope(j, direction);
        Q descent = Q(slope(j, direction));
        meet(breaks, j, none, Q(direction));
        for (std::size_t i = 0; i < rows_; ++i) {
            if (basic_[i] == none || sign_of(column[i]) == 0) continue;
            const Q speed = direction > 0 ? Q(Q() - column[i]) : column[i];
            if (side_[basic_[i]] > 0) descent = Q(descent + speed);
            if (side_[basic_[i]] < 0) descent = Q(descent - speed);
            meet(breaks, basic_[i], i, speed);
        }
        std::sort(breaks.begin(), breaks.end(), [&](const breakpoint& a, const breakpoint& b) {
            if (a.after < b.after) return true;
            if (b.after < a.after) return false;
            const std::size_t left = order(a, j), right = order(b, j);
            // The two bounds of one unknown in the order in which it meets them.
            return left != right ? left < right : a.heading > 0 ? a.rests_at < b.rests_at : b.rests_at < a.rests_at;
        });
        std::size_t last = 0;
        for (; last < breaks.size(); ++last) {
            descent = Q(descent + breaks[last].slope);
            if (careful || sign_of(descent) >= 0) break;
            side_[breaks[last].row == none ? j : basic_[breaks[last].row]] += breaks[last].heading;
        }
        if (last == breaks.size()) throw precondition_violated("find_least_moves: the cost has no least");
        const breakpoint& stop = breaks[last];
        move(j, direction, column, stop.after);
        if (stop.row == none) {
            x_[j] = stop.rests_at;
        } else {
            x_[basic_[stop.row]] = stop.rests_at;
            pivot(stop.row, j, column);
        }
        return edge<Q>{} < stop.after;
    }

    std::size_t order(const breakpoint& b, std::size_t entering_unknown) const {
        return b.row == none ? entering_unknown : basic_[b.row];
    }

    void move(std::size_t j, int direction, const std::vector<Q>& column, const edge<Q>& by) {
        if (by == edge<Q>{}) return;
        const edge<Q> change = direction > 0 ? by : edge<Q>{} - by;
        x_[j] = x_[j] + change;
        for (std::size_t i = 0; i < rows_; ++i)
            if (basic_[i] != none && sign_of(column[i]) != 0) x_[basic_[i]] = x_[basic_[i]] - change * column[i];
    }

    const std::vector<unknown<Q>>& unknowns_;
    std::vector<std::vector<std::pair<std::uint32_t, Q>>> columns_;
    std::vector<std::size_t> row_of_;
    std::size_t rows_;
    std::vector<std::vector<Q>> inverse_;
    std::vector<std::size_t> basic_;
    std::vector<edge<Q>> x_;
    /// Of a basic unknown: the piece of its cost on which it stands, −1 below, 0 in and 1 above its interval. On a
    /// bound this depends on how it came there; forgetting it makes the method go round in circles.
    std::vector<int> side_;
    std::vector<Q> prices_;
};

template <class Q>
least_moves<Q> find_least_moves(const std::vector<unknown<Q>>& unknowns, const std::vector<equation<Q>>& equations) {
    return move_simplex<Q>(unknowns, equations).solve();
}

} // namespace riskshare::detail

#endif
