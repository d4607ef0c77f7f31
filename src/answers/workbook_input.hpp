// Workbooks and their sheets as they are named on the command line.
#ifndef RISKSHARE_ANSWERS_WORKBOOK_INPUT_HPP
#define RISKSHARE_ANSWERS_WORKBOOK_INPUT_HPP

#include <riskshare/workbook/sheet.hpp>

#include <string>
#include <string_view>

namespace riskshare::answers {

/// The workbook of one file, or of standard input for "-". Throws `input_refused`.
workbook::book open_workbook(const std::string& file);
/// The workbook whose bytes were read already. Throws `input_refused`.
workbook::book book_of(std::string bytes, const std::string& file);

/// 'It''s ours' as It's ours; anything not in quotes as it is.
std::string without_quotes(std::string_view name);

} // namespace riskshare::answers

#endif
