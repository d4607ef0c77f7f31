#include "workbook/detail/range_tree.hpp"

#include <algorithm>
#include <tuple>

namespace riskshare::workbook::detail {

void range_tree::build() {
    constexpr std::uint32_t columns_together = 8;
    std::sort(entries_.begin(), entries_.end(), [](const entry& a, const entry& b) {
        const auto key = [](const entry& e) {
            return std::tuple(e.where.first.column / columns_together, e.where.first.row, e.where.last.row);
        };
        return key(a) < key(b);
    });
    const auto join = [](range& into, const range& more) {
        into.first.row = std::min(into.first.row, more.first.row);
        into.first.column = std::min(into.first.column, more.first.column);
        into.last.row = std::max(into.last.row, more.last.row);
        into.last.column = std::max(into.last.column, more.last.column);
    };
    for (std::size_t below = entries_.size(); below > 0;) {
        std::vector<box> boxes((below + fan - 1) / fan);
        for (std::size_t i = 0; i < below; ++i) {
            const range& part = levels_.empty() ? entries_[i].where : levels_.back()[i].around;
            box& b = boxes[i / fan];
            if (i % fan == 0)
                b.around = part;
            else
                join(b.around, part);
        }
        levels_.push_back(std::move(boxes));
        below = levels_.back().size() == 1 ? 0 : levels_.back().size();
    }
    restore();
}

void range_tree::restore() {
    for (entry& e : entries_) e.taken = false;
    for (std::size_t level = 0; level < levels_.size(); ++level)
        for (std::size_t i = 0; i < levels_[level].size(); ++i) {
            std::uint32_t& left = levels_[level][i].left;
            left = 0;
            const std::size_t below = level == 0 ? entries_.size() : levels_[level - 1].size();
            for (std::size_t k = i * fan; k < std::min(below, (i + 1) * fan); ++k)
                left += level == 0 ? 1 : levels_[level - 1][k].left;
        }
}

} // namespace riskshare::workbook::detail
