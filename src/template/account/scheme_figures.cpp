// The cells of trackers that schemes were read from, one by one.
#include "template/account/scheme_cells.hpp"

#include "template/tracker_rows.hpp"

#include <riskshare/accounting.hpp>

#include <algorithm>

namespace riskshare::templates {

namespace {

using detail::slot;

bool of_actuals(slot s) {
    return s == slot::actual_month || s == slot::forecast_month || s == slot::actual_year || s == slot::forecast_year ||
           s == slot::actual_to_date || s == slot::unnamed_month;
}

/// The amount of a cell in pounds; nothing for a text that is none.
std::optional<decimal> amount_of(const workbook::cell& c) {
    if (c.kind == workbook::cell_kind::number) {
        const result<decimal> n = decimal_of_stored(c.text);
        return n ? std::optional(*n) : std::nullopt;
    }
    const result<written_amount> w = read_written(c.text);
    return w && w->kind == written_amount::what::amount ? std::optional(w->value) : std::nullopt;
}

/// "plan" in "to date", of M3: what a column of a tracker holds.
void describe_slot(const detail::column_slot& s, stated_figure& f) {
    switch (s.what) {
    case slot::plan_month:
    case slot::plan_year:
    case slot::plan_to_date:
        f.kind = "plan";
        break;
    case slot::forecast_month:
    case slot::forecast_year:
        f.kind = "forecast";
        break;
    case slot::variance_to_date:
    case slot::variance_year:
        f.kind = "printed variance";
        break;
    case slot::full_year_effect:
        f.kind = "full-year effect";
        break;
    default:
        f.kind = "actual";
    }
    const bool monthly = s.month != 0;
    f.basis = monthly ? "in month"
              : s.what == slot::plan_to_date || s.what == slot::actual_to_date || s.what == slot::variance_to_date
                  ? "to date"
                  : "full year";
    if (monthly) f.period = "M" + std::to_string(s.month);
}

} // namespace

namespace detail {

void each_scheme_cell(const tracker_reading& t, const scheme_cell_listener& to) {
    struct amount_column {
        const tracker_column* column;
        column_slot what;
    };
    std::vector<std::vector<amount_column>> columns(t.tables.size());
    for (std::size_t k = 0; k < t.tables.size(); ++k)
        for (const tracker_column& c : t.tables[k].columns)
            if (const column_slot s = slot_of(c.id); s.what >= slot::full_year_effect) columns[k].push_back({&c, s});

    const auto row = [&](std::size_t k, std::uint32_t at, std::size_t scheme, bool actuals_only) {
        for (const amount_column& c : columns[k])
            if (!actuals_only || of_actuals(c.what.what)) to(t.tables[k], *c.column, c.what, at, scheme);
    };
    std::size_t home = 0;
    for (std::size_t i = 0; i < t.read.size(); ++i) {
        const provenance at = t.read[i].at;
        const auto holds = [&](const tracker_table& table) {
            return table.sheet == at.sheet() && table.last_heading < at.row() && at.row() <= table.last_row;
        };
        if (home >= t.tables.size() || !holds(t.tables[home]))
            home = static_cast<std::size_t>(std::find_if(t.tables.begin(), t.tables.end(), holds) - t.tables.begin());
        if (home < t.tables.size()) row(home, at.row(), i, false);
        if (i >= t.actuals_at.size()) continue;
        const actuals_place& actuals = t.actuals_at[i];
        if (actuals.lines) {
            for (std::uint32_t line : t.month_rows[*actuals.lines])
                if (line != 0) row(actuals.table, line, i, false);
        } else if (actuals.row != 0 && (actuals.table != home || actuals.row != at.row())) {
            row(actuals.table, actuals.row, i, true);
        }
    }
}

} // namespace detail

void each_figure(const workbook::book& book, const tracker_reading& t, const figure_listener& to) {
    const std::string file = book.source().name();
    std::optional<workbook::sheet> sheet;
    provenance place;
    stated_figure f;
    f.table = "schemes";
    std::size_t described = t.read.size();
    detail::each_scheme_cell(t, [&](const tracker_table& table, const tracker_column& column,
                                    const detail::column_slot& what, std::uint32_t row, std::size_t scheme) {
        if (!sheet || sheet->name() != table.sheet) {
            sheet = book.read(table.sheet);
            place = provenance(file, table.sheet);
        }
        const workbook::cell* c = sheet->find({row, column.column});
        if (c == nullptr || c->kind == workbook::cell_kind::blank) return;
        const std::optional<decimal> amount = amount_of(*c);
        if (!amount) return;
        if (described != scheme) {
            const std::string_view reference = t.read.text(scheme, scheme_field::reference);
            f.item = reference.empty() ? t.read.text(scheme, scheme_field::name) : reference;
            f.body = t.read.text(scheme, scheme_field::organisation);
            described = scheme;
        }
        describe_slot(what, f);
        if (what.month == 0) f.period.clear();
        f.unit = column.unit.value_or(unit::pounds);
        f.written = decimal(amount->coefficient(), amount->exponent() - column.scaled_by);
        f.amount = exact(*f.written, *f.unit);
        f.at = place.at(row, column.column);
        to(f);
    });
}

} // namespace riskshare::templates
