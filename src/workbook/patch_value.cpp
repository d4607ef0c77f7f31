#include "workbook/detail/new_value.hpp"

#include "workbook/detail/dates.hpp"
#include "workbook/detail/decimal_text.hpp"
#include "workbook/detail/xml_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace riskshare::workbook::detail {
namespace {

constexpr std::size_t longest_text = 32'767, longest_formula = 8'192;
constexpr std::array<std::string_view, 9> errors = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!",        "#NAME?",
                                                    "#NUM!",  "#N/A",    "#SPILL!", "#GETTING_DATA"};

failure wrong(const char* rule, std::string message) { return {rule, std::move(message)}; }

/// In the units of 16 bits that Excel counts; nothing for text that is no UTF-8.
std::optional<std::size_t> length_of(std::string_view text) {
    std::size_t units = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const std::size_t size = first < 0x80   ? 1
                                 : first < 0xC2 ? 0
                                 : first < 0xE0 ? 2
                                 : first < 0xF0 ? 3
                                 : first < 0xF5 ? 4
                                                : 0;
        if (size == 0 || text.size() - i < size) return {};
        std::uint32_t character = size == 1 ? first : first & (0x7Fu >> size);
        for (std::size_t k = 1; k < size; ++k) {
            const auto next = static_cast<unsigned char>(text[i + k]);
            if ((next & 0xC0) != 0x80) return {};
            character = character << 6 | (next & 0x3Fu);
        }
        const bool overlong = (size == 3 && character < 0x800) || (size == 4 && character < 0x10000);
        if (overlong || (character >= 0xD800 && character < 0xE000) || character > 0x10FFFF) return {};
        units += size == 4 ? 2 : 1;
        i += size;
    }
    return units;
}

/// Digits as Excel's readers know them: short numbers plain, the others as they were given.
std::string number_text(const std::string& given) {
    const auto number = parse_decimal(given);
    const bool is_short = number && number->exponent > -15 && number->exponent <= 21 && number->digits.size() <= 30;
    if (is_short) return to_plain_string(*number);
    std::string trimmed = given.substr(given.find_first_not_of(" \t\r\n"));
    trimmed.erase(trimmed.find_last_not_of(" \t\r\n") + 1);
    return trimmed;
}

result<new_value> stored_number(const edit& e) {
    if (!is_stored_number(e.value))
        return wrong("edit.not_a_number", "\"" + e.value +
                                              "\" is no decimal number that a cell can hold. Write digits and "
                                              "a point, such as 1234.5, or make it a text.");
    new_value v;
    v.kind = cell_kind::number;
    v.text = number_text(e.value);
    constexpr std::size_t kept_by_excel = 15;
    const auto number = parse_decimal(e.value);
    if (number && number->digits.size() > kept_by_excel)
        v.remark = "the file holds all " + std::to_string(number->digits.size()) + " digits of " + v.text +
                   ", of which Excel shows and calculates with 15";
    return v;
}

result<new_value> stored_text(const edit& e) {
    const auto length = length_of(e.value);
    if (!length) return wrong("edit.bad_text", "the text is not UTF-8.");
    if (*length > longest_text)
        return wrong("edit.too_long", "the text has " + std::to_string(*length) + " characters; a cell holds " +
                                          std::to_string(longest_text) + ".");
    new_value v;
    v.kind = cell_kind::text;
    v.text = e.value;
    v.looks_like_formula = !e.value.empty() && std::string_view("=+-@").find(e.value.front()) != std::string_view::npos;
    return v;
}

result<new_value> stored_boolean(const edit& e) {
    const bool yes = e.value == "TRUE" || e.value == "true" || e.value == "1";
    const bool no = e.value == "FALSE" || e.value == "false" || e.value == "0";
    if (!yes && !no) return wrong("edit.not_a_boolean", "\"" + e.value + "\" is neither TRUE nor FALSE.");
    new_value v;
    v.kind = cell_kind::boolean;
    v.text = yes ? "TRUE" : "FALSE";
    return v;
}

result<new_value> stored_date(const edit& e, bool dates_from_1904) {
    const auto serial = serial_of_iso(e.value, dates_from_1904);
    const bool has_day = e.value.size() >= 10 && e.value[4] == '-';
    if (!serial || !has_day || serial->front() == '-')
        return wrong("edit.not_a_date", "\"" + e.value +
                                            "\" is no date that this workbook can hold. Write it as 2022-07-31; "
                                            "the first day is " +
                                            (dates_from_1904 ? "1904-01-01." : "1900-01-01."));
    new_value v;
    v.kind = cell_kind::number;
    v.text = *serial;
    v.wants_date_style = true;
    return v;
}

result<new_value> stored_formula(const edit& e) {
    const auto length = length_of(e.formula);
    if (!length || e.formula.empty() || e.formula.front() == '=' || *length > longest_formula)
        return wrong("edit.not_a_formula",
                     "\"" + e.formula.substr(0, 60) +
                         "\" is no formula: it is given without \"=\" and holds 1 to 8192 characters.");
    if (e.formula.find_first_of(std::string_view("\0\1\2\3\4\5\6\7\10\13\14\16\17", 13)) != std::string::npos)
        return wrong("edit.not_a_formula", "the formula holds a control character.");
    edit value = e;
    value.kind = edit::what::text;
    new_value v;
    if (std::find(errors.begin(), errors.end(), e.value) != errors.end()) {
        v.kind = cell_kind::error;
        v.text = e.value;
    } else if (e.value == "TRUE" || e.value == "FALSE") {
        v.kind = cell_kind::boolean;
        v.text = e.value;
    } else if (!e.value.empty()) {
        const auto value_of_it = is_stored_number(e.value) ? stored_number(e) : stored_text(value);
        if (!value_of_it) return value_of_it.why();
        v.kind = value_of_it->kind;
        v.text = value_of_it->text;
    }
    v.formula = e.formula;
    return v;
}

/// What XML cannot hold, or what would be read as such an escape, in Excel's way: _x000D_.
std::string xstring(std::string_view text) {
    const auto is_hex = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
    };
    const auto reads_as_escape = [&](std::size_t i) {
        return i + 7 <= text.size() && text[i + 1] == 'x' && text[i + 6] == '_' && is_hex(text[i + 2]) &&
               is_hex(text[i + 3]) && is_hex(text[i + 4]) && is_hex(text[i + 5]);
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c == '_' && reads_as_escape(i)) {
            out += "_x005F_";
        } else if (c < 0x20 && c != '\t' && c != '\n') {
            constexpr std::string_view digits = "0123456789ABCDEF";
            out += std::string("_x00") + digits[c >> 4] + digits[c & 15] + '_';
        } else if (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF") {
            out += text[i + 2] == '\xBE' ? "_xFFFE_" : "_xFFFF_";
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

bool needs_space_kept(std::string_view text) {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    return !text.empty() &&
           (is_blank(text.front()) || is_blank(text.back()) || text.find('\n') != std::string_view::npos ||
            text.find('\t') != std::string_view::npos || text.find("  ") != std::string_view::npos);
}

std::string element(std::string_view prefix, std::string_view name, std::string_view content) {
    const std::string whole = std::string(prefix) + std::string(name);
    return "<" + whole + ">" + std::string(content) + "</" + whole + ">";
}

} // namespace

result<new_value> checked(const edit& e, bool dates_from_1904) {
    switch (e.kind) {
    case edit::what::clear:
        return new_value{};
    case edit::what::number:
        return stored_number(e);
    case edit::what::text:
        return stored_text(e);
    case edit::what::boolean:
        return stored_boolean(e);
    case edit::what::date:
        return stored_date(e, dates_from_1904);
    case edit::what::formula:
        return stored_formula(e);
    }
    throw precondition_violated("an edit is of no kind");
}

std::string_view type_of(const new_value& v) noexcept {
    switch (v.kind) {
    case cell_kind::text:
        return v.formula ? "str" : "inlineStr";
    case cell_kind::boolean:
        return "b";
    case cell_kind::error:
        return "e";
    default:
        return "";
    }
}

std::string content_of(const new_value& v, std::string_view prefix) {
    std::string out;
    if (v.formula) out += element(prefix, "f", escaped(*v.formula));
    if (v.kind == cell_kind::text && !v.formula) {
        const std::string t = std::string(prefix) + "t";
        const char* space = needs_space_kept(v.text) ? " xml:space=\"preserve\">" : ">";
        return out + element(prefix, "is", "<" + t + space + escaped(xstring(v.text)) + "</" + t + ">");
    }
    return out + value_of_result(v, prefix);
}

std::string value_of_result(const new_value& v, std::string_view prefix) {
    if (v.kind == cell_kind::blank) return "";
    if (v.kind == cell_kind::boolean) return element(prefix, "v", v.text == "TRUE" ? "1" : "0");
    return element(prefix, "v", escaped(v.kind == cell_kind::text ? xstring(v.text) : v.text));
}

bool same_number(std::string_view a, std::string_view b) {
    const auto x = parse_decimal(a), y = parse_decimal(b);
    return x && y && x->digits == y->digits &&
           (x->is_zero() || (x->exponent == y->exponent && x->negative == y->negative));
}

} // namespace riskshare::workbook::detail
