// Gives formulas that are stored without a result the one that they have.
#include <riskshare/workbook/calculated.hpp>

#include "workbook/detail/result_patch.hpp"

#include <algorithm>

namespace riskshare::workbook {

namespace {

bool lacks_results(const book& b) {
    return std::any_of(b.sheet_names().begin(), b.sheet_names().end(), [&](const std::string& name) {
        if (b.part_of(name).find("/worksheets/") == std::string::npos) return false;
        const sheet s = b.read(name);
        return std::any_of(s.cells().begin(), s.cells().end(),
                           [](const cell& c) { return c.has_formula && c.kind == cell_kind::blank; });
    });
}

} // namespace

book calculated(const book& b) {
    if (!lacks_results(b)) return b;
    recalculation found = missing_results(b);
    if (found.results.empty()) return b;
    found.unknowns.clear(); // nothing is stored for them, and so it stays
    return book(b.source().with(detail::result_changes(b, found)));
}

} // namespace riskshare::workbook
