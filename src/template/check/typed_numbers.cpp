// Numbers typed into formulas: a correction made in a hurry, that nobody sees again.
#include "template/check/detectors.hpp"

#include "workbook/detail/formula_tree.hpp"

#include <cmath>

namespace riskshare::templates::detail {

namespace {

using workbook::address;
using workbook::cell;
using node = workbook::formula::node;
using node_kind = node::what;

bool reads_cells(const node& n) {
    if (n.kind == node_kind::cells || n.kind == node_kind::table || n.kind == node_kind::name) return true;
    for (const node& part : n.parts)
        if (reads_cells(part)) return true;
    return false;
}

/// A number that the formula adds to cells, or takes off them, at its outermost: 250 in =SUM(B4:B9)+250.
std::optional<double> number_added(const node& n) {
    if (n.kind == node_kind::call && n.text == "ROUND" && !n.parts.empty()) return number_added(n.parts[0]);
    if (n.kind != node_kind::binary || (n.text != "+" && n.text != "-")) return std::nullopt;
    for (std::size_t side : {std::size_t{1}, std::size_t{0}}) {
        const node& number = n.parts[side];
        if (number.kind == node_kind::number && reads_cells(n.parts[1 - side])) return number.number;
    }
    if (std::optional<double> left = number_added(n.parts[0])) return left;
    return number_added(n.parts[1]);
}

std::optional<double> number_added(std::string_view formula) {
    const result<workbook::formula> f = workbook::detail::parse_with_tables(formula);
    return f ? number_added(f->root()) : std::nullopt;
}

/// 1 to 31 are days and steps; 100, 365 and years are counts and not amounts.
bool is_count(double n) {
    return (n == std::floor(n) && n <= 31) || n == 100 || n == 365 || n == 366 || (n >= 1899 && n <= 2100);
}

bool has_digit(std::string_view formula) {
    for (std::size_t i = 1; i < formula.size(); ++i)
        if ((formula[i - 1] == '+' || formula[i - 1] == '-') &&
            ((formula[i] >= '0' && formula[i] <= '9') || formula[i] == '.'))
            return true;
    return !formula.empty() && formula[0] >= '0' && formula[0] <= '9';
}

} // namespace

void find_typed_numbers(const workbook::sheet& s, const provenance& place, std::vector<finding>& out) {
    constexpr std::size_t most_told = 25;
    std::size_t told = 0;
    for (const cell& c : s.cells()) {
        if (!c.has_formula || c.kind != workbook::cell_kind::number || !has_digit(c.formula) || s.is_date(c)) continue;
        const std::optional<double> number = number_added(c.formula);
        if (!number || is_count(*number)) continue;
        // Where the formulas beside it add the same number, it is how the sheet works.
        bool shared = false;
        for (const address beside : {address{c.at.row, c.at.column + 1}, address{c.at.row, c.at.column - 1},
                                     address{c.at.row + 1, c.at.column}, address{c.at.row - 1, c.at.column}}) {
            const cell* other = beside.row == 0 || beside.column == 0 ? nullptr : s.find(beside);
            shared = shared || (other != nullptr && other->has_formula && number_added(other->formula) == number);
        }
        if (shared || ++told > most_told) continue;
        finding f{"check.number_in_formula",
                  severity::warning,
                  "the formula =" + std::string(c.formula) + " has a number typed into it",
                  {place.at(c.at.row, c.at.column)}};
        f.advice = "give the number a cell and a label of its own";
        out.push_back(std::move(f));
    }
}

} // namespace riskshare::templates::detail
