#include "template/heading_block.hpp"
#include "template/savings_sheet.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

using riskshare::detail::folded;

namespace {

/// The amounts of a list often stand under nothing but their unit, which is no heading word.
int fits_list_amount(const std::string& heading) {
    static const field named{"amount",
                             {"amount", "value", "plan", "planned", "saving", "savings", "planned savings",
                              "savings plan", "annual plan", "full year plan", "sum of value", "sum of amount",
                              "sum of plan", "total"},
                             field::holds::amount};
    constexpr int barely = 60;
    return words_of(heading).empty() ? barely : fit(heading, named);
}

/// Ratings below each other spell no heading: R, A, G.
int fits_list_rating(const std::string& heading) {
    static const field named{
        "rating",
        {"rating", "rag", "rag rating", "rag status", "risk rating", "delivery rating", "delivery risk", "colour"},
        field::holds::text};
    for (std::size_t at = 0; at <= heading.size();) {
        const std::size_t end = std::min(heading.find('\n', at), heading.size());
        if (parse_rating(std::string_view(heading).substr(at, end - at))) return 0;
        at = end + 1;
    }
    return fit(heading, named);
}

const shape& list_shape() {
    using holds = field::holds;
    static const shape s{"savings by rating, one a row",
                         {
                             savings_shape().fields.front(),
                             {"rating", {}, holds::text, true, {}, false, fits_list_rating},
                             {"amount", {}, holds::amount, false, {}, true, fits_list_amount},
                         },
                         true};
    return s;
}

result<rating> rating_in(const found_table& t, const found_row& row, const read_options& options) {
    const std::string text = t.grid.text(row.row, t.column("rating")->column);
    for (const auto& [typed, meaning] : options.map.ratings)
        if (folded(typed) == folded(text)) return meaning;
    return parse_rating(text);
}

/// Whether the rows are of known organisations and ratings; a table of anything else that is rated is not a list.
bool lists_savings(const found_table& t, const read_options& options) {
    if (t.column("rating") == nullptr || t.column("amount") == nullptr || t.rows.empty()) return false;
    const auto rated = [&](const found_row& r) { return rating_in(t, r, options).has_value(); };
    return options.directory.recognise(t.rows.front().label) && rated(t.rows.front()) &&
           2 * std::count_if(t.rows.begin(), t.rows.end(), rated) > static_cast<std::ptrdiff_t>(t.rows.size());
}

savings_plan& plan_of(savings_table& table, const std::string& organisation, const provenance& at) {
    for (savings_plan& p : table.plans)
        if (p.organisation == organisation) return p;
    table.plans.push_back({organisation});
    table.plans.back().at = at;
    return table.plans.back();
}

} // namespace

std::vector<found_table> lists_of(const workbook::book& book, const read_options& options,
                                  std::vector<finding>& findings) {
    std::vector<found_table> lists;
    std::vector<finding> about;
    for (found_table& t : tables_of(book, list_shape(), "savings", options, about))
        if (lists_savings(t, options)) lists.push_back(std::move(t));
    if (!lists.empty() || has_errors(about)) std::move(about.begin(), about.end(), std::back_inserter(findings));
    return lists;
}

savings_table savings_of_list(const found_table& t, const read_options& options, std::vector<finding>& findings) {
    savings_table out;
    const std::uint32_t labels = t.column("organisation")->column, ratings_in = t.column("rating")->column;
    std::string label, organisation;
    for (const found_row& row : t.rows) {
        const provenance at = t.grid.at(row.row, labels);
        if (row.kind == row_kind::total) continue;
        if (row.label != label) organisation = organisation_of(t, row, options, findings), label = row.label;
        const result<rating> rated = rating_in(t, row, options);
        if (!rated) {
            if (names_a_total(t.grid.text(row.row, ratings_in))) continue;
            findings.push_back(
                {rated.why().rule,
                 severity::error,
                 organisation + ": " + rated.why().message,
                 {t.grid.at(row.row, ratings_in)},
                 "correct the cell, or give the rating its meaning under [ratings] in a mapping (--map)"});
            continue;
        }
        savings_plan& plan = plan_of(out, organisation, at);
        if (plan.of(*rated)) {
            findings.push_back({"savings.duplicate_organisation",
                                severity::error,
                                organisation + " has two amounts rated " + to_string(*rated) + " in the list",
                                {plan.of(*rated)->at(), t.grid.at(row.row, t.column("amount")->column)},
                                "delete one row, or give the list of schemes itself, with their names"});
            continue;
        }
        plan.of(*rated) = amount_of(t, row, "amount", findings);
    }
    return out;
}

} // namespace riskshare::templates::detail
