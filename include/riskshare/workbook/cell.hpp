// What stands in one cell of a sheet, and where.
#ifndef RISKSHARE_WORKBOOK_CELL_HPP
#define RISKSHARE_WORKBOOK_CELL_HPP

#include <riskshare/result.hpp>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace riskshare::workbook {

inline constexpr std::uint32_t last_row = 1'048'576;
inline constexpr std::uint32_t last_column = 16'384; // XFD

/// One cell's place in its sheet, counted from 1. Ordered row by row.
struct address {
    std::uint32_t row = 1;
    std::uint32_t column = 1;
    friend auto operator<=>(const address&, const address&) = default;
};

/// A rectangle of cells, both corners included; first is the upper left one.
struct range {
    address first, last;
    bool contains(address a) const noexcept {
        return first.row <= a.row && a.row <= last.row && first.column <= a.column && a.column <= last.column;
    }
    friend bool operator==(const range&, const range&) = default;
};

/// "H17", "$H$17"; refuses rows and columns beyond those a sheet has.
result<address> parse_address(std::string_view);
/// "B5:D5" or one cell.
result<range> parse_range(std::string_view);
std::string to_string(address);
std::string to_string(range);

enum class cell_kind : std::uint8_t { blank, number, text, boolean, error };

/// One cell as the file stores it. Its texts are views of what the sheet holds: they last as long as the `book`, or any
/// copy of the `sheet`, that the cell is of.
struct cell {
    address at;
    cell_kind kind = cell_kind::blank;
    bool has_formula = false;
    std::uint32_t style = 0;  ///< index of the cell's format; `sheet::number_format` resolves it
    std::string_view text;    ///< a number's decimal digits exactly as stored; text unescaped; "TRUE", "FALSE"; "#REF!"
    std::string_view formula; ///< without "="; for a member of a shared formula, as it reads in this cell
};

} // namespace riskshare::workbook

#endif
