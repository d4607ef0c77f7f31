// Which of many ranges touch a given one.
#ifndef RISKSHARE_WORKBOOK_DETAIL_RANGE_TREE_HPP
#define RISKSHARE_WORKBOOK_DETAIL_RANGE_TREE_HPP

#include <riskshare/workbook/cell.hpp>

#include <cstdint>
#include <vector>

namespace riskshare::workbook::detail {

/// Ranges of one sheet, each with the number of the formula that reads it. Boxes of boxes: a query looks into those
/// that it touches, and what it took once is never looked at again.
class range_tree {
public:
    void add(const range& where, std::uint32_t formula) { entries_.push_back({where, formula}); }
    /// \pre nothing is added afterwards
    void build();

    /// Takes out every range that touches `where`, and gives each formula to `take`; one that has several is given as
    /// often.
    template <class Take>
    void take_touching(const range& where, Take take) {
        if (!levels_.empty()) descend(levels_.size() - 1, 0, where, take);
    }
    /// Puts back all that was taken.
    void restore();

private:
    static constexpr std::size_t fan = 8;
    struct entry {
        range where;
        std::uint32_t formula = 0;
        bool taken = false;
    };
    struct box {
        range around;
        std::uint32_t left = 0; ///< entries beneath that are not taken
    };

    static bool touch(const range& a, const range& b) {
        return a.first.row <= b.last.row && b.first.row <= a.last.row && a.first.column <= b.last.column &&
               b.first.column <= a.last.column;
    }

    template <class Take>
    std::uint32_t descend(std::size_t level, std::size_t at, const range& where, Take& take) {
        box& b = levels_[level][at];
        if (b.left == 0 || !touch(b.around, where)) return 0;
        std::uint32_t taken = 0;
        for (std::size_t i = at * fan; i < (at + 1) * fan; ++i) {
            if (level > 0) {
                if (i < levels_[level - 1].size()) taken += descend(level - 1, i, where, take);
            } else if (i < entries_.size() && !entries_[i].taken && touch(entries_[i].where, where)) {
                entries_[i].taken = true;
                ++taken;
                take(entries_[i].formula);
            }
        }
        b.left -= taken;
        return taken;
    }

    std::vector<entry> entries_;
    std::vector<std::vector<box>> levels_; ///< the lowest first
};

} // namespace riskshare::workbook::detail

#endif
