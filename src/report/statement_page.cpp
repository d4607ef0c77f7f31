#include <riskshare/report/statement_page.hpp>

#include "report/wrapping.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/cause_share.hpp>
#include <riskshare/report/text_table.hpp>

#include <algorithm>

namespace riskshare::report {

namespace {

using detail::said;

std::string pounds(money m) { return accounting(exact(m), unit::pounds, 2); }

/// A share as people read it: to one place, and marked where that is not all of it.
std::string percent(const ratio& r) {
    const exact part = exact(money::pence(r.numerator())), whole = exact(money::pence(r.denominator()));
    const decimal shown = percentage(part, whole, 1, rounding::half_away_from_zero);
    const bool whole_number = shown.coefficient() % 10 == 0;
    const decimal brief = whole_number ? decimal(shown.coefficient() / 10, 0) : shown;
    return to_string(brief) + "%";
}

std::size_t widest_line(const std::string& text) {
    std::size_t widest = 0;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find('\n', from), text.size());
        widest = std::max(widest, display_width(text.substr(from, end - from)));
        from = end + 1;
    }
    return widest;
}

/// Body by body and quarter by quarter: what is paid, then what is still open.
std::string quarter_cell(const fund_quarter& q) {
    return q.state == quarter_state::not_due ? "not due" : pounds(q.earned);
}

class page {
public:
    page(const statement_report& r, bool colour) : report_(r), s_(r.statement), colour_(colour) {}

    std::string text() {
        title();
        figures();
        payments();
        proofs();
        terms();
        schemes();
        funds();
        carried();
        pass_backs();
        movement();
        next();
        signatures();
        workings();
        return out_;
    }

private:
    void title();
    std::string figures(std::size_t first, std::size_t end, bool colour) const;
    void figures();
    void payments();
    void proofs();
    void terms();
    void funds();
    void carried();
    void schemes();
    void pass_backs();
    void movement();
    void next();
    void signatures();
    void workings();

    static std::string places(const working&, bool with_file);
    /// All that stays where it arose is the dead-band's: no tier stays, and nothing is left out.
    bool in_dead_band() const {
        return std::none_of(s_.acting.begin(), s_.acting.end(), [](const acting_term& t) {
            return t.divides && t.term.find(": tier ") != std::string::npos;
        });
    }
    void heading(const std::string& text) { out_ += "\n" + toned(text, tone::strong, colour_) + "\n"; }
    void line(const std::string& text) { out_ += wrapped(text, 2); }

    const statement_report& report_;
    const statement& s_;
    bool colour_;
    std::string out_;
};

void page::title() {
    const std::string name =
        s_.title.empty() || s_.title == s_.agreement ? s_.agreement : s_.agreement + ": " + s_.title;
    out_ += toned("Risk and gain share statement", tone::heading, colour_) + "\n";
    out_ += wrapped(name, 0);
    const std::string month = std::string(month_name(s_.when.month)) + " " + std::to_string(calendar_year(s_.when));
    const std::string basis = s_.basis == share_basis::forecast ? "forecast for the year" : "year to date";
    out_ += wrapped(to_string(s_.when) + " (" + month + "), " + basis + "; version " + std::to_string(s_.version) +
                        (s_.version_what.empty() ? ", as first agreed" : ": " + s_.version_what),
                    0);
    if (s_.applied())
        out_ += toned("APPLIED", tone::green, colour_) + ": " + to_string(s_.stage) + "\n";
    else
        out_ += toned("NOT APPLIED", tone::amber, colour_) + ": sharing starts in " +
                to_string(report_.agreement.paper().timetable.sharing_starts) + "; the figures are notional\n";
}

/// One table; the lines that follow from others say from which.
std::string page::figures(std::size_t first, std::size_t end, bool colour) const {
    const bool last = end == s_.lines.size();
    const statement_line total = s_.total();
    text_table table;
    table.column("£", alignment::left);
    for (std::size_t i = first; i < end; ++i) table.column(s_.lines[i].organisation);
    if (last) table.column("System");
    char next_letter = 'a';
    const auto any = [&](money statement_line::*figure) {
        return std::any_of(s_.lines.begin(), s_.lines.end(),
                           [&](const statement_line& l) { return !(l.*figure).is_zero(); });
    };
    const auto amounts = [&](const std::string& label, money statement_line::*figure, tone how = tone::plain) {
        const std::string letter(1, next_letter++);
        std::vector<text_cell> cells{text_cell(letter + "  " + label, how)};
        for (std::size_t i = first; i < end; ++i) cells.push_back(text_cell(pounds(s_.lines[i].*figure), how));
        if (last) cells.push_back(text_cell(pounds(total.*figure), how));
        table.row(std::move(cells));
        return letter;
    };
    const std::string minus = " \u2212 ";
    const std::string plan = amounts("Plan", &statement_line::plan);
    const std::string actual =
        amounts(s_.basis == share_basis::forecast ? "Forecast" : "Actual", &statement_line::actual);
    const std::string variance =
        amounts("Variance to plan, " + actual + minus + plan, &statement_line::variance, tone::strong);
    table.rule();
    const std::string kept = amounts("Kept: efficiency not delivered", &statement_line::excluded);
    std::string own = variance + minus + kept;
    if (any(&statement_line::mitigated))
        own += " + " + amounts("Own mitigation still to come", &statement_line::mitigated);
    const std::string shareable = amounts("To be shared, " + own, &statement_line::shareable, tone::strong);
    table.rule();
    // What divides by tiers has no agreed share to show, and what is not divided has used none.
    const bool tiered = std::all_of(s_.lines.begin(), s_.lines.end(),
                                    [](const statement_line& l) { return l.share_used && *l.share_used == l.share; });
    const bool none =
        std::all_of(s_.lines.begin(), s_.lines.end(), [](const statement_line& l) { return l.share == ratio(0); });
    std::vector<text_cell> agreed{!s_.divided                   ? "   Agreed share, not used"
                                  : !s_.shares_divide && tiered ? "   Share that was used"
                                                                : "   Agreed share"},
        used{"   Share that was used"}, derived{"   implied by the basis stated"};
    bool differs = false;
    for (std::size_t i = first; i < end; ++i) {
        const statement_line& l = s_.lines[i];
        agreed.push_back(text_cell(percent(l.share)));
        used.push_back(text_cell(percent(l.share_used.value_or(l.share))));
        differs = differs || (l.share_used && *l.share_used != l.share);
        derived.push_back(text_cell(s_.lines[i].derived_share ? percent(*s_.lines[i].derived_share) : "", tone::faint));
    }
    if (last) agreed.push_back(text_cell(percent(total.share)));
    if (!none) table.row(agreed);
    if (differs && s_.divided) table.row(used);
    if (s_.lines.front().derived_share) table.row(derived);
    std::string shared;
    if (any(&statement_line::retained))
        shared =
            amounts(in_dead_band() ? "Stays in the dead-band" : "Stays where it arose", &statement_line::retained) +
            " + ";
    shared += amounts("Share of the pool", &statement_line::allocated);
    if (!s_.held_for_joint_investment.is_zero()) amounts("Notional split of what is held", &statement_line::notional);
    table.rule();
    amounts((s_.applied() ? "Received/(paid), " : "Received/(paid), notional, ") + shared + minus + shareable,
            &statement_line::transfer, tone::strong);
    amounts("Position after sharing, " + kept + " + " + shared, &statement_line::final, tone::strong);
    if (report_.forecast && s_.basis != share_basis::forecast) {
        table.rule();
        std::vector<text_cell> cells{"   Agreed forecast: received/(paid)"};
        for (std::size_t i = first; i < end; ++i)
            cells.push_back(text_cell(pounds(report_.forecast->lines[i].transfer)));
        if (last) cells.push_back(text_cell(pounds(report_.forecast->total().transfer)));
        table.row(std::move(cells));
    }
    return table.render(colour);
}

/// As many parties beside one another as the page is wide; more follow below.
void page::figures() {
    for (std::size_t first = 0; first < s_.lines.size();) {
        std::size_t end = s_.lines.size();
        while (end > first + 1 && widest_line(figures(first, end, false)) > table_width) --end;
        out_ += "\n" + figures(first, end, colour_);
        first = end;
    }
}

/// Who pays whom; what the month before had come to already is not paid again.
void page::payments() {
    if (!s_.applied()) return;
    const std::vector<payment> all = riskshare::payments(s_);
    if (all.empty()) return;
    heading("Who pays whom");
    if (report_.movement && !report_.movement->restated() && report_.movement->before.applied()) {
        statement moved = s_;
        for (std::size_t i = 0; i < moved.lines.size(); ++i)
            moved.lines[i].transfer = report_.movement->lines[i].transfer;
        for (const payment& p : riskshare::payments(moved))
            line(p.from + " pays " + p.to + " " + said(p.amount) + " this month.");
    }
    for (const payment& p : all)
        line(p.from + " pays " + p.to + " " + said(p.amount) +
             (s_.basis == share_basis::forecast ? " for the year." : " for the year to date."));
}

/// What each term did, where more than one set of shares divides.
void page::terms() {
    const auto some = std::count_if(s_.acting.begin(), s_.acting.end(), [](const acting_term& t) { return t.divides; });
    if (some < 2) return;
    heading("What each term did");
    for (const acting_term& t : s_.acting)
        if (t.divides)
            line((t.organisation.empty() ? "" : t.organisation + ", ") + t.term + ": " + t.state +
                 (t.amount.is_zero() ? "" : ", " + said(t.amount)) + (t.clause.empty() ? "." : " [" + t.clause + "]."));
}

void page::funds() {
    if (s_.funds.empty()) return;
    heading("Funding to be earned, by quarter");
    out_ += funds_table(s_.funds, colour_);
}

void page::carried() {
    if (s_.carried.empty()) return;
    heading("Carried forward");
    text_table table;
    table.column("£", alignment::left).column("Opening").column("Added").column("Used").column("Repaid");
    table.column("Written off").column("Closing");
    for (const carried_balance& b : s_.carried)
        table.row({(b.organisation.empty() ? "" : b.organisation + ", ") + b.name, pounds(b.opening), pounds(b.added),
                   pounds(b.used), pounds(b.repaid), pounds(b.written_off), pounds(b.closing())});
    out_ += table.render(colour_, 2);
    line("As the balances would close if the year ended so:");
    for (const carried_balance& b : s_.carried) {
        if (b.kind != carry_forward_terms::what::debt) continue;
        const std::string whose = b.organisation + ", " + b.name + ": ";
        if (!b.written_off.is_zero())
            line(whose + said(b.written_off) + " is written off after " + std::to_string(b.balanced_years) +
                 " years in succession without a deficit.");
        if (!b.repaid.is_zero())
            line(whose + said(b.repaid) + " is repaid" + (b.repaid_to.empty() ? "." : " to " + b.repaid_to + "."));
        if (b.written_off.is_zero() && b.repaid.is_zero() && b.balanced_years > 0)
            line(whose + "frozen; " + std::to_string(b.balanced_years) + (b.balanced_years == 1 ? " year" : " years") +
                 " in succession without a deficit.");
    }
}

void page::proofs() {
    heading("Proof, to the penny");
    const statement_proof p = proof(s_);
    const auto mark = [&](bool holds) {
        return toned(holds ? "holds" : "FAILS", holds ? tone::green : tone::red, colour_);
    };
    for (const relief_line& r : s_.relief)
        line("Before sharing, " + r.what + ": " + said(r.used) + " used of " + said(r.available) + ".");
    if (!s_.held_for_joint_investment.is_zero())
        line("Held for joint investment or to reduce the deficit, for the system to decide: " +
             said(s_.held_for_joint_investment) + ".");
    if (!s_.unallocated.is_zero()) line("UNALLOCATED beyond the caps, to be escalated: " + said(s_.unallocated) + ".");
    const bool leaves = !p.leaves_the_pool.is_zero();
    const money out_of = p.leaves_the_pool;
    line("Transfers add up to " + said(p.transfers) +
         (!leaves                ? ""
          : out_of.is_negative() ? ", of which " + said(-out_of) + " comes into the pool"
                                 : ", and " + said(out_of) + " leaves the pool") +
         ": " + mark((p.transfers + out_of).is_zero()));
    line("Positions after sharing add up to " + said(p.final) + ", as the variances do" +
         (!leaves                ? ""
          : out_of.is_negative() ? " with what comes into the pool"
                                 : " less what leaves the pool") +
         ": " + mark(p.final == p.variance));
    if (report_.added_again) {
        const inputs_added_again& a = *report_.added_again;
        line(std::to_string(a.cells) + " cells added up again give " + said(a.variance) + " and a pool of " +
             said(a.pool) + ": " + mark(a.holds));
    }
}

void page::schemes() {
    if (s_.schemes.empty()) return;
    heading("Shared schemes");
    for (const scheme_line& scheme : s_.schemes) {
        if (scheme.shortfall.is_zero() && scheme.missing.empty()) {
            line(scheme.name + (scheme.pool ? ": as planned." : ": no shortfall."));
            continue;
        }
        std::string text = scheme.name + (!scheme.pool                     ? ": shortfall "
                                          : scheme.shortfall.is_negative() ? ": underspend "
                                                                           : ": overspend ");
        text += said(scheme.pool ? abs(scheme.shortfall) : scheme.shortfall);
        if (!scheme.relieved.is_zero()) text += ", of it " + said(scheme.relieved) + " met by the reserve";
        if (scheme.own_shares) {
            text += ", by shares of its own:";
            for (std::size_t i = 0; i < s_.lines.size(); ++i)
                text += (i == 0 ? " " : ", ") + s_.lines[i].organisation + " " + said(scheme.allocated[i]);
            if (!scheme.unallocated.is_zero()) text += "; beyond the limits, nobody's: " + said(scheme.unallocated);
        } else if (!scheme.missing.empty()) {
            text += "; own shares REJECTED, " + listed(scheme.missing) + " missing: the agreed shares apply";
        } else {
            text += ", in the pool by the agreed shares";
        }
        line(text + ".");
    }
}

void page::pass_backs() {
    if (s_.pass_backs.empty()) return;
    heading("Slippage to be passed back (disclosed; changes no figure)");
    for (const pass_back_check& b : s_.pass_backs)
        line(b.organisation + ", " + b.what + ": surplus expected " + said(b.expected_surplus) + ", reported " +
             said(b.reported_variance) + ", to explain " + said(b.to_explain()) + ".");
}

void page::movement() {
    if (!report_.movement) return;
    const statement_movement& m = *report_.movement;
    heading(m.restated() ? "Restated: later less earlier report of " + to_string(m.after.when)
                         : "Movement since " + to_string(m.before.when) +
                               (m.before.applied() ? "" : " (not applied, notional)"));
    text_table table;
    table.column("£", alignment::left).column("Variance").column("Kept").column("Share of pool").column("Transfer");
    table.column("After sharing");
    const auto row = [&](const std::string& name, const auto& l, tone how) {
        std::vector<text_cell> cells{text_cell(name, how)};
        for (const money figure : {l.variance, l.excluded, l.allocated, l.transfer, l.final})
            cells.push_back(text_cell(pounds(figure), how));
        table.row(std::move(cells));
    };
    movement_line all{"System"};
    for (std::size_t i = 0; i < m.lines.size(); ++i) {
        const movement_line& l = m.lines[i];
        if (m.restated()) {
            row(l.organisation + ", earlier", m.before.lines[i], tone::faint);
            row(l.organisation + ", later", m.after.lines[i], tone::faint);
            row("  difference", l, tone::plain);
        } else {
            row(l.organisation, l, tone::plain);
        }
        all.variance += l.variance;
        all.excluded += l.excluded;
        all.allocated += l.allocated;
        all.transfer += l.transfer;
        all.final += l.final;
    }
    table.rule();
    row(m.restated() ? "System, difference" : "System", all, tone::strong);
    out_ += table.render(colour_, 2);
    if (!m.restated()) return;
    line("Both reports are kept. What was reported otherwise:");
    for (const working& was : m.before.workings)
        for (const working& is : m.after.workings)
            if (was.figure == "variance" && is.figure == "variance" && was.organisation == is.organisation &&
                was.rule != is.rule)
                line(was.organisation + ": " + was.rule + places(was, true) + "; now " + is.rule + places(is, true));
}

void page::next() {
    const timetable& t = report_.agreement.paper().timetable;
    heading("What happens next");
    if (report_.recommendation) {
        std::string text = std::string(report_.recommendation->update ? "Updated recommendation" : "Recommendation") +
                           " for the year end:";
        for (const per_party<money>& a : report_.recommendation->adjustments)
            text += (&a == &report_.recommendation->adjustments.front() ? " " : ", ") + a.organisation + " " +
                    said(a.value);
        line(text + ".");
    }
    if (!report_.recommendation_refused.empty()) line(report_.recommendation_refused + ".");
    if (!s_.applied()) line("The first statement that is applied is that of " + to_string(t.sharing_starts) + ".");
    if (s_.applied() && s_.when.month < month(12))
        line("The next statement is that of " + to_string(riskshare::next(s_.when).month) + ".");
    if (t.recommendation && s_.when.month < *t.recommendation)
        line("The recommendation for the year end is made at " + to_string(*t.recommendation) + ".");
    if (t.update && s_.when.month < *t.update)
        line("It is updated at " + to_string(*t.update) + " only if all parties agree.");
    if (s_.when.month == month(12))
        line("The year is closed; the agreement is for " + to_string(s_.when.year) + " only.");
    for (const rejected_amendment& r : report_.agreement.rejected())
        line("Proposed from " + to_string(r.proposed.effective) + " and REJECTED for want of " + listed(r.missing) +
             ": " + r.proposed.what + ".");
}

/// For the chief finance officers, where there is something to agree.
void page::signatures() {
    if (!s_.applied()) return;
    heading("Agreed by the chief finance officers");
    for (const party& p : report_.agreement.paper().parties) {
        const std::string name = p.name.empty() || p.name == p.code ? p.code : p.name + " (" + p.code + ")";
        const std::string signature = "  " + std::string(24, '_') + "  date " + std::string(10, '_');
        const std::size_t room = page_width - 2 - signature.size(), width = display_width(name);
        const bool fits = width <= room;
        out_ += "  " + name + (fits ? "" : "\n  ") + std::string(fits ? room - width : room, ' ') + signature + "\n";
    }
}

/// "  [clause; 'Position M4'!B6, …]"; empty when neither is known.
std::string page::places(const working& w, bool with_file) {
    std::string cells;
    for (const provenance& p : w.from) {
        const std::string place = with_file      ? to_string(p)
                                  : p.row() == 0 ? p.sheet()
                                                 : "'" + p.sheet() + "'!" + p.cell();
        cells += (cells.empty() ? "" : ", ") + place;
    }
    if (w.clause.empty() && cells.empty()) return "";
    return " [" + w.clause + (w.clause.empty() || cells.empty() ? "" : "; ") + cells + "]";
}

void page::workings() {
    heading("How each figure comes about");
    for (const working& w : s_.workings) {
        // The letters say how these follow from the lines above them.
        if (w.figure == "shareable" || w.figure == "transfer" || w.figure == "final") continue;
        line((w.organisation.empty() ? "System" : w.organisation) + ", " + w.figure + ": " + w.rule + places(w, false));
    }
}

} // namespace

std::string funds_table(const std::vector<fund_result>& funds, bool colour) {
    text_table quarters, sums;
    quarters.column("Earned, £", alignment::left).column("Q1").column("Q2").column("Q3").column("Q4");
    sums.column("£", alignment::left).column("Fund").column("Earned").column("Withheld").column("Lost");
    const bool unknown =
        std::any_of(funds.begin(), funds.end(), [](const fund_result& f) { return !f.unknown.is_zero(); });
    if (unknown) sums.column("Not known");
    sums.column("Not due");
    for (const fund_result& f : funds) {
        const std::string name = f.organisation + ", " + f.fund;
        std::vector<text_cell> by_quarter{name}, all{name};
        for (const fund_quarter& q : f.quarters) by_quarter.push_back(quarter_cell(q));
        for (const money m : {f.amount, f.earned, f.withheld, f.lost}) all.push_back(pounds(m));
        if (unknown) all.push_back(pounds(f.unknown));
        all.push_back(pounds(f.not_due));
        quarters.row(std::move(by_quarter));
        sums.row(std::move(all));
    }
    std::string out = quarters.render(colour, 2) + "\n" + sums.render(colour, 2);
    for (const fund_result& f : funds) {
        for (std::size_t q = 0; q < 4; ++q)
            if (!f.quarters[q].why.empty())
                out +=
                    wrapped(f.organisation + ", " + f.fund + ", Q" + std::to_string(q + 1) + ": " + f.quarters[q].why +
                                (f.quarters[q].recovered.is_zero()
                                     ? "."
                                     : "; " + said(f.quarters[q].recovered) + " of it recovered."),
                            2);
        if (f.recoverable && !f.withheld.is_zero())
            out += wrapped(f.organisation + ", " + f.fund + ": " + said(f.withheld) +
                               " may still be recovered when a later quarter's gates are met.",
                           2);
    }
    return out;
}

std::string statement_page(const statement_report& r, bool colour) { return page(r, colour).text(); }

std::string cause_share_page(const cause_share& s, bool colour) {
    std::string out = toned("Share by cause: " + s.name, tone::heading, colour) + "\n";
    out += wrapped("Deficit " + pounds(s.deficit) + ", of it demonstrated " + pounds(s.demonstrated) + ", not shared " +
                       pounds(s.not_shared) + ". Each system bears what its own lost hours caused.",
                   0);
    text_table table;
    table.column("System", alignment::left).column("Hours lost").column("Share").column("Allocated £");
    table.column("Clawed back £").column("Borne £");
    exact hours;
    money allocated;
    for (const cause_share_line& l : s.systems) {
        hours += exact(l.hours, unit::pounds);
        allocated += l.allocated;
        table.row(
            {l.system, accounting(l.hours), percent(l.share), pounds(l.allocated), pounds(l.offset), pounds(l.borne)});
    }
    table.rule();
    table.row(
        {"All", accounting(hours, unit::pounds), "", pounds(allocated), pounds(s.offset_used()), pounds(s.borne())});
    return out + "\n" + table.render(colour);
}

} // namespace riskshare::report
