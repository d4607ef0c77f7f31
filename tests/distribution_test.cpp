#include <riskshare/distribution.hpp>

#include "support/figures.hpp"
#include "support/random_events.hpp"

#include <doctest/doctest.h>

using namespace riskshare;
using test::millions;
using test::random_events;

namespace {

/// Every one of the 2^n outcomes, its probability multiplied out: numerators over 100^n, which 128 bits hold to n = 18.
struct outcomes {
    explicit outcomes(const std::vector<chance_event>& of) : events(of) { add(0, 0, 1); }

    void add(std::size_t i, std::int64_t thousands, detail::wide_integer weight) {
        if (i == events.size()) {
            numerators[thousands] += weight;
            return;
        }
        const auto percent = static_cast<unsigned>((events[i].likelihood * ratio(100)).numerator());
        const std::int64_t steps = rounded(events[i].amount, rounding::toward_zero).pence() / 100'000;
        add(i + 1, thousands, weight * (100 - percent));
        add(i + 1, thousands + steps, weight * percent);
    }
    chance probability(detail::wide_integer weight) const {
        detail::big_integer n = static_cast<std::uint64_t>(weight >> 64);
        n = (n << 64) + static_cast<std::uint64_t>(weight);
        return chance(n, detail::power_of_ten(2 * static_cast<int>(events.size())));
    }

    const std::vector<chance_event>& events;
    std::map<std::int64_t, detail::wide_integer> numerators;
};

chance all_of(const distribution& d) { return d.of_at_most(d.highest()); }

} // namespace

TEST_CASE("distribution: two risks of 1 and 2 at a half each make four equally likely totals") {
    const std::vector<chance_event> events{{millions("1"), ratio(1, 2)}, {millions("2"), ratio(1, 2)}};
    const distribution d(events, one(unit::millions));
    CHECK(d.points() == 4);
    for (const char* total : {"0", "1", "2", "3"}) CHECK(d.of_exactly(millions(total)) == chance(1, 4));
    CHECK(d.of_exactly(millions("0.5")) == 0);
    CHECK(d.of_at_most(millions("1.5")) == chance(1, 2));
    CHECK(d.of_at_most(millions("-0.1")) == 0);
    CHECK(d.quantile(ratio(1, 2)) == millions("1"));
    CHECK(d.quantile(ratio(51, 100)) == millions("2"));
    CHECK(d.quantile(ratio(1)) == millions("3"));
}

TEST_CASE("distribution: a mitigation is a negative cost") {
    const std::vector<chance_event> events{{millions("3"), ratio(1, 10)}, {millions("-2"), ratio(9, 10)}};
    const distribution d(events, one(unit::millions));
    CHECK(d.lowest() == millions("-2"));
    CHECK(d.highest() == millions("3"));
    CHECK(d.of_exactly(millions("-2")) == chance(81, 100));
    CHECK(d.of_exactly(millions("1")) == chance(9, 100));
    CHECK(d.of_at_most(millions("0")) == chance(90, 100));
}

TEST_CASE("distribution: nothing at all is certainly zero, a certain event certainly happens") {
    CHECK(distribution({}, one(unit::pounds)).of_exactly(exact()) == 1);
    const std::vector<chance_event> events{
        {millions("5"), ratio(1)}, {millions("7"), ratio(0)}, {exact(), ratio(1, 2)}};
    const distribution d(events, one(unit::millions));
    CHECK(d.of_exactly(millions("5")) == 1);
    CHECK(d.mean() == millions("5"));
}

TEST_CASE("distribution: agrees with every outcome counted out, up to sixteen items") {
    for (std::size_t n = 0; n <= 16; n += n < 12 ? 1 : 2) {
        const std::vector<chance_event> events = random_events(n, 20, 1000 + n);
        const distribution d(events, one(unit::thousands));
        const outcomes expected(events);
        chance running = 0;
        bool same = true;
        for (const auto& entry : expected.numerators) {
            const exact total(money::thousands(entry.first));
            const chance probability = expected.probability(entry.second);
            running += probability;
            same = same && d.of_exactly(total) == probability && d.of_at_most(total) == running;
        }
        CHECK_MESSAGE(same, n << " items");
        CHECK(all_of(d) == 1);
    }
}

TEST_CASE("distribution: adds up to exactly one, with the mean of its items, for two hundred of them") {
    const std::vector<chance_event> events = random_events(200, 20, 7);
    const distribution d(events, one(unit::thousands));
    exact expected;
    for (const chance_event& e : events) expected += e.amount * e.likelihood;
    CHECK(all_of(d) == 1);
    CHECK(d.mean() == expected);
}

TEST_CASE("distribution: 200 items of £127m in all on a £1,000 grid are exact as well") {
    const std::vector<chance_event> events = random_events(200, 1271, 7);
    const distribution d(events, one(unit::thousands));
    exact expected;
    for (const chance_event& e : events) expected += e.amount * e.likelihood;
    CHECK(d.points() > 100'000);
    CHECK(all_of(d) == 1);
    CHECK(d.mean() == expected);
    const exact median = d.quantile(ratio(1, 2));
    CHECK(d.of_at_most(median) >= chance(1, 2));
    CHECK(d.of_at_most(median) - d.of_exactly(median) < chance(1, 2));
}

TEST_CASE("distribution: a level that is met to the last of many bits is met, and one just beyond it is not") {
    // 40 fair coins: the chance of at most 19 of them is (2^40 − C(40, 20)) / 2^41, C(40, 20) = 137,846,528,820.
    const std::vector<chance_event> coins(40, {millions("1"), ratio(1, 2)});
    const distribution d(coins, one(unit::millions));
    const std::int64_t ways = ((std::int64_t{1} << 40) - 137'846'528'820) / 2, all = std::int64_t{1} << 40;
    CHECK(d.of_at_most(millions("19")) == chance(ways, all));
    CHECK(d.quantile(ratio(ways, all)) == millions("19"));
    CHECK(d.quantile(ratio(ways + 1, all)) == millions("20"));
    // Likelihoods of 62 bits: the tables are wider than their leading words.
    const std::int64_t large = (std::int64_t{1} << 61) - 1;
    const std::vector<chance_event> rare(6, {millions("1"), ratio(1, large)});
    const distribution r(rare, one(unit::millions));
    CHECK(r.quantile(ratio(large - 7, large)) == millions("0"));
    CHECK(r.quantile(ratio(large - 5, large)) == millions("1"));
    CHECK(all_of(r) == 1);
}

TEST_CASE("distribution: a quantile is reached, and the total before it is not enough") {
    const std::vector<chance_event> events = random_events(60, 30, 11);
    const distribution d(events, one(unit::thousands));
    for (std::int64_t percent : {1, 10, 50, 90, 99}) {
        const exact q = d.quantile(ratio(percent, 100));
        CHECK(d.of_at_most(q) >= chance(percent, 100));
        CHECK(d.of_at_most(q - test::thousands("1")) < chance(percent, 100));
    }
}

TEST_CASE("distribution: twenty thousand seeded draws come out near it") {
    const std::vector<chance_event> events = random_events(120, 40, 13);
    const distribution d(events, one(unit::thousands));
    test::total_drawer draw(events, 17);
    const int draws = 20'000;
    std::vector<std::int64_t> thousands_drawn;
    for (int i = 0; i < draws; ++i) thousands_drawn.push_back(draw());
    std::sort(thousands_drawn.begin(), thousands_drawn.end());
    for (std::int64_t percent : {10, 50, 90}) {
        const exact q = d.quantile(ratio(percent, 100));
        const std::int64_t at = rounded(q, rounding::toward_zero).pence() / 100'000;
        const auto below = std::upper_bound(thousands_drawn.begin(), thousands_drawn.end(), at);
        const std::int64_t counted = below - thousands_drawn.begin();
        const decimal exactly = to_percentage(d.of_at_most(q), 3, rounding::half_even);
        const std::int64_t expected = exactly.coefficient() * draws / 100'000;
        // Four standard deviations of a count with p(1 − p) ≤ 1/4.
        CHECK(std::abs(counted - expected) <= 4 * 71);
    }
}

TEST_CASE("distribution: amounts off the grid, likelihoods beyond one and huge tables are refused") {
    const money thousand = one(unit::thousands);
    const std::vector<chance_event> off{{exact(money::pounds(1500)), ratio(1, 2)}};
    CHECK_THROWS_WITH_AS(distribution(off, thousand),
                         "distribution: an amount of 1500.00 is not on the grid of 1000.00", precondition_violated);
    const std::vector<chance_event> sure{{millions("1"), ratio(11, 10)}};
    CHECK_THROWS_AS(distribution(sure, thousand), precondition_violated);
    const std::vector<chance_event> huge{{millions("100000000"), ratio(1, 2)}};
    CHECK_THROWS_AS(distribution(huge, thousand), precondition_violated);
    CHECK_THROWS_AS(distribution(sure, money()), precondition_violated);
}

TEST_CASE("distribution: the common grid moves nothing, a coarser one says by how much") {
    const std::vector<chance_event> events{{millions("31.2"), ratio(3, 5)}, {millions("-14.8"), ratio(1, 2)}};
    CHECK(common_grid(events) == money::pounds(400'000));
    const std::vector<placed_event> placed = placed_on_grid(events, one(unit::millions), rounding::half_even);
    CHECK(placed[0].event.amount == millions("31"));
    CHECK(placed[0].moved == millions("-0.2"));
    CHECK(placed[1].moved == millions("-0.2"));
    CHECK(common_grid({}) == money());
}

TEST_CASE("distribution: totals beyond 2^32 steps keep their size, whatever a machine counts a table's rows in") {
    // £50m for certain on a grid of a penny is 5,000,000,000 steps; a penny more comes in half of the cases.
    const std::vector<chance_event> events{{exact(money::pence(5'000'000'000)), ratio(1)},
                                           {exact(money::pence(1)), ratio(1, 2)}};
    const distribution d(events, money::pence(1));
    CHECK(d.points() == 5'000'000'002u);
    CHECK(d.quantile(ratio(1, 2)) == exact(money::pence(5'000'000'000)));
    CHECK(d.quantile(ratio(9, 10)) == exact(money::pence(5'000'000'001)));
}
