#include "accounts.hpp"
#include "across.hpp"
#include "baseline.hpp"
#include "detail/json.hpp"
#include "plural.hpp"

#include <riskshare/detail/money_text.hpp>
#include <riskshare/report/text_table.hpp>
#include <riskshare/template/expectation.hpp>
#include <riskshare/template/relations.hpp>

#include <algorithm>
#include <iterator>
#include <unordered_set>

namespace riskshare::answers {

namespace {

struct checked {
    templates::check_result result;
    std::vector<workbook::book> books;
};

void add(templates::check_counts& into, const templates::check_counts& c) {
    into.agrees += c.agrees;
    into.rounding += c.rounding;
    into.real += c.real;
    into.formulas += c.formulas;
    into.evaluated += c.evaluated;
}

void widen(std::optional<exact>& largest, const std::optional<exact>& by) {
    if (by && (!largest || *largest < *by)) largest = by;
}

/// What the tables say about themselves is not told twice.
void add_what_is_new(templates::check_result& into, reconciliation across) {
    into.counts.agrees += across.agrees;
    into.counts.rounding += across.rounding;
    into.counts.real += across.real;
    widen(into.largest_rounding, across.largest_rounding);
    std::unordered_set<std::string> told;
    for (const finding& f : into.findings)
        if (f.verdict == verdict::real)
            for (const provenance& at : f.at) told.insert(to_string(at));
    for (finding& f : across.findings) {
        const bool of_a_table = f.rule.rfind("check.", 0) != 0 && f.rule != "position.misalignment" && !f.at.empty();
        if (of_a_table && told.count(to_string(f.at.front())) != 0)
            --into.counts.real;
        else
            into.findings.push_back(std::move(f));
    }
}

checked check_all(const check_options& o, console& to) {
    templates::check_options options;
    options.unit_if_none = reading(o, to).unit_if_none;
    options.explain = o.explain;
    checked out;
    loaded in = load(o, to);
    for (const workbook::book& book : in.books) {
        templates::check_result one = templates::check_workbook(book, options);
        add(out.result.counts, one.counts);
        std::move(one.findings.begin(), one.findings.end(), std::back_inserter(out.result.findings));
        std::move(one.proofs.begin(), one.proofs.end(), std::back_inserter(out.result.proofs));
        widen(out.result.largest_rounding, one.largest_rounding);
    }
    add_what_is_new(out.result, reconciled(in, o, to));
    for (const std::string& text : o.expect) {
        const result<templates::expectation> e = templates::check_expectation(text, in.books, options);
        if (!e) throw input_refused(e.why().rule, e.why().message);
        if (e->verdict == verdict::agrees) ++out.result.counts.agrees;
        if (e->verdict == verdict::rounding) ++out.result.counts.rounding;
        if (e->verdict == verdict::real) ++out.result.counts.real;
        if (e->finding) out.result.findings.push_back(*e->finding);
    }
    to.accounted.emplace();
    for (const workbook::book& book : in.books) {
        const account a = templates::account_of_relations(book);
        std::vector<finding> lost = templates::rows_left(a);
        std::move(lost.begin(), lost.end(), std::back_inserter(out.result.findings));
        to.accounted->add(a);
    }
    out.books = std::move(in.books);
    return out;
}

json::value money_or_null(const std::optional<exact>& e) {
    return e ? json::value(to_string(*e)) : json::value(nullptr);
}

json::value json_of(const finding& f) {
    json::value j;
    j["rule"] = f.rule;
    j["severity"] = to_string(f.severity);
    j["verdict"] = f.verdict ? json::value(to_string(*f.verdict)) : json::value(nullptr);
    j["message"] = f.message;
    j["at"] = json::value::array();
    for (const provenance& p : f.at) j["at"].push_back({{"file", p.file()}, {"sheet", p.sheet()}, {"cell", p.cell()}});
    j["expected"] = money_or_null(f.expected);
    j["found"] = money_or_null(f.found);
    j["difference"] = money_or_null(f.difference);
    j["looks_like"] = f.looks_like ? json::value(to_string(*f.looks_like)) : json::value(nullptr);
    return j;
}

json::value json_of(const templates::table_proof& p) {
    const auto place = [](const provenance& at) {
        return json::value{{"file", at.file()}, {"sheet", at.sheet()}, {"cell", at.cell()}};
    };
    json::value j{{"at", place(p.at)}, {"verdict", to_string(p.verdict)}};
    j["witness"] = json::value::array();
    for (const templates::table_proof::amount& a : p.witness)
        j["witness"].push_back(
            {{"cell", a.at.cell()}, {"printed", to_string(a.printed)}, {"unrounded", to_string(a.unrounded)}});
    j["conflicts"] = json::value::array();
    for (const templates::table_proof::clash& c : p.conflicts) {
        json::value cells = json::value::array();
        for (const provenance& at : c.cells) cells.push_back(at.cell());
        j["conflicts"].push_back({{"cells", cells}, {"excess", to_string(c.excess)}});
    }
    j["least_move"] = p.verdict == verdict::real ? money_or_null(p.least_move) : money_or_null({});
    return j;
}

void print_json(std::ostream& out, const templates::check_result& r, bool explain) {
    json::value j;
    std::size_t counts[3] = {0, 0, 0};
    for (const finding& f : r.findings) ++counts[static_cast<std::size_t>(f.severity)];
    j["schema"] = "riskshare.check/1";
    j["unit"] = "GBP";
    j["counts"] = {{"agrees", r.counts.agrees}, {"rounding", r.counts.rounding}, {"real", r.counts.real},
                   {"error", counts[0]},        {"warning", counts[1]},          {"note", counts[2]}};
    j["formulas"] = {{"all", r.counts.formulas}, {"evaluated", r.counts.evaluated}};
    j["largest_rounding"] = money_or_null(r.largest_rounding);
    j["findings"] = json::value::array();
    for (const finding& f : r.findings) j["findings"].push_back(json_of(f));
    if (explain) {
        j["proofs"] = json::value::array();
        for (const templates::table_proof& p : r.proofs) j["proofs"].push_back(json_of(p));
    }
    out << json::text(j);
}

void print_proof(std::ostream& out, const templates::table_proof& p) {
    constexpr std::size_t most_amounts = 40, most_cells = 60;
    out << "\n" << to_string(p.at);
    if (p.verdict == verdict::rounding) {
        out << ": unrounded amounts that print as printed and add up:";
        for (std::size_t i = 0; i < p.witness.size() && i < most_amounts; ++i)
            out << "\n    " << p.witness[i].at.cell() << " printed " << to_string(p.witness[i].printed)
                << ", for instance " << to_string(p.witness[i].unrounded);
        if (p.witness.size() > most_amounts)
            out << "\n    and " << p.witness.size() - most_amounts << " more, all of them in --json";
    } else if (p.verdict == verdict::real) {
        out << ": at least " << to_string(p.least_move) << " must move. These figures cannot stand together:";
        for (const templates::table_proof::clash& c : p.conflicts) {
            out << "\n   ";
            for (std::size_t i = 0; i < c.cells.size() && i < most_cells; ++i) out << " " << c.cells[i].cell();
            out << ", by " << to_string(c.excess) << " beyond rounding";
        }
    } else {
        out << ": adds up as printed.";
    }
    out << "\n";
}

void print_text(console& to, const templates::check_result& r) {
    const templates::check_counts& c = r.counts;
    std::ostream& out = to.out;
    const std::size_t real = static_cast<std::size_t>(std::count_if(
        r.findings.begin(), r.findings.end(), [](const finding& f) { return f.verdict == verdict::real; }));
    if (real > 0)
        out << report::toned("Real difference", report::tone::red, to.out_colour) << ": "
            << plural(real, "difference", "differences") << " that rounding cannot explain.\n";
    else if (c.rounding > 0)
        out << report::toned("Rounding only", report::tone::green, to.out_colour)
            << ": everything that does not add up as shown is rounding, and proved to be.\n";
    else if (c.agrees > 0)
        out << report::toned("Agrees", report::tone::green, to.out_colour) << ": everything adds up.\n";
    else
        out << "Nothing to check: no totals, differences or formulas were found.\n";
    for (const finding& f : r.findings) {
        out << "\n"
            << report::toned(to_string(f.severity),
                             f.severity == severity::error     ? report::tone::red
                             : f.severity == severity::warning ? report::tone::amber
                                                               : report::tone::faint,
                             to.out_colour)
            << ": " << f.message << "\n    at ";
        for (std::size_t i = 0; i < f.at.size(); ++i)
            out << (i == 0 ? to_string(f.at[i])
                    : f.at[i].file() == f.at[0].file() && f.at[i].sheet() == f.at[0].sheet()
                        ? ", " + f.at[i].cell()
                        : ", " + to_string(f.at[i]));
        if (!f.advice.empty()) out << "\n    do: " << f.advice;
        out << "  [" << f.rule << "]\n";
    }
    out << "\n";
    if (c.rounding > 0 && r.largest_rounding)
        out << plural(c.rounding, "sum does", "sums do") << " not add up as shown and "
            << (c.rounding == 1 ? "is" : "are") << " rounding only, at most "
            << detail::said(rounded(*r.largest_rounding, rounding::half_away_from_zero)) << " out.\n";
    out << plural(c.agrees, "relation agrees", "relations agree") << ", " << c.rounding << " rounding, " << c.real
        << " real" << (c.real > real && real > 0 ? ", told in " + plural(real, "finding", "findings") : "") << "; "
        << c.evaluated << " of " << plural(c.formulas, "formula", "formulas") << " recomputed.\n";
}

} // namespace

int run_check(const check_options& o, console& to) {
    checked all = check_all(o, to);
    if (!o.write_baseline.empty()) {
        to.make(o.write_baseline, baseline_of(all.result.findings));
        return fine;
    }
    if (!o.baseline.empty()) apply_baseline(to.read(o.baseline), o.baseline, all.result.findings);
    std::stable_sort(all.result.findings.begin(), all.result.findings.end(), [](const finding& a, const finding& b) {
        if (a.severity != b.severity) return a.severity < b.severity;
        return abs(b.difference.value_or(exact())) < abs(a.difference.value_or(exact()));
    });
    if (to.wants_json) print_json(to.json, all.result, o.explain);
    if (to.wants_text) print_text(to, all.result);
    if (to.wants_text && o.explain)
        for (const templates::table_proof& p : all.result.proofs) print_proof(to.out, p);
    to.findings.insert(to.findings.end(), all.result.findings.begin(), all.result.findings.end());
    if (!o.annotate.empty()) annotate(o, all.books, all.result.findings, to);
    return status_of(all.result.findings);
}

} // namespace riskshare::answers
