// What a statement says in words of every figure: the rule, its clause and the cells.
#include <riskshare/statement.hpp> // first, for it reads this file in its turn

#ifndef RISKSHARE_DETAIL_STATEMENT_WORDS_HPP
#define RISKSHARE_DETAIL_STATEMENT_WORDS_HPP

#include <riskshare/detail/statement_making.hpp>

#include <string>
#include <utility>
#include <vector>

namespace riskshare::detail {

inline std::string statement_making::part_in_words(std::size_t i, const whole_division& d) const {
    const division_rule& rule = d.rule;
    std::string words;
    const auto add = [&](const std::string& part) { words += (words.empty() ? "" : ", ") + part; };
    const bool tiers = d.side->terms.tiers.has_value();
    if (rule.counts != ratio(1)) add(to_percent(rule.counts) + " of " + said(d.divided) + " counts");
    if (!d.parts.beyond.is_zero()) add("no more than " + said(exactly(*rule.at_most)) + " of it");
    for (std::size_t t = 0; t < d.parts.in_band.size(); ++t) {
        const exact slice = d.parts.in_band[t];
        if (slice.is_zero()) continue;
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
    return words;
}

/// What a party has beside its part of the pool: of schemes that are divided by themselves, and claims.
inline std::string statement_making::schemes_in_words(std::size_t i, const whole_division& d) const {
    std::string words;
    const auto add = [&](const std::string& part) { words += (words.empty() ? "" : ", ") + part; };
    for (const scheme_line& s : out_.schemes)
        if (s.own_shares && !s.shortfall.is_zero() && (s.pool ? version_.terms.sharing : d.how == treatment::shared))
            add(said(s.allocated[i]) + " of \"" + s.name + "\"");
    if (!d.claims.empty() && !d.claims[i].is_zero()) add(said(d.claims[i]) + " for claims brought forward");
    return words;
}

inline void statement_making::explain_allocated(std::size_t i, const whole_division& d) {
    const terms_of_sharing& terms = version_.terms;
    const std::string beside = schemes_in_words(i, d);
    std::string rule, clause = terms.clause;
    provenance at;
    if (d.how == treatment::kept) {
        rule = "nothing is shared: it stays where it arose";
    } else if (d.how == treatment::held) {
        rule = "the net surplus of " + said(out_.held_for_joint_investment) + " is held; the split is notional";
    } else if (!d.parts.shared) {
        rule = "nothing is shared: " + said(d.divided) + " is below the minimum of " + said(exactly(d.rule.minimum)) +
               ", and stays where it arose";
        clause = d.side->terms.clause;
        at = d.side->terms.at;
    } else {
        rule = part_in_words(i, d);
        const division_terms& side = d.side->terms;
        if (side.shares)
            clause = side.shares->clause;
        else
            clause = side.tiers || side.at.known() ? side.clause : terms.shares.clause;
        at = side.at.known() ? side.at : terms.shares.at;
    }
    rule += (rule.empty() || beside.empty() ? "" : ", ") + beside;
    if (rule.empty()) rule = "nothing is to be divided";
    explain(out_.lines[i].organisation, "allocated", std::move(rule), clause, {at});
}

inline void statement_making::explain_line(std::size_t i, const whole_division& d) {
    const statement_line& line = out_.lines[i];
    explain(line.organisation, "shareable",
            "variance " + said(line.variance) + " less what is kept, " + said(line.excluded) +
                (line.mitigated.is_zero() ? "" : ", and with its own mitigation of " + said(line.mitigated)),
            "", {});
    const bool band = !line.retained.is_zero();
    if (band && d.parts.in_dead_band.is_zero())
        explain(line.organisation, "retained", "its part of what stays where it arose", d.side->terms.clause,
                {d.side->terms.at});
    else if (band)
        explain(line.organisation, "retained",
                "its part of the dead-band of " + said(exactly(d.rule.dead_band)) + ", pro rata to " +
                    (d.divided.is_negative() ? "deficits" : "gains"),
                d.side->terms.clause, {d.side->terms.at});
    explain_allocated(i, d);
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

} // namespace riskshare::detail

#endif
