// What changed between two workbooks, cell by cell, whatever stands in them.
#ifndef RISKSHARE_ANSWERS_COMPARE_CELLS_HPP
#define RISKSHARE_ANSWERS_COMPARE_CELLS_HPP

#include "detail/json.hpp"

#include <riskshare/workbook/sheet.hpp>

#include <cstddef>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace riskshare::answers {

struct changed_cell {
    std::string sheet;
    std::optional<workbook::address> before_at, after_at;
    std::string label;         ///< "Pay, Year to date, Actual": the texts before it in its row and above it
    std::string before, after; ///< as stored; empty for a blank cell
    bool result = false;       ///< of a formula that stayed the same
};

struct cells_compared {
    std::vector<changed_cell> cells;
    std::vector<std::string> lines;        ///< sentences: rows, columns and sheets that came or went
    std::vector<std::string> names;        ///< defined names that came, went or mean something else
    std::vector<std::string> formats;      ///< cells that are shown otherwise
    std::vector<std::string> not_compared; ///< what was not looked at, each in words
    std::size_t compared = 0, sheets = 0;

    bool nothing_changed() const { return cells.empty() && lines.empty() && names.empty() && formats.empty(); }
};

struct compare_what {
    bool results = false; ///< list the results of formulas, too
    bool names = false, formats = false;
};

/// Sheets are compared by their names; their rows and columns are lined up by the texts in them.
cells_compared compared_cells(const workbook::book& before, const workbook::book& after, const compare_what&);

void tell(std::ostream&, const cells_compared&, const compare_what&, bool more_was_said);
void add_to(json::value& document, const cells_compared&, const compare_what&);

} // namespace riskshare::answers

#endif
