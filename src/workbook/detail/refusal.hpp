// How a file that cannot be read is turned down.
#ifndef RISKSHARE_WORKBOOK_DETAIL_REFUSAL_HPP
#define RISKSHARE_WORKBOOK_DETAIL_REFUSAL_HPP

#include <string>
#include <string_view>
#include <vector>

namespace riskshare::workbook::detail {

/// Throws `input_refused`; the sentence begins with the file's name.
[[noreturn]] void refuse(const char* rule, const std::string& file, const std::string& sentence);

/// For bytes that are no zip: says what they look like and what to do.
[[noreturn]] void refuse_what_is_no_zip(std::string_view bytes, const std::string& file);

/// A name out of a file, fit to be printed: what a terminal would obey and what is no UTF-8 replaced, cut when long, in
/// quotes.
std::string in_quotes(std::string_view name);

/// Keeps the first hundred: a hostile file would bring about millions.
void warn(std::vector<std::string>& warnings, std::string sentence);

} // namespace riskshare::workbook::detail

#endif
