// Surplus or deficit body by body: bodies down the rows, or across the columns.
#include "template/printed_variances.hpp"
#include "template/result_tables.hpp"

#include <algorithm>
#include <memory>
#include <set>

namespace riskshare::templates::detail {

using riskshare::detail::folded;

namespace {

struct pair_of_fields {
    plan_and_actual organisation_position::*of;
    const char *plan, *actual, *variance;
};
constexpr pair_of_fields pairs_of_fields[] = {
    {&organisation_position::to_date, "plan", "actual", "variance"},
    {&organisation_position::in_month, "month_plan", "month_actual", "month_variance"},
    {&organisation_position::full_year, "full_year_plan", "forecast", "full_year_variance"},
    {&organisation_position::without_support, "plan_without", "actual_without", "variance_without"},
    {&organisation_position::without_support_full_year, "full_year_plan_without", "forecast_without",
     "full_year_variance_without"}};

struct single_field {
    cell_figure organisation_position::*of;
    const char* field;
};
constexpr single_field single_fields[] = {{&organisation_position::one_offs_to_date, "one_offs"},
                                          {&organisation_position::one_offs_full_year, "one_offs_full_year"},
                                          {&organisation_position::best, "best"},
                                          {&organisation_position::likely, "likely"},
                                          {&organisation_position::worst, "worst"},
                                          {&organisation_position::full_year_effect, "full_year_effect"}};

/// A printed total whose formula has no result yet is the sum of its bodies.
void work_out_total(const found_table& t, std::uint32_t row, const std::vector<organisation_position>& bodies,
                    organisation_position& total) {
    const auto settle = [&](plan_and_actual organisation_position::*of, cell_figure plan_and_actual::*which,
                            const char* field) {
        if (!not_calculated(t, row, field)) return;
        exact sum;
        for (const organisation_position& o : bodies) sum += value_or_zero((o.*of).*which);
        const found_column* c = t.column(field);
        (total.*of).*which = worked_out(sum, *c->unit, t.grid.at(row, c->column));
    };
    for (const pair_of_fields& p : pairs_of_fields) {
        settle(p.of, &plan_and_actual::plan, p.plan);
        settle(p.of, &plan_and_actual::actual, p.actual);
    }
}

bool given(const organisation_position& o) {
    return std::any_of(std::begin(pairs_of_fields), std::end(pairs_of_fields),
                       [&](const pair_of_fields& p) { return (o.*p.of).plan || (o.*p.of).actual; });
}

/// Takes over what only the second gives. Nothing, and a finding, where the two say different things.
bool join(cell_figure& known, const cell_figure& more, const std::string& body, std::vector<finding>& findings) {
    if (!more) return true;
    if (known && known->value() != more->value()) {
        findings.push_back({"report.two_organisations",
                            severity::error,
                            "two tables give different figures for " + body + "; the first was taken",
                            {known->at(), more->at()},
                            "keep one month's tables in the workbook, or name the sheet in a mapping file (--map)"});
        return false;
    }
    if (!known) known = more;
    return true;
}

bool join(organisation_position& known, const organisation_position& more, std::vector<finding>& findings) {
    for (const pair_of_fields& p : pairs_of_fields)
        for (auto which : {&plan_and_actual::plan, &plan_and_actual::actual, &plan_and_actual::printed_variance})
            if (!join((known.*p.of).*which, (more.*p.of).*which, known.organisation, findings)) return false;
    for (const single_field& f : single_fields)
        if (!join(known.*f.of, more.*f.of, known.organisation, findings)) return false;
    return true;
}

/// A second table may give further columns of the same bodies: the forecast beside the position to date.
bool take(std::vector<organisation_position> rows, finance_report& report, std::vector<finding>& findings) {
    std::vector<organisation_position> all = report.organisations;
    for (organisation_position& o : rows) {
        const auto same = std::find_if(all.begin(), all.end(), [&](const organisation_position& k) {
            return k.is_total == o.is_total && (o.is_total || k.organisation == o.organisation);
        });
        if (same == all.end())
            all.push_back(std::move(o));
        else if (!join(*same, o, findings))
            return false;
    }
    std::stable_partition(all.begin(), all.end(), [](const organisation_position& o) { return !o.is_total; });
    report.organisations = std::move(all);
    return true;
}

organisation_position read_row(const found_table& t, const found_row& row, const std::string& name,
                               std::vector<finding>& findings) {
    const auto get = [&](const char* field) { return figure_in(t, row.row, field, findings); };
    organisation_position o;
    o.organisation = name;
    o.is_total = o.organisation == row.label && (row.kind == row_kind::total || adds_up_bodies(row.label));
    for (const pair_of_fields& p : pairs_of_fields)
        o.*p.of = {get(p.plan), get(p.actual), variance_in(t, row.row, p.variance, findings)};
    for (const single_field& f : single_fields) o.*f.of = get(f.field);
    for (const pair_of_fields& p : pairs_of_fields)
        for (const char* field : {p.plan, p.actual})
            if (!o.is_total && not_calculated(t, row.row, field)) findings.push_back(without_result(t, row.row, field));
    return o;
}

bool is_body(const std::string& name, const read_options& options) {
    return options.directory.recognise(name).has_value() || options.map.organisations.count(name) != 0;
}

} // namespace

bool adds_up_bodies(const std::string& name) {
    if (names_a_total(name)) return true;
    const std::string f = folded(name);
    for (std::string_view whole : {"system", "ics", "stp"})
        if (f.size() > whole.size() && f.compare(f.size() - whole.size(), whole.size(), whole) == 0 &&
            f[f.size() - whole.size() - 1] == ' ')
            return true;
    return false;
}

bool is_of_organisations(const found_table& t, const read_options& options) {
    std::set<std::string> bodies;
    const bool named_bodies = lists_results_of_bodies(t, options);
    for (const found_row& row : t.rows) {
        const bool figures = std::any_of(t.columns.begin(), t.columns.end(), [&](const found_column& c) {
            return c.unit && !t.grid.blank(row.row, c.column);
        });
        if (!figures || row.kind == row_kind::of_which) continue;
        const bool whole = row.kind == row_kind::total || adds_up_bodies(row.label);
        const bool body = is_body(row.label, options) || (named_bodies && !whole && !row.label.empty());
        if (!body && !whole) return false;
        if (body && !bodies.insert(folded(row.label)).second) return false;
    }
    return !bodies.empty();
}

namespace {

void turn_cell(cell_figure& f) {
    if (f) f = figure(-f->written(), f->unit(), f->at(), f->places());
}

/// Deficits that are printed positive become negative; variances become favourable positive.
void settle_signs_of_bodies(const found_table& t, std::vector<organisation_position>& rows,
                            const printed_deficits& deficits, std::vector<finding>& findings) {
    if (deficits.turned) {
        for (organisation_position& o : rows) {
            for (const pair_of_fields& p : pairs_of_fields) turn_cell((o.*p.of).plan), turn_cell((o.*p.of).actual);
            for (const single_field& f : single_fields) turn_cell(o.*f.of);
        }
        findings.push_back({"position.written_positive",
                            severity::note,
                            "the amounts under \"" + deficits.words +
                                "\" are deficits that are printed positive; they were read as negative",
                            {deficits.at}});
    }
    for (const pair_of_fields& p : pairs_of_fields) {
        std::vector<plan_and_actual*> all;
        for (organisation_position& o : rows) all.push_back(&(o.*p.of));
        settle_variances(all, sense_of_column(t, p.variance));
    }
}

/// What the words over the table say against reading it; nothing where it may be read.
/// A further table of bodies may give more columns of results that are known.
std::optional<finding> reason_against_bodies(const found_table& t, const read_options& options,
                                             const finance_report& known, const printed_deficits& deficits) {
    const std::shared_ptr<const words::vocabulary> vocabulary = words::vocabulary_of(options.map.words);
    const table_subject about = subject_of(t, *vocabulary, true);
    if (about.of == table_subject::kind::other && !any_below_zero(t)) return another_subject(t, about);
    if (about.of == table_subject::kind::unsaid && known.organisations.empty() && !any_below_zero(t))
        return subject_unknown(t);
    if (!deficits.unknown) return std::nullopt;
    return finding{"position.signs_unknown",
                   severity::error,
                   "\"" + deficits.words +
                       "\" speaks of deficits, and amounts stand above and below zero, so the table was not read",
                   {deficits.at},
                   "write \"Surplus/(deficit)\" or \"Deficit/(surplus)\": what stands in brackets is negative"};
}

} // namespace

bool read_organisations(const found_table& t, const read_options& options, finance_report& report,
                        std::vector<finding>& findings) {
    const printed_deficits deficits = deficits_of(t);
    if (std::optional<finding> against = reason_against_bodies(t, options, report, deficits)) {
        findings.push_back(*std::move(against));
        return true; // it is a table of bodies: nothing else may be made of it
    }
    std::vector<organisation_position> rows;
    for (const found_row& row : t.rows) {
        const bool sub_total = row.kind == row_kind::total && !row.adds.empty(); // of some bodies, not of the system
        if (row.kind == row_kind::of_which || sub_total) continue;
        organisation_position o =
            read_row(t, row, body_at(row.label, place_in(t, row.row, "line"), options, report, findings), findings);
        if (o.is_total) work_out_total(t, row.row, rows, o);
        if (given(o)) rows.push_back(std::move(o));
    }
    settle_signs_of_bodies(t, rows, deficits, findings);
    return take(std::move(rows), report, findings);
}

namespace {

/// Where a row names bodies and what adds them up, and how many of those are bodies.
struct named_columns {
    std::vector<std::uint32_t> columns;
    std::size_t bodies = 0;
};
named_columns names_in(const grid& g, std::uint32_t row, const read_options& options) {
    named_columns out;
    for (std::uint32_t c = 1; c <= g.columns(); ++c) {
        const std::string name = g.text(row, c);
        if (name.empty() || g.is_number(row, c)) continue;
        const bool body = is_body(name, options);
        if (!body && !adds_up_bodies(name)) continue;
        out.bodies += body ? 1 : 0;
        out.columns.push_back(c);
    }
    return out;
}

constexpr std::uint32_t headings_end = 20; // rows in which bodies may head columns

} // namespace

std::size_t bodies_side_by_side(const grid& g, const read_options& options) {
    std::size_t most = 0;
    for (std::uint32_t row = 1; row <= std::min(g.rows(), headings_end); ++row)
        most = std::max(most, names_in(g, row, options).bodies);
    return most;
}

std::vector<body_columns> bodies_across(const grid& g, const read_options& options) {
    for (std::uint32_t row = 1; row <= std::min(g.rows(), headings_end); ++row) {
        const named_columns named = names_in(g, row, options);
        if (named.bodies < 2 || named.columns.front() == 1) continue;
        const std::uint32_t width = named.columns[1] - named.columns[0];
        bool even = width > 1;
        for (std::size_t i = 2; i < named.columns.size(); ++i)
            even = even && named.columns[i] - named.columns[i - 1] == width;
        if (!even) continue;
        std::vector<body_columns> out;
        for (std::uint32_t begin : named.columns) {
            const std::string name = g.text(row, begin);
            out.push_back(
                {name, !is_body(name, options), g.between(begin, begin + width - 1, named.columns.front() - 1)});
        }
        return out;
    }
    return {};
}

bool read_body(const body_columns& body, const found_table& t, const read_options& options, finance_report& report,
               std::vector<finding>& findings) {
    finance_report one;
    one.year = report.year, one.month = report.month;
    if (!read_statement(t, options, one, findings)) return false;
    const position_line* result = one.system.bottom_line();
    if (result == nullptr) return true; // refused, or without a result: a finding says so
    if (one.spending_alone) {
        findings.push_back({"position.bodies_spending",
                            severity::error,
                            "\"" + body.name +
                                "\" has a column of spending, which is not a surplus or a deficit, so it "
                                "was not read as its position",
                            {t.at()},
                            "give each body its result, or the spending in one column"});
        return true;
    }
    organisation_position o;
    o.organisation = body.is_total ? body.name : body_named(body.name, options, report);
    o.is_total = body.is_total;
    o.to_date = result->to_date, o.in_month = result->in_month, o.full_year = result->full_year;
    if (body.is_total && report.system.empty()) {
        report.system = std::move(one.system);
        report.places = std::move(one.places);
    }
    return take({std::move(o)}, report, findings);
}

} // namespace riskshare::templates::detail
