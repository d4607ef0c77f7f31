#include "template/heading_block.hpp"
#include "template/savings_scales.hpp"
#include "template/savings_sheet.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace riskshare::templates::detail {

using riskshare::detail::folded;

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

namespace {

/// Ratings below each other spell no heading: R, A, G.
int fits_list_rating(const std::string& heading) {
    static const field named{"rating",
                             {"rating", "rag", "rag rating", "rag status", "risk rating", "delivery rating",
                              "delivery risk", "colour", "delivery confidence", "confidence"},
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
    if (const std::optional<savings_table::scale> by = scale_named(t.column("rating")->heading))
        if (const std::optional<rating> scaled = rating_on(*by, text)) return *scaled;
    return parse_rating(text);
}

/// Whether the rows are of known organisations and ratings; a table of anything else that is rated is not a list.
bool lists_savings(const found_table& t, const read_options& options) {
    if (t.column("rating") == nullptr || t.column("amount") == nullptr || t.rows.empty()) return false;
    const auto rated = [&](const found_row& r) { return rating_in(t, r, options).has_value(); };
    return options.directory.recognise(t.rows.front().label) && rated(t.rows.front()) &&
           2 * std::count_if(t.rows.begin(), t.rows.end(), rated) > static_cast<std::ptrdiff_t>(t.rows.size());
}

/// Whether one body has two rows of one rating: of savings that would be a fault, in other lists it is the rule.
bool rates_twice(const found_table& t, const read_options& options) {
    std::set<std::pair<std::string, rating>> seen;
    return std::any_of(t.rows.begin(), t.rows.end(), [&](const found_row& r) {
        const result<rating> rated = rating_in(t, r, options);
        return r.kind == row_kind::data && rated && !seen.emplace(folded(r.label), *rated).second;
    });
}

savings_plan& plan_of(savings_table& table, const std::string& organisation, const provenance& at) {
    for (savings_plan& p : table.plans)
        if (p.organisation == organisation) return p;
    table.plans.push_back({organisation});
    table.plans.back().at = at;
    return table.plans.back();
}

void add_unrated(savings_table& table, const std::string& organisation, const std::string& written,
                 const provenance& at, const cell_figure& amount) {
    unrated_savings u{organisation, written, {organisation}};
    u.amount = value_or_zero(amount);
    u.at = {at};
    table.unrated.push_back(std::move(u));
}

} // namespace

bool about_savings(const grid& g, std::uint32_t last_row) {
    const auto says = [](std::string_view text) {
        const std::string t = folded(text);
        for (const char* word :
             {"saving", "cip", "qipp", "efficienc", "cost improvement", "cost reduction", "unidentif"})
            for (std::size_t at = t.find(word); at != std::string::npos; at = t.find(word, at + 1))
                if (at == 0 || !riskshare::detail::is_letter(t[at - 1])) return true;
        return false;
    };
    if (says(g.place().sheet())) return true;
    for (const workbook::cell& c : g.source().cells())
        if (c.kind == workbook::cell_kind::text && g.here(c).row <= last_row && says(c.text)) return true;
    return false;
}

finding not_said_to_be_savings(const provenance& at) {
    return {"savings.not_said",
            severity::note,
            "figures by rating were not read: nothing says that they are savings",
            {at},
            "say so in the title, or name the sheet in a mapping file (--map)"};
}

std::vector<found_table> lists_of(const workbook::book& book, const read_options& options,
                                  std::vector<finding>& findings) {
    std::vector<finding> about;
    std::vector<found_table> lists = believed_tables(book, list_shape(), "savings", options, lists_savings, about);
    const table_mapping* map = options.map.table("savings");
    // A mapping that says only where the amounts stand speaks of blocks as well: what is no list stays none.
    if (map != nullptr && map->columns.count("organisation") + map->columns.count("rating") == 0)
        std::erase_if(lists, [&](const found_table& t) { return !lists_savings(t, options); });
    if (map == nullptr) {
        std::erase_if(lists, [&](const found_table& t) {
            if (about_savings(t.grid, t.rows.back().row) || !rates_twice(t, options)) return false;
            about.push_back(not_said_to_be_savings(t.at()));
            return true;
        });
        // What is wrong with a list that may be of anything is for its reader to know, and no fault of the workbook.
        for (finding& f : about) {
            if (f.severity != severity::error || f.at.empty()) continue;
            const provenance& at = f.at.front();
            if (!about_savings(grid(book.read(at.sheet()), book.source().name()), at.row()))
                f.severity = severity::note;
        }
    }
    std::move(about.begin(), about.end(), std::back_inserter(findings));
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
            add_unrated(out, organisation, t.grid.text(row.row, ratings_in), t.grid.at(row.row, ratings_in),
                        amount_of(t, row, "amount", findings));
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
