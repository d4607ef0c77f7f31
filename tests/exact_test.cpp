#include <riskshare/exact.hpp>
#include <riskshare/figure.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace riskshare;

TEST_CASE("exact: a decimal in a unit is that many pounds (case U01)") {
    CHECK(exact(decimal(211, -1), unit::millions) == exact(money::thousands(21100)));
    CHECK(exact(decimal(954, -3), unit::millions) == exact(money::thousands(954)));
    CHECK(exact(decimal(-487, -1), unit::millions) == exact(money::thousands(-48700)));
    CHECK(exact(decimal(46300000, 0), unit::pounds) == exact(decimal(463, -1), unit::millions));
}

TEST_CASE("exact: nothing is lost until it is rounded by a named rule") {
    const exact third = exact(money::pounds(100)) / ratio(3);
    CHECK(third * ratio(3) == exact(money::pounds(100)));
    CHECK(rounded(third, rounding::half_even) == money::pence(3333));
    CHECK(rounded(third, rounding::up) == money::pence(3334));
    CHECK(rounded(-third, rounding::up) == money::pence(-3333));
    CHECK(rounded(exact(decimal(836225, -2), unit::thousands), unit::thousands, 0, rounding::half_away_from_zero) ==
          decimal(8362, 0));
    CHECK(rounded(exact(decimal(295835, -1), unit::thousands), money::thousands(1), rounding::half_even) ==
          money::thousands(29584));
    CHECK_THROWS_AS(exact(money::pounds(1)) / ratio(0), precondition_violated);
}

TEST_CASE("exact: leaving the range of money throws instead of saturating") {
    const exact most(money::pence(INT64_MAX));
    CHECK(rounded(most, rounding::half_even).pence() == INT64_MAX);
    CHECK_THROWS_AS(rounded(most + exact(money::pence(1)), rounding::half_even), overflow);
    CHECK_THROWS_AS(rounded(most * ratio(10), unit::pounds, 2, rounding::half_even), overflow);
    CHECK_THROWS_AS(rounded(-most - exact(money::pence(2)), rounding::toward_zero), overflow);
}

TEST_CASE("exact: prints pounds exactly, with more places only where it takes them") {
    CHECK(to_string(exact(money::pounds(8362250))) == "8362250.00");
    CHECK(to_string(exact(decimal(15, -3), unit::pounds)) == "0.015");
    CHECK(to_string(exact(money::pence(-5))) == "-0.05");
    CHECK(to_string(exact(money::pounds(1)) / ratio(3)) == "1/3");
    CHECK(to_string(exact()) == "0.00");
}

TEST_CASE("exact: percentages to so many places (cases S04, S18)") {
    using enum rounding;
    CHECK(to_string(percentage(exact(decimal(295835, -1), unit::thousands), exact(money::thousands(99457)), 2,
                               half_away_from_zero)) == "29.75");
    CHECK(to_string(percentage(exact(money::pounds(5)), exact(decimal(48, -1), unit::pounds), 1,
                               half_away_from_zero)) == "104.2");
    CHECK(to_string(percentage(exact(money::pence(220)), exact(money::pence(190)), 1, half_away_from_zero)) == "115.8");
    CHECK_THROWS_AS(percentage(exact(money::pounds(1)), exact(), 1, half_away_from_zero), precondition_violated);
}

TEST_CASE("exact: rounding agrees with integer arithmetic, 100,000 seeded fractions") {
    std::mt19937_64 random(20190401);
    for (int i = 0; i < 100'000; ++i) {
        const std::int64_t n = static_cast<std::int64_t>(random() % 2'000'000) - 1'000'000;
        const std::int64_t d = static_cast<std::int64_t>(random() % 999) + 1;
        // floor((2n + d) / 2d), the textbook rounding of a positive half upward, mirrored for negatives
        const std::int64_t magnitude = (2 * (n < 0 ? -n : n) + d) / (2 * d);
        REQUIRE(rounded(exact(money::pence(n)) * ratio(1, d), rounding::half_away_from_zero).pence() ==
                (n < 0 ? -magnitude : magnitude));
    }
}

TEST_CASE("figure: knows how precisely it was stated (case U01)") {
    CHECK(figure(decimal(211, -1), unit::millions).step() == exact(money::thousands(100)));
    CHECK(figure(decimal(954, -3), unit::millions).step() == exact(money::thousands(1)));
    const figure hidden(decimal(836225, -2), unit::thousands, {}, 0); // 8,362.25 under #,##0
    CHECK(hidden.shown() == exact(money::thousands(8362)));
    CHECK(hidden.value() == exact(money::pounds(8362250)));
    const figure scaled(decimal(46300000, 0), unit::pounds, {}, -5); // under #,##0.0,, (case U02)
    CHECK(scaled.shown() == exact(money::thousands(46300)));
    CHECK(scaled.step() == exact(money::thousands(100)));
}
