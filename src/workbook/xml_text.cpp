#include "workbook/detail/xml_text.hpp"

#include <riskshare/error.hpp>

#include <cstdint>

namespace riskshare::workbook::detail {

namespace {

[[noreturn]] void refuse_encoding(std::string_view where, std::string_view why) {
    throw input_refused("workbook.encoding", std::string(where) + ": " + std::string(why));
}

std::uint32_t unit_at(const std::string& bytes, std::size_t at, bool little) {
    const auto low = static_cast<unsigned char>(bytes[at + (little ? 0 : 1)]);
    const auto high = static_cast<unsigned char>(bytes[at + (little ? 1 : 0)]);
    return (std::uint32_t{high} << 8U) | low;
}

std::string from_utf16(const std::string& bytes, bool little, std::string_view where) {
    if (bytes.size() % 2 != 0) refuse_encoding(where, "half a character of UTF-16 at the end");
    std::string text;
    text.reserve(bytes.size() / 2 + bytes.size() / 8);
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        std::uint32_t unit = unit_at(bytes, i, little);
        if (unit >= 0xD800 && unit < 0xE000) {
            const std::uint32_t second = i + 2 < bytes.size() ? unit_at(bytes, i + 2, little) : 0;
            if (unit >= 0xDC00 || second < 0xDC00 || second > 0xDFFF)
                refuse_encoding(where, "half of a surrogate pair in UTF-16");
            unit = 0x10000 + ((unit - 0xD800) << 10U) + (second - 0xDC00);
            i += 2;
        }
        append_utf8(text, unit);
    }
    return text;
}

void append_unit(std::string& to, std::uint32_t unit, bool little) {
    const char low = static_cast<char>(unit & 0xFFU), high = static_cast<char>((unit >> 8U) & 0xFFU);
    to += little ? low : high;
    to += little ? high : low;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// The character of "#10" or "#x41"; 0 when it is none.
char32_t numbered_character(std::string_view digits) {
    digits.remove_prefix(1);
    const bool hex = !digits.empty() && digits.front() == 'x';
    if (hex) digits.remove_prefix(1);
    if (digits.empty()) return 0;
    std::uint32_t value = 0;
    for (const char c : digits) {
        const int digit = hex_digit(c);
        if (digit < 0 || (!hex && digit > 9)) return 0;
        value = value * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
        if (value > 0x10FFFF) return 0;
    }
    return value >= 0xD800 && value < 0xE000 ? 0 : char32_t{value};
}

/// Appends what `&…;` at `at` stands for, and says where it ends.
std::size_t append_entity(std::string& to, std::string_view content, std::size_t at, std::string_view where) {
    constexpr std::size_t longest = 12;
    const std::size_t end = content.substr(at, longest).find(';');
    const std::string_view name = end == std::string_view::npos ? "" : content.substr(at + 1, end - 1);
    char32_t character = 0;
    if (name == "amp")
        character = '&';
    else if (name == "lt")
        character = '<';
    else if (name == "gt")
        character = '>';
    else if (name == "quot")
        character = '"';
    else if (name == "apos")
        character = '\'';
    else if (!name.empty() && name.front() == '#')
        character = numbered_character(name);
    if (character == 0)
        throw input_refused("workbook.entity",
                            std::string(where) + ": \"&\" does not begin an entity that XML defines");
    append_utf8(to, character);
    return at + end + 1;
}

bool starts_with(std::string_view text, std::size_t at, std::string_view with) {
    return text.compare(at, with.size(), with) == 0;
}

/// Appends what the `<…` at `at` holds: the inside of CDATA, nothing for anything else.
std::size_t append_markup(std::string& to, std::string_view content, std::size_t at, std::string_view where) {
    constexpr std::string_view cdata = "<![CDATA[";
    const bool is_cdata = starts_with(content, at, cdata);
    const std::string_view close = is_cdata ? "]]>" : starts_with(content, at, "<!--") ? "-->" : ">";
    const std::size_t end = content.find(close, at);
    if (end == std::string_view::npos)
        throw input_refused("workbook.xml", std::string(where) + ": a tag, comment or CDATA is not closed");
    if (is_cdata) to += content.substr(at + cdata.size(), end - at - cdata.size());
    return end + close.size();
}

/// The code unit of "_x000D_" at `at`, or -1.
int escaped_unit(std::string_view text, std::size_t at) {
    if (at + 7 > text.size() || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_') return -1;
    int unit = 0;
    for (std::size_t i = at + 2; i < at + 6; ++i) {
        const int digit = hex_digit(text[i]);
        if (digit < 0) return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

} // namespace

std::size_t utf8_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto follows = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xC0U) == 0x80; };
    const unsigned char first = byte(at);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4 || !follows(at + 1)) return 0;
    if (first < 0xE0) return 2;
    const unsigned char second = byte(at + 1);
    if (first == 0xE0 && second < 0xA0) return 0;
    if (first == 0xED && second > 0x9F) return 0;
    if (first == 0xF0 && second < 0x90) return 0;
    if (first == 0xF4 && second > 0x8F) return 0;
    if (!follows(at + 2)) return 0;
    if (first < 0xF0) return 3;
    return follows(at + 3) ? 4 : 0;
}

part_text decoded(std::string bytes, std::string_view where) {
    using namespace std::string_view_literals;
    const std::string_view head = std::string_view(bytes).substr(0, 2);
    if (head == "\xFF\xFE"sv || head == "<\0"sv) return {from_utf16(bytes, true, where), encoding::utf16_le};
    if (head == "\xFE\xFF"sv || head == "\0<"sv) return {from_utf16(bytes, false, where), encoding::utf16_be};

    const std::string_view start = std::string_view(bytes).substr(0, 200);
    const std::size_t declared = start.find("encoding=");
    const std::size_t declaration_end = start.find("?>");
    if (declared < declaration_end && declaration_end != std::string_view::npos) {
        std::string name(start.substr(declared + 10, start.find_first_of("\"'", declared + 10) - declared - 10));
        for (char& c : name)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
        if (name != "utf-8" && name != "utf8" && name != "us-ascii" && name != "ascii")
            refuse_encoding(where,
                            "encoding \"" + name + "\" is neither UTF-8 nor UTF-16; save the workbook anew in Excel");
    }
    return {std::move(bytes), encoding::utf8};
}

std::string encoded(part_text part) {
    if (part.stored == encoding::utf8) return std::move(part.text);
    const bool little = part.stored == encoding::utf16_le;
    const std::string_view text = part.text;
    std::string bytes;
    bytes.reserve(text.size() * 2);
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length(text, i);
        if (length == 0) refuse_encoding("edited part", "broken UTF-8");
        constexpr unsigned char lead_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
        std::uint32_t character = static_cast<unsigned char>(text[i]) & lead_bits[length];
        for (std::size_t k = 1; k < length; ++k)
            character = (character << 6U) | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
        if (character >= 0x10000) {
            append_unit(bytes, 0xD800 + ((character - 0x10000) >> 10U), little);
            character = 0xDC00 + ((character - 0x10000) & 0x3FFU);
        }
        append_unit(bytes, character, little);
        i += length;
    }
    return bytes;
}

void append_plain(std::string& to, std::string_view content, std::string_view where) {
    std::size_t copied = 0;
    const auto copy_until = [&](std::size_t at) { to.append(content.data() + copied, at - copied); };
    for (std::size_t i = 0; i < content.size();) {
        const char c = content[i];
        if (c == '&' || c == '<') {
            copy_until(i);
            i = c == '&' ? append_entity(to, content, i, where) : append_markup(to, content, i, where);
            copied = i;
        } else if (c == '\r') {
            copy_until(i);
            to += '\n';
            i += i + 1 < content.size() && content[i + 1] == '\n' ? 2 : 1;
            copied = i;
        } else if (static_cast<unsigned char>(c) < 0x80) {
            ++i;
        } else {
            const std::size_t length = utf8_length(content, i);
            if (length == 0) refuse_encoding(where, "broken UTF-8");
            i += length;
        }
    }
    copy_until(content.size());
}

std::string plain(std::string_view content, std::string_view where) {
    std::string text;
    append_plain(text, content, where);
    return text;
}

void unescape_xstring(std::string& text, std::size_t from) {
    std::size_t at = text.find("_x", from);
    if (at == std::string::npos) return;
    std::string undone = text.substr(0, at);
    for (std::size_t i = at; i < text.size();) {
        const int unit = escaped_unit(text, i);
        if (unit < 0) {
            undone += text[i++];
            continue;
        }
        i += 7;
        auto character = static_cast<std::uint32_t>(unit);
        if (character >= 0xD800 && character < 0xE000) {
            const int second = escaped_unit(text, i);
            const bool pair = character < 0xDC00 && second >= 0xDC00 && second < 0xE000;
            character = pair ? 0x10000 + ((character - 0xD800) << 10U) + (static_cast<std::uint32_t>(second) - 0xDC00)
                             : 0xFFFD; // half a pair stands for no character
            if (pair) i += 7;
        }
        append_utf8(undone, character);
    }
    text = std::move(undone);
}

std::string escaped(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        if (c == '&')
            out += "&amp;";
        else if (c == '<')
            out += "&lt;";
        else if (c == '>')
            out += "&gt;";
        else if (c == '"')
            out += "&quot;";
        else
            out += c;
    }
    return out;
}

void append_utf8(std::string& to, char32_t character) {
    const auto c = static_cast<std::uint32_t>(character);
    const auto tail = [&](unsigned shift) { to += static_cast<char>(0x80U | ((c >> shift) & 0x3FU)); };
    if (c < 0x80) {
        to += static_cast<char>(c);
    } else if (c < 0x800) {
        to += static_cast<char>(0xC0U | (c >> 6U));
        tail(0);
    } else if (c < 0x10000) {
        to += static_cast<char>(0xE0U | (c >> 12U));
        tail(6);
        tail(0);
    } else {
        to += static_cast<char>(0xF0U | (c >> 18U));
        tail(12);
        tail(6);
        tail(0);
    }
}

} // namespace riskshare::workbook::detail
