// Laws that hold for every agreement and every position, tried on seeded random ones: 100,000 in a release build.
#include <riskshare/statement.hpp>

#include "support/share.hpp"

#include <functional>
#include <random>

using namespace riskshare;
using namespace support;

namespace {

#ifdef NDEBUG
constexpr int trials = 100'000;
#else
constexpr int trials = 500;
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

std::vector<ratio> random_weights(dice& c, std::size_t n) {
    std::vector<ratio> weights;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const std::int64_t w = c.one_in(5) ? 0 : c.between(1, c.one_in(3) ? 5 : 100'000);
        weights.emplace_back(w);
        sum += w;
    }
    if (sum == 0) weights.front() = ratio(1);
    return weights;
}

std::vector<std::string> codes(std::size_t n) {
    std::vector<std::string> out;
    for (std::size_t i = 0; i < n; ++i) out.push_back(std::string(1, static_cast<char>('A' + i)));
    return out;
}

money sum(const std::vector<money>& amounts) {
    money total;
    for (money m : amounts) total += m;
    return total;
}

/// A random agreement of 2 to 6 parties with exclusions, sometimes with a dead-band, caps or gains that are held.
agreement_paper random_paper(dice& c) {
    agreement_paper paper;
    paper.name = "A";
    paper.year = financial_year{2022};
    const std::vector<std::string> names = codes(static_cast<std::size_t>(c.between(2, 6)));
    const std::vector<ratio> weights = random_weights(c, names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        paper.parties.push_back({names[i]});
        paper.terms.shares.shares.push_back({names[i], weights[i]});
        if (c.one_in(2)) paper.terms.exclusions.push_back({names[i], money::pence(c.between(0, 3'000'000))});
        if (c.one_in(8)) paper.terms.bounds.push_back({names[i], {}, money::pence(c.between(0, 500'000))});
    }
    paper.terms.shares.normalise = true;
    paper.timetable.sharing_starts = month(static_cast<int>(c.between(1, 6)));
    if (c.one_in(2)) paper.terms.limit = exclusion_limit::full_shortfall;
    if (c.one_in(3)) paper.terms.dead_band = money::pence(c.between(0, 1'000'000));
    paper.terms.gains = c.one_in(2) ? gain_policy::pro_rata : gain_policy::held_for_joint_investment;
    return paper;
}

share_inputs random_inputs(dice& c, const agreement_paper& paper) {
    share_inputs in;
    in.when = {paper.year, month(static_cast<int>(c.between(1, 12)))};
    for (const party& p : paper.parties) {
        party_position position{p.code};
        position.plan = stated_money{money::pence(c.between(-2'000'000, 2'000'000))};
        position.actual = stated_money{money::pence(c.between(-4'000'000, 3'000'000))};
        position.efficiency_target = stated_money{money::pence(c.between(0, 3'000'000))};
        position.efficiency_delivered = stated_money{money::pence(c.between(-500'000, 3'500'000))};
        in.positions.push_back(position);
    }
    return in;
}

} // namespace

TEST_CASE("law: parts add up, lie within a step of exact, keep zero weights at zero, and turn round with the sign") {
    dice c(20220401);
    for (int t = 0; t < trials; ++t) {
        const std::vector<ratio> weights = random_weights(c, static_cast<std::size_t>(c.between(1, 7)));
        const money step = money::pence(c.one_in(3) ? 100'000 : 1);
        const money total = step * c.between(-1'000'000'000'000, 1'000'000'000'000);
        const std::vector<money> parts = allocate(total, {weights, {}, {}, step}).parts;
        REQUIRE(sum(parts) == total);
        ratio all = 0;
        for (const ratio& w : weights) all = all + w;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const exact distance = abs(exact(parts[i]) - exact(total) * weights[i] / all);
            REQUIRE(distance < exact(step));
            if (weights[i] == ratio(0)) REQUIRE(parts[i].is_zero());
        }
        std::vector<money> turned = allocate(-total, {weights, {}, {}, step}).parts;
        for (money& m : turned) m = -m;
        REQUIRE(turned == parts);
        std::vector<ratio> scaled;
        const ratio factor(c.between(1, 1000), c.between(1, 1000));
        for (const ratio& w : weights) scaled.push_back(w * factor);
        REQUIRE(allocate(total, {scaled, {}, {}, step}).parts == parts);
    }
}

TEST_CASE("law: caps and collars hold, and what they leave over is all there is") {
    dice c(20220402);
    for (int t = 0; t < trials; ++t) {
        allocation_rule rule{random_weights(c, static_cast<std::size_t>(c.between(1, 6)))};
        rule.bounds.resize(rule.weights.size());
        money collars;
        for (std::size_t i = 0; i < rule.bounds.size(); ++i) {
            if (c.one_in(2)) rule.bounds[i].at_most = money::pence(c.between(0, 400));
            if (!c.one_in(4) || rule.weights[i] == ratio(0)) continue;
            rule.bounds[i].at_least =
                money::pence(c.between(0, rule.bounds[i].at_most ? rule.bounds[i].at_most->pence() : 100));
            collars += *rule.bounds[i].at_least;
        }
        const money total = money::pence(c.between(-1000, 1000));
        const allocation a = allocate(total, rule);
        REQUIRE(sum(a.parts) + a.unallocated == total);
        bool all_full = true;
        for (std::size_t i = 0; i < a.parts.size(); ++i) {
            const allocation_bound& b = rule.bounds[i];
            if (b.at_most) REQUIRE(abs(a.parts[i]) <= *b.at_most);
            if (b.at_least && abs(total) >= collars) REQUIRE(abs(a.parts[i]) >= *b.at_least);
            if (rule.weights[i] != ratio(0) && (!b.at_most || abs(a.parts[i]) < *b.at_most)) all_full = false;
        }
        REQUIRE((a.unallocated.is_zero() || all_full));
    }
}

TEST_CASE("law: a search through every division of a small pool finds the same one") {
    // The division nearest to exact by the sum of squares; of equals, the one that favours those named first.
    dice c(20220403);
    for (int t = 0; t < trials / 20; ++t) {
        const std::size_t n = static_cast<std::size_t>(c.between(2, 4));
        std::vector<std::int64_t> weights(n);
        std::int64_t all = 0;
        for (std::int64_t& w : weights) all += w = c.between(0, 9);
        if (all == 0) continue;
        const std::int64_t total = c.between(0, 12);
        std::vector<std::int64_t> best, now(n);
        std::int64_t least = -1;
        const std::function<void(std::size_t, std::int64_t)> search = [&](std::size_t i, std::int64_t left) {
            if (i + 1 == n) {
                now[i] = left;
                std::int64_t squares = 0;
                for (std::size_t k = 0; k < n; ++k) {
                    if (weights[k] == 0 && now[k] != 0) return;
                    const std::int64_t off = now[k] * all - total * weights[k];
                    squares += off * off;
                }
                if (least < 0 || squares < least || (squares == least && now > best)) least = squares, best = now;
                return;
            }
            for (now[i] = 0; now[i] <= left; ++now[i]) search(i + 1, left - now[i]);
            now[i] = 0;
        };
        search(0, total);
        std::vector<ratio> as_ratios;
        for (std::int64_t w : weights) as_ratios.emplace_back(w);
        REQUIRE(allocate(money::pence(total), {as_ratios}).parts == pence(best));
    }
}

TEST_CASE("law: a statement conserves money, keeps exclusions in bounds, and never moves a shared position again") {
    dice c(20220404);
    for (int t = 0; t < trials; ++t) {
        const agreement_paper paper = random_paper(c);
        const agreement a = agreement::made_from(paper).value();
        const share_inputs in = random_inputs(c, paper);
        const statement s = statement_of(a, in).value();
        REQUIRE(proof(s).holds());
        const statement_line total = s.total();
        REQUIRE((total.transfer + s.unallocated + s.held_for_joint_investment).is_zero());
        REQUIRE(total.final + s.unallocated + s.held_for_joint_investment == total.variance);
        const version_in_force v = *a.in_force(in.when);
        for (std::size_t i = 0; i < s.lines.size(); ++i) {
            const statement_line& l = s.lines[i];
            REQUIRE(l.excluded <= money());
            REQUIRE(-l.excluded <= (v.exclusions[i] ? v.exclusions[i]->annual_cap : money()));
            const money shortfall =
                in.positions[i].efficiency_target->value - in.positions[i].efficiency_delivered->value;
            REQUIRE(-l.excluded <= larger(money(), shortfall));
            if (paper.terms.limit == exclusion_limit::declared_deficit)
                REQUIRE(-l.excluded <= larger(money(), -l.variance));
            REQUIRE(l.final == l.variance + l.transfer);
        }
        if (!paper.terms.dead_band.is_zero() || !paper.terms.bounds.empty()) continue;
        share_inputs again = in;
        again.frozen_exclusions.emplace();
        for (std::size_t i = 0; i < s.lines.size(); ++i) {
            again.positions[i].plan = stated_money{money()};
            again.positions[i].actual = stated_money{s.lines[i].final};
            again.frozen_exclusions->push_back({s.lines[i].organisation, s.lines[i].excluded});
        }
        if (!s.applied()) continue;
        const outcome<statement> rerun = statement_of(a, again);
        for (const statement_line& l : rerun->lines) REQUIRE(l.transfer.is_zero());
    }
}

TEST_CASE("law: an amendment that lacks consent changes no figure of any month") {
    dice c(20220405);
    for (int t = 0; t < trials / 10; ++t) {
        const agreement_paper paper = random_paper(c);
        agreement_paper proposed = paper;
        amendment a{"other terms", month(static_cast<int>(c.between(1, 12)))};
        for (const party& p : paper.parties)
            if (c.one_in(2)) a.consents.push_back({p.code});
        if (a.consents.size() == paper.parties.size()) a.consents.pop_back();
        a.shares = share_terms{share_terms::how::equal};
        a.dead_band = money::pence(c.between(0, 100'000));
        a.gains = gain_policy::kept;
        proposed.amendments = {a};
        const agreement before = agreement::made_from(paper).value(), after = agreement::made_from(proposed).value();
        REQUIRE(after.rejected().size() == 1);
        const share_inputs in = random_inputs(c, paper);
        const statement x = statement_of(before, in).value(), y = statement_of(after, in).value();
        REQUIRE(column(x, &statement_line::final) == column(y, &statement_line::final));
        REQUIRE(x.version == y.version);
    }
}
