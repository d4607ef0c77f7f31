// What formulas say about the figures that are stored beside them.
#ifndef RISKSHARE_TEMPLATE_DETAIL_FORMULA_FAULTS_HPP
#define RISKSHARE_TEMPLATE_DETAIL_FORMULA_FAULTS_HPP

#include <riskshare/template/relations.hpp>

namespace riskshare::templates::detail {

/// Stale results, numbers typed over formulas, SUBTOTALs that leave out filtered rows.
void find_formula_faults(const workbook::book&, check_result&);

} // namespace riskshare::templates::detail

#endif
