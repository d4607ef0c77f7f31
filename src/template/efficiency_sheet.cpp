// Efficiencies: planned and forecast.
#include "template/finance_sheet.hpp"

#include <algorithm>

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

namespace {

/// A variance that names no months belongs to the pair left of it: beside figures to date that need not be the year's.
bool is_of_the_year(const found_table& t) {
    const found_column* variance = t.column("variance");
    const bool others =
        std::any_of(t.columns.begin(), t.columns.end(), [](const found_column& c) { return c.field.empty(); });
    return variance != nullptr && (!others || (variance->column > t.column("plan")->column &&
                                               variance->column > t.column("forecast")->column));
}

} // namespace

bool read_efficiencies(const found_table& t, const read_options& options, finance_report& report,
                       std::vector<finding>& findings) {
    const bool alone = t.rows.size() == 1, with_variance = is_of_the_year(t);
    for (const found_row& row : t.rows) {
        if (row.kind == row_kind::of_which) continue;
        const auto get = [&](const char* field) { return figure_in(t, row.row, field, findings); };
        efficiency_line e{body_at(row.label, place_in(t, row.row, "organisation"), options, report, findings),
                          {get("plan"), get("forecast"), with_variance ? get("variance") : cell_figure()}};
        e.is_total = !alone && e.organisation == row.label && names_a_total(row.label);
        if (e.full_year.plan || e.full_year.actual) report.efficiencies.push_back(std::move(e));
    }
    return !report.efficiencies.empty();
}

} // namespace riskshare::templates::detail
