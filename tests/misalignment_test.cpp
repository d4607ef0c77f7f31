#include <riskshare/misalignment.hpp>

#include "support/figures.hpp"

#include <doctest/doctest.h>

using namespace riskshare;
using test::thousands;

TEST_CASE("misalignment: A01: 12,070 booked by one side and 9,000 by the other are 3,070 apart, above the threshold") {
    const std::vector<intra_system_trade> trades{{"UHL", "LPT", thousands("12070"), thousands("9000")}};
    CHECK(trades[0].mismatch() == thousands("3070"));
    CHECK(misalignment_line(trades) == thousands("-3070"));
    const balance_threshold month_12{thousands("3000"), "agreement of balances 2021/22, month 12"};
    const std::vector<finding> findings = review(trades, month_12);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].severity == severity::error);
    CHECK(findings[0].message ==
          "UHL books income of 12070000.00 pounds from LPT, LPT books expenditure of 9000000.00 to UHL: 3070000.00 "
          "apart, above the threshold of 3000000.00 (agreement of balances 2021/22, month 12)");
    CHECK(review(trades, {thousands("3070"), "a wider one"}).front().severity == severity::warning);
}

TEST_CASE("misalignment: trades that agree are silent, and mismatches of both signs net in the line only") {
    const std::vector<intra_system_trade> trades{{"UHL", "LPT", thousands("5"), thousands("5")},
                                                 {"UHL", "ICB", thousands("7"), thousands("9")},
                                                 {"LPT", "ICB", thousands("9"), thousands("7")}};
    CHECK(misalignment_line(trades) == exact());
    CHECK(review(trades, {thousands("1"), "t"}).size() == 2);
}
