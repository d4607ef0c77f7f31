// How a number format shows a stored number.
#ifndef RISKSHARE_WORKBOOK_NUMBER_FORMAT_HPP
#define RISKSHARE_WORKBOOK_NUMBER_FORMAT_HPP

#include <riskshare/result.hpp>

#include <string>
#include <string_view>

namespace riskshare::workbook {

/// What a format keeps of a number: the displayed digits stand for the stored value ÷ 10^scale, to `decimals` places.
struct shown_digits {
    int decimals = 0;     ///< places after the point
    int scale = 0;        ///< 6 for `#,##0.0,,` (millions), −2 for a percentage, 0 otherwise
    bool general = false; ///< "General" and "@": as many digits as it takes; `decimals` means nothing
};

/// For the section of the format that applies to this number; for its first when that one shows no digits, such as "-".
/// Fails, rule "workbook.number_format", for text that is no number, dates, fractions and scientific notation.
result<shown_digits> shown_precision(std::string_view number, std::string_view format);

/// The number as a cell shows it, in English: a decimal text of any length, rounded half away from zero after Excel's
/// 15 significant digits. A space stands for each width of a character that a format leaves ("_)"); fillers ("* ") are
/// left out, and blanks at both ends are cut. Fails as `shown_precision` does.
result<std::string> displayed(std::string_view number, std::string_view format);

/// Text as a cell shows it: the fourth section applies, or one with "@".
std::string displayed_text(std::string_view text, std::string_view format);

/// True when the format shows a date or a time of day.
bool is_date_format(std::string_view format) noexcept;

} // namespace riskshare::workbook

#endif
