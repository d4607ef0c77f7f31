// Workbooks and their sheets as they are named on the command line.
#ifndef RISKSHARE_TOOL_WORKBOOK_INPUT_HPP
#define RISKSHARE_TOOL_WORKBOOK_INPUT_HPP

#include <riskshare/workbook/sheet.hpp>

#include <string>
#include <string_view>

namespace riskshare::tool {

/// "-" is standard input.
workbook::book open_book(const std::string& file);

/// 'It''s ours' as It's ours; anything not in quotes as it is.
std::string without_quotes(std::string_view name);

} // namespace riskshare::tool

#endif
