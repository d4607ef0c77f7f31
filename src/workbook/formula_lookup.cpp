// Looking up cells by what they hold or where they stand.
#include "workbook/detail/formula_functions.hpp"

#include <algorithm>
#include <cmath>

namespace riskshare::workbook::detail {

namespace {

using what = value::what;

/// A row or a column of an area or array.
class strip {
public:
    strip(const value& v, reading& r, std::optional<bool> down = {}) : read_(r) {
        if (v.kind == what::area) {
            area_ = v.cells;
            rows_ = rows_of(area_), columns_ = columns_of(area_);
        } else {
            items_ = to_matrix(v, r);
            rows_ = items_->rows, columns_ = items_->columns;
        }
        down_ = down.value_or(columns_ == 1 || rows_ > columns_);
    }
    bool is_line() const { return rows_ == 1 || columns_ == 1; }
    bool down() const { return down_; }
    std::uint32_t size() const { return down_ ? rows_ : columns_; }
    /// Beyond it nothing is stored.
    std::uint32_t stored() const {
        if (items_) return size();
        const address last = area_.in->cells.used().last, first = area_.cells.first;
        const std::uint32_t end = down_ ? last.row : last.column, begin = down_ ? first.row : first.column;
        return end < begin ? 0 : std::min(size(), end - begin + 1);
    }
    value at(std::uint32_t i) const {
        const std::uint32_t row = down_ ? i : 0, column = down_ ? 0 : i;
        return items_ ? items_->at(row, column) : value_at(area_, row, column, read_);
    }
    /// The first place of a text or number.
    std::optional<std::uint32_t> place_of(const value& wanted) const {
        if (items_) {
            for (std::uint32_t i = 0; i < size(); ++i)
                if (same(items_->at(down_ ? i : 0, down_ ? 0 : i), wanted)) return i;
            return std::nullopt;
        }
        const strip_index& known = index();
        if (wanted.kind == what::number) {
            const auto found = known.numbers.find(wanted.number);
            if (found != known.numbers.end()) return found->second;
        } else {
            const auto found = known.texts.find(folded_text(wanted.text));
            if (found != known.texts.end()) return found->second;
        }
        return std::nullopt;
    }
    static bool same(const value& a, const value& b) { return a.kind == b.kind && compared(a, b) == 0; }

private:
    const strip_index& index() const {
        const range& c = area_.cells;
        const std::uint32_t end = down_ ? c.last.row : c.last.column;
        const auto key =
            std::tuple(static_cast<const sheet_view*>(area_.in), c.first.column, c.first.row, down_ ? 0U : 1U, end);
        const auto known = read_.indices.find(key);
        if (known != read_.indices.end()) return known->second;
        strip_index made; // kept when it is whole: a cell that is still to be worked out ends it half-way
        for (std::uint32_t i = 0; i < stored(); ++i) {
            const value v = at(i);
            if (v.kind == what::text) made.texts.emplace(folded_text(v.text), i);
            if (v.kind == what::number) made.numbers.emplace(v.number, i);
        }
        return read_.indices[key] = std::move(made);
    }

    reading& read_;
    area area_;
    std::shared_ptr<const matrix> items_;
    std::uint32_t rows_ = 0, columns_ = 0;
    bool down_ = true;
};

bool is_wild(const value& v) { return v.kind == what::text && v.text.find_first_of("*?~") != std::string::npos; }

/// The first place that equals the value; wildcards count in a text.
std::optional<std::uint32_t> exactly(const value& wanted, const strip& in, bool wildcards = true) {
    if (wanted.kind == what::boolean || wanted.kind == what::blank) {
        for (std::uint32_t i = 0; i < in.stored(); ++i)
            if (strip::same(in.at(i), wanted.kind == what::blank ? value::of(0.0) : wanted)) return i;
        return std::nullopt;
    }
    if (!wildcards || !is_wild(wanted)) return in.place_of(wanted);
    const std::string pattern = folded_text(wanted.text);
    for (std::uint32_t i = 0; i < in.stored(); ++i) {
        const value v = in.at(i);
        if (v.kind == what::text && wildcard_match(pattern, folded_text(v.text))) return i;
    }
    return std::nullopt;
}

bool comparable(const value& v, const value& wanted) {
    return v.kind == wanted.kind || (wanted.kind == what::blank && v.kind == what::number);
}

/// The place of the last value that is no larger (or, falling, no smaller), among values in order. Unordered ones
/// depend on how a spreadsheet halves, and are left.
std::optional<std::uint32_t> in_order(const value& wanted, const strip& in, bool falling) {
    std::optional<std::uint32_t> place;
    std::optional<value> before;
    bool past = false;
    for (std::uint32_t i = 0; i < in.stored(); ++i) {
        const value v = in.at(i);
        if (!comparable(v, wanted)) continue;
        const int step = before ? compared(*before, v) : 0;
        need(falling ? step >= 0 : step <= 0);
        before = v;
        const int c = compared(v, wanted);
        past = past || (falling ? c < 0 : c > 0);
        if (!past) place = i;
    }
    return place;
}

value cell_of(const value& in, std::uint32_t row, std::uint32_t column, reading& r) {
    return in.kind == what::area ? value_at(in.cells, row, column, r) : to_matrix(in, r)->at(row, column);
}

std::pair<std::uint32_t, std::uint32_t> shape_of(const value& v, reading& r) {
    if (v.kind == what::area) return {rows_of(v.cells), columns_of(v.cells)};
    const auto m = to_matrix(v, r);
    return {m->rows, m->columns};
}

value without_error(value v) {
    if (v.is_error()) throw error_met{v.text};
    return v;
}

/// VLOOKUP and HLOOKUP.
template <bool Down>
value looked_up(const arguments& a, reading& r) {
    const auto [rows, columns] = shape_of(a[1], r);
    const double which = std::floor(to_number(a[2], r));
    if (which < 1) fail("#VALUE!");
    if (which > (Down ? columns : rows)) fail("#REF!");
    const strip keys(a[1], r, Down);
    const bool exact = a.size() == 4 && !to_truth(a[3], r);
    const auto place = exact ? exactly(a[0], keys) : in_order(a[0], keys, false);
    if (!place) fail("#N/A");
    const auto nth = static_cast<std::uint32_t>(which) - 1;
    return without_error(cell_of(a[1], Down ? *place : nth, Down ? nth : *place, r));
}

value lookup(const arguments& a, reading& r) {
    const auto [rows, columns] = shape_of(a[1], r);
    const strip keys(a[1], r, rows >= columns);
    const auto place = in_order(a[0], keys, false);
    if (!place) fail("#N/A");
    if (a.size() == 3) return without_error(strip(a[2], r).at(*place));
    const bool down = keys.down();
    return without_error(cell_of(a[1], down ? *place : rows - 1, down ? columns - 1 : *place, r));
}

value matched(const arguments& a, reading& r) {
    const strip keys(a[1], r);
    if (!keys.is_line()) fail("#N/A");
    const double how = a.size() == 3 ? to_number(a[2], r) : 1;
    const auto place = how == 0 ? exactly(a[0], keys) : in_order(a[0], keys, how < 0);
    if (!place) fail("#N/A");
    return value::of(static_cast<double>(*place + 1));
}

/// XMATCH and XLOOKUP: 0 exactly, −1 or the next smaller, 1 or the next larger, 2 with wildcards; last to first.
std::optional<std::uint32_t> x_place(const value& wanted, const strip& keys, double how, double order) {
    need(order == 1 || order == -1);
    if ((how == 0 || how == 2) && order == 1) return exactly(wanted, keys, how == 2);
    std::optional<std::uint32_t> best;
    std::optional<value> nearest;
    const std::uint32_t count = keys.stored();
    for (std::uint32_t n = 0; n < count; ++n) {
        const std::uint32_t i = order == 1 ? n : count - 1 - n;
        const value v = keys.at(i);
        if (v.kind != wanted.kind) continue;
        if (how == 2 ? wildcard_match(folded_text(wanted.text), folded_text(v.text)) : compared(v, wanted) == 0)
            return i;
        if (how != -1 && how != 1) continue;
        const int c = compared(v, wanted);
        if ((how == -1) != (c < 0)) continue;
        if (nearest && (how == -1 ? compared(v, *nearest) <= 0 : compared(v, *nearest) >= 0)) continue;
        nearest = v;
        best = i;
    }
    return best;
}

value x_matched(const arguments& a, reading& r) {
    const strip keys(a[1], r);
    if (!keys.is_line()) fail("#VALUE!");
    const auto place = x_place(a[0], keys, number_or(a, 2, r, 0), number_or(a, 3, r, 1));
    if (!place) fail("#N/A");
    return value::of(static_cast<double>(*place + 1));
}

/// The row or column of what is returned at the place found; `not_found` is asked for by the evaluator's caller.
value x_looked_up(const arguments& a, reading& r) {
    const strip keys(a[1], r);
    if (!keys.is_line()) fail("#VALUE!");
    const auto place = x_place(a[0], keys, number_or(a, 4, r, 0), number_or(a, 5, r, 1));
    if (!place) {
        if (a.size() > 3 && a[3].kind != what::blank) return a[3];
        fail("#N/A");
    }
    const auto [rows, columns] = shape_of(a[2], r);
    if ((keys.down() ? rows : columns) != keys.size()) fail("#VALUE!");
    if (a[2].kind == what::area) {
        value v = a[2];
        range& c = v.cells.cells;
        if (keys.down())
            c.first.row = c.last.row = c.first.row + *place;
        else
            c.first.column = c.last.column = c.first.column + *place;
        return v;
    }
    const auto from = to_matrix(a[2], r);
    matrix out(keys.down() ? 1 : rows, keys.down() ? columns : 1);
    for (std::uint32_t i = 0; i < out.all.size(); ++i)
        out.all[i] = keys.down() ? from->at(*place, i) : from->at(i, *place);
    return out.all.size() == 1 ? out.all[0] : value::of(std::move(out));
}

value indexed(const arguments& a, reading& r) {
    need(a.size() <= 3 && a[0].kind != what::list);
    const auto [rows, columns] = shape_of(a[0], r);
    double row = std::floor(number_or(a, 1, r, 0)), column = std::floor(number_or(a, 2, r, 0));
    if (a.size() == 2 && rows == 1) std::swap(row, column);
    if (row < 0 || column < 0) fail("#VALUE!");
    if (row > rows || column > columns) fail("#REF!");
    const auto from_row = static_cast<std::uint32_t>(row), from_column = static_cast<std::uint32_t>(column);
    if (a[0].kind == what::area) {
        value v = a[0];
        range& c = v.cells.cells;
        if (from_row > 0) c.first.row = c.last.row = a[0].cells.cells.first.row + from_row - 1;
        if (from_column > 0) c.first.column = c.last.column = a[0].cells.cells.first.column + from_column - 1;
        return v;
    }
    const auto from = to_matrix(a[0], r);
    matrix out(from_row > 0 ? 1 : rows, from_column > 0 ? 1 : columns);
    for (std::uint32_t i = 0; i < out.rows; ++i)
        for (std::uint32_t j = 0; j < out.columns; ++j)
            out.at(i, j) = from->at(from_row > 0 ? from_row - 1 : i, from_column > 0 ? from_column - 1 : j);
    return out.all.size() == 1 ? out.all[0] : value::of(std::move(out));
}

value moved(const arguments& a, reading& r) {
    need(a[0].kind == what::area);
    const area& in = a[0].cells;
    double row = in.cells.first.row + std::trunc(number_or(a, 1, r, 0));
    double column = in.cells.first.column + std::trunc(number_or(a, 2, r, 0));
    double rows = std::trunc(number_or(a, 3, r, rows_of(in))), columns = std::trunc(number_or(a, 4, r, columns_of(in)));
    if (rows == 0 || columns == 0) fail("#REF!");
    if (rows < 0) row += rows + 1, rows = -rows;
    if (columns < 0) column += columns + 1, columns = -columns;
    if (row < 1 || column < 1 || row + rows - 1 > last_row || column + columns - 1 > last_column) fail("#REF!");
    value v = a[0];
    v.cells.cells = {{static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column)},
                     {static_cast<std::uint32_t>(row + rows - 1), static_cast<std::uint32_t>(column + columns - 1)}};
    return v;
}

/// ROW and COLUMN: of a block, the numbers of all its rows.
template <bool OfRow>
value where(const arguments& a, reading& r) {
    if (a.empty()) {
        need(r.here.row > 0);
        return value::of(static_cast<double>(OfRow ? r.here.row : r.here.column));
    }
    need(a[0].kind == what::area);
    const range& c = a[0].cells.cells;
    const std::uint32_t count = OfRow ? rows_of(a[0].cells) : columns_of(a[0].cells);
    const std::uint32_t first = OfRow ? c.first.row : c.first.column;
    if (count == 1) return value::of(static_cast<double>(first));
    r.spend(count);
    matrix out(OfRow ? count : 1, OfRow ? 1 : count);
    for (std::uint32_t i = 0; i < count; ++i) out.all[i] = value::of(static_cast<double>(first + i));
    return value::of(std::move(out));
}

value address_text(const arguments& a, reading& r) {
    const double row = std::floor(to_number(a[0], r)), column = std::floor(to_number(a[1], r));
    if (row < 1 || row > last_row || column < 1 || column > last_column) fail("#VALUE!");
    const double how = number_or(a, 2, r, 1);
    need(!given(a, 3) || to_truth(a[3], r));
    const std::string plain = to_string(address{static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column)});
    const std::size_t digits = plain.find_first_of("0123456789");
    std::string out = how == 1 || how == 3 ? "$" : "";
    out += plain.substr(0, digits);
    if (how == 1 || how == 2) out += "$";
    out += plain.substr(digits);
    if (!given(a, 4)) return value::of(out);
    const std::string sheet = to_text(a[4], r);
    need(sheet.find('[') == std::string::npos);
    const bool bare = sheet.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.") ==
                      std::string::npos;
    return value::of((bare ? sheet : "'" + sheet + "'") + "!" + out);
}

} // namespace

std::span<const function> lookups() {
    static constexpr function all[] = {
        {"VLOOKUP", 3, 4, "sas", looked_up<true>},
        {"HLOOKUP", 3, 4, "sas", looked_up<false>},
        {"LOOKUP", 2, 3, "sa", lookup},
        {"MATCH", 2, 3, "sas", matched},
        {"XMATCH", 2, 4, "sas", x_matched},
        {"XLOOKUP", 3, 6, "saaess", x_looked_up},
        {"INDEX", 1, 4, "as", indexed},
        {"OFFSET", 3, 5, "vs", moved},
        {"ROW", 0, 1, "v", where<true>},
        {"COLUMN", 0, 1, "v", where<false>},
        {"ROWS", 1, 1, "a",
         [](const arguments& a, reading& r) { return value::of(static_cast<double>(shape_of(a[0], r).first)); }},
        {"COLUMNS", 1, 1, "a",
         [](const arguments& a, reading& r) { return value::of(static_cast<double>(shape_of(a[0], r).second)); }},
        {"AREAS", 1, 1, "v",
         [](const arguments& a, reading&) {
             return value::of(a[0].kind == what::list ? static_cast<double>(a[0].areas->size()) : 1.0);
         }},
        {"ADDRESS", 2, 5, "s", address_text},
    };
    return all;
}

} // namespace riskshare::workbook::detail
