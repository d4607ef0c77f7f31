// How schemes are shared: the reserve that meets their overspends, their own shares and limits.
#include <riskshare/statement.hpp> // first, for it reads this file in its turn

#ifndef RISKSHARE_DETAIL_SCHEME_SHARING_HPP
#define RISKSHARE_DETAIL_SCHEME_SHARING_HPP

#include <riskshare/detail/statement_making.hpp>

#include <algorithm>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace riskshare::detail {

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
            version_.terms.reserve_clause.empty() ? version_.terms.clause : version_.terms.reserve_clause,
            {inputs_.reserve->at});
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

} // namespace riskshare::detail

#endif
