// The functions that choose which of their arguments are worked out at all, or make references.
#include "workbook/detail/evaluation.hpp"

#include <algorithm>
#include <cmath>

namespace riskshare::workbook::detail {

namespace {

using node = formula::node;
using what = value::what;

void need_parts(const node& n, std::size_t least, std::size_t most) {
    if (n.parts.size() < least || n.parts.size() > most)
        throw not_evaluated{n.text + " with " + std::to_string(n.parts.size()) + " arguments"};
}

} // namespace

std::optional<value> evaluation::special_call(const node& n, bool arrays) {
    using work = value (evaluation::*)(const node&, bool);
    static const std::unordered_map<std::string, work> known = {
        {"IF", &evaluation::if_call},         {"IFERROR", &evaluation::if_error},
        {"IFNA", &evaluation::if_error},      {"IFS", &evaluation::ifs_call},
        {"SWITCH", &evaluation::switch_call}, {"CHOOSE", &evaluation::choose_call},
        {"LET", &evaluation::let_call},       {"INDIRECT", &evaluation::indirect_call},
        {"SINGLE", &evaluation::single_call}, {"ANCHORARRAY", &evaluation::spilled},
    };
    const auto found = known.find(n.text);
    if (found == known.end()) return std::nullopt;
    return (this->*found->second)(n, arrays);
}

value evaluation::if_call(const node& n, bool arrays) {
    need_parts(n, 2, 3);
    const value condition = operand(n.parts[0], arrays);
    const auto branch = [&](std::size_t i) {
        return n.parts.size() > i ? evaluated(n.parts[i], arrays) : value::of(false);
    };
    if (condition.kind != what::array) {
        value v = branch(to_truth(condition, read) ? 1 : 2);
        if (n.parts.size() > 2 || v.kind != what::blank) return v;
        return v;
    }
    const auto as_array = [&](std::size_t i) {
        return n.parts.size() > i ? operand(n.parts[i], arrays) : value::of(false);
    };
    return lifted_three(condition, as_array(1), as_array(2));
}

value evaluation::if_error(const node& n, bool arrays) {
    need_parts(n, 2, 2);
    const bool every = n.text == "IFERROR";
    const auto replaced = [&](const value& v) { return v.is_error() && (every || v.text == "#N/A"); };
    value v = caught(n.parts[0], arrays);
    if (v.kind == what::area && (!arrays || (rows_of(v.cells) == 1 && columns_of(v.cells) == 1)))
        v = single_of(v, true);
    if (v.is_single()) return replaced(v) ? evaluated(n.parts[1], arrays) : v;
    const auto items = to_matrix(v, read);
    matrix out = *items;
    std::optional<value> other;
    for (value& item : out.all)
        if (replaced(item)) {
            if (!other) other = to_scalar(evaluated(n.parts[1], arrays), read);
            item = *other;
        }
    return value::of(std::move(out));
}

value evaluation::ifs_call(const node& n, bool arrays) {
    if (n.parts.size() % 2 != 0) throw not_evaluated{n.text};
    for (std::size_t i = 0; i < n.parts.size(); i += 2) {
        const value condition = operand(n.parts[i], arrays);
        if (condition.kind == what::array) throw not_evaluated{"IFS of arrays"};
        if (to_truth(condition, read)) return evaluated(n.parts[i + 1], arrays);
    }
    throw error_met{"#N/A"};
}

value evaluation::switch_call(const node& n, bool arrays) {
    need_parts(n, 3, 255);
    const value wanted = operand(n.parts[0], arrays);
    if (wanted.kind == what::array) throw not_evaluated{"SWITCH of arrays"};
    if (wanted.is_error()) throw error_met{wanted.text};
    std::size_t i = 1;
    for (; i + 1 < n.parts.size(); i += 2) {
        const value v = operand(n.parts[i], arrays);
        if (v.is_error()) throw error_met{v.text};
        if (v.is_single() && compared(v, wanted) == 0) return evaluated(n.parts[i + 1], arrays);
    }
    if (i < n.parts.size()) return evaluated(n.parts[i], arrays);
    throw error_met{"#N/A"};
}

value evaluation::choose_call(const node& n, bool arrays) {
    need_parts(n, 2, 255);
    const value which = operand(n.parts[0], arrays);
    if (which.kind == what::array) { // CHOOSE({1,2},…) lays columns side by side
        const auto w = which.items;
        if (w->rows != 1) throw not_evaluated{"CHOOSE of arrays"};
        std::vector<std::shared_ptr<const matrix>> columns;
        std::uint32_t rows = 1;
        for (const value& v : w->all) {
            const double k = std::floor(to_number(v, read));
            if (k < 1 || k >= static_cast<double>(n.parts.size())) throw error_met{"#VALUE!"};
            columns.push_back(to_matrix(evaluated(n.parts[static_cast<std::size_t>(k)], true), read));
            rows = std::max(rows, columns.back()->rows);
            if (columns.back()->columns != 1 || columns.back()->open) throw not_evaluated{"CHOOSE of arrays"};
        }
        matrix out(rows, w->columns);
        for (std::uint32_t i = 0; i < rows; ++i)
            for (std::uint32_t j = 0; j < out.columns; ++j) {
                const matrix& m = *columns[j];
                out.at(i, j) = m.rows == 1 ? m.at(0, 0) : i < m.rows ? m.at(i, 0) : value::error("#N/A");
            }
        return value::of(std::move(out));
    }
    const double k = std::floor(to_number(which, read));
    if (k < 1 || k >= static_cast<double>(n.parts.size())) throw error_met{"#VALUE!"};
    return evaluated(n.parts[static_cast<std::size_t>(k)], arrays);
}

value evaluation::let_call(const node& n, bool arrays) {
    if (n.parts.size() < 3 || n.parts.size() % 2 == 0) throw not_evaluated{n.text};
    const std::size_t before = let_.size();
    struct leave {
        std::vector<std::pair<std::string, value>>& let;
        std::size_t before;
        ~leave() { let.resize(before); }
    } const at_the_end{let_, before};
    for (std::size_t i = 0; i + 1 < n.parts.size(); i += 2) {
        if (n.parts[i].kind != node::what::name) throw not_evaluated{n.text};
        value v = caught(n.parts[i + 1], arrays);
        let_.emplace_back(folded_text(n.parts[i].text), std::move(v));
    }
    return evaluated(n.parts.back(), arrays);
}

value evaluation::indirect_call(const node& n, bool arrays) {
    need_parts(n, 1, 2);
    const value given = operand(n.parts[0], arrays);
    if (given.kind == what::array) throw not_evaluated{"INDIRECT of arrays"};
    if (n.parts.size() == 2 && !to_truth(operand(n.parts[1], arrays), read))
        throw not_evaluated{"INDIRECT in the R1C1 style"};
    const result<formula> meant = parse_with_tables(to_text(given, read));
    if (!meant) throw error_met{"#REF!"};
    const node& target = meant->root();
    if (target.kind == node::what::name) {
        const formula* named = meaning(target.text, target.cells.sheet.empty() ? *home_ : target.cells.sheet);
        if (named == nullptr) throw error_met{"#REF!"};
    } else if (target.kind != node::what::cells && target.kind != node::what::table) {
        throw error_met{"#REF!"};
    }
    const formula kept = *meant;
    return evaluated(kept.root(), arrays);
}

value evaluation::single_call(const node& n, bool) {
    need_parts(n, 1, 1);
    return to_scalar(evaluated(n.parts[0], false), read);
}

/// A1#: the cells that the array formula in A1 fills.
value evaluation::spilled(const node& n, bool arrays) {
    need_parts(n, 1, 1);
    const value v = evaluated(n.parts[0], arrays);
    if (v.kind != what::area) throw error_met{"#REF!"};
    for (const range& filled : v.cells.in->cells.array_ranges())
        if (filled.first == v.cells.cells.first) return value::of(area{v.cells.in, filled});
    throw error_met{"#REF!"};
}

value evaluation::lifted_three(const value& condition, const value& yes, const value& no) {
    const auto c = condition.items, y = to_matrix(yes, read), o = to_matrix(no, read);
    matrix out(std::max({c->rows, y->rows, o->rows}), std::max({c->columns, y->columns, o->columns}));
    out.open = c->open || y->open || o->open;
    read.spend(out.all.size());
    const auto at = [](const matrix& m, std::uint32_t row, std::uint32_t column) {
        const std::uint32_t i = m.rows == 1 ? 0 : m.open ? std::min(row, m.rows - 1) : row;
        const std::uint32_t j = m.columns == 1 ? 0 : column;
        return i < m.rows && j < m.columns ? m.at(i, j) : value::error("#N/A");
    };
    for (std::uint32_t i = 0; i < out.rows; ++i)
        for (std::uint32_t j = 0; j < out.columns; ++j) {
            const value which = at(*c, i, j);
            try {
                out.at(i, j) = which.is_error() ? which : to_truth(which, read) ? at(*y, i, j) : at(*o, i, j);
            } catch (const error_met& e) {
                out.at(i, j) = value::error(e.text);
            }
        }
    return value::of(std::move(out));
}

} // namespace riskshare::workbook::detail
