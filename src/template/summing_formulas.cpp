#include "template/detail/table_view.hpp"

#include "workbook/detail/formula_tree.hpp"

#include <riskshare/workbook/formula.hpp>

namespace riskshare::templates::detail {

namespace {

/// The cells that a formula adds up; false when it does anything else.
bool adds_only(const workbook::formula::node& n, std::vector<workbook::range>& cells, bool& listed) {
    using what = workbook::formula::node::what;
    if (n.kind == what::cells) {
        cells.push_back(n.cells.cells);
        return n.cells.sheet.empty();
    }
    std::size_t first = 0;
    if (n.kind == what::binary && n.text == "+")
        listed = true;
    else if (n.kind != what::call || (n.text != "SUM" && n.text != "SUBTOTAL"))
        return false;
    else
        first = n.text == "SUBTOTAL";
    if (first == 1 && (n.parts.empty() || (n.parts[0].number != 9 && n.parts[0].number != 109))) return false;
    for (std::size_t i = first; i < n.parts.size(); ++i)
        if (!adds_only(n.parts[i], cells, listed)) return false;
    return n.parts.size() > first;
}

} // namespace

std::optional<added_cells> cells_added(const std::string& formula) {
    const result<workbook::formula> f = workbook::parse_formula(formula);
    added_cells out;
    if (!f || !adds_only(f->root(), out.cells, out.listed)) return std::nullopt;
    out.sub_total = f->root().text == "SUBTOTAL";
    out.only_repeats = f->root().kind == workbook::formula::node::what::cells;
    return out;
}

bool only_adds(const std::string& formula) { return cells_added(formula).has_value(); }

} // namespace riskshare::templates::detail
