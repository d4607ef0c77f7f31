#include <riskshare/risk_score.hpp>

#include <doctest/doctest.h>

using namespace riskshare;

TEST_CASE("risk score: likelihood times impact, on the grid only") {
    CHECK(risk_score::of(4, 5)->value() == 20);
    CHECK((risk_score::of(4, 5).value() <=> risk_score::of(5, 4).value()) == 0);
    CHECK(*risk_score::of(4, 5) != *risk_score::of(5, 4));
    CHECK(*risk_score::of(4, 4) < *risk_score::of(4, 5));
    CHECK(risk_score::of(0, 3).why().rule == "risk_score.out_of_range");
    CHECK(risk_score::of(3, 6).why().rule == "risk_score.out_of_range");
}

TEST_CASE("risk score: the scores that the finance committee quotes are possible, others are not") {
    for (int quoted : {16, 20, 12}) CHECK(is_possible_score(quoted));
    for (int impossible : {0, 7, 11, 14, 17, 26, -4}) CHECK_FALSE(is_possible_score(impossible));
    int possible = 0;
    for (int s = 1; s <= 25; ++s) possible += is_possible_score(s) ? 1 : 0;
    CHECK(possible == 14); // 1 2 3 4 5 6 8 9 10 12 15 16 20 25
}

TEST_CASE("risk score: the band is the highest that the score reaches") {
    const std::vector<score_band> bands{{"high", 15}, {"moderate", 8}, {"low", 1}};
    CHECK(band_of(16, bands) == "high");
    CHECK(band_of(15, bands) == "high");
    CHECK(band_of(12, bands) == "moderate");
    CHECK(band_of(0, bands).empty());
}
