#include "detail/json.hpp"

#include <riskshare/workbook/cell.hpp>

namespace riskshare::json {

value of(const provenance& p) {
    if (!p.known()) return nullptr;
    value v{{"file", p.file()}, {"sheet", p.sheet()}};
    if (p.row() != 0) v["cell"] = p.cell();
    return v;
}

value of(const cell_figure& f) {
    if (!f) return nullptr;
    value v{{"amount", of(f->value())}, {"written", to_string(f->written())}, {"unit", to_string(f->unit())}};
    if (f->places() != f->written().places()) v["shown_places"] = f->places();
    v["at"] = of(f->at());
    return v;
}

value of(const finding& f) {
    value at = value::array();
    for (const provenance& p : f.at) at.push_back(of(p));
    const auto optional_amount = [](const std::optional<exact>& e) { return e ? of(*e) : value(nullptr); };
    return {{"rule", f.rule},
            {"severity", to_string(f.severity)},
            {"verdict", f.verdict ? value(to_string(*f.verdict)) : value(nullptr)},
            {"message", f.message},
            {"advice", f.advice},
            {"at", at},
            {"expected", optional_amount(f.expected)},
            {"found", optional_amount(f.found)},
            {"difference", optional_amount(f.difference)},
            {"looks_like", f.looks_like ? value(to_string(*f.looks_like)) : value(nullptr)}};
}

const value& member(const value& object, const char* key, const std::string& path) {
    if (!object.is_object()) throw malformed{path, "an object is expected"};
    const auto found = object.find(key);
    if (found == object.end()) throw malformed{path, "\"" + std::string(key) + "\" is missing"};
    return *found;
}

std::string text_of(const value& v, const std::string& path) {
    if (!v.is_string()) throw malformed{path, "a text is expected"};
    return v.get<std::string>();
}

const value& array_of(const value& v, const std::string& path) {
    if (!v.is_array()) throw malformed{path, "a list is expected"};
    return v;
}

provenance provenance_from(const value& v, const std::string& path) {
    if (v.is_null()) return {};
    const std::string file = text_of(member(v, "file", path), path + ".file");
    const std::string sheet = text_of(member(v, "sheet", path), path + ".sheet");
    const auto cell = v.find("cell");
    if (cell == v.end()) return provenance(file, sheet);
    const result<workbook::address> at = workbook::parse_address(text_of(*cell, path + ".cell"));
    if (!at) throw malformed{path + ".cell", at.why().message};
    return provenance(file, sheet, at->row, at->column);
}

cell_figure figure_from(const value& v, const std::string& path) {
    if (v.is_null()) return {};
    const result<decimal> written = parse_decimal(text_of(member(v, "written", path), path + ".written"));
    if (!written) throw malformed{path + ".written", written.why().message};
    const std::string unit_text = text_of(member(v, "unit", path), path + ".unit");
    const std::optional<unit> u = parse_unit(unit_text);
    if (!u) throw malformed{path + ".unit", "\"" + unit_text + "\" is no unit"};
    std::optional<int> places;
    if (const auto shown = v.find("shown_places"); shown != v.end()) {
        if (!shown->is_number_integer() || shown->get<std::int64_t>() < -15 || shown->get<std::int64_t>() > 30)
            throw malformed{path + ".shown_places", "a whole number from -15 to 30 is expected"};
        places = shown->get<int>();
    }
    figure f(*written, *u, provenance_from(member(v, "at", path), path + ".at"), places);
    const std::string amount = text_of(member(v, "amount", path), path + ".amount");
    if (amount != to_string(f.value()))
        throw malformed{path + ".amount", amount + " is not " + to_string(*written) + " " + unit_text};
    return f;
}

} // namespace riskshare::json
