// TEXT: a value under a number format.
#include "workbook/detail/formula_functions.hpp"
#include "workbook/detail/text_formats.hpp"

#include <riskshare/workbook/number_format.hpp>

namespace riskshare::workbook::detail {

namespace {

/// "[>=1000]".
bool has_condition(const std::string& format) {
    const std::size_t open = format.find('['), close = format.find(']', std::min(open, format.size()));
    return close != std::string::npos && format.find_first_of("<>=", open) < close;
}

} // namespace

std::string formatted(const value& given, const std::string& format, reading& r) {
    value v = given;
    if (v.kind == value::what::boolean) return displayed_text(v.number != 0 ? "TRUE" : "FALSE", format);
    if (v.kind == value::what::text) { // "12" is taken for the number
        try {
            v = value::of(number_in_text(v.text));
        } catch (const error_met&) {
            need(format.find_first_of("_*") == std::string::npos);
            return displayed_text(v.text, format);
        }
    }
    if (format.empty()) return "";
    const double n = to_number(v, r);
    if (is_date_format(format)) return text_of_date(n, format, r.from_1904);
    // Which sign a section of negative numbers keeps is known of single sections alone.
    if (has_condition(format) && n < 0 && format.find(';') != std::string::npos)
        throw not_evaluated{"TEXT with conditions in its format"};
    if (const auto text = text_of_power(n, format)) return *text;
    if (const auto text = text_of_fraction(n, format)) return *text;
    return plain_text(n, format);
}

} // namespace riskshare::workbook::detail
