#include <riskshare/document.hpp>

#include "detail/json.hpp"

namespace riskshare {

namespace {

using json::array_of;
using json::malformed;
using json::member;
using json::text_of;
using json::value;

constexpr const char* schema = "riskshare.model/1";

value of(const savings_plan& p) {
    value v{{"organisation", p.organisation}};
    for (rating r : ratings) v[to_string(r)] = json::of(p.of(r));
    v["printed_total"] = json::of(p.printed_total);
    v["printed_risk"] = json::of(p.printed_risk);
    v["at"] = json::of(p.at);
    return v;
}

savings_plan savings_plan_from(const value& v, const std::string& path) {
    savings_plan p;
    p.organisation = text_of(member(v, "organisation", path), path + ".organisation");
    for (rating r : ratings) p.of(r) = json::figure_from(member(v, to_string(r), path), path + "." + to_string(r));
    p.printed_total = json::figure_from(member(v, "printed_total", path), path + ".printed_total");
    p.printed_risk = json::figure_from(member(v, "printed_risk", path), path + ".printed_risk");
    p.at = json::provenance_from(member(v, "at", path), path + ".at");
    return p;
}

value of(const control_total& c) {
    return {{"organisation", c.organisation},
            {"gross", json::of(c.gross)},
            {"centralised_funding", json::of(c.centralised_funding)},
            {"printed", json::of(c.printed)},
            {"net_unmitigated_risk", json::of(c.net_unmitigated_risk)},
            {"at", json::of(c.at)}};
}

control_total control_total_from(const value& v, const std::string& path) {
    control_total c;
    c.organisation = text_of(member(v, "organisation", path), path + ".organisation");
    c.gross = json::figure_from(member(v, "gross", path), path + ".gross");
    c.centralised_funding = json::figure_from(member(v, "centralised_funding", path), path + ".centralised_funding");
    c.printed = json::figure_from(member(v, "printed", path), path + ".printed");
    c.net_unmitigated_risk = json::figure_from(member(v, "net_unmitigated_risk", path), path + ".net_unmitigated_risk");
    c.at = json::provenance_from(member(v, "at", path), path + ".at");
    return c;
}

template <class Row>
value list_of(const std::vector<Row>& rows) {
    value v = value::array();
    for (const Row& row : rows) v.push_back(of(row));
    return v;
}

template <class Row, class From>
std::vector<Row> rows_from(const value& object, const char* key, const std::string& path, From from) {
    std::vector<Row> out;
    const std::string list = path + "." + key;
    for (const value& row : array_of(member(object, key, path), list))
        out.push_back(from(row, list + "[" + std::to_string(out.size()) + "]"));
    return out;
}

risk_weights weights_from(const value& v, const std::string& path) {
    const auto weight = [&](rating r) {
        const std::string at = path + "." + to_string(r);
        const result<ratio> w = parse_ratio(text_of(member(v, to_string(r), path), at));
        if (!w) throw malformed{at, w.why().message};
        return *w;
    };
    const risk_weights w{weight(rating::red), weight(rating::amber), weight(rating::green),
                         weight(rating::unidentified)};
    const result<risk_weights> sound = checked(w);
    if (!sound) throw malformed{path, sound.why().message};
    return w;
}

model read(const value& document) {
    if (text_of(member(document, "schema", "model"), "model.schema") != schema)
        throw malformed{"model.schema", std::string("only ") + schema + " is understood"};
    model m;
    if (const auto s = document.find("savings"); s != document.end()) {
        m.savings = savings_table{rows_from<savings_plan>(*s, "plans", "savings", savings_plan_from),
                                  rows_from<savings_plan>(*s, "printed_totals", "savings", savings_plan_from)};
    }
    if (const auto w = document.find("weights"); w != document.end())
        m.weights =
            sourced_weights{weights_from(*w, "weights"), text_of(member(*w, "source", "weights"), "weights.source")};
    if (const auto c = document.find("control_totals"); c != document.end()) {
        m.control_totals =
            control_total_table{rows_from<control_total>(*c, "organisations", "control_totals", control_total_from),
                                rows_from<control_total>(*c, "printed_totals", "control_totals", control_total_from)};
    }
    if (const auto r = document.find("read_as"); r != document.end())
        for (const value& line : array_of(*r, "read_as")) m.read_as.push_back(text_of(line, "read_as"));
    return m;
}

} // namespace

std::string to_json(const model& m) {
    value v{{"schema", schema}, {"unit", "GBP"}};
    if (m.savings)
        v["savings"] = {{"plans", list_of(m.savings->plans)}, {"printed_totals", list_of(m.savings->printed_totals)}};
    if (m.weights) {
        value& w = v["weights"];
        for (rating r : ratings) w[to_string(r)] = json::of(m.weights->weights.of(r));
        w["source"] = m.weights->source;
    }
    if (m.control_totals)
        v["control_totals"] = {{"organisations", list_of(m.control_totals->organisations)},
                               {"printed_totals", list_of(m.control_totals->printed_totals)}};
    v["read_as"] = m.read_as;
    return json::text(v);
}

result<model> model_from_json(std::string_view text, const std::string& name) {
    try {
        return read(value::parse(text));
    } catch (const malformed& e) {
        return failure{"model.malformed", name + ": " + e.path + ": " + e.message};
    } catch (const value::parse_error& e) {
        return failure{"model.malformed", name + " is not JSON: byte " + std::to_string(e.byte)};
    }
}

} // namespace riskshare
