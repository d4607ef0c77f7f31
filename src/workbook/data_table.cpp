#include "workbook/detail/data_table.hpp"

namespace riskshare::workbook::detail {

data_table::place data_table::of(const range& fills, address at) const {
    const address above{fills.first.row - 1, at.column}, left{at.row, fills.first.column - 1};
    place out;
    if (row_input) out.inputs.emplace_back(*row_input, above);
    if (column_input) out.inputs.emplace_back(*column_input, left);
    out.formula = row_input && column_input ? address{above.row, left.column} : row_input ? left : above;
    return out;
}

std::optional<data_table> data_table_of(std::string_view formula) {
    constexpr std::string_view begin = "TABLE(";
    if (formula.substr(0, begin.size()) != begin || formula.back() != ')') return std::nullopt;
    const std::string_view inside = formula.substr(begin.size(), formula.size() - begin.size() - 1);
    const std::size_t comma = inside.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    data_table out;
    const auto read = [](std::string_view text, std::optional<address>& into) {
        if (text.empty()) return true;
        const result<address> at = parse_address(text);
        if (at) into = *at;
        return static_cast<bool>(at);
    };
    if (!read(inside.substr(0, comma), out.row_input) || !read(inside.substr(comma + 1), out.column_input))
        return std::nullopt;
    return out.row_input || out.column_input ? std::optional<data_table>(out) : std::nullopt;
}

std::vector<range> edges_of(const range& fills) {
    if (fills.first.row < 2 || fills.first.column < 2) return {};
    const std::uint32_t above = fills.first.row - 1, left = fills.first.column - 1;
    return {{{above, left}, {above, fills.last.column}}, {{above, left}, {fills.last.row, left}}};
}

} // namespace riskshare::workbook::detail
