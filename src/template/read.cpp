#include <riskshare/template/read.hpp>

#include <riskshare/merge.hpp>
#include <riskshare/roll_up.hpp>

#include "template/savings_scales.hpp"
#include "template/savings_sheet.hpp"
#include "template/words/vocabulary.hpp"

#include <algorithm>

namespace riskshare::templates {

namespace {

void note_hidden_rows(const found_table& t, std::vector<finding>& findings) {
    for (const found_row& r : t.rows)
        if (t.grid.hidden_row(r.row))
            findings.push_back({"table.hidden_row",
                                severity::note,
                                "the row \"" + r.label + "\" is hidden, and was read",
                                {t.grid.at(r.row, t.columns.front().column)}});
}

bool same(const cell_figure& a, const cell_figure& b) {
    return a.has_value() == b.has_value() && (!a || a->value() == b->value());
}

/// A summary prints the tables of the sheets behind it once more: the same figures for the same bodies.
bool repeats(const savings_table& further, const savings_table& there) {
    return std::all_of(further.plans.begin(), further.plans.end(), [&](const savings_plan& p) {
        return std::any_of(there.plans.begin(), there.plans.end(), [&](const savings_plan& q) {
            return p.organisation == q.organisation &&
                   std::equal(p.planned.begin(), p.planned.end(), q.planned.begin(), same);
        });
    });
}
bool repeats(const control_total_table& further, const control_total_table& there) {
    return std::all_of(further.organisations.begin(), further.organisations.end(), [&](const control_total& c) {
        return std::any_of(there.organisations.begin(), there.organisations.end(), [&](const control_total& d) {
            return c.organisation == d.organisation && same(c.gross, d.gross) &&
                   same(c.centralised_funding, d.centralised_funding) && same(c.printed, d.printed) &&
                   same(c.net_unmitigated_risk, d.net_unmitigated_risk);
        });
    });
}

void note_repeated(const found_table& t, std::vector<finding>& findings) {
    findings.push_back({"table.repeated",
                        severity::note,
                        "the table of " + t.shape + " repeats figures that were read already, and was not read again",
                        {t.at()}});
}

/// Puts a table where a mapping finds it again; one of several of a kind cannot be.
void place(const found_table& t, const std::string& name, read_result& out) {
    if (t.grid.is_transposed() || out.placed.tables.count(name) != 0 ||
        std::find(out.not_placed.begin(), out.not_placed.end(), name) != out.not_placed.end()) {
        out.placed.tables.erase(name);
        if (std::find(out.not_placed.begin(), out.not_placed.end(), name) == out.not_placed.end())
            out.not_placed.push_back(name);
        return;
    }
    table_mapping& m = out.placed.tables[name];
    m.sheet = t.grid.place().sheet();
    m.heading_row = t.last_heading;
    for (const found_column& c : t.columns) {
        if (c.field.empty()) continue;
        m.columns[c.field] = c.column;
        if (c.unit && !m.unit) m.unit = c.unit;
    }
    for (const found_row& r : t.rows)
        if (r.kind == row_kind::total && r.adds.empty()) m.total_rows.push_back(r.row);
}

/// Whether every sheet that lists the schemes speaks of capital in its name or titles, and of no savings.
bool are_of_capital(const workbook::book& book, const tracker_reading& schemes) {
    constexpr std::uint32_t title_rows = 3;
    const words::vocabulary& vocabulary = words::everyday_words();
    return !schemes.tables.empty() &&
           std::all_of(schemes.tables.begin(), schemes.tables.end(), [&](const tracker_table& t) {
               words::term_set about = vocabulary.terms_in(t.sheet);
               for (const workbook::cell& c : book.read(t.sheet).cells())
                   if (c.at.row <= title_rows && c.kind == workbook::cell_kind::text)
                       for (const words::said& s : vocabulary.in(std::string(c.text))) about.add(s.what);
               return about.has(words::term::about_capital) && !about.has(words::term::about_savings);
           });
}

/// A list in which nothing is rated and amounts run both ways is of income and spending, not of savings.
bool lists_savings(const tracker& schemes) {
    bool rated = false, taken_off = false;
    for (std::size_t i = 0; i < schemes.size(); ++i) {
        const scheme s = schemes[i];
        rated = rated || s.rating || !s.written_rating.empty();
        taken_off = taken_off || planned(s) < money();
    }
    return rated || !taken_off;
}

/// Development statuses of schemes that nobody rated.
bool read_status_of_schemes(const tracker& schemes, read_result& out) {
    std::optional<category_savings> by_status = detail::savings_by_stage(schemes);
    if (!by_status) return false;
    out.read.status = std::move(by_status);
    out.read.savings.reset();
    return true;
}

/// A workbook without a table of savings may list the schemes themselves.
void read_savings_from_schemes(const workbook::book& book, const read_options& options, read_result& out) {
    tracker_reading& schemes = out.schemes.emplace(read_tracker(book, for_schemes(options)));
    if (are_of_capital(book, schemes)) {
        out.schemes.reset();
        return;
    }
    std::move(schemes.findings.begin(), schemes.findings.end(), std::back_inserter(out.findings));
    schemes.findings.clear();
    if (schemes.read.size() == 0 || !lists_savings(schemes.read)) return;
    out.placed = profile_of(schemes, out.placed);
    if (!read_status_of_schemes(schemes.read, out)) out.read.savings = savings_of(schemes.read);
    out.read.read_as.insert(out.read.read_as.end(), schemes.read_as.begin(), schemes.read_as.end());
}

bool repeats(const model& further, const model& there) {
    if (further.savings && there.savings && repeats(*further.savings, *there.savings)) return true;
    return further.control_totals && there.control_totals && repeats(*further.control_totals, *there.control_totals);
}

/// Adds what one table says to what was read: `name` is its section of a mapping, nullptr where none finds it again.
void take(const found_table& t, model m, const char* name, const std::string& whose, read_result& out) {
    m.read_as.push_back(whose + describe(t));
    note_hidden_rows(t, out.findings);
    if (repeats(m, out.read)) {
        note_repeated(t, out.findings);
        return;
    }
    if (name != nullptr)
        place(t, name, out);
    else if (const std::string kind = m.status ? "status" : "savings";
             std::find(out.not_placed.begin(), out.not_placed.end(), kind) == out.not_placed.end())
        out.not_placed.push_back(kind);
    merge(out.read, std::move(m), out.findings);
}

model with_savings(savings_table s) {
    model m;
    m.savings = std::move(s);
    return m;
}

void read_savings_from_lists(const workbook::book& book, const read_options& options, read_result& out) {
    for (const found_table& t : detail::lists_of(book, options, out.findings))
        take(t, with_savings(detail::savings_of_list(t, options, out.findings)), "savings", "", out);
}

void read_savings_from_blocks(const workbook::book& book, const read_options& options, read_result& out) {
    for (detail::savings_block& b : detail::savings_blocks(book, options, out.findings)) {
        const std::string whose = b.read.plans.front().organisation + ": ";
        take(b.table, with_savings(std::move(b.read)), nullptr, whose, out);
    }
}

/// Blocks name their ratings row by row: one that none of them names is unknown, and not nil.
void say_ratings_missing(read_result& out) {
    if (!out.read.savings || out.read.savings->plans.empty()) return;
    for (const rating r : {rating::red, rating::amber, rating::green}) {
        const auto& plans = out.read.savings->plans;
        const auto none = std::find_if(plans.begin(), plans.end(), [r](const savings_plan& p) { return p.of(r); });
        if (none != plans.end()) continue;
        out.findings.push_back(
            {"savings.no_rating_of",
             severity::warning,
             "no savings are rated " + std::string(to_string(r)) + " anywhere; they are taken as blank",
             {plans.front().at},
             "if there are any, write the rating above or beside them"});
    }
}

void read_savings_by_delivery(const workbook::book& book, const read_options& options, read_result& out) {
    for (detail::scaled_savings& found : detail::savings_by_delivery(book, options, out.findings))
        take(found.table, with_savings(std::move(found.read)), nullptr, "", out);
}

void read_savings_by_status(const workbook::book& book, const read_options& options, read_result& out) {
    for (detail::status_savings& found : detail::savings_by_status(book, options, out.findings)) {
        model m;
        m.status = std::move(found.read);
        take(found.table, std::move(m), nullptr, "", out);
    }
}

/// By a mapping, by the workbook's names, in a row of the table, in a list on a sheet: the first that there is.
void read_weights(const workbook::book& book, const read_options& options,
                  std::optional<sourced_weights> row_of_weights, read_result& out) {
    if (options.map.weights)
        out.read.weights = sourced_weights{*options.map.weights, "the mapping file"};
    else
        out.read.weights = row_of_weights ? std::move(row_of_weights) : weights_given(book, out.findings);
    if (!options.map.status_weights.empty()) {
        out.read.status_weights = category_weights{{}, "the mapping file"};
        for (const auto& [name, part] : options.map.status_weights)
            out.read.status_weights->weights.emplace_back(name, part);
    }
    if (!options.map.weights && options.map.status_weights.empty() && (out.read.savings || out.read.status))
        if (const std::optional<provenance> by_two = detail::weights_by_two(book))
            out.findings.push_back({"weights.by_two",
                                    severity::error,
                                    "weights stand for each pair of status and delivery risk, and were not applied",
                                    {*by_two},
                                    "give one weight for each category with --weights, or under [weights] in a mapping "
                                    "(--map)"});
    if (!out.read.status || out.read.status_weights) return;
    const category_weights listed = detail::listed_weights(book);
    category_weights of_status{{}, listed.source};
    for (const std::string& category : out.read.status->categories)
        if (const ratio* part = listed.of(category)) of_status.weights.emplace_back(category, *part);
    if (!of_status.weights.empty()) out.read.status_weights = std::move(of_status);
}

} // namespace

std::optional<sourced_weights> weights_given(const workbook::book& book, std::vector<finding>& findings) {
    if (std::optional<sourced_weights> named = detail::weights_of(book, findings)) return named;
    const category_weights listed = detail::listed_weights(book);
    std::array<std::optional<ratio>, ratings.size()> rated;
    std::size_t known = 0;
    for (const auto& [name, part] : listed.weights)
        if (const result<rating> r = parse_rating(name); r && !rated[static_cast<std::size_t>(*r)]) {
            rated[static_cast<std::size_t>(*r)] = part;
            ++known;
        }
    if (known == ratings.size()) return sourced_weights{{*rated[0], *rated[1], *rated[2], *rated[3]}, listed.source};
    if (known > 1)
        findings.push_back(
            {"weights.missing",
             severity::warning,
             "weights are listed for " + std::to_string(known) + " of the four ratings, so that none of them is used",
             {provenance(book.source().name(), "")},
             "list one for each of red, amber, green and unidentified"});
    return std::nullopt;
}

tracker_options for_schemes(const read_options& options) {
    return {options.directory, options.map, options.unit_if_none};
}

read_result read_workbook(const workbook::book& book, const read_options& said) {
    read_options options = said;
    options.directory = said.directory.with_names(said.map.organisations);
    read_result out;
    for (const std::string& warning : book.warnings())
        out.findings.push_back({"workbook.odd", severity::note, warning, {provenance(book.source().name(), "")}});

    std::optional<sourced_weights> row_of_weights;
    for (const found_table& t : detail::tables_of(book, detail::savings_shape(), "savings", options, out.findings))
        take(t, with_savings(detail::savings_of(t, options, row_of_weights, out.findings)), "savings", "", out);
    for (const found_table& t : detail::control_total_tables(book, options, out.findings)) {
        model m;
        m.control_totals = detail::control_totals_of(t, options, out.findings);
        take(t, std::move(m), "control_totals", "", out);
    }
    if (!out.read.savings && !has_errors(out.findings)) read_savings_by_delivery(book, options, out);
    read_savings_by_status(book, options, out);
    if (!out.read.savings && !out.read.status && !has_errors(out.findings))
        read_savings_from_schemes(book, options, out);
    if (!out.read.savings && !out.read.status && !has_errors(out.findings)) read_savings_from_lists(book, options, out);
    if (!out.read.savings && !out.read.status && !has_errors(out.findings))
        read_savings_from_blocks(book, options, out), say_ratings_missing(out);
    read_weights(book, options, std::move(row_of_weights), out);
    return out;
}

} // namespace riskshare::templates
