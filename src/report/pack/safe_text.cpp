// Texts of files made harmless.
#include "report/pack/safe_text.hpp"

#include <cstdint>
#include <string_view>

namespace riskshare::report {

namespace {

/// Bytes of the character that begins here; 0 where it is not UTF-8.
std::size_t length_at(const std::string& s, std::size_t i) {
    const unsigned char c = static_cast<unsigned char>(s[i]);
    const std::size_t n = c < 0x80                ? 1
                          : c >= 0xC2 && c < 0xE0 ? 2
                          : c >= 0xE0 && c < 0xF0 ? 3
                          : c >= 0xF0 && c < 0xF5 ? 4
                                                  : 0;
    if (n == 0 || i + n > s.size()) return 0;
    for (std::size_t k = 1; k < n; ++k)
        if ((static_cast<unsigned char>(s[i + k]) & 0xC0) != 0x80) return 0;
    return n;
}

std::uint32_t code_of(std::string_view bytes) {
    if (bytes.size() == 1) return static_cast<unsigned char>(bytes[0]);
    std::uint32_t code = static_cast<unsigned char>(bytes[0]) & (0x7FU >> bytes.size());
    for (std::size_t k = 1; k < bytes.size(); ++k) code = code << 6 | (static_cast<unsigned char>(bytes[k]) & 0x3FU);
    return code;
}

/// Control characters, marks of direction, surrogates and what is no character.
bool is_dangerous(std::uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x061C || c == 0xFEFF || (c >= 0xD800 && c < 0xE000) ||
           (c & 0xFFFEU) == 0xFFFEU;
}

} // namespace

std::string harmless_line(const std::string& text, std::size_t most) {
    std::string out;
    std::size_t shown = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (shown == most) return out + "…";
        const std::size_t n = length_at(text, i);
        const std::string_view one = std::string_view(text).substr(i, n == 0 ? 1 : n);
        i += one.size();
        if (n == 0) {
            out += "\xEF\xBF\xBD";
        } else {
            const std::uint32_t c = code_of(one);
            if (c == '\n' || c == '\t' || c == '\r')
                out += ' ';
            else if (is_dangerous(c))
                continue;
            else
                out += one;
        }
        ++shown;
    }
    return out;
}

std::string harmless(const std::string& text) {
    const std::string line = harmless_line(text, 2'000);
    const std::size_t first = line.find_first_not_of(' ');
    const bool formula =
        first != std::string::npos && std::string_view("=+-@|").find(line[first]) != std::string_view::npos;
    return formula ? "'" + line : line;
}

std::string in_markdown(const std::string& text, std::size_t most) {
    std::string out;
    for (char c : harmless_line(text, most)) {
        if (std::string_view("\\`*_[]<>|#").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

std::string in_html(const std::string& text, std::size_t most) {
    std::string out;
    for (char c : harmless_line(text, most))
        out += c == '&'    ? "&amp;"
               : c == '<'  ? "&lt;"
               : c == '>'  ? "&gt;"
               : c == '"'  ? "&quot;"
               : c == '\'' ? "&#39;"
                           : std::string(1, c);
    return out;
}

} // namespace riskshare::report
