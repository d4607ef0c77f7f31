#include <riskshare/template/grid.hpp>

#include "detail/stored_amount.hpp"

#include <riskshare/workbook/number_format.hpp>

#include <algorithm>

namespace riskshare::templates {

namespace {

/// How the cell's format shows the number; nothing where it shows it as it is.
std::optional<workbook::shown_digits> format_of(const workbook::cell& c, const workbook::sheet& s) {
    const std::string_view format = s.number_format(c);
    if (format.empty() || format == "General") return std::nullopt;
    const result<workbook::shown_digits> shown = workbook::shown_precision(c.text, format);
    if (!shown || shown->general) return std::nullopt;
    return *shown;
}

/// A unit speaks of what a reader sees: 46300000 under #,##0.0,, in a column of £m is 46.3. Where the format divides by
/// more than the unit, "4,744 in £" would be tenths of pence, and what was meant is anyone's guess.
result<cell_figure> amount_of_number(const workbook::cell& c, const workbook::sheet& from, unit u,
                                     const provenance& at) {
    const result<decimal> stored = detail::stored_amount(c.text, u);
    if (!stored) return failure{stored.why().rule, stored.why().message, at};
    const std::optional<workbook::shown_digits> shown = format_of(c, from);
    if (!shown) return cell_figure(figure(*stored, u, at));
    if (shown->scale <= 0) return cell_figure(figure(*stored, u, at, shown->decimals - shown->scale));
    if (shown->scale > power_of_ten(u) && !stored->is_zero())
        return failure{"cell.ambiguous_unit",
                       "the cell holds " + std::string(c.text) + ", its number format hides " +
                           std::to_string(shown->scale) + " digits of it, and its unit is " + to_string(u) +
                           ": which of the two is the amount?",
                       at};
    return cell_figure(
        figure(decimal(stored->coefficient(), stored->exponent() - shown->scale), u, at, shown->decimals));
}

} // namespace

grid::grid(workbook::sheet sheet, const std::string& file) : sheet_(std::move(sheet)), place_(file, sheet_.name()) {}

grid grid::transposed() const {
    grid other = *this;
    other.transposed_ = !transposed_;
    return other;
}

grid grid::between(std::uint32_t first_column, std::uint32_t last_column, std::uint32_t kept) const {
    grid other = *this;
    other.kept_ = kept;
    other.first_column_ = first_column;
    other.last_column_ = last_column;
    return other;
}

grid grid::without(const workbook::range& taken) const {
    grid other = *this;
    auto ranges = std::make_shared<std::vector<workbook::range>>();
    if (without_) *ranges = *without_;
    ranges->push_back(taken);
    other.without_ = std::move(ranges);
    return other;
}

bool grid::taken_out(workbook::address a) const {
    return without_ &&
           std::any_of(without_->begin(), without_->end(), [a](const workbook::range& r) { return r.contains(a); });
}

std::uint32_t grid::rows() const noexcept {
    const workbook::address last = sheet_.used().last;
    return transposed_ ? last.column : last.row;
}
std::uint32_t grid::columns() const noexcept {
    const workbook::address last = sheet_.used().last;
    return transposed_ ? last.row : last.column;
}

const workbook::cell* grid::cell(std::uint32_t row, std::uint32_t column) const {
    if (!seen(column)) return nullptr;
    const workbook::address at = real(row, column);
    return taken_out(at) ? nullptr : sheet_.find(at);
}

std::string grid::text(std::uint32_t row, std::uint32_t column) const {
    const workbook::cell* c = cell(row, column);
    return c == nullptr ? "" : riskshare::detail::plain(c->text);
}

std::string grid::heading(std::uint32_t row, std::uint32_t column) const {
    std::string own = text(row, column);
    if (!own.empty()) return own;
    if (!seen(column)) return own;
    const workbook::address here = real(row, column);
    if (taken_out(here)) return own;
    for (const workbook::range& merged : sheet_.merged())
        if (merged.contains(here)) {
            const workbook::cell* first = sheet_.find(merged.first);
            return first == nullptr ? "" : riskshare::detail::plain(first->text);
        }
    return own;
}

bool grid::is_number(std::uint32_t row, std::uint32_t column) const {
    const workbook::cell* c = cell(row, column);
    return c != nullptr && c->kind == workbook::cell_kind::number;
}

bool grid::hidden_row(std::uint32_t row) const {
    return transposed_ ? sheet_.column_hidden(row) : sheet_.row_hidden(row);
}
bool grid::hidden_column(std::uint32_t column) const {
    return transposed_ ? sheet_.row_hidden(column) : sheet_.column_hidden(column);
}

provenance grid::at(std::uint32_t row, std::uint32_t column) const {
    const workbook::address a = real(row, column);
    return place_.at(a.row, a.column);
}

bool says_not_available(const std::string& text) {
    const std::string folded = riskshare::detail::folded(text);
    for (const char* word : {"n/a", "na", "#n/a", "tbc", "tba", "…", "...", "not available", "nil return", "n.a."})
        if (folded == word) return true;
    return false;
}

result<cell_figure> read_amount(const grid& from, std::uint32_t row, std::uint32_t column, unit u) {
    const workbook::cell* c = from.cell(row, column);
    if (c == nullptr || c->kind == workbook::cell_kind::blank) return cell_figure{};
    const provenance at = from.at(row, column);
    if (c->kind == workbook::cell_kind::error)
        return failure{"cell.error", "the cell holds the error " + std::string(c->text) + " where a figure should be",
                       at};
    if (c->kind == workbook::cell_kind::boolean)
        return failure{"cell.text", "the cell holds " + std::string(c->text) + " where a figure should be", at};
    if (c->kind == workbook::cell_kind::number) return amount_of_number(*c, from.source(), u, at);
    if (says_not_available(std::string(c->text)))
        return failure{"cell.not_available",
                       "the cell says \"" + riskshare::detail::plain(c->text) + "\": no figure is given", at};
    const result<written_amount> written = read_written(c->text);
    if (!written) return failure{written.why().rule, written.why().message, at};
    switch (written->kind) {
    case written_amount::what::blank:
        return cell_figure{};
    case written_amount::what::amount:
        // "£4,744" in a column of £000 may have been typed by habit, or may be meant.
        if (written->in == unit::pounds && u != unit::pounds && !written->value.is_zero())
            return failure{"cell.ambiguous_unit",
                           "\"" + riskshare::detail::plain(c->text) + "\" stands in a column in " + to_string(u) +
                               ": " +
                               accounting(exact(written->value, unit::pounds), unit::pounds, written->value.places()) +
                               " or " + accounting(exact(written->value, u), unit::pounds) + " pounds?",
                           at};
        return cell_figure(figure(written->value, written->in.value_or(u), at));
    default:
        return failure{"cell.text", "\"" + riskshare::detail::plain(c->text) + "\" stands where a figure should be",
                       at};
    }
}

finding unread_figure(const failure& why) {
    finding what = to_finding(why);
    if (why.rule == "cell.not_available") {
        what.severity = severity::warning;
        what.advice = "the figure is left blank; give it if it is known";
    } else {
        what.advice = "correct the cell; nothing was assumed in its place";
    }
    return what;
}

} // namespace riskshare::templates
