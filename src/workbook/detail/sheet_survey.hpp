// What an edit must know of a sheet before it changes it, found in one walk.
#ifndef RISKSHARE_WORKBOOK_DETAIL_SHEET_SURVEY_HPP
#define RISKSHARE_WORKBOOK_DETAIL_SHEET_SURVEY_HPP

#include "workbook/detail/sheet_scan.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::workbook::detail {

struct surveyed_row {
    raw_row row;
    span close; ///< </row>
    std::vector<raw_cell> cells;
};

/// Cells that one formula fills.
struct filled_range {
    range where;
    address master;
    bool data_table = false; ///< of a what-if analysis, not of an array formula
};

struct sheet_survey {
    std::string prefix;
    bool has_data = false; ///< there is a <sheetData>: the sheet is one of cells
    span data_tag;
    bool data_self_closing = false;
    std::size_t data_end = 0; ///< of </sheetData>

    std::map<std::uint32_t, std::vector<surveyed_row>> rows; ///< those asked for; twice when the file has it twice
    std::map<std::uint32_t, std::size_t> new_row_at;         ///< for those that are not there
    std::map<address, std::string> formulas;                 ///< of the cells asked for, as they read there

    bool has_formulas = false;
    std::vector<filled_range> filled;
    std::vector<range> merged;
    bool is_protected = false;
    std::vector<range> open; ///< ranges that a protected sheet lets anybody edit
    std::optional<range> dimension;
    span dimension_text; ///< of ref="…"

    struct column_style {
        std::uint32_t first = 0, last = 0, style = 0;
    };
    std::vector<column_style> columns;

    std::uint32_t column_style_of(std::uint32_t column) const noexcept;
};

/// \param text the sheet's part in UTF-8; must outlive the survey, which holds views into it.
/// \param cells sorted
sheet_survey surveyed(const std::string& text, const std::string& where, const std::vector<address>& cells);

} // namespace riskshare::workbook::detail

#endif
