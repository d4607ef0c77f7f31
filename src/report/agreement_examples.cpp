// Works out pools, funds and balances of an agreement in a few cases, for the page that a person signs.
#include "report/agreement_examples.hpp"

#include <algorithm>

namespace riskshare::report {

namespace {

using detail::said;

const money usual = money::pounds(1'000'000);

share_inputs year_end(const agreement& a) {
    share_inputs in;
    in.when = {a.year(), month(12)};
    for (const std::string& party : a.parties()) {
        party_position p{party};
        p.plan = p.actual = stated_money{};
        in.positions.push_back(std::move(p));
    }
    return in;
}

// ---- pools

/// A pool worse by `over` than planned, or better, at the first party.
std::string pool_example(const agreement& a, const version_in_force& v, std::size_t scheme, money over) {
    share_inputs in = year_end(a);
    in.positions.front().actual->value = -over;
    in.scheme_variances.push_back({v.schemes[scheme].scheme.name, {{a.parties().front(), -over, {}}}, {}});
    std::vector<finding> unused;
    const statement s = detail::statement_making(a, v, in, unused).quietly().made();
    const scheme_line& line = s.schemes[scheme];
    std::string text =
        "\"" + line.name + "\" " + (over.is_negative() ? "underspent" : "overspent") + " by " + said(abs(over)) + ": ";
    for (std::size_t i = 0; i < a.parties().size(); ++i)
        text += (i == 0 ? "" : ", ") + a.parties()[i] + (over.is_negative() ? " has " : " bears ") +
                said(abs(line.allocated[i]));
    return text + (line.unallocated.is_zero() ? "." : ", nobody " + said(abs(line.unallocated)) + ".");
}

void pools(const agreement& a, const version_in_force& v, std::vector<std::string>& out) {
    const share_inputs in = year_end(a);
    const benchmarks known(v.terms.amounts, in);
    for (std::size_t k = 0; k < v.schemes.size() && v.terms.sharing; ++k) {
        if (!v.schemes[k].scheme.pool) continue;
        money most = usual;
        bool sizes_known = true;
        for (const std::optional<bound_terms>& b : v.schemes[k].bounds) {
            if (!b || !b->at_most) continue;
            const std::optional<exact> size = known.size(*b->at_most, b->organisation);
            sizes_known = sizes_known && size && !size->is_zero();
            if (size) most = larger(most, rounded(*size * ratio(2), v.step, rounding::half_away_from_zero));
        }
        if (!sizes_known) continue;
        out.push_back(pool_example(a, v, k, usual));
        if (most != usual) out.push_back(pool_example(a, v, k, most));
        out.push_back(pool_example(a, v, k, -usual));
    }
}

// ---- funds

/// The inputs of a year in which the gates of some quarters are missed. A measure that is not met is nothing, or at
/// what a step of a taper asks for.
share_inputs gates(const agreement& a, const fund_terms& f, const std::vector<int>& missed,
                   const std::optional<ratio>& standard = {}) {
    share_inputs in;
    in.when = {a.year(), month(12)};
    for (int q = 1; q <= 4; ++q) {
        const bool met = std::find(missed.begin(), missed.end(), q) == missed.end();
        quarter_position now{q, {}};
        for (const per_party<money>& body : f.amounts)
            now.variance.push_back({body.organisation, met ? money() : -usual, {}});
        in.quarters.push_back(std::move(now));
        for (const fund_part& p : f.parts)
            for (const fund_gate& g : p.gates) {
                if (g.kind != fund_gate::what::standard) continue;
                ratio value = met                        ? g.at_least.value_or(g.at_most.value_or(ratio(1)))
                              : g.at_most && !g.at_least ? *g.at_most + ratio(1)
                                                         : ratio(0);
                if (standard && !p.taper.empty()) value = *standard;
                const exact in_pence = exact(money::pence(1'000'000)) * value; // to six places
                in.measures.push_back(
                    {g.measure, "", q, decimal(rounded(in_pence, rounding::half_away_from_zero).pence(), -6), {}});
            }
    }
    return in;
}

std::string fund_example(const fund_terms& f, const version_in_force& v, const share_inputs& in, std::size_t body,
                         const std::string& when) {
    std::vector<finding> unused;
    const fund_result r = funding({f}, v.terms.amounts, in, v.step, unused)[body];
    return "\"" + f.name + "\", " + r.organisation + ", " + when + ": " + said(r.earned) + " is earned" +
           (r.lost.is_zero() ? "." : ", " + said(r.lost) + " is lost.");
}

void funds(const agreement& a, const version_in_force& v, std::vector<std::string>& out) {
    for (const fund_terms& f : v.terms.funds)
        for (std::size_t body = 0; body < f.amounts.size() && !f.quantity; ++body) {
            const auto say = [&](const share_inputs& in, const std::string& when) {
                out.push_back(fund_example(f, v, in, body, when));
            };
            say(gates(a, f, {}), "every gate met in every quarter");
            say(gates(a, f, {2}),
                "every gate missed in Q2, by " + said(usual) + " where it is money, and met after it");
            say(gates(a, f, {4}), "every gate missed in Q4 only");
            for (const fund_part& p : f.parts)
                for (const taper_step& step : p.taper)
                    say(gates(a, f, {}, step.at_least),
                        "\"" + p.gates.front().measure + "\" at " + to_percent(step.at_least) + " all year");
        }
}

/// What a fund pays for a quantity, where the paper states the rate.
void quantities(const agreement& a, const version_in_force& v, std::vector<std::string>& out) {
    for (const fund_terms& f : v.terms.funds) {
        if (!f.quantity || !f.rate->measure.empty() || f.rate->number <= ratio(0)) continue;
        for (std::size_t body = 0; body < f.amounts.size(); ++body) {
            const exact all = exact(f.amounts[body].value) * (ratio(1, 100) / f.rate->number);
            for (const ratio& part : {ratio(1, 8), ratio(1, 4)}) {
                const std::int64_t each = rounded(all * part, rounding::half_away_from_zero).pence();
                share_inputs in;
                in.when = {a.year(), month(12)};
                for (int q = 1; q <= 4; ++q) in.measures.push_back({f.quantity->measure, "", q, decimal(each, 0), {}});
                out.push_back(fund_example(
                    f, v, in, body, "\"" + f.quantity->measure + "\" at " + std::to_string(each) + " a quarter"));
            }
        }
    }
}

// ---- balances

std::string changes_of(const carried_balance& b) {
    std::string text;
    const auto add = [&](money m, const char* what) {
        if (!m.is_zero()) text += (text.empty() ? "" : ", ") + said(m) + what;
    };
    add(b.repaid, " is repaid");
    add(b.added, " is added");
    add(b.written_off, " is written off");
    return text.empty() ? "nothing is repaid or written off" : text;
}

void balances(const agreement& a, const version_in_force& v, std::vector<std::string>& out) {
    using what = carry_forward_terms::what;
    const share_inputs in = year_end(a);
    const benchmarks known(v.terms.amounts, in);
    for (const carry_forward_terms& c : v.terms.carried) {
        if (c.kind != what::debt) continue;
        carried_balance b{c.name, c.kind, a.parties().front(), money::pounds(10'000'000)};
        for (const per_party<money>& o : c.opening)
            if (!o.value.is_zero()) b.organisation = o.organisation, b.opening = o.value;
        money instalment = c.written_off_after ? b.opening : money();
        if (c.instalment) {
            const std::optional<exact> size = known.size(*c.instalment, b.organisation);
            if (!size) continue;
            instalment = rounded(*size, v.step, rounding::half_away_from_zero);
        }
        const auto year = [&](const carried_balance& from, money over, const std::string& when) {
            const carried_balance end = debt_after_a_year(c, from, over, instalment);
            out.push_back("\"" + c.name + "\", " + b.organisation + ", " + said(b.opening) + " brought forward, " +
                          when + ": " + changes_of(end) + ", and " + said(end.closing()) + " is carried forward.");
        };
        year(b, money(), "a year without a deficit");
        if (c.written_off_after && *c.written_off_after > 1) {
            carried_balance last = b;
            last.balanced_years = *c.written_off_after - 1;
            year(last, money(), "the year that makes " + std::to_string(*c.written_off_after) + " without a deficit");
        }
        year(b, -usual, "a year with a deficit of " + said(usual));
    }
}

} // namespace

std::vector<std::string> examples_of(const agreement& a, const version_in_force& v) {
    std::vector<std::string> out;
    pools(a, v, out);
    funds(a, v, out);
    quantities(a, v, out);
    balances(a, v, out);
    return out;
}

} // namespace riskshare::report
