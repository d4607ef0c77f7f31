// Amounts in the rows of a table that was read, in a column with a heading of its own that was not.
#ifndef RISKSHARE_SRC_TEMPLATE_ACCOUNT_BESIDE_TABLES_HPP
#define RISKSHARE_SRC_TEMPLATE_ACCOUNT_BESIDE_TABLES_HPP

#include <riskshare/account.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <vector>

namespace riskshare::templates {

/// A warning for each sheet on which headed columns of a table that was read hold amounts and were not read themselves:
/// "account.column_not_read". None for figures of a prior year, counts, percentages, printed totals and parts of what
/// was read, and none where a finding names the heading already.
std::vector<finding> headed_columns_left(const account&, const workbook::book&, const std::vector<finding>& known);

} // namespace riskshare::templates

#endif
