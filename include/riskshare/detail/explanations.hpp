// The bodies of diagnosis.hpp.
#ifndef RISKSHARE_DETAIL_EXPLANATIONS_HPP
#define RISKSHARE_DETAIL_EXPLANATIONS_HPP

#include <riskshare/apportion.hpp>
#include <riskshare/diagnosis.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace riskshare {

inline std::vector<exact> with_digits_swapped(const printed_figure& f) {
    std::vector<exact> out;
    if (f.step.is_zero()) return out;
    const detail::rational steps = f.value.pence() / f.step.pence();
    if (denominator(steps) != 1) return out;
    const std::string digits = detail::big_integer(abs(numerator(steps))).str();
    for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
        if (digits[i] == digits[i + 1] || (i == 0 && digits[1] == '0')) continue;
        std::string swapped = digits;
        std::swap(swapped[i], swapped[i + 1]);
        const detail::rational value = detail::rational(detail::big_integer(swapped)) * f.step.pence();
        out.push_back(exact::pence(f.value.is_negative() ? detail::rational(-value) : value));
    }
    return out;
}

inline bool forced_to_foot(const std::vector<exact>& printed, const std::vector<exact>& amounts, const exact& total,
                           money step) {
    if (printed.size() != amounts.size() || printed.empty() || step.pence() <= 0) return false;
    if (denominator(total.pence()) != 1) return false;
    bool any = false, positive = false, negative = false, plain = true;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        any = any || !amounts[i].is_zero();
        positive = positive || amounts[i] > exact();
        negative = negative || amounts[i].is_negative();
        plain = plain && exact(rounded(amounts[i], step, rounding::half_away_from_zero)) == printed[i];
    }
    if (plain || !any || (positive && negative) || (!total.is_zero() && total.is_negative() != negative)) return false;
    const money whole = rounded(total, rounding::toward_zero);
    if (whole.pence() % step.pence() != 0) return false;
    const std::vector<money> footed = apportion(whole, std::span<const exact>(amounts), step);
    for (std::size_t i = 0; i < footed.size(); ++i)
        if (exact(footed[i]) != printed[i]) return false;
    return true;
}

namespace detail {

/// A change to try, and how well it does.
struct attempt {
    explanation what;
    exact doubt = {}; ///< how uncertain each new value is, beyond half a step
    int rank = 0;     ///< among those that explain as much, the smaller comes first
    long score = 0;
    exact residue = {};
};

class fault_finder {
public:
    explicit fault_finder(const printed_table& table) : table_(table), uses_(table.figures().size()) {
        for (const printed_figure& f : table.figures()) values_.push_back(f.value);
        for (std::size_t r = 0; r < table.relations().size(); ++r) {
            weights_.push_back(weights_of(table.relations()[r]));
            slacks_.push_back(rounding_slack(table, table.relations()[r]));
            gaps_.push_back(printed_gap(table, table.relations()[r]));
            for (const auto& w : weights_.back()) uses_[w.first].push_back(r);
        }
    }

    std::vector<diagnosis> find(std::set<std::size_t> broken) {
        broken_ = std::move(broken);
        std::vector<diagnosis> out;
        while (!broken_.empty()) {
            const std::vector<attempt> attempts = all_attempts();
            if (attempts.empty()) break;
            out.push_back(taken(attempts));
        }
        for (std::size_t r : broken_) out.push_back({{r}, {}});
        return out;
    }

private:
    static bool better(const attempt& a, const attempt& b) {
        if (a.score != b.score) return a.score > b.score;
        if (a.rank != b.rank) return a.rank < b.rank;
        return a.residue < b.residue;
    }

    diagnosis taken(const std::vector<attempt>& attempts) {
        const attempt& best = *std::min_element(attempts.begin(), attempts.end(), better);
        diagnosis d;
        d.relations = best.what.relations;
        std::vector<attempt> rivals;
        for (const attempt& a : attempts)
            if (a.score == best.score && a.what.relations == best.what.relations) rivals.push_back(a);
        while (!rivals.empty() && d.explanations.size() < 5) {
            const auto next = std::min_element(rivals.begin(), rivals.end(), better);
            d.explanations.push_back(std::move(next->what));
            rivals.erase(next);
        }
        for (const changed_figure& c : best.what.changes) set(c.figure, c.instead);
        for (std::size_t r : best.what.relations) broken_.erase(r);
        return d;
    }

    void set(std::size_t figure, const exact& value) {
        for (std::size_t r : uses_[figure]) gaps_[r] += scaled_by(value - values_[figure], weights_[r].at(figure));
        values_[figure] = value;
    }

    static exact scaled_by(const exact& e, const rational& weight) {
        return exact::pence(rational(e.pence() * weight));
    }

    /// Counts what the change sets right and what it breaks; false when it sets nothing right.
    bool weigh(attempt& a) const {
        std::map<std::size_t, rational> gaps, doubts;
        for (const changed_figure& c : a.what.changes)
            for (std::size_t r : uses_[c.figure]) {
                const rational& weight = weights_[r].at(c.figure);
                gaps[r] += (c.instead - values_[c.figure]).pence() * weight;
                doubts[r] += abs(weight) * a.doubt.pence();
            }
        a.score = 0;
        for (const auto& g : gaps) {
            const exact gap = abs(gaps_[g.first] + exact::pence(g.second));
            const bool fits = gap <= slacks_[g.first] + exact::pence(doubts[g.first]);
            const bool was_broken = broken_.count(g.first) != 0;
            if (fits && was_broken) {
                a.what.relations.push_back(g.first);
                ++a.score;
                a.residue += gap;
            } else if (!fits && !was_broken) {
                --a.score;
            }
        }
        return a.score > 0;
    }

    void consider(std::vector<attempt>& out, attempt a) const {
        if (weigh(a)) out.push_back(std::move(a));
    }

    std::vector<attempt> all_attempts() const {
        std::vector<attempt> out;
        std::set<std::size_t> figures;
        for (std::size_t r : broken_)
            for (const auto& w : weights_[r]) figures.insert(w.first);
        for (std::size_t f : figures)
            if (table_.figures()[f].printed) try_figure(out, f);
        for (std::size_t r : broken_) try_lines(out, r);
        try_rows_of_totals(out, true);
        try_rows_of_totals(out, false);
        return out;
    }

    attempt changed(std::size_t figure, exact instead, std::optional<resemblance> looks_like, int rank,
                    std::string evidence) const {
        attempt a;
        a.what.looks_like = looks_like;
        a.what.changes = {{figure, std::move(instead)}};
        a.what.evidence = std::move(evidence);
        a.rank = rank;
        return a;
    }

    bool can_help(std::size_t figure, const exact& instead, const exact& doubt) const {
        for (std::size_t r : uses_[figure]) {
            if (broken_.count(r) == 0) continue;
            const rational& weight = weights_[r].at(figure);
            const exact gap = gaps_[r] + scaled_by(instead - values_[figure], weight);
            if (abs(gap) <= slacks_[r] + exact::pence(rational(abs(weight) * doubt.pence()))) return true;
        }
        return false;
    }

    void try_figure(std::vector<attempt>& out, std::size_t f) const {
        const exact& value = values_[f];
        const printed_figure& printed = table_.figures()[f];
        if (!value.is_zero() && can_help(f, -value, {}))
            consider(out, changed(f, -value, resemblance::sign_slip, 0, "the difference is twice the figure"));
        for (int power : {3, 6}) {
            const ratio factor(power == 3 ? 1'000 : 1'000'000);
            const std::string times = power == 3 ? "1,000" : "1,000,000";
            // What would print as nothing is a line left out rather than one in the wrong unit.
            const exact smaller = value / factor;
            if (!value.is_zero() && abs(smaller) >= printed.step && can_help(f, smaller, {}))
                consider(out, changed(f, smaller, resemblance::unit_slip, abs(smaller) > widest_slack(f) ? 1 : 4,
                                      times + " times too large"));
            const exact doubt = printed.step * factor / ratio(2);
            if (abs(value) >= printed.step && !value.is_zero() && can_help(f, value * factor, doubt)) {
                attempt a = changed(f, value * factor, resemblance::unit_slip, 5, times + " times too small");
                a.doubt = doubt;
                consider(out, std::move(a));
            }
        }
        if (value == printed.value)
            for (const exact& swapped : with_digits_swapped(printed))
                if (can_help(f, swapped, {}))
                    consider(out, changed(f, swapped, resemblance::transposed_digits, 4,
                                          "two neighbouring digits are exchanged"));
        try_any_value(out, f);
    }

    exact widest_slack(std::size_t f) const {
        exact widest;
        for (std::size_t r : uses_[f]) widest = std::max(widest, slacks_[r]);
        return widest;
    }

    /// A figure where two or more broken relations meet, and want the same change.
    void try_any_value(std::vector<attempt>& out, std::size_t f) const {
        std::size_t meeting = 0;
        for (std::size_t r : uses_[f]) meeting += broken_.count(r);
        if (meeting < 2) return;
        for (std::size_t r : uses_[f]) {
            if (broken_.count(r) == 0) continue;
            const rational wanted = values_[f].pence() - gaps_[r].pence() / weights_[r].at(f);
            attempt a =
                changed(f, exact::pence(wanted), std::nullopt, 9, "the relations that meet in it all want this");
            if (weigh(a) && a.score >= 2) {
                out.push_back(std::move(a));
                return;
            }
        }
    }

    /// The outcome of the relation leaves out one of its parts, or counts it twice.
    void try_lines(std::vector<attempt>& out, std::size_t r) const {
        const relation& rel = table_.relations()[r];
        if (rel.terms.size() < 3) return;
        const std::size_t total = rel.terms.front().figure;
        const rational total_weight = weights_[r].count(total) ? weights_[r].at(total) : rational(0);
        if (total_weight == 0) return;
        for (const auto& w : weights_[r]) {
            if (w.first == total || values_[w.first].is_zero() || w.second * total_weight > 0) continue;
            const exact part = scaled_by(values_[w.first], rational(-w.second / total_weight));
            consider_line(out, total, w.first, part);
        }
    }

    void consider_line(std::vector<attempt>& out, std::size_t total, std::size_t line, const exact& part) const {
        for (bool omitted : {true, false}) {
            const exact instead = omitted ? values_[total] + part : values_[total] - part;
            if (!can_help(total, instead, {})) continue;
            attempt a = changed(total, instead, omitted ? resemblance::omitted_line : resemblance::double_counted_line,
                                omitted ? 2 : 3, "the difference is the amount of one line");
            a.what.lines = {line};
            consider(out, std::move(a));
        }
    }

    /// A whole row (or column) of totals, of which several are broken: one line left out of all, counted twice in all,
    /// or a line whose figures all have the wrong sign or unit.
    void try_rows_of_totals(std::vector<attempt>& out, bool by_row) const {
        auto line_of = [&](std::size_t figure) {
            const provenance& at = table_.figures()[figure].at;
            return by_row ? at.row() : at.column();
        };
        auto outcome_of = [&](std::size_t r) { return table_.relations()[r].terms.front().figure; };
        std::map<std::size_t, std::size_t> broken_in;
        for (std::size_t r : broken_)
            if (line_of(outcome_of(r)) != 0) ++broken_in[line_of(outcome_of(r))];
        for (const auto& totals : broken_in) {
            if (totals.second < 2) continue;
            std::map<std::size_t, std::vector<std::pair<std::size_t, std::size_t>>> lines;
            for (std::size_t r = 0; r < table_.relations().size(); ++r) {
                if (line_of(outcome_of(r)) != totals.first) continue;
                for (const auto& w : weights_[r])
                    if (line_of(w.first) != 0 && line_of(w.first) != totals.first)
                        lines[line_of(w.first)].push_back({r, w.first});
            }
            for (const auto& line : lines) try_line_of_all(out, line.second, by_row);
        }
    }

    void try_line_of_all(std::vector<attempt>& out, const std::vector<std::pair<std::size_t, std::size_t>>& members,
                         bool by_row) const {
        const std::string which = by_row ? "row" : "column";
        for (resemblance kind : {resemblance::sign_slip, resemblance::unit_slip, resemblance::omitted_line,
                                 resemblance::double_counted_line}) {
            attempt a;
            a.what.looks_like = kind;
            const bool of_line = kind == resemblance::sign_slip || kind == resemblance::unit_slip;
            for (const auto& m : members) {
                const std::size_t total = table_.relations()[m.first].terms.front().figure, figure = m.second;
                const exact& value = values_[figure];
                if (value.is_zero()) continue;
                if (of_line) {
                    a.what.changes.push_back({figure, kind == resemblance::sign_slip ? -value : value / ratio(1'000)});
                    continue;
                }
                if (weights_[m.first].count(total) == 0) continue;
                const rational factor = -weights_[m.first].at(figure) / weights_[m.first].at(total);
                const exact part = scaled_by(value, factor);
                a.what.lines.push_back(figure);
                a.what.changes.push_back(
                    {total, kind == resemblance::omitted_line ? values_[total] + part : values_[total] - part});
            }
            if (a.what.changes.size() < 2) continue;
            a.rank = of_line ? 6 : 2;
            a.what.evidence = of_line ? "every figure of the " + which + " is at fault in the same way"
                                      : "every difference is the amount of the same " + which;
            consider(out, std::move(a));
        }
    }

    const printed_table& table_;
    std::vector<std::vector<std::size_t>> uses_;
    std::vector<std::map<std::size_t, rational>> weights_;
    std::vector<exact> slacks_, gaps_, values_;
    std::set<std::size_t> broken_;
};

} // namespace detail

inline std::vector<diagnosis> diagnose(const printed_table& table, const rounding_proof& proof) {
    std::set<std::size_t> broken;
    std::vector<diagnosis> joint;
    for (const conflict& c : proof.conflicts) {
        if (c.relations.size() == 1)
            broken.insert(c.relations.front());
        else
            joint.push_back({c.relations, {}});
    }
    std::vector<diagnosis> out = detail::fault_finder(table).find(std::move(broken));
    for (diagnosis& d : joint) out.push_back(std::move(d));
    return out;
}

} // namespace riskshare

#endif
