// Efficiencies: planned and forecast.
#include "template/finance_sheet.hpp"

namespace riskshare::templates::detail {

const shape& efficiency_shape() {
    using holds = field::holds;
    static const shape s{
        "efficiencies",
        {
            {"organisation",
             {"organisation", "organization", "org", "body", "trust", "programme", "scheme", "category", "efficiencies",
              "efficiency", "description"},
             holds::label,
             false},
            {"plan", {"plan", "planned", "full year plan", "annual plan"}, holds::amount, true},
            {"forecast", {"forecast", "forecast outturn", "fot", "full year forecast"}, holds::amount, true},
            {"variance", {"variance", "forecast variance"}, holds::amount, false},
        }};
    return s;
}

bool read_efficiencies(const found_table& t, const read_options& options, finance_report& report,
                       std::vector<finding>& findings) {
    const bool alone = t.rows.size() == 1;
    for (const found_row& row : t.rows) {
        if (row.kind == row_kind::of_which) continue;
        const auto get = [&](const char* field) { return figure_in(t, row.row, field, findings); };
        efficiency_line e{body_named(row.label, options, report), {get("plan"), get("forecast"), get("variance")}};
        e.is_total = !alone && e.organisation == row.label && names_a_total(row.label);
        if (e.full_year.plan || e.full_year.actual) report.efficiencies.push_back(std::move(e));
    }
    return !report.efficiencies.empty();
}

} // namespace riskshare::templates::detail
