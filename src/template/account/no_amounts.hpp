// Which cells hold no amount: texts, dates, years, identifiers, percentages, counts.
#ifndef RISKSHARE_TEMPLATE_ACCOUNT_NO_AMOUNTS_HPP
#define RISKSHARE_TEMPLATE_ACCOUNT_NO_AMOUNTS_HPP

#include "template/account/sheet_states.hpp"

namespace riskshare::templates::detail {

/// Sets the state of each cell that has none and holds no amount. Those that then have no state are amounts.
void set_no_amounts(sheet_states&);

/// Whether a text is an amount, such as "£1.2m" or "(1,234)": not a year, a day or a code.
bool is_amount(const workbook::cell&);

} // namespace riskshare::templates::detail

#endif
