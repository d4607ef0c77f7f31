#include <riskshare/document.hpp>

#include "detail/report_fields.hpp"
#include "detail/scheme_fields.hpp"
#include "detail/sharing_fields.hpp"

namespace riskshare {

namespace json {

/// A tracker row by row.
struct scheme_list {
    std::optional<financial_year> year = {};
    std::optional<month> reported = {};
    std::vector<scheme> schemes = {};
};

template <class F, either<scheme_list> T>
void describe(F& f, T& l) {
    f("year", l.year);
    f("reported", l.reported);
    f("schemes", l.schemes);
}
template <class F, either<sourced_weights> T>
void describe(F& f, T& w) {
    f("red", w.weights.red);
    f("amber", w.weights.amber);
    f("green", w.weights.green);
    f("unidentified", w.weights.unidentified);
    f("source", w.source);
}
/// All but the schemes, which a model holds by column.
template <class F, either<model> T>
void describe(F& f, T& m) {
    f.if_any("savings", m.savings);
    f.if_any("status", m.status);
    f.if_any("status_weights", m.status_weights);
    f.if_any("weights", m.weights);
    f.if_any("control_totals", m.control_totals);
    f.if_any("reports", m.reports);
    f.if_any("agreement", m.agreement);
    f.if_any("positions", m.positions);
    f.if_any("cause_periods", m.cause_periods);
    f("read_as", m.read_as);
}

} // namespace json

namespace {

using json::malformed;
using json::value;

constexpr const char* schema = "riskshare.model/1";

json::scheme_list rows_of(const model& m) {
    json::scheme_list list{m.schemes.year(), m.schemes_reported};
    list.schemes.reserve(m.schemes.size());
    for (std::size_t i = 0; i < m.schemes.size(); ++i) list.schemes.push_back(m.schemes[i]);
    return list;
}

model read(const value& document) {
    if (json::text_of(json::member(document, "schema", "model"), "model.schema") != schema)
        throw malformed{"model.schema", std::string("only ") + schema + " is understood"};
    model m = json::value_from<model>(document, "model");
    if (m.weights)
        if (const result<risk_weights> sound = checked(m.weights->weights); !sound)
            throw malformed{"model.weights", sound.why().message};
    if (m.status)
        for (const auto* rows : {&m.status->plans, &m.status->printed_totals})
            for (const category_plan& p : *rows)
                if (p.amounts.size() != m.status->categories.size())
                    throw malformed{"model.status", "one amount a category is expected"};
    if (const auto t = document.find("tracker"); t != document.end()) {
        const auto list = json::value_from<json::scheme_list>(*t, "model.tracker");
        if (list.year) m.schemes = tracker(*list.year);
        m.schemes_reported = list.reported;
        m.schemes.reserve(list.schemes.size());
        for (const scheme& s : list.schemes) m.schemes.add(s);
    }
    return m;
}

} // namespace

std::string to_json(const model& m) {
    value v{{"schema", schema}, {"unit", "GBP"}};
    if (!m.schemes.empty()) v["tracker"] = json::written(rows_of(m));
    v.update(json::written(m));
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
