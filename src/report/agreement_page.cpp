// The agreement's page and JSON.
#include <riskshare/report/agreement_page.hpp>

#include "detail/json.hpp"
#include "report/wrapping.hpp"

#include <riskshare/report/text_table.hpp>

namespace riskshare::report {

namespace {

using json::of;
using json::value;

std::string without_sign(money m) { return accounting(exact(m), unit::pounds, m.pence() % 100 == 0 ? 0 : 2); }

std::string what_acts(const outturn_in_words& o) {
    std::string acts;
    for (const acting_term& t : o.acting)
        if (t.state != "not reached" && t.state != "does not bind" && t.state != "nothing to share")
            acts += (acts.empty() ? "" : "; ") + (t.organisation.empty() ? "" : t.organisation + ", ") + t.term + ": " +
                    t.state;
    return acts;
}

class page {
public:
    page(const agreement_reading& r, bool colour) : r_(r), paper_(r.agreement.paper()), colour_(colour) {}

    std::string text() {
        title();
        for (const version_in_words& v : r_.versions) {
            says(v);
            would_do(v);
            examples(v);
        }
        open();
        signatures();
        return out_;
    }

private:
    void heading(const std::string& text) { out_ += "\n" + toned(text, tone::strong, colour_) + "\n"; }
    void line(const std::string& text) { out_ += wrapped(text, 2); }
    void title();
    void says(const version_in_words&);
    void would_do(const version_in_words&);
    void examples(const version_in_words&);
    void open();
    void signatures();

    const agreement_reading& r_;
    const agreement_paper& paper_;
    bool colour_;
    std::string out_;
};

void page::title() {
    out_ += toned("What the agreement says", tone::heading, colour_) + "\n";
    out_ += wrapped(
        paper_.title.empty() || paper_.title == paper_.name ? paper_.name : paper_.name + ": " + paper_.title, 0);
    out_ += wrapped("For " + to_string(paper_.year) + " only, between " + listed(r_.agreement.parties()) +
                        "; sharing starts in " + to_string(paper_.timetable.sharing_starts) +
                        (paper_.timetable.recommendation ? ", a recommendation for the year end is made at " +
                                                               to_string(*paper_.timetable.recommendation)
                                                         : "") +
                        ". It changes with the consent of " + to_string(paper_.consents) + ". Parts are whole " +
                        detail::said(paper_.rounding_unit) + ".",
                    0);
}

void page::says(const version_in_words& v) {
    heading(r_.versions.size() == 1 ? "Its terms, in plain words"
                                    : "Version " + std::to_string(v.number) + ", from " + to_string(v.from) +
                                          (v.what.empty() ? "" : ": " + v.what));
    std::size_t number = 0;
    for (const term_in_words& t : v.says) {
        std::string at = t.clause;
        if (t.at.known() && !t.at.cell().empty())
            at += (at.empty() ? "" : "; ") + t.at.cell();
        else if (t.at.known() && !t.at.sheet().empty())
            at += (at.empty() ? "" : "; ") + t.at.sheet();
        line(std::to_string(++number) + ". " + t.text + (at.empty() ? "" : " [" + at + "]"));
    }
}

void page::would_do(const version_in_words& v) {
    if (v.outturns.empty()) return;
    heading("What it would do: each party's position against plan, at outturns of all together");
    for (const std::string& a : v.assumed) line("For the example, " + a + ".");
    text_table table;
    table.column("Outturn £");
    for (const std::string& party : r_.agreement.parties()) table.column(party);
    table.column("Nobody's").column("Held");
    for (const outturn_in_words& o : v.outturns) {
        std::vector<text_cell> cells{without_sign(o.point.outturn)};
        for (const money m : o.point.final) cells.push_back(without_sign(m));
        cells.push_back(without_sign(o.point.unallocated));
        cells.push_back(without_sign(o.point.held));
        table.row(std::move(cells));
    }
    out_ += table.render(colour_, 2);
    // Outturns beside one another at which the same terms act are said once.
    for (std::size_t first = 0, end = 0; first < v.outturns.size(); first = end) {
        const std::string acts = what_acts(v.outturns[first]);
        for (end = first + 1; end < v.outturns.size() && what_acts(v.outturns[end]) == acts;) ++end;
        const std::string from = detail::said(v.outturns[first].point.outturn),
                          to = detail::said(v.outturns[end - 1].point.outturn);
        if (!acts.empty()) line((from == to ? "At " + from : "From " + from + " to " + to) + ": " + acts + ".");
    }
}

/// Pools, funds and balances, each with amounts worked out.
void page::examples(const version_in_words& v) {
    if (v.examples.empty()) return;
    heading("For example");
    for (const std::string& e : v.examples) line("- " + e);
}

void page::open() {
    heading("What it leaves open");
    if (r_.leaves_open.empty()) line("Nothing that this page looks for.");
    for (const std::string& s : r_.leaves_open) line("- " + s);
}

void page::signatures() {
    heading("Read and agreed");
    for (const party& p : paper_.parties) {
        const std::string name = p.name.empty() || p.name == p.code ? p.code : p.name + " (" + p.code + ")";
        const std::string signature = "  " + std::string(24, '_') + "  date " + std::string(10, '_');
        const std::size_t room = page_width - 2 - signature.size(), width = display_width(name);
        const bool fits = width <= room;
        out_ += "  " + name + (fits ? "" : "\n  ") + std::string(fits ? room - width : room, ' ') + signature + "\n";
    }
}

value findings_json(const std::vector<finding>& findings) {
    value out = value::array();
    for (const finding& f : findings) out.push_back(of(f));
    return out;
}

value texts(const std::vector<std::string>& all) {
    value out = value::array();
    for (const std::string& t : all) out.push_back(t);
    return out;
}

value outturns_json(const agreement_reading& r, const version_in_words& v) {
    value out = value::array();
    for (const outturn_in_words& o : v.outturns) {
        value parties = value::array(), terms = value::array();
        for (std::size_t i = 0; i < o.point.final.size(); ++i)
            parties.push_back({{"organisation", r.agreement.parties()[i]},
                               {"final", of(o.point.final[i])},
                               {"transfer", of(o.point.transfer[i])}});
        for (const acting_term& t : o.acting)
            terms.push_back(
                {{"term", t.term}, {"organisation", t.organisation}, {"state", t.state}, {"amount", of(t.amount)}});
        out.push_back({{"outturn", of(o.point.outturn)},
                       {"parties", parties},
                       {"unallocated", of(o.point.unallocated)},
                       {"held_for_joint_investment", of(o.point.held)},
                       {"terms", terms}});
    }
    return out;
}

value version_json(const agreement_reading& r, const version_in_words& v) {
    value says = value::array();
    for (const term_in_words& t : v.says)
        says.push_back({{"term", t.term},
                        {"text", t.text},
                        {"clause", t.clause},
                        {"at", t.at.known() ? of(t.at) : value(nullptr)}});
    return {{"version", v.number},
            {"from_month", v.from.number()},
            {"what", v.what},
            {"says", says},
            {"assumed", texts(v.assumed)},
            {"outturns", outturns_json(r, v)},
            {"examples", texts(v.examples)}};
}

} // namespace

std::string agreement_page(const agreement_reading& r, bool colour) { return page(r, colour).text(); }

std::string agreement_json(const agreement_reading& r) {
    const agreement_paper& paper = r.agreement.paper();
    value versions = value::array();
    for (const version_in_words& v : r.versions) versions.push_back(version_json(r, v));
    return json::text({{"schema", "riskshare.agreement/1"},
                       {"unit", "GBP"},
                       {"status", "stands"},
                       {"agreement", paper.name},
                       {"title", paper.title},
                       {"year", to_string(paper.year)},
                       {"parties", texts(r.agreement.parties())},
                       {"sharing_starts", paper.timetable.sharing_starts.number()},
                       {"consent", to_string(paper.consents)},
                       {"versions", versions},
                       {"leaves_open", texts(r.leaves_open)},
                       {"findings", findings_json(r.findings)}});
}

std::string refused_agreement_json(const std::vector<finding>& findings) {
    return json::text({{"schema", "riskshare.agreement/1"},
                       {"unit", "GBP"},
                       {"status", "refused"},
                       {"findings", findings_json(findings)}});
}

} // namespace riskshare::report
