// Reading a monthly finance report out of a workbook, and filling the next month's actuals into one.
#ifndef RISKSHARE_TEMPLATE_FINANCE_REPORT_HPP
#define RISKSHARE_TEMPLATE_FINANCE_REPORT_HPP

#include <riskshare/finance_report.hpp>
#include <riskshare/template/read.hpp>
#include <riskshare/workbook/patch.hpp>

#include <string>
#include <vector>

namespace riskshare::templates {

struct finance_report_result {
    finance_report report;
    std::vector<finding> findings;
};

/// Every part that the workbook holds, found by headings and labels. Sub-totals are taken from their formulas; a typed
/// total is taken for the sum of the lines above when every one of its figures is that sum (with a note), and is left
/// out of every addition when not (with a warning). Nothing is guessed: what cannot be read is a finding with its cell.
finance_report_result read_finance_report(const workbook::book&, const read_options&);

/// A line's actual to date, by its label.
struct new_actual {
    std::string label;
    exact amount;
};
/// The edits that put the actuals into the workbook that the report was read from, each in the unit of its column.
/// A line that is not there, one that holds a formula, and an amount that its unit cannot hold exactly are findings,
/// and make no edit.
struct filled_actuals {
    std::vector<workbook::edit> edits;
    std::vector<finding> findings;
};
filled_actuals fill_actuals(const finance_report&, const std::vector<new_actual>&);

} // namespace riskshare::templates

#endif
