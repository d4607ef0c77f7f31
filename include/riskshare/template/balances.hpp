// Reading the schedules that partners exchange to agree what they trade with each other.
#ifndef RISKSHARE_TEMPLATE_BALANCES_HPP
#define RISKSHARE_TEMPLATE_BALANCES_HPP

#include <riskshare/misalignment.hpp>
#include <riskshare/template/read_options.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <string>
#include <vector>

namespace riskshare::templates {

struct balances_reading {
    std::vector<booked_balance> lines;
    std::vector<finding> findings;
    std::vector<std::string> read_as = {}; ///< sentences
};

/// Every table with a column of counterparties and at least one of income, expenditure, receivables and payables, on a
/// sheet about balances. Whose schedule it is, the sheet's name, a title or the file's name has to say; else it is
/// refused ("balances.nobody"). A negative amount is refused, not turned ("balances.sign").
balances_reading read_balances(const workbook::book&, const read_options&);

} // namespace riskshare::templates

#endif
