// Functions of text. Characters are counted as Excel counts them, in units of 16 bits.
#include "workbook/detail/formula_functions.hpp"

#include <algorithm>
#include <cmath>

namespace riskshare::workbook::detail {

namespace {

using what = value::what;

std::u16string wide(std::string_view text) {
    std::u16string out;
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        need(i + size <= text.size() && (first < 0x80 || first >= 0xC2));
        std::uint32_t c = size == 1 ? first : first & (0x7Fu >> size);
        for (std::size_t k = 1; k < size; ++k) c = c << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
        i += size;
        if (c >= 0x10000) {
            out += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
            out += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            out += static_cast<char16_t>(c);
        }
    }
    return out;
}

std::string narrow(std::u16string_view text) {
    std::string out;
    const auto put = [&](std::uint32_t bits) { out += static_cast<char>(bits); };
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::uint32_t c = text[i];
        if (c >= 0xD800 && c < 0xE000) {
            need(c < 0xDC00 && i + 1 < text.size()); // half a character
            c = 0x10000 + ((c - 0xD800) << 10) + (text[++i] - 0xDC00u);
            put(0xF0 | c >> 18);
            put(0x80 | ((c >> 12) & 0x3F));
            put(0x80 | ((c >> 6) & 0x3F));
            put(0x80 | (c & 0x3F));
        } else if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xC0 | c >> 6);
            put(0x80 | (c & 0x3F));
        } else {
            put(0xE0 | c >> 12);
            put(0x80 | ((c >> 6) & 0x3F));
            put(0x80 | (c & 0x3F));
        }
    }
    return out;
}

std::u16string wide_of(const value& v, reading& r) { return wide(to_text(v, r)); }

/// Capital or small, for the letters of Western Europe; others have rules of their own.
char16_t in_case(char16_t c, bool capital) {
    const bool small = (c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7);
    const bool large = (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
    need(c < 0x100 || (c >= 0x2000 && c < 0x2C00));
    if (capital && small) return static_cast<char16_t>(c - 32);
    return !capital && large ? static_cast<char16_t>(c + 32) : c;
}

template <bool Capital>
value cased(const arguments& a, reading& r) {
    std::u16string text = wide_of(a[0], r);
    for (char16_t& c : text) c = in_case(c, Capital);
    return value::of(narrow(text));
}

value proper(const arguments& a, reading& r) {
    std::u16string text = wide_of(a[0], r);
    bool start = true;
    for (char16_t& c : text) {
        const bool letter = in_case(c, true) != in_case(c, false);
        c = in_case(c, start);
        start = !letter;
    }
    return value::of(narrow(text));
}

std::size_t count_at(const arguments& a, std::size_t i, reading& r, double otherwise) {
    const double n = std::floor(i < a.size() ? to_number(a[i], r) : otherwise);
    if (n < 0) fail("#VALUE!");
    return static_cast<std::size_t>(std::min(n, 1e6));
}

value left(const arguments& a, reading& r) {
    return value::of(narrow(wide_of(a[0], r).substr(0, count_at(a, 1, r, 1))));
}
value right(const arguments& a, reading& r) {
    const std::u16string text = wide_of(a[0], r);
    return value::of(narrow(text.substr(text.size() - std::min(text.size(), count_at(a, 1, r, 1)))));
}
value middle(const arguments& a, reading& r) {
    const std::u16string text = wide_of(a[0], r);
    const std::size_t from = count_at(a, 1, r, 1), length = count_at(a, 2, r, 0);
    if (from < 1) fail("#VALUE!");
    return value::of(from > text.size() ? std::string() : narrow(text.substr(from - 1, length)));
}

value trimmed(const arguments& a, reading& r) {
    std::string out;
    for (char c : to_text(a[0], r))
        if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return value::of(out);
}

value joined_all(const arguments& a, reading& r) {
    std::string out;
    for (const value& v : a)
        for (const value& item : to_matrix(v, r)->all) out += to_text(item, r);
    return value::of(out);
}

value text_join(const arguments& a, reading& r) {
    const std::string between = to_text(a[0], r);
    const bool skip = to_truth(a[1], r);
    std::string out;
    bool first = true;
    for (std::size_t i = 2; i < a.size(); ++i) {
        const auto items = to_matrix(a[i], r);
        need(!items->open || skip);
        for (const value& item : items->all) {
            const std::string text = to_text(item, r);
            if (skip && text.empty()) continue;
            out += (first ? "" : between) + text;
            first = false;
        }
    }
    if (out.size() > 32'767) fail("#VALUE!");
    return value::of(out);
}

value substituted(const arguments& a, reading& r) {
    const std::string text = to_text(a[0], r), old = to_text(a[1], r), fresh = to_text(a[2], r);
    const double which = a.size() > 3 ? std::floor(to_number(a[3], r)) : 0;
    if (a.size() > 3 && which < 1) fail("#VALUE!");
    if (old.empty()) return value::of(text);
    std::string out;
    double nth = 0;
    std::size_t done = 0;
    for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at + old.size())) {
        if (which != 0 && ++nth != which) continue;
        out += text.substr(done, at - done) + fresh;
        done = at + old.size();
    }
    return value::of(out + text.substr(done));
}

value replaced(const arguments& a, reading& r) {
    const std::u16string text = wide_of(a[0], r);
    const std::size_t from = count_at(a, 1, r, 1), length = count_at(a, 2, r, 0);
    if (from < 1) fail("#VALUE!");
    const std::size_t begin = std::min(from - 1, text.size()), end = std::min(begin + length, text.size());
    return value::of(narrow(text.substr(0, begin)) + to_text(a[3], r) + narrow(text.substr(end)));
}

value found(const arguments& a, reading& r) {
    const std::u16string text = wide_of(a[1], r);
    const std::size_t from = count_at(a, 2, r, 1);
    if (from < 1 || from > text.size() + 1) fail("#VALUE!");
    const std::size_t at = text.find(wide_of(a[0], r), from - 1);
    if (at == std::u16string::npos) fail("#VALUE!");
    return value::of(static_cast<double>(at + 1));
}

/// Without case, and with wildcards.
value searched(const arguments& a, reading& r) {
    const std::string wanted = folded_text(to_text(a[0], r)), text = folded_text(to_text(a[1], r));
    const std::size_t from = count_at(a, 2, r, 1);
    if (from < 1 || from > text.size() + 1) fail("#VALUE!");
    (void)wide(text);
    for (std::size_t at = from - 1; at <= text.size(); ++at) {
        if (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
        const std::string_view rest = std::string_view(text).substr(at);
        const bool here = wanted.find_first_of("?*~") == std::string::npos ? rest.substr(0, wanted.size()) == wanted
                                                                           : wildcard_match(wanted + "*", rest);
        if (here) return value::of(static_cast<double>(wide(text.substr(0, at)).size() + 1));
    }
    fail("#VALUE!");
}

value repeated(const arguments& a, reading& r) {
    const std::string text = to_text(a[0], r);
    const std::size_t times = count_at(a, 1, r, 0);
    if (times * text.size() > 32'767) fail("#VALUE!");
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return value::of(out);
}

value character(const arguments& a, reading& r) {
    const double n = std::floor(to_number(a[0], r));
    if (n < 1 || n > 255) fail("#VALUE!");
    need(n < 128 || n >= 160);
    return value::of(narrow(std::u16string(1, static_cast<char16_t>(n))));
}

value code(const arguments& a, reading& r) {
    const std::u16string text = wide_of(a[0], r);
    if (text.empty()) fail("#VALUE!");
    need(text[0] < 0x80);
    return value::of(static_cast<double>(text[0]));
}

value cleaned(const arguments& a, reading& r) {
    std::string out;
    for (char c : to_text(a[0], r))
        if (static_cast<unsigned char>(c) >= 32) out += c;
    return value::of(out);
}

value fixed(const arguments& a, reading& r) {
    const double places = number_or(a, 1, r, 2), n = rounded_at(to_number(a[0], r), std::trunc(places), 0);
    const bool plain = a.size() > 2 && to_truth(a[2], r);
    std::string format = plain ? "0" : "#,##0";
    if (places > 30) fail("#VALUE!");
    if (places >= 1) format += "." + std::string(static_cast<std::size_t>(places), '0');
    return value::of(formatted(value::of(n), format, r));
}

value number_of(const arguments& a, reading& r) {
    if (a[0].kind == what::boolean) fail("#VALUE!");
    if (a[0].kind == what::text && a[0].text.find_first_not_of(' ') == std::string::npos) fail("#VALUE!");
    return value::of(to_number(a[0], r));
}

/// TEXTBEFORE and TEXTAFTER, from the first or the last of many.
template <bool Before>
value part_at(const arguments& a, reading& r) {
    const std::string text = to_text(a[0], r), mark = to_text(a[1], r);
    const double which = number_or(a, 2, r, 1);
    need(!mark.empty() && (which == 1 || which == -1) && a.size() <= 3);
    const std::size_t at = which == 1 ? text.find(mark) : text.rfind(mark);
    if (at == std::string::npos) fail("#N/A");
    return value::of(Before ? text.substr(0, at) : text.substr(at + mark.size()));
}

} // namespace

std::span<const function> texts() {
    static constexpr function all[] = {
        {"CONCATENATE", 1, any_number, "s",
         [](const arguments& a, reading& r) {
             std::string out;
             for (const value& v : a) out += to_text(v, r);
             return value::of(out);
         }},
        {"CONCAT", 1, any_number, "a", joined_all},
        {"TEXTJOIN", 3, any_number, "ssa", text_join},
        {"LEN", 1, 1, "s",
         [](const arguments& a, reading& r) { return value::of(static_cast<double>(wide_of(a[0], r).size())); }},
        {"LOWER", 1, 1, "s", cased<false>},
        {"UPPER", 1, 1, "s", cased<true>},
        {"PROPER", 1, 1, "s", proper},
        {"TRIM", 1, 1, "s", trimmed},
        {"LEFT", 1, 2, "s", left},
        {"RIGHT", 1, 2, "s", right},
        {"MID", 3, 3, "s", middle},
        {"SUBSTITUTE", 3, 4, "s", substituted},
        {"REPLACE", 4, 4, "s", replaced},
        {"EXACT", 2, 2, "s",
         [](const arguments& a, reading& r) { return value::of(to_text(a[0], r) == to_text(a[1], r)); }},
        {"FIND", 2, 3, "s", found},
        {"SEARCH", 2, 3, "s", searched},
        {"REPT", 2, 2, "s", repeated},
        {"CHAR", 1, 1, "s", character},
        {"CODE", 1, 1, "s", code},
        {"CLEAN", 1, 1, "s", cleaned},
        {"FIXED", 1, 3, "s", fixed},
        {"VALUE", 1, 1, "s", number_of},
        {"TEXT", 2, 2, "s",
         [](const arguments& a, reading& r) { return value::of(formatted(a[0], to_text(a[1], r), r)); }},
        {"HYPERLINK", 1, 2, "s", [](const arguments& a, reading&) { return a.back(); }},
        {"TEXTBEFORE", 2, 3, "s", part_at<true>},
        {"TEXTAFTER", 2, 3, "s", part_at<false>},
    };
    return all;
}

} // namespace riskshare::workbook::detail
