// How the net position is shared: what becomes of it, how it is divided, what each party ends with.
#include <riskshare/statement.hpp> // first, for it reads this file in its turn

#ifndef RISKSHARE_DETAIL_POOL_SHARING_HPP
#define RISKSHARE_DETAIL_POOL_SHARING_HPP

#include <riskshare/detail/statement_making.hpp>

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace riskshare::detail {

/// The net position decides what becomes of it; schemes that are pools stand apart.
inline statement_making::treatment statement_making::treatment_of(money net) const {
    const terms_of_sharing& terms = version_.terms;
    if (!terms.sharing) return treatment::kept;
    if (net.is_negative()) return terms.deficits == deficit_policy::kept ? treatment::kept : treatment::shared;
    const bool all_kept = terms.gains == gain_policy::kept && terms.deficits == deficit_policy::kept;
    if (net.is_zero()) return all_kept ? treatment::kept : treatment::shared;
    if (terms.gains == gain_policy::pro_rata) return treatment::shared;
    if (terms.gains == gain_policy::kept) return treatment::kept;
    return out_.applied() ? treatment::held : treatment::shared;
}

inline void statement_making::take_pools(whole_division& d) {
    d.net = out_.shared_pool;
    for (const statement_line& line : out_.lines) d.own.push_back(line.shareable);
    for (const scheme_line& s : out_.schemes) {
        if (!version_.terms.sharing || !is_divided_pool(s)) continue;
        d.net += s.shortfall - s.relieved;
        d.left_over += s.unallocated;
        for (std::size_t i = 0; i < count_; ++i) {
            d.pools[i] += s.allocated[i];
            d.own[i] += s.arose[i];
        }
    }
}

/// What the cascade gives each party: a pool's relief goes where its overspend arose, the rest pro rata to deficits.
inline std::vector<money> statement_making::reliefs() const {
    std::vector<money> out(count_);
    const auto give = [&](money amount, const std::vector<exact>& weights) {
        if (amount.is_zero()) return;
        const std::vector<money> parts = apportion(amount, std::span<const exact>(weights), version_.step);
        for (std::size_t i = 0; i < count_; ++i) out[i] += parts[i];
    };
    money general = out_.relief_used();
    for (const scheme_line& s : out_.schemes) {
        general -= s.relieved;
        if (is_divided_pool(s)) continue;
        std::vector<exact> arose;
        for (const money m : s.arose) arose.push_back(zero_or_more(m));
        give(s.relieved, arose);
    }
    std::vector<exact> deficits;
    for (const statement_line& line : out_.lines) deficits.push_back(zero_or_more(-line.shareable));
    give(general, deficits);
    return out;
}

/// The net position as the rules divide it; where it is held, notionally.
inline void statement_making::divide_net(whole_division& d) {
    money general = d.net;
    std::vector<money> put_in = d.own;
    for (const scheme_line& s : out_.schemes) {
        if (!s.own_shares || s.pool) continue;
        general += s.shortfall;
        d.schemes_left_over += s.unallocated;
        for (std::size_t i = 0; i < count_; ++i) {
            d.schemes[i] += s.allocated[i];
            put_in[i] += s.arose[i];
        }
    }
    const std::vector<money> relief = reliefs();
    std::vector<money> arose(count_);
    money any;
    for (std::size_t i = 0; i < count_; ++i) {
        arose[i] = zero_or_more(general.is_negative() ? -put_in[i] : put_in[i]);
        any += arose[i];
        d.unshared[i] = put_in[i] + relief[i];
    }
    if (any.is_zero()) arose = relief; // the whole of a gain that no party made was found by all together
    const money before = general;
    pay_claims(d, general, d.how == treatment::held ? d.net : general);
    if (general != before) {
        const std::vector<exact> weights(arose.begin(), arose.end());
        const std::vector<money> paid = apportion(before - general, std::span<const exact>(weights), version_.step);
        for (std::size_t i = 0; i < count_; ++i) d.unshared[i] -= paid[i];
    }
    d.side = general.is_negative() ? &version_.deficits : &version_.gains;
    if (d.side->kept) d.side = general.is_negative() ? &version_.gains : &version_.deficits;
    d.rule = sizes_.of(*d.side, version_.step);
    d.divided = general;
    d.parts = riskshare::divided(general, arose, d.rule);
    if (!d.parts.shared) d.how = treatment::shared; // below its minimum a gain is nothing to be held
    terms_acting(agreement_, *d.side, d.rule, d.parts, general, out_.acting);
}

inline statement_making::whole_division statement_making::divided() {
    whole_division d;
    for (std::vector<money>* parts : {&d.pools, &d.schemes, &d.unshared}) parts->resize(count_);
    take_pools(d);
    d.how = treatment_of(d.net);
    if (d.how != treatment::kept) {
        divide_net(d);
        return d;
    }
    const std::vector<money> relief = reliefs();
    for (std::size_t i = 0; i < count_; ++i) d.unshared[i] = d.own[i] + relief[i];
    return d;
}

/// The share that was used: agreed where one set of shares divided the pool, else what the terms came to.
inline void statement_making::take_shares(const whole_division& d) {
    out_.shares_divide = d.side->plain();
    const division_terms& terms = d.side->terms;
    const std::vector<ratio>& weights = d.side->weights.front();
    for (std::size_t i = 0; i < count_; ++i) {
        if (!terms.tiers && i < weights.size()) out_.lines[i].share = weights[i];
        if (!out_.shares_divide && !d.divided.is_zero()) {
            const money part = d.parts.allocated[i] + d.parts.retained[i];
            out_.lines[i].share_used = ratio(part.pence(), d.divided.pence());
            if (terms.tiers) out_.lines[i].share = *out_.lines[i].share_used;
        }
    }
}

inline void statement_making::settle_line(std::size_t i, const whole_division& d) {
    statement_line& line = out_.lines[i];
    const money claim = d.claims.empty() ? money() : d.claims[i];
    if (d.how == treatment::kept) {
        line.allocated = line.notional = d.pools[i] + d.unshared[i];
    } else {
        const money beside = d.pools[i] + d.schemes[i] + claim;
        line.notional = beside + (d.parts.shared ? d.parts.allocated[i] + d.parts.retained[i] : d.unshared[i]);
        if (d.how == treatment::held) {
            line.allocated = d.pools[i] + claim;
        } else if (d.parts.shared) {
            line.retained = d.parts.retained[i];
            line.allocated = beside + d.parts.allocated[i];
        } else {
            line.allocated = line.notional;
        }
    }
    line.transfer = line.retained + line.allocated - line.shareable;
    line.final = line.excluded + line.retained + line.allocated;
}

inline void statement_making::settle(const whole_division& d) {
    const bool stays = d.how == treatment::kept || d.below_minimum(), held = d.how == treatment::held;
    if (version_.terms.sharing) out_.acting.push_back(policy_acting(version_.terms, d.net, stays, held));
    out_.divided = d.how == treatment::shared && d.parts.shared;
    out_.unallocated = d.left_over;
    if (held) {
        out_.held_for_joint_investment = d.net;
        for (const money claim : d.claims) out_.held_for_joint_investment -= claim;
    }
    if (d.how == treatment::shared) {
        out_.unallocated += d.schemes_left_over + d.parts.unallocated;
        if (d.parts.shared) take_shares(d);
    }
    for (std::size_t i = 0; i < count_; ++i) {
        settle_line(i, d);
        if (!quiet_) explain_line(i, d);
    }
}

} // namespace riskshare::detail

#endif
