// The results of formulas after cells have changed.
#ifndef RISKSHARE_WORKBOOK_RECALCULATE_HPP
#define RISKSHARE_WORKBOOK_RECALCULATE_HPP

#include <riskshare/workbook/cell.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <string>
#include <vector>

namespace riskshare::workbook {

/// A cell of a book.
struct cell_place {
    std::string sheet;
    address at;
    friend bool operator==(const cell_place&, const cell_place&) = default;
    friend bool operator<(const cell_place& a, const cell_place& b) {
        return a.sheet != b.sheet ? a.sheet < b.sheet : a.at < b.at;
    }
};

struct recalculation {
    /// A result that is not the stored one.
    struct result {
        cell_place where;
        cell_kind kind = cell_kind::number;
        std::string before, after; ///< as a cell's text; numbers at the digits that Excel stores
    };
    /// A formula whose result cannot be told.
    struct unknown {
        cell_place where;
        std::string before;
        std::string why; ///< "TODAY", "it depends on 'Plan'!B7", "it depends on itself: 'Plan'!B7, 'Plan'!C7"
    };
    std::vector<result> results; ///< by sheet in the book's order, then row by row
    std::vector<unknown> unknowns;
    std::size_t dependants = 0; ///< formulas that were worked out again, those that came out as before included
};

/// Works out every formula that depends on the given cells, over sheets, names, tables and array formulas, in the order
/// in which they depend on each other. A given cell that holds a formula is worked out too. Formulas that do not depend
/// on them keep what is stored, be it right or not. Nothing is written.
recalculation recalculated(const book&, const std::vector<cell_place>& changed);

/// The results of formulas that are stored without one, as some programs write them, those of chains included.
recalculation missing_results(const book&);

} // namespace riskshare::workbook

#endif
