// A statement that gives its lines once more without deficit support funding, in columns beside.
#include "template/statement_draft.hpp"

namespace riskshare::templates::detail {

namespace {

cell_figure signed_as_line(const cell_figure& f, bool turned) {
    return f && turned ? cell_figure(figure(-f->written(), f->unit(), f->at(), f->places())) : f;
}

bool says_otherwise(const cell_figure& a, const cell_figure& b) { return a && (!b || a->value() != b->value()); }

} // namespace

void restate_without_support(statement_draft& d) {
    const auto has = [&](const char* field) { return d.table.column(field) != nullptr; };
    if (!has("actual_without") && !has("forecast_without")) return;
    position whole(d.lines);
    const position_line* bottom = whole.bottom_line();
    for (std::size_t i = 0; i < d.lines.size(); ++i) {
        const auto get = [&](const char* field) {
            return signed_as_line(figure_in(d.table, d.rows[i], field, d.findings), d.turned[i]);
        };
        const position_line& line = d.lines[i];
        position_line without;
        without.label = line.label + " excluding deficit support funding";
        without.nature = line.nature;
        without.to_date = {get("plan_without"), get("actual_without"), get("variance_without")};
        without.full_year = {get("full_year_plan_without"), get("forecast_without"), get("full_year_variance_without")};
        const bool is_bottom = bottom != nullptr && i == static_cast<std::size_t>(bottom - whole.lines().data());
        if (is_bottom || says_otherwise(without.to_date.actual, line.to_date.actual) ||
            says_otherwise(without.to_date.plan, line.to_date.plan) ||
            says_otherwise(without.full_year.actual, line.full_year.actual) ||
            says_otherwise(without.full_year.plan, line.full_year.plan))
            d.restated.push_back(std::move(without));
    }
}

} // namespace riskshare::templates::detail
