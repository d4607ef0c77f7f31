// Savings by rating, and control totals, as they stand in sheets.
#ifndef RISKSHARE_SRC_TEMPLATE_SAVINGS_SHEET_HPP
#define RISKSHARE_SRC_TEMPLATE_SAVINGS_SHEET_HPP

#include <riskshare/template/layout.hpp>
#include <riskshare/template/read.hpp>

namespace riskshare::templates::detail {

const shape& savings_shape();
std::vector<std::string> organisation_headings();

/// All tables of one shape in a workbook. A sheet that yields none as it stands is tried with rows and columns
/// exchanged.
std::vector<found_table> tables_of(const workbook::book&, const shape&, const std::string& mapped_name,
                                   const read_options&, std::vector<finding>&);

/// Tables whose headings alone do not say what they are: those of which `believe` is true, and what there is to say of
/// them. Whatever else the headings fit is none of our business, and nothing is said of it. A table that a mapping
/// places is believed.
using belief = bool (*)(const found_table&, const read_options&);
std::vector<found_table> believed_tables(const workbook::book&, const shape&, const std::string& mapped_name,
                                         const read_options&, belief believe, std::vector<finding>&);

/// The weights are set when a row of the table gives them.
savings_table savings_of(const found_table&, const read_options&, std::optional<sourced_weights>& weights,
                         std::vector<finding>&);
/// Whether the sheet's name or a text down to the row speaks of savings: "CIP", "efficiencies", "unidentified".
bool about_savings(const grid&, std::uint32_t last_row);
finding not_said_to_be_savings(const provenance&);

/// How well a heading fits the one column of planned savings.
int fits_list_amount(const std::string& heading);

/// Tables of one amount a row: organisation, rating, amount; the organisation may stand on the first of its rows only.
std::vector<found_table> lists_of(const workbook::book&, const read_options&, std::vector<finding>&);
savings_table savings_of_list(const found_table&, const read_options&, std::vector<finding>&);

/// Ratings down the rows, the amounts of one body beside them, or of several bodies: as they stand, and as read. The
/// body is named over the amounts, left of the ratings, in the nearest title or by the sheet.
struct savings_block {
    found_table table;
    savings_table read;
};
std::vector<savings_block> savings_blocks(const workbook::book&, const read_options&, std::vector<finding>&);

/// With gross control total and funding, or the control total alone; those of the first kind go before all others.
std::vector<found_table> control_total_tables(const workbook::book&, const read_options&, std::vector<finding>&);
control_total_table control_totals_of(const found_table&, const read_options&, std::vector<finding>&);

/// The code of the organisation that a row names; the name itself where no directory knows it. A name that only
/// resembles a known one is used, with a warning that asks for confirmation.
std::string organisation_of(const found_table&, const found_row&, const read_options&, std::vector<finding>&);

/// The code of the body that a text names, for every reader; as typed where the directory does not know it. One that
/// only resembles a known name is used, with a warning at its cell.
std::string body_in(const std::string& typed, const provenance& at, const organisation_directory&,
                    std::vector<finding>&);

/// The figure of a row in a field's column; blank when the table has no such column. What cannot be read becomes a
/// finding with its cell.
cell_figure amount_of(const found_table&, const found_row&, std::string_view field, std::vector<finding>&);
/// The same in the column given, one of the table's.
cell_figure amount_in(const found_table&, const found_row&, const found_column&, std::vector<finding>&);

/// Of a total: whether it is one of all the table. A sub-total is checked; a body's name that stands on a sum is told.
bool sums_all(const found_table&, const found_row&, const read_options&, std::vector<finding>&);

/// Says that a column that no field fits was not read.
void note_unread(const found_table&, const found_column&, std::vector<finding>&);

/// Weights that a workbook gives by name: Weight_Red, Weight_Amber, Weight_Green, Weight_Unidentified.
std::optional<sourced_weights> weights_of(const workbook::book&, std::vector<finding>&);

} // namespace riskshare::templates::detail

#endif
