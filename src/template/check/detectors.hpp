// What `check` looks for in a sheet beside sums that do not hold. Each finds one kind of fault and knows nothing of the
// others; each says less rather than cry wolf.
#ifndef RISKSHARE_SRC_TEMPLATE_CHECK_DETECTORS_HPP
#define RISKSHARE_SRC_TEMPLATE_CHECK_DETECTORS_HPP

#include "template/detail/number_table.hpp"

#include <riskshare/finding.hpp>
#include <riskshare/workbook/formula.hpp>

#include <vector>

namespace riskshare::templates {
struct check_result;
}

namespace riskshare::templates::detail {

/// A formula unlike those of the columns, or of the rows, that otherwise hold the same formulas as its own, read
/// relative to where each stands. Rule "check.formula_differs".
void find_odd_formulas(const workbook::sheet&, const provenance&, workbook::evaluator&, std::vector<finding>&);

/// A number typed into a formula among cells, where the formulas beside it have none: =SUM(B4:B9)+250. Rule
/// "check.number_in_formula".
void find_typed_numbers(const workbook::sheet&, const provenance&, std::vector<finding>&);

/// A formula under one kind of heading that reads the column of another kind in another sheet: "Actual" from the plan.
/// Rule "check.other_column".
void find_other_columns(const workbook::book&, const workbook::sheet&, const provenance&, std::vector<finding>&);

/// A month that stands twice in a run of months, where the one that should follow is missing. Rule
/// "check.month_twice".
void find_months_twice(const workbook::sheet&, const provenance&, bool from_1904, std::vector<finding>&);

/// A reference that two rows of a list share, where nearly all others have their own. Rule "check.reference_twice".
void find_references_twice(const workbook::sheet&, const provenance&, std::vector<finding>&);

/// A variance of one row that runs the other way than the row's other variances. Rule "check.variance_sign".
void find_turned_variances(const number_table&, const provenance& sheet, check_result&);

/// Two columns of one heading in two units that do not say the same. Rule "check.units_disagree".
void find_units_that_disagree(const number_table&, const provenance& sheet, check_result&);

/// A typed amount about a thousand times those beside it and those above and below it. Rule "check.thousandfold".
void find_thousandfold(const number_table&, const provenance& sheet, std::vector<finding>&);

} // namespace riskshare::templates::detail

#endif
