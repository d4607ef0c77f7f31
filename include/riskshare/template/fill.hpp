// Writing a model's figures back into the tables that a workbook has for them.
#ifndef RISKSHARE_TEMPLATE_FILL_HPP
#define RISKSHARE_TEMPLATE_FILL_HPP

#include <riskshare/outcome.hpp>
#include <riskshare/template/read.hpp>
#include <riskshare/workbook/patch.hpp>

#include <vector>

namespace riskshare::templates {

/// What a workbook has places for.
struct model_places {
    bool savings = false, control_totals = false;
    bool any() const { return savings || control_totals; }
};
model_places places_in(const workbook::book&, const read_options&);

/// The edits that put savings by rating and control totals into the rows of their organisations, each in the unit of
/// its column; a blank figure clears its cell, and a cell with a formula is left to it. Findings of severity error: a
/// table that cannot be read for sure, an organisation of the model without a row ("fill.no_row"). A row that the
/// model says nothing about is left as it is, with a warning ("fill.row_left").
outcome<std::vector<workbook::edit>> model_edits(const workbook::book&, const model&, const read_options&);

} // namespace riskshare::templates

#endif
