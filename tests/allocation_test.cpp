#include <riskshare/allocation.hpp>

#include "support/share.hpp"

using namespace riskshare;
using support::pence;
using support::thousands;

namespace {

std::vector<ratio> percents(const std::vector<std::int64_t>& values) {
    std::vector<ratio> out;
    for (std::int64_t v : values) out.push_back(ratio::percent(v));
    return out;
}

} // namespace

TEST_CASE("allocation: odd pence go to the largest remainders, ties in order (cases R09, R10, R16)") {
    const std::vector<std::pair<std::int64_t, std::vector<std::int64_t>>> rows = {
        {-1, {-1, 0, 0}},        {1, {1, 0, 0}},     {-2, {-1, 0, -1}},   {-3, {-2, 0, -1}},
        {-100, {-50, -13, -37}}, {99, {49, 13, 37}}, {101, {51, 13, 37}}, {0, {0, 0, 0}}};
    for (const auto& row : rows) {
        CAPTURE(row.first);
        CHECK(allocate(money::pence(row.first), {percents({50, 13, 37})}).parts == pence(row.second));
    }
    const std::vector<ratio> equal(3, ratio(1));
    CHECK(allocate(money::pence(10000), {equal}).parts == pence({3334, 3333, 3333}));
    CHECK(allocate(money::pence(-10000), {equal}).parts == pence({-3334, -3333, -3333}));
    CHECK(allocate(money::pence(20000), {equal}).parts == pence({6667, 6667, 6666}));
    CHECK(allocate(money::pence(1001), {std::vector<ratio>(2, ratio(1))}).parts == pence({501, 500}));
}

TEST_CASE("allocation: what a cap cuts off goes to the others pro rata, and the rest is reported (case R13)") {
    const auto capped = [](std::optional<money> a, std::optional<money> b, std::optional<money> c) {
        return allocate(money::thousands(-10000), {percents({50, 13, 37}), {}, {{{}, a}, {{}, b}, {{}, c}}});
    };
    const money four = money::thousands(4000), half = money::thousands(500), three = money::thousands(3000);
    CHECK(capped(four, {}, {}).parts == thousands({-4000, -1560, -4440}));
    CHECK(capped(four, half, {}).parts == thousands({-4000, -500, -5500}));
    CHECK(capped(four, half, three).parts == thousands({-4000, -500, -3000}));
    CHECK(capped(four, half, three).unallocated == money::thousands(-2500));
    CHECK(capped(four, half, {}).unallocated.is_zero());
}

TEST_CASE("allocation: a collar is filled first and the others bear the rest") {
    const auto collared = [](std::int64_t total, std::int64_t least) {
        return allocate(money::thousands(total), {percents({50, 13, 37}), {}, {{}, {money::thousands(least), {}}, {}}});
    };
    // 87 : 50 and 37 of what LPT's 2,000 leave over.
    CHECK(collared(-10700, 2000).parts == thousands({-5000, -2000, -3700}));
    CHECK(collared(-10000, 1000).parts == thousands({-5000, -1300, -3700}));
    CHECK(collared(-1500, 2000).parts == thousands({0, -1500, 0}));
}

TEST_CASE("allocation: tiers divide each slice by its own weights (case R15)") {
    const allocation_rule rule{std::vector<ratio>{ratio(1, 2), ratio(1, 2)},
                               {{money::thousands(1000), {ratio(1), ratio(0)}},
                                {money::thousands(3000), {ratio(1, 2), ratio(1, 2)}},
                                {std::nullopt, {ratio(1, 5), ratio(4, 5)}}}};
    CHECK(allocate(money::thousands(-5000), rule).parts == thousands({-2400, -2600}));
    CHECK(allocate(money::thousands(-900), rule).parts == thousands({-900, 0}));
    CHECK(allocate(money::thousands(2000), rule).parts == thousands({1500, 500}));
}

TEST_CASE("allocation: a zero weight gets nothing, not even an odd penny") {
    CHECK(allocate(money::pence(-7), {std::vector<ratio>{ratio(0), ratio(1), ratio(1)}}).parts == pence({0, -4, -3}));
}

TEST_CASE("allocation: senseless weights, bounds and steps throw") {
    CHECK_THROWS_AS(allocate(money::pence(1), {std::vector<ratio>{ratio(0), ratio(0)}}), precondition_violated);
    CHECK_THROWS_AS(allocate(money::pence(1), {std::vector<ratio>{ratio(-1), ratio(2)}}), precondition_violated);
    CHECK_THROWS_AS(allocate(money::pence(1), {std::vector<ratio>{ratio(1)}, {}, {}, money::pence(2)}),
                    precondition_violated);
    CHECK_THROWS_AS(allocate(money::pence(4), {std::vector<ratio>{ratio(1)}, {}, {{money::pence(3), money::pence(2)}}}),
                    precondition_violated);
}
