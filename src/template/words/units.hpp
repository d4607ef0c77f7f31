// Which unit the lines around a table name. Two units are never chosen between: both are named, and the table refused.
#ifndef RISKSHARE_SRC_TEMPLATE_WORDS_UNITS_HPP
#define RISKSHARE_SRC_TEMPLATE_WORDS_UNITS_HPP

#include <riskshare/finding.hpp>
#include <riskshare/template/grid.hpp>
#include <riskshare/unit.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates::words {

struct unit_said {
    riskshare::unit unit;
    provenance at;
};

/// The units that one text names, a unit alone ("£000") or within it ("Position, £m").
std::vector<unit> units_of_text(const std::string& text);

/// The units that the lines above a row name, each once, the nearest first: from `row` up to the figures of the table
/// before, which lines speak of that table. Columns outside from..to belong to a table beside this one.
std::vector<unit_said> units_above(const grid&, std::uint32_t row, std::uint32_t from, std::uint32_t to);

/// What to say of a table around which two units are named: both, with their cells. `what` names the table.
/// Rule "table.ambiguous_unit", severity error. \pre two units or more
finding two_units(const std::string& what, const std::vector<unit_said>&);

} // namespace riskshare::templates::words

#endif
