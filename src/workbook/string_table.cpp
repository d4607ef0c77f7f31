#include "workbook/detail/string_table.hpp"

#include "workbook/detail/xml_scan.hpp"
#include "workbook/detail/xml_text.hpp"

namespace riskshare::workbook::detail {

namespace {

bool is(std::string_view name, std::string_view prefix, std::string_view local) {
    return name.size() == prefix.size() + local.size() && name.substr(prefix.size()) == local &&
           name.substr(0, prefix.size()) == prefix;
}

/// Past the text element at `tag`; its characters are appended.
std::size_t append_text_element(std::string& to, std::string_view content, const xml_tag& tag, std::string_view where) {
    if (tag.self_closing) return tag.end;
    const std::size_t past = past_element(content, tag, where, 5);
    const std::size_t close = content.rfind("</", past - 1);
    const std::size_t from = to.size();
    append_plain(to, content.substr(tag.end, close - tag.end), where);
    unescape_xstring(to, from);
    return past;
}

/// Past what stands at "<" and is no tag of an element; npos-safe.
bool past_non_element(std::string_view text, std::size_t& at, std::string_view where) {
    if (at + 1 >= text.size() || (text[at + 1] != '!' && text[at + 1] != '?')) return false;
    at = past_markup(text, at, where);
    return true;
}

} // namespace

void append_rich_text(std::string& to, std::string_view content, std::string_view prefix, std::string_view where) {
    for (std::size_t at = content.find('<'); at != std::string_view::npos; at = content.find('<', at)) {
        if (past_non_element(content, at, where)) continue;
        const xml_tag tag = tag_at(content, at, where);
        if (tag.closing)
            at = tag.end;
        else if (is(tag.name, prefix, "t"))
            at = append_text_element(to, content, tag, where);
        else if (is(tag.name, prefix, "r"))
            at = tag.end; // its properties are skipped below, its text is read above
        else
            at = past_element(content, tag, where, 5);
    }
}

string_table::string_table(std::string_view text, std::string_view where) {
    xml_reader reader(text, where);
    for (auto e = reader.next(); e != xml_reader::event::end; e = reader.next()) {
        if (e != xml_reader::event::open || reader.depth() < 2) continue;
        if (reader.name() != "si") {
            reader.skip();
            continue;
        }
        const std::size_t begin = reader.end();
        const bool empty = reader.self_closing();
        reader.skip();
        if (!empty) {
            const std::size_t close = text.rfind("</", reader.end() - 1);
            append_rich_text(characters_, text.substr(begin, close - begin), reader.prefix(), where);
        }
        ends_.push_back(static_cast<std::uint32_t>(characters_.size()));
    }
}

} // namespace riskshare::workbook::detail
