// How a statement is made: check what was reported, exclude, relieve, share, prove.
#include <riskshare/statement.hpp> // first, for it reads this file in its turn

#ifndef RISKSHARE_DETAIL_STATEMENT_MAKING_HPP
#define RISKSHARE_DETAIL_STATEMENT_MAKING_HPP

#include <riskshare/detail/money_text.hpp>
#include <riskshare/detail/side_rule.hpp>
#include <riskshare/detail/statement_check.hpp>
#include <riskshare/detail/terms_acting.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace riskshare {

namespace detail {

inline money zero_or_more(money m) { return larger(m, money()); }

/// Works one statement out. \pre the inputs were checked.
class statement_making {
public:
    statement_making(const agreement& a, const version_in_force& v, const share_inputs& in,
                     std::vector<finding>& remarks)
        : agreement_(a), version_(v), inputs_(in), remarks_(remarks), count_(a.parties().size()),
          known_(v.terms.amounts, in), sizes_(a, known_, nullptr) {}

    /// Without workings, for many statements of which only the figures are asked.
    statement_making& quietly() {
        quiet_ = true;
        return *this;
    }
    statement made();

private:
    struct whole_division {
        std::vector<money> retained, allocated;
        money divided, unallocated; ///< what is left for the general shares, and what is left to nobody
        division parts;
        division_rule rule;
        const side_in_force* side = nullptr;
        std::vector<money> claims; ///< paid first, out of a gain; empty where there are none
    };

    void start();
    void exclude(std::size_t i, const party_position&);
    void mitigate();
    void relieve(const std::string& what, const std::optional<stated_money>& available);
    void take_schemes();
    void take_scheme(const scheme_in_force&, money reserve);
    /// What of the reserve each pooled scheme has, in the order of the schemes.
    std::vector<money> reserve_by_scheme();
    money overspend_of(const scheme_in_force&) const;
    void divide_scheme(const scheme_in_force&, scheme_line&);
    whole_division divided();
    void pay_claims(whole_division&, money& general);
    void settle(const whole_division&);
    /// Of what amounts a party's part of the pool is made, in words.
    std::string part_in_words(std::size_t i, const whole_division&) const;
    void explain_line(std::size_t i, const whole_division&, bool kept, bool held);
    void take_shares(const whole_division&);
    void take_reserves_forward();
    void take_balances_forward(const whole_division&);
    money opening_of(const carry_forward_terms&, const std::string& party) const;
    void check_pass_backs();
    void explain(const std::string& organisation, const std::string& figure, std::string rule,
                 const std::string& clause, std::vector<provenance> from);
    const party_position& position_of(const std::string& code) const {
        return *std::find_if(inputs_.positions.begin(), inputs_.positions.end(),
                             [&](const party_position& p) { return p.organisation == code; });
    }

    const agreement& agreement_;
    const version_in_force& version_;
    const share_inputs& inputs_;
    std::vector<finding>& remarks_;
    std::size_t count_;
    benchmarks known_;
    side_rule sizes_;
    bool quiet_ = false;
    statement out_;
};

inline void statement_making::explain(const std::string& organisation, const std::string& figure, std::string rule,
                                      const std::string& clause, std::vector<provenance> from) {
    if (quiet_) return;
    std::erase_if(from, [](const provenance& p) { return !p.known(); });
    out_.workings.push_back({organisation, figure, std::move(rule), clause, std::move(from)});
}

inline void statement_making::start() {
    out_.agreement = agreement_.name();
    out_.title = agreement_.title();
    out_.version = version_.number;
    out_.version_what = version_.what;
    out_.when = inputs_.when;
    out_.basis = inputs_.basis;
    out_.stage = agreement_.stage_of(inputs_.when.month);
    for (std::size_t i = 0; i < count_; ++i) {
        const party_position& p = position_of(agreement_.parties()[i]);
        statement_line line{p.organisation};
        line.plan = p.plan->value;
        line.actual = p.actual->value;
        line.variance = line.actual - line.plan;
        line.share = version_.shares[i];
        if (version_.derived) line.derived_share = (*version_.derived)[i];
        const bool forecast = inputs_.basis == share_basis::forecast;
        explain(p.organisation, "variance",
                (forecast ? "forecast " : "actual ") + said(line.actual) + " less plan " + said(line.plan), "",
                {p.actual->at, p.plan->at});
        out_.lines.push_back(std::move(line));
        exclude(i, p);
        out_.lines[i].shareable = out_.lines[i].variance - out_.lines[i].excluded;
    }
}

inline void statement_making::exclude(std::size_t i, const party_position& p) {
    statement_line& line = out_.lines[i];
    if (inputs_.frozen_exclusions) {
        for (const per_party<money>& frozen : *inputs_.frozen_exclusions)
            if (frozen.organisation == p.organisation) {
                line.excluded = frozen.value;
                explain(p.organisation, "excluded", "frozen from the positions before sharing", "", {frozen.at});
            }
        return;
    }
    const std::optional<exclusion_term>& term = version_.exclusions[i];
    if (!term || !version_.terms.sharing || !p.efficiency_target || !p.efficiency_delivered) return;
    const money shortfall = zero_or_more(p.efficiency_target->value - p.efficiency_delivered->value);
    money kept = smaller(shortfall, term->annual_cap);
    const bool by_deficit = version_.terms.limit == exclusion_limit::declared_deficit;
    if (by_deficit) kept = smaller(kept, zero_or_more(-line.variance));
    line.excluded = -kept;
    const char* state = kept.is_zero()             ? "nothing is kept"
                        : kept == shortfall        ? "the whole shortfall is kept"
                        : kept == term->annual_cap ? "kept up to the annual amount"
                                                   : "kept up to the deficit declared";
    out_.acting.push_back({"efficiency not delivered", p.organisation, state, kept, term->clause, term->at, false});
    explain(p.organisation, "excluded",
            "least of the shortfall " + said(shortfall) + " (target " + said(p.efficiency_target->value) +
                " less delivered " + said(p.efficiency_delivered->value) + "), the annual amount " +
                said(term->annual_cap) +
                (by_deficit ? " and the deficit declared " + said(zero_or_more(-line.variance)) : std::string()),
            term->clause, {p.efficiency_target->at, p.efficiency_delivered->at, term->at});
}

inline void statement_making::mitigate() {
    for (std::size_t i = 0; i < count_; ++i) {
        const party_position& p = position_of(agreement_.parties()[i]);
        if (!p.own_mitigation || !version_.terms.sharing) continue;
        statement_line& line = out_.lines[i];
        line.mitigated = smaller(p.own_mitigation->value, zero_or_more(-line.shareable));
        line.shareable += line.mitigated;
        out_.acting.push_back({"own mitigation",
                               p.organisation,
                               line.mitigated.is_zero()                   ? "not needed"
                               : line.mitigated < p.own_mitigation->value ? "used in part"
                                                                          : "used up",
                               line.mitigated,
                               version_.terms.clause,
                               {},
                               false});
        explain(p.organisation, "mitigated",
                "its own mitigation of " + said(p.own_mitigation->value) + ", as far as its deficit goes",
                version_.terms.clause, {p.own_mitigation->at});
    }
    for (const statement_line& line : out_.lines) out_.pool += line.shareable;
    out_.shared_pool = out_.pool;
}

inline void statement_making::relieve(const std::string& what, const std::optional<stated_money>& available) {
    if (!available || !version_.terms.sharing) return;
    const bool shared = version_.terms.deficits == deficit_policy::shared;
    const money used = shared ? smaller(available->value, zero_or_more(-out_.shared_pool)) : money();
    out_.shared_pool += used;
    out_.relief.push_back({what, available->value, used});
    if (!available->value.is_zero())
        out_.acting.push_back({what,
                               "",
                               used.is_zero()            ? "not needed"
                               : used < available->value ? "used in part"
                                                         : "used up",
                               used,
                               version_.terms.clause,
                               {},
                               false});
    explain("", what,
            shared ? "used before anything is shared, as far as the net deficit goes"
                   : "not used: a net deficit stays where it arose",
            version_.terms.clause, {available->at});
}

inline money statement_making::overspend_of(const scheme_in_force& s) const {
    money over;
    for (const scheme_variance& v : inputs_.scheme_variances)
        if (folded(v.scheme) == folded(s.scheme.name))
            for (const per_party<money>& amount : v.amounts) over -= amount.value;
    return over;
}

inline std::vector<money> statement_making::reserve_by_scheme() {
    std::vector<money> out(version_.schemes.size()), over(version_.schemes.size());
    if (version_.terms.reserve == reserve_use::net_deficit || !inputs_.reserve || !version_.terms.sharing) return out;
    money all;
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (version_.schemes[i].scheme.pool) over[i] = zero_or_more(overspend_of(version_.schemes[i]));
        all += over[i];
    }
    const money used = smaller(inputs_.reserve->value, all);
    const bool in_order = version_.terms.reserve == reserve_use::schemes_in_order;
    if (!in_order && !used.is_zero()) {
        const std::vector<exact> weights(over.begin(), over.end());
        out = apportion(used, std::span<const exact>(weights), version_.step);
    }
    money left = used;
    for (std::size_t i = 0; in_order && i < out.size(); ++i) {
        out[i] = smaller(left, over[i]);
        left -= out[i];
    }
    out_.shared_pool += used;
    out_.relief.push_back({"reserve", inputs_.reserve->value, used});
    explain("", "reserve",
            std::string("meets the overspends of the schemes first, ") +
                (in_order ? "those listed first before the others" : "in proportion"),
            version_.terms.clause, {inputs_.reserve->at});
    return out;
}

inline void statement_making::divide_scheme(const scheme_in_force& s, scheme_line& line) {
    const money net = line.shortfall - line.relieved;
    const bool kept = net.is_negative() && s.scheme.underspend_kept;
    if (kept) {
        for (std::size_t i = 0; i < count_; ++i) line.allocated.push_back(-line.arose[i]);
        return;
    }
    division_rule rule;
    rule.step = version_.step;
    rule.rest_to = s.rest_to;
    rule.bands = {{std::nullopt, *s.own_shares, false}};
    if (!net.is_negative()) rule.bounds = sizes_.bounds(s.bounds, version_.step);
    const division d = riskshare::divided(-net, std::vector<money>(count_), rule);
    line.allocated = d.allocated;
    line.unallocated = d.unallocated;
    bounds_acting(agreement_, s.bounds, rule.bounds, d, "limit in \"" + s.scheme.name + "\"", out_.acting);
}

inline void statement_making::take_scheme(const scheme_in_force& s, money reserve) {
    scheme_line line{s.scheme.name};
    line.own_shares = s.own_shares.has_value();
    line.missing = s.missing;
    line.pool = s.scheme.pool;
    line.arose.resize(count_);
    line.relieved = reserve;
    std::vector<provenance> from;
    const auto take = [&](const std::vector<per_party<money>>& amounts, bool turned) {
        for (const per_party<money>& amount : amounts) {
            const money size = turned ? -amount.value : amount.value;
            line.arose[*agreement_.index_of(amount.organisation)] += size;
            line.shortfall += size;
            from.push_back(amount.at);
        }
    };
    for (const scheme_shortfall& shortfall : inputs_.shortfalls)
        if (folded(shortfall.scheme) == folded(s.scheme.name)) take(shortfall.amounts, false);
    for (const scheme_variance& variance : inputs_.scheme_variances)
        if (s.scheme.pool && folded(variance.scheme) == folded(s.scheme.name)) take(variance.amounts, true);
    if (s.own_shares) {
        divide_scheme(s, line);
        const std::string what = !s.scheme.pool ? "its shortfall is divided by shares of its own"
                                 : line.shortfall.is_negative()
                                     ? (s.scheme.underspend_kept ? "its underspend stays where it arose"
                                                                 : "its underspend is divided by its own shares")
                                     : "its overspend is divided by its own shares";
        explain("", s.scheme.name,
                what + (line.relieved.is_zero() ? "" : ", after " + said(line.relieved) + " of the reserve"),
                s.scheme.clause, std::move(from));
    } else if (!s.missing.empty()) {
        finding f{"statement.scheme_shares_rejected", severity::warning,
                  "shares of its own proposed for \"" + s.scheme.name + "\" lack the consent of " + listed(s.missing) +
                      ": the agreed shares apply and the proposal is recorded"};
        if (s.scheme.at.known()) f.at.push_back(s.scheme.at);
        remarks_.push_back(std::move(f));
    }
    out_.schemes.push_back(std::move(line));
}

inline void statement_making::take_schemes() {
    const std::vector<money> reserve = reserve_by_scheme();
    for (std::size_t i = 0; i < version_.schemes.size(); ++i) take_scheme(version_.schemes[i], reserve[i]);
}

/// The pool as the rules divide it, whether or not it is then held or kept.
inline statement_making::whole_division statement_making::divided() {
    whole_division d;
    d.retained.resize(count_);
    d.allocated.resize(count_);
    money general = out_.shared_pool;
    std::vector<money> arose;
    for (const statement_line& line : out_.lines) arose.push_back(line.shareable);
    for (const scheme_line& s : out_.schemes) {
        if (!s.own_shares) continue;
        general += s.shortfall - s.relieved;
        d.unallocated += s.unallocated;
        for (std::size_t i = 0; i < count_; ++i) {
            d.allocated[i] += s.allocated[i];
            arose[i] += s.arose[i];
        }
    }
    pay_claims(d, general);
    d.side = general.is_negative() ? &version_.deficits : &version_.gains;
    d.rule = sizes_.of(*d.side, version_.step);
    d.divided = general;
    for (money& part : arose) part = zero_or_more(general.is_negative() ? -part : part);
    d.parts = riskshare::divided(general, arose, d.rule);
    for (std::size_t i = 0; i < count_; ++i) {
        d.allocated[i] += d.parts.allocated[i];
        d.retained[i] = d.parts.retained[i];
    }
    d.unallocated += d.parts.unallocated;
    terms_acting(agreement_, *d.side, d.rule, d.parts, general, out_.acting);
    return d;
}

/// The share that was used: agreed where one set of shares divided the pool, else what the terms came to.
inline void statement_making::take_shares(const whole_division& d) {
    if (d.side == nullptr) return;
    out_.shares_divide = d.side->plain();
    const division_terms& terms = d.side->terms;
    const std::vector<ratio>& weights = d.side->weights.front();
    for (std::size_t i = 0; i < count_; ++i) {
        if (!terms.tiers && i < weights.size()) out_.lines[i].share = weights[i];
        if (!out_.shares_divide && !d.divided.is_zero() && d.parts.shared) {
            const money part = d.parts.allocated[i] + d.parts.retained[i];
            out_.lines[i].share_used = ratio(part.pence(), d.divided.pence());
            if (terms.tiers) out_.lines[i].share = *out_.lines[i].share_used;
        }
    }
}

inline void statement_making::settle(const whole_division& d) {
    const terms_of_sharing& terms = version_.terms;
    const bool net_deficit = out_.shared_pool.is_negative(), net_gain = !net_deficit && !out_.shared_pool.is_zero();
    const bool kept = !terms.sharing || (net_deficit && terms.deficits == deficit_policy::kept) ||
                      (net_gain && terms.gains == gain_policy::kept) || !d.parts.shared;
    const bool held = !kept && net_gain && terms.gains == gain_policy::held_for_joint_investment && out_.applied();
    if (terms.sharing) out_.acting.push_back(policy_acting(terms, out_.shared_pool, kept, held));
    if (held) out_.held_for_joint_investment = out_.shared_pool;
    if (!kept && !held) out_.unallocated = d.unallocated;
    if (!kept && !held) take_shares(d);
    for (std::size_t i = 0; i < count_; ++i) {
        statement_line& line = out_.lines[i];
        line.notional = kept ? line.shareable : d.allocated[i] + d.retained[i];
        if (kept) line.allocated = line.shareable;
        if (!kept && !held) {
            line.retained = d.retained[i];
            line.allocated = d.allocated[i];
        }
        line.transfer = line.retained + line.allocated - line.shareable;
        line.final = line.excluded + line.retained + line.allocated;
        if (!quiet_) explain_line(i, d, kept, held);
    }
}

inline std::string statement_making::part_in_words(std::size_t i, const whole_division& d) const {
    const division_rule& rule = d.rule;
    std::string words;
    const auto add = [&](const std::string& part) { words += (words.empty() ? "" : ", ") + part; };
    const bool tiers = d.side->terms.tiers.has_value();
    if (rule.counts != ratio(1)) add(to_percent(rule.counts) + " of " + said(d.divided) + " counts");
    if (!d.parts.beyond.is_zero()) add("no more than " + said(exactly(*rule.at_most)) + " of it");
    for (std::size_t t = 0; t < d.parts.in_band.size(); ++t) {
        const exact slice = d.parts.in_band[t];
        if (slice.is_zero() && (tiers || !d.divided.is_zero())) continue;
        const money size = exactly(d.divided.is_negative() ? -slice : slice);
        if (rule.bands[t].stays) {
            add("the " + std::string(t == 0 ? "first " : "next ") + said(size) + " stays where it arose");
            continue;
        }
        ratio all = 0;
        for (const ratio& w : rule.bands[t].weights) all = all + w;
        add(to_percent(rule.bands[t].weights[i] / all) + " of " + (tiers ? (t == 0 ? "the first " : "the next ") : "") +
            said(size));
    }
    if (rule.score != ratio(1)) add("times the score of " + to_percent(rule.score));
    if (rule.rest_to && *rule.rest_to == i) add("and what the terms leave out");
    if (!rule.bounds.empty()) {
        const allocation_bound& b = rule.bounds[i];
        if (b.at_least) add("at least " + said(*b.at_least));
        if (b.at_most) add("at most " + said(*b.at_most));
        add("the others' limits observed");
    }
    for (const scheme_line& s : out_.schemes)
        if (s.own_shares && !s.shortfall.is_zero()) add(said(s.allocated[i]) + " of \"" + s.name + "\"");
    if (!d.claims.empty() && !d.claims[i].is_zero()) add(said(d.claims[i]) + " for claims brought forward");
    if (words.empty()) add("nothing is to be divided");
    return words;
}

inline void statement_making::explain_line(std::size_t i, const whole_division& d, bool kept, bool held) {
    const statement_line& line = out_.lines[i];
    const terms_of_sharing& terms = version_.terms;
    explain(line.organisation, "shareable",
            "variance " + said(line.variance) + " less what is kept, " + said(line.excluded) +
                (line.mitigated.is_zero() ? "" : ", and with its own mitigation of " + said(line.mitigated)),
            "", {});
    const bool band = !line.retained.is_zero();
    if (band && exact(abs(line.retained)) != d.parts.in_dead_band && d.parts.in_dead_band.is_zero())
        explain(line.organisation, "retained", "its part of what stays where it arose", d.side->terms.clause,
                {d.side->terms.at});
    else if (band)
        explain(line.organisation, "retained",
                "its part of the dead-band of " + said(exactly(d.rule.dead_band)) + ", pro rata to " +
                    (d.divided.is_negative() ? "deficits" : "gains"),
                d.side->terms.clause, {d.side->terms.at});
    if (kept)
        explain(line.organisation, "allocated",
                d.parts.shared ? "nothing is shared: it stays where it arose"
                               : "nothing is shared: " + said(d.divided) + " is below the minimum of " +
                                     said(exactly(d.rule.minimum)) + ", and stays where it arose",
                d.parts.shared ? terms.clause : d.side->terms.clause, {});
    else if (held)
        explain(line.organisation, "allocated",
                "the net surplus of " + said(out_.shared_pool) + " is held; the split is notional", terms.clause, {});
    else
        explain(line.organisation, "allocated", part_in_words(i, d),
                d.side->terms.shares                              ? d.side->terms.shares->clause
                : d.side->terms.tiers || d.side->terms.at.known() ? d.side->terms.clause
                                                                  : terms.shares.clause,
                {d.side->terms.at.known() ? d.side->terms.at : terms.shares.at});
    explain(line.organisation, "transfer",
            "share of the pool " + said(line.allocated) + (band ? " and dead-band " + said(line.retained) : "") +
                " less what it put in, " + said(line.shareable),
            "", {});
    explain(line.organisation, "final",
            "kept " + said(line.excluded) + (band ? ", dead-band " + said(line.retained) : "") +
                " and share of the pool " + said(line.allocated),
            "", {});
}

inline void statement_making::check_pass_backs() {
    for (const slippage_line& s : inputs_.slippage) {
        const statement_line& line = out_.lines[*agreement_.index_of(s.organisation)];
        const pass_back_check check{s.organisation, s.what, s.amount, line.variance};
        out_.pass_backs.push_back(check);
        if (!(line.variance < s.amount)) continue;
        finding f{"statement.pass_back", severity::warning,
                  s.organisation + " expected surplus of " + said(s.amount) + " for \"" + s.what + "\", reported " +
                      said(line.variance) + ": explain " + said(check.to_explain())};
        if (s.at.known()) f.at.push_back(s.at);
        f.expected = s.amount;
        f.found = line.variance;
        f.difference = -check.to_explain();
        remarks_.push_back(std::move(f));
    }
}

inline statement statement_making::made() {
    start();
    mitigate();
    take_reserves_forward();
    relieve("system mitigation", inputs_.system_mitigation);
    if (version_.terms.reserve == reserve_use::net_deficit) relieve("reserve", inputs_.reserve);
    take_schemes();
    const whole_division d = version_.terms.sharing ? divided() : whole_division();
    settle(d);
    take_balances_forward(d);
    if (quiet_) return std::move(out_);
    out_.funds = funding(version_.terms.funds, version_.terms.amounts, inputs_, version_.step, remarks_);
    check_pass_backs();
    return std::move(out_);
}

} // namespace detail

inline statement_line statement::total() const {
    statement_line t{"System"};
    for (const statement_line& l : lines) {
        t.plan += l.plan;
        t.actual += l.actual;
        t.variance += l.variance;
        t.excluded += l.excluded;
        t.mitigated += l.mitigated;
        t.shareable += l.shareable;
        t.share = t.share + l.share;
        t.retained += l.retained;
        t.allocated += l.allocated;
        t.transfer += l.transfer;
        t.final += l.final;
        t.notional += l.notional;
    }
    return t;
}

inline money statement::relief_used() const {
    money used;
    for (const relief_line& r : relief) used += r.used;
    return used;
}

inline statement_proof proof(const statement& s) {
    const statement_line t = s.total();
    statement_proof p;
    p.transfers = t.transfer;
    p.leaves_the_pool = s.unallocated + s.held_for_joint_investment - s.relief_used();
    p.final = t.final;
    p.variance = t.variance + t.mitigated - p.leaves_the_pool;
    return p;
}

inline outcome<statement> statement_of(const agreement& a, const share_inputs& reported) {
    std::vector<finding> findings;
    const result<version_in_force> version = a.in_force(reported.when);
    if (!version) findings.push_back(to_finding(version.why()));
    share_inputs inputs = reported;
    if (version) detail::take_worked_positions(version->terms.amounts, version->step, inputs, findings);
    detail::check_inputs(a, version ? &*version : nullptr, inputs, findings);
    if (version && !has_errors(findings)) detail::check_sizes(a, *version, inputs, findings);
    if (has_errors(findings)) return findings;
    statement made = detail::statement_making(a, *version, inputs, findings).made();
    if (!proof(made).holds()) throw error("statement: the parts do not add up to the whole");
    return outcome<statement>(std::move(made), std::move(findings));
}

} // namespace riskshare

#endif
