#include "workbook/detail/sheet_scan.hpp"

#include "workbook/detail/refusal.hpp"
#include "workbook/detail/xml_text.hpp"

#include <riskshare/error.hpp>

#include <bit>
#include <cstring>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace riskshare::workbook::detail {

// The byte past the end of the text is NUL, and NUL ends every loop below that tests single bytes.

namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

const char* past_space(const char* p) {
    while (is_space(*p)) ++p;
    return p;
}

/// The next "<" or NUL at or after `p`, which stands before `end`; eight bytes at a time, because values are about as
/// long.
const char* next_tag(const char* p, const char* end) {
    constexpr std::uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
    const auto zeros = [](std::uint64_t v) { return (v - ones) & ~v & tops; };
    for (; std::endian::native == std::endian::little && end - p >= 8; p += 8) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, p, sizeof eight);
        const std::uint64_t hits = zeros(eight ^ ones * '<') | zeros(eight);
        if (hits != 0) return p + std::countr_zero(hits) / 8;
    }
    while (*p != '<' && *p != '\0') ++p;
    return p;
}

/// Past the "</c>" that ends what begins at `p`; nullptr when a comment, CDATA or the end of the text comes first.
const char* past_usual_content(const char* p, const char* end) {
#if defined(__SSE2__)
    constexpr std::ptrdiff_t block = 32, begun_in_it = block - 3; // what begins later may not end in the block
    for (; end - p >= block; p += begun_in_it) {
        const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
        const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16));
        const auto where = [&](char c) {
            const __m128i same = _mm_set1_epi8(c);
            return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(low, same))) |
                   static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(high, same))) << 16;
        };
        const std::uint32_t tags = where('<');
        const std::uint32_t closing = tags & where('/') >> 1 & where('c') >> 2 & where('>') >> 3;
        const std::uint32_t odd = (tags & (where('!') | where('?')) >> 1) | where('\0');
        const int before = closing != 0 ? std::countr_zero(closing) : static_cast<int>(begun_in_it);
        if ((odd & ((std::uint32_t{1} << before) - 1)) != 0) return nullptr;
        if (closing != 0) return p + before + 4;
    }
#endif
    while (true) {
        p = next_tag(p, end);
        if (*p == '\0' || p[1] == '!' || p[1] == '?') return nullptr;
        if (p[1] == '/' && p[2] == 'c' && p[3] == '>') return p + 4;
        ++p;
    }
}

/// Of up to nine digits; false for anything else.
bool whole_number(std::string_view digits, std::uint32_t& value) {
    value = 0;
    if (digits.empty() || digits.size() > 9) return false;
    for (const char c : digits) {
        if (!is_digit(c)) return false;
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return true;
}

/// A cell's type that was written with character references, as a text that lasts.
std::string_view known_type(const std::string& type) {
    for (const std::string_view known : {"s", "str", "inlineStr", "b", "e", "n", "d"})
        if (type == known) return known;
    return "n";
}

/// The end of what begins as "H17" at `p`; the letters' and digits' values.
const char* read_reference(const char* p, std::uint32_t& row, std::uint32_t& column) {
    row = column = 0;
    for (; column <= last_column; ++p) {
        const auto letter = static_cast<unsigned char>(*p & ~0x20);
        if (letter < 'A' || letter > 'Z') break;
        column = column * 26 + (letter - 'A' + 1U);
    }
    for (; is_digit(*p) && row <= last_row; ++p) row = row * 10 + static_cast<std::uint32_t>(*p - '0');
    return p;
}

} // namespace

sheet_scanner::sheet_scanner(std::string_view text, std::size_t begin, std::string_view prefix, std::string_view where)
    : base_(text.data()), end_(text.data() + text.size()), at_(text.data() + begin), prefix_(prefix), where_(where) {}

template <std::size_t size>
inline bool sheet_scanner::is(const char* name, const char (&local)[size]) const noexcept {
    if (static_cast<std::size_t>(end_ - name) < prefix_.size() + size) return false;
    if (!prefix_.empty()) {
        if (std::memcmp(name, prefix_.data(), prefix_.size()) != 0) return false;
        name += prefix_.size();
    }
    if (std::memcmp(name, local, size - 1) != 0) return false;
    const char after = name[size - 1];
    return after == '>' || is_space(after) || after == '/';
}

sheet_scanner::event sheet_scanner::next() {
    if (row_end_pending_) {
        row_end_pending_ = in_row_ = false;
        close_ = row_.tag;
        return event::row_end;
    }
    for (const char* p = at_;;) {
        p = find_tag(p);
        if (in_row_) {
            if (const char* past = read_usual_cell(p)) {
                at_ = past;
                return event::cell;
            }
            if (only_column_ != 0 && prefix_.empty()) p = find_tag(passed_over(p));
            if (is(p + 1, "c")) {
                const char* after_tag = read_cell_tag(p);
                const bool wanted = only_column_ == 0 || cell_.at.column == only_column_;
                if (!cell_.self_closing) after_tag = wanted ? read_children(after_tag) : skip_children(after_tag);
                p = after_tag;
                if (!wanted) continue;
                cell_.whole.end = offset(p);
                at_ = p;
                return event::cell;
            }
            if (p[1] == '/' && is(p + 2, "row")) {
                const xml_tag tag = tag_at(text(), offset(p), where_);
                close_ = {tag.begin, tag.end};
                at_ = base_ + tag.end;
                in_row_ = false;
                return event::row_end;
            }
        } else {
            if (is(p + 1, "row")) {
                open_row(p);
                return event::row;
            }
            if (p[1] == '/' && is(p + 2, "sheetData")) {
                at_ = p;
                return event::done;
            }
        }
        p = foreign_tag(p);
    }
}

/// The next "<"; other characters between rows or cells mean nothing.
const char* sheet_scanner::find_tag(const char* p) const {
    p = past_space(p);
    if (*p == '<') return p;
    p = static_cast<const char*>(std::memchr(p, '<', static_cast<std::size_t>(end_ - p)));
    if (p == nullptr) refuse("workbook.xml", "the part ends too early", end_);
    return p;
}

void sheet_scanner::open_row(const char* p) {
    const xml_tag tag = tag_at(text(), offset(p), where_);
    row_.tag = {tag.begin, tag.end};
    row_.attributes = tag.attributes;
    row_.self_closing = tag.self_closing;
    const auto reference = raw_attribute(tag.attributes, "r");
    row_.has_number = reference.has_value();
    if (!reference) {
        row_.number = last_row_ + 1;
    } else if (!whole_number(*reference, row_.number) && !whole_number(plain(*reference, where_), row_.number)) {
        refuse("workbook.row", "row " + in_quotes(*reference) + " is no row of a sheet", p);
    }
    if (row_.number == 0 || row_.number > last_row)
        refuse("workbook.row", "row " + std::to_string(row_.number) + " is beyond the last row, 1048576", p);
    last_row_ = row_.number;
    last_column_ = 0;
    in_row_ = true;
    row_end_pending_ = tag.self_closing;
    at_ = base_ + tag.end;
}

/// A cell as most programs write it, `<c r="H17" s="3" t="s"><f>…</f><v>…</v></c>`: past it. Of any other, nullptr and
/// nothing kept: the careful reader has it. No step goes past the NUL at the end, which no test accepts.
const char* sheet_scanner::read_usual_cell(const char* const p) noexcept {
    if (only_column_ != 0 || !prefix_.empty()) return nullptr;
    const auto passes = [](const char*& q, std::string_view wanted) {
        for (std::size_t i = 0; i < wanted.size(); ++i)
            if (q[i] != wanted[i]) return false;
        q += wanted.size();
        return true;
    };
    const char* q = p;
    if (!passes(q, "<c r=\"")) return nullptr;
    address at;
    q = read_reference(q, at.row, at.column);
    if (at.column == 0 || at.column > last_column || at.row == 0 || at.row > last_row || *q != '"') return nullptr;
    ++q;
    std::uint32_t style = 0;
    if (passes(q, " s=\"")) {
        const char* const digits = q;
        while (is_digit(*q)) ++q;
        if (*q != '"' || !whole_number({digits, static_cast<std::size_t>(q - digits)}, style)) return nullptr;
        ++q;
    }
    std::string_view type;
    if (passes(q, " t=\"")) {
        const char* const letters = q;
        while (is_letter(*q)) ++q;
        if (*q != '"') return nullptr;
        type = {letters, static_cast<std::size_t>(q++ - letters)};
    }
    if (*q != '>') return nullptr;
    const std::string_view attributes(p + 2, static_cast<std::size_t>(q++ - (p + 2)));
    const auto content = [&q] {
        const char* const begin = q;
        while (*q != '<' && *q != '\0') ++q;
        return std::string_view(begin, static_cast<std::size_t>(q - begin));
    };
    std::string_view formula, value;
    const bool has_formula = passes(q, "<f>");
    if (has_formula) {
        formula = content();
        if (!passes(q, "</f>")) return nullptr;
    }
    const bool has_value = passes(q, "<v>");
    if (has_value) {
        value = content();
        if (!passes(q, "</v>")) return nullptr;
    }
    if (!passes(q, "</c>")) return nullptr;
    cell_ = raw_cell{};
    cell_.at = at;
    cell_.has_reference = true;
    cell_.has_value = has_value;
    cell_.has_formula = has_formula;
    cell_.style = style;
    cell_.type = type;
    cell_.attributes = attributes;
    cell_.value = value;
    cell_.formula = formula;
    cell_.whole = {offset(p), offset(q)};
    last_column_ = at.column;
    return q;
}

/// Reads `<c …>`; the end of the tag.
const char* sheet_scanner::read_cell_tag(const char* p) {
    cell_ = raw_cell{};
    cell_.whole.begin = offset(p);
    p += 2 + prefix_.size();
    const char* attributes = p;
    while (true) {
        p = past_space(p);
        if (*p == '>' || (*p == '/' && p[1] == '>')) break;
        const char* name = p;
        while (static_cast<unsigned char>(*p) > ' ' && *p != '=' && *p != '>' && *p != '<') ++p;
        const auto name_size = p - name;
        p = past_space(p);
        if (*p != '=' || name_size == 0) refuse("workbook.xml", "a cell's tag is damaged", p);
        p = past_space(p + 1);
        const char quote = *p;
        if (quote != '"' && quote != '\'') refuse("workbook.xml", "a cell's tag is damaged", p);
        const char* value = ++p;
        while (*p != quote && *p != '<' && *p != '\0') ++p;
        if (*p != quote) refuse("workbook.xml", "a cell's tag is damaged", p);
        const std::string_view held(value, static_cast<std::size_t>(p - value));
        ++p;
        if (name_size != 1) continue;
        if (*name == 'r')
            place(held);
        else if (*name == 't')
            cell_.type = held.find('&') == std::string_view::npos ? held : known_type(plain(held, where_));
        else if (*name == 's' && !held.empty() && !whole_number(held, cell_.style) &&
                 !whole_number(plain(held, where_), cell_.style))
            refuse("workbook.style", "style " + in_quotes(held) + " is no index of a style", name);
    }
    if (!cell_.has_reference) {
        if (last_column_ >= last_column) refuse("workbook.column", "a cell lies beyond the last column, XFD", p);
        cell_.at = {row_.number, last_column_ + 1};
    }
    last_column_ = cell_.at.column;
    cell_.attributes = {attributes, static_cast<std::size_t>(p - attributes)};
    cell_.self_closing = *p == '/';
    return p + (cell_.self_closing ? 2 : 1);
}

void sheet_scanner::place(std::string_view reference) {
    address found;
    const char* const at = reference.data();
    // Any character may be written as a reference: "&#65;1" is A1.
    const std::string decoded = reference.find('&') == std::string_view::npos ? "" : plain(reference, where_);
    if (!decoded.empty()) reference = decoded;
    const char* end = read_reference(reference.data(), found.row, found.column);
    if (found.column > last_column)
        refuse("workbook.column", "cell " + in_quotes(reference) + " lies beyond the last column, XFD", at);
    if (found.row > last_row)
        refuse("workbook.row", "cell " + in_quotes(reference) + " lies beyond the last row, 1048576", at);
    if (found.row == 0 || found.column == 0 || end != reference.data() + reference.size())
        refuse("workbook.cell_reference", in_quotes(reference) + " is no place of a cell", at);
    cell_.at = found;
    cell_.has_reference = true;
}

/// Reads what stands between `<c …>` and `</c>`; the end of the latter.
const char* sheet_scanner::read_children(const char* p) {
    while (true) {
        p = find_tag(p);
        if (is(p + 1, "v"))
            p = read_value(p);
        else if (p[1] == '/') {
            if (!is(p + 2, "c")) refuse("workbook.xml", "an element is closed that was not open", p);
            if (p[3 + prefix_.size()] == '>') return p + 4 + prefix_.size();
            return base_ + tag_at(text(), offset(p), where_).end;
        } else if (is(p + 1, "f"))
            p = read_formula(p);
        else if (is(p + 1, "is"))
            p = read_inline_string(p);
        else
            p = skip_child(p);
    }
}

/// The content of a child without children of its own, whose name is `name_size` long after the prefix.
const char* sheet_scanner::leaf(const char* p, std::size_t name_size, std::string_view& content,
                                std::string_view& attributes) const {
    const std::size_t size = prefix_.size() + name_size;
    const char* name = p + 1;
    const char* begin = name + size + 1;
    xml_tag tag;
    if (begin[-1] != '>') {
        tag = tag_at(text(), offset(p), where_);
        attributes = tag.attributes;
        begin = base_ + tag.end;
        if (tag.self_closing) {
            content = {};
            return begin;
        }
    }
    const char* end = next_tag(begin, end_);
    content = {begin, static_cast<std::size_t>(end - begin)};
    if (size == 1 && end[0] == '<' && end[1] == '/' && end[2] == *name && end[3] == '>') return end + 4;
    if (end[0] == '<' && end[1] == '/' && static_cast<std::size_t>(end_ - end) > size + 2 &&
        std::memcmp(end + 2, name, size) == 0 && end[2 + size] == '>')
        return end + 3 + size;

    // CDATA, a comment, a blank in the closing tag or damage: rare enough to be walked twice.
    tag = tag_at(text(), offset(p), where_);
    const std::size_t past = past_element(text(), tag, where_, 4);
    const std::size_t close = text().rfind("</", past - 1);
    content = text().substr(tag.end, close - tag.end);
    return base_ + past;
}

const char* sheet_scanner::read_value(const char* p) {
    cell_.has_value = true;
    std::string_view attributes;
    return leaf(p, 1, cell_.value, attributes);
}

const char* sheet_scanner::read_formula(const char* p) {
    cell_.has_formula = true;
    const char* const past = leaf(p, 1, cell_.formula, cell_.formula_attributes);
    // t="shar&#101;d" says "shared": no program writes so, and whoever reads it as it stands loses the formula.
    if (cell_.formula_attributes.find('&') != std::string_view::npos)
        refuse("workbook.formula", "what a formula says of itself is written with character references", p);
    return past;
}

const char* sheet_scanner::read_inline_string(const char* p) {
    const xml_tag tag = tag_at(text(), offset(p), where_);
    const std::size_t past = past_element(text(), tag, where_, 4);
    cell_.has_inline = true;
    if (!tag.self_closing) cell_.inline_string = text().substr(tag.end, text().rfind("</", past - 1) - tag.end);
    return base_ + past;
}

const char* sheet_scanner::skip_child(const char* p) const {
    if (p[1] == '!' || p[1] == '?') return base_ + past_markup(text(), offset(p), where_);
    const xml_tag tag = tag_at(text(), offset(p), where_);
    return base_ + past_element(text(), tag, where_, 4);
}

/// Past cells of columns that were not asked for, as far as they are written in the usual way; the others, and all that
/// is odd, are left to the careful reader.
const char* sheet_scanner::passed_over(const char* p) noexcept {
    constexpr std::string_view usual = "<c r=\"";
    while (static_cast<std::size_t>(end_ - p) > usual.size() && std::memcmp(p, usual.data(), usual.size()) == 0) {
        const char* q = p + usual.size();
        std::uint32_t column = 0;
        for (; *q >= 'A' && *q <= 'Z' && column <= last_column; ++q)
            column = column * 26 + static_cast<std::uint32_t>(*q - 'A' + 1);
        if (column == 0 || column == only_column_ || column > last_column) return p;
        while (is_digit(*q)) ++q;
        if (*q != '"') return p;
        for (++q; *q == ' ' && (q[1] == 's' || q[1] == 't') && q[2] == '=' && q[3] == '"'; ++q) {
            for (q += 4; is_digit(*q) || is_letter(*q); ++q) {
            }
            if (*q != '"') return p;
        }
        const bool closed = *q == '/';
        q += closed ? 1 : 0;
        if (*q != '>') return p;
        if (!closed) {
            q = past_usual_content(q + 1, end_);
            if (q == nullptr) return p;
        } else {
            ++q;
        }
        last_column_ = column;
        p = q;
        if (*p != '<') return p;
    }
    return p;
}

/// The end of `</c>`, without a look at what stands before it.
const char* sheet_scanner::skip_children(const char* p) const {
    while (true) {
        p = find_tag(p);
        if (p[1] == '!' || p[1] == '?') {
            p = base_ + past_markup(text(), offset(p), where_);
            continue;
        }
        if (p[1] == '/' && is(p + 2, "c")) return base_ + tag_at(text(), offset(p), where_).end;
        ++p;
    }
}

/// Anything between rows or cells that is neither; past it, or past its opening when what it holds is to be read.
const char* sheet_scanner::foreign_tag(const char* p) {
    if (p[1] == '!' || p[1] == '?') return base_ + past_markup(text(), offset(p), where_);
    const xml_tag tag = tag_at(text(), offset(p), where_);
    const std::size_t colon = tag.name.find(':');
    const std::string_view local = colon == std::string_view::npos ? "" : tag.name.substr(colon + 1);
    if (tag.closing) {
        if (alternates_ == 0 || (local != "AlternateContent" && local != "Choice" && local != "Fallback"))
            refuse("workbook.xml", "an element is closed that was not open", p);
        if (local == "AlternateContent") --alternates_;
        return base_ + tag.end;
    }
    if (local == "AlternateContent" && !tag.self_closing) {
        if (alternates_ == taken_.size()) refuse("workbook.depth", "elements nest too deep", p);
        taken_[alternates_++] = false;
        return base_ + tag.end;
    }
    if (alternates_ > 0 && !taken_[alternates_ - 1] && !tag.self_closing) {
        if (declared_.empty()) declared_ = root_tag(text(), where_).attributes;
        if (local == "Fallback" || (local == "Choice" && understood(tag.attributes, &declared_, 1))) {
            taken_[alternates_ - 1] = true;
            return base_ + tag.end;
        }
    }
    if (is(p + 1, "row") || is(p + 1, "c")) refuse("workbook.xml", "a row or cell stands out of place", p);
    return base_ + past_element(text(), tag, where_, 3);
}

void sheet_scanner::refuse(const char* rule, const std::string& why, const char* at) const {
    throw input_refused(rule, std::string(where_) + ": " + why + ", at byte " + std::to_string(offset(at)));
}

} // namespace riskshare::workbook::detail
