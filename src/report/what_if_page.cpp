// Positions over a range of outturns: table, CSV, JSON.
#include <riskshare/report/what_if_page.hpp>

#include "detail/json.hpp"
#include "report/wrapping.hpp"

#include <riskshare/accounting.hpp>

#include <algorithm>

namespace riskshare::report {

namespace {

using json::of;
using json::value;

std::string pounds(money m) { return accounting(exact(m), unit::pounds, m.pence() % 100 == 0 ? 0 : 2); }

bool any(const std::vector<what_if>& all, money outturn_point::*figure) {
    for (const what_if& w : all)
        for (const outturn_point& p : w.points)
            if (!(p.*figure).is_zero()) return true;
    return false;
}

std::string varied(const outturn_range& r) { return r.organisation.empty() ? "all parties together" : r.organisation; }

std::string lines_of_kinks(const what_if& w, bool named) {
    std::string out;
    for (const outturn_kink& k : w.kinks)
        for (const std::string& t : k.terms)
            out += wrapped((named ? w.agreement + ", at " : "At ") + detail::said(k.at.outturn) + ": " + t + ".", 2);
    return out;
}

std::string better_words(const std::vector<what_if>& two) {
    std::string out;
    for (std::size_t i = 0; i < two[0].parties.size(); ++i) {
        std::size_t first = 0, second = 0, alike = 0;
        for (std::size_t k = 0; k < two[0].points.size(); ++k) {
            const money less = two[0].points[k].final[i] - two[1].points[k].final[i];
            (less.is_zero() ? alike : less.is_negative() ? second : first) += 1;
        }
        out += wrapped(two[0].parties[i] + " is better off under " + two[0].agreement + " at " + std::to_string(first) +
                           " outturns, under " + two[1].agreement + " at " + std::to_string(second) + ", alike at " +
                           std::to_string(alike) + ".",
                       2);
    }
    for (const agreement_crossing& c : crossings(two[0], two[1]))
        out += wrapped(c.organisation + ", from " + detail::said(c.outturn) +
                           " on: " + (c.better.empty() ? "alike under both" : "better off under " + c.better) + ".",
                       2);
    return out;
}

value parties_of(const what_if& w, const outturn_point& p) {
    value parties = value::array();
    for (std::size_t i = 0; i < w.parties.size(); ++i)
        parties.push_back({{"organisation", w.parties[i]}, {"final", of(p.final[i])}, {"transfer", of(p.transfer[i])}});
    return parties;
}

value point_json(const what_if& w, const outturn_point& p) {
    return {{"outturn", of(p.outturn)},
            {"variance", of(p.variance)},
            {"parties", parties_of(w, p)},
            {"unallocated", of(p.unallocated)},
            {"held_for_joint_investment", of(p.held)}};
}

value one_json(const what_if& w) {
    value points = value::array(), kinks = value::array();
    for (const outturn_point& p : w.points) points.push_back(point_json(w, p));
    for (const outturn_kink& k : w.kinks) {
        value terms = value::array();
        for (const std::string& t : k.terms) terms.push_back(t);
        kinks.push_back({{"outturn", of(k.at.outturn)}, {"terms", terms}, {"parties", parties_of(w, k.at)}});
    }
    return {{"agreement", w.agreement}, {"outturns", points}, {"kinks", kinks}};
}

value two(const value& a, const value& b) {
    value out = value::array();
    out.push_back(a);
    out.push_back(b);
    return out;
}

value findings_json(const std::vector<finding>& findings) {
    value out = value::array();
    for (const finding& f : findings) out.push_back(of(f));
    return out;
}

std::string quoted(const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

} // namespace

std::string what_if_page(const std::vector<what_if>& all, bool colour) {
    const what_if& first = all.front();
    const bool two = all.size() > 1, unallocated = any(all, &outturn_point::unallocated),
               held = any(all, &outturn_point::held);
    std::string out =
        toned("Positions after sharing, against plan, over outturns of " + varied(first.range), tone::heading, colour) +
        "\n";
    for (std::size_t a = 0; a < all.size(); ++a)
        out += wrapped((two ? std::to_string(a + 1) + "  " : "") + all[a].agreement, 0);
    text_table table;
    table.column("Outturn £").column("Variance");
    for (std::size_t a = 0; a < all.size(); ++a)
        for (const std::string& party : first.parties) table.column(party + (two ? " " + std::to_string(a + 1) : ""));
    if (unallocated) table.column("Nobody's");
    if (held) table.column("Held");
    for (std::size_t k = 0; k < first.points.size(); ++k) {
        std::vector<text_cell> cells{pounds(first.points[k].outturn), pounds(first.points[k].variance)};
        money left, kept;
        for (const what_if& w : all) {
            for (const money m : w.points[k].final) cells.push_back(pounds(m));
            left += w.points[k].unallocated;
            kept += w.points[k].held;
        }
        if (unallocated) cells.push_back(pounds(left));
        if (held) cells.push_back(pounds(kept));
        table.row(std::move(cells));
    }
    out += "\n" + table.render(colour);
    std::string kinks;
    for (const what_if& w : all) kinks += lines_of_kinks(w, two);
    out += "\n" + toned("Where a term begins to act otherwise", tone::strong, colour) + "\n" +
           (kinks.empty() ? wrapped("Nowhere within the range.", 2) : kinks);
    if (two) out += "\n" + toned("Who is better off", tone::strong, colour) + "\n" + better_words(all);
    return out;
}

std::string what_if_csv(const std::vector<what_if>& all) {
    const what_if& first = all.front();
    std::string out = "outturn,variance";
    for (const what_if& w : all) {
        const std::string end = all.size() > 1 ? " (" + w.agreement + ")" : "";
        for (const std::string& party : w.parties) out += "," + quoted(party + end);
        out += "," + quoted("unallocated" + end) + "," + quoted("held" + end);
    }
    out += "\n";
    for (std::size_t k = 0; k < first.points.size(); ++k) {
        out += to_string(first.points[k].outturn) + "," + to_string(first.points[k].variance);
        for (const what_if& w : all) {
            for (const money m : w.points[k].final) out += "," + to_string(m);
            out += "," + to_string(w.points[k].unallocated) + "," + to_string(w.points[k].held);
        }
        out += "\n";
    }
    return out;
}

std::string what_if_json(const std::vector<what_if>& all, const std::vector<finding>& findings) {
    const outturn_range& r = all.front().range;
    value agreements = value::array(), crossed = value::array();
    for (const what_if& w : all) agreements.push_back(one_json(w));
    if (all.size() > 1)
        for (const agreement_crossing& c : crossings(all[0], all[1]))
            crossed.push_back({{"organisation", c.organisation},
                               {"outturn", of(c.outturn)},
                               {"better", c.better.empty() ? value(nullptr) : value(c.better)}});
    return json::text({{"schema", "riskshare.what_if/1"},
                       {"unit", "GBP"},
                       {"over",
                        {{"organisation", r.organisation.empty() ? value(nullptr) : value(r.organisation)},
                         {"from", of(r.from)},
                         {"to", of(r.to)},
                         {"step", of(r.step)}}},
                       {"agreements", agreements},
                       {"crossings", crossed},
                       {"findings", findings_json(findings)}});
}

namespace {

/// Lines of the second statement by the parties of the first.
const statement_line* line_of(const statement& s, const std::string& party) {
    for (const statement_line& l : s.lines)
        if (l.organisation == party) return &l;
    return nullptr;
}

} // namespace

std::string two_statements_page(const statement& a, const statement& b, bool colour) {
    std::string out = toned("Two agreements on the same figures", tone::heading, colour) + "\n";
    out += wrapped("1  " + a.agreement + (a.applied() ? "" : " (not applied, notional)"), 0);
    out += wrapped("2  " + b.agreement + (b.applied() ? "" : " (not applied, notional)"), 0);
    text_table table;
    table.column("£", alignment::left).column("Variance").column("After sharing 1").column("After sharing 2");
    table.column("2 less 1").column("Better off under");
    money one, other, variance;
    for (const statement_line& l : a.lines) {
        const statement_line* m = line_of(b, l.organisation);
        if (m == nullptr) continue;
        const money less = m->final - l.final;
        table.row({l.organisation, pounds(l.variance), pounds(l.final), pounds(m->final), pounds(less),
                   less.is_zero()       ? "neither"
                   : less.is_negative() ? "1"
                                        : "2"});
        one += l.final;
        other += m->final;
        variance += l.variance;
    }
    table.rule();
    table.row({"System", pounds(variance), pounds(one), pounds(other), pounds(other - one), ""});
    return out + "\n" + table.render(colour);
}

std::string two_statements_json(const statement& a, const statement& b, const std::vector<finding>& findings) {
    value parties = value::array();
    for (const statement_line& l : a.lines) {
        const statement_line* m = line_of(b, l.organisation);
        if (m == nullptr) continue;
        const money less = m->final - l.final;
        parties.push_back(
            {{"organisation", l.organisation},
             {"variance", of(l.variance)},
             {"final", two(of(l.final), of(m->final))},
             {"transfer", two(of(l.transfer), of(m->transfer))},
             {"difference", of(less)},
             {"better", less.is_zero() ? value(nullptr) : value(less.is_negative() ? a.agreement : b.agreement)}});
    }
    return json::text({{"schema", "riskshare.two_statements/1"},
                       {"unit", "GBP"},
                       {"agreements", two(a.agreement, b.agreement)},
                       {"parties", parties},
                       {"findings", findings_json(findings)}});
}

} // namespace riskshare::report
