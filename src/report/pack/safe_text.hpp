// Texts of files made harmless: what stands in a cell can be a tag, a formula, a mark that turns the line, a whole
// page.
#ifndef RISKSHARE_SRC_REPORT_PACK_SAFE_TEXT_HPP
#define RISKSHARE_SRC_REPORT_PACK_SAFE_TEXT_HPP

#include <riskshare/report/pack.hpp>

#include <string>

namespace riskshare::report {

/// On one line, without control characters and marks that turn the direction of a line, at most `most` characters.
std::string harmless_line(const std::string&, std::size_t most = 300);
/// The same where a spreadsheet would take it for a formula: "'=cmd|…". For CSV.
std::string harmless(const std::string&);
std::string in_markdown(const std::string&, std::size_t most = 300);
/// For text and for attributes in double quotes.
std::string in_html(const std::string&, std::size_t most = 300);

} // namespace riskshare::report

#endif
