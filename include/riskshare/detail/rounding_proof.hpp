// The bodies of rounding_check.hpp.
#ifndef RISKSHARE_DETAIL_ROUNDING_PROOF_HPP
#define RISKSHARE_DETAIL_ROUNDING_PROOF_HPP

#include <riskshare/detail/least_moves.hpp>
#include <riskshare/detail/quick_fraction.hpp>
#include <riskshare/rounding_check.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

namespace riskshare {

inline std::size_t printed_table::add(printed_figure f) {
    if (f.step.is_negative()) throw precondition_violated("printed_table: a step is negative");
    figures_.push_back(std::move(f));
    return figures_.size() - 1;
}

inline std::size_t printed_table::add(std::string name, const figure& f) {
    return add({std::move(name), f.shown(), f.step(), f.at()});
}

inline void printed_table::relate(relation r) {
    for (const relation_term& t : r.terms)
        if (t.figure >= figures_.size()) throw precondition_violated("printed_table: no such figure");
    relations_.push_back(std::move(r));
}

inline void printed_table::relate(std::string name, std::size_t total, const std::vector<std::size_t>& parts) {
    relation r{std::move(name), {{total, ratio(-1)}}};
    for (std::size_t p : parts) r.terms.push_back({p, ratio(1)});
    relate(std::move(r));
}

inline exact printed_gap(const printed_table& table, const relation& r) {
    exact sum;
    for (const relation_term& t : r.terms) sum += table.figures()[t.figure].value * t.weight;
    return sum;
}

namespace detail {

using rational = exact::rational;

/// The weights of a relation, each figure once.
inline std::map<std::size_t, rational> weights_of(const relation& r) {
    std::map<std::size_t, rational> weights;
    for (const relation_term& t : r.terms) weights[t.figure] += rational(t.weight.numerator(), t.weight.denominator());
    for (auto it = weights.begin(); it != weights.end();) it = it->second == 0 ? weights.erase(it) : std::next(it);
    return weights;
}

/// The amounts that are printed as this figure, in pence.
inline unknown<rational> interval_of(const printed_figure& f, halves rule) {
    unknown<rational> u;
    u.start = {f.value.pence(), 0};
    u.free = !f.printed;
    const rational half = f.step.pence() / 2;
    u.low = {rational(f.value.pence() - half), 0};
    u.high = {rational(f.value.pence() + half), 0};
    if (half == 0 || rule == halves::unknown) return u;
    if (rule == halves::away_from_zero) {
        if (f.value.pence() <= 0) u.low.nudge = 1;
        if (f.value.pence() >= 0) u.high.nudge = -1;
        return u;
    }
    const rational steps = f.value.pence() / f.step.pence();
    if (denominator(steps) != 1) return u;
    if (numerator(steps) % 2 != 0) {
        u.low.nudge = 1;
        u.high.nudge = -1;
    }
    return u;
}

/// A part of a table: some of its figures and relations.
struct rounding_system {
    std::vector<unknown<rational>> unknowns;
    std::vector<equation<rational>> equations;
    std::vector<std::size_t> figures, relations; ///< their indices in the table
};

inline rounding_system system_of(const printed_table& table, halves rule, const std::vector<std::size_t>& relations) {
    rounding_system s;
    std::map<std::size_t, std::size_t> place;
    for (std::size_t r : relations) {
        equation<rational> e;
        for (const auto& weight : weights_of(table.relations()[r])) {
            const auto inserted = place.emplace(weight.first, s.figures.size());
            if (inserted.second) {
                s.figures.push_back(weight.first);
                s.unknowns.push_back(interval_of(table.figures()[weight.first], rule));
            }
            e.push_back({static_cast<std::uint32_t>(inserted.first->second), weight.second});
        }
        s.equations.push_back(std::move(e));
        s.relations.push_back(r);
    }
    return s;
}

inline quick_fraction to_quick(const rational& r) {
    const big_integer n = numerator(r), d = denominator(r);
    return {ratio(narrowed(n, "rounding"), narrowed(d, "rounding"))};
}
inline rational to_rational(const quick_fraction& q) {
    return rational(q.value().numerator(), q.value().denominator());
}

/// 64-bit fractions over a common step; those of any size when they do not suffice.
inline least_moves<rational> solved(const rounding_system& s) {
    big_integer common = 1;
    for (const auto& u : s.unknowns)
        common = lcm(common, big_integer(lcm(denominator(u.low.at), denominator(u.start.at))));
    big_integer step = 0;
    for (const auto& u : s.unknowns) {
        step = gcd(step, numerator(rational(u.low.at * common)));
        step = gcd(step, numerator(rational(u.high.at * common)));
        step = gcd(step, numerator(rational(u.start.at * common)));
    }
    const rational scale = step == 0 ? rational(1) : rational(common, step);
    try {
        std::vector<unknown<quick_fraction>> unknowns;
        auto quick_edge = [&](const edge<rational>& e) {
            return edge<quick_fraction>{to_quick(rational(e.at * scale)), to_quick(e.nudge)};
        };
        for (const auto& u : s.unknowns)
            unknowns.push_back({quick_edge(u.low), quick_edge(u.high), quick_edge(u.start), u.free});
        std::vector<equation<quick_fraction>> equations;
        for (const auto& e : s.equations) {
            equations.emplace_back();
            for (const auto& t : e) equations.back().push_back({t.first, to_quick(t.second)});
        }
        const least_moves<quick_fraction> quick = find_least_moves(unknowns, equations);
        least_moves<rational> out;
        auto slow_edge = [&](const edge<quick_fraction>& e) {
            return edge<rational>{rational(to_rational(e.at) / scale), rational(to_rational(e.nudge) / scale)};
        };
        out.total = slow_edge(quick.total);
        for (const auto& v : quick.values) out.values.push_back(slow_edge(v));
        for (const auto& m : quick.multipliers) out.multipliers.push_back(to_rational(m));
        return out;
    } catch (const overflow&) {
        return find_least_moves(s.unknowns, s.equations);
    }
}

/// An ε small enough that every value of a solution stays in its interval.
inline std::vector<rational> concrete(const rounding_system& s, const least_moves<rational>& solution) {
    rational epsilon = 1;
    auto keep = [&](const edge<rational>& smaller, const edge<rational>& larger) {
        const rational room = larger.at - smaller.at, drift = smaller.nudge - larger.nudge;
        if (room > 0 && drift > 0) epsilon = std::min(epsilon, rational(room / drift / 2));
    };
    // A nudged bound itself stands for an open end, which any positive ε respects.
    for (std::size_t i = 0; i < s.unknowns.size(); ++i) {
        if (s.unknowns[i].free) continue;
        keep({s.unknowns[i].low.at, 0}, solution.values[i]);
        keep(solution.values[i], {s.unknowns[i].high.at, 0});
    }
    std::vector<rational> values;
    for (const auto& v : solution.values) values.push_back(rational(v.at + v.nudge * epsilon));
    return values;
}

/// How far Σ multiplier · relation keeps the intervals from meeting; zero when it does not.
inline edge<rational> separation(const rounding_system& s, const std::vector<rational>& multipliers,
                                 std::vector<rational>* pulls = nullptr) {
    std::vector<rational> pull(s.unknowns.size());
    for (std::size_t i = 0; i < s.equations.size(); ++i)
        for (const auto& t : s.equations[i]) pull[t.first] += multipliers[i] * t.second;
    edge<rational> most, least;
    for (std::size_t j = 0; j < pull.size(); ++j) {
        if (pull[j] == 0) continue;
        if (s.unknowns[j].free) return {};
        const bool positive = pull[j] > 0;
        most = most + (positive ? s.unknowns[j].high : s.unknowns[j].low) * pull[j];
        least = least + (positive ? s.unknowns[j].low : s.unknowns[j].high) * pull[j];
    }
    if (pulls) *pulls = pull;
    const edge<rational> zero;
    if (most < zero) return zero - most;
    if (zero < least) return least;
    return zero;
}

/// Deletion filter: leaves out every figure without which the rest still cannot stand together.
inline conflict smallest_conflict(const printed_table& table, halves rule, const rounding_system& whole,
                                  const std::vector<rational>& multipliers) {
    std::vector<std::size_t> relations;
    for (std::size_t i = 0; i < multipliers.size(); ++i)
        if (multipliers[i] != 0) relations.push_back(whole.relations[i]);
    rounding_system s = system_of(table, rule, relations);
    least_moves<rational> proof = solved(s);
    const bool filter = s.relations.size() > 1 && s.figures.size() <= 400;
    for (std::size_t j = 0; filter && j < s.unknowns.size(); ++j) {
        std::vector<rational> pulls;
        separation(s, proof.multipliers, &pulls);
        if (s.unknowns[j].free) continue;
        s.unknowns[j].free = true;
        if (!pulls.empty() && pulls[j] == 0) continue;
        const least_moves<rational> without = solved(s);
        if (edge<rational>{} < without.total)
            proof = without;
        else
            s.unknowns[j].free = false;
    }
    conflict c;
    std::vector<rational> pulls;
    const edge<rational> apart = separation(s, proof.multipliers, &pulls);
    if (!(edge<rational>{} < apart)) throw precondition_violated("prove_rounding: a conflict could not be verified");
    for (std::size_t j = 0; j < pulls.size(); ++j)
        if (pulls[j] != 0) c.figures.push_back(s.figures[j]);
    for (std::size_t i = 0; i < proof.multipliers.size(); ++i)
        if (proof.multipliers[i] != 0) c.relations.push_back(s.relations[i]);
    std::sort(c.figures.begin(), c.figures.end());
    c.excess = exact::pence(proof.total.at);
    return c;
}

/// Figures that share a relation belong together; each group is decided on its own.
inline std::vector<std::vector<std::size_t>> connected_relations(const printed_table& table) {
    std::vector<std::size_t> parent(table.figures().size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    auto root = [&](std::size_t i) {
        while (parent[i] != i) i = parent[i] = parent[parent[i]];
        return i;
    };
    for (const relation& r : table.relations())
        for (const relation_term& t : r.terms) parent[root(t.figure)] = root(r.terms.front().figure);
    std::vector<std::vector<std::size_t>> out;
    std::map<std::size_t, std::size_t> group_of;
    for (std::size_t i = 0; i < table.relations().size(); ++i) {
        if (table.relations()[i].terms.empty()) continue;
        const auto group = group_of.emplace(root(table.relations()[i].terms.front().figure), out.size());
        if (group.second) out.emplace_back();
        out[group.first->second].push_back(i);
    }
    return out;
}

/// Relations that rounding cannot explain even on their own: quick, and each a conflict by itself.
inline std::vector<conflict> plain_conflicts(const printed_table& table, halves rule,
                                             const std::vector<std::size_t>& relations) {
    std::vector<conflict> found;
    for (std::size_t r : relations) {
        const relation& candidate = table.relations()[r];
        const exact gap = printed_gap(table, candidate);
        if (gap.is_zero() || abs(gap) < rounding_slack(table, candidate)) continue;
        const rounding_system s = system_of(table, rule, {r});
        const edge<rational> apart = separation(s, {rational(1)});
        if (!(edge<rational>{} < apart)) continue;
        conflict c{s.figures, {r}, exact::pence(apart.at)};
        found.push_back(std::move(c));
    }
    return found;
}

inline void prove_group(const printed_table& table, halves rule, std::vector<std::size_t> relations,
                        rounding_proof& out) {
    const bool as_printed = std::all_of(relations.begin(), relations.end(), [&](std::size_t r) {
        return printed_gap(table, table.relations()[r]).is_zero();
    });
    if (as_printed) return;
    if (out.verdict == verdict::agrees) out.verdict = verdict::rounding;
    const rounding_system s = system_of(table, rule, relations);
    const least_moves<rational> solution = solved(s);
    if (solution.total == edge<rational>{}) {
        const std::vector<rational> values = concrete(s, solution);
        for (std::size_t i = 0; i < values.size(); ++i) out.witness[s.figures[i]] = exact::pence(values[i]);
        return;
    }
    out.verdict = verdict::real;
    out.least_move += exact::pence(solution.total.at);
    for (std::size_t i = 0; i < s.unknowns.size(); ++i) {
        const unknown<rational>& u = s.unknowns[i];
        if (u.free) continue;
        const rational by = solution.values[i].at < u.low.at    ? rational(solution.values[i].at - u.low.at)
                            : u.high.at < solution.values[i].at ? rational(solution.values[i].at - u.high.at)
                                                                : rational(0);
        if (by != 0) out.moves.push_back({s.figures[i], exact::pence(by)});
    }
    std::vector<conflict> conflicts = plain_conflicts(table, rule, relations);
    auto drop = [&](const conflict& c) {
        for (std::size_t r : c.relations)
            relations.erase(std::remove(relations.begin(), relations.end(), r), relations.end());
    };
    for (const conflict& c : conflicts) drop(c);
    while (!relations.empty()) {
        const rounding_system rest = system_of(table, rule, relations);
        const least_moves<rational> again = conflicts.empty() ? solution : solved(rest);
        if (again.total == edge<rational>{}) break;
        conflicts.push_back(smallest_conflict(table, rule, rest, again.multipliers));
        drop(conflicts.back());
    }
    for (conflict& c : conflicts) out.conflicts.push_back(std::move(c));
}

} // namespace detail

inline exact rounding_slack(const printed_table& table, const relation& r) {
    exact slack;
    for (const auto& w : detail::weights_of(r)) {
        const printed_figure& f = table.figures()[w.first];
        slack += exact::pence(abs(detail::rational(f.step.pence() * w.second)) / 2);
    }
    return slack;
}

inline bool is_witness(const printed_table& table, halves rule, const std::vector<exact>& amounts) {
    if (amounts.size() != table.figures().size()) return false;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const detail::unknown<detail::rational> u = detail::interval_of(table.figures()[i], rule);
        if (u.free) continue;
        const detail::edge<detail::rational> value{amounts[i].pence(), 0};
        if (value < u.low || u.high < value) return false;
    }
    for (const relation& r : table.relations()) {
        exact sum;
        for (const relation_term& t : r.terms) sum += amounts[t.figure] * t.weight;
        if (!sum.is_zero()) return false;
    }
    return true;
}

inline rounding_proof prove_rounding(const printed_table& table, halves rule) {
    rounding_proof out;
    for (const printed_figure& f : table.figures()) out.witness.push_back(f.value);
    for (const auto& group : detail::connected_relations(table)) detail::prove_group(table, rule, group, out);
    if (out.verdict == verdict::real) {
        out.witness.clear();
        std::stable_sort(out.conflicts.begin(), out.conflicts.end(),
                         [](const conflict& a, const conflict& b) { return a.figures.size() < b.figures.size(); });
        return out;
    }
    if (!is_witness(table, rule, out.witness))
        throw precondition_violated("prove_rounding: a witness could not be verified");
    return out;
}

} // namespace riskshare

#endif
