// A table as a cube: every amount with what it is, of what, of whom and when, however the sheet lays it out.
#ifndef RISKSHARE_SRC_TEMPLATE_SOLVE_CUBE_HPP
#define RISKSHARE_SRC_TEMPLATE_SOLVE_CUBE_HPP

#include <riskshare/counted.hpp>
#include <riskshare/figure.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace riskshare::templates::solve {

/// What tells one amount of a table from another. A dimension may lie on rows, on columns, on a group of either, in a
/// title or in the sheet's name.
enum class dimension : std::uint8_t {
    item,    ///< "closing", "agency": one of the description's
    kind,    ///< "plan", "actual", "forecast", "variance", "prior"
    basis,   ///< "in month", "to date", "full year"
    month,   ///< "4"
    quarter, ///< "3"
    body,    ///< as written; `all_of_them` for a total of bodies
    name,    ///< any other label, as written
};
inline constexpr std::size_t number_of_dimensions = 7;
inline constexpr const char* all_of_them = "*";

/// Empty where the table does not have the dimension.
struct coordinates {
    std::array<std::string, number_of_dimensions> at = {};
    const std::string& operator[](dimension d) const { return at[static_cast<std::size_t>(d)]; }
    std::string& operator[](dimension d) { return at[static_cast<std::size_t>(d)]; }
    friend bool operator==(const coordinates& a, const coordinates& b) { return a.at == b.at; }
    friend bool operator<(const coordinates& a, const coordinates& b) { return a.at < b.at; }
};

/// One amount: of money, or a number of things.
struct cube_cell {
    coordinates where;
    cell_figure money = {};
    cell_count count = {};
    provenance at = {};
    provenance body_at = {}; ///< where the body is named
};

struct cube {
    std::vector<cube_cell> cells = {};
    provenance at = {}; ///< the table's first cell
};

} // namespace riskshare::templates::solve

#endif
