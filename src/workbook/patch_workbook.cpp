#include "workbook/detail/relationships.hpp"
#include "workbook/detail/splice.hpp"
#include "workbook/detail/workbook_edit.hpp"
#include "workbook/detail/xml_text.hpp"
#include "workbook/detail/zip.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace riskshare::workbook::detail {
namespace {

/// The part without the elements of that name whose attribute passes the test; nothing when there are none.
template <class Test>
std::optional<std::string> without_elements(const package& p, const std::string& part, std::string_view name,
                                            std::string_view attribute, Test goes) {
    if (!p.has(part)) return {};
    const std::string where = place_of(p, part);
    part_text text = decoded(p.read(part), where);
    splices changes;
    xml_reader reader(text.text, where);
    for (auto e = reader.next(); e != xml_reader::event::end; e = reader.next()) {
        if (e != xml_reader::event::open || reader.name() != name) continue;
        const std::size_t begin = reader.begin();
        const bool hit = goes(reader.attribute(attribute).value_or(""));
        reader.skip();
        if (hit) changes.replace({begin, reader.end()}, "");
    }
    if (changes.empty()) return {};
    text.text = changes.applied_to(text.text);
    return encoded(std::move(text));
}

/// Where in the workbook part <calcPr> is or belongs.
struct calculation_place {
    span tag; ///< empty: not there
    std::string attributes, name;
    bool self_closing = true;
    std::size_t insert_at = 0;
    std::string prefix;
};

calculation_place find_calculation(const std::string& text, const std::string& where) {
    // ECMA-376 part 1, 18.2.27: what may stand before <calcPr>.
    constexpr std::array<std::string_view, 9> before = {"fileVersion",        "fileSharing",        "workbookPr",
                                                        "workbookProtection", "bookViews",          "sheets",
                                                        "functionGroups",     "externalReferences", "definedNames"};
    calculation_place place;
    xml_reader reader(text, where);
    for (auto e = reader.next(); e != xml_reader::event::end; e = reader.next()) {
        if (e != xml_reader::event::open) continue;
        if (reader.depth() == 1) {
            place.insert_at = reader.end();
            place.prefix = reader.prefix();
            continue;
        }
        if (reader.name() == "calcPr") {
            place.tag = {reader.begin(), reader.end()};
            place.attributes = reader.attributes();
            place.name = tag_at(text, reader.begin(), where).name;
            place.self_closing = reader.self_closing();
            return place;
        }
        const bool goes_before = std::find(before.begin(), before.end(), reader.name()) != before.end();
        reader.skip();
        if (goes_before) place.insert_at = reader.end();
    }
    return place;
}

bool is_on(std::string_view attributes) {
    const auto value = raw_attribute(attributes, "fullCalcOnLoad");
    return value && (*value == "1" || *value == "true");
}

} // namespace

void drop_calculation_chain(const package& p, const std::string& workbook_part, side_effects& effects) {
    std::vector<std::string> chains;
    for (const relationship& r : relationships_of(p, workbook_part))
        if (r.type == "calcChain" && !r.external) chains.push_back(zip::key_of(r.target));
    if (chains.empty()) return;
    const auto is_chain = [&](const std::string& part) {
        return std::find(chains.begin(), chains.end(), zip::key_of(part)) != chains.end();
    };
    for (const std::string& part : p.part_names())
        if (is_chain(part)) effects.changes.push_back({part, "", true});
    const std::string relations = relationships_part(workbook_part);
    if (auto changed = without_elements(p, relations, "Relationship", "Target", [&](const std::string& target) {
            return is_chain(resolved(workbook_part, target));
        }))
        effects.changes.push_back({relations, std::move(*changed)});
    const std::string types = "[Content_Types].xml";
    if (auto changed = without_elements(p, types, "Override", "PartName", is_chain))
        effects.changes.push_back({types, std::move(*changed)});
    effects.sentences.push_back(
        "a formula went, so the calculation chain was dropped; it is rebuilt when the file is opened");
}

bool recalculates_on_load(const package& p, const std::string& workbook_part) {
    return is_on(find_calculation(text_of(p, workbook_part), place_of(p, workbook_part)).attributes);
}

void ask_for_recalculation(const package& p, const std::string& workbook_part, side_effects& effects) {
    const std::string where = place_of(p, workbook_part);
    part_text text = decoded(p.read(workbook_part), where);
    const calculation_place place = find_calculation(text.text, where);
    if (is_on(place.attributes)) return;
    splices change;
    const bool exists = place.tag.end != 0;
    const std::string name = exists ? place.name : place.prefix + "calcPr";
    std::string tag = "<" + name + with_attribute(place.attributes, "fullCalcOnLoad", "1");
    tag += place.self_closing ? "/>" : ">";
    if (exists)
        change.replace(place.tag, std::move(tag));
    else
        change.insert(place.insert_at, std::move(tag));
    text.text = change.applied_to(text.text);
    effects.changes.push_back({workbook_part, encoded(std::move(text))});
    effects.sentences.push_back("the workbook holds formulas, so it is marked to be calculated anew when it is opened");
}

bool has_formula(std::string_view text, std::string_view where) {
    const std::string open = "<" + std::string(prefix_of(root_tag(text, where).name)) + "f";
    for (std::size_t at = text.find(open); at != std::string_view::npos; at = text.find(open, at + 1)) {
        const char after = at + open.size() < text.size() ? text[at + open.size()] : '\0';
        if (after == '>' || after == ' ' || after == '/' || after == '\n' || after == '\r' || after == '\t')
            return true;
    }
    return false;
}

} // namespace riskshare::workbook::detail
