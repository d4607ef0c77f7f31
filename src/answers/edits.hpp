// What edits did to a workbook, told to people and to scripts.
#ifndef RISKSHARE_ANSWERS_EDITS_HPP
#define RISKSHARE_ANSWERS_EDITS_HPP

#include <riskshare/finding.hpp>
#include <riskshare/workbook/patch.hpp>

#include <ostream>
#include <string>
#include <vector>

namespace riskshare::answers {

/// JSON of schema riskshare.edits/1; a blank cell is null. Where nothing was edited, the errors among the findings are
/// told once more as "refused", each with its cell.
std::string edits_json(const workbook::patch_summary&, const std::vector<finding>& = {});

/// One line a cell, before and after, then every consequence.
void tell_edits(std::ostream&, const workbook::patch_summary&, bool dry_run);

} // namespace riskshare::answers

#endif
