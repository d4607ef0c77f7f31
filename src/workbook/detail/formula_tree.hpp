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

} // namespace riskshare::workbook

#endif
