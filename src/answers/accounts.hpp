// The account of the workbooks that an answer was made from.
#ifndef RISKSHARE_ANSWERS_ACCOUNTS_HPP
#define RISKSHARE_ANSWERS_ACCOUNTS_HPP

#include "load.hpp"

#include <riskshare/template/account.hpp>

#include <vector>

namespace riskshare::answers {

/// Adds the account of a workbook to the answer's; an error for each table that lost a row, or a column of the mapping,
/// goes into `findings`.
void account_for(console&, const workbook::book&, templates::what_was_read, std::vector<finding>& findings,
                 const templates::mapping& = {});

/// The same for all workbooks that were loaded, and the reports that were read from them.
void account_for(console&, loaded&, const std::vector<finance_report>& reports = {});

/// The figures of a model and of reports.
std::vector<stated_figure> figures_of(const model&, const std::vector<finance_report>& reports = {});

/// As CONTRACT of --json says: counts, the amounts left with their cells and reasons, the sheets not recognised.
std::string account_json(const account&);

/// Each amount that was left, a line each, and what could not be looked for.
std::string account_in_full(const account&);

} // namespace riskshare::answers

#endif
