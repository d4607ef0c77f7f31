// The monthly pack as a workbook: fresh, with live formulas, or put into a workbook that the team has.
#ifndef RISKSHARE_REPORT_PACK_WORKBOOK_HPP
#define RISKSHARE_REPORT_PACK_WORKBOOK_HPP

#include <riskshare/report/pack.hpp>
#include <riskshare/workbook/package.hpp>
#include <riskshare/workbook/patch.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <string>
#include <vector>

namespace riskshare::report {

/// A sheet a section, in pounds. What follows from other figures is a formula whose stored result is the pack's figure;
/// what was read is shown as an input; what cannot be a formula says so on the sheet Provenance, which has a link to
/// every source cell. Throws `error` where it cannot be written.
workbook::package pack_workbook(const pack&);

/// What goes where in a pack that the team has.
struct template_filling {
    std::vector<workbook::edit> edits = {};
    std::vector<std::string> filled = {};     ///< sentences: "'Cover'!B4: System, at risk"
    std::vector<std::string> not_filled = {}; ///< names and cells that were recognised and have no figure, and why
};
/// A name of the workbook is filled with the figure that is called so ("Savings_at_risk_UHL" or the like), a table with
/// the rows and columns whose headings are those of a table of the pack. Formulas stay.
template_filling filling_of(const pack&, const workbook::book&);

} // namespace riskshare::report

#endif
