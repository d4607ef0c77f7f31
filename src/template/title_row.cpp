// Tells the titles of a table from its headings.
#include "template/title_row.hpp"

#include <riskshare/unit.hpp>

namespace riskshare::templates::detail {

bool is_title_row(const grid& g, std::uint32_t row, std::uint32_t headings) {
    std::uint32_t first = 0, first_heading = 0;
    for (std::uint32_t c = 1; c <= g.columns(); ++c) {
        if (!g.blank(headings, c) && first_heading == 0) first_heading = c;
        if (g.blank(row, c)) continue;
        if (first == 0)
            first = c;
        else if (!parse_unit(g.text(row, c)))
            return false;
    }
    return first != 0 && first <= first_heading && !g.is_number(row, first);
}

} // namespace riskshare::templates::detail
