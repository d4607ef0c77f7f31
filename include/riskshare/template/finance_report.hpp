// Reading a monthly finance report out of a workbook, and filling the next month's actuals into one.
#ifndef RISKSHARE_TEMPLATE_FINANCE_REPORT_HPP
#define RISKSHARE_TEMPLATE_FINANCE_REPORT_HPP

#include <riskshare/finance_report.hpp>
#include <riskshare/template/read_options.hpp>
#include <riskshare/template/tracker_sheet.hpp>
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

/// A line's actual to date (of the month, where the statement has no other), by its label.
struct new_actual {
    std::string label;
    exact amount;
};
/// Edits of cells that were typed, each in the unit of its column; formulas stay.
struct filled_actuals {
    std::vector<workbook::edit> edits;
    std::vector<finding> findings;
};

/// The edits that put the actuals into the workbook that the report was read from. A typed total follows its lines, a
/// typed variance its actual. A line that is not there, one that holds a formula, and an amount that its unit cannot
/// hold exactly are findings, and make no edit.
filled_actuals fill_actuals(const workbook::book&, const finance_report&, const std::vector<new_actual>&);

/// The same for every figure that both reports give: lines of the position by their labels, organisations by their
/// codes, plan and actual of the month, to date and of the year. Severity error: a line without a place
/// ("fill.no_line"). A warning: a line that `now` does not give ("fill.row_left").
filled_actuals report_edits(const workbook::book& into, const finance_report& was, const finance_report& now);

} // namespace riskshare::templates

#endif
