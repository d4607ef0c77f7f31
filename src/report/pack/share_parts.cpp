// The risk and gain share statement, and what changed since an earlier month.
#include "report/pack/parts.hpp"

#include <riskshare/detail/money_text.hpp>
#include <riskshare/scheme_movement.hpp>

#include <algorithm>

namespace riskshare::report {

namespace {

struct party_figures {
    figure_id plan = 0, actual = 0, variance = 0, excluded = 0, mitigated = 0, shareable = 0, share = 0, retained = 0,
              allocated = 0, transfer = 0, final = 0;
};

/// Rule and cells of a figure of the statement.
const working* working_of(const statement& s, const std::string& party, const std::string& figure) {
    for (const working& w : s.workings)
        if (w.organisation == party && w.figure == figure) return &w;
    return nullptr;
}

figure_id from_statement(pack_parts& p, const statement& s, const std::string& party, const std::string& figure,
                         money amount, const std::string& otherwise) {
    const working* w = working_of(s, party, figure);
    return p.make.given(party + ", " + figure, exact(amount), w != nullptr ? w->from : std::vector<provenance>{},
                        w == nullptr ? otherwise : w->rule + (w->clause.empty() ? "" : " (" + w->clause + ")"));
}

/// What the party has before the pool is divided.
party_figures party_of(pack_parts& p, const statement& s, const statement_line& l) {
    const std::string& name = l.organisation;
    party_figures f;
    const working* w = working_of(s, name, "variance");
    const bool cells = w != nullptr && w->from.size() == 2;
    f.plan = p.make.given(name + ", plan", exact(l.plan),
                          cells ? std::vector<provenance>{w->from[1]} : std::vector<provenance>{});
    f.actual = p.make.given(name + ", actual", exact(l.actual),
                            cells ? std::vector<provenance>{w->from[0]} : std::vector<provenance>{});
    f.variance = p.make.agreed(p.make.difference(name + ", variance to plan", f.actual, f.plan, "actual less plan"),
                               exact(l.variance));
    f.excluded = from_statement(p, s, name, "excluded", l.excluded, "its own efficiency shortfall, kept");
    f.mitigated = from_statement(p, s, name, "mitigated", l.mitigated, "found by itself, not yet in its position");
    f.shareable = p.make.worked(name + ", to be shared", exact(l.shareable), "variance less what is kept",
                                "{0}-{1}+{2}", {f.variance, f.excluded, f.mitigated});
    f.share = p.make.share(name + ", share", l.share, "the agreed share");
    f.retained = from_statement(p, s, name, "retained", l.retained, "its part of the dead-band");
    if (l.shareable != l.variance - l.excluded + l.mitigated) p.out.figures[f.shareable].formula.clear();
    return f;
}

/// What it has after.
void divide(pack_parts& p, const statement& s, const statement_line& l, figure_id pool, party_figures& f) {
    const std::string& name = l.organisation;
    f.allocated = from_statement(p, s, name, "allocated", l.allocated, "its share of the pool, to whole units");
    f.transfer = p.make.worked(name + ", received or (paid)", exact(l.transfer), "share of the pool less its own part",
                               "{0}+{1}-{2}", {f.retained, f.allocated, f.shareable});
    f.final = p.make.worked(name + ", after sharing", exact(l.final), "what it keeps and its share of the pool",
                            "{0}+{1}+{2}", {f.excluded, f.retained, f.allocated});
    if (l.transfer != l.retained + l.allocated - l.shareable) p.out.figures[f.transfer].formula.clear();
    if (l.final != l.excluded + l.retained + l.allocated) p.out.figures[f.final].formula.clear();
    // Where the odd pennies fall as rounding has them, the share is a formula.
    const exact part = exact(s.pool) * l.share;
    if (s.shares_divide && s.shared_pool == s.pool && rounded(part, rounding::half_away_from_zero) == l.allocated) {
        p.out.figures[f.allocated].formula = "ROUND({0}*{1},2)";
        p.out.figures[f.allocated].from = {f.share, pool};
    }
}

pack_table statement_table(pack_parts& p, const statement& s, std::vector<party_figures>& all) {
    struct line {
        const char* label;
        figure_id party_figures::*of;
        bool strong, always;
    };
    static const line lines[] = {{"Plan", &party_figures::plan, false, true},
                                 {"Actual", &party_figures::actual, false, true},
                                 {"Variance to plan", &party_figures::variance, true, true},
                                 {"Kept: efficiency not delivered", &party_figures::excluded, false, true},
                                 {"Mitigated by itself", &party_figures::mitigated, false, false},
                                 {"To be shared", &party_figures::shareable, true, true},
                                 {"Share", &party_figures::share, false, true},
                                 {"Part of the dead-band", &party_figures::retained, false, false},
                                 {"Share of the pool", &party_figures::allocated, false, true},
                                 {"Received or (paid)", &party_figures::transfer, true, true},
                                 {"Position after sharing", &party_figures::final, true, true}};
    pack_table t;
    t.unit = unit::pounds;
    t.caption =
        "Statement of " + to_string(s.when) + ", " + (s.basis == share_basis::forecast ? "forecast" : "year to date");
    t.headings = {"Line"};
    for (const statement_line& l : s.lines) {
        t.headings.push_back(l.organisation);
        all.push_back(party_of(p, s, l));
    }
    std::vector<figure_id> shareable;
    for (const party_figures& f : all) shareable.push_back(f.shareable);
    const figure_id pool =
        p.make.agreed(p.make.sum("The pool", shareable, "what the parties have to share"), exact(s.pool));
    for (std::size_t i = 0; i < all.size(); ++i) divide(p, s, s.lines[i], pool, all[i]);
    t.headings.push_back("System");
    for (const line& l : lines) {
        std::vector<figure_id> parts;
        for (const party_figures& f : all) parts.push_back(f.*l.of);
        const bool any =
            std::any_of(parts.begin(), parts.end(), [&](figure_id id) { return !p.make.or_nil(id).is_zero(); });
        if (!l.always && !any) continue;
        pack_row row{{l.label}, l.strong};
        for (figure_id id : parts) row.cells.emplace_back(id);
        row.cells.emplace_back(p.make.sum("System, " + detail::folded(l.label), parts, "the sum of the parties"));
        t.rows.push_back(std::move(row));
    }
    fit_places(t, p.out, 0, true);
    return t;
}

} // namespace

void add_share(pack_parts& p) {
    if (!p.in.shared) {
        p.leave_out("Risk and gain share",
                    p.in.not_shared.empty() ? "no positions of parties were read" : p.in.not_shared);
        return;
    }
    const statement& s = p.in.shared->statement;
    pack_section section{"share", "Risk and gain share", "Nothing changes hands under " + s.agreement};
    std::vector<party_figures> parties;
    section.tables.push_back(statement_table(p, s, parties));
    pack_table paid;
    paid.unit = unit::pounds;
    paid.caption = "Who pays whom";
    paid.headings = {"From", "To", "Amount"};
    std::string first;
    for (const payment& pay : payments(s)) {
        const figure_id amount = p.make.given(pay.from + " pays " + pay.to, exact(pay.amount), {},
                                              "the fewest payments that settle what is received and paid");
        paid.rows.push_back({{pay.from, pay.to, amount}});
        first += (first.empty() ? "" : ", ") + pay.from + " pays " + pay.to + " " + detail::said(pay.amount);
    }
    if (!first.empty()) section.title = first + (s.applied() ? "" : " (notional: sharing is not applied yet)");
    section.words.push_back(s.agreement + ", version " + std::to_string(s.version) + ", " +
                            (s.applied() ? "applied." : "not applied in this month: every figure is notional."));
    fit_places(paid, p.out, 0, true);
    if (!paid.rows.empty()) section.tables.push_back(std::move(paid));
    pack_chart c;
    c.as = pack_chart::shape::pairs;
    c.title = section.title;
    c.description = "Two bars for each party: its variance to plan before sharing, and its position after.";
    c.series = {{"Before sharing", {}}, {"After sharing", {}}};
    for (std::size_t i = 0; i < parties.size(); ++i) {
        c.categories.push_back(s.lines[i].organisation);
        c.series[0].figures.emplace_back(parties[i].variance);
        c.series[1].figures.emplace_back(parties[i].final);
    }
    section.charts.push_back(std::move(c));
    p.out.sections.push_back(std::move(section));
}

namespace {

const savings_plan* plan_in(const std::optional<savings_table>& t, const std::string& body) {
    if (t)
        for (const savings_plan& plan : t->plans)
            if (plan.organisation == body) return &plan;
    return nullptr;
}

std::string rose(const exact& e) { return (e.is_negative() ? "fell by " : "rose by ") + pounds(e); }

/// What moved in the savings of each body, and in its risk.
void savings_changes(pack_parts& p, pack_section& s) {
    const model &then = p.in.before->read, &now = p.in.read;
    if (!then.savings || !now.savings) return;
    const risk_weights& w = p.in.weights.weights;
    pack_table t;
    t.caption = "Savings and risk, since " + p.in.before->name;
    t.headings = {"Body", "What", "Before", "Now", "Change"};
    for (const savings_movement& m : movement(*then.savings, *now.savings, w)) {
        const std::string name = body_or_system(m.organisation);
        const savings_plan *before = plan_in(then.savings, m.organisation),
                           *after = plan_in(now.savings, m.organisation);
        std::vector<std::string> told;
        const auto row = [&](const std::string& what, figure_id was, figure_id is, const exact& change) {
            const figure_id moved =
                p.make.worked(name + ", change of " + what, change, "now less before", "{0}-{1}", {is, was});
            t.rows.push_back({{name, with_capital(what), was, is, moved}});
        };
        for (rating r : ratings) {
            const exact& change = m.change[static_cast<std::size_t>(r)];
            if (change.is_zero()) continue;
            const std::string what = name_in(now.savings->by, r);
            // One after the other: compilers choose the order of arguments, and figures are numbered as they are made.
            const figure_id was =
                p.make.read(name + ", " + what + " before", before != nullptr ? before->of(r) : cell_figure{});
            const figure_id is =
                p.make.read(name + ", " + what + " now", after != nullptr ? after->of(r) : cell_figure{});
            row(what, was, is, change);
            told.push_back(what + " savings " + rose(change));
        }
        if (!m.risk_change.is_zero()) {
            const char* rule = "savings by rating × weights";
            const figure_id was =
                p.make.given(name + ", at risk before", before != nullptr ? at_risk(*before, w) : exact(), {}, rule);
            const figure_id is =
                p.make.given(name + ", at risk now", after != nullptr ? at_risk(*after, w) : exact(), {}, rule);
            row("amount at risk", was, is, m.risk_change);
            told.push_back("risk " + rose(m.risk_change));
        }
        std::string sentence = name + ":";
        for (std::size_t i = 0; i < told.size(); ++i) sentence += (i == 0 ? " " : "; ") + told[i];
        if (!told.empty() && s.words.size() < 8) s.words.push_back(sentence + ".");
    }
    if (t.rows.empty()) return;
    const exact change = at_risk(*now.savings, w) - at_risk(*then.savings, w);
    s.title = change.is_zero() ? "The amount at risk is as it was" : "The amount at risk " + rose(change);
    fit_places(t, p.out, 0, true);
    s.tables.push_back(std::move(t));
}

void scheme_changes(pack_parts& p, pack_section& s) {
    const tracker &then = p.in.before->read.schemes, &now = p.in.read.schemes;
    if (then.empty() || now.empty()) return;
    const month after = p.out.month.value_or(p.in.read.schemes_reported.value_or(month(12)));
    const month before = p.in.before->read.schemes_reported.value_or(after);
    const tracker_bridge b = movement(then, before, now, after, p.in.weights.weights);
    pack_table t;
    t.caption = "Schemes, since " + p.in.before->name;
    t.headings = {"What moved", "Movements", "Plan", "Forecast", "At risk"};
    const auto row = [&](const std::string& name, std::optional<std::size_t> count, const movement_effect& e) {
        pack_row r{{name}, !count};
        r.cells.emplace_back(count ? pack_cell(p.make.number(name + ", movements", static_cast<std::int64_t>(*count)))
                                   : pack_cell(""));
        const std::string rule = count ? "added up over the schemes that moved so" : "added up over all schemes";
        r.cells.emplace_back(p.make.given(name + ", plan", exact(e.plan), {}, rule));
        r.cells.emplace_back(p.make.given(name + ", forecast", exact(e.forecast), {}, rule));
        r.cells.emplace_back(p.make.given(name + ", at risk", e.risk, {}, rule));
        t.rows.push_back(std::move(r));
    };
    row("Before", std::nullopt, b.opening);
    for (movement_kind k : movement_kinds)
        if (b.count(k) > 0) row(with_capital(to_string(k)), b.count(k), b.of(k));
    row("Now", std::nullopt, b.closing);
    const exact moved = exact(b.closing.forecast) - exact(b.opening.forecast);
    s.words.push_back("The schemes' forecast " + (moved.is_zero() ? std::string("is as it was") : rose(moved)) + "; " +
                      std::to_string(b.unchanged) + " schemes did not move.");
    s.tables.push_back(std::move(t));
}

void result_changes(pack_parts& p, pack_section& s) {
    if (p.now == nullptr || p.in.before->reports.empty()) return;
    const finance_report& then = p.in.before->reports.back();
    pack_table t;
    t.unit = unit::millions;
    t.caption = "Results, since " + p.in.before->name;
    t.headings = {"Result", "Before", "Now", "Change"};
    const auto row = [&](const std::string& name, const std::optional<exact>& was, const std::optional<exact>& is) {
        if (!was || !is) return;
        const figure_id before = p.make.given(name + " before", was, {}, "as the earlier report has it");
        const figure_id now = p.make.given(name + " now", is, {}, "as this report has it");
        t.rows.push_back({{name, before, now, p.make.difference(name + ", change", now, before, "now less before")}});
        if (*was != *is) s.words.push_back(name + " went from " + balance(*was) + " to " + balance(*is) + ".");
    };
    if (!then.spending_alone && !p.now->spending_alone) {
        row("The actual to date", system_actual_to_date(then), system_actual_to_date(*p.now));
        row("The forecast", system_forecast(then), system_forecast(*p.now));
        row("The plan of the year", system_plan(then), system_plan(*p.now));
    }
    if (t.rows.empty()) return;
    fit_places(t, p.out, 1, true);
    s.tables.push_back(std::move(t));
}

} // namespace

void add_changes(pack_parts& p) {
    if (!p.in.before) {
        p.leave_out("What changed", "no earlier files were given (--since)");
        return;
    }
    pack_section s{"changes", "What changed", "What changed since " + p.in.before->name};
    result_changes(p, s);
    savings_changes(p, s);
    scheme_changes(p, s);
    if (s.tables.empty()) {
        p.leave_out("What changed", "results, savings by rating and schemes were looked at: no figure that both " +
                                        p.in.before->name + " and these files hold differs");
        return;
    }
    p.out.sections.push_back(std::move(s));
}

} // namespace riskshare::report
