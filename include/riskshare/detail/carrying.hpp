// Balances brought forward: used before sharing, paid out of a gain, repaid or written off.
#include <riskshare/statement.hpp> // first, for it reads this file in its turn

#ifndef RISKSHARE_DETAIL_CARRYING_HPP
#define RISKSHARE_DETAIL_CARRYING_HPP

#include <riskshare/detail/statement_making.hpp>

#include <span>
#include <string>
#include <vector>

namespace riskshare::detail {

/// The opening balance of a party, or of all together where no party is named: stated, else reported.
inline money statement_making::opening_of(const carry_forward_terms& c, const std::string& party) const {
    money sum;
    for (const per_party<money>& o : c.opening)
        if (party.empty() || o.organisation == party) sum += o.value;
    if (!c.opening.empty()) return sum;
    const std::string line = c.name + " brought forward";
    if (const measure* m = measure_of(inputs_, line, party)) return abs(exactly(exact(m->value, unit::pounds)));
    if (!party.empty()) return {};
    for (const std::string& code : agreement_.parties())
        if (const measure* m = measure_of(inputs_, line, code)) sum += abs(exactly(exact(m->value, unit::pounds)));
    return sum;
}

inline void statement_making::take_reserves_forward() {
    for (const carry_forward_terms& c : version_.terms.carried) {
        if (c.kind != carry_forward_terms::what::reserve) continue;
        carried_balance b{c.name, c.kind};
        b.opening = opening_of(c, "");
        b.clause = c.clause;
        const std::size_t before = out_.relief.size();
        relieve(c.name + " brought forward", stated_money{b.opening, c.at});
        if (out_.relief.size() > before) b.used = out_.relief.back().used;
        out_.carried.push_back(std::move(b));
    }
}

/// Out of a gain, and no more than `most` of it.
inline void statement_making::pay_claims(whole_division& d, money& general, money most) {
    std::vector<exact> open(count_);
    money all;
    for (const carry_forward_terms& c : version_.terms.carried)
        if (c.kind == carry_forward_terms::what::claim)
            for (std::size_t i = 0; i < count_; ++i) {
                const money opening = opening_of(c, agreement_.parties()[i]);
                open[i] += opening;
                all += opening;
            }
    const money paid = smaller(zero_or_more(most), all);
    if (paid.is_zero()) return;
    d.claims = apportion(paid, std::span<const exact>(open), version_.step);
    general -= paid;
}

/// What a party had of a gain that was divided, claims apart.
inline money statement_making::had_of_gain(std::size_t i, const whole_division& d) {
    if (d.how != treatment::shared || d.divided.is_negative()) return {};
    return d.parts.shared ? d.parts.allocated[i] : money();
}

inline void statement_making::take_balances_forward(const whole_division& d) {
    for (const carry_forward_terms& c : version_.terms.carried) {
        if (c.kind == carry_forward_terms::what::reserve) continue;
        for (std::size_t i = 0; i < count_; ++i) {
            const std::string& party = agreement_.parties()[i];
            const statement_line& line = out_.lines[i];
            carried_balance b{c.name, c.kind, party};
            b.opening = opening_of(c, party);
            b.clause = c.clause;
            b.repaid_to = c.repaid_to;
            if (c.kind == carry_forward_terms::what::claim) {
                const money first = d.claims.empty() ? money() : d.claims[i];
                b.used = first;
                if (const std::optional<exact> claim =
                        c.claims.empty() ? std::nullopt : known_.of_party(c.claims, party))
                    b.added = zero_or_more(exactly(*claim) - had_of_gain(i, d));
            } else {
                if (b.opening.is_zero() && !c.adds_deficits) continue;
                for (const per_party<ratio>& years : c.balanced)
                    if (years.organisation == party) b.balanced_years = static_cast<int>(years.value.numerator());
                if (const measure* m = measure_of(inputs_, c.name + " balanced years", party))
                    b.balanced_years = static_cast<int>(to_ratio(m->value)->numerator());
                const money instalment = c.instalment
                                             ? rounded(sizes_.size(*c.instalment, party, "the instalment", c.at),
                                                       version_.step, rounding::half_away_from_zero)
                                         : c.written_off_after ? b.opening
                                                               : money();
                b = debt_after_a_year(c, std::move(b), line.final, instalment);
            }
            if (b.opening.is_zero() && b.added.is_zero()) continue;
            explain(party, c.name,
                    "opening " + said(b.opening) + ", added " + said(b.added) + ", paid " + said(b.used) + ", repaid " +
                        said(b.repaid) + ", written off " + said(b.written_off) + ": " + said(b.closing()) +
                        " is carried forward",
                    c.clause, {c.at});
            out_.carried.push_back(std::move(b));
        }
    }
}

} // namespace riskshare::detail

#endif
