#include <riskshare/template/rating_summary.hpp>

#include "template/finance_sheet.hpp"
#include "template/savings_sheet.hpp"
#include "template/tracker_context.hpp"

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
        const bool again = l.rating && std::any_of(out.lines.begin(), out.lines.end(),
                                                   [&](const auto& before) { return before.rating == l.rating; });
        if (again) return std::nullopt; // these are schemes
        rated += l.rating.has_value();
        const std::uint32_t plan = t.column("plan")->column;
        const workbook::cell* stored = t.grid.cell(row.row, plan);
        if (stored != nullptr && stored->has_formula && stored->kind == workbook::cell_kind::blank)
            return std::nullopt; // never calculated: nothing is printed yet
        l.at = t.grid.at(row.row, plan);
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

constexpr std::uint32_t most_rows = 200; // a summary is short

bool is_short_sheet(const workbook::book& book, const std::string& name) {
    return book.part_of(name).find("/worksheets/") != std::string::npos && book.read(name).used().last.row <= most_rows;
}

/// The nearest title above a table that names an organisation, else the name of its sheet.
std::string organisation_above(const found_table& t, const organisation_directory& directory) {
    constexpr std::uint32_t nearest = 4;
    for (std::uint32_t r = t.last_heading; r > 0 && t.last_heading - r <= nearest; --r)
        for (std::uint32_t c = 1; c <= t.grid.columns(); ++c)
            if (!t.grid.is_number(r, c))
                if (const auto code = detail::organisation_in(t.grid.text(r, c), directory)) return *code;
    return detail::organisation_in(t.grid.source().name(), directory).value_or("");
}

} // namespace

std::vector<rating_summary> read_rating_summaries(const workbook::book& book, const read_options& options) {
    std::vector<rating_summary> out;
    layout_options layout;
    layout.unit_if_none = options.unit_if_none;
    layout.known_label = [](const std::string& label) { return rating_of(label).has_value(); };
    for (const std::string& name : book.sheet_names()) {
        if (!is_short_sheet(book, name)) continue;
        const grid g(book.read(name), book.source().name());
        for (const found_table& t : find_tables(g, summary_shape(), layout).tables)
            if (auto summary = summary_of(t)) {
                summary->organisation = organisation_above(t, options.directory);
                out.push_back(std::move(*summary));
            }
    }
    return out;
}

savings_table printed_ratings(const workbook::book& book, const tracker_reading& reading, const read_options& options) {
    savings_table out;
    const auto in_a_tracker = [&](const provenance& at) {
        return std::any_of(reading.tables.begin(), reading.tables.end(), [&](const tracker_table& t) {
            return t.sheet == at.sheet() && t.first_heading <= at.row() && at.row() <= t.last_row;
        });
    };
    for (const rating_summary& s : read_rating_summaries(book, options)) {
        if (in_a_tracker(s.lines.front().at)) continue;
        savings_plan p;
        p.organisation = s.organisation;
        p.at = s.lines.front().at;
        for (const rating_summary::line& l : s.lines) (l.rating ? p.of(*l.rating) : p.printed_total) = l.plan;
        out.plans.push_back(std::move(p));
    }
    layout_options layout;
    layout.unit_if_none = options.unit_if_none;
    layout.known_label = [&](const std::string& label) { return options.directory.recognise(label).has_value(); };
    for (const std::string& name : book.sheet_names()) {
        if (!is_short_sheet(book, name)) continue;
        const grid g(book.read(name), book.source().name());
        for (const found_table& t : find_tables(g, detail::savings_shape(), layout).tables) {
            if (in_a_tracker(t.at())) continue;
            std::vector<finding> ignored;
            std::optional<sourced_weights> weights;
            savings_table rows = detail::savings_of(t, options, weights, ignored);
            if (!has_errors(ignored)) std::move(rows.plans.begin(), rows.plans.end(), std::back_inserter(out.plans));
        }
    }
    return out;
}

} // namespace riskshare::templates
