#include "template/share_sheet.hpp"

#include <riskshare/cause_period.hpp>
#include <riskshare/parse_period.hpp>
#include <riskshare/template/layout.hpp>

namespace riskshare::templates {

namespace {

/// The sheet, and the row whose first cell heads the systems.
struct handover_place {
    std::string sheet;
    std::uint32_t heading = 0;
};

std::optional<handover_place> handover_of(const workbook::book& book) {
    for (const std::string& name : book.sheet_names()) {
        if (!has_text(riskshare::detail::folded(name), "handover")) continue;
        const grid g(book.read(name), book.source().name());
        for (std::uint32_t row = 1; row <= g.rows(); ++row)
            if (riskshare::detail::folded(g.text(row, 1)) == "system" && !g.blank(row, 2))
                return handover_place{name, row};
    }
    return std::nullopt;
}

/// "Q1", "Quarter 2": its number; 0 for another text.
int quarter_of(const std::string& name) {
    const std::string t = riskshare::detail::folded(name);
    for (const char* word : {"quarter", "qtr", "q"}) {
        const std::size_t size = std::string(word).size();
        if (t.rfind(word, 0) != 0) continue;
        const std::string rest = riskshare::detail::plain(t.substr(size));
        if (!rest.empty() && rest[0] >= '1' && rest[0] <= '4' &&
            (rest.size() == 1 || !riskshare::detail::is_digit(rest[1])))
            return rest[0] - '0';
    }
    return 0;
}

bool is_total_column(const grid& g, std::uint32_t row, std::uint32_t column) {
    const workbook::cell* c = g.cell(row, column);
    return c != nullptr && c->has_formula;
}

} // namespace

std::optional<bool> period_holds(const std::string& name, month m) {
    if (const int q = quarter_of(name)) return (m.number() + 2) / 3 == q;
    if (const result<month_label> label = parse_month(name)) return label->month == m;
    return std::nullopt;
}

bool has_handover_hours(const workbook::book& book) { return handover_of(book).has_value(); }

outcome<cause_period> read_handover_hours(const workbook::book& book, const share_options& options,
                                          std::optional<month> asked) {
    std::vector<finding> findings;
    share_reader reader(book, options, findings);
    const std::optional<handover_place> place = handover_of(book);
    if (!place) {
        reader.error("cause_share.no_sheet", book.source().name() + " has no sheet of handover hours", {},
                     "name it \"Handover hours\", and head its systems \"System\"");
        return findings;
    }
    const grid g = reader.open(place->sheet);
    std::uint32_t column = 2;
    while (column < g.columns() && !g.blank(place->heading, column + 1)) ++column;
    if (asked) {
        std::string known;
        std::uint32_t found = 0;
        for (std::uint32_t c = 2; c <= column; ++c) {
            const std::string name = g.text(place->heading, c);
            known += (known.empty() ? "" : ", ") + name;
            // A quarter goes before the month within it.
            if (period_holds(name, *asked).value_or(false) && (found == 0 || quarter_of(name) != 0)) found = c;
        }
        if (found == 0) {
            reader.error("cause_share.no_month", "the sheet has no hours of " + to_string(*asked) + ": it has " + known,
                         g.at(place->heading, column), "ask for a month that it has, or add the hours");
            return findings;
        }
        column = found;
    }
    // Without a column that adds up the others, their last one is the period.
    if (!asked && !is_total_column(g, place->heading + 1, column))
        reader.note("cause_share.period",
                    "no column adds up the period: weights are those of " + g.text(place->heading, column),
                    g.at(place->heading, column));
    cause_period period;
    period.name = g.text(place->heading, column);
    period.at = g.at(place->heading, column);
    std::optional<stated_money> deficit, demonstrated;
    bool in_table = true;
    for (std::uint32_t row = place->heading + 1; row <= g.rows(); ++row) {
        const std::string label = g.text(row, 1), folded = riskshare::detail::folded(label);
        if (label.empty()) {
            in_table = false;
            continue;
        }
        if (in_table) {
            if (names_a_total(label)) continue;
            const result<cell_figure> hours = read_amount(g, row, column, unit::pounds);
            if (!hours)
                findings.push_back(to_finding(hours.why()));
            else if (!*hours)
                reader.error("cause_share.blank", label + " has no hours: blank is not zero", g.at(row, column),
                             "enter them, or 0");
            else
                period.systems.push_back({label, (*hours)->written(), money(), g.at(row, column)});
            continue;
        }
        const organisation_heading h{g, row, 1, {}};
        const bool is_deficit = has_text(folded, "adverse") || has_text(folded, "deficit"),
                   is_demonstrated = has_text(folded, "demonstrated"), is_offset = has_text(folded, "clawed back");
        if (!is_deficit && !is_demonstrated && !is_offset) continue;
        const std::optional<unit> in = reader.unit_of(h, label, g.at(row, 1));
        if (!in) continue;
        const std::optional<stated_money> m = reader.amount(g, row, 2, *in);
        if (!m) continue;
        // The sheet states both as sizes: "adverse to plan" 6.0.
        if (is_offset) {
            for (cause_line& l : period.systems)
                if (has_text(folded, riskshare::detail::folded(l.system))) l.offset = m->value;
        } else {
            (is_demonstrated ? demonstrated : deficit) = stated_money{-m->value, m->at};
        }
    }
    if (!deficit || !demonstrated) {
        reader.error("cause_share.no_deficit",
                     std::string("the sheet does not state ") + (deficit ? "what part is demonstrated" : "the deficit"),
                     g.place(), "add a row with the amount and its unit");
        return findings;
    }
    period.deficit = deficit->value;
    period.demonstrated = demonstrated->value;
    if (has_errors(findings)) return findings;
    return outcome<cause_period>(std::move(period), std::move(findings));
}

} // namespace riskshare::templates
