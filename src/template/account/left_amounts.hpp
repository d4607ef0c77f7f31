// Why each amount of a sheet was left.
#ifndef RISKSHARE_TEMPLATE_ACCOUNT_LEFT_AMOUNTS_HPP
#define RISKSHARE_TEMPLATE_ACCOUNT_LEFT_AMOUNTS_HPP

#include "template/account/sheet_states.hpp"

#include <riskshare/finding.hpp>

#include <vector>

namespace riskshare::templates::detail {

/// Leaves every cell that holds something and has no state, and adds it to the account with its reason: what a finding
/// says of the cell or of its row, else where it stands. `nothing_found` is said of a sheet of which nothing was read.
void set_left(sheet_states&, const std::vector<finding>&, const char* nothing_found, bool each_cell, account&);

} // namespace riskshare::templates::detail

#endif
