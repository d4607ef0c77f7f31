#include <riskshare/workbook/cell.hpp>

#include "workbook/detail/refusal.hpp"

#include <algorithm>

namespace riskshare::workbook {

namespace {

/// A cell, or a whole column (row 0) or a whole row (column 0).
struct corner {
    std::uint32_t row = 0, column = 0;
};

enum class fault { none, shape, row, column };

/// "H17", "$H$17", "H", "17".
fault parse_corner(std::string_view text, corner& found) {
    std::size_t i = !text.empty() && text[0] == '$' ? 1 : 0;
    const std::size_t letters = i;
    for (; i < text.size(); ++i) {
        const char upper = text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 32) : text[i];
        if (upper < 'A' || upper > 'Z') break;
        if (found.column <= last_column) found.column = found.column * 26 + static_cast<std::uint32_t>(upper - 'A' + 1);
    }
    if (i > letters && i < text.size() && text[i] == '$') ++i;
    const std::size_t digits = i;
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i)
        if (found.row <= last_row) found.row = found.row * 10 + static_cast<std::uint32_t>(text[i] - '0');
    const bool has_row = i > digits;
    if (i != text.size() || i == letters || (has_row && found.row == 0)) return fault::shape;
    if (text.back() == '$') return fault::shape;
    if (found.column > last_column) return fault::column;
    return found.row > last_row ? fault::row : fault::none;
}

failure why(fault what, std::string_view text) {
    const std::string quoted = detail::in_quotes(text);
    if (what == fault::row) return {"workbook.row", quoted + " lies beyond the last row of a sheet, 1048576"};
    if (what == fault::column) return {"workbook.column", quoted + " lies beyond the last column of a sheet, XFD"};
    return {"workbook.cell_reference", quoted + " is no place in a sheet; write it like H17 or B5:D5"};
}

} // namespace

result<address> parse_address(std::string_view text) {
    corner found;
    fault what = parse_corner(text, found);
    if (what == fault::none && (found.row == 0 || found.column == 0)) what = fault::shape;
    if (what != fault::none) return why(what, text);
    return address{found.row, found.column};
}

result<range> parse_range(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) {
        const result<address> one = parse_address(text);
        if (!one) return one.why();
        return range{*one, *one};
    }
    corner a, b;
    fault what = parse_corner(text.substr(0, colon), a);
    if (what == fault::none) what = parse_corner(text.substr(colon + 1), b);
    if (what == fault::none && ((a.row == 0) != (b.row == 0) || (a.column == 0) != (b.column == 0)))
        what = fault::shape;
    if (what != fault::none) return why(what, text);
    range found{{std::min(a.row, b.row), std::min(a.column, b.column)},
                {std::max(a.row, b.row), std::max(a.column, b.column)}};
    if (a.row == 0) found.first.row = 1, found.last.row = last_row;
    if (a.column == 0) found.first.column = 1, found.last.column = last_column;
    return found;
}

std::string to_string(address a) { return column_letters(a.column) + std::to_string(a.row); }

std::string to_string(range r) {
    return r.first == r.last ? to_string(r.first) : to_string(r.first) + ":" + to_string(r.last);
}

} // namespace riskshare::workbook
