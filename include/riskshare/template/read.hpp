// Reading a workbook into a model: every table that is recognised, wherever it stands.
#ifndef RISKSHARE_TEMPLATE_READ_HPP
#define RISKSHARE_TEMPLATE_READ_HPP

#include <riskshare/model.hpp>
#include <riskshare/template/read_options.hpp>
#include <riskshare/template/tracker_sheet.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <optional>
#include <vector>

namespace riskshare::templates {

struct read_result {
    model read;
    std::vector<finding> findings;
    std::optional<tracker_reading> schemes = {}; ///< where they had to be read, without their findings
    mapping placed = {};                         ///< that reads these tables again without looking at their headings
    std::vector<std::string> not_placed = {}; ///< tables that no mapping can place: several of a kind, exchanged ones
};

/// How the trackers of a workbook are read with these options.
tracker_options for_schemes(const read_options&);

/// The weights that a workbook gives: by the names Weight_Red …, or in a list under a heading that says "weight".
std::optional<sourced_weights> weights_given(const workbook::book&, std::vector<finding>&);

/// The tables of savings by rating and of control totals, and the weights. A workbook without a table of savings that
/// lists schemes gives the savings of its schemes. A table that can be read in two ways is refused with a finding that
/// names both.
read_result read_workbook(const workbook::book&, const read_options&);

/// All that the workbook holds: these tables, the schemes one by one, the finance report of a month, the agreement and
/// the positions that it shares, the hours of a share by cause.
read_result read_whole_workbook(const workbook::book&, const read_options&);

} // namespace riskshare::templates

#endif
