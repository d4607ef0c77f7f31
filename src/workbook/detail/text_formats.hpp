// The kinds of number format that only TEXT writes out.
#ifndef RISKSHARE_WORKBOOK_DETAIL_TEXT_FORMATS_HPP
#define RISKSHARE_WORKBOOK_DETAIL_TEXT_FORMATS_HPP

#include <optional>
#include <string>

namespace riskshare::workbook::detail {

/// A serial number as a date or time of day in English; the first section of the format applies. Throws `error_met` for
/// one before the calendar begins, `not_evaluated` for what Excel alone knows how to write.
std::string text_of_date(double serial, const std::string& format, bool from_1904);

/// "1.5E+03"; nothing when the format has no power. Throws `not_evaluated`.
std::optional<std::string> text_of_power(double, const std::string& format);

/// "2 3/4"; nothing when the format has no fraction. Throws `not_evaluated`.
std::optional<std::string> text_of_fraction(double, const std::string& format);

/// The number under a format without power and fraction. Throws `not_evaluated`.
std::string plain_text(double, const std::string& format);

} // namespace riskshare::workbook::detail

#endif
