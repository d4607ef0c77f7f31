// The lines of headings that stand over each column of a table.
#ifndef RISKSHARE_SRC_TEMPLATE_TRACKER_HEADING_TEXTS_HPP
#define RISKSHARE_SRC_TEMPLATE_TRACKER_HEADING_TEXTS_HPP

#include <riskshare/template/grid.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates::detail {

/// A merged heading stands over every column that it covers. One that stands unmerged over the first column of a group
/// holds for the columns to its right that have a heading of their own below it, up to a field or the next group.
class column_headings {
public:
    /// Of the rows from `first` to `last`.
    column_headings(const grid&, std::uint32_t first, std::uint32_t last, bool from_1904);

    /// The cell whose heading stands in this row over a column; nothing where none does.
    std::optional<workbook::address> origin(std::uint32_t row, std::uint32_t column) const {
        const workbook::address& a = origins_[index(row, column)];
        return a.column == 0 ? std::nullopt : std::optional(a);
    }
    std::string operator()(std::uint32_t row, std::uint32_t column) const {
        const workbook::address& a = origins_[index(row, column)];
        return a.column == 0 ? "" : grid_.text(a.row, a.column);
    }

private:
    std::size_t index(std::uint32_t row, std::uint32_t column) const {
        return std::size_t{row - first_} * (grid_.columns() + 1) + column;
    }
    void take_own();
    void take_merged();
    void carry(std::uint32_t row);
    bool heads_group(const workbook::address&, std::uint32_t row, std::uint32_t column) const;
    bool holds_for(const workbook::address& group, bool covered, std::uint32_t row, std::uint32_t column) const;

    grid grid_;
    std::uint32_t first_, last_;
    bool from_1904_;
    std::vector<workbook::address> origins_; ///< column 0 for none
};

/// Whether a heading is, to the letter, one of those that trackers have for a field.
bool is_field_heading(const std::string&);

} // namespace riskshare::templates::detail

#endif
