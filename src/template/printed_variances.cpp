// Printed variances and their signs, for statements and for tables of bodies.
#include "template/printed_variances.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

using words::difference;
using words::variance_sense;

namespace {

/// "F", "A", "Fav", "(Adv)": a word alone that says which way a variance goes.
variance_sense way_of_variance(const std::string& text) {
    constexpr std::size_t longest = 14;
    if (text.size() > longest) return variance_sense::unsaid;
    const std::vector<std::string> all = words::words_of_text(text);
    if (all.size() != 1) return variance_sense::unsaid;
    if (all.front() == "f") return variance_sense::favourable;
    if (all.front() == "a") return variance_sense::adverse;
    return words::sense_of(all.front());
}

/// The column of such words beside a column; 0 where there is none, or anything else stands in it.
std::uint32_t directions_beside(const found_table& t, std::string_view field) {
    const found_column* c = t.column(field);
    if (c == nullptr || c->column + 1 > t.grid.columns()) return 0;
    const std::uint32_t beside = c->column + 1;
    std::size_t directions = 0;
    for (const found_row& row : t.rows) {
        const std::string text = t.grid.text(row.row, beside);
        if (text.empty() || text == "-" || text == "–") continue;
        if (way_of_variance(text) == variance_sense::unsaid) return 0;
        ++directions;
    }
    return directions > 0 ? beside : 0;
}

} // namespace

variance_sense sense_of_column(const found_table& t, std::string_view field) {
    const found_column* c = t.column(field);
    if (c == nullptr) return variance_sense::unsaid;
    return directions_beside(t, field) != 0 ? variance_sense::favourable : words::sense_of(c->heading);
}

cell_figure variance_in(const found_table& t, std::uint32_t row, std::string_view field,
                        std::vector<finding>& findings) {
    const cell_figure printed = figure_in(t, row, field, findings);
    const std::uint32_t beside = directions_beside(t, field);
    const variance_sense way = beside == 0 ? variance_sense::unsaid : way_of_variance(t.grid.text(row, beside));
    if (!printed || way == variance_sense::unsaid) return printed;
    const bool turn = printed->written().is_negative() != (way == variance_sense::adverse);
    return turn ? cell_figure(figure(-printed->written(), printed->unit(), printed->at(), printed->places())) : printed;
}

difference printed_in(const plan_and_actual& f) {
    if (!f.plan || !f.actual || !f.printed_variance) return difference::none;
    // Half a step in each of three figures.
    const exact slack = (f.plan->step() + f.actual->step() + f.printed_variance->step()) / ratio(2);
    return words::difference_printed(f.plan->value(), f.actual->value(), f.printed_variance->value(), slack);
}

bool are_other_way_round(variance_sense s, std::size_t as_is, std::size_t other, bool of_turned_lines) {
    if (s == variance_sense::adverse) return other >= as_is;
    return s == variance_sense::unsaid && (of_turned_lines ? other > as_is : as_is == 0 && other > 1);
}

void settle_variances(const std::vector<plan_and_actual*>& lines, variance_sense s) {
    std::size_t as_is = 0, other = 0;
    for (const plan_and_actual* f : lines) {
        const difference d = printed_in(*f);
        as_is += d == difference::actual_less_plan ? 1 : 0;
        other += d == difference::plan_less_actual ? 1 : 0;
    }
    if (!are_other_way_round(s, as_is, other, false)) return;
    for (plan_and_actual* f : lines)
        if (const cell_figure& v = f->printed_variance)
            f->printed_variance = figure(-v->written(), v->unit(), v->at(), v->places());
}

} // namespace riskshare::templates::detail
