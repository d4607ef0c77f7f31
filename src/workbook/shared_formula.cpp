#include "workbook/detail/shared_formula.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace riskshare::workbook::detail {

namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Characters that make a name go on, so that "A1" within "TAXA1.x" is no reference. Bytes above 127 are letters of a
/// name.
bool in_name(char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '\\' || c == '?' ||
           static_cast<unsigned char>(c) > 127;
}

/// "$B$7", "B" (of B:D) or "7" (of 7:9), as it stands in a formula.
struct reference {
    std::size_t end = 0;
    bool fixed_column = false, fixed_row = false;
    std::uint32_t column = 0, row = 0; ///< 0 when that half is not there
};

reference read_reference(std::string_view text, std::size_t at) {
    reference r;
    std::size_t i = at;
    bool dollar = i < text.size() && text[i] == '$';
    if (dollar) ++i;
    const std::size_t letters = i;
    for (; i < text.size() && is_letter(text[i]) && i - letters < 4; ++i)
        r.column = r.column * 26 + static_cast<std::uint32_t>((text[i] & ~0x20) - 'A' + 1);
    if (i > letters) {
        r.fixed_column = dollar;
        dollar = i < text.size() && text[i] == '$';
        if (dollar) ++i;
    }
    const std::size_t digits = i;
    for (; i < text.size() && is_digit(text[i]) && i - digits < 8; ++i)
        r.row = r.row * 10 + static_cast<std::uint32_t>(text[i] - '0');
    if (i > digits)
        r.fixed_row = dollar;
    else if (i > letters && dollar)
        --i; // the "$" belongs to what follows
    r.end = i;
    return r;
}

bool in_sheet(const reference& r) { return r.column <= last_column && r.row <= last_row; }

bool name_goes_on(std::string_view text, std::size_t at) {
    return at < text.size() &&
           (in_name(text[at]) || text[at] == '(' || text[at] == '!' || text[at] == '[' || text[at] == '$');
}

class mover {
public:
    mover(std::string_view formula, address from, address to)
        : text_(formula), rows_(std::int64_t{to.row} - from.row), columns_(std::int64_t{to.column} - from.column) {}

    std::string moved() {
        out_.reserve(text_.size() + text_.size() / 8);
        while (at_ < text_.size()) step();
        return std::move(out_);
    }

private:
    void step() {
        const char c = text_[at_];
        if (c == '"' || c == '\'')
            copy_quoted(c);
        else if (c == '[')
            copy_brackets();
        else if (c == '$' || in_name(c))
            word();
        else
            out_ += text_[at_++];
    }

    void copy_until(std::size_t end) {
        end = std::min(end, text_.size());
        out_ += text_.substr(at_, end - at_);
        at_ = end;
    }

    // A doubled quote inside is two quoted stretches in a row, which comes to the same.
    void copy_quoted(char quote) {
        const std::size_t close = text_.find(quote, at_ + 1);
        copy_until(close == std::string_view::npos ? text_.size() : close + 1);
    }

    void copy_brackets() {
        std::size_t depth = 0, i = at_;
        for (; i < text_.size(); ++i) {
            if (text_[i] == '\'')
                ++i; // escapes the character after it
            else if (text_[i] == '[')
                ++depth;
            else if (text_[i] == ']' && --depth == 0)
                break;
        }
        copy_until(i + 1);
    }

    /// A reference, or a name, function, sheet or number that only looks like one.
    void word() {
        const reference first = read_reference(text_, at_);
        const bool cell = first.column != 0 && first.row != 0;
        if (cell && in_sheet(first) && !name_goes_on(text_, first.end)) {
            append(first);
            at_ = first.end;
            return;
        }
        if (first.end > at_ && !cell && first.end < text_.size() && text_[first.end] == ':') {
            const reference second = read_reference(text_, first.end + 1);
            const bool alike = (first.column == 0) == (second.column == 0) && (first.row == 0) == (second.row == 0);
            const bool both = second.end > first.end + 1 && (first.column != 0 || first.row != 0);
            if (alike && both && in_sheet(first) && in_sheet(second) && !name_goes_on(text_, second.end)) {
                append(first);
                out_ += ':';
                append(second);
                at_ = second.end;
                return;
            }
        }
        std::size_t i = at_ + (text_[at_] == '$' ? 1 : 0);
        while (i < text_.size() && in_name(text_[i])) ++i;
        copy_until(std::max(i, at_ + 1));
    }

    void append(const reference& r) {
        const std::int64_t column = std::int64_t{r.column} + (r.fixed_column ? 0 : columns_);
        const std::int64_t row = std::int64_t{r.row} + (r.fixed_row ? 0 : rows_);
        if ((r.column != 0 && (column < 1 || column > last_column)) || (r.row != 0 && (row < 1 || row > last_row))) {
            out_ += "#REF!";
            return;
        }
        std::array<char, 16> buffer;
        if (r.column != 0) {
            char* letter = buffer.data() + buffer.size();
            for (std::int64_t left = column; left > 0; left = (left - 1) / 26)
                *--letter = static_cast<char>('A' + (left - 1) % 26);
            if (r.fixed_column) out_ += '$';
            out_.append(letter, buffer.data() + buffer.size());
        }
        if (r.row != 0) {
            if (r.fixed_row) out_ += '$';
            out_.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), row).ptr);
        }
    }

    std::string_view text_;
    std::int64_t rows_, columns_;
    std::size_t at_ = 0;
    std::string out_;
};

} // namespace

std::string moved_formula(std::string_view formula, address from, address to) {
    return mover(formula, from, to).moved();
}

} // namespace riskshare::workbook::detail
