// Whether a table of plan and actual is of surpluses and deficits, by the words over it and the signs of its figures.
#include "template/result_tables.hpp"

#include "template/words/signs.hpp"

#include <algorithm>
#include <functional>

namespace riskshare::templates::detail {

using words::term;
using words::term_set;

namespace {

constexpr std::uint32_t rows_of_titles = 3, rows_above_a_table = 4;

using title_listener = std::function<void(const std::string&, const provenance&)>;

/// The sheet's name, its first lines, and the lines right above the table with its headings.
void each_title_over(const found_table& t, const title_listener& to) {
    const grid& g = t.grid;
    to(g.place().sheet(), g.place());
    for (const workbook::cell& c : g.source().cells()) {
        if (c.at.row > rows_of_titles) break;
        if (c.kind == workbook::cell_kind::text) to(std::string(c.text), g.place().at(c.at.row, c.at.column));
    }
    const std::uint32_t first = t.first_heading > rows_above_a_table ? t.first_heading - rows_above_a_table : 1;
    for (std::uint32_t row = first; row <= t.last_heading; ++row)
        for (std::uint32_t c = 1; c <= g.columns(); ++c)
            if (!g.is_number(row, c) && !g.text(row, c).empty()) to(g.text(row, c), g.at(row, c));
}

bool is_amount_of_result(const found_column& c) {
    return c.unit && !c.field.empty() && c.field.find("variance") == std::string::npos;
}

/// Every plan and actual of the table.
template <class F>
void each_plan_or_actual(const found_table& t, F f) {
    for (const found_row& row : t.rows)
        for (const found_column& c : t.columns) {
            if (!is_amount_of_result(c)) continue;
            const result<cell_figure> read = read_amount(t.grid, row.row, c.column, *c.unit);
            if (read && *read) f((*read)->written());
        }
}

} // namespace

table_subject subject_of(const found_table& t, const words::vocabulary& vocabulary, bool of_bodies) {
    term_set said;
    each_title_over(t, [&](const std::string& text, const provenance&) {
        for (const words::said& s : vocabulary.in(text)) said.add(s.what);
    });
    using kind = table_subject::kind;
    if (said.has_any({term::surplus_or_deficit, term::result, term::about_position, term::adjusted_performance,
                      term::deficit_support, term::about_control_totals, term::misalignment}))
        return {kind::result};
    if (said.has(term::about_cash)) return {kind::other, "cash"};
    if (said.has(term::about_workforce)) return {kind::other, "the workforce"};
    if (of_bodies && said.has(term::about_agency)) return {kind::other, "agency spending"};
    if (of_bodies && said.has(term::income)) return {kind::other, "income"};
    return {};
}

finding another_subject(const found_table& t, const table_subject& s) {
    return {"position.another_subject",
            severity::warning,
            "the titles speak of " + s.other +
                " and not of a surplus or deficit, so the table was not read as a position",
            {t.at()},
            "if it is a position, say so in its title: \"Surplus/(deficit)\""};
}

finding subject_unknown(const found_table& t) {
    return {"position.subject_unknown",
            severity::warning,
            "nothing says whether these amounts of bodies are surpluses or something else, so they were not read",
            {t.at()},
            "write \"Surplus/(deficit)\" in the title or above the amounts if that is what they are"};
}

bool any_below_zero(const found_table& t) {
    bool below = false;
    each_plan_or_actual(t, [&](const decimal& d) { below = below || d.is_negative(); });
    return below;
}

bool lists_results_of_bodies(const found_table& t, const read_options& options) {
    const std::shared_ptr<const words::vocabulary> vocabulary = words::vocabulary_of(options.map.words);
    const found_column* labels = t.column("line");
    if (labels == nullptr) return false;
    const term_set heading = vocabulary->terms_in(t.grid.heading(t.last_heading, labels->column));
    if (!heading.has(term::body) || heading.has_any({term::programme_area, term::spending})) return false;
    return any_below_zero(t) || subject_of(t, *vocabulary, true).of == table_subject::kind::result;
}

printed_deficits deficits_of(const found_table& t) {
    printed_deficits out;
    words::result_sense sense = words::result_sense::unsaid;
    const auto take = [&](const std::string& text, const provenance& at) {
        const words::result_sense s = words::result_sense_of(text);
        if (sense != words::result_sense::unsaid || s == words::result_sense::unsaid) return;
        sense = s, out.at = at, out.words = text;
    };
    // The headings of the columns go before the titles.
    for (const found_column& c : t.columns)
        if (is_amount_of_result(c)) take(c.heading, t.grid.at(t.last_heading, c.column));
    if (sense == words::result_sense::unsaid) each_title_over(t, take);
    bool above = false, below = false;
    each_plan_or_actual(t, [&](const decimal& d) {
        below = below || d.is_negative();
        above = above || (!d.is_negative() && !d.is_zero());
    });
    const std::optional<bool> positive = words::deficits_are_positive(sense, above, below);
    out.unknown = !positive;
    out.turned = positive.value_or(false);
    return out;
}

} // namespace riskshare::templates::detail
