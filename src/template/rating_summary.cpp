#include <riskshare/template/rating_summary.hpp>

#include "template/finance_sheet.hpp"

#include <algorithm>

namespace riskshare::templates {

namespace {

const shape& summary_shape() {
    using holds = field::holds;
    static const shape s{
        "schemes by rating",
        {
            {"rating", {"rating", "rag", "rag rating", "risk rating", "delivery rating"}, holds::label, false},
            {"schemes",
             {"schemes", "number of schemes", "no of schemes", "no. of schemes", "count", "number"},
             holds::text,
             false},
            {"plan",
             {"plan", "planned", "plan total", "total plan", "annual plan", "savings plan", "full year plan"},
             holds::amount,
             true},
            {"forecast",
             {"forecast", "forecast outturn", "fot", "total forecast", "full year forecast"},
             holds::amount,
             false},
        }};
    return s;
}

std::optional<rating> rating_of(const std::string& label) {
    const result<rating> r = parse_rating(label);
    return r ? std::optional(*r) : std::nullopt;
}

std::optional<rating_summary> summary_of(const found_table& t) {
    rating_summary out;
    std::size_t rated = 0;
    std::vector<finding> ignored;
    for (const found_row& row : t.rows) {
        rating_summary::line l;
        l.rating = rating_of(row.label);
        if (!l.rating && !names_a_total(row.label)) return std::nullopt;
        rated += l.rating.has_value();
        l.at = t.grid.at(row.row, t.column("plan")->column);
        l.plan = detail::figure_in(t, row.row, "plan", ignored);
        if (t.column("forecast") != nullptr) l.forecast = detail::figure_in(t, row.row, "forecast", ignored);
        if (const found_column* c = t.column("schemes")) {
            const result<decimal> n = decimal_of_stored(t.grid.text(row.row, c->column));
            if (n && n->normalised().exponent() >= 0 && t.grid.is_number(row.row, c->column))
                if (const result<ratio> whole = to_ratio(*n); whole) l.schemes = whole->numerator();
        }
        out.lines.push_back(std::move(l));
    }
    return rated >= 3 ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace

std::vector<rating_summary> read_rating_summaries(const workbook::book& book, const read_options& options) {
    std::vector<rating_summary> out;
    layout_options layout;
    layout.unit_if_none = options.unit_if_none;
    layout.known_label = [](const std::string& label) { return rating_of(label).has_value(); };
    for (const std::string& name : book.sheet_names()) {
        if (book.part_of(name).find("/worksheets/") == std::string::npos) continue;
        const grid g(book.read(name), book.source().name());
        constexpr std::uint32_t most_rows = 200; // a summary is short
        if (g.rows() > most_rows) continue;
        for (const found_table& t : find_tables(g, summary_shape(), layout).tables)
            if (auto summary = summary_of(t)) out.push_back(std::move(*summary));
    }
    return out;
}

} // namespace riskshare::templates
