#include <riskshare/money.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

using namespace riskshare;

namespace {
constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
} // namespace

TEST_CASE("money: adding past the largest amount throws instead of wrapping") {
    CHECK_THROWS_AS(money::pence(most) + money::pence(1), overflow);
    CHECK_THROWS_AS(money::pence(least) + money::pence(-1), overflow);
    CHECK((money::pence(most) + money::pence(0)).pence() == most);
}

TEST_CASE("money: every operation that would leave the range throws, and leaves the amount as it was") {
    CHECK_THROWS_AS(money::pence(least) - money::pence(1), overflow);
    CHECK_THROWS_AS(-money::pence(least), overflow);
    CHECK_THROWS_AS(abs(money::pence(least)), overflow);
    CHECK_THROWS_AS(money::pence(most) * 2, overflow);
    CHECK_THROWS_AS(2 * money::pence(least), overflow);
    CHECK_THROWS_AS(money::pounds(most / 100 + 1), overflow);
    CHECK_THROWS_AS(money::thousands(most / 1000), overflow);
    money m = money::pence(most);
    CHECK_THROWS_AS(m += money::pence(1), overflow);
    CHECK(m.pence() == most);
}

TEST_CASE("money: S20: the two years of the IAPT variation cast to 2,966,153 pounds") {
    CHECK(money::pounds(791'832) + money::pounds(2'174'321) == money::pounds(2'966'153));
}

TEST_CASE("money: prints pounds and pence, the extremes too") {
    CHECK(to_string(money::pence(836225000)) == "8362250.00");
    CHECK(to_string(money::pence(-5)) == "-0.05");
    CHECK(to_string(money()) == "0.00");
    CHECK(to_string(money::pence(least)) == "-92233720368547758.08");
}

TEST_CASE("money: rounds to a step by the rule that the caller names") {
    struct row {
        std::int64_t pence;
        rounding rule;
        std::int64_t thousands;
    };
    using enum rounding;
    const row rows[] = {
        {836'250'00, half_away_from_zero, 836},
        {836'500'00, half_away_from_zero, 837},
        {-836'500'00, half_away_from_zero, -837},
        {836'500'00, half_even, 836},
        {837'500'00, half_even, 838},
        {-836'500'00, half_even, -836},
        {836'999'99, toward_zero, 836},
        {-836'999'99, toward_zero, -836},
        {836'000'01, away_from_zero, 837},
        {-836'000'01, away_from_zero, -837},
        {-836'000'01, down, -837},
        {836'999'99, down, 836},
        {-836'999'99, up, -836},
        {836'000'01, up, 837},
        {836'000'00, away_from_zero, 836},
    };
    for (const row& r : rows) {
        CAPTURE(r.pence);
        CHECK(rounded(money::pence(r.pence), one(unit::thousands), r.rule) == money::thousands(r.thousands));
    }
    CHECK_THROWS_AS(rounded(money::pence(1), money(), half_even), precondition_violated);
    CHECK_THROWS_AS(rounded(money::pence(most), money::pence(1'000'000), up), overflow);
}

TEST_CASE("money: one of each unit") {
    CHECK(one(unit::pounds) == money::pence(100));
    CHECK(one(unit::thousands) == money::pounds(1000));
    CHECK(one(unit::millions) == money::thousands(1000));
    CHECK(one(unit::billions) == money::thousands(1'000'000));
}
