#include <riskshare/bounded_distribution.hpp>

#include "support/figures.hpp"
#include "support/random_events.hpp"

#include <doctest/doctest.h>

using namespace riskshare;
using test::millions;
using test::random_events;

TEST_CASE("bounded distribution: the exact chance lies within its interval, at every total") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const std::vector<chance_event> events = random_events(5 * seed, 50, seed);
        const distribution exactly(events, one(unit::thousands));
        const bounded_distribution bounded(events, one(unit::thousands));
        REQUIRE(bounded.points() == exactly.points());
        REQUIRE(bounded.lowest() == exactly.lowest());
        bool within = true;
        for (std::int64_t step = 0; step < static_cast<std::int64_t>(exactly.points()); step += 7) {
            const exact total = exactly.lowest() + test::thousands("1") * ratio(step);
            const chance truth = exactly.of_at_most(total);
            const bounded_distribution::interval i = bounded.of_at_most(total);
            within = within && i.low <= truth && truth <= i.high && i.high - i.low <= bounded.error_bound();
        }
        CHECK_MESSAGE(within, "seed " << seed);
        CHECK(bounded.sum() == 1);
        for (std::int64_t percent : {10, 50, 90}) {
            const bounded_distribution::amounts q = bounded.quantile(ratio(percent, 100));
            const exact truth = exactly.quantile(ratio(percent, 100));
            CHECK(q.low <= truth);
            CHECK(truth <= q.high);
        }
    }
}

TEST_CASE("bounded distribution: 200 items over £120m on a £1,000 grid are certain to eleven places") {
    const std::vector<chance_event> events = random_events(200, 1271, 3);
    const bounded_distribution d(events, one(unit::thousands));
    CHECK(d.points() > 100'000);
    CHECK(d.sum() == 1);
    CHECK(d.error_bound() > 0);
    CHECK(d.error_bound() < chance(1, 100'000'000'000));
    const bounded_distribution::amounts median = d.quantile(ratio(1, 2));
    CHECK(median.low == median.high);
}

TEST_CASE("bounded distribution: certain events shift everything, and cost no accuracy") {
    const std::vector<chance_event> events{
        {millions("2"), ratio(1, 2)}, {millions("3"), ratio(1)}, {millions("-1"), ratio(1)}};
    const bounded_distribution d(events, one(unit::millions));
    CHECK(d.of_at_most(millions("2")).high == chance(1, 2));
    CHECK(d.of_at_most(millions("1")).high == 0);
    CHECK(d.of_at_most(millions("4")).low == 1);
    CHECK(d.quantile(ratio(1)).high == millions("4"));
}
