// Reads an agreement by itself: its terms in plain words, outturns tried, what it leaves open.
#include "report/agreement_examples.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/asked_measures.hpp>

#include <algorithm>

namespace riskshare::report {

namespace {

using detail::said;

/// "37%"; "69.7% (200/287)" where it does not end.
std::string share_in_words(const ratio& r) {
    const std::string whole = to_percent(r);
    if (whole.find('/') == std::string::npos) return whole;
    const exact part = exact(money::pence(r.numerator())), all = exact(money::pence(r.denominator()));
    return to_string(percentage(part, all, 1, rounding::half_away_from_zero)) + "% (" + whole + ")";
}

/// A rate that the paper states is pounds; another is the name of what is reported.
std::string rate_in_words(const operand& rate) {
    if (!rate.measure.empty()) return "\"" + rate.measure + "\"";
    const exact pounds = exact(money::pounds(1)) * rate.number;
    const money whole = rounded(pounds, rounding::half_away_from_zero);
    return exact(whole) == pounds ? said(whole) : "£" + to_string(rate.number);
}

class reading {
public:
    reading(const agreement& a, const version_in_force& v) : agreement_(a), version_(v), terms_(v.terms) {}

    version_in_words made();

private:
    void say(const std::string& term, const std::string& text, const std::string& clause, const provenance& at = {}) {
        if (!text.empty()) out_.says.push_back({term, text, clause, at});
    }
    std::string parts(const std::vector<ratio>& weights) const;
    void shares();
    void before_sharing();
    void side(bool gains);
    void tiers(const side_in_force&, const std::string& whose);
    void schemes();
    void amounts();
    void funds();
    void balances();
    void outturns();
    bool is_quantity(const std::string& name) const {
        return std::any_of(terms_.amounts.begin(), terms_.amounts.end(), [&](const named_amount& a) {
            return a.quantity && detail::folded(a.quantity->measure) == detail::folded(name);
        });
    }
    std::vector<money> sizes(const side_in_force&, const benchmarks&) const;

    const agreement& agreement_;
    const version_in_force& version_;
    const terms_of_sharing& terms_;
    version_in_words out_;
};

std::string reading::parts(const std::vector<ratio>& weights) const {
    ratio all = 0;
    for (const ratio& w : weights) all = all + w;
    std::string text;
    for (std::size_t i = 0; i < weights.size() && all != ratio(0); ++i)
        text += (i == 0 ? "" : ", ") + agreement_.parties()[i] + " " + share_in_words(weights[i] / all);
    return text;
}

void reading::shares() {
    if (!terms_.sharing) return say("sharing", "Nothing is shared: each party bears its own.", terms_.clause);
    const bool any =
        std::any_of(version_.shares.begin(), version_.shares.end(), [](const ratio& r) { return r != ratio(0); });
    if (any && detail::agreed_shares_act(version_))
        say("shares",
            (terms_.shares.kind == share_terms::how::equal     ? "The shares are equal: "
             : terms_.shares.kind == share_terms::how::derived ? "The shares follow " + terms_.basis->description + ": "
                                                               : "The agreed shares: ") +
                parts(version_.shares) + ".",
            terms_.shares.clause, terms_.shares.at);
    if (version_.derived && detail::agreed_shares_act(version_) && terms_.shares.kind != share_terms::how::derived)
        say("basis",
            "Shown beside them and never put in their place: " + terms_.basis->description + " implies " +
                parts(*version_.derived) + ".",
            terms_.basis->clause, terms_.basis->at);
}

void reading::before_sharing() {
    for (const std::optional<exclusion_term>& e : version_.exclusions)
        if (e)
            say("efficiency not delivered",
                e->organisation + " keeps what it fails to deliver of its own cash-releasing efficiency, up to " +
                    said(e->annual_cap) + " a year" +
                    (terms_.limit == exclusion_limit::declared_deficit ? " and no more than its deficit."
                                                                       : ", even out of a surplus."),
                e->clause, e->at);
    for (const pass_back_line& p : terms_.pass_backs)
        say("pass-back",
            p.organisation + " is to show slippage on \"" + p.what + "\" as a surplus; it changes no figure.", p.clause,
            p.at);
}

void reading::tiers(const side_in_force& s, const std::string& whose) {
    const std::vector<tier_terms>& all = *s.terms.tiers;
    for (std::size_t t = 0; t < all.size(); ++t) {
        const std::string from = t == 0 ? "" : to_string(*all[t - 1].up_to);
        const std::string slice = all.size() == 1 ? "All of it"
                                  : t == 0        ? "The first " + to_string(*all[t].up_to)
                                  : all[t].up_to  ? "From " + from + " up to " + to_string(*all[t].up_to)
                                                  : "Beyond " + from;
        say(whose + ": tier " + std::to_string(t + 1),
            "Net " + whose + ". " + slice +
                (all[t].stays ? " stays where it arose." : " is divided " + parts(s.weights[t]) + "."),
            all[t].shares.clause.empty() ? s.terms.clause : all[t].shares.clause, all[t].shares.at);
    }
}

void reading::side(bool gains) {
    const side_in_force& s = gains ? version_.gains : version_.deficits;
    const division_terms& t = s.terms;
    const std::string whose = gains ? "gains" : "deficits", net = "Net " + whose + ". ";
    if (!terms_.sharing) return;
    if (s.kept) return say(whose, "Net " + whose + " stay where they arose.", terms_.clause);
    if (gains && terms_.gains == gain_policy::held_for_joint_investment)
        say(whose,
            "A net gain is held for joint investment or to reduce the deficit. How it would be divided is shown, and "
            "nobody is paid.",
            terms_.clause);
    const bool notional = gains && terms_.gains == gain_policy::held_for_joint_investment;
    const auto add = [&](const std::string& term, const std::string& text) {
        say(whose + ": " + term, net + text, t.clause, t.at);
    };
    if (t.minimum)
        add("minimum",
            "Below " + to_string(*t.minimum) + " nothing is shared; from there on all of it, from the first pound.");
    if (t.counts)
        add("counts", (t.counts->measure.empty() ? to_percent(t.counts->number) + " of it counts."
                                                 : "The part that counts is \"" + t.counts->measure + "\"."));
    if (t.at_most) add("at most", "No more than " + to_string(*t.at_most) + " of it counts.");
    if (t.dead_band && !t.dead_band->is_zero())
        add("dead-band", "The first " + to_string(*t.dead_band) + " stays where it arose.");
    if (t.tiers)
        tiers(s, whose);
    else if (t.shares)
        add("shares", "They are divided " + parts(s.weights.front()) + ".");
    else
        say(whose,
            notional ? "Until it is applied it is divided by the agreed shares, notionally."
                     : "Net " + whose + " are divided by the agreed shares.",
            terms_.clause);
    if (t.score)
        say(whose + ": score",
            net + "Each part is multiplied by " +
                (t.score->value.measure.empty() ? to_percent(t.score->value.number)
                                                : "\"" + t.score->value.measure + "\"") +
                ", held between " + to_percent(t.score->least) + " and " + to_percent(t.score->most) + ".",
            t.score->clause.empty() ? t.clause : t.score->clause, t.score->at);
    for (const std::optional<bound_terms>& b : s.bounds)
        if (b)
            say(whose + ": limit",
                net + b->organisation + " has" + (b->at_least ? " at least " + to_string(*b->at_least) : "") +
                    (b->at_least && b->at_most ? " and" : "") +
                    (b->at_most ? " at most " + to_string(*b->at_most) : "") + ".",
                b->clause.empty() ? t.clause : b->clause, b->at);
    if (s.rest_to) add("rest", agreement_.parties()[*s.rest_to] + " has what these terms leave out.");
}

void reading::schemes() {
    for (const scheme_in_force& s : version_.schemes) {
        std::string text = "\"" + s.scheme.name + "\" ";
        if (s.scheme.pool)
            text += "is a pool of its own: its overspend is divided " + parts(*s.own_shares) +
                    (s.scheme.underspend_kept ? "; an underspend stays where it arose." : "; an underspend likewise.");
        else if (s.own_shares)
            text += "is shared by shares of its own: " + parts(*s.own_shares) + ".";
        else if (!s.missing.empty())
            text += "has shares of its own proposed, and lacks the consent of " + listed(s.missing) +
                    ": the agreed shares apply.";
        else
            text += "is shared by the agreed shares.";
        say("scheme", text, s.scheme.clause, s.scheme.at);
        for (const std::optional<bound_terms>& b : s.bounds)
            if (b && b->at_most)
                say("scheme: limit", b->organisation + " bears at most " + to_string(*b->at_most) + " of it.",
                    b->clause, b->at);
    }
    if (terms_.reserve != reserve_use::net_deficit)
        say("reserve",
            std::string("The reserve meets overspends of the pools first, ") +
                (terms_.reserve == reserve_use::schemes_in_order ? "those listed first before the others."
                                                                 : "in proportion."),
            terms_.reserve_clause.empty() ? terms_.clause : terms_.reserve_clause);
}

void reading::amounts() {
    for (const named_amount& a : terms_.amounts) {
        std::string is;
        if (a.amount) is = said(*a.amount);
        for (const std::string& party : agreement_.parties())
            for (const per_party<money>& p : a.amounts)
                if (p.organisation == party) is += (is.empty() ? "" : ", ") + party + " " + said(p.value);
        if (a.quantity)
            is = to_string(*a.quantity) + " × " + to_string(*a.rate) +
                 (a.factor.measure.empty() && a.factor.number == ratio(1) ? "" : " × " + to_string(a.factor));
        if (is.empty()) is = "what the position states every month";
        say("amount",
            "The amount called \"" + a.name + "\"" + (a.organisation.empty() ? "" : " of " + a.organisation) + ": " +
                is + ".",
            a.clause, a.at);
    }
}

std::string gate_words(const fund_part& p) {
    std::string text;
    for (const fund_gate& g : p.gates) {
        std::string one = g.kind == fund_gate::what::own      ? "the body is on plan to date"
                          : g.kind == fund_gate::what::system ? "the system is on plan to date"
                                                              : "\"" + g.measure + "\"";
        if (g.at_least) one += " is at least " + to_percent(*g.at_least);
        if (g.at_most) one += " is at most " + to_percent(*g.at_most);
        if (g.kind == fund_gate::what::standard && !g.at_least && !g.at_most) one += " is met";
        text += (text.empty() ? "" : p.any ? ", or " : ", and ") + one;
    }
    for (const taper_step& s : p.taper)
        text += "; from " + to_percent(s.at_least) + " on it earns " + to_percent(s.earns);
    if (p.pound_for_pound) text += "; a position off plan takes away what it is off by, pound for pound";
    return text;
}

void reading::funds() {
    for (const fund_terms& f : terms_.funds) {
        std::string text = "\"" + f.name + "\": ";
        for (const per_party<money>& a : f.amounts) text += a.organisation + " " + said(a.value) + ", ";
        text += "by quarter ";
        for (std::size_t q = 0; q < 4; ++q)
            text += (q == 0 ? "" : "/") + (f.phasing.empty() ? "25%" : to_percent(f.phasing[q]));
        if (f.quantity)
            text += "; paid at " + rate_in_words(*f.rate) + " for each of \"" + to_string(*f.quantity) +
                    "\" to date, up to " + (f.capped_by_year ? "the year's amount" : "what is phased to date") + ".";
        else
            text +=
                f.recoverable ? "; a quarter missed is paid when a later one is met." : "; a quarter missed is lost.";
        say("fund", text, f.clause, f.at);
        for (const fund_part& p : f.parts)
            say("fund: gates",
                (p.part == ratio(1) ? "It" : to_percent(p.part) + " of it") + " is earned where " + gate_words(p) + ".",
                p.clause.empty() ? f.clause : p.clause, p.at);
    }
}

void reading::balances() {
    using what = carry_forward_terms::what;
    for (const carry_forward_terms& c : terms_.carried) {
        std::string text = "\"" + c.name + "\" is brought forward";
        if (c.kind == what::reserve) text += " and meets a net deficit before anything is shared.";
        if (c.kind == what::claim) text += " and is paid out of a gain before that is divided.";
        if (c.kind == what::debt) {
            text += c.instalment ? "; " + to_string(*c.instalment) + " of it is repaid in a year" : "";
            if (!c.repaid_to.empty()) text += " to " + c.repaid_to;
            if (c.written_off_after)
                text += "; written off after " + std::to_string(*c.written_off_after) +
                        " years in succession without a deficit, and frozen until then";
            text += c.adds_deficits ? "; a deficit of the year is added to it." : ".";
        }
        if (!c.claims.empty()) text += " What of the " + c.claims + " is not met is carried forward.";
        say("carried forward", text, c.clause, c.at);
    }
}

/// Outturns worth trying, as sizes: half of the first edge, every edge, twice the last; a million where there are none.
std::vector<money> reading::sizes(const side_in_force& s, const benchmarks& known) const {
    std::vector<exact> edges;
    exact before;
    const auto add = [&](const std::optional<extent>& e, const std::string& party, const ratio& part) {
        const std::optional<exact> size = e ? known.size(*e, party) : std::nullopt;
        if (size && !size->is_zero() && part != ratio(0)) edges.push_back(abs(*size) * (ratio(1) / part));
    };
    if (s.terms.dead_band) before = known.size(*s.terms.dead_band).value_or(exact());
    for (const std::optional<extent>& e : {s.terms.minimum, s.terms.at_most, s.terms.dead_band}) add(e, "", 1);
    if (s.terms.tiers)
        for (const tier_terms& t : *s.terms.tiers)
            if (const std::optional<exact> end = t.up_to ? known.size(*t.up_to) : std::nullopt)
                edges.push_back(before + *end);
    for (std::size_t i = 0; i < s.bounds.size() && s.weights.size() == 1; ++i)
        if (s.bounds[i] && i < s.weights.front().size())
            add(s.bounds[i]->at_most, s.bounds[i]->organisation, s.weights.front()[i]);
    if (s.kept || edges.empty()) edges = {exact(money::pounds(1'000'000))};
    std::sort(edges.begin(), edges.end());
    if (edges.size() > 4) edges.erase(edges.begin() + 3, edges.end() - 1);
    std::vector<money> out;
    const auto take = [&](const exact& e) {
        const money m = rounded(e, version_.step, rounding::half_away_from_zero);
        if (!m.is_zero() && std::find(out.begin(), out.end(), m) == out.end()) out.push_back(m);
    };
    take(edges.front() * ratio(1, 2));
    for (const exact& e : edges) take(e);
    take(edges.back() * ratio(2));
    return out;
}

void reading::outturns() {
    share_inputs in;
    in.when = {agreement_.year(), std::max(version_.from, agreement_.paper().timetable.sharing_starts)};
    for (const std::string& party : agreement_.parties()) {
        party_position p{party};
        p.plan = p.actual = stated_money{};
        in.positions.push_back(std::move(p));
    }
    const money usual = money::pounds(10'000'000);
    for (const asked_measure& m : asked_measures(version_)) {
        const bool amount = m.kind == asked_measure::what::money;
        const bool rate = m.kind == asked_measure::what::rate, many = is_quantity(m.name);
        in.measures.push_back(
            {m.name, "", 0, amount ? decimal(usual.pence(), -2) : decimal(rate || many ? 1000 : 1, 0), {}});
        out_.assumed.push_back("\"" + m.name + "\" is " +
                               (amount ? said(usual)
                                : rate ? "£1,000"
                                : many ? "1,000"
                                       : "1"));
    }
    const bool shares =
        std::any_of(version_.shares.begin(), version_.shares.end(), [](const ratio& r) { return r != ratio(0); });
    out_.assumed.push_back(std::string("the difference from plan arises ") +
                           (shares ? "as the parties share" : "in equal parts"));
    bool of_plan = false;
    detail::for_each_extent(version_, [&](const extent& e, const std::string&, const provenance&) {
        of_plan = of_plan || detail::folded(e.benchmark()) == "plan";
    });
    if (of_plan) {
        in.measures.push_back({"plan", "", 0, decimal(usual.pence(), -2), {}});
        out_.assumed.push_back("the plan is " + said(usual));
    }
    const benchmarks known(terms_.amounts, in);
    std::vector<money> tried{money()};
    for (const money m : sizes(version_.deficits, known)) tried.push_back(-m);
    for (const money m : sizes(version_.gains, known)) tried.push_back(m);
    std::sort(tried.begin(), tried.end());
    version_in_force v = version_;
    std::erase_if(v.terms.amounts, [](const named_amount& a) { return detail::folded(a.name) == "actual"; });
    for (const money at : tried) {
        detail::outturns of(agreement_, in, v, "");
        try {
            statement s = of.at(at);
            outturn_in_words one{{at, at, {}, {}, s.unallocated, s.held_for_joint_investment}, std::move(s.acting)};
            for (const statement_line& l : s.lines) {
                one.point.final.push_back(l.final);
                one.point.transfer.push_back(l.transfer);
            }
            out_.outturns.push_back(std::move(one));
        } catch (const precondition_violated&) {
            out_.assumed.push_back("at " + said(at) + " the example's amounts make no sense together");
        }
    }
}

version_in_words reading::made() {
    out_.number = version_.number;
    out_.from = version_.from;
    out_.what = version_.what;
    amounts();
    shares();
    before_sharing();
    side(false);
    side(true);
    schemes();
    balances();
    funds();
    if (terms_.sharing) outturns();
    out_.examples = examples_of(agreement_, version_);
    return std::move(out_);
}

std::vector<std::string> left_open(const agreement& a) {
    std::vector<std::string> out;
    const version_in_force& v = a.versions().front();
    const terms_of_sharing& t = v.terms;
    for (const asked_measure& m : asked_measures(v))
        out.push_back("\"" + m.name + "\" is not in the paper: each month's position has to state it.");
    if (!a.paper().timetable.recommendation && t.sharing)
        out.push_back("No month is named for a recommendation of the year end.");
    if (a.paper().consents.at == provenance() && a.paper().consents.clause.empty())
        out.push_back("No rule of consent is named: it is read as the consent of all parties.");
    bool limited = false;
    for (const side_in_force* s : {&v.gains, &v.deficits})
        limited = limited || (!s->kept && !s->bounds.empty() && !s->rest_to);
    if (limited) out.push_back("What the limits leave over belongs to nobody: the paper does not say who has it.");
    if (t.sharing && !v.gains.kept && t.gains == gain_policy::held_for_joint_investment)
        out.push_back("What becomes of a gain that is held is for the parties to decide.");
    for (const fund_terms& f : t.funds)
        for (const fund_part& p : f.parts)
            for (const fund_gate& g : p.gates)
                if (g.kind == fund_gate::what::standard)
                    out.push_back("\"" + g.measure + "\" has to be reported quarter by quarter (sheet Gates).");
    for (const shared_scheme& s : t.schemes)
        if (!s.shares && !s.pool && !s.amount) out.push_back("\"" + s.name + "\" has no amount.");
    std::vector<std::string> without;
    const std::vector<term_in_words> says = reading(a, v).made().says;
    for (std::size_t i = 0; i < says.size(); ++i)
        if (says[i].clause.empty()) without.push_back(std::to_string(i + 1));
    if (!without.empty())
        out.push_back((without.size() == 1 ? "Term " : "Terms ") + listed(without) +
                      (without.size() == 1 ? " names" : " name") + " no clause of the paper.");
    for (const rejected_amendment& r : a.rejected())
        out.push_back("The amendment \"" + r.proposed.what + "\" lacks the consent of " + listed(r.missing) + ".");
    return out;
}

void check_stated_sizes(const agreement& a, const version_in_force& v, std::vector<finding>& findings) {
    if (!v.terms.sharing || !asked_measures(v).empty()) return;
    bool of_plan = false;
    detail::for_each_extent(v, [&](const extent& e, const std::string&, const provenance&) {
        of_plan = of_plan || detail::folded(e.benchmark()) == "plan";
    });
    if (of_plan) return;
    share_inputs in;
    in.when = {a.year(), v.from};
    std::vector<finding> found;
    detail::check_sizes(a, v, in, found);
    for (finding& f : found)
        if (std::none_of(findings.begin(), findings.end(),
                         [&](const finding& o) { return o.message == f.message && o.at == f.at; }))
            findings.push_back(std::move(f));
}

} // namespace

std::vector<finding> wrong_sizes(const agreement& a) {
    std::vector<finding> findings;
    for (const version_in_force& v : a.versions()) check_stated_sizes(a, v, findings);
    return findings;
}

agreement_reading reading_of(const agreement& a, std::vector<finding> findings) {
    agreement_reading out{a, {}, left_open(a), std::move(findings)};
    for (const version_in_force& v : a.versions()) out.versions.push_back(reading(a, v).made());
    return out;
}

} // namespace riskshare::report
