// The characters of an XML part: its encoding, and text with its escapes undone.
#ifndef RISKSHARE_WORKBOOK_DETAIL_XML_TEXT_HPP
#define RISKSHARE_WORKBOOK_DETAIL_XML_TEXT_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace riskshare::workbook::detail {

enum class encoding : unsigned char { utf8, utf16_le, utf16_be };

/// A part as UTF-8. A byte-order mark stays in `text`, so for UTF-8 offsets in `text` are offsets in the part,
/// and `encoded(decoded(bytes)) == bytes` always.
struct part_text {
    std::string text;
    encoding stored = encoding::utf8;
};

/// Throws `input_refused`, rule "workbook.encoding", for an encoding other than UTF-8 and UTF-16, or broken UTF-16.
/// \param where what messages call the part.
part_text decoded(std::string bytes, std::string_view where);
std::string encoded(part_text);

/// The characters that XML content stands for: entities resolved, CDATA opened, comments dropped, line ends made one.
/// Throws `input_refused`: "workbook.entity" for one that XML does not define, "workbook.encoding" for broken UTF-8.
std::string plain(std::string_view content, std::string_view where);
/// The same, appended; the usual case, nothing to resolve, is one copy.
void append_plain(std::string& to, std::string_view content, std::string_view where);

/// Undoes the `_x000D_` escapes with which Excel stores characters that XML cannot hold, from `from` to the end.
void unescape_xstring(std::string& text, std::size_t from = 0);

/// Escaped for use as element content, or between double quotes.
std::string escaped(std::string_view text);

void append_utf8(std::string& to, char32_t);
/// The length of the UTF-8 sequence at `at`, 0 when it is none.
std::size_t utf8_length(std::string_view text, std::size_t at);

} // namespace riskshare::workbook::detail

#endif
