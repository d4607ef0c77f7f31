// What an agreement would mean: every party's position over a range of outturns, and where a term begins to act.
#ifndef RISKSHARE_WHAT_IF_HPP
#define RISKSHARE_WHAT_IF_HPP

#include <riskshare/accounting.hpp>
#include <riskshare/statement.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare {

/// The outturns tried: of one party, or of all together, when what differs from the report is spread as the parties
/// share. Surplus positive, deficit negative, as in a position.
struct outturn_range {
    std::string organisation = {}; ///< empty: of all together
    money from = {}, to = {}, step = {};
};
/// "-5m:5m:250k", "UHL=-£5m:£5m:£0.25m". Fails with rule "what_if.range".
result<outturn_range> parse_outturn_range(std::string_view text);

/// Where each party ends at one outturn.
struct outturn_point {
    money outturn = {}, variance = {}; ///< of the party that is varied, or of all
    std::vector<money> final = {};     ///< each party's position after sharing, against its plan
    std::vector<money> transfer = {};
    money unallocated = {}, held = {};
};

/// An outturn at which a term begins to act otherwise than below it.
struct outturn_kink {
    outturn_point at = {};
    std::vector<std::string> terms = {}; ///< "deficits: dead-band of £2,000,000: inside, was used up [clause 7]"
};

struct what_if {
    std::string agreement = {};
    outturn_range range = {};
    std::vector<std::string> parties = {};
    std::vector<outturn_point> points = {};
    std::vector<outturn_kink> kinks = {};
};

/// At most 100,000 outturns. Findings as `statement_of`, and "what_if.range" for a range that makes no sense.
outcome<what_if> positions_over(const agreement&, const share_inputs&, const outturn_range&);

/// Two agreements on the same figures.
struct agreement_crossing {
    std::string organisation = {};
    money outturn = {};      ///< from here on upwards
    std::string better = {}; ///< the agreement under which the party is better off from there on; empty: neither
};
/// Where a party that is better off under one agreement begins to be better off under the other, or under neither: the
/// first outturn of the range at which it is so.
/// \pre both were worked out over the same range for the same parties in the same order.
std::vector<agreement_crossing> crossings(const what_if&, const what_if&);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

inline result<money> outturn_amount(std::string_view text) {
    std::string t = plain(text);
    const failure wrong{"what_if.range", "\"" + t + "\" is not an amount such as -5m, 250k or £1,000,000"};
    int thousands = 0;
    if (!t.empty() && (t.back() == 'k' || t.back() == 'K')) {
        thousands = 3;
        t.pop_back();
    }
    const result<written_amount> read = read_written(t);
    if (!read || read->kind != written_amount::what::amount) return wrong;
    const exact value =
        exact(decimal(read->value.coefficient(), read->value.exponent() + thousands), read->in.value_or(unit::pounds));
    if (denominator(value.pence()) != 1) return wrong;
    return rounded(value, rounding::half_away_from_zero);
}

/// One agreement on one report, of which the outturn is varied.
class outturns {
public:
    outturns(const agreement& a, const share_inputs& in, const version_in_force& v, std::string organisation)
        : agreement_(a), version_(v), inputs_(in), organisation_(std::move(organisation)) {
        for (const party_position& p : inputs_.positions) {
            reported_ += p.actual->value;
            plan_ += p.plan->value;
            spread_.push_back(p.actual->value);
        }
        weights_ = v.shares;
        ratio all = 0;
        for (const ratio& w : weights_) all = all + w;
        if (all == ratio(0)) weights_.assign(a.parties().size(), ratio(1));
    }

    statement at(money outturn) {
        money plan = plan_;
        std::vector<money> more(agreement_.parties().size());
        if (organisation_.empty()) more = apportion(outturn - reported_, weights_, money::pence(1));
        for (std::size_t k = 0; k < inputs_.positions.size(); ++k) {
            party_position& p = inputs_.positions[k];
            if (organisation_.empty())
                p.actual->value = spread_[k] + more[*agreement_.index_of(p.organisation)];
            else if (p.organisation == organisation_) {
                p.actual->value = outturn;
                plan = p.plan->value;
            }
        }
        planned_ = plan;
        std::vector<finding> unused;
        return statement_making(agreement_, version_, inputs_, unused).quietly().made();
    }
    money planned() const { return planned_; } ///< what the outturn varied is measured against

private:
    const agreement& agreement_;
    const version_in_force& version_;
    share_inputs inputs_;
    std::string organisation_;
    money reported_, plan_, planned_;
    std::vector<money> spread_;
    std::vector<ratio> weights_;
};

inline bool act_alike(const std::vector<acting_term>& a, const std::vector<acting_term>& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i].state != b[i].state || a[i].term != b[i].term || a[i].organisation != b[i].organisation) return false;
    return true;
}

/// A change of what acts, close around an outturn.
struct regime_change {
    money edge = {};
    std::vector<acting_term> below = {}, above = {};
};

/// Whether the pool is shared, held or kept is one term, whatever its sign.
inline acting_term named_for_kinks(acting_term t) {
    if (t.term != "net gain" && t.term != "net deficit") return t;
    if (t.state != "nothing to share") t.state = t.term + " " + t.state;
    t.term = "pool";
    return t;
}

inline std::vector<std::string> changes_between(const regime_change& change) {
    std::vector<std::string> out;
    const auto say = [&](const acting_term& t, const std::string& state) {
        out.push_back((t.organisation.empty() ? "" : t.organisation + ", ") + t.term + ": " + state +
                      (t.clause.empty() ? "" : " [" + t.clause + "]"));
    };
    const auto find = [](const std::vector<acting_term>& all, const acting_term& wanted) {
        for (const acting_term& t : all) {
            const acting_term named = named_for_kinks(t);
            if (named.term == wanted.term && named.organisation == wanted.organisation) return std::optional(named);
        }
        return std::optional<acting_term>();
    };
    const auto rests = [](const acting_term& t) { return t.state == "not reached" || t.state == "does not bind"; };
    for (const acting_term& t : change.above) {
        const acting_term now = named_for_kinks(t);
        const std::optional<acting_term> was = find(change.below, now);
        if (!was && !rests(now)) say(now, "begins, " + now.state);
        if (was && was->state != now.state) say(now, now.state + ", below it " + was->state);
    }
    for (const acting_term& t : change.below) {
        const acting_term was = named_for_kinks(t);
        if (!find(change.above, was) && !rests(was)) say(was, "ends, below it " + was.state);
    }
    return out;
}

/// A term that is used up at an edge acts otherwise a step beyond it: of the two neighbours the edge is the rounder.
inline money rounder(money low, money high) {
    const auto zeros = [](money m) {
        std::int64_t p = m.pence();
        int n = p == 0 ? 20 : 0;
        for (; p != 0 && p % 10 == 0; p /= 10) ++n;
        return n;
    };
    return zeros(low) > zeros(high) ? low : high;
}

/// Every change of what acts between two outturns, to the step: by halves, as long as the ends differ.
inline void find_changes(outturns& of, money low, const std::vector<acting_term>& at_low, money high,
                         const std::vector<acting_term>& at_high, money step, std::vector<regime_change>& out) {
    if (act_alike(at_low, at_high)) return;
    const std::int64_t steps = (high - low).pence() / step.pence();
    if (steps <= 1) {
        const money edge = rounder(low, high);
        if (!out.empty() && out.back().edge == edge)
            out.back().above = at_high;
        else
            out.push_back({edge, at_low, at_high});
        return;
    }
    const money middle = low + step * (steps / 2);
    const std::vector<acting_term> at_middle = of.at(middle).acting;
    find_changes(of, low, at_low, middle, at_middle, step, out);
    find_changes(of, middle, at_middle, high, at_high, step, out);
}

inline outturn_point point_of(const statement& s, money outturn, money planned) {
    outturn_point p{outturn, outturn - planned, {}, {}, s.unallocated, s.held_for_joint_investment};
    for (const statement_line& l : s.lines) {
        p.final.push_back(l.final);
        p.transfer.push_back(l.transfer);
    }
    return p;
}

} // namespace detail

inline result<outturn_range> parse_outturn_range(std::string_view text) {
    outturn_range r;
    std::string rest = detail::plain(text);
    if (const std::size_t at = rest.find('='); at != std::string::npos) {
        r.organisation = detail::plain(std::string_view(rest).substr(0, at));
        rest = rest.substr(at + 1);
    }
    const std::size_t one = rest.find(':'), two = one == std::string::npos ? one : rest.find(':', one + 1);
    if (two == std::string::npos)
        return failure{"what_if.range", "\"" + std::string(text) +
                                            "\" is not a range; write FROM:TO:STEP, such as -5m:5m:250k, or "
                                            "UHL=-5m:5m:250k for one party"};
    const result<money> from = detail::outturn_amount(rest.substr(0, one)),
                        to = detail::outturn_amount(rest.substr(one + 1, two - one - 1)),
                        step = detail::outturn_amount(rest.substr(two + 1));
    for (const result<money>* m : {&from, &to, &step})
        if (!*m) return m->why();
    r.from = *from;
    r.to = *to;
    r.step = *step;
    if (r.to < r.from || r.step.is_negative() || r.step.is_zero())
        return failure{"what_if.range",
                       "\"" + std::string(text) + "\": the range rises from FROM to TO by a STEP above nothing"};
    return r;
}

inline outcome<what_if> positions_over(const agreement& a, const share_inputs& reported, const outturn_range& range) {
    std::vector<finding> findings;
    const outcome<statement> as_reported = statement_of(a, reported);
    if (!as_reported) return as_reported.findings();
    const auto wrong = [&](const std::string& message, const std::string& advice) {
        findings.push_back({"what_if.range", severity::error, message, {}, advice});
    };
    const money unit = a.paper().rounding_unit;
    if (!range.organisation.empty() && !a.index_of(range.organisation))
        wrong(range.organisation + " is not a party to " + a.name(), "the parties are " + listed(a.parties()));
    for (const money m : {range.from, range.step})
        if (m.pence() % unit.pence() != 0)
            wrong(detail::said(m) + " is finer than the agreement's rounding unit of " + detail::said(unit),
                  "choose whole units");
    if (range.step.pence() <= 0 || range.to < range.from)
        wrong("the range does not rise", "write FROM:TO:STEP");
    else if ((range.to - range.from).pence() / range.step.pence() >= 100'000)
        wrong("more than 100,000 outturns", "choose a larger step");
    if (has_errors(findings)) return findings;

    const version_in_force version = *a.in_force(reported.when);
    share_inputs in = reported;
    detail::take_worked_positions(version.terms.amounts, version.step, in, findings);
    what_if out{a.name(), range, a.parties(), {}, {}};
    detail::outturns of(a, in, version, range.organisation);
    std::vector<acting_term> before;
    std::vector<detail::regime_change> changes;
    for (money now = range.from; now <= range.to; now += range.step) {
        statement s = of.at(now);
        if (!out.points.empty())
            detail::find_changes(of, out.points.back().outturn, before, now, s.acting, unit, changes);
        out.points.push_back(detail::point_of(s, now, of.planned()));
        before = std::move(s.acting);
    }
    for (const detail::regime_change& c : changes) {
        std::vector<std::string> terms = detail::changes_between(c);
        if (terms.empty()) continue;
        out.kinks.push_back({detail::point_of(of.at(c.edge), c.edge, of.planned()), std::move(terms)});
    }
    return outcome<what_if>(std::move(out), as_reported.findings());
}

inline std::vector<agreement_crossing> crossings(const what_if& a, const what_if& b) {
    if (a.points.size() != b.points.size() || a.parties != b.parties)
        throw precondition_violated("crossings: two ranges that differ");
    std::vector<agreement_crossing> out;
    for (std::size_t i = 0; i < a.parties.size(); ++i) {
        int before = 0;
        for (std::size_t k = 0; k < a.points.size(); ++k) {
            const money less = a.points[k].final[i] - b.points[k].final[i];
            const int now = less.is_negative() ? -1 : less.is_zero() ? 0 : 1;
            if (k > 0 && now != before)
                out.push_back({a.parties[i], a.points[k].outturn, now > 0 ? a.agreement : now < 0 ? b.agreement : ""});
            before = now;
        }
    }
    return out;
}

} // namespace riskshare

#endif
