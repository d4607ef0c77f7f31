// What edits did to a workbook, told to people and to scripts.
#ifndef RISKSHARE_ANSWERS_EDITS_HPP
#define RISKSHARE_ANSWERS_EDITS_HPP

#include <riskshare/finding.hpp>
#include <riskshare/period.hpp>
#include <riskshare/workbook/patch.hpp>

#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace riskshare::answers {

/// JSON of schema riskshare.edits/1; a blank cell is null. Where nothing was edited, the errors among the findings are
/// told once more as "refused", each with its cell.
/// \param of the month whose figures were filled in, where there is one
std::string edits_json(const workbook::patch_summary&, const std::vector<finding>& = {},
                       const std::optional<month>& of = {});

/// One line a cell, before and after, the results of formulas that depend on them, then every consequence.
void tell_edits(std::ostream&, const workbook::patch_summary&, bool dry_run);

/// Only the results of formulas, and those that cannot be worked out.
void tell_results(std::ostream&, const workbook::patch_summary&);

} // namespace riskshare::answers

#endif
