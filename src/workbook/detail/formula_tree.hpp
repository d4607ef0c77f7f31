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
        missing,
        list,  ///< a union of ranges, in brackets
        array, ///< {1,2;3,4}: `number` is how many columns
        range, ///< from one computed reference to another
        sheets ///< the same cells of several sheets: `text` is the last one's name
    };
    what kind = what::missing;
    double number = 0; ///< also 1 or 0 of a boolean
    std::string text;  ///< text, error, name, function in upper case, operator
    reference cells;   ///< of a name: the sheet it is one of, if that is said
    std::vector<node> parts;
};

namespace detail {

/// As `parse_formula`, references to tables included, which only `evaluator` can resolve.
result<formula> parse_with_tables(std::string_view text);

} // namespace detail

} // namespace riskshare::workbook

#endif
