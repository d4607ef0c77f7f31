#include <riskshare/template/fill.hpp>

#include "template/savings_sheet.hpp"

#include <algorithm>
#include <functional>

namespace riskshare::templates {

namespace {

/// One column of a table, and what a row of the model has for it.
template <class Row>
struct filled_column {
    const char* field;
    std::function<const cell_figure&(const Row&)> figure;
};

std::string digits(const figure& f, unit in) {
    const int shift = power_of_ten(f.unit()) - power_of_ten(in);
    return to_string(decimal(f.written().coefficient(), f.written().exponent() + shift).normalised());
}

template <class Row>
class table_filling {
public:
    table_filling(const read_options& o, std::vector<workbook::edit>& edits, std::vector<finding>& findings)
        : options_(o), edits_(edits), findings_(findings) {}

    void fill(const std::vector<found_table>& tables, const std::vector<Row>& rows,
              const std::vector<filled_column<Row>>& columns) {
        std::vector<bool> placed(rows.size());
        for (const found_table& t : tables)
            for (const found_row& r : t.rows) {
                if (r.kind != row_kind::data) continue;
                const std::string code = detail::organisation_of(t, r, options_, findings_);
                const auto row =
                    std::find_if(rows.begin(), rows.end(), [&](const Row& x) { return x.organisation == code; });
                if (row == rows.end()) {
                    findings_.push_back({"fill.row_left",
                                         severity::warning,
                                         "the model says nothing of \"" + r.label + "\": its row was left as it is",
                                         {t.grid.at(r.row, t.columns.front().column)}});
                    continue;
                }
                placed[static_cast<std::size_t>(row - rows.begin())] = true;
                for (const filled_column<Row>& c : columns) fill_cell(t, r, c, *row);
            }
        for (const found_table& t : tables) tell_totals_left(t, columns);
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (!placed[i]) {
                finding f{"fill.no_row",
                          severity::error,
                          "the " + tables.front().shape + " of the template have no row for " + rows[i].organisation,
                          {tables.front().at()}};
                f.advice = "add a row with its name";
                findings_.push_back(std::move(f));
            }
    }

private:
    void fill_cell(const found_table& t, const found_row& r, const filled_column<Row>& c, const Row& from) {
        const found_column* column = t.column(c.field);
        const cell_figure& figure = c.figure(from);
        if (column == nullptr) {
            if (!figure) return;
            finding f{"fill.no_column",
                      severity::error,
                      "the " + t.shape + " of the template have no column for " + std::string(c.field) + ", and " +
                          from.organisation + " has a figure for it",
                      {t.at()}};
            f.advice = "add the column";
            findings_.push_back(std::move(f));
            return;
        }
        const workbook::cell* there = t.grid.cell(r.row, column->column);
        if ((there != nullptr && there->has_formula) || (there == nullptr && !figure)) return;
        const provenance at = t.grid.at(r.row, column->column);
        workbook::edit e{at.sheet(), {at.row(), at.column()}, workbook::edit::what::clear, ""};
        if (figure) e.kind = workbook::edit::what::number, e.value = digits(*figure, *column->unit);
        edits_.push_back(std::move(e));
    }

    /// A total without a formula does not follow the figures that were filled in.
    void tell_totals_left(const found_table& t, const std::vector<filled_column<Row>>& columns) {
        std::vector<provenance> blank, typed;
        const auto look = [&](const found_row& r, std::uint32_t column) {
            const workbook::cell* there = t.grid.cell(r.row, column);
            if (there != nullptr && there->has_formula) return;
            const bool none = there == nullptr || there->kind == workbook::cell_kind::blank;
            (none ? blank : typed).push_back(t.grid.at(r.row, column));
        };
        const auto look_along = [&](const found_row& r) {
            for (const found_column& c : t.columns) {
                const bool filled = std::any_of(columns.begin(), columns.end(),
                                                [&](const filled_column<Row>& f) { return f.field == c.field; });
                if (c.field == "total" || (filled && r.kind == row_kind::total)) look(r, c.column);
            }
        };
        for (const found_row& r : t.rows) look_along(r);
        const auto is_total = [](const found_row& r) { return r.kind == row_kind::total; };
        if (std::any_of(t.rows.begin(), t.rows.end(), is_total)) return tell_left(std::move(typed), std::move(blank));
        constexpr std::uint32_t soon = 3;   // a blank row of totals is none that was read
        constexpr std::size_t longest = 40; // and a note that speaks of one is none either
        const std::uint32_t last = t.rows.empty() ? t.last_heading : t.rows.back().row;
        for (std::uint32_t row = last + 1; row <= last + soon; ++row)
            if (const std::string label = t.grid.text(row, t.columns.front().column);
                label.size() <= longest && names_a_total(label))
                look_along({row, label, row_kind::total});
        tell_left(std::move(typed), std::move(blank));
    }

    void tell_left(std::vector<provenance> typed, std::vector<provenance> blank) {
        tell_left(std::move(typed), "typed and not worked out: the figures above changed, and it stays as it was");
        tell_left(std::move(blank), "blank and stays so: it holds no formula");
    }

    void tell_left(std::vector<provenance> at, const char* what) {
        if (at.empty()) return;
        const std::string subject = at.size() == 1 ? "a total of the template is "
                                                   : std::to_string(at.size()) + " totals of the template: each is ";
        finding f{"fill.total_left", severity::warning, subject + what, std::move(at)};
        f.advice = "let each total of the template be a formula";
        findings_.push_back(std::move(f));
    }

    const read_options& options_;
    std::vector<workbook::edit>& edits_;
    std::vector<finding>& findings_;
};

} // namespace

model_places places_in(const workbook::book& book, const read_options& options) {
    std::vector<finding> unused;
    return {!detail::tables_of(book, detail::savings_shape(), "savings", options, unused).empty(),
            !detail::control_total_tables(book, options, unused).empty()};
}

outcome<std::vector<workbook::edit>> model_edits(const workbook::book& book, const model& m,
                                                 const read_options& options) {
    std::vector<finding> findings;
    std::vector<workbook::edit> edits;
    if (m.savings) {
        const std::vector<found_table> tables =
            detail::tables_of(book, detail::savings_shape(), "savings", options, findings);
        std::vector<filled_column<savings_plan>> columns;
        for (rating r : ratings)
            columns.push_back({to_string(r), [r](const savings_plan& p) -> const cell_figure& { return p.of(r); }});
        if (!tables.empty())
            table_filling<savings_plan>(options, edits, findings).fill(tables, m.savings->plans, columns);
    }
    if (m.control_totals) {
        const std::vector<found_table> tables = detail::control_total_tables(book, options, findings);
        using row = control_total;
        const std::vector<filled_column<row>> columns = {
            {"gross", [](const row& c) -> const cell_figure& { return c.gross; }},
            {"centralised_funding", [](const row& c) -> const cell_figure& { return c.centralised_funding; }},
            {"control_total", [](const row& c) -> const cell_figure& { return c.printed; }},
            {"net_unmitigated_risk", [](const row& c) -> const cell_figure& { return c.net_unmitigated_risk; }}};
        if (!tables.empty())
            table_filling<row>(options, edits, findings).fill(tables, m.control_totals->organisations, columns);
    }
    if (has_errors(findings)) return findings;
    return outcome<std::vector<workbook::edit>>(std::move(edits), std::move(findings));
}

} // namespace riskshare::templates
