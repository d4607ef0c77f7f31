#include <riskshare/template/tracker_sheet.hpp>

#include "template/tracker_headings.hpp"

#include <algorithm>

namespace riskshare::templates {

namespace {

bool in_a_tracker(const tracker_reading& reading, const std::string& sheet, std::uint32_t row) {
    return std::any_of(reading.tables.begin(), reading.tables.end(), [&](const tracker_table& t) {
        return t.sheet == sheet && t.first_heading <= row && row <= t.last_row;
    });
}

std::optional<rating> rating_at(const grid& g, std::uint32_t row, std::uint32_t column) {
    if (row == 0 || g.is_number(row, column)) return std::nullopt;
    const result<rating> r = parse_rating(g.text(row, column));
    return r ? std::optional(*r) : std::nullopt;
}

/// Rows of different ratings right below each other, headed by a plan with its unit: "Red", "Amber", "Green".
std::optional<savings_plan> table_at(const grid& g, std::uint32_t first, std::uint32_t column) {
    std::uint32_t heading = 0, plan = 0;
    std::optional<unit> in;
    for (std::uint32_t r = first; r-- > 1 && first - r <= 3 && plan == 0;)
        for (std::uint32_t c = column + 1; c <= g.columns() && plan == 0; ++c) {
            const std::string words = g.heading(r, c);
            const std::optional<detail::line_meaning> m = detail::meaning_of(words);
            const std::vector<unit> units = units_in(words);
            if (m && m->kind == detail::amount_kind::plan && !m->month && !m->to_date && units.size() == 1)
                heading = r, plan = c, in = units.front();
        }
    if (heading == 0) return std::nullopt;
    savings_plan out;
    out.at = g.at(first, column);
    std::size_t rows = 0;
    for (std::uint32_t r = first; r <= g.rows(); ++r, ++rows) {
        const std::optional<rating> here = rating_at(g, r, column);
        if (!here) break;
        const workbook::cell* stored = g.cell(r, plan);
        if (stored != nullptr && stored->has_formula && stored->kind == workbook::cell_kind::blank)
            return std::nullopt; // never calculated: nothing is printed yet
        const result<cell_figure> amount = read_amount(g, r, plan, *in);
        if (out.of(*here) || !amount) return std::nullopt; // a rating twice: these are schemes
        out.of(*here) = *amount;
    }
    return rows >= 3 ? std::optional(out) : std::nullopt;
}

} // namespace

savings_table printed_ratings(const workbook::book& book, const tracker_reading& reading) {
    savings_table out;
    if (reading.read.empty() || reading.read.values(scheme_field::organisation).size() != 1) return out;
    for (const std::string& name : book.sheet_names()) {
        const grid g(book.read(name), book.source().name());
        for (std::uint32_t r = 2; r <= g.rows(); ++r) {
            if (in_a_tracker(reading, name, r)) continue;
            for (const workbook::cell& c : g.source().row(r)) {
                if (!rating_at(g, r, c.at.column) || rating_at(g, r - 1, c.at.column)) continue;
                std::optional<savings_plan> found = table_at(g, r, c.at.column);
                if (!found) continue;
                found->organisation = reading.read.values(scheme_field::organisation).front();
                out.plans.push_back(std::move(*found));
            }
        }
    }
    return out;
}

} // namespace riskshare::templates
