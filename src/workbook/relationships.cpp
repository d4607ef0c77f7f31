#include "workbook/detail/relationships.hpp"

#include "workbook/detail/xml_scan.hpp"
#include "workbook/detail/xml_text.hpp"

#include <algorithm>

namespace riskshare::workbook::detail {

namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// "sheet%201.xml" as "sheet 1.xml".
std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        out += low >= 0 ? static_cast<char>(high * 16 + low) : text[i];
        if (low >= 0) i += 2;
    }
    return out;
}

std::string_view last_word(std::string_view address) { return address.substr(address.rfind('/') + 1); }

} // namespace

std::string relationships_part(std::string_view part) {
    const std::size_t slash = part.rfind('/');
    const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
    return std::string(part.substr(0, name)) + "_rels/" + std::string(part.substr(name)) + ".rels";
}

std::string resolved(std::string_view part, std::string_view target) {
    std::string path(target.substr(0, target.find('#')));
    for (char& c : path)
        if (c == '\\') c = '/';
    if (path.empty() || path.front() != '/') path = std::string(part.substr(0, part.rfind('/') + 1)) + path;
    std::vector<std::string_view> kept;
    const std::string_view view = path;
    for (std::size_t at = 0; at <= view.size();) {
        const std::size_t slash = std::min(view.find('/', at), view.size());
        const std::string_view step = view.substr(at, slash - at);
        at = slash + 1;
        if (step == "..") {
            if (!kept.empty()) kept.pop_back();
        } else if (!step.empty() && step != ".") {
            kept.push_back(step);
        }
    }
    std::string name;
    for (const std::string_view step : kept) name += (name.empty() ? "" : "/") + std::string(step);
    return name;
}

std::vector<relationship> relationships_of(const package& source, std::string_view part) {
    std::vector<relationship> all;
    const std::string name = relationships_part(part);
    if (!source.has(name)) return all;
    const std::string text = text_of(source, name), where = place_of(source, name);
    xml_reader reader(text, where);
    for (auto e = reader.next(); e != xml_reader::event::end; e = reader.next()) {
        if (e != xml_reader::event::open || reader.name() != "Relationship") continue;
        relationship one;
        one.id = reader.attribute("Id").value_or("");
        one.type = last_word(reader.attribute("Type").value_or(""));
        one.target = reader.attribute("Target").value_or("");
        one.external = reader.attribute("TargetMode").value_or("") == "External";
        if (!one.external) {
            one.target = resolved(part, one.target);
            if (!source.has(one.target) && source.has(percent_decoded(one.target)))
                one.target = percent_decoded(one.target);
            one.missing = !source.has(one.target);
        }
        all.push_back(std::move(one));
    }
    return all;
}

std::string place_of(const package& source, std::string_view part) {
    return source.name() + ", part " + std::string(part);
}

std::string text_of(const package& source, std::string_view part) {
    return decoded(source.read(part), place_of(source, part)).text;
}

} // namespace riskshare::workbook::detail
