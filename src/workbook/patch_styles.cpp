#include "workbook/detail/relationships.hpp"
#include "workbook/detail/splice.hpp"
#include "workbook/detail/style_editor.hpp"

#include <algorithm>

namespace riskshare::workbook::detail {

style_editor::style_editor(const package& p, std::string part) : part_(std::move(part)) {
    if (part_.empty() || !p.has(part_)) return;
    where_ = place_of(p, part_);
    text_ = decoded(p.read(part_), where_);
    known_ = styles(text_.text, where_);
    read();
}

void style_editor::read() {
    const std::string& text = text_.text;
    xml_reader reader(text, where_);
    for (auto e = reader.next(); e != xml_reader::event::end; e = reader.next()) {
        if (e == xml_reader::event::close && reader.name() == "cellXfs" && list_tag_.end != 0) {
            list_end_ = {reader.begin(), reader.begin()};
            break;
        }
        if (e != xml_reader::event::open || reader.depth() < 2) continue;
        if (reader.name() == "cellXfs" && !reader.self_closing()) {
            list_tag_ = {reader.begin(), reader.end()};
            list_attributes_ = reader.attributes();
            list_name_ = tag_at(text, reader.begin(), where_).name;
        } else {
            const std::size_t begin = reader.begin();
            const bool listed = list_tag_.end != 0 && reader.name() == "xf";
            reader.skip();
            if (listed) formats_.push_back(text.substr(begin, reader.end() - begin));
        }
    }
    old_count_ = formats_.size();
}

bool style_editor::keeps_text(std::uint32_t style) const {
    if (!exists(style)) return false;
    const xml_tag tag = tag_at(formats_[style], 0, where_);
    const auto prefix = raw_attribute(tag.attributes, "quotePrefix");
    return (prefix && (*prefix == "1" || *prefix == "true")) || known_.number_format(style) == "@";
}

std::optional<std::uint32_t> style_editor::as_date(std::uint32_t style) {
    constexpr const char* short_date = "14"; // ECMA-376 part 1, 18.8.30
    return with_attributes(style, {{"numFmtId", short_date}, {"applyNumberFormat", "1"}});
}

std::optional<std::uint32_t> style_editor::as_text(std::uint32_t style) {
    return with_attributes(style, {{"quotePrefix", "1"}});
}

std::optional<std::uint32_t>
style_editor::with_attributes(std::uint32_t style, const std::vector<std::pair<const char*, const char*>>& wanted) {
    if (!exists(style) || list_end_.end == 0) return {};
    const std::string& old = formats_[style];
    const xml_tag tag = tag_at(old, 0, where_);
    std::string attributes(tag.attributes);
    for (const auto& [name, value] : wanted) attributes = with_attribute(attributes, name, value);
    const span at = span_of(old, tag.attributes);
    std::string changed = old.substr(0, at.begin) + attributes + old.substr(at.end);
    const auto found = std::find(formats_.begin(), formats_.end(), changed);
    const auto index = static_cast<std::uint32_t>(found - formats_.begin());
    if (found == formats_.end()) formats_.push_back(std::move(changed));
    return index;
}

std::string style_editor::content() const {
    splices changes;
    std::string tag = "<" + list_name_;
    tag += with_attribute(list_attributes_, "count", std::to_string(formats_.size())) + ">";
    changes.replace(list_tag_, std::move(tag));
    for (std::size_t i = old_count_; i < formats_.size(); ++i) changes.insert(list_end_.begin, formats_[i]);
    return encoded({changes.applied_to(text_.text), text_.stored});
}

} // namespace riskshare::workbook::detail
