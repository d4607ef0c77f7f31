// What one month closed with against what the next one opens with.
#ifndef RISKSHARE_TEMPLATE_OPENINGS_HPP
#define RISKSHARE_TEMPLATE_OPENINGS_HPP

#include <riskshare/reconciliation.hpp>
#include <riskshare/unit.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <optional>

namespace riskshare::templates {

/// Balances that the two workbooks call closing and opening ("carried forward", "b/f"), in rows or in columns, of the
/// same words otherwise; months among the words do not count. What the later one opens with must be what the earlier
/// one closed with, unless both open with the same: that is the opening of a year. Rule "check.opening_restated".
/// Nothing of a balance that either workbook gives more than once.
reconciliation openings_against_closings(const workbook::book& before, const workbook::book& after,
                                         std::optional<unit> unit_if_none);

} // namespace riskshare::templates

#endif
