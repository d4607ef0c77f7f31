#include "detail/json_value.hpp"

#include <algorithm>
#include <charconv>

namespace riskshare::json {

namespace {

struct code {
    std::size_t bytes = 0; ///< 0: not UTF-8
    std::size_t bad = 1;   ///< so many bytes are replaced where it is none
};

/// The letter that begins at a byte, as the table of well-formed UTF-8 in the Unicode standard has it (3-7).
code letter_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {1, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4) return {};
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i >= text.size()) return {0, i};
        unsigned char least = 0x80, most = 0xBF;
        if (i == 1 && lead == 0xE0) least = 0xA0;
        if (i == 1 && lead == 0xED) most = 0x9F;
        if (i == 1 && lead == 0xF0) least = 0x90;
        if (i == 1 && lead == 0xF4) most = 0x8F;
        if (byte(i) < least || byte(i) > most) return {0, i};
    }
    return {length, 1};
}

void write_text(std::string& out, std::string_view text) {
    constexpr const char* hex = "0123456789abcdef";
    out += '"';
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        const code letter = letter_at(text, i);
        if (letter.bytes == 0) {
            out += "\xEF\xBF\xBD";
            i += letter.bad;
            continue;
        }
        if (c == '"' || c == '\\')
            out += '\\', out += c;
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (c == '\r')
            out += "\\r";
        else if (c == '\b')
            out += "\\b";
        else if (c == '\f')
            out += "\\f";
        else if (static_cast<unsigned char>(c) < 0x20)
            out += "\\u00", out += hex[c >> 4], out += hex[c & 15];
        else
            out.append(text.substr(i, letter.bytes));
        i += letter.bytes;
    }
    out += '"';
}

} // namespace

class value_writer {
public:
    value_writer(std::string& out, std::size_t indent) : out_(out), indent_(indent) {}

    void write(const value& v, std::size_t level = 0) {
        if (const auto* truth = std::get_if<bool>(&v.held_)) out_ += *truth ? "true" : "false";
        if (v.is_null()) out_ += "null";
        if (const auto* number = std::get_if<value::whole>(&v.held_))
            out_ += number->negative ? std::to_string(static_cast<std::int64_t>(number->bits))
                                     : std::to_string(number->bits);
        if (const auto* number = std::get_if<value::fraction>(&v.held_)) out_ += number->text;
        if (const auto* text = std::get_if<std::string>(&v.held_)) write_text(out_, *text);
        if (const auto* list = std::get_if<value::list>(&v.held_))
            write_all(*list, '[', ']', level, [&](const value& one) { write(one, level + 1); });
        if (const auto* object = std::get_if<value::members>(&v.held_))
            write_all(*object, '{', '}', level, [&](const value::member_pair& one) {
                write_text(out_, one.first);
                out_ += indent_ == 0 ? ":" : ": ";
                write(one.second, level + 1);
            });
    }

private:
    template <class List, class Write>
    void write_all(const List& all, char open, char close, std::size_t level, Write one) {
        out_ += open;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i > 0) out_ += ',';
            new_line(level + 1);
            one(all[i]);
        }
        if (!all.empty()) new_line(level);
        out_ += close;
    }
    void new_line(std::size_t level) {
        if (indent_ == 0) return;
        out_ += '\n';
        out_.append(level * indent_, ' ');
    }

    std::string& out_;
    std::size_t indent_;
};

class value_reader {
public:
    explicit value_reader(std::string_view text) : text_(text) {
        if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
    }

    value all() {
        value v = one(0);
        blanks();
        if (at_ < text_.size()) fail();
        return v;
    }

private:
    static constexpr int deepest = 500; ///< a document deeper than this is an attack, not a model

    [[noreturn]] void fail() const { throw value::parse_error(std::min(at_, text_.size()) + 1); }
    char next() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void blanks() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r'))
            ++at_;
    }
    void expect(std::string_view word) {
        for (const char c : word) {
            if (at_ >= text_.size() || text_[at_] != c) fail();
            ++at_;
        }
    }
    value word(std::string_view spelt, value v) {
        expect(spelt);
        return v;
    }

    value one(int depth) {
        blanks();
        if (depth > deepest) fail();
        switch (next()) {
        case '{':
            return object(depth);
        case '[':
            return list(depth);
        case '"':
            return text();
        case 't':
            return word("true", true);
        case 'f':
            return word("false", false);
        case 'n':
            return word("null", nullptr);
        default:
            return number();
        }
    }

    value list(int depth) {
        value out = value::array();
        ++at_;
        blanks();
        if (next() == ']') return ++at_, out;
        for (;;) {
            out.push_back(one(depth + 1));
            blanks();
            if (next() == ']') return ++at_, out;
            expect(",");
        }
    }

    value object(int depth) {
        value out = value::object();
        ++at_;
        blanks();
        if (next() == '}') return ++at_, out;
        for (;;) {
            blanks();
            if (next() != '"') fail();
            const std::string key = text();
            blanks();
            expect(":");
            out[key] = one(depth + 1);
            blanks();
            if (next() == '}') return ++at_, out;
            expect(",");
        }
    }

    std::string text() {
        std::string out;
        ++at_;
        for (;;) {
            if (at_ >= text_.size() || static_cast<unsigned char>(text_[at_]) < 0x20) fail();
            const char c = text_[at_];
            if (c == '"') return ++at_, out;
            if (c == '\\') {
                ++at_;
                escaped(out);
                continue;
            }
            const code letter = letter_at(text_, at_);
            if (letter.bytes == 0) fail();
            out.append(text_.substr(at_, letter.bytes));
            at_ += letter.bytes;
        }
    }

    void escaped(std::string& out) {
        const char c = next();
        constexpr std::string_view names = "\"\\/bfnrt", mean = "\"\\/\b\f\n\r\t";
        if (c == 'u') {
            ++at_;
            return coded(out);
        }
        const std::size_t found = c == '\0' ? std::string_view::npos : names.find(c);
        if (found == std::string_view::npos) fail();
        out += mean[found];
        ++at_;
    }

    std::uint32_t four_digits() {
        std::uint32_t out = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            const char c = next();
            const int digit = c >= '0' && c <= '9'   ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (digit < 0) fail();
            out = out * 16 + static_cast<std::uint32_t>(digit);
        }
        return out;
    }

    void coded(std::string& out) {
        std::uint32_t c = four_digits();
        if (c >= 0xDC00 && c <= 0xDFFF) fail();
        if (c >= 0xD800 && c <= 0xDBFF) { // the first half of a letter beyond U+FFFF
            expect("\\u");
            const std::uint32_t low = four_digits();
            if (low < 0xDC00 || low > 0xDFFF) fail();
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        }
        const auto add = [&out](std::uint32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
        if (c < 0x80) return add(c);
        if (c < 0x800) return add(0xC0 | c >> 6), add(0x80 | (c & 63));
        if (c < 0x10000) return add(0xE0 | c >> 12), add(0x80 | (c >> 6 & 63)), add(0x80 | (c & 63));
        add(0xF0 | c >> 18), add(0x80 | (c >> 12 & 63)), add(0x80 | (c >> 6 & 63)), add(0x80 | (c & 63));
    }

    std::size_t digits() {
        const std::size_t from = at_;
        while (next() >= '0' && next() <= '9') ++at_;
        return at_ - from;
    }

    value number() {
        const std::size_t from = at_;
        const bool negative = next() == '-';
        if (negative) ++at_;
        const bool zero = next() == '0';
        const std::size_t whole_digits = digits();
        if (whole_digits == 0 || (zero && whole_digits > 1)) fail();
        bool whole = true;
        if (next() == '.') {
            ++at_, whole = false;
            if (digits() == 0) fail();
        }
        if (next() == 'e' || next() == 'E') {
            ++at_, whole = false;
            if (next() == '+' || next() == '-') ++at_;
            if (digits() == 0) fail();
        }
        const char *begin = text_.data() + from, *end = text_.data() + at_;
        std::int64_t below = 0;
        std::uint64_t above = 0;
        if (whole && negative && std::from_chars(begin, end, below).ec == std::errc()) return below;
        if (whole && !negative && std::from_chars(begin, end, above).ec == std::errc()) return above;
        value v;
        v.held_ = value::fraction{std::string(begin, end)};
        return v;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

value value::array(std::initializer_list<element> elements) {
    list made;
    made.reserve(elements.size());
    for (const element& e : elements) made.push_back(e.taken());
    value v;
    v.held_ = std::move(made);
    return v;
}

value value::object() {
    value v;
    v.held_ = members{};
    return v;
}

value value::parse(std::string_view text) { return value_reader(text).all(); }

std::size_t value::size() const noexcept {
    if (const auto* l = std::get_if<list>(&held_)) return l->size();
    if (const auto* o = std::get_if<members>(&held_)) return o->size();
    return 0;
}

value::iterator value::begin() const noexcept {
    if (const auto* o = std::get_if<members>(&held_)) return {nullptr, o->data()};
    const auto* l = std::get_if<list>(&held_);
    return {l != nullptr ? l->data() : nullptr, nullptr};
}

value::iterator value::end() const noexcept {
    if (const auto* o = std::get_if<members>(&held_)) return {nullptr, o->data() + o->size()};
    const auto* l = std::get_if<list>(&held_);
    return {l != nullptr ? l->data() + l->size() : nullptr, nullptr};
}

value::iterator value::find(std::string_view key) const noexcept {
    if (const auto* o = std::get_if<members>(&held_))
        for (const member_pair& m : *o)
            if (m.first == key) return {nullptr, &m};
    return end();
}

bool value::contains(std::string_view key) const noexcept { return is_object() && !(find(key) == end()); }

value& value::operator[](std::string_view key) {
    if (is_null()) held_ = members{};
    members& all = std::get<members>(held_);
    for (member_pair& m : all)
        if (m.first == key) return m.second;
    return all.emplace_back(std::string(key), value()).second;
}

const value& value::operator[](std::string_view key) const { return *find(key); }

void value::erase(std::string_view key) {
    members& all = std::get<members>(held_);
    all.erase(std::remove_if(all.begin(), all.end(), [&](const member_pair& m) { return m.first == key; }), all.end());
}

void value::update(value other) {
    for (member_pair& m : std::get<members>(other.held_)) (*this)[m.first] = std::move(m.second);
}

void value::push_back(value v) {
    if (is_null()) held_ = list{};
    std::get<list>(held_).push_back(std::move(v));
}

std::string value::dump(std::size_t indent) const {
    std::string out;
    value_writer(out, indent).write(*this);
    return out;
}

std::string in_json(std::string_view text) {
    std::string out;
    write_text(out, text);
    return out;
}

} // namespace riskshare::json
