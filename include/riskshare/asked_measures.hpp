// What an agreement asks for by name, month by month: benchmarks, quantities, rates, scores, balances.
#ifndef RISKSHARE_ASKED_MEASURES_HPP
#define RISKSHARE_ASKED_MEASURES_HPP

#include <riskshare/agreement.hpp>
#include <riskshare/detail/never_acts.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace riskshare {

struct asked_measure {
    enum class what : std::uint8_t {
        money,  ///< in the table's unit
        rate,   ///< pounds for one
        number, ///< a quantity, a part
    };
    std::string name = {};
    what kind = what::money;
};

/// Each name once, in the order of the terms. What the paper itself states is not asked for.
std::vector<asked_measure> asked_measures(const version_in_force&);

// ---------------------------------------------------------------------------------------------------------------------

inline std::vector<asked_measure> asked_measures(const version_in_force& v) {
    using what = asked_measure::what;
    std::vector<asked_measure> out;
    const auto ask = [&](const std::string& name, what kind) {
        const std::string folded = detail::folded(name);
        if (name.empty() || folded == "plan") return;
        for (const named_amount& a : v.terms.amounts)
            if (kind == what::money && detail::folded(a.name) == folded &&
                (a.amount || !a.amounts.empty() || a.quantity))
                return;
        for (const asked_measure& m : out)
            if (detail::folded(m.name) == folded) return;
        out.push_back({name, kind});
    };
    detail::for_each_extent(
        v, [&](const extent& e, const std::string&, const provenance&) { ask(e.benchmark(), what::money); });
    for (const named_amount& a : v.terms.amounts) {
        ask(a.name, what::money);
        if (a.quantity) ask(a.quantity->measure, what::number);
        if (a.rate) ask(a.rate->measure, what::rate);
        ask(a.factor.measure, what::number);
    }
    for (const side_in_force* s : {&v.gains, &v.deficits}) {
        if (s->terms.counts) ask(s->terms.counts->measure, what::number);
        if (s->terms.score) ask(s->terms.score->value.measure, what::number);
    }
    for (const fund_terms& f : v.terms.funds)
        if (f.rate) ask(f.rate->measure, what::rate);
    for (const carry_forward_terms& c : v.terms.carried) {
        if (c.opening.empty()) ask(c.name + " brought forward", what::money);
        if (c.written_off_after && c.balanced.empty()) ask(c.name + " balanced years", what::number);
        ask(c.claims, what::money);
    }
    return out;
}

} // namespace riskshare

#endif
