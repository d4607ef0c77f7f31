// Laws that hold for every agreement, whatever terms it is made of.
#include <riskshare/what_if.hpp>

#include "support/share.hpp"

#include <algorithm>
#include <random>

using namespace riskshare;
using namespace support;

namespace {

#ifdef NDEBUG
constexpr int trials = 4'000;
#else
constexpr int trials = 250;
#endif

/// The same numbers on every machine.
class dice {
public:
    explicit dice(std::uint64_t seed) : engine_(seed) {}
    std::int64_t between(std::int64_t least, std::int64_t most) {
        const auto span = static_cast<std::uint64_t>(most - least) + 1;
        return least + static_cast<std::int64_t>(engine_() % span);
    }
    bool one_in(int n) { return between(1, n) == 1; }

private:
    std::mt19937_64 engine_;
};

share_terms random_shares(dice& c, const std::vector<std::string>& codes) {
    share_terms terms;
    for (const std::string& code : codes) terms.shares.push_back({code, ratio(c.between(1, 50))});
    terms.normalise = true;
    return terms;
}

extent random_size(dice& c, std::int64_t percent) {
    if (c.one_in(2)) return extent::part_of("target", ratio(percent, 100));
    return money::pence(10'000 * percent);
}

std::vector<tier_terms> random_tiers(dice& c, const std::vector<std::string>& codes) {
    std::vector<tier_terms> tiers;
    std::int64_t edge = 0;
    const bool relative = c.one_in(2);
    for (std::int64_t left = c.between(1, 3); left > 0; --left) {
        edge += c.between(1, 20);
        tier_terms t;
        t.up_to = relative ? extent::part_of("target", ratio(edge, 100)) : extent(money::pence(10'000 * edge));
        t.stays = c.one_in(4);
        if (!t.stays) t.shares = random_shares(c, codes);
        tiers.push_back(std::move(t));
    }
    tiers.push_back({std::nullopt, random_shares(c, codes)});
    return tiers;
}

/// One sign's terms. A target of £10,000 makes sizes in pounds and in percent alike.
division_terms random_side(dice& c, const std::vector<std::string>& codes) {
    division_terms d;
    if (c.one_in(2))
        d.tiers = random_tiers(c, codes);
    else
        d.shares = random_shares(c, codes);
    if (c.one_in(5)) d.minimum = random_size(c, c.between(1, 30));
    if (c.one_in(4)) d.counts = operand{"", ratio(c.between(50, 100), 100)};
    if (c.one_in(4)) d.at_most = random_size(c, c.between(40, 90));
    if (c.one_in(4)) d.dead_band = random_size(c, c.between(1, 20));
    if (c.one_in(4)) d.score = score_terms{{"score", 1}, ratio(1, 2), 1, {}, {}};
    if (c.one_in(3)) d.bounds = std::vector<bound_terms>{{codes.front(), {}, random_size(c, c.between(5, 40)), {}, {}}};
    const bool leaves = d.counts || d.at_most || d.score;
    if (leaves && c.one_in(2)) d.rest_to = codes.back();
    return d;
}

agreement_paper random_paper(dice& c, bool alike) {
    agreement_paper paper;
    paper.name = "A";
    paper.year = financial_year{2022};
    std::vector<std::string> codes;
    for (std::int64_t i = c.between(2, 5); i > 0; --i)
        codes.push_back(std::string(1, static_cast<char>('A' + codes.size())));
    for (const std::string& code : codes) paper.parties.push_back({code});
    paper.terms.gains = gain_policy::pro_rata;
    paper.terms.gain_terms = random_side(c, codes);
    paper.terms.deficit_terms = alike ? paper.terms.gain_terms : random_side(c, codes);
    named_amount target{"target"};
    target.amount = money::pence(1'000'000);
    paper.terms.amounts = {target};
    return paper;
}

share_inputs random_inputs(dice& c, const agreement_paper& paper) {
    share_inputs in;
    in.when = {paper.year, month(static_cast<int>(c.between(1, 12)))};
    for (const party& p : paper.parties) {
        party_position position{p.code};
        position.plan = stated_money{money::pence(c.between(-500'000, 500'000))};
        position.actual = stated_money{position.plan->value + money::pence(c.between(-700'000, 700'000))};
        in.positions.push_back(position);
    }
    in.measures.push_back({"score", "", 0, decimal(c.between(0, 12), -1), {}});
    return in;
}

/// Pools with limits, a reserve, a scheme by shares of its own, balances of both kinds, and any policy.
void add_pools_and_balances(dice& c, agreement_paper& paper, share_inputs& in) {
    terms_of_sharing& t = paper.terms;
    std::vector<std::string> codes;
    for (const party& p : paper.parties) codes.push_back(p.code);
    if (c.one_in(3)) t.gains = c.one_in(2) ? gain_policy::kept : gain_policy::held_for_joint_investment;
    if (c.one_in(4)) t.deficits = deficit_policy::kept;
    for (const char* name : {"Equipment", "Reablement"}) {
        if (c.one_in(3)) continue;
        shared_scheme pool{name};
        pool.pool = true;
        pool.shares = random_shares(c, codes);
        pool.underspend_kept = c.one_in(3);
        if (c.one_in(2)) pool.bounds = {{codes.front(), {}, money::pence(c.between(0, 100'000))}};
        if (c.one_in(3)) {
            pool.bounds.clear();
            for (const std::string& code : codes)
                pool.bounds.push_back({code, {}, money::pence(c.between(0, 100'000))});
        }
        t.schemes.push_back(pool);
        scheme_variance v{name, {}, {}};
        for (const std::string& code : codes) v.amounts.push_back({code, money::pence(c.between(-200'000, 200'000))});
        in.scheme_variances.push_back(v);
    }
    if (!t.schemes.empty() && c.one_in(2))
        t.reserve = c.one_in(2) ? reserve_use::schemes_in_order : reserve_use::schemes_pro_rata;
    if (c.one_in(3)) {
        shared_scheme own{"Drugs"};
        own.shares = random_shares(c, codes);
        for (const std::string& code : codes) own.consents.push_back({code});
        t.schemes.push_back(own);
        in.shortfalls.push_back({"Drugs", {{codes.back(), money::pence(c.between(0, 200'000))}}, {}});
    }
    if (c.one_in(2)) in.reserve = stated_money{money::pence(c.between(0, 300'000))};
    if (c.one_in(2)) in.system_mitigation = stated_money{money::pence(c.between(0, 300'000))};
    using what = carry_forward_terms::what;
    for (const what kind : {what::reserve, what::claim}) {
        if (c.one_in(2)) continue;
        carry_forward_terms balance{kind == what::claim ? "Claims" : "Balance", kind};
        for (const std::string& code : codes) balance.opening.push_back({code, money::pence(c.between(0, 90'000))});
        t.carried.push_back(balance);
    }
}

share_inputs turned(share_inputs in) {
    for (party_position& p : in.positions) p.actual->value = p.plan->value - (p.actual->value - p.plan->value);
    return in;
}

money sum_of(const statement& s, money statement_line::*figure) {
    money sum;
    for (const statement_line& l : s.lines) sum += l.*figure;
    return sum;
}

} // namespace

TEST_CASE("law: whatever the terms, the parts add up to the pool and payments settle the transfers") {
    dice c(20250401);
    for (int t = 0; t < trials; ++t) {
        const agreement_paper paper = random_paper(c, false);
        const share_inputs in = random_inputs(c, paper);
        const statement s = computed(made(paper), in);
        REQUIRE(proof(s).holds());
        REQUIRE(sum_of(s, &statement_line::retained) + sum_of(s, &statement_line::allocated) + s.unallocated == s.pool);
        std::vector<money> open = column(s, &statement_line::transfer);
        std::size_t some = 0;
        for (const money m : open) some += !m.is_zero();
        const std::vector<payment> paid = payments(s);
        REQUIRE(paid.size() <= (some == 0 ? 0 : some - 1));
        for (const payment& p : paid)
            for (std::size_t i = 0; i < s.lines.size(); ++i) {
                if (s.lines[i].organisation == p.from) open[i] += p.amount;
                if (s.lines[i].organisation == p.to) open[i] -= p.amount;
            }
        money left;
        for (const money m : open) left += abs(m);
        REQUIRE(left == abs(s.unallocated));
    }
}

TEST_CASE("law: with pools, reserves, balances and any policy nothing comes or goes but what the statement names") {
    dice c(20250409);
    std::size_t below = 0, held = 0, left_over = 0;
    for (int t = 0; t < trials; ++t) {
        agreement_paper paper = random_paper(c, false);
        share_inputs in = random_inputs(c, paper);
        add_pools_and_balances(c, paper, in);
        const agreement a = made(paper);
        const statement s = computed(a, in);
        REQUIRE(proof(s).holds());
        REQUIRE(sum_of(s, &statement_line::retained) + sum_of(s, &statement_line::allocated) + s.unallocated +
                    s.held_for_joint_investment ==
                s.pool + s.relief_used());
        money pools, claims;
        for (const scheme_line& scheme : s.schemes) {
            if (!scheme.pool) continue;
            money parts;
            for (const money m : scheme.allocated) parts += m;
            REQUIRE(parts + scheme.unallocated == scheme.relieved - scheme.shortfall);
            pools += parts;
        }
        for (const carried_balance& b : s.carried) {
            REQUIRE(!b.used.is_negative());
            REQUIRE(b.used <= b.opening);
            if (b.kind == carry_forward_terms::what::claim) claims += b.used;
        }
        if (!s.held_for_joint_investment.is_zero()) REQUIRE(sum_of(s, &statement_line::allocated) == pools + claims);
        // Where nothing is shared, and nothing came in or went out, everybody has what is theirs.
        const bool alone = paper.terms.schemes.empty() && s.relief_used().is_zero() && claims.is_zero();
        if (!s.divided && s.held_for_joint_investment.is_zero() && alone)
            for (const statement_line& l : s.lines) REQUIRE(l.final == l.variance);
        below += !s.divided;
        held += !s.held_for_joint_investment.is_zero();
        left_over += !s.unallocated.is_zero();
    }
    CHECK(below > 20);
    CHECK(held > 5);
    CHECK(left_over > 5);
}

TEST_CASE("law: where gains and deficits have the same terms, everything turns round with the sign") {
    dice c(20250402);
    for (int t = 0; t < trials; ++t) {
        const agreement_paper paper = random_paper(c, true);
        const share_inputs in = random_inputs(c, paper);
        const agreement a = made(paper);
        const statement s = computed(a, in), r = computed(a, turned(in));
        for (std::size_t i = 0; i < s.lines.size(); ++i) {
            REQUIRE(s.lines[i].final == -r.lines[i].final);
            REQUIRE(s.lines[i].retained == -r.lines[i].retained);
        }
    }
}

TEST_CASE("law: a better outturn leaves no party worse off by more than a penny, where nothing is all or nothing") {
    dice c(20250403);
    for (int t = 0; t < trials; ++t) {
        agreement_paper paper = random_paper(c, false);
        for (std::optional<division_terms>* side : {&paper.terms.gain_terms, &paper.terms.deficit_terms})
            (*side)->minimum.reset();
        share_inputs in = random_inputs(c, paper);
        const std::size_t of =
            static_cast<std::size_t>(c.between(0, static_cast<std::int64_t>(in.positions.size()) - 1));
        // The parties' own variances have one sign, so that what stays stays where it is.
        for (party_position& p : in.positions) p.actual->value = p.plan->value;
        const agreement a = made(paper);
        in.positions[of].actual->value = in.positions[of].plan->value + money::pence(c.between(-900'000, 900'000));
        const statement low = computed(a, in);
        in.positions[of].actual->value += money::pence(c.between(1, 50'000));
        const statement high = computed(a, in);
        for (std::size_t i = 0; i < low.lines.size(); ++i)
            REQUIRE(low.lines[i].final <= high.lines[i].final + money::pence(2));
    }
}

TEST_CASE("law: a tier cut in two equal halves, or a party in two of half the share each, changes nothing") {
    dice c(20250404);
    for (int t = 0; t < trials; ++t) {
        agreement_paper paper = random_paper(c, false);
        for (std::optional<division_terms>* side : {&paper.terms.gain_terms, &paper.terms.deficit_terms}) {
            (*side)->bounds.reset();
            (*side)->minimum.reset();
            (*side)->tiers = random_tiers(c, {"A", "B"});
            (*side)->shares.reset();
            if (!(*side)->rest_to.empty()) (*side)->rest_to = "B";
        }
        paper.parties = {{"A"}, {"B"}};
        paper.terms.shares = random_shares(c, {"A", "B"});
        const share_inputs in = random_inputs(c, paper);
        agreement_paper cut = paper;
        for (std::optional<division_terms>* side : {&cut.terms.gain_terms, &cut.terms.deficit_terms}) {
            std::vector<tier_terms>& tiers = *(*side)->tiers;
            tier_terms half = tiers.front();
            half.up_to = half.up_to->is_relative() ? extent::part_of("target", half.up_to->part() / ratio(2))
                                                   : extent(money::pence(half.up_to->amount().pence() / 2));
            tiers.insert(tiers.begin(), half);
        }
        const statement whole = computed(made(paper), in), halves = computed(made(cut), in);
        REQUIRE(column(whole, &statement_line::final) == column(halves, &statement_line::final));
        // B as two parties: they share what B had, to a penny each.
        agreement_paper split = paper;
        split.parties = {{"A"}, {"B"}, {"C"}};
        const auto halve = [](share_terms& s) {
            if (s.shares.empty()) return;
            s.shares.push_back({"C", s.shares[1].value});
            s.shares[0].value = s.shares[0].value * ratio(2);
        };
        halve(split.terms.shares);
        for (std::optional<division_terms>* side : {&split.terms.gain_terms, &split.terms.deficit_terms}) {
            (*side)->rest_to.clear();
            for (tier_terms& tier : *(*side)->tiers) halve(tier.shares);
        }
        agreement_paper same = paper;
        for (std::optional<division_terms>* side : {&same.terms.gain_terms, &same.terms.deficit_terms})
            (*side)->rest_to.clear();
        share_inputs three = in;
        party_position other{"C"};
        other.plan = other.actual = stated_money{};
        three.positions.push_back(other);
        const statement two = computed(made(same), in), parts = computed(made(split), three);
        REQUIRE(abs(two.lines[0].final - parts.lines[0].final) <= money::pence(2));
        REQUIRE(abs(two.lines[1].allocated - parts.lines[1].allocated - parts.lines[2].allocated) <= money::pence(2));
        REQUIRE(abs(parts.lines[1].allocated - parts.lines[2].allocated) <= money::pence(1));
    }
}

TEST_CASE("law: limits hold, and what a party has beside its limit is what stays where it arose") {
    dice c(20250405);
    for (int t = 0; t < trials; ++t) {
        const agreement_paper paper = random_paper(c, false);
        const share_inputs in = random_inputs(c, paper);
        const statement s = computed(made(paper), in);
        const std::optional<division_terms>& side =
            s.pool.is_negative() ? paper.terms.deficit_terms : paper.terms.gain_terms;
        if (!side->bounds || s.shares_divide) continue;
        if (std::any_of(s.acting.begin(), s.acting.end(), [](const acting_term& a) { return a.state == "not met"; }))
            continue;
        if (side->rest_to == "A") continue;
        const extent& most = *side->bounds->front().at_most;
        const exact cap = most.is_relative() ? exact(money::pence(1'000'000)) * most.part() : exact(most.amount());
        REQUIRE(exact(abs(s.lines.front().allocated)) <= cap);
    }
}

TEST_CASE("law: what is earned, withheld, lost and not yet due of a fund is the fund") {
    dice c(20250406);
    for (int t = 0; t < trials; ++t) {
        fund_terms f{"Fund"};
        f.amounts = {{"A", money::pence(c.between(0, 9'999'999))}, {"B", money::pence(c.between(0, 9'999'999))}};
        ratio left = 1;
        for (int q = 0; q < 3; ++q) {
            const ratio part = c.one_in(4) ? ratio(0) : left * ratio(c.between(0, 6), 10);
            f.phasing.push_back(part);
            left = left - part;
        }
        f.phasing.push_back(left);
        f.recoverable = c.one_in(2);
        const ratio first(c.between(1, 9), 10);
        fund_part own{"finance", first}, access{"access", ratio(1) - first};
        own.gates = {fund_gate{}};
        if (c.one_in(3)) own.gates.push_back({fund_gate::what::system});
        own.any = c.one_in(2);
        own.pound_for_pound = c.one_in(3);
        access.gates = {{fund_gate::what::standard, "A&E", ratio(95, 100)}};
        if (c.one_in(2)) access.taper = {{ratio(90, 100), ratio(1, 2)}, {ratio(80, 100), ratio(1, 4)}};
        f.parts = {own, access};
        share_inputs in;
        in.when = {financial_year{2022}, month(static_cast<int>(c.between(1, 12)))};
        bool all_met = true;
        for (int q = 1; q <= 4; ++q) {
            quarter_position p{q, {}};
            for (const char* body : {"A", "B"})
                p.variance.push_back({body, money::pence(c.between(-300'000, 900'000))});
            all_met = all_met && !p.variance[0].value.is_negative() && !p.variance[1].value.is_negative();
            if (!c.one_in(5)) in.quarters.push_back(p);
            const std::int64_t standard = c.between(75, 100);
            all_met = all_met && standard >= 95;
            if (!c.one_in(5)) in.measures.push_back({"A&E", c.one_in(2) ? "" : "A", q, decimal(standard, -2), {}});
        }
        std::vector<finding> findings;
        const std::vector<fund_result> funds = funding({f}, {}, in, money::pence(1), findings);
        REQUIRE(funds.size() == 2);
        for (const fund_result& r : funds) {
            REQUIRE(r.earned + r.withheld + r.lost + r.unknown + r.not_due == r.amount);
            for (const money m : {r.earned, r.withheld, r.lost, r.unknown, r.not_due}) REQUIRE(!m.is_negative());
            const bool told = std::none_of(r.quarters.begin(), r.quarters.end(),
                                           [](const fund_quarter& q) { return q.state == quarter_state::unknown; });
            if (told) REQUIRE(r.unknown.is_zero());
            money phased;
            for (const fund_quarter& q : r.quarters) phased += q.phased;
            REQUIRE(phased == r.amount);
            if (!f.recoverable || in.when.month == month(12)) REQUIRE(r.withheld.is_zero());
        }
    }
}

TEST_CASE("law: a debt is carried forward less what is repaid or written off, and never below nothing") {
    dice c(20250407);
    for (int t = 0; t < trials; ++t) {
        carry_forward_terms terms{"Debt"};
        if (c.one_in(2)) terms.written_off_after = static_cast<int>(c.between(1, 3));
        terms.adds_deficits = c.one_in(2);
        carried_balance b{"Debt", carry_forward_terms::what::debt, "A", money::pence(c.between(0, 10'000))};
        const money instalment = money::pence(c.between(1, 3'000));
        for (int year = 0; year < 12; ++year) {
            const money over = money::pence(c.between(-2'000, 2'000)), opening = b.opening;
            const int years = b.balanced_years;
            carried_balance next = debt_after_a_year(terms, b, over, instalment);
            REQUIRE(next.closing() == opening + next.added - next.repaid - next.written_off);
            REQUIRE(!next.closing().is_negative());
            REQUIRE(next.balanced_years == (over.is_negative() ? 0 : years + 1));
            if (!terms.written_off_after) REQUIRE(next.repaid == smaller(instalment, opening));
            b = {b.name, b.kind, b.organisation, next.closing(), {}, {}, {}, {}, {}, next.balanced_years, {}};
        }
    }
}

TEST_CASE("law: over a range every point is the statement of that outturn, and kinks lie within it") {
    dice c(20250408);
    for (int t = 0; t < trials / 25; ++t) {
        const agreement_paper paper = random_paper(c, false);
        const agreement a = made(paper);
        share_inputs in = random_inputs(c, paper);
        const outturn_range range{"A", money::pence(-900'000), money::pence(900'000), money::pence(45'000)};
        const outcome<what_if> over = positions_over(a, in, range);
        REQUIRE(over);
        REQUIRE(over->points.size() == 41);
        for (const outturn_point& p : over->points) {
            in.positions.front().actual->value = p.outturn;
            REQUIRE(column(computed(a, in), &statement_line::final) == p.final);
        }
        for (const outturn_kink& k : over->kinks) {
            REQUIRE(range.from <= k.at.outturn);
            REQUIRE(k.at.outturn <= range.to);
        }
    }
}
