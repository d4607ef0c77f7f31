// What edits did to a workbook, told to people and to scripts (riskshare.edits/1).
#ifndef RISKSHARE_TOOL_EDITS_TOLD_HPP
#define RISKSHARE_TOOL_EDITS_TOLD_HPP

#include <riskshare/workbook/patch.hpp>

#include <nlohmann/json.hpp>

#include <ostream>
#include <string>

namespace riskshare::tool {

/// The object of riskshare.edits/1; a blank cell is null.
nlohmann::ordered_json edits_json(const workbook::patch_summary&);
std::string dump(const nlohmann::ordered_json&);

/// One line a cell, before and after, then every consequence.
void tell_edits(std::ostream&, const workbook::patch_summary&, bool dry_run);

} // namespace riskshare::tool

#endif
