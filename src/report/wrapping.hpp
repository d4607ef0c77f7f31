// Sentences as wide as a page.
#ifndef RISKSHARE_SRC_REPORT_WRAPPING_HPP
#define RISKSHARE_SRC_REPORT_WRAPPING_HPP

#include <riskshare/report/text_table.hpp>

#include <string>

namespace riskshare::report {

constexpr std::size_t page_width = 80;   ///< of sentences
constexpr std::size_t table_width = 100; ///< a table that is wider is cut in two

/// Broken between words, each line indented.
inline std::string wrapped(const std::string& text, std::size_t indent) {
    std::string out, line;
    const auto flush = [&] {
        out += std::string(indent, ' ') + line + "\n";
        line.clear();
    };
    std::size_t from = 0;
    while (from < text.size()) {
        std::size_t end = text.find(' ', from);
        if (end == std::string::npos) end = text.size();
        const std::string word = text.substr(from, end - from);
        if (!line.empty() && indent + display_width(line) + 1 + display_width(word) > page_width) flush();
        line += (line.empty() ? "" : " ") + word;
        from = end + 1;
    }
    flush();
    return out;
}

} // namespace riskshare::report

#endif
