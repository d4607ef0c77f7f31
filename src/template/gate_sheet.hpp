// The sheet of what funds are earned by: a line for each gate or quantity, a column for each quarter.
#ifndef RISKSHARE_SRC_TEMPLATE_GATE_SHEET_HPP
#define RISKSHARE_SRC_TEMPLATE_GATE_SHEET_HPP

#include "template/share_sheet.hpp"

namespace riskshare::templates {

/// A number, a percentage, or yes and no as 1 and 0. Nothing for any other text. An amount is in the unit given, and
/// comes in pounds.
std::optional<decimal> measured_in(const grid&, std::uint32_t row, std::uint32_t column, unit);

/// Adds what the sheet called Gates tells, if there is one: the measure, the body where the line names one, Q1 to Q4.
void read_gates(const workbook::book&, const agreement&, const share_options&, share_inputs&, std::vector<finding>&);

} // namespace riskshare::templates

#endif
