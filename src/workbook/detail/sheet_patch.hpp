// The edits of one sheet, as splices into its part.
#ifndef RISKSHARE_WORKBOOK_DETAIL_SHEET_PATCH_HPP
#define RISKSHARE_WORKBOOK_DETAIL_SHEET_PATCH_HPP

#include "workbook/detail/new_value.hpp"
#include "workbook/detail/string_table.hpp"
#include "workbook/detail/style_editor.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::workbook::detail {

/// What the sheets of one workbook share while they are edited.
struct patch_context {
    const book& source;
    const patch_options& options;
    style_editor& styles;
    std::function<const string_table&()> strings; ///< read when first asked for
};

struct sheet_patch {
    std::vector<failure> failures;
    std::vector<package::change> changes; ///< the sheet's part, and those of its tables
    std::vector<patch_summary::cell_change> cells;
    std::vector<std::string> sentences;
    bool formula_went = false;
    bool has_formulas = false; ///< before or after
};

/// \param edits all of this sheet. \pre the workbook has it
sheet_patch patched_sheet(const patch_context&, const std::string& sheet_name, std::vector<edit> edits);

} // namespace riskshare::workbook::detail

#endif
