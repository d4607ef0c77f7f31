// The tables of a finance report as they stand in sheets.
#ifndef RISKSHARE_SRC_TEMPLATE_FINANCE_SHEET_HPP
#define RISKSHARE_SRC_TEMPLATE_FINANCE_SHEET_HPP

#include "template/words/vocabulary.hpp"

#include <riskshare/template/finance_report.hpp>
#include <riskshare/template/layout.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::templates::detail {

/// Plan, actual and variance of a month, to date, of the year: statements and tables of organisations. One shape for
/// each pair that a table may hold, the years to date first; in the last the headings name no months.
std::vector<shape> plan_and_actual_shapes(const std::shared_ptr<const words::vocabulary>&);
/// The same of tables in which the plan is the control total: to date, and of the year.
std::vector<shape> control_total_shapes(const std::shared_ptr<const words::vocabulary>&);
/// Gives headings that name no months those of the lines above the table. False where nothing says which.
bool settle_months(found_table&, const words::vocabulary&);
/// Takes plans and actuals of months that nothing names to be to date. False where there are none.
bool take_to_date(found_table&);
const shape& efficiency_shape();
const shape& register_shape();
const shape& trade_shape();
const shape& dashboard_shape();
const shape& plan_version_shape();
const shape& run_rate_shape();
const shape& assurance_shape();
const shape& score_shape();

/// Whether a row's or column's name says that it adds up bodies: "Total", "LLR system".
bool adds_up_bodies(const std::string& name);
/// Whether every row names a body or adds them up, none twice, and at least one a body: then the table is no statement.
bool is_of_organisations(const found_table&, const read_options&);

/// Bodies side by side, each with the same headings under its name: the columns of one, the labels left of all.
struct body_columns {
    std::string name;
    bool is_total = false;
    grid part;
};
std::vector<body_columns> bodies_across(const grid&, const read_options&);
/// The most bodies that one row of the sheet names.
std::size_t bodies_side_by_side(const grid&, const read_options&);
/// A body's statement comes down to its bottom line.
bool read_body(const body_columns&, const found_table&, const read_options&, finance_report&, std::vector<finding>&);

/// Whether the printed variances of most rows say, under a heading that says what is favourable, that more is worse: it
/// is a table of spending, whoever's the rows are.
bool shows_spending(const found_table&);

/// Each takes what a table of its kind says; false where it turns out to be none.
bool read_statement(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
bool read_organisations(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
bool read_capital(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
bool read_efficiencies(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
bool read_register(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
bool read_trades(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
bool read_dashboard(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
bool read_plan_versions(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
bool read_run_rate(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
bool read_assurance(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
bool read_scores(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
/// A heading that names one month, whatever the year: "M4", "Jul-22".
std::optional<month> month_headed(const std::string& heading);
/// Measures in a column with their values beside them: capital and agency. Beside a table only those whose value
/// stands alone in its row.
void read_measures(const grid&, bool beside_a_table, const read_options&, finance_report&, std::vector<finding>&);

/// A cell of the same column that a formula adds (sign 1) or subtracts (−1).
struct added_row {
    std::uint32_t row;
    int sign;
};
/// =SUM(B6:B7), =B8+B10, =SUM(B6,B8)-B10. Nothing for any other formula.
std::optional<std::vector<added_row>> rows_added(std::string_view formula, std::uint32_t column);

/// A fraction in a cell: 0.6, "60%", "3/5". Fails with the cell.
result<std::optional<ratio>> read_fraction(const grid&, std::uint32_t row, std::uint32_t column);

/// The body that a name means: a code where it is known for sure, as the report's month has it; else the name.
std::string body_named(const std::string& name, const read_options&, const finance_report&);
/// The same in a column of bodies: a name that resembles a body's is that body, with a warning at its cell.
std::string body_at(const std::string& name, const provenance&, const read_options&, const finance_report&,
                    std::vector<finding>&);

/// What stands in a column of the table, and where; nothing, and the sheet, where the table has no such column.
std::string text_in(const found_table&, std::uint32_t row, std::string_view field);
provenance place_in(const found_table&, std::uint32_t row, std::string_view field);

/// The parts of a sheet in which tables of a kind stand beside each other, from left to right; the whole sheet where
/// they do not.
std::vector<grid> side_by_side(const grid&, const shape&);

/// Whether the cell holds a formula, and one without a result.
bool holds_formula(const found_table&, std::uint32_t row, std::string_view field);
bool not_calculated(const found_table&, std::uint32_t row, std::string_view field);
/// A figure that a formula without a result would give.
figure worked_out(const exact& sum, unit, const provenance&);
/// What to say of a formula that has no result yet.
finding without_result(const found_table&, std::uint32_t row, std::string_view field);

/// What a cell of the table holds, what cannot be read becoming a finding with its cell.
cell_figure figure_in(const found_table&, std::uint32_t row, std::string_view field, std::vector<finding>&);

} // namespace riskshare::templates::detail

#endif
