// What stands around a tracker's table and holds for all of it: its unit, its organisation, its year and month.
#ifndef RISKSHARE_SRC_TEMPLATE_TRACKER_CONTEXT_HPP
#define RISKSHARE_SRC_TEMPLATE_TRACKER_CONTEXT_HPP

#include "template/tracker_headings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates::detail {

/// The texts above a table, the nearest first: those since the table before, then those at the top of the sheet.
std::vector<std::string> titles_above(const grid&, std::uint32_t first_heading, std::uint32_t previous_end,
                                      std::uint32_t top_end);

/// The units that the nearest title naming any names.
std::vector<unit> units_of_titles(const std::vector<std::string>& titles);

/// The one organisation that a text names by its code or a longer name; nothing when it names none or several.
std::optional<std::string> organisation_in(const std::string& text, const organisation_directory&);

} // namespace riskshare::templates::detail

#endif
