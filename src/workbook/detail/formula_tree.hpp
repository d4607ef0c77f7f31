// A formula as a tree.
#ifndef RISKSHARE_WORKBOOK_DETAIL_FORMULA_TREE_HPP
#define RISKSHARE_WORKBOOK_DETAIL_FORMULA_TREE_HPP

#include <riskshare/workbook/formula.hpp>

#include <string>
#include <vector>

namespace riskshare::workbook {

struct formula::node {
    enum class what : std::uint8_t {
        number,
        text,
        boolean,
        error,
        cells,
        table, ///< `text` is the reference to a table's cells as it stands: Plan[[#This Row],[Amount]]
        name,
        call,
        binary,
        negate,
        percent,
        missing
    };
    what kind = what::missing;
    double number = 0; ///< also 1 or 0 of a boolean
    std::string text;  ///< text, error, name, function in upper case, operator
    reference cells;
    std::vector<node> parts;
};

namespace detail {

/// As `parse_formula`, references to tables included, which only `evaluator` can resolve.
result<formula> parse_with_tables(std::string_view text);

} // namespace detail

} // namespace riskshare::workbook

#endif
