#include <riskshare/template/grid.hpp>

#include <riskshare/workbook/number_format.hpp>

namespace riskshare::templates {

namespace {

bool not_available(const std::string& folded) {
    for (const char* word : {"n/a", "na", "#n/a", "tbc", "tba", "…", "...", "not available", "nil return", "n.a."})
        if (folded == word) return true;
    return false;
}

/// The places that the cell's format shows; nothing where it shows the number as it is.
std::optional<int> shown_places(const workbook::cell& c, const workbook::sheet& s) {
    const std::string_view format = s.number_format(c);
    if (format.empty() || format == "General") return std::nullopt;
    const result<workbook::shown_digits> shown = workbook::shown_precision(c.text, format);
    if (!shown) return std::nullopt;
    return shown->decimals - shown->scale;
}

} // namespace

grid::grid(workbook::sheet sheet, const std::string& file) : sheet_(std::move(sheet)), place_(file, sheet_.name()) {}

grid grid::transposed() const {
    grid other = *this;
    other.transposed_ = !transposed_;
    return other;
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
    return sheet_.find(real(row, column));
}

std::string grid::text(std::uint32_t row, std::uint32_t column) const {
    const workbook::cell* c = cell(row, column);
    return c == nullptr ? "" : detail::plain(c->text);
}

std::string grid::heading(std::uint32_t row, std::uint32_t column) const {
    std::string own = text(row, column);
    if (!own.empty()) return own;
    const workbook::address here = real(row, column);
    for (const workbook::range& merged : sheet_.merged())
        if (merged.contains(here)) {
            const workbook::cell* first = sheet_.find(merged.first);
            return first == nullptr ? "" : detail::plain(first->text);
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

result<cell_figure> read_amount(const grid& from, std::uint32_t row, std::uint32_t column, unit u) {
    const workbook::cell* c = from.cell(row, column);
    if (c == nullptr || c->kind == workbook::cell_kind::blank) return cell_figure{};
    const provenance at = from.at(row, column);
    if (c->kind == workbook::cell_kind::error)
        return failure{"cell.error", "the cell holds the error " + c->text + " where a figure should be", at};
    if (c->kind == workbook::cell_kind::boolean)
        return failure{"cell.text", "the cell holds " + c->text + " where a figure should be", at};
    if (c->kind == workbook::cell_kind::number) {
        const result<decimal> value = decimal_of_stored(c->text);
        if (!value) return failure{value.why().rule, value.why().message, at};
        return cell_figure(figure(*value, u, at, shown_places(*c, from.source())));
    }
    if (not_available(detail::folded(c->text)))
        return failure{"cell.not_available", "the cell says \"" + detail::plain(c->text) + "\": no figure is given",
                       at};
    const result<written_amount> written = read_written(c->text);
    if (!written) return failure{written.why().rule, written.why().message, at};
    switch (written->kind) {
    case written_amount::what::blank:
        return cell_figure{};
    case written_amount::what::amount:
        return cell_figure(figure(written->value, written->in.value_or(u), at));
    default:
        return failure{"cell.text", "\"" + detail::plain(c->text) + "\" stands where a figure should be", at};
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
