#include "workbook/detail/xml_scan.hpp"

#include "workbook/detail/xml_text.hpp"

#include <riskshare/error.hpp>

#include <algorithm>
#include <cstring>

namespace riskshare::workbook::detail {

namespace {

[[noreturn]] void refuse(std::string_view where, std::size_t at, std::string_view why,
                         const char* rule = "workbook.xml") {
    throw input_refused(rule, std::string(where) + ": " + std::string(why) + ", at byte " + std::to_string(at));
}

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool ends_name(char c) { return is_space(c) || c == '>' || c == '/' || c == '='; }

std::size_t find(std::string_view text, char c, std::size_t from) {
    const void* hit = from < text.size() ? std::memchr(text.data() + from, c, text.size() - from) : nullptr;
    return hit == nullptr ? std::string_view::npos
                          : static_cast<std::size_t>(static_cast<const char*>(hit) - text.data());
}

std::string_view local_part(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view prefix_part(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon + 1);
}

/// The next `name="value"` of `attributes` from `at` on; false at the end or at what is none.
bool next_attribute(std::string_view attributes, std::size_t& at, std::string_view& name, std::string_view& value) {
    while (at < attributes.size() && is_space(attributes[at])) ++at;
    const std::size_t name_begin = at;
    while (at < attributes.size() && !ends_name(attributes[at])) ++at;
    name = attributes.substr(name_begin, at - name_begin);
    while (at < attributes.size() && is_space(attributes[at])) ++at;
    if (name.empty() || at == attributes.size() || attributes[at] != '=') return false;
    ++at;
    while (at < attributes.size() && is_space(attributes[at])) ++at;
    if (at == attributes.size() || (attributes[at] != '"' && attributes[at] != '\'')) return false;
    const std::size_t close = attributes.find(attributes[at], at + 1);
    if (close == std::string_view::npos) return false;
    value = attributes.substr(at + 1, close - at - 1);
    at = close + 1;
    return true;
}

bool is_spreadsheet_namespace(std::string_view uri) {
    return uri == "http://schemas.openxmlformats.org/spreadsheetml/2006/main" ||
           uri == "http://purl.oclc.org/ooxml/spreadsheetml/main";
}

bool reads_namespace(std::string_view uri) {
    constexpr std::string_view extensions[] = {
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
        "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac",
        "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main",
        "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac",
    };
    return is_spreadsheet_namespace(uri) ||
           std::find(std::begin(extensions), std::end(extensions), uri) != std::end(extensions);
}

/// The prefix, "x:" or "", of the elements that we read. A macro sheet's root has another one than its rows and cells.
std::string main_prefix(const xml_tag& root) {
    const std::string own(prefix_part(root.name));
    std::string found = own;
    std::string_view name, value;
    for (std::size_t at = 0; next_attribute(root.attributes, at, name, value);) {
        if (name.substr(0, 5) != "xmlns" || !is_spreadsheet_namespace(value)) continue;
        const std::string declared = name.size() > 6 ? std::string(name.substr(6)) + ":" : "";
        if (declared == own) return own;
        found = declared;
    }
    return found;
}

/// Whether a prefix, "x:" or "", means a namespace of the format that we read, by the elements that are open: the last
/// declaration of it counts.
bool is_bound_to_ours(std::string_view prefix, const std::string_view* open, std::size_t count) {
    constexpr std::string_view others[] = {"http://schemas.openxmlformats.org/package/2006/relationships",
                                           "http://schemas.openxmlformats.org/package/2006/content-types"};
    const std::string key = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix.substr(0, prefix.size() - 1));
    for (std::size_t i = count; i > 0; --i)
        if (const std::optional<std::string_view> uri = raw_attribute(open[i - 1], key))
            return is_spreadsheet_namespace(*uri) ||
                   std::find(std::begin(others), std::end(others), *uri) != std::end(others);
    return false;
}

} // namespace

xml_tag tag_at(std::string_view text, std::size_t at, std::string_view where) {
    xml_tag tag;
    tag.begin = at;
    std::size_t i = at + 1;
    tag.closing = i < text.size() && text[i] == '/';
    if (tag.closing) ++i;
    const std::size_t name_begin = i;
    while (i < text.size() && !ends_name(text[i]) && text[i] != '<') ++i;
    tag.name = text.substr(name_begin, i - name_begin);
    if (tag.name.empty()) refuse(where, at, "\"<\" does not begin a tag");
    const std::size_t attributes_begin = i;
    for (char quote = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '<') break;
        if (quote != 0) {
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '>') {
            tag.self_closing = !tag.closing && text[i - 1] == '/';
            tag.attributes = text.substr(attributes_begin, i - attributes_begin - (tag.self_closing ? 1 : 0));
            tag.end = i + 1;
            return tag;
        }
    }
    refuse(where, at, "a tag is not closed");
}

xml_tag root_tag(std::string_view text, std::string_view where) {
    std::size_t at = find(text, '<', 0);
    while (at != std::string_view::npos && at + 1 < text.size() && (text[at + 1] == '!' || text[at + 1] == '?'))
        at = find(text, '<', past_markup(text, at, where));
    if (at == std::string_view::npos) refuse(where, 0, "the part holds no element");
    return tag_at(text, at, where);
}

std::optional<std::string_view> raw_attribute(std::string_view attributes, std::string_view wanted) {
    std::string_view name, value;
    for (std::size_t at = 0; next_attribute(attributes, at, name, value);)
        if (name == wanted) return value;
    return std::nullopt;
}

std::size_t past_markup(std::string_view text, std::size_t at, std::string_view where) {
    const std::string_view rest = text.substr(at, 9);
    const bool cdata = rest == "<![CDATA[", comment = rest.substr(0, 4) == "<!--",
               instruction = rest.substr(0, 2) == "<?";
    if (rest.substr(0, 3) == "<!D")
        refuse(where, at, "a document type declaration has no place in a workbook", "workbook.doctype");
    if (!cdata && !comment && !instruction) refuse(where, at, "\"<!\" begins nothing that a workbook may hold");
    const std::string_view close = cdata ? "]]>" : comment ? "-->" : "?>";
    const std::size_t end = text.find(close, at + (comment ? 4 : 2));
    if (end == std::string_view::npos) refuse(where, at, "a comment, instruction or CDATA is not closed");
    return end + close.size();
}

std::size_t past_element(std::string_view text, const xml_tag& open, std::string_view where, std::size_t depth) {
    if (open.self_closing) return open.end;
    std::array<std::string_view, deepest> names;
    std::size_t count = 0;
    names[count++] = open.name;
    for (std::size_t at = open.end; count > 0;) {
        at = find(text, '<', at);
        if (at == std::string_view::npos || at + 1 == text.size())
            refuse(where, open.begin, "an element is not closed");
        if (text[at + 1] == '!' || text[at + 1] == '?') {
            at = past_markup(text, at, where);
            continue;
        }
        const xml_tag tag = tag_at(text, at, where);
        at = tag.end;
        if (tag.closing) {
            if (names[--count] != tag.name) refuse(where, tag.begin, "an element is closed that was not open");
            if (count == 0) return at;
        } else if (!tag.self_closing) {
            if (count + depth >= deepest) refuse(where, tag.begin, "elements nest too deep", "workbook.depth");
            names[count++] = tag.name;
        }
    }
    return open.end;
}

bool understood(std::string_view choice_attributes, const std::string_view* declared, std::size_t count) {
    // A hostile file would have us look for every one of its prefixes in all of its declarations.
    constexpr std::size_t most_prefixes = 256, most_declared = 8192;
    const std::string_view prefixes = raw_attribute(choice_attributes, "Requires").value_or("");
    std::size_t searched = choice_attributes.size();
    for (std::size_t i = 0; i < count; ++i) searched += declared[i].size();
    if (prefixes.size() > most_prefixes || searched > most_declared) return false;
    for (std::size_t at = 0; at < prefixes.size();) {
        const std::size_t end = std::min(prefixes.find(' ', at), prefixes.size());
        const std::string key = "xmlns:" + std::string(prefixes.substr(at, end - at));
        at = end + 1;
        if (key.size() == 6) continue;
        std::optional<std::string_view> uri = raw_attribute(choice_attributes, key);
        for (std::size_t i = count; !uri && i > 0; --i) uri = raw_attribute(declared[i - 1], key);
        if (!uri || !reads_namespace(*uri)) return false;
    }
    return true;
}

xml_reader::event xml_reader::next() {
    if (close_pending_) {
        close_pending_ = false;
        begin_ = end_;
        --depth_;
        name_ = names_[depth_];
        return event::close;
    }
    while (true) {
        if (at_ >= text_.size()) {
            if (depth_ > 0 || !seen_root_) refuse(where_, at_, "the part ends too early");
            begin_ = end_ = text_.size();
            return event::end;
        }
        if (text_[at_] != '<') {
            begin_ = at_;
            at_ = end_ = std::min(find(text_, '<', at_), text_.size());
            const bool outside = depth_ == 0 || frames_[depth_ - 1] != frame::plain;
            if (!outside) return event::text;
            continue;
        }
        const char second = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
        if (second == '!' || second == '?') {
            begin_ = at_;
            at_ = end_ = past_markup(text_, at_, where_);
            if (depth_ > 0 && text_.substr(begin_, 3) == "<![") return event::text;
            continue;
        }
        tag_ = tag_at(text_, at_, where_);
        begin_ = tag_.begin;
        at_ = end_ = tag_.end;
        if (tag_.closing ? close_tag() : open_tag()) return tag_.closing ? event::close : event::open;
    }
}

/// True when the element is one that the caller is to see.
bool xml_reader::open_tag() {
    if (depth_ == 0) {
        if (seen_root_) refuse(where_, tag_.begin, "there is a second root element");
        seen_root_ = true;
        prefix_ = main_prefix(tag_);
    }
    if (depth_ == deepest) refuse(where_, tag_.begin, "elements nest too deep", "workbook.depth");
    const std::string_view local = local_part(tag_.name);
    const frame around = depth_ == 0 ? frame::plain : frames_[depth_ - 1];
    frame kind = frame::plain;
    if (around == frame::alternate || around == frame::alternate_done) {
        const bool chosen =
            around == frame::alternate &&
            (local == "Fallback" || (local == "Choice" && understood(tag_.attributes, attributes_.data(), depth_)));
        if (!chosen) {
            at_ = end_ = past_element(text_, tag_, where_, depth_);
            return false;
        }
        frames_[depth_ - 1] = frame::alternate_done;
        kind = frame::branch;
    } else if (local == "AlternateContent" && local.size() != tag_.name.size()) {
        kind = frame::alternate;
    }
    attributes_[depth_] = tag_.attributes;
    const std::string_view prefix = prefix_part(tag_.name);
    const bool ours = prefix == prefix_ || is_bound_to_ours(prefix, attributes_.data(), depth_ + 1);
    names_[depth_] = ours ? local : tag_.name;
    // Its rows and cells are marked as it is; a part may have several prefixes for one namespace.
    if (ours && local == "sheetData") prefix_ = prefix;
    frames_[depth_] = kind;
    if (kind != frame::plain) {
        if (!tag_.self_closing) ++depth_;
        return false;
    }
    name_ = names_[depth_++];
    close_pending_ = tag_.self_closing;
    return true;
}

bool xml_reader::close_tag() {
    if (depth_ == 0) refuse(where_, tag_.begin, "an element is closed that was not open");
    --depth_;
    const std::string_view opened = names_[depth_];
    const std::string_view prefix = prefix_part(tag_.name);
    const bool ours = prefix == prefix_ || is_bound_to_ours(prefix, attributes_.data(), depth_ + 1);
    const std::string_view closed = ours ? local_part(tag_.name) : tag_.name;
    if (opened != closed) refuse(where_, tag_.begin, "an element is closed that was not open");
    name_ = opened;
    return frames_[depth_] == frame::plain;
}

std::optional<std::string> xml_reader::attribute(std::string_view name) const {
    const auto raw = raw_attribute(tag_.attributes, name);
    if (!raw) return std::nullopt;
    return plain(*raw, where_);
}

std::optional<std::string> xml_reader::prefixed_attribute(std::string_view wanted) const {
    std::string_view name, value;
    for (std::size_t at = 0; next_attribute(tag_.attributes, at, name, value);) {
        const std::string_view prefix = prefix_part(name);
        if (!prefix.empty() && prefix != "xmlns:" && local_part(name) == wanted) return plain(value, where_);
    }
    return std::nullopt;
}

bool xml_reader::flag(std::string_view name, bool otherwise) const {
    const auto raw = raw_attribute(tag_.attributes, name);
    return raw ? *raw == "1" || *raw == "true" || *raw == "on" : otherwise;
}

void xml_reader::skip() {
    if (!close_pending_) at_ = end_ = past_element(text_, tag_, where_, depth_ - 1);
    close_pending_ = false;
    --depth_;
}

std::string xml_reader::inner_text() {
    std::string text;
    const std::size_t outer = depth_;
    while (true) {
        const event e = next();
        if (e == event::close && depth_ < outer) return text;
        if (e == event::open)
            skip();
        else if (e == event::text)
            append_plain(text, raw_text(), where_);
    }
}

} // namespace riskshare::workbook::detail
