#include <riskshare/efficiency.hpp>

#include "support/figures.hpp"

#include <doctest/doctest.h>

using namespace riskshare;
using test::in_millions;
using test::millions;

TEST_CASE("efficiency: S16: 69.7 forecast against 70.7 planned is 1.0 short and 98.6% delivered") {
    // Board paper F1 of August 2022.
    const plan_and_actual f{in_millions("70.7"), in_millions("69.7"), std::nullopt};
    CHECK(variance(f) == millions("-1"));
    CHECK(to_string(*delivery_percentage(f, 1, rounding::half_away_from_zero)) == "98.6");
    CHECK(!delivery_percentage({std::nullopt, in_millions("1"), std::nullopt}, 1, rounding::half_even));
    CHECK(!delivery_percentage({in_millions("0"), in_millions("1"), std::nullopt}, 1, rounding::half_even));
}

TEST_CASE("efficiency: S16: cash-releasing 39.9 and gap closure 25 leave 5.8 of 70.7 without a name") {
    const std::vector<exact> cash{millions("21.1"), millions("5.6"), millions("13.2")};
    CHECK(composed(millions("70.7"), cash).named == millions("39.9"));
    std::vector<exact> all = cash;
    for (const char* gap : {"10", "10", "5"}) all.push_back(millions(gap));
    CHECK(composed(millions("70.7"), all).named - composed(millions("70.7"), cash).named == millions("25"));
    CHECK(composed(millions("70.7"), all).without_name() == millions("5.8"));
}

TEST_CASE("efficiency: S18: delivery of a month, to date and as a part of the year") {
    // Trust dashboard of June 2019: 4.8 planned and 5.0 delivered to date, 1.9 and 2.2 in the month; 26.644 in the
    // year.
    const auto percent = [](const char* actual, const char* plan) {
        return to_string(*delivery_percentage({in_millions(plan), in_millions(actual), std::nullopt}, 1,
                                              rounding::half_away_from_zero));
    };
    CHECK(percent("5.0", "4.8") == "104.2");
    CHECK(percent("2.2", "1.9") == "115.8");
    CHECK(percent("5.0", "26.644") == "18.8");
}

TEST_CASE("efficiency: totals and variances that do not follow are found") {
    std::vector<efficiency_line> lines{{"UHL", {in_millions("40.0"), in_millions("39.0"), in_millions("1.0")}},
                                       {"LPT", {in_millions("30.7"), in_millions("30.7"), in_millions("0.0")}},
                                       {"System", {in_millions("71.7"), in_millions("69.7"), std::nullopt}, true}};
    const std::vector<finding> findings = review(lines);
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].rule == "efficiency.variance");
    CHECK(findings[1].rule == "efficiency.total");
    CHECK(findings[1].difference == millions("1"));
}
