#include "workbook/detail/format_section.hpp"

#include <riskshare/workbook/number_format.hpp>

#include <algorithm>

namespace riskshare::workbook::detail {

namespace {

using what = format_token::what;

/// -1, 0 or 1 as a is below, equal to or above b.
int compared(const decimal_text& a, const decimal_text& b) {
    const auto sign = [](const decimal_text& n) { return n.is_zero() ? 0 : n.negative ? -1 : 1; };
    if (sign(a) != sign(b)) return sign(a) < sign(b) ? -1 : 1;
    if (a.exponent != b.exponent) return (a.exponent < b.exponent ? -1 : 1) * sign(a);
    const int digits = a.digits.compare(b.digits);
    return (digits < 0 ? -1 : digits > 0 ? 1 : 0) * sign(a);
}

/// Where each section ends: ";" outside quotes, brackets and escapes.
std::vector<std::string_view> split(std::string_view format) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char c = format[i];
        if (c == '\\' || c == '_' || c == '*')
            ++i;
        else if (c == '"')
            i = std::min(format.find('"', i + 1), format.size());
        else if (c == '[')
            i = std::min(format.find(']', i + 1), format.size());
        else if (c == ';') {
            parts.push_back(format.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    parts.push_back(format.substr(std::min(begin, format.size())));
    return parts;
}

class section_parser {
public:
    explicit section_parser(std::string_view text) : text_(text) {}

    format_section parse() {
        if (is_date_format(text_)) section_.unsupported = "a date or time of day";
        while (at_ < text_.size()) step();
        sort_commas();
        return std::move(section_);
    }

private:
    void add(what kind, std::string_view text) { section_.tokens.push_back({kind, std::string(text)}); }

    void step() {
        const char c = text_[at_];
        if (c == '"') return quoted();
        if (c == '[') return bracketed();
        if (c == '\\' || c == '_' || c == '*') return escaped(c);
        if (text_.substr(at_, 7) == "General") {
            add(what::general, "");
            at_ += 7;
            return;
        }
        if (c == '0' || c == '#' || c == '?')
            add(what::place, text_.substr(at_, 1));
        else if (c == '.')
            add(section_.has(what::point) ? what::literal : what::point, ".");
        else if (c == ',')
            add(what::group, ",");
        else if (c == '@')
            add(what::at, "");
        else
            literal(c);
        ++at_;
    }

    void literal(char c) {
        if (c == '%') ++section_.percents;
        const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
        const bool after_place = section_.has(what::place);
        if (after_place && (c == 'E' || c == 'e') && (next == '+' || next == '-'))
            section_.unsupported = "scientific notation";
        if (after_place && c == '/') section_.unsupported = "a fraction";
        add(what::literal, text_.substr(at_, 1));
    }

    void quoted() {
        const std::size_t close = std::min(text_.find('"', at_ + 1), text_.size());
        add(what::literal, text_.substr(at_ + 1, close - at_ - 1));
        at_ = close + 1;
    }

    /// "\x" shows x, "_x" a blank of its width, "*x" fills the cell with it.
    void escaped(char c) {
        if (at_ + 1 < text_.size()) {
            std::size_t size = 1;
            while (at_ + 1 + size < text_.size() && (static_cast<unsigned char>(text_[at_ + 1 + size]) & 0xC0U) == 0x80)
                ++size;
            if (c == '\\')
                add(what::literal, text_.substr(at_ + 1, size));
            else if (c == '_')
                add(what::literal, " ");
            at_ += size;
        }
        ++at_;
    }

    /// A colour, a condition, or a currency with its locale: [Red] [<100] [$£-809].
    void bracketed() {
        const std::size_t close = std::min(text_.find(']', at_), text_.size());
        const std::string_view inside = text_.substr(at_ + 1, close - at_ - 1);
        at_ = close + 1;
        if (inside.empty()) return;
        if (inside.front() == '$') {
            add(what::literal, inside.substr(1, inside.find('-', 1) - 1));
        } else if (inside.front() == '<' || inside.front() == '>' || inside.front() == '=') {
            const std::size_t value = std::min(inside.find_first_not_of("<>="), inside.size());
            const std::optional<decimal_text> with = parse_decimal(inside.substr(value));
            if (with) section_.condition = format_condition{std::string(inside.substr(0, value)), *with};
        }
    }

    /// A comma groups when a place stands on either side of it before the point, and scales after the last such place.
    void sort_commas() {
        bool seen_place = false;
        for (std::size_t i = 0; i < section_.tokens.size(); ++i) {
            format_token& t = section_.tokens[i];
            if (t.kind == what::place) seen_place = true;
            if (t.kind != what::group) continue;
            bool place_follows = false;
            for (std::size_t k = i + 1; k < section_.tokens.size() && section_.tokens[k].kind != what::point; ++k)
                if (section_.tokens[k].kind == what::place) place_follows = true;
            if (!seen_place)
                t.kind = what::literal;
            else if (!place_follows)
                t.kind = what::scale;
            else
                section_.grouped = true;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    format_section section_;
};

} // namespace

bool format_condition::holds(const decimal_text& number) const {
    const int c = compared(number, with);
    if (compare == "<") return c < 0;
    if (compare == "<=") return c <= 0;
    if (compare == "=") return c == 0;
    if (compare == "<>") return c != 0;
    return compare == ">=" ? c >= 0 : c > 0;
}

int format_section::whole_places() const noexcept {
    int count = 0;
    for (const format_token& t : tokens) {
        if (t.kind == what::point) break;
        count += t.kind == what::place ? 1 : 0;
    }
    return count;
}

int format_section::decimals() const noexcept {
    const auto places =
        std::count_if(tokens.begin(), tokens.end(), [](const auto& t) { return t.kind == what::place; });
    return static_cast<int>(places) - whole_places();
}

int format_section::scale() const noexcept {
    const auto commas =
        std::count_if(tokens.begin(), tokens.end(), [](const auto& t) { return t.kind == what::scale; });
    return 3 * static_cast<int>(commas) - 2 * percents;
}

bool format_section::has(what kind) const noexcept {
    return std::any_of(tokens.begin(), tokens.end(), [kind](const format_token& t) { return t.kind == kind; });
}

std::size_t format_sections::for_number(const decimal_text& number) const noexcept {
    const std::size_t count = std::min<std::size_t>(all.size(), 3);
    if (all[0].condition || (count > 1 && all[1].condition)) {
        for (std::size_t i = 0; i < count; ++i) {
            if (all[i].condition ? all[i].condition->holds(number) : i > 0 || (!number.negative && !number.is_zero()))
                return i;
        }
        return count - 1;
    }
    if (count > 1 && number.negative) return 1;
    return count > 2 && number.is_zero() ? 2 : 0;
}

bool format_sections::drops_sign(std::size_t section) const noexcept {
    if (section == 0 && !all[0].condition) return false;
    if (!all[section].condition) return section == 1 && !all[0].condition;
    const format_condition& c = *all[section].condition;
    const bool below = c.compare == "<" || c.compare == "<=" || c.compare == "=";
    return below && (c.with.negative || (c.with.is_zero() && c.compare == "<"));
}

const format_section* format_sections::for_text() const noexcept {
    if (all.size() > 3) return &all[3];
    const format_section& last = all.back();
    return last.has(what::at) ? &last : nullptr;
}

format_sections parse_format(std::string_view format) {
    format_sections sections;
    if (format.empty()) format = "General";
    for (const std::string_view part : split(format)) sections.all.push_back(section_parser(part).parse());
    return sections;
}

} // namespace riskshare::workbook::detail
