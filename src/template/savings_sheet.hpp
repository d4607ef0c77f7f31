// Savings by rating, and control totals, as they stand in sheets.
#ifndef RISKSHARE_SRC_TEMPLATE_SAVINGS_SHEET_HPP
#define RISKSHARE_SRC_TEMPLATE_SAVINGS_SHEET_HPP

#include <riskshare/template/read.hpp>

namespace riskshare::templates::detail {

const shape& savings_shape();
const shape& control_total_shape();

/// All tables of one shape in a workbook. A sheet that yields none as it stands is tried with rows and columns
/// exchanged.
std::vector<found_table> tables_of(const workbook::book&, const shape&, const std::string& mapped_name,
                                   const read_options&, std::vector<finding>&);

/// The weights are set when a row of the table gives them.
savings_table savings_of(const found_table&, const read_options&, std::optional<sourced_weights>& weights,
                         std::vector<finding>&);
/// Tables of one amount a row: organisation, rating, amount; the organisation may stand on the first of its rows only.
std::vector<found_table> lists_of(const workbook::book&, const read_options&, std::vector<finding>&);
savings_table savings_of_list(const found_table&, const read_options&, std::vector<finding>&);

control_total_table control_totals_of(const found_table&, const read_options&, std::vector<finding>&);

/// The code of the organisation that a row names; the name itself where no directory knows it. A name that only
/// resembles a known one is used, with a warning that asks for confirmation.
std::string organisation_of(const found_table&, const found_row&, const read_options&, std::vector<finding>&);

/// The figure of a row in a field's column; blank when the table has no such column. What cannot be read becomes a
/// finding with its cell.
cell_figure amount_of(const found_table&, const found_row&, std::string_view field, std::vector<finding>&);

/// Weights that a workbook gives by name: Weight_Red, Weight_Amber, Weight_Green, Weight_Unidentified.
std::optional<sourced_weights> weights_of(const workbook::book&, std::vector<finding>&);

} // namespace riskshare::templates::detail

#endif
