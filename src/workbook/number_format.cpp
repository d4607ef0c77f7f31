#include <riskshare/workbook/number_format.hpp>

#include "workbook/detail/decimal_text.hpp"
#include "workbook/detail/format_section.hpp"

#include <algorithm>

namespace riskshare::workbook {

using namespace detail;

namespace {

failure cannot_show(std::string_view number, std::string_view format, const char* why) {
    return {"workbook.number_format", "\"" + std::string(number.substr(0, 40)) + "\" under \"" +
                                          std::string(format.substr(0, 80)) + "\": " + why};
}

/// "1.23457E+11".
std::string scientific(const decimal_text& number) {
    const decimal_text short_one = significant(number, 6);
    std::string text(1, short_one.digits[0]);
    if (short_one.digits.size() > 1) text += "." + short_one.digits.substr(1);
    const int power = short_one.exponent - 1;
    const std::string digits = std::to_string(power < 0 ? -power : power);
    return text + (power < 0 ? "E-" : "E+") + (digits.size() < 2 ? "0" : "") + digits;
}

/// What "General" makes of a number without its sign: at most eleven characters.
std::string general_digits(decimal_text number) {
    number.negative = false;
    if (number.is_zero()) return "0";
    const int power = number.exponent - 1;
    if (power < -4 || power > 10) return scientific(number);
    const decimal_text fitted = rounded_at(number, power < 0 ? -9 : std::min(0, power - 9));
    return fitted.exponent > 11 ? scientific(number) : to_plain_string(fitted);
}

/// Puts the digits of a number into the places of a section.
class shown_number {
public:
    shown_number(const format_section& section, decimal_text number) : section_(section), number_(std::move(number)) {
        number_.exponent -= number_.is_zero() ? 0 : section.scale();
        if (!section.is_general()) number_ = rounded_at(std::move(number_), -section.decimals());
        places_ = section.whole_places();
    }

    std::string text() {
        for (const format_token& t : section_.tokens) put(t);
        return std::move(out_);
    }

private:
    void put(const format_token& t) {
        switch (t.kind) {
        case format_token::what::literal:
            out_ += t.text;
            break;
        case format_token::what::general:
            out_ += general_digits(number_);
            break;
        case format_token::what::point:
            out_ += '.';
            after_point_ = true;
            break;
        case format_token::what::place:
            after_point_ ? put_fraction(t.text[0]) : put_whole(t.text[0]);
            break;
        case format_token::what::group:
        case format_token::what::scale:
            break;
        case format_token::what::at:
            out_ += general_digits(number_);
            break;
        }
    }

    void put_digit(int place) {
        out_ += number_.digit(place);
        if (section_.grouped && place > 0 && place % 3 == 0) out_ += ',';
    }

    /// The first place takes every digit that has no place of its own.
    void put_whole(char kind) {
        const int place = --places_;
        if (!begun_) {
            for (int extra = number_.exponent - 1; extra > place; --extra) put_digit(extra);
            begun_ = true;
        }
        if (place < number_.exponent || kind == '0')
            put_digit(place);
        else if (kind == '?')
            out_ += section_.grouped && place > 0 && place % 3 == 0 ? "  " : " "; // of its comma, too
    }

    void put_fraction(char kind) {
        const int place = --fraction_;
        const bool nothing_left = place < number_.exponent - static_cast<int>(number_.digits.size());
        if (!nothing_left || kind == '0')
            out_ += number_.digit(place);
        else if (kind == '?')
            out_ += ' ';
    }

    const format_section& section_;
    decimal_text number_;
    int places_ = 0, fraction_ = 0;
    bool begun_ = false, after_point_ = false;
    std::string out_;
};

std::string without_blanks(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
}

struct chosen {
    decimal_text number;
    format_sections sections;
    std::size_t index = 0;
};

result<chosen> choose(std::string_view number, std::string_view format) {
    std::optional<decimal_text> read = parse_decimal(number);
    if (!read) return cannot_show(number, format, "that is no number");
    constexpr int digits_of_excel = 15;
    chosen c{significant(*read, digits_of_excel), parse_format(format), 0};
    if (c.sections.all.size() == 1 && c.sections.all[0].condition && !c.sections.all[0].condition->holds(c.number))
        c.sections = parse_format("General");
    c.index = c.sections.for_number(c.number);
    const format_section& section = c.sections.all[c.index];
    if (section.unsupported != nullptr) return cannot_show(number, format, section.unsupported);
    return c;
}

} // namespace

result<shown_digits> shown_precision(std::string_view number, std::string_view format) {
    const result<chosen> c = choose(number, format);
    if (!c) return c.why();
    const format_section* section = &c->sections.all[c->index];
    if (!section->shows_digits()) section = &c->sections.all.front();
    return shown_digits{section->decimals(), section->scale(), section->is_general()};
}

result<std::string> detail::displayed_with_blanks(std::string_view number, std::string_view format) {
    const result<chosen> c = choose(number, format);
    if (!c) return c.why();
    const bool minus = c->number.negative && !c->sections.drops_sign(c->index);
    return (minus ? "-" : "") + shown_number(c->sections.all[c->index], c->number).text();
}

result<std::string> displayed(std::string_view number, std::string_view format) {
    const result<std::string> shown = detail::displayed_with_blanks(number, format);
    if (!shown) return shown;
    return without_blanks(*shown);
}

std::string displayed_text(std::string_view text, std::string_view format) {
    const format_sections sections = parse_format(format);
    const format_section* section = sections.for_text();
    if (section == nullptr) return std::string(text);
    std::string out;
    for (const format_token& t : section->tokens) {
        if (t.kind == format_token::what::at)
            out += text;
        else if (t.kind == format_token::what::literal)
            out += t.text;
    }
    return out;
}

bool is_date_format(std::string_view format) noexcept {
    for (std::size_t i = 0; i < format.size() && format[i] != ';'; ++i) {
        const char c = format[i];
        if (c == '"') {
            i = format.find('"', i + 1);
            if (i == std::string_view::npos) return false;
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '[') {
            const std::size_t close = format.find(']', i);
            if (close == std::string_view::npos) return false;
            const char first = static_cast<char>(format[i + 1] | 0x20);
            const bool elapsed = format.substr(i + 1, close - i - 1).find_first_not_of(format[i + 1]) >= close - i - 1;
            if (elapsed && (first == 'h' || first == 'm' || first == 's')) return true;
            i = close;
        } else if (format.substr(i, 7) == "General") {
            i += 6;
        } else {
            const char lower = static_cast<char>(c | 0x20);
            if (lower == 'y' || lower == 'm' || lower == 'd' || lower == 'h' || lower == 's') return true;
        }
    }
    return false;
}

} // namespace riskshare::workbook
