// Dashboards: each row measures something of its own, money or not.
#include "template/finance_sheet.hpp"

#include "template/heading_block.hpp"
#include "template/words/units.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

using riskshare::detail::folded;

const shape& dashboard_shape() {
    using holds = field::holds;
    static const shape s{"dashboard",
                         {
                             {"measure", {"measure", "metric", "indicator", "kpi"}, holds::label, false},
                             {"plan", {"ytd plan", "plan", "target"}, holds::amount, true},
                             {"actual", {"ytd actual", "actual"}, holds::amount, true},
                             {"status",
                              {"compliant by", "compliant by?", "rag", "status", "compliant", "rag rating"},
                              holds::text,
                              false},
                             {"better", {"better when", "better", "polarity", "good is"}, holds::text, false},
                             {"amber_within", {"amber within", "tolerance"}, holds::amount, false},
                             {"unit", {"unit", "units", "unit of measure", "measured in"}, holds::text, false},
                         }};
    return s;
}

namespace {

/// What a row is measured in.
struct scale {
    measured_in in = measured_in::money;
    riskshare::unit unit = unit::pounds;
};

class dashboard_reader {
public:
    dashboard_reader(const found_table& t, finance_report& r, std::vector<finding>& f)
        : table_(t), report_(r), findings_(f), above_(words::units_above(t.grid, t.last_heading, 1, t.grid.columns())) {
    }

    void read() {
        for (const found_row& row : table_.rows) read_row(row);
    }

private:
    bool shows_percent(std::uint32_t row, std::string_view field) const {
        const workbook::cell* c = table_.grid.cell(row, table_.column(field)->column);
        if (c == nullptr) return false;
        if (c->kind != workbook::cell_kind::number) return c->text.find('%') != std::string::npos;
        return table_.grid.source().number_format(*c).find('%') != std::string_view::npos;
    }

    static bool counts(const std::string& words) {
        for (const char* what : {"number", "no", "count", "wte", "fte", "headcount", "months", "days", "weeks", "hours",
                                 "beds", "ratio", "score"})
            if (has_words(words, what)) return true;
        return false;
    }

    /// By its own words, its column of units, how its cells are shown, and then the lines above the table.
    std::optional<scale> scale_of(const found_row& row) const {
        for (const std::string& text : {text_in(table_, row.row, "unit"), row.label}) {
            const std::string words = words_of(text);
            if (const std::optional<unit> whole = parse_unit(text)) return scale{measured_in::money, *whole};
            if (const std::vector<unit> named = units_in(text); named.size() == 1)
                return scale{measured_in::money, named.front()};
            if (text.find('%') != std::string::npos || has_words(words, "per cent") || has_words(words, "percent") ||
                has_words(words, "percentage"))
                return scale{measured_in::percent};
            if (shows_percent(row.row, "plan") || shows_percent(row.row, "actual")) return scale{measured_in::percent};
            if (counts(words)) return scale{measured_in::number};
        }
        if (above_.size() == 1) return scale{measured_in::money, above_.front().unit};
        return std::nullopt;
    }

    /// A percentage may be typed as 95.2 or "95.2%", or be a fraction that its format shows as one.
    cell_figure percentage(std::uint32_t row, std::uint32_t column) {
        const workbook::cell* c = table_.grid.cell(row, column);
        if (c == nullptr || c->kind == workbook::cell_kind::blank) return {};
        const bool shown = c->kind == workbook::cell_kind::number &&
                           table_.grid.source().number_format(*c).find('%') != std::string_view::npos;
        std::string text(c->text);
        if (const std::size_t sign = text.find('%'); sign != std::string::npos) text.erase(sign, 1);
        const result<decimal> d = c->kind == workbook::cell_kind::number
                                      ? decimal_of_stored(text)
                                      : parse_decimal(riskshare::detail::plain(text));
        if (!d) {
            if (!riskshare::detail::plain(c->text).empty())
                findings_.push_back(unread_figure(
                    {"cell.text", "\"" + riskshare::detail::plain(c->text) + "\" stands where a percentage should be",
                     table_.grid.at(row, column)}));
            return {};
        }
        const decimal points = shown ? decimal(d->coefficient(), d->exponent() + 2) : *d;
        return figure(points, unit::pounds, table_.grid.at(row, column));
    }

    cell_figure read_cell(const scale& s, std::uint32_t row, std::uint32_t column) {
        if (s.in == measured_in::percent) return percentage(row, column);
        const result<cell_figure> f = read_amount(table_.grid, row, column, s.unit);
        if (f) return *f;
        findings_.push_back(unread_figure(f.why()));
        return {};
    }

    void read_row(const found_row& row) {
        const std::optional<scale> s = scale_of(row);
        if (!s && above_.size() > 1) {
            if (!two_units_said_) findings_.push_back(words::two_units("the dashboard", above_));
            two_units_said_ = true;
            return;
        }
        if (!s) {
            findings_.push_back({"dashboard.no_unit",
                                 severity::warning,
                                 "\"" + row.label +
                                     "\" says neither that it is money nor what it counts, and was "
                                     "left out",
                                 {table_.grid.at(row.row, table_.column("plan")->column)},
                                 "write £000, % or \"number of\" in its label, or head a column \"Unit\""});
            return;
        }
        dashboard_row d{row.label, read_cell(*s, row.row, table_.column("plan")->column),
                        read_cell(*s, row.row, table_.column("actual")->column)};
        d.in = s->in;
        d.printed_status = text_in(table_, row.row, "status");
        const std::string better = folded(text_in(table_, row.row, "better"));
        if (better == "higher" || better == "high") d.better = better_when::higher;
        if (better == "lower" || better == "low") d.better = better_when::lower;
        if (const found_column* c = table_.column("amber_within")) d.amber_within = read_cell(*s, row.row, c->column);
        // Months stand in the year's order, left to right; the actual itself is not among those before it.
        for (std::uint32_t c = 1; c <= table_.grid.columns(); ++c) {
            const std::optional<month> headed = month_headed(table_.grid.text(table_.last_heading, c));
            if (!headed || (report_.month && !(*headed < *report_.month))) continue;
            if (const cell_figure f = read_cell(*s, row.row, c)) d.before.push_back(*f);
        }
        report_.dashboard.push_back(std::move(d));
    }

    const found_table& table_;
    finance_report& report_;
    std::vector<finding>& findings_;
    std::vector<words::unit_said> above_;
    bool two_units_said_ = false;
};

} // namespace

bool read_dashboard(const found_table& t, const read_options&, finance_report& report, std::vector<finding>& findings) {
    dashboard_reader(t, report, findings).read();
    return true;
}

} // namespace riskshare::templates::detail
