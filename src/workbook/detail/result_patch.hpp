// Writing new results of formulas into a package, and nothing else.
#ifndef RISKSHARE_WORKBOOK_DETAIL_RESULT_PATCH_HPP
#define RISKSHARE_WORKBOOK_DETAIL_RESULT_PATCH_HPP

#include <riskshare/workbook/package.hpp>
#include <riskshare/workbook/recalculate.hpp>

#include <vector>

namespace riskshare::workbook::detail {

/// The parts of the sheets that hold the results, each with them; those that are not known lose what is stored.
std::vector<package::change> result_changes(const book&, const recalculation&);

/// The parts of charts that show cells which changed, with what those hold now. `undone` are sentences about charts
/// that could not be brought up to date.
std::vector<package::change> chart_changes(const book& now, const std::vector<cell_place>& changed,
                                           std::vector<std::string>& undone);

} // namespace riskshare::workbook::detail

#endif
