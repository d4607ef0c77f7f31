// The account of a workbook: what became of each of its cells when it was read.
#ifndef RISKSHARE_TEMPLATE_ACCOUNT_HPP
#define RISKSHARE_TEMPLATE_ACCOUNT_HPP

#include <riskshare/account.hpp>
#include <riskshare/figures.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/template/tracker_sheet.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <vector>

namespace riskshare::templates {

/// All amounts of the schemes, each with its cell and what it was read as.
void each_figure(const workbook::book&, const tracker_reading&, const figure_listener&);

/// What an answer was made from. Figures of other files may be among them.
struct what_was_read {
    std::vector<stated_figure> figures = {};
    const tracker_reading* schemes = nullptr; ///< nullptr where no tracker was read
    std::vector<finding> findings = {};       ///< a finding at a cell says why it was left
    bool each_cell = false;                   ///< fill `account::each`
};

/// Puts every cell that holds something into one state. Totals are looked for on sheets of up to 20,000 amounts.
account account_of(const workbook::book&, const what_was_read&);

/// The same for a command that checks relations and reads no tables: an amount is proved where it is part of a total
/// or difference that holds, left where it is in none.
account account_of_relations(const workbook::book&);

/// An error for each sheet where a row between the rows of a table was left: its amounts are missing from the answer.
/// Rule "account.row_left".
std::vector<finding> rows_left(const account&);

/// A warning for each column of a table that nothing heads: what its amounts are is not known. Rule
/// "account.column_left".
std::vector<finding> columns_left(const account&);

/// An error for each column that a mapping places on a sheet and that the table read from it does not have. Rule
/// "mapping.column_not_used".
std::vector<finding> mapped_columns_left(const account&, const mapping&);

} // namespace riskshare::templates

#endif
