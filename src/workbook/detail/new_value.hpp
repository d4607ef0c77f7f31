// What a cell is to hold, as the file stores it.
#ifndef RISKSHARE_WORKBOOK_DETAIL_NEW_VALUE_HPP
#define RISKSHARE_WORKBOOK_DETAIL_NEW_VALUE_HPP

#include <riskshare/workbook/patch.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace riskshare::workbook::detail {

struct new_value {
    cell_kind kind = cell_kind::blank;
    std::string text;                   ///< decimal digits; plain text; "TRUE"; "#REF!"
    std::optional<std::string> formula; ///< without "="
    bool wants_date_style = false;
    bool looks_like_formula = false;   ///< text that Excel would take for a formula when it is typed again
    std::optional<std::string> remark; ///< something the user should know
};

/// Checks the edit's value. Fails, rule "edit.…", with what is wrong; the caller adds the place.
result<new_value> checked(const edit&, bool dates_from_1904);

/// The attribute t="…" of such a cell; "" for numbers and blanks.
std::string_view type_of(const new_value&) noexcept;
/// What stands between <c …> and </c>, without the parts that are kept from the old cell.
std::string content_of(const new_value&, std::string_view prefix);

/// The <v> alone. \pre text is that of a formula
std::string value_of_result(const new_value&, std::string_view prefix);

/// True when both stand for one value: "1E3" and "1000" do.
bool same_number(std::string_view, std::string_view);

} // namespace riskshare::workbook::detail

#endif
