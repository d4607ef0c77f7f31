// Small helpers for text as people type it into cells.
#ifndef RISKSHARE_DETAIL_TEXT_HPP
#define RISKSHARE_DETAIL_TEXT_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace riskshare::detail {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alphanumeric(char c) { return is_digit(c) || is_letter(c); }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// What stands at `i` in place of a plain character: its plain equivalent and its length in bytes; length 0 if nothing
/// special.
struct plain_equivalent {
    char plain;
    std::size_t length;
};
inline plain_equivalent plain_at(std::string_view s, std::size_t i) {
    struct pair {
        std::string_view odd;
        char plain;
    };
    static constexpr pair pairs[] = {
        {"\u00A0", ' '},  {"\u2007", ' '},  {"\u2009", ' '},  {"\u202F", ' '},  {"\uFEFF", ' '},
        {"\u200B", ' '},  {"\u2212", '-'},  {"\u2010", '-'},  {"\u2011", '-'},  {"\u2012", '-'},
        {"\u2013", '-'},  {"\u2014", '-'},  {"\uFE63", '-'},  {"\uFF0D", '-'},  {"\u2019", '\''},
        {"\u2018", '\''}, {"\u02BC", '\''}, {"\u2032", '\''}, {"\u00B4", '\''},
    };
    if (static_cast<unsigned char>(s[i]) >= 0x80) {
        for (const pair& p : pairs)
            if (s.substr(i, p.odd.size()) == p.odd) return {p.plain, p.odd.size()};
        return {'\0', 0};
    }
    if (s[i] == '\t' || s[i] == '\n' || s[i] == '\r') return {' ', 1};
    if (s[i] == '`') return {'\'', 1};
    return {'\0', 0};
}

/// No-break and thin spaces become spaces, every dash and minus sign "-", curly quotes straight; runs of spaces become
/// one; both ends trimmed.
inline std::string plain(std::string_view s) {
    std::string out;
    for (std::size_t i = 0; i < s.size();) {
        const plain_equivalent special = plain_at(s, i);
        const char c = special.length != 0 ? special.plain : s[i];
        i += special.length != 0 ? special.length : 1;
        if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
        out.push_back(c);
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

/// `plain`, and ASCII letters in lower case: for comparing labels.
inline std::string folded(std::string_view s) {
    std::string out = plain(s);
    for (char& c : out) c = lower(c);
    return out;
}

} // namespace riskshare::detail

#endif
