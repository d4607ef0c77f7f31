// What a formula reads, the names in it resolved.
#ifndef RISKSHARE_TEMPLATE_ACCOUNT_FORMULA_INPUTS_HPP
#define RISKSHARE_TEMPLATE_ACCOUNT_FORMULA_INPUTS_HPP

#include <riskshare/workbook/formula.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <string>
#include <vector>

namespace riskshare::templates::detail {

/// The cells that a formula of the sheet `home` reads, each with its sheet; none where it cannot be parsed.
std::vector<workbook::reference> formula_inputs(const workbook::book&, const std::string& home,
                                                const std::string& formula, int depth = 0);

/// Whether two formulas are the same but for the numbers in them, as those are that were filled down a column.
bool same_shape(std::string_view a, std::string_view b);

} // namespace riskshare::templates::detail

#endif
