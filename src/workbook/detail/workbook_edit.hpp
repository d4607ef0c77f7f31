// What an edit of cells brings about outside their sheets.
#ifndef RISKSHARE_WORKBOOK_DETAIL_WORKBOOK_EDIT_HPP
#define RISKSHARE_WORKBOOK_DETAIL_WORKBOOK_EDIT_HPP

#include <riskshare/workbook/package.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace riskshare::workbook::detail {

/// The changes of parts and a sentence for each. Nothing is added when nothing is needed.
struct side_effects {
    std::vector<package::change> changes;
    std::vector<std::string> sentences;
};

/// The calculation chain names every cell with a formula; one that has none any more makes Excel repair the file. It is
/// rebuilt when the file is opened, so it may go.
void drop_calculation_chain(const package&, const std::string& workbook_part, side_effects&);

/// `fullCalcOnLoad="1"`: what depends on the edited cells is calculated anew when the file is opened.
void ask_for_recalculation(const package&, const std::string& workbook_part, side_effects&);
bool recalculates_on_load(const package&, const std::string& workbook_part);

/// True when a sheet's text holds a formula.
bool has_formula(std::string_view sheet_text, std::string_view where);

} // namespace riskshare::workbook::detail

#endif
