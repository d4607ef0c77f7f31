// Units in the lines above a table.
#include "template/words/units.hpp"

#include <algorithm>

namespace riskshare::templates::words {

namespace {

/// Two amounts above one, side by side: a row of another table. Weights, being parts of one, are none.
bool is_line_of_figures(const grid& g, std::uint32_t row, std::uint32_t from, std::uint32_t to) {
    int figures = 0;
    for (std::uint32_t c = from; c <= to; ++c) {
        if (!g.is_number(row, c)) continue;
        const result<cell_figure> f = read_amount(g, row, c, unit::pounds);
        if (f && *f && money::pounds(1) < abs((*f)->value())) ++figures;
    }
    return figures > 1;
}

/// A label with its amount beside it, "Capital limit (£m)  46.3", speaks of that amount alone. A year is no amount.
bool speaks_of_itself(const grid& g, std::uint32_t row, std::uint32_t from, std::uint32_t to) {
    const exact first_year(money::pounds(1990)), last_year(money::pounds(2100));
    for (std::uint32_t c = from; c <= to; ++c) {
        if (!g.is_number(row, c) || g.source().is_date(*g.cell(row, c))) continue;
        const result<cell_figure> f = read_amount(g, row, c, unit::pounds);
        if (f && *f && ((*f)->value() < first_year || last_year < (*f)->value())) return true;
    }
    return false;
}

} // namespace

std::vector<unit> units_of_text(const std::string& text) {
    std::vector<unit> found = units_in(text);
    if (found.empty())
        if (const std::optional<unit> alone = parse_unit(text)) found.push_back(*alone);
    return found;
}

std::vector<unit_said> units_above(const grid& g, std::uint32_t row, std::uint32_t from, std::uint32_t to) {
    std::vector<unit_said> out;
    for (std::uint32_t r = row; r > 0; --r) {
        if (is_line_of_figures(g, r, from, to)) break;
        if (speaks_of_itself(g, r, from, to)) continue;
        for (std::uint32_t c = from; c <= to; ++c) {
            if (g.is_number(r, c)) continue;
            for (const unit u : units_of_text(g.text(r, c)))
                if (std::none_of(out.begin(), out.end(), [u](const unit_said& s) { return s.unit == u; }))
                    out.push_back({u, g.at(r, c)});
        }
    }
    return out;
}

finding two_units(const std::string& what, const std::vector<unit_said>& units) {
    finding f{"table.ambiguous_unit",
              severity::error,
              what + " could be in " + to_string(units[0].unit) + " or in " + to_string(units[1].unit) +
                  ": both are named beside it",
              {units[0].at, units[1].at},
              "write the unit in the column's heading, or say it in a mapping (--map)"};
    return f;
}

} // namespace riskshare::templates::words
