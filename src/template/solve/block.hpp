// The tables of a sheet by their shape alone: amounts with their headings above, labels beside, lines between them.
#ifndef RISKSHARE_SRC_TEMPLATE_SOLVE_BLOCK_HPP
#define RISKSHARE_SRC_TEMPLATE_SOLVE_BLOCK_HPP

#include <riskshare/template/grid.hpp>

#include <cstdint>
#include <vector>

namespace riskshare::templates::solve {

/// Amounts under one set of headings and beside one set of labels. All numbers are rows or columns of the grid.
struct block {
    std::vector<std::uint32_t> titles = {};   ///< rows above the headings that speak of the whole, top first
    std::vector<std::uint32_t> headings = {}; ///< rows, top first; none in a list of labels and amounts
    std::vector<std::uint32_t> rows = {};     ///< that hold amounts
    std::vector<std::uint32_t> sections = {}; ///< rows with a label alone: the rows below are under it
    std::vector<std::uint32_t> labels = {};   ///< columns
    std::vector<std::uint32_t> columns = {};  ///< that hold amounts
    std::uint32_t left = 1, right = 1;        ///< columns that belong to it

    std::uint32_t first_row() const { return headings.empty() ? rows.front() : headings.front(); }
    workbook::range where() const { return {{first_row(), left}, {rows.back(), right}}; }
};

/// From top to bottom, from left to right. A row with a text over a column of amounts begins a new table.
std::vector<block> blocks_of(const grid&);

/// Whether the cell holds an amount: a number that is no date, or a text that is one.
bool holds_amount(const grid&, std::uint32_t row, std::uint32_t column);

} // namespace riskshare::templates::solve

#endif
