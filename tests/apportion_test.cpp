#include <riskshare/apportion.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace riskshare;

namespace {

const std::vector<ratio> agreed{ratio::percent(50), ratio::percent(13), ratio::percent(37)};

std::vector<std::int64_t> pence(std::int64_t total, const std::vector<ratio>& weights) {
    std::vector<std::int64_t> out;
    for (money m : apportion(money::pence(total), weights, money::pence(1))) out.push_back(m.pence());
    return out;
}

using parts = std::vector<std::int64_t>;

} // namespace

TEST_CASE("apportion: penny remainders at 50/13/37 (case R09)") {
    CHECK(pence(-1, agreed) == parts{-1, 0, 0});
    CHECK(pence(1, agreed) == parts{1, 0, 0});
    CHECK(pence(-2, agreed) == parts{-1, 0, -1});
    CHECK(pence(-3, agreed) == parts{-2, 0, -1});
    CHECK(pence(-100, agreed) == parts{-50, -13, -37});
    CHECK(pence(99, agreed) == parts{49, 13, 37});
    CHECK(pence(101, agreed) == parts{51, 13, 37});
    CHECK(pence(0, agreed) == parts{0, 0, 0});
}

TEST_CASE("apportion: ties go in the order given (cases R10, R16)") {
    const std::vector<ratio> thirds{1, 1, 1}, halves{1, 1};
    CHECK(pence(10000, thirds) == parts{3334, 3333, 3333});
    CHECK(pence(-10000, thirds) == parts{-3334, -3333, -3333});
    CHECK(pence(20000, thirds) == parts{6667, 6667, 6666});
    CHECK(pence(1001, halves) == parts{501, 500});
}

TEST_CASE("apportion: a larger total may give one party less, and that is not an error (case R20)") {
    const std::vector<ratio> weights{6, 6, 2};
    CHECK(pence(3, weights) == parts{1, 1, 1});
    CHECK(pence(4, weights) == parts{2, 2, 0});
}

TEST_CASE("apportion: broken preconditions throw (case R12)") {
    const std::vector<ratio> zero{0, 0, 0}, negative{50, -13, 63}, none;
    CHECK_THROWS_AS(pence(1, zero), precondition_violated);
    CHECK_THROWS_AS(pence(1, negative), precondition_violated);
    CHECK_THROWS_AS(pence(1, none), precondition_violated);
    CHECK_THROWS_AS(apportion(money::pence(150), agreed, money::pounds(1)), precondition_violated);
    CHECK_THROWS_AS(apportion(money::pence(150), agreed, money()), precondition_violated);
}

TEST_CASE("apportion: rounding that preserves a sum reproduces the published 15.26 (case S08)") {
    std::vector<exact> risks;
    for (std::int64_t k : {3062, 954, 0, 5980, 5264}) risks.emplace_back(money::thousands(k));
    const std::vector<money> printed = apportion(money::thousands(15260), risks, money::thousands(10));
    CHECK(printed == std::vector<money>{money::thousands(3060), money::thousands(960), money(), money::thousands(5980),
                                        money::thousands(5260)});
}

TEST_CASE(
    "apportion: adds up, stays within a step of exact, is odd, and gives nothing to zero weights; 100,000 seeded") {
    std::mt19937_64 random(20220701);
    for (int trial = 0; trial < 100'000; ++trial) {
        std::vector<ratio> weights;
        std::int64_t sum = 0;
        for (std::size_t n = random() % 5 + 1; n > 0; --n) {
            const std::int64_t w = static_cast<std::int64_t>(random() % 8 == 0 ? 0 : random() % 1'000'000);
            weights.emplace_back(w);
            sum += w;
        }
        if (sum == 0) continue;
        const std::int64_t total = static_cast<std::int64_t>(random() % 2'000'000'000) - 1'000'000'000;
        const parts p = pence(total, weights), mirrored = pence(-total, weights);
        std::int64_t added = 0;
        for (std::size_t i = 0; i < p.size(); ++i) {
            added += p[i];
            REQUIRE(mirrored[i] == -p[i]);
            const std::int64_t w = weights[i].numerator();
            if (w == 0) REQUIRE(p[i] == 0);
            // |part·Σw − total·w| < Σw, all within 64 bits: 10^9 · 5·10^6
            const std::int64_t off = p[i] * sum - total * w;
            REQUIRE((off < 0 ? -off : off) < sum);
        }
        REQUIRE(added == total);
    }
}

TEST_CASE("apportion: the scale of the weights does not matter, nor their denominators") {
    std::mt19937_64 random(13);
    for (int trial = 0; trial < 2'000; ++trial) {
        const std::int64_t total = static_cast<std::int64_t>(random() % 1'000'001);
        const std::vector<ratio> scaled{ratio(50, 7), ratio(13, 7), ratio(37, 7)};
        REQUIRE(pence(total, scaled) == pence(total, agreed));
    }
}

TEST_CASE("apportion: the largest amount is split without overflow") {
    const parts p = pence(INT64_MAX, agreed);
    CHECK(p[0] == INT64_MAX / 2); // remainders .50, .91 and .59: the two pence left over go to the others
    CHECK(p[0] + p[1] + p[2] == INT64_MAX);
}
