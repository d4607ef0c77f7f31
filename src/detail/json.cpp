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

std::int64_t whole_number(const value& v, const std::string& path, std::int64_t least, std::int64_t most) {
    const bool fits = v.is_number_integer() && !(v.is_number_unsigned() && v.get<std::uint64_t>() > INT64_MAX);
    if (!fits || v.get<std::int64_t>() < least || v.get<std::int64_t>() > most)
        throw malformed{path, "a whole number from " + std::to_string(least) + " to " + std::to_string(most) +
                                  " is expected"};
    return v.get<std::int64_t>();
}

exact exact_from(const value& v, const std::string& path) {
    const std::string text = text_of(v, path);
    const std::size_t slash = text.find('/');
    const result<decimal> over = parse_decimal(std::string_view(text).substr(0, slash));
    if (!over) throw malformed{path, over.why().message};
    const exact amount(*over, unit::pounds);
    if (slash == std::string::npos) return amount;
    const result<ratio> under = parse_ratio(text.substr(slash + 1));
    if (!under || *under <= ratio(0)) throw malformed{path, "\"" + text + "\" is no amount"};
    return amount / *under;
}

money money_from(const value& v, const std::string& path) {
    const exact amount = exact_from(v, path);
    try {
        const money m = rounded(amount, rounding::half_away_from_zero);
        if (exact(m) == amount) return m;
    } catch (const overflow&) {
        throw malformed{path, "£" + to_string(amount) + " is beyond the range of money"};
    }
    throw malformed{path, to_string(amount) + " is finer than a penny"};
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
    if (const auto shown = v.find("shown_places"); shown != v.end())
        places = static_cast<int>(whole_number(*shown, path + ".shown_places", -15, 30));
    figure f(*written, *u, provenance_from(member(v, "at", path), path + ".at"), places);
    const std::string amount = text_of(member(v, "amount", path), path + ".amount");
    if (amount != to_string(f.value()))
        throw malformed{path + ".amount", amount + " is not " + to_string(*written) + " " + unit_text};
    return f;
}

} // namespace riskshare::json
