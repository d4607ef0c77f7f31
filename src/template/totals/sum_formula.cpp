// Walks the tree of a formula and collects what it adds, for as long as it only adds.
#include "template/totals/sum_formula.hpp"

#include "template/finance_sheet.hpp"
#include "template/tracker_rows.hpp"

#include "workbook/detail/formula_tree.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

namespace {

using node = workbook::formula::node;
using node_kind = node::what;

bool is_number(const node& n, double value) { return n.kind == node_kind::number && n.number == value; }

class sum_walk {
public:
    bool take(const node& n, int sign) {
        switch (n.kind) {
        case node_kind::cells:
            out.parts.push_back({n.cells.sheet, n.cells.cells, sign, false, {}});
            return true;
        case node_kind::table:
            out.parts.push_back({{}, {}, sign, false, n.text});
            return true;
        case node_kind::negate:
            return take(n.parts.front(), -sign);
        case node_kind::binary:
            if (n.text != "+" && n.text != "-") return false;
            out.listed = true;
            return take(n.parts[0], sign) && take(n.parts[1], n.text == "+" ? sign : -sign);
        case node_kind::call:
            return call(n, sign);
        default:
            return false;
        }
    }
    sum_formula out;

private:
    bool call(const node& n, int sign) {
        const std::size_t count = n.parts.size();
        if (n.text == "SUM") return all_from(n, 0, sign);
        if (n.text == "N" && count == 1) return take(n.parts[0], sign);
        if (n.text == "IFERROR" && count == 2 && harmless(n.parts[1])) return take(n.parts[0], sign);
        if ((n.text == "ROUND" || n.text == "ROUNDUP" || n.text == "ROUNDDOWN") && count == 2) {
            out.rounded = true;
            return take(n.parts[0], sign);
        }
        if (n.text == "SUBTOTAL" && count >= 2) {
            if (!is_number(n.parts[0], 9) && !is_number(n.parts[0], 109)) return false;
            out.sub_total = true;
            out.visible_only = out.visible_only || is_number(n.parts[0], 109);
            return all_from(n, 1, sign);
        }
        if (n.text == "AGGREGATE" && count >= 3 && is_number(n.parts[0], 9) && n.parts[1].kind == node_kind::number) {
            const double passes_over = n.parts[1].number; // 0 to 3 pass over sub-totals; odd ones over hidden rows
            out.sub_total = out.sub_total || passes_over < 4;
            out.visible_only = out.visible_only || (static_cast<int>(passes_over) & 1) != 0;
            return all_from(n, 2, sign);
        }
        if (n.text == "SUMIF" && (count == 2 || count == 3)) return chosen(n.parts[count == 3 ? 2 : 0], sign);
        if (n.text == "SUMIFS" && count >= 3) return chosen(n.parts[0], sign);
        return false;
    }

    static bool harmless(const node& n) {
        return is_number(n, 0) || (n.kind == node_kind::text && n.text.empty()) || n.kind == node_kind::missing;
    }
    bool all_from(const node& n, std::size_t first, int sign) {
        out.listed = out.listed || n.parts.size() > first + 1;
        for (std::size_t i = first; i < n.parts.size(); ++i)
            if (!take(n.parts[i], sign)) return false;
        return n.parts.size() > first;
    }
    bool chosen(const node& n, int sign) {
        if (n.kind != node_kind::cells && n.kind != node_kind::table) return false;
        take(n, sign);
        out.parts.back().chosen = true;
        return true;
    }
};

} // namespace

bool sum_formula::adds_whole_cells_here() const {
    return std::all_of(parts.begin(), parts.end(), [](const added_part& p) {
        return p.sheet.empty() && p.table.empty() && !p.chosen && p.sign > 0;
    });
}

std::optional<sum_formula> sum_formula_of(std::string_view formula) {
    const result<workbook::formula> parsed = workbook::detail::parse_with_tables(formula);
    sum_walk walk;
    if (!parsed || !walk.take(parsed->root(), 1)) return std::nullopt;
    const node& root = parsed->root();
    walk.out.only_repeats = root.kind == node_kind::cells && root.cells.cells.first == root.cells.cells.last;
    return walk.out;
}

std::optional<std::vector<added_row>> rows_added(std::string_view formula, std::uint32_t column) {
    const std::optional<sum_formula> sum = sum_formula_of(formula);
    if (!sum) return std::nullopt;
    std::vector<added_row> rows;
    for (const added_part& p : sum->parts) {
        if (!p.sheet.empty() || !p.table.empty() || p.chosen || p.cells.first.column != column ||
            p.cells.last.column != column || p.cells.last.row == workbook::last_row)
            return std::nullopt;
        for (std::uint32_t row = p.cells.first.row; row <= p.cells.last.row; ++row) rows.push_back({row, p.sign});
    }
    return rows;
}

adds_up adds_up_of(const workbook::cell& c) {
    const std::optional<sum_formula> sum = c.has_formula ? sum_formula_of(c.formula) : std::nullopt;
    if (!sum || sum->only_repeats) return adds_up::no;
    bool above = true, below = true;
    for (const added_part& p : sum->parts) {
        if (p.sign < 0 || p.chosen || !p.sheet.empty()) return adds_up::no;
        if (!p.table.empty()) return adds_up::above; // a table's totals stand below it
        if (p.cells.first.column != c.at.column || p.cells.last.column != c.at.column) return adds_up::no;
        above = above && p.cells.last.row < c.at.row;
        below = below && p.cells.first.row > c.at.row;
    }
    return above ? adds_up::above : below ? adds_up::below : adds_up::no;
}

std::optional<span_of_rows> rows_added_by(const workbook::cell& c) {
    const std::optional<sum_formula> sum = c.has_formula ? sum_formula_of(c.formula) : std::nullopt;
    if (!sum || sum->parts.size() != 1 || sum->only_repeats) return std::nullopt;
    const added_part& p = sum->parts.front();
    if (p.sign < 0 || p.chosen || !p.sheet.empty() || !p.table.empty() || p.cells.first.column != c.at.column ||
        p.cells.last.column != c.at.column || p.cells.first.row >= c.at.row)
        return std::nullopt;
    return span_of_rows{p.cells.first.row, p.cells.last.row};
}

} // namespace riskshare::templates::detail
