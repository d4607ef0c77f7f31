#include <riskshare/ratio.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <random>

using namespace riskshare;

TEST_CASE("ratio: is held in lowest terms with a positive denominator") {
    CHECK(ratio(50, 100) == ratio(1, 2));
    CHECK(ratio(1, -2) == ratio(-1, 2));
    CHECK(ratio(0, 7) == ratio(0));
    CHECK_THROWS_AS(ratio(1, 0), precondition_violated);
}

TEST_CASE("ratio: computes exactly") {
    CHECK(ratio(1, 3) + ratio(1, 6) == ratio(1, 2));
    CHECK(ratio(1, 2) - ratio(2, 3) == ratio(-1, 6));
    CHECK(ratio(2, 3) * ratio(3, 4) == ratio(1, 2));
    CHECK(ratio(1, 2) / ratio(1, 4) == ratio(2));
    CHECK_THROWS_AS(ratio(1) / ratio(0), precondition_violated);
}

TEST_CASE("ratio: leaving 64 bits throws instead of wrapping") {
    const std::int64_t most = std::numeric_limits<std::int64_t>::max();
    CHECK_THROWS_AS(ratio(most) + ratio(1), overflow);
    CHECK_THROWS_AS(ratio(most) * ratio(2), overflow);
    CHECK_THROWS_AS(ratio(1, most) + ratio(1, most - 1), overflow);
    CHECK_THROWS_AS(-ratio(std::numeric_limits<std::int64_t>::min()), overflow);
    CHECK_THROWS_AS(ratio(std::numeric_limits<std::int64_t>::min(), -1), overflow);
}

TEST_CASE("ratio: compares without leaving 64 bits") {
    const std::int64_t most = std::numeric_limits<std::int64_t>::max();
    CHECK(ratio(most - 1, most) < ratio(1));
    CHECK(ratio(most, most - 1) > ratio(1));
    CHECK(ratio(-1, 3) < ratio(1, 7));
    CHECK(ratio(2, 3) > ratio(1, 2));
    CHECK(ratio(-2, 3) < ratio(-1, 2));
}

TEST_CASE("ratio: comparison agrees with cross-multiplication, 100,000 seeded pairs") {
    std::mt19937 random(20220701);
    std::uniform_int_distribution<std::int64_t> numerator(-1000, 1000), denominator(1, 1000);
    for (int i = 0; i < 100'000; ++i) {
        const std::int64_t a = numerator(random), b = denominator(random), c = numerator(random),
                           d = denominator(random);
        REQUIRE((ratio(a, b) < ratio(c, d)) == (a * d < c * b));
        REQUIRE((ratio(a, b) == ratio(c, d)) == (a * d == c * b));
    }
}

TEST_CASE("ratio: reads decimals, fractions and percentages, and refuses the rest") {
    CHECK(parse_ratio("0.25").value() == ratio(1, 4));
    CHECK(parse_ratio("1/3").value() == ratio(1, 3));
    CHECK(parse_ratio("25%").value() == ratio(1, 4));
    CHECK(parse_ratio(" 12.5 % ").value() == ratio(1, 8));
    for (const char* bad : {"", "half", "1/0", "1/-3", "1//3", "0,25", "25%%", "1e2", "1/2.5"}) {
        CAPTURE(bad);
        CHECK(parse_ratio(bad).why().rule == "ratio.malformed");
    }
}

TEST_CASE("ratio: prints a decimal where it ends and a fraction where it does not") {
    CHECK(to_string(ratio(1, 4)) == "0.25");
    CHECK(to_string(ratio(1, 3)) == "1/3");
    CHECK(to_string(ratio(-3, 2)) == "-1.5");
    CHECK(to_percent(ratio(1, 8)) == "12.5%");
    CHECK(to_percent(ratio(1, 3)) == "1/3");
    CHECK(to_percent(ratio(92'233'720'368'547'758)) == "9223372036854775800%");
    CHECK(to_percent(ratio(92'233'720'368'547'759)) == "92233720368547759"); // a hundred times that is beyond 64 bits
    CHECK(to_percent(ratio(INT64_MAX, 100)) == "9223372036854775807%");
}
