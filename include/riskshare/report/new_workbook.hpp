// Fresh workbooks whose formulas live: change an input, and the spreadsheet works the rest out.
#ifndef RISKSHARE_REPORT_NEW_WORKBOOK_HPP
#define RISKSHARE_REPORT_NEW_WORKBOOK_HPP

#include <riskshare/agreement.hpp>
#include <riskshare/savings.hpp>
#include <riskshare/share_inputs.hpp>
#include <riskshare/statement.hpp>
#include <riskshare/workbook/package.hpp>

namespace riskshare::report {

/// Savings by rating, £000, with totals and risks by formula, the weights on a sheet of their own under the names
/// Weight_Red …, and a chart. A blank stays blank. `about` stands below the table: the system, the year, the source.
workbook::package new_savings_workbook(const savings_table&, const sourced_weights&, const std::string& about = {});

/// The statement with the agreement's terms and the positions it rests on, a sheet each, in pounds and pence. From the
/// positions to the final figures everything is a formula, the odd pennies by largest remainder as well; the ranges
/// carry the names Statement_Variance … and a check says whether the adjustments net to nil. Where the terms divide by
/// tiers, limits or a dead-band, or exclusions were frozen, the divided figures are typed in and a check compares the
/// pool with the one that they were divided from.
/// \pre the statement was made from these inputs under this agreement.
workbook::package new_statement_workbook(const agreement&, const share_inputs&, const statement&);

} // namespace riskshare::report

#endif
