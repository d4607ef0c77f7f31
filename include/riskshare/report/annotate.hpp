// Findings as cell comments in a copy of the workbook, so that a colleague sees them where they are.
#ifndef RISKSHARE_REPORT_ANNOTATE_HPP
#define RISKSHARE_REPORT_ANNOTATE_HPP

#include <riskshare/finding.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <cstddef>
#include <vector>

namespace riskshare::report {

struct annotated {
    workbook::package result;
    std::size_t comments = 0; ///< cells that carry one more comment
};

/// A comment at the first cell of each finding that lies in this workbook. Comments that are there already stay; a
/// finding on a cell that has one is added to its text. Nothing else in the file changes.
annotated annotate(const workbook::book&, const std::vector<finding>&);

} // namespace riskshare::report

#endif
