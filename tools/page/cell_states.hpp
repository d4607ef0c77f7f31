// What became of each cell of a file when it was read, as the page shades it.
#ifndef RISKSHARE_PAGE_CELL_STATES_HPP
#define RISKSHARE_PAGE_CELL_STATES_HPP

#include <riskshare/account.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace riskshare::page {

using cell_states = std::vector<cell_account>;

/// {"B6":["read","savings plan of UHL, red"]} of the rows from `first` to `last`, both included. Cells that hold no
/// amount are left out: they are not shaded.
std::string states_json(const cell_states&, const std::string& sheet, std::uint32_t first, std::uint32_t last);

} // namespace riskshare::page

#endif
