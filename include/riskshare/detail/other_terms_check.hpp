// Checks of what a paper says beside the division of a pool: the amounts that it names, funds, balances, and terms that
// can never act.
#include <riskshare/agreement.hpp> // first, for it reads this file in its turn

#ifndef RISKSHARE_DETAIL_OTHER_TERMS_CHECK_HPP
#define RISKSHARE_DETAIL_OTHER_TERMS_CHECK_HPP

#include <riskshare/detail/agreement_check.hpp>
#include <riskshare/detail/never_acts.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace riskshare::detail {

inline void agreement_check::check_amounts(const terms_of_sharing& terms) {
    std::vector<std::string> names;
    for (const named_amount& a : terms.amounts) {
        const std::string name = folded(a.name);
        const bool position = name == "plan" || name == "actual" || name == "forecast";
        const std::string key = name + (position ? " " + a.organisation : "");
        if (std::find(names.begin(), names.end(), key) != names.end())
            error("agreement.duplicate_amount", "the amount \"" + a.name + "\" is given twice", a.at,
                  "keep one of them");
        names.push_back(key);
        if (!a.organisation.empty() && !known(a.organisation))
            error("agreement.unknown_party",
                  "the amount \"" + a.name + "\" is of " + a.organisation + ", which is not a party to " + paper_.name,
                  a.at, "the parties are " + listed(codes()));
        std::vector<std::string> seen;
        for (const per_party<money>& p : a.amounts) known_once(p.organisation, seen, p.at, "\"" + a.name + "\"");
        if (a.quantity.has_value() != a.rate.has_value())
            error("agreement.amount",
                  "the amount \"" + a.name + "\" has a " +
                      (a.quantity ? "quantity and no rate" : "rate and no quantity"),
                  a.at, "give both");
        if (position && (a.organisation.empty() || (!a.quantity && !a.amount)))
            error("agreement.amount", "the " + a.name + " that the paper works out needs a party and how", a.at,
                  "say whose with \"of\", and give a quantity and a rate");
    }
}

/// A percentage of an amount that the paper itself puts at nothing.
inline void agreement_check::check_benchmark(const terms_of_sharing& terms, const extent& e, const std::string& what,
                                             const provenance& at) {
    for (const named_amount& a : terms.amounts) {
        if (!e.is_relative() || folded(a.name) != folded(e.benchmark())) continue;
        money sum = a.amount.value_or(money());
        for (const per_party<money>& p : a.amounts) sum += p.value;
        if ((a.amount || !a.amounts.empty()) && sum.is_zero())
            error("agreement.benchmark_nil", what + " is " + to_string(e) + ", and the " + a.name + " is nil", at,
                  "a percentage of nothing is no size: state the " + a.name);
    }
}

inline void agreement_check::check_fund(const fund_terms& f) {
    const std::string whose = "the fund \"" + f.name + "\"";
    std::vector<std::string> seen;
    for (const per_party<money>& a : f.amounts) {
        known_once(a.organisation, seen, a.at, whose);
        whole_steps(a.value, whose, a.at);
        if (a.value.is_negative())
            error("agreement.fund", whose + " gives " + a.organisation + " a negative amount, " + said(a.value), a.at,
                  "state it as a size");
    }
    if (f.amounts.empty()) error("agreement.fund", whose + " names no amount", f.at, "give each body's");
    ratio year = 0, whole = 0;
    for (const ratio& q : f.phasing) year = year + q;
    if (!f.phasing.empty() &&
        (f.phasing.size() != 4 || year != ratio(1) ||
         std::any_of(f.phasing.begin(), f.phasing.end(), [](const ratio& q) { return q < ratio(0); })))
        error("agreement.phasing",
              whose + ": the phasing has " + std::to_string(f.phasing.size()) + " quarters and adds up to " +
                  to_percent(year),
              f.at, "give four parts that add up to 100%");
    if (f.quantity.has_value() != f.rate.has_value())
        error("agreement.fund", whose + " has a quantity without a rate, or a rate without a quantity", f.at,
              "give both");
    if (f.quantity) return;
    if (f.parts.empty())
        error("agreement.gate", whose + " has no gate: nothing says what earns it", f.at,
              "name its gates, such as gates = [\"own\"]");
    for (const fund_part& p : f.parts) {
        whole = whole + p.part;
        const std::string part = whose + (p.name.empty() ? "" : ", part \"" + p.name + "\"");
        if (p.gates.empty())
            error("agreement.gate", part + " has no gate: nothing says what earns it", p.at, "name one");
        if (p.part < ratio(0)) error("agreement.fund", part + " is negative", p.at, "a part is zero or more");
        std::size_t standards = 0;
        for (const fund_gate& g : p.gates) {
            standards += g.kind == fund_gate::what::standard;
            if (g.kind == fund_gate::what::standard && g.measure.empty())
                error("agreement.gate", part + " has a gate without a measure", g.at.known() ? g.at : p.at,
                      "name what is measured");
        }
        if (!p.taper.empty() && (p.gates.size() != 1 || standards != 1))
            error("agreement.taper", part + " has a taper and not one measured standard", p.at,
                  "a taper goes with one standard");
        for (std::size_t i = 0; i < p.taper.size(); ++i)
            if (p.taper[i].earns < ratio(0) || ratio(1) < p.taper[i].earns ||
                (i > 0 && p.taper[i - 1].at_least <= p.taper[i].at_least))
                error("agreement.taper", part + ": the steps of the taper are out of order, or beyond the whole", p.at,
                      "the highest comes first; each earns between 0% and 100%");
        if (p.pound_for_pound && standards != 0)
            error("agreement.taper", part + " takes pounds for pounds off plan and has a standard that is no money",
                  p.at, "let its gates be \"own\" or \"system\"");
    }
    if (!f.parts.empty() && whole != ratio(1))
        error("agreement.fund", whose + ": its parts add up to " + to_percent(whole), f.at, "they add up to 100%");
}

inline void agreement_check::check_carried(const carry_forward_terms& c) {
    const std::string whose = "the balance \"" + c.name + "\"";
    std::vector<std::string> seen;
    for (const per_party<money>& o : c.opening) {
        known_once(o.organisation, seen, o.at, whose);
        whole_steps(o.value, whose, o.at);
        if (o.value.is_negative())
            error("agreement.carry_forward", whose + " opens with " + said(o.value) + " for " + o.organisation, o.at,
                  "state it as a size");
    }
    if (!c.repaid_to.empty()) rest_of(c.repaid_to, "the instalments of " + whose, c.at);
    if (c.written_off_after && *c.written_off_after < 1)
        error("agreement.carry_forward", whose + " is written off after no balanced year", c.at, "one or more");
    if (c.kind != carry_forward_terms::what::debt) return;
    if (!c.instalment && !c.written_off_after)
        error("agreement.never_ends", whose + " is neither repaid nor written off: it never ends", c.at,
              "say its instalment, or after how many balanced years it is written off");
    if (!c.instalment) return;
    const std::string of = folded(c.instalment->benchmark());
    if ((c.instalment->is_zero() || c.instalment->is_negative()) && !c.written_off_after)
        error("agreement.never_ends", whose + " is repaid by " + to_string(*c.instalment) + " a year: it never ends",
              c.at, "an instalment is more than nothing");
    if ((of == "balance" || of == "opening balance" || of == folded(c.name)) && c.instalment->part() < ratio(1))
        error("agreement.never_ends",
              whose + " is repaid by " + to_string(*c.instalment) +
                  " a year: what is left always leaves a part, so it never ends",
              c.at, "let the instalment be a part of the original debt, or an amount");
    whole_steps(*c.instalment, "the instalment of " + whose, c.at);
}

inline void agreement_check::check_others(const terms_of_sharing& terms, const version_in_force& v) {
    check_amounts(terms);
    for_each_extent(v, [&](const extent& e, const std::string& what, const provenance& at) {
        check_benchmark(terms, e, what, at);
    });
    std::vector<std::string> names;
    const auto once = [&](const std::string& name, const std::string& what, const provenance& at) {
        if (name.empty()) error("agreement.key", what + " has no name", at, "name it");
        if (std::find(names.begin(), names.end(), what + name) != names.end())
            error("agreement.duplicate_name", what + " \"" + name + "\" is given twice", at, "name each once");
        names.push_back(what + name);
    };
    for (const fund_terms& f : terms.funds) {
        once(f.name, "a fund", f.at);
        check_fund(f);
    }
    for (const carry_forward_terms& c : terms.carried) {
        once(c.name, "a balance", c.at);
        check_carried(c);
    }
    note_what_never_acts(v, findings_);
}

} // namespace riskshare::detail

#endif
