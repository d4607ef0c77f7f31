// How a statement is made: what each party reports, what it keeps, what relieves the pool.
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

namespace riskshare::detail {

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
    /// What becomes of the net position: the sign of what is left after the cascade decides.
    enum class treatment : std::uint8_t { shared, kept, held };

    struct whole_division {
        money net; ///< what the policies speak of: all but the schemes that are pools
        treatment how = treatment::shared;
        std::vector<money> own;             ///< what each party put into it
        std::vector<money> pools, schemes;  ///< parts of schemes that are pools, and of others with own shares
        std::vector<money> unshared;        ///< what each has of it where nothing of it is shared
        std::vector<money> claims;          ///< paid first, out of a gain; empty where there are none
        money divided;                      ///< what is left for the general shares
        money left_over, schemes_left_over; ///< by the limits of all that was divided
        division parts;
        division_rule rule;
        const side_in_force* side = nullptr; ///< whose terms divide; nothing where nobody's do
        bool below_minimum() const { return how == treatment::shared && side != nullptr && !parts.shared; }
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
    /// A scheme that is divided by itself, whatever becomes of the net position.
    static bool is_divided_pool(const scheme_line& s) { return s.pool && s.own_shares; }
    void divide_scheme(const scheme_in_force&, scheme_line&);
    treatment treatment_of(money net) const;
    whole_division divided();
    void take_pools(whole_division&);
    void divide_net(whole_division&);
    void pay_claims(whole_division&, money& general, money most);
    std::vector<money> reliefs() const;
    void settle(const whole_division&);
    void settle_line(std::size_t i, const whole_division&);
    /// Of what amounts a party's part of the pool is made, in words.
    std::string part_in_words(std::size_t i, const whole_division&) const;
    std::string schemes_in_words(std::size_t i, const whole_division&) const;
    void explain_line(std::size_t i, const whole_division&);
    void explain_allocated(std::size_t i, const whole_division&);
    void take_shares(const whole_division&);
    void take_reserves_forward();
    void take_balances_forward(const whole_division&);
    static money had_of_gain(std::size_t i, const whole_division&);
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
    const std::string& clause = what == "reserve" && !version_.terms.reserve_clause.empty()
                                    ? version_.terms.reserve_clause
                                    : version_.terms.clause;
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
                               clause,
                               {},
                               false});
    explain("", what,
            shared ? "used before anything is shared, as far as the net deficit goes"
                   : "not used: a net deficit stays where it arose",
            clause, {available->at});
}

inline statement statement_making::made() {
    start();
    mitigate();
    take_reserves_forward();
    relieve("system mitigation", inputs_.system_mitigation);
    if (version_.terms.reserve == reserve_use::net_deficit) relieve("reserve", inputs_.reserve);
    take_schemes();
    const whole_division d = divided();
    settle(d);
    take_balances_forward(d);
    if (quiet_) return std::move(out_);
    out_.funds = funding(version_.terms.funds, version_.terms.amounts, inputs_, version_.step, remarks_);
    check_pass_backs();
    return std::move(out_);
}

} // namespace riskshare::detail

#endif
