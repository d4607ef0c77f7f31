// Which of many ranges a cell stands in, without a look at every one of them.
#ifndef RISKSHARE_SRC_TEMPLATE_RANGE_INDEX_HPP
#define RISKSHARE_SRC_TEMPLATE_RANGE_INDEX_HPP

#include <riskshare/workbook/cell.hpp>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <unordered_map>
#include <vector>

namespace riskshare::templates::detail {

/// Ranges that do not overlap, as merged cells and array formulas do not; of two that do, one is found.
class range_index {
public:
    explicit range_index(std::vector<workbook::range> ranges) : ranges_(std::move(ranges)) {
        constexpr std::uint32_t many = 64; // beyond, a range is not listed under each of its rows or columns
        for (std::size_t i = 0; i < ranges_.size(); ++i) {
            const workbook::range& r = ranges_[i];
            if (r.last.row - r.first.row < many)
                for (std::uint32_t row = r.first.row; row <= r.last.row; ++row) rows_[row].emplace(r.first.column, i);
            else if (r.last.column - r.first.column < many)
                for (std::uint32_t c = r.first.column; c <= r.last.column; ++c) columns_[c].emplace(r.first.row, i);
            else
                large_.push_back(i);
        }
    }

    /// nullptr where the cell is in none.
    const workbook::range* at(workbook::address here) const {
        if (const workbook::range* found = nearest(rows_, here.row, here.column, here)) return found;
        if (const workbook::range* found = nearest(columns_, here.column, here.row, here)) return found;
        constexpr std::size_t most_large = 64; // ranges that large cannot stand beside many of their kind
        for (std::size_t k = 0; k < std::min(most_large, large_.size()); ++k)
            if (ranges_[large_[k]].contains(here)) return &ranges_[large_[k]];
        return nullptr;
    }
    bool contains(workbook::address here) const { return at(here) != nullptr; }

private:
    using lines = std::unordered_map<std::uint32_t, std::map<std::uint32_t, std::size_t>>;

    /// Of a line's ranges the one that begins last before the place.
    const workbook::range* nearest(const lines& in, std::uint32_t line, std::uint32_t place,
                                   workbook::address here) const {
        const auto found = in.find(line);
        if (found == in.end()) return nullptr;
        const auto after = found->second.upper_bound(place);
        if (after == found->second.begin()) return nullptr;
        const workbook::range& r = ranges_[std::prev(after)->second];
        return r.contains(here) ? &r : nullptr;
    }

    std::vector<workbook::range> ranges_;
    lines rows_, columns_;
    std::vector<std::size_t> large_;
};

} // namespace riskshare::templates::detail

#endif
