#include <riskshare/template/read.hpp>

#include <riskshare/merge.hpp>
#include <riskshare/roll_up.hpp>

#include "template/savings_sheet.hpp"

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

/// A workbook without a table of savings may list the schemes themselves.
void read_savings_from_schemes(const workbook::book& book, const read_options& options, read_result& out) {
    tracker_reading& schemes = out.schemes.emplace(read_tracker(book, for_schemes(options)));
    std::move(schemes.findings.begin(), schemes.findings.end(), std::back_inserter(out.findings));
    schemes.findings.clear();
    if (schemes.read.size() == 0) return;
    out.read.savings = savings_of(schemes.read);
    out.read.read_as.insert(out.read.read_as.end(), schemes.read_as.begin(), schemes.read_as.end());
}

void read_savings_from_lists(const workbook::book& book, const read_options& options, read_result& out) {
    for (const found_table& t : detail::lists_of(book, options, out.findings)) {
        model m;
        m.savings = detail::savings_of_list(t, options, out.findings);
        m.read_as.push_back(describe(t));
        note_hidden_rows(t, out.findings);
        merge(out.read, std::move(m), out.findings);
    }
}

void read_savings_from_blocks(const workbook::book& book, const read_options& options, read_result& out) {
    for (detail::savings_block& b : detail::savings_blocks(book, options, out.findings)) {
        model m;
        m.savings = std::move(b.read);
        m.read_as.push_back(m.savings->plans.front().organisation + ": " + describe(b.table));
        note_hidden_rows(b.table, out.findings);
        if (out.read.savings && repeats(*m.savings, *out.read.savings))
            note_repeated(b.table, out.findings);
        else
            merge(out.read, std::move(m), out.findings);
    }
}

} // namespace

tracker_options for_schemes(const read_options& options) {
    return {options.directory, options.map, options.unit_if_none};
}

read_result read_workbook(const workbook::book& book, const read_options& options) {
    read_result out;
    for (const std::string& warning : book.warnings())
        out.findings.push_back({"workbook.odd", severity::note, warning, {provenance(book.source().name(), "")}});

    std::optional<sourced_weights> row_of_weights;
    for (const found_table& t : detail::tables_of(book, detail::savings_shape(), "savings", options, out.findings)) {
        model m;
        m.savings = detail::savings_of(t, options, row_of_weights, out.findings);
        m.read_as.push_back(describe(t));
        note_hidden_rows(t, out.findings);
        if (out.read.savings && repeats(*m.savings, *out.read.savings)) {
            note_repeated(t, out.findings);
            continue;
        }
        merge(out.read, std::move(m), out.findings);
    }
    for (const found_table& t : detail::control_total_tables(book, options, out.findings)) {
        model m;
        m.control_totals = detail::control_totals_of(t, options, out.findings);
        m.read_as.push_back(describe(t));
        note_hidden_rows(t, out.findings);
        if (out.read.control_totals && repeats(*m.control_totals, *out.read.control_totals)) {
            note_repeated(t, out.findings);
            continue;
        }
        merge(out.read, std::move(m), out.findings);
    }
    if (!out.read.savings && !has_errors(out.findings)) read_savings_from_schemes(book, options, out);
    if (!out.read.savings && !has_errors(out.findings)) read_savings_from_lists(book, options, out);
    if (!out.read.savings && !has_errors(out.findings)) read_savings_from_blocks(book, options, out);
    if (options.map.weights)
        out.read.weights = sourced_weights{*options.map.weights, "the mapping file"};
    else if (std::optional<sourced_weights> named = detail::weights_of(book, out.findings))
        out.read.weights = std::move(named);
    else
        out.read.weights = std::move(row_of_weights);
    return out;
}

} // namespace riskshare::templates
