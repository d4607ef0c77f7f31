// Workbooks and their sheets as they are named on the command line.
#ifndef RISKSHARE_ANSWERS_WORKBOOK_INPUT_HPP
#define RISKSHARE_ANSWERS_WORKBOOK_INPUT_HPP

#include <riskshare/workbook/sheet.hpp>

#include <string>
#include <string_view>

namespace riskshare::answers {

/// The workbook that the bytes of a file hold; "-" is standard input. Throws `input_refused`.
workbook::book book_of(std::string bytes, const std::string& file);
/// The same for reading alone: with the results of formulas that are stored without one.
workbook::book calculated_book_of(std::string bytes, const std::string& file);

/// 'It''s ours' as It's ours; anything not in quotes as it is.
std::string without_quotes(std::string_view name);

} // namespace riskshare::answers

#endif
