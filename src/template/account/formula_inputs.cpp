// Finds the cells that a formula reads.
#include "template/account/formula_inputs.hpp"

#include <riskshare/detail/text.hpp>

namespace riskshare::templates::detail {

std::vector<workbook::reference> formula_inputs(const workbook::book& book, const std::string& home,
                                                const std::string& formula, int depth) {
    constexpr int deepest = 10;
    std::vector<workbook::reference> out;
    const result<workbook::formula> parsed = workbook::parse_formula(formula);
    if (!parsed || depth > deepest) return out;
    for (workbook::reference r : parsed->references()) {
        if (r.sheet.empty()) r.sheet = home;
        out.push_back(std::move(r));
    }
    using riskshare::detail::folded;
    for (const std::string& name : parsed->names())
        for (const workbook::defined_name& d : book.defined_names())
            if (folded(d.name) == folded(name) && (d.scope_sheet.empty() || d.scope_sheet == home))
                for (workbook::reference& r : formula_inputs(book, home, d.refers_to, depth + 1))
                    out.push_back(std::move(r));
    return out;
}

bool same_shape(std::string_view a, std::string_view b) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    std::size_t i = 0, j = 0;
    while (true) {
        const bool number_a = i < a.size() && digit(a[i]), number_b = j < b.size() && digit(b[j]);
        if (number_a != number_b) return false;
        if (number_a) {
            while (i < a.size() && digit(a[i])) ++i;
            while (j < b.size() && digit(b[j])) ++j;
            continue;
        }
        if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
        if (a[i++] != b[j++]) return false;
    }
}

} // namespace riskshare::templates::detail
