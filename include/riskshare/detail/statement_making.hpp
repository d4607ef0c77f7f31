// How a statement is made: check what was reported, exclude, relieve, share, prove.
#ifndef RISKSHARE_DETAIL_STATEMENT_MAKING_HPP
#define RISKSHARE_DETAIL_STATEMENT_MAKING_HPP

#include <riskshare/detail/money_text.hpp>
#include <riskshare/detail/statement_check.hpp>
#include <riskshare/statement.hpp>

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
        : agreement_(a), version_(v), inputs_(in), remarks_(remarks), count_(a.parties().size()) {}

    statement made();

private:
    struct division {
        std::vector<money> retained, allocated;
        money divided, unallocated; ///< what is left for the general shares, and what they leave over
    };

    void start();
    void exclude(std::size_t i, const party_position&);
    void mitigate();
    void relieve(const std::string& what, const std::optional<stated_money>& available);
    void take_schemes();
    division divided() const;
    void settle(const division&);
    /// Of what amounts a party's part of the pool is made, in words.
    std::string part_in_words(std::size_t i, const division&) const;
    void explain_line(std::size_t i, const division&, bool kept, bool held);
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
    statement out_;
};

inline void statement_making::explain(const std::string& organisation, const std::string& figure, std::string rule,
                                      const std::string& clause, std::vector<provenance> from) {
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
    explain("", what,
            shared ? "used before anything is shared, as far as the net deficit goes"
                   : "not used: a net deficit stays where it arose",
            version_.terms.clause, {available->at});
}

inline void statement_making::take_schemes() {
    for (const scheme_in_force& s : version_.schemes) {
        scheme_line line{s.scheme.name};
        line.own_shares = s.own_shares.has_value();
        line.missing = s.missing;
        line.arose.resize(count_);
        std::vector<provenance> from;
        for (const scheme_shortfall& shortfall : inputs_.shortfalls) {
            if (folded(shortfall.scheme) != folded(s.scheme.name)) continue;
            for (const per_party<money>& amount : shortfall.amounts) {
                line.arose[*agreement_.index_of(amount.organisation)] += amount.value;
                line.shortfall += amount.value;
                from.push_back(amount.at);
            }
        }
        if (s.own_shares) {
            line.allocated = apportion(-line.shortfall, *s.own_shares, version_.rule.step);
            explain("", s.scheme.name, "its shortfall is divided by shares of its own", s.scheme.clause,
                    std::move(from));
        } else if (!s.missing.empty()) {
            finding f{"statement.scheme_shares_rejected", severity::warning,
                      "shares of its own proposed for \"" + s.scheme.name + "\" lack the consent of " +
                          listed(s.missing) + ": the agreed shares apply and the proposal is recorded"};
            if (s.scheme.at.known()) f.at.push_back(s.scheme.at);
            remarks_.push_back(std::move(f));
        }
        out_.schemes.push_back(std::move(line));
    }
}

/// The pool as the rules divide it, whether or not it is then held or kept.
inline statement_making::division statement_making::divided() const {
    division d{std::vector<money>(count_), std::vector<money>(count_), {}, {}};
    money general = out_.shared_pool;
    std::vector<exact> deficits;
    for (const statement_line& line : out_.lines) deficits.push_back(line.shareable);
    for (const scheme_line& s : out_.schemes) {
        if (!s.own_shares) continue;
        general += s.shortfall;
        for (std::size_t i = 0; i < count_; ++i) {
            d.allocated[i] += s.allocated[i];
            deficits[i] += s.arose[i];
        }
    }
    const money band = smaller(version_.terms.dead_band, zero_or_more(-general));
    if (!band.is_zero()) {
        for (exact& deficit : deficits)
            if (!deficit.is_negative()) deficit = exact();
        d.retained = apportion(-band, std::span<const exact>(deficits), version_.rule.step);
        general += band;
    }
    const allocation rest = allocate(general, version_.rule);
    for (std::size_t i = 0; i < count_; ++i) d.allocated[i] += rest.parts[i];
    d.divided = general;
    d.unallocated = rest.unallocated;
    return d;
}

inline void statement_making::settle(const division& d) {
    const terms_of_sharing& terms = version_.terms;
    const bool net_deficit = out_.shared_pool.is_negative(), net_gain = !net_deficit && !out_.shared_pool.is_zero();
    const bool kept = !terms.sharing || (net_deficit && terms.deficits == deficit_policy::kept) ||
                      (net_gain && terms.gains == gain_policy::kept);
    const bool held = !kept && net_gain && terms.gains == gain_policy::held_for_joint_investment && out_.applied();
    if (held) out_.held_for_joint_investment = out_.shared_pool;
    if (!kept && !held) out_.unallocated = d.unallocated;
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
        explain_line(i, d, kept, held);
    }
}

inline std::string statement_making::part_in_words(std::size_t i, const division& d) const {
    const allocation_rule& rule = version_.rule;
    std::string words;
    const auto add = [&](const std::string& part) { words += (words.empty() ? "" : ", ") + part; };
    if (rule.tiers.empty()) add(to_percent(version_.shares[i]) + " of " + said(d.divided));
    money from;
    for (const allocation_tier& tier : rule.tiers) {
        const money end = tier.up_to ? smaller(*tier.up_to, abs(d.divided)) : abs(d.divided);
        if (!(from < end)) break;
        ratio all = 0;
        for (const ratio& w : tier.weights) all = all + w;
        const money slice = d.divided.is_negative() ? from - end : end - from;
        add(to_percent(tier.weights[i] / all) + " of the " + (from.is_zero() ? "first " : "next ") + said(slice));
        from = end;
    }
    if (!rule.bounds.empty()) {
        const allocation_bound& b = rule.bounds[i];
        if (b.at_least) add("at least " + said(*b.at_least));
        if (b.at_most) add("at most " + said(*b.at_most));
        add("the others' limits observed");
    }
    for (const scheme_line& s : out_.schemes)
        if (s.own_shares && !s.shortfall.is_zero()) add(said(s.allocated[i]) + " of \"" + s.name + "\"");
    return words;
}

inline void statement_making::explain_line(std::size_t i, const division& d, bool kept, bool held) {
    const statement_line& line = out_.lines[i];
    const terms_of_sharing& terms = version_.terms;
    explain(line.organisation, "shareable",
            "variance " + said(line.variance) + " less what is kept, " + said(line.excluded) +
                (line.mitigated.is_zero() ? "" : ", and with its own mitigation of " + said(line.mitigated)),
            "", {});
    if (!line.retained.is_zero())
        explain(line.organisation, "retained",
                "its part of the dead-band of " + said(terms.dead_band) + ", pro rata to deficits", terms.clause, {});
    if (kept)
        explain(line.organisation, "allocated", "nothing is shared: it stays where it arose", terms.clause, {});
    else if (held)
        explain(line.organisation, "allocated",
                "the net surplus of " + said(out_.shared_pool) + " is held; the split is notional", terms.clause, {});
    else
        explain(line.organisation, "allocated", part_in_words(i, d), terms.shares.clause, {terms.shares.at});
    const bool band = !line.retained.is_zero();
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
    relieve("system mitigation", inputs_.system_mitigation);
    relieve("reserve", inputs_.reserve);
    take_schemes();
    settle(version_.terms.sharing ? divided()
                                  : division{std::vector<money>(count_), std::vector<money>(count_), {}, {}});
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

inline outcome<statement> statement_of(const agreement& a, const share_inputs& inputs) {
    std::vector<finding> findings;
    const result<version_in_force> version = a.in_force(inputs.when);
    if (!version) findings.push_back(to_finding(version.why()));
    detail::check_inputs(a, version ? &*version : nullptr, inputs, findings);
    if (has_errors(findings)) return findings;
    statement made = detail::statement_making(a, *version, inputs, findings).made();
    if (!proof(made).holds()) throw error("statement: the parts do not add up to the whole");
    return outcome<statement>(std::move(made), std::move(findings));
}

} // namespace riskshare

#endif
