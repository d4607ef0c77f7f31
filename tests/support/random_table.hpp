// A random cross-footed table that truly foots before rounding, and the faults that may be planted in it.
#ifndef RISKSHARE_TESTS_SUPPORT_RANDOM_TABLE_HPP
#define RISKSHARE_TESTS_SUPPORT_RANDOM_TABLE_HPP

#include <riskshare/rounding_check.hpp>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace riskshare::test {

/// 2 to 40 rows, 2 to 15 columns, 1 to 3 units, totals down and across, sometimes sub-totals of blocks of rows.
/// Everything here is whole pence; each cell is rounded by itself, halves away from zero.
class random_table {
public:
    struct fault {
        std::optional<resemblance> kind;
        bool beyond_slack = false;
    };

    explicit random_table(unsigned seed, std::size_t most_rows = 40, std::size_t most_columns = 15) : random_(seed) {
        lines_ = pick(2, most_rows);
        columns_ = pick(2, most_columns);
        cross_footed_ = pick(0, 3) != 0;
        const std::int64_t steps[3] = {100, 100'000, 10'000'000}; // £1, £000, £0.1m
        const std::size_t units = pick(1, 3);
        const std::size_t first = pick(0, 3 - units);
        for (std::size_t j = 0; j < width(); ++j) step_.push_back(steps[first + pick(0, units - 1)]);
        lay_out_rows();
        fill();
        for (const auto& row : truth_) {
            printed_.emplace_back();
            for (std::size_t j = 0; j < row.size(); ++j) printed_.back().push_back(rounded_to(row[j], step_[j]));
        }
    }

    std::size_t rows() const { return lines_; }
    std::size_t columns() const { return columns_; }

    printed_table table() const {
        printed_table t;
        const provenance sheet("random.xlsx", "Table");
        std::vector<std::vector<std::size_t>> id;
        for (std::size_t i = 0; i < printed_.size(); ++i) {
            id.emplace_back();
            for (std::size_t j = 0; j < width(); ++j)
                id.back().push_back(
                    t.add({cell(i, j), exact(money::pence(printed_[i][j])), exact(money::pence(step_[j])),
                           sheet.at(std::uint32_t(i + 1), std::uint32_t(j + 1))}));
        }
        for (const auto& sum : sums_)
            for (std::size_t j = 0; j < width(); ++j) {
                std::vector<std::size_t> parts;
                for (std::size_t i : sum.second) parts.push_back(id[i][j]);
                t.relate("down", id[sum.first][j], parts);
            }
        for (std::size_t i = 0; cross_footed_ && i < printed_.size(); ++i)
            t.relate("across", id[i].back(), {id[i].begin(), id[i].end() - 1});
        return t;
    }

    /// One fault, in one cell or in a whole row of totals.
    fault plant() {
        fault f;
        const std::size_t how = pick(0, 5);
        const std::size_t i = line_rows_[pick(0, line_rows_.size() - 1)], j = pick(0, columns_ - 1);
        std::int64_t& target = printed_[i][j];
        const std::int64_t before = target;
        std::int64_t change = 0;
        std::size_t where = i;
        switch (how) {
        case 0:
            f.kind = resemblance::sign_slip;
            change = -2 * before;
            target = -before;
            break;
        case 1:
            f.kind = resemblance::transposed_digits;
            target = swapped(before, step_[j]);
            change = target - before;
            break;
        case 2:
            f.kind = resemblance::unit_slip;
            target = before * 1000;
            change = target - before;
            break;
        case 3:
        case 4: {
            f.kind = how == 3 ? resemblance::omitted_line : resemblance::double_counted_line;
            const auto& sum = sums_[pick(0, sums_.size() - 1)];
            where = sum.first;
            const std::size_t line = sum.second[pick(0, sum.second.size() - 1)];
            const bool everywhere = pick(0, 1) == 1;
            for (std::size_t c = everywhere ? 0 : j; c < (everywhere ? width() : j + 1); ++c) {
                const std::int64_t by = how == 3 ? -truth_[line][c] : truth_[line][c];
                printed_[where][c] = rounded_to(truth_[where][c] + by, step_[c]);
                if (c == j) change = by;
            }
            break;
        }
        default: // any other figure, typed over
            change = std::int64_t(pick(0, 1) == 0 ? 1 : -1) * std::int64_t(pick(500, 40'000)) * step_[j];
            target = before + change;
        }
        f.beyond_slack = std::llabs(change) > 2 * slack_through(where, j);
        return f;
    }

private:
    std::size_t width() const { return columns_ + (cross_footed_ ? 1 : 0); }

    std::size_t pick(std::size_t low, std::size_t high) { return low + random_() % (high - low + 1); }

    static std::int64_t rounded_to(std::int64_t v, std::int64_t step) {
        const std::int64_t magnitude = (std::llabs(v) + step / 2) / step * step;
        return v < 0 ? -magnitude : magnitude;
    }

    static std::int64_t swapped(std::int64_t v, std::int64_t step) {
        std::string digits = std::to_string(std::llabs(v) / step);
        for (std::size_t k = 0; k + 1 < digits.size(); ++k)
            if (digits[k] != digits[k + 1] && !(k == 0 && digits[1] == '0')) {
                std::swap(digits[k], digits[k + 1]);
                break;
            }
        const std::int64_t magnitude = std::stoll(digits) * step;
        return v < 0 ? -magnitude : magnitude;
    }

    std::string cell(std::size_t i, std::size_t j) const {
        return "row " + std::to_string(i + 1) + ", column " + std::to_string(j + 1);
    }

    void lay_out_rows() {
        const std::size_t blocks = lines_ >= 6 && pick(0, 2) == 0 ? pick(2, 3) : 1;
        std::vector<std::size_t> tops;
        std::size_t row = 0, left = lines_;
        for (std::size_t b = 0; b < blocks; ++b) {
            const std::size_t size = b + 1 == blocks ? left : left / (blocks - b);
            std::vector<std::size_t> parts;
            for (std::size_t k = 0; k < size; ++k) {
                line_rows_.push_back(row);
                parts.push_back(row++);
            }
            left -= size;
            if (blocks == 1) {
                tops = parts;
            } else {
                sums_.push_back({row, parts});
                tops.push_back(row++);
            }
        }
        sums_.push_back({row, tops});
        height_ = row + 1;
    }

    void fill() {
        truth_.assign(height_, std::vector<std::int64_t>(width(), 0));
        for (std::size_t i : line_rows_)
            for (std::size_t j = 0; j < columns_; ++j) {
                const std::int64_t amount = std::int64_t(random_() % 9'000'000'000) + 100'000'000; // £1m to £91m
                truth_[i][j] = pick(0, 3) == 0 ? -amount : amount;
            }
        for (std::size_t i : line_rows_)
            for (std::size_t j = 0; cross_footed_ && j < columns_; ++j) truth_[i].back() += truth_[i][j];
        for (const auto& sum : sums_)
            for (std::size_t part : sum.second)
                for (std::size_t j = 0; j < width(); ++j) truth_[sum.first][j] += truth_[part][j];
    }

    std::int64_t slack_through(std::size_t i, std::size_t j) const {
        std::int64_t most = 0;
        for (const auto& sum : sums_) most = std::max(most, std::int64_t(sum.second.size() + 1) * step_[j] / 2);
        std::int64_t across = 0;
        for (std::int64_t s : step_) across += s / 2;
        (void)i;
        return std::max(most, across);
    }

    std::mt19937_64 random_;
    std::size_t lines_ = 0, columns_ = 0, height_ = 0;
    bool cross_footed_ = false;
    std::vector<std::int64_t> step_;
    std::vector<std::size_t> line_rows_;
    std::vector<std::pair<std::size_t, std::vector<std::size_t>>> sums_;
    std::vector<std::vector<std::int64_t>> truth_, printed_;
};

} // namespace riskshare::test

#endif
