// What an edit changed, as JSON of schema riskshare.edits/1.
#ifndef RISKSHARE_TOOL_EDITS_HPP
#define RISKSHARE_TOOL_EDITS_HPP

#include <riskshare/finding.hpp>
#include <riskshare/workbook/patch.hpp>

#include <string>
#include <vector>

namespace riskshare::tool {

/// \param refused why nothing was changed, each with its cell; empty when the edits were made
std::string edits_json(const workbook::patch_summary&, const std::vector<finding>& refused = {});

} // namespace riskshare::tool

#endif
