// Capital by scheme or body: plan and spending to date, plan and forecast of the year.
#include "template/finance_sheet.hpp"

#include <algorithm>
#include <optional>

namespace riskshare::templates::detail {

namespace {

/// What the total row of a table says of a column; without such a row, what its lines come to.
cell_figure in_all(const std::vector<capital_line>& lines, cell_figure capital_line::*of) {
    cell_figure sum;
    for (const capital_line& l : lines) {
        if (!(l.*of)) continue;
        if (l.is_total || lines.size() == 1) return l.*of;
        sum = sum ? worked_out(sum->value() + (l.*of)->value(), sum->unit(), sum->at()) : l.*of;
    }
    return sum;
}

} // namespace

bool read_capital(const found_table& t, const read_options& options, finance_report& report,
                  std::vector<finding>& findings) {
    std::vector<capital_line> lines;
    std::optional<capital_line> whole; // the last total, or the one that adds up all
    bool adds_all = false;
    for (const found_row& row : t.rows) {
        if (row.kind == row_kind::of_which) continue;
        const auto get = [&](const char* field) {
            if (row.kind != row_kind::total && not_calculated(t, row.row, field))
                findings.push_back(without_result(t, row.row, field));
            return figure_in(t, row.row, field, findings);
        };
        capital_line l{body_named(row.label, options, report), get("plan"), get("actual"), get("full_year_plan"),
                       get("forecast")};
        l.is_total = row.kind == row_kind::total || adds_up_bodies(row.label);
        const bool any = l.plan_to_date || l.spent || l.plan_for_year || l.forecast;
        if (!any) continue;
        const bool of_all = row.kind == row_kind::total && row.adds.empty();
        if (l.is_total && (of_all || !adds_all)) whole = l, adds_all = of_all;
        lines.push_back(std::move(l));
    }
    if (lines.empty()) return false;
    // A sub-total is none of the whole: one total speaks for the table, its lines are those that it adds.
    const std::ptrdiff_t totals =
        std::count_if(lines.begin(), lines.end(), [](const capital_line& l) { return l.is_total; });
    if (totals > 1) {
        std::erase_if(lines, [](const capital_line& l) { return l.is_total; });
        lines.push_back(*whole);
    }
    if (!report.capital) report.capital.emplace();
    capital_position& c = *report.capital;
    if (!c.lines.empty()) {
        findings.push_back({"capital.two_tables",
                            severity::error,
                            "a second table of capital to date was found and not read",
                            {t.at()},
                            "name the sheet to read in a mapping file (--map): [position] sheet = \"Capital\""});
        return false;
    }
    c.plan_to_date = in_all(lines, &capital_line::plan_to_date);
    if (const cell_figure spent = in_all(lines, &capital_line::spent)) c.spent = spent;
    c.plan_for_year = in_all(lines, &capital_line::plan_for_year);
    if (const cell_figure forecast = in_all(lines, &capital_line::forecast)) c.forecast = forecast;
    c.lines = std::move(lines);
    return true;
}

} // namespace riskshare::templates::detail
