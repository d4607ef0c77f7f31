// Lines of a statement that give a plan and no actual, or the reverse: a blank is unknown, and not nil.
#include "template/statement_draft.hpp"

#include <riskshare/detail/text.hpp>

namespace riskshare::templates::detail {

namespace {

bool stands(const cell_figure& f) { return f && !f->value().is_zero(); }

void say_blanks_of(statement_draft& d, const pair_of_columns& p, bool of_actuals) {
    const found_column *plan = d.table.column(p.plan), *actual = d.table.column(p.actual);
    if (plan == nullptr || actual == nullptr) return;
    finding f{"position.blank", severity::warning, ""};
    std::size_t given = 0;
    std::string names;
    for (std::size_t i = 0; i < d.lines.size() && i < d.rows.size(); ++i) {
        const position_line& l = d.lines[i];
        const plan_and_actual& figures = l.*p.in_line;
        const cell_figure &there = of_actuals ? figures.plan : figures.actual,
                          &lacking = of_actuals ? figures.actual : figures.plan;
        given += lacking.has_value() ? 1 : 0;
        if (l.is_sub_total() || lacking || !stands(there)) continue;
        f.at.push_back(d.table.grid.at(d.rows[i], (of_actuals ? actual : plan)->column));
        if (f.at.size() <= 4) names += (names.empty() ? "\"" : ", \"") + l.label + "\"";
    }
    if (f.at.empty() || given == 0) return;
    if (f.at.size() > 4) names += " and " + std::to_string(f.at.size() - 4) + " more";
    const std::string lacks = of_actuals ? (p.in_line == &position_line::full_year ? "forecast" : "actual") : "plan";
    f.message = std::to_string(f.at.size()) + (f.at.size() == 1 ? " line has" : " lines have") +
                (of_actuals ? " a plan" : " an actual") + " and no " + lacks + ": " + names +
                "; a blank is not zero, and the totals and the variance are of what is given";
    f.advice = "fill the cells in, or write 0 where nothing was spent or received";
    d.findings.push_back(std::move(f));
}

} // namespace

void say_blanks(statement_draft& d) {
    for (const pair_of_columns& p : pairs_of_columns)
        for (const bool of_actuals : {true, false}) say_blanks_of(d, p, of_actuals);
}

} // namespace riskshare::templates::detail
