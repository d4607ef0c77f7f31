// Looking up cells by what they hold or where they stand.
#include "workbook/detail/formula_values.hpp"

namespace riskshare::workbook::detail {

namespace {

using what = value::what;
using arguments = std::vector<value>;

void need(bool met) {
    if (!met) throw not_evaluated{};
}

value cell_at(const area& a, std::uint32_t row, std::uint32_t column, reading& r) {
    return to_scalar(value::of(area{a.in, {{row, column}, {row, column}}}), r);
}

/// A row or a column of an area.
struct strip {
    area cells;
    bool down;
    std::uint32_t size() const { return down ? rows_of(cells) : columns_of(cells); }
    address at(std::uint32_t i) const {
        const address first = cells.cells.first;
        return down ? address{first.row + i, first.column} : address{first.row, first.column + i};
    }
    /// Beyond it nothing is stored.
    std::uint32_t stored() const {
        const address last = cells.in->used().last, first = cells.cells.first;
        const std::uint32_t end = down ? last.row : last.column, begin = down ? first.row : first.column;
        return end < begin ? 0 : std::min(size(), end - begin + 1);
    }
};

const column_index& index_of(const strip& s, reading& r) {
    const range& c = s.cells.cells;
    const auto [at, fresh] = r.indices.try_emplace({s.cells.in, c.first.column, c.first.row, c.last.row});
    if (!fresh) return at->second;
    for (std::uint32_t i = 0; i < s.stored(); ++i) {
        const cell* cell = s.cells.in->find(s.at(i));
        if (cell == nullptr) continue;
        if (cell->kind == cell_kind::text) at->second.texts.emplace(folded_text(cell->text), i);
        if (cell->kind == cell_kind::number) at->second.numbers.emplace(number_of_text(cell->text), i);
    }
    return at->second;
}

/// The place of the first cell that equals the value; wildcards count in a text.
std::optional<std::uint32_t> place_of(const value& wanted, const strip& in, reading& r) {
    need(wanted.kind == what::number || (wanted.kind == what::text && !wanted.text.empty()));
    if (wanted.kind == what::text && wanted.text.find_first_of("*?~") != std::string::npos) {
        need(wanted.text.find_first_of("~<>=") == std::string::npos);
        const criterion like(wanted, r);
        for (std::uint32_t i = 0; i < in.stored(); ++i) {
            need(r.cells_left > 0);
            --r.cells_left;
            const cell* c = in.cells.in->find(in.at(i));
            if (c != nullptr && c->kind == cell_kind::text && like.met_by(c)) return i;
        }
        return std::nullopt;
    }
    if (!in.down) {
        for (std::uint32_t i = 0; i < in.stored(); ++i) {
            const value v = cell_at(in.cells, in.at(i).row, in.at(i).column, r);
            if (v.kind != wanted.kind) continue;
            if (v.kind == what::number ? v.number == wanted.number : folded_text(v.text) == folded_text(wanted.text))
                return i;
        }
        return std::nullopt;
    }
    const column_index& index = index_of(in, r);
    if (wanted.kind == what::number) {
        const auto found = index.numbers.find(wanted.number);
        return found == index.numbers.end() ? std::nullopt : std::optional(found->second);
    }
    const auto found = index.texts.find(folded_text(wanted.text));
    return found == index.texts.end() ? std::nullopt : std::optional(found->second);
}

/// The place of the last number that is no larger, among numbers that rise.
std::optional<std::uint32_t> place_up_to(const value& wanted, const strip& in, reading& r) {
    need(wanted.kind == what::number);
    std::optional<std::uint32_t> place;
    std::optional<double> before;
    for (std::uint32_t i = 0; i < in.stored(); ++i) {
        const value v = cell_at(in.cells, in.at(i).row, in.at(i).column, r);
        if (v.kind == what::blank) continue;
        need(v.kind == what::number && (!before || *before <= v.number));
        before = v.number;
        if (v.number <= wanted.number) place = i;
    }
    return place;
}

value looked_up(const arguments& a, reading& r, bool down) {
    need((a.size() == 3 || a.size() == 4) && a[1].kind == what::area);
    const value wanted = to_scalar(a[0], r);
    if (wanted.is_error()) throw error_met{wanted.text};
    const area& table = a[1].cells;
    const double which = std::floor(to_number(a[2], r));
    if (which < 1) throw error_met{"#VALUE!"};
    if (which > (down ? columns_of(table) : rows_of(table))) throw error_met{"#REF!"};
    strip keys{table, down};
    (down ? keys.cells.cells.last.column : keys.cells.cells.last.row) =
        down ? table.cells.first.column : table.cells.first.row;
    const bool exact = a.size() == 4 && !to_truth(a[3], r);
    const std::optional<std::uint32_t> place = exact ? place_of(wanted, keys, r) : place_up_to(wanted, keys, r);
    if (!place) throw error_met{"#N/A"};
    address found = keys.at(*place);
    (down ? found.column : found.row) += static_cast<std::uint32_t>(which) - 1;
    const value v = cell_at(table, found.row, found.column, r);
    if (v.is_error()) throw error_met{v.text};
    return v;
}

value matched(const arguments& a, reading& r) {
    need((a.size() == 2 || a.size() == 3) && a[1].kind == what::area);
    const area& in = a[1].cells;
    need(rows_of(in) == 1 || columns_of(in) == 1);
    const value wanted = to_scalar(a[0], r);
    if (wanted.is_error()) throw error_met{wanted.text};
    const double how = a.size() == 3 ? to_number(a[2], r) : 1;
    need(how >= 0);
    const strip keys{in, columns_of(in) == 1};
    const std::optional<std::uint32_t> place = how == 0 ? place_of(wanted, keys, r) : place_up_to(wanted, keys, r);
    if (!place) throw error_met{"#N/A"};
    return value::of(static_cast<double>(*place + 1));
}

value indexed(const arguments& a, reading& r) {
    need((a.size() == 2 || a.size() == 3) && a[0].kind == what::area);
    const area& in = a[0].cells;
    double row = std::floor(to_number(a[1], r)), column = a.size() == 3 ? std::floor(to_number(a[2], r)) : 0;
    if (a.size() == 2 && rows_of(in) == 1) std::swap(row, column);
    if (a.size() == 2 && rows_of(in) > 1) need(columns_of(in) == 1);
    if (row < 0 || column < 0) throw error_met{"#VALUE!"};
    if (row > rows_of(in) || column > columns_of(in)) throw error_met{"#REF!"};
    value v = a[0];
    range& cells = v.cells.cells;
    if (row > 0) cells.first.row = cells.last.row = in.cells.first.row + static_cast<std::uint32_t>(row) - 1;
    if (column > 0)
        cells.first.column = cells.last.column = in.cells.first.column + static_cast<std::uint32_t>(column) - 1;
    return v;
}

value moved(const arguments& a, reading& r) {
    need(a.size() >= 3 && a.size() <= 5 && a[0].kind == what::area);
    const area& in = a[0].cells;
    const auto given = [&](std::size_t i, double otherwise) {
        return a.size() > i && a[i].kind != what::blank ? std::trunc(to_number(a[i], r)) : otherwise;
    };
    const double row = in.cells.first.row + given(1, 0), column = in.cells.first.column + given(2, 0);
    const double rows = given(3, rows_of(in)), columns = given(4, columns_of(in));
    need(rows >= 1 && columns >= 1);
    if (row < 1 || column < 1 || row + rows - 1 > last_row || column + columns - 1 > last_column)
        throw error_met{"#REF!"};
    value v = a[0];
    v.cells.cells = {{static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column)},
                     {static_cast<std::uint32_t>(row + rows - 1), static_cast<std::uint32_t>(column + columns - 1)}};
    return v;
}

value where(const std::string& name, const arguments& a, reading& r) {
    need(a.size() <= 1);
    const bool of_row = name == "ROW";
    if (a.empty()) {
        need(r.here.row > 0);
        return value::of(static_cast<double>(of_row ? r.here.row : r.here.column));
    }
    need(a[0].kind == what::area && (of_row ? rows_of(a[0].cells) : columns_of(a[0].cells)) == 1);
    return value::of(static_cast<double>(of_row ? a[0].cells.cells.first.row : a[0].cells.cells.first.column));
}

} // namespace

std::optional<value> call_lookup(const std::string& name, const arguments& a, reading& r) {
    if (name == "VLOOKUP" || name == "HLOOKUP") return looked_up(a, r, name == "VLOOKUP");
    if (name == "MATCH") return matched(a, r);
    if (name == "INDEX") return indexed(a, r);
    if (name == "OFFSET") return moved(a, r);
    if (name == "ROW" || name == "COLUMN") return where(name, a, r);
    if (name == "ROWS" || name == "COLUMNS") {
        need(a.size() == 1 && a[0].kind == what::area);
        return value::of(static_cast<double>(name == "ROWS" ? rows_of(a[0].cells) : columns_of(a[0].cells)));
    }
    return std::nullopt;
}

} // namespace riskshare::workbook::detail
