// The tables of a finance report as they stand in sheets.
#ifndef RISKSHARE_SRC_TEMPLATE_FINANCE_SHEET_HPP
#define RISKSHARE_SRC_TEMPLATE_FINANCE_SHEET_HPP

#include <riskshare/template/finance_report.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::templates::detail {

/// Plan, actual and variance to date, the month, the full year: statements and tables of organisations.
const shape& plan_and_actual_shape();
const shape& efficiency_shape();
const shape& register_shape();
const shape& trade_shape();
const shape& dashboard_shape();

void read_statement(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
void read_organisations(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
void read_efficiencies(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
void read_register(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
void read_trades(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
void read_dashboard(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
/// Measures in a column with their values beside them: capital and agency.
void read_measures(const grid&, const read_options&, finance_report&, std::vector<finding>&);

/// The lines of the same column that a formula adds: =SUM(B6:B7), =B8+B10, =SUM(B6,B8)+B10. Nothing for any other.
std::optional<std::vector<std::uint32_t>> rows_added(std::string_view formula, std::uint32_t column);

/// A fraction in a cell: 0.6, "60%", "3/5". Fails with the cell.
result<std::optional<ratio>> read_fraction(const grid&, std::uint32_t row, std::uint32_t column);

/// The body that a name means: a code where it is known for sure, as the report's month has it; else the name.
std::string body_named(const std::string& name, const read_options&, const finance_report&);

/// What a cell of the table holds, what cannot be read becoming a finding with its cell.
cell_figure figure_in(const found_table&, std::uint32_t row, std::string_view field, std::vector<finding>&);

} // namespace riskshare::templates::detail

#endif
