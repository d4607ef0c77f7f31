// Reading directories of bodies from TOML.
#include <riskshare/directory_document.hpp>

#include "detail/toml_values.hpp"

#include <riskshare/parse_period.hpp>

namespace riskshare {

namespace {

using detail::refuse;
using detail::text_of;

/// "2022/23 M4".
period period_of(const toml::node& n, const std::string& key) {
    const std::string text = text_of(n, key);
    const std::size_t blank = text.find(' ');
    const result<financial_year> year = parse_financial_year(text.substr(0, blank));
    const result<month_label> when = parse_month(blank == std::string::npos ? "" : text.substr(blank + 1));
    if (!year || !when) refuse(key + ": \"" + text + "\" is not a month of a year; write 2022/23 M4", n);
    return {*year, when->month};
}

organisation body_of(const std::string& code, const toml::table& t) {
    organisation out;
    out.code = out.name = code;
    for (const auto& [k, node] : t) {
        const std::string key(k.str()), full = code + "." + key;
        if (key == "name") {
            out.name = text_of(node, full);
        } else if (key == "also") {
            if (!node.is_array()) refuse(full + " must be a list of names", node);
            for (const toml::node& name : *node.as_array()) out.aliases.push_back(text_of(name, full));
        } else if (key == "successor") {
            out.successor = text_of(node, full);
        } else if (key == "from") {
            out.succeeded = period_of(node, full);
        } else {
            refuse("unknown key " + full + "; a body has name, also, successor and from", node);
        }
    }
    return out;
}

} // namespace

result<organisation_directory> read_directory(const std::string& text, const std::string& name) {
    const auto line = [&name](std::uint32_t n, const std::string& why) {
        return failure{"directory.malformed", name + " line " + std::to_string(n) + ": " + why};
    };
    try {
        const toml::table document = toml::parse(text, name);
        std::vector<organisation> bodies;
        for (const auto& [code, node] : document) {
            if (!node.is_table()) refuse("a directory has a section for each body, such as [UHL]", node);
            bodies.push_back(body_of(std::string(code.str()), *node.as_table()));
        }
        result<organisation_directory> made = organisation_directory::of(std::move(bodies));
        if (!made) return failure{made.why().rule, name + ": " + made.why().message};
        return made;
    } catch (const toml::parse_error& e) {
        return line(e.source().begin.line, std::string(e.description()));
    } catch (const detail::toml_fault& e) {
        return line(e.line, e.message);
    }
}

} // namespace riskshare
