// Lists as spreadsheets save them: comma-separated values.
#ifndef RISKSHARE_ANSWERS_CSV_HPP
#define RISKSHARE_ANSWERS_CSV_HPP

#include <string>
#include <vector>

namespace riskshare::answers {

/// The fields of one line, quotes undone.
std::vector<std::string> csv_fields(const std::string& line);

/// Without its byte-order mark, and with the pound sign of a list that a spreadsheet saved in Windows' own letters.
std::string in_utf8(const std::string& text);

} // namespace riskshare::answers

#endif
