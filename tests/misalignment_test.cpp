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
          "UHL books income of £12,070,000 from LPT, LPT books expenditure of £9,000,000 to UHL: "
          "£3,070,000 apart, above the threshold of £3,000,000 (agreement of balances 2021/22, month 12)");
    CHECK(review(trades, {thousands("3070"), "a wider one"}).front().severity == severity::warning);
}

TEST_CASE("misalignment: trades that agree are silent, and mismatches of both signs net in the line only") {
    const std::vector<intra_system_trade> trades{{"UHL", "LPT", thousands("5"), thousands("5")},
                                                 {"UHL", "ICB", thousands("7"), thousands("9")},
                                                 {"LPT", "ICB", thousands("9"), thousands("7")}};
    CHECK(misalignment_line(trades) == exact());
    CHECK(review(trades, {thousands("1"), "t"}).size() == 2);
}

namespace {

booked_balance booked(const char* by, const char* with, booked_balance::side as, const char* what,
                      const char* thousands) {
    return {by, with, as, what, figure(parse_decimal(thousands).value(), unit::thousands)};
}

} // namespace

TEST_CASE("misalignment: every line of two partners' schedules is in exactly one trade (case A01)") {
    using side = booked_balance::side;
    const std::vector<intra_system_trade> trades = paired({
        booked("UHL", "LPT", side::income, "Estates", "12070"),
        booked("UHL", "LPT", side::income, "Catering", "300"),
        booked("UHL", "LPT", side::receivable, "", "45"),
        booked("UHL", "LPT", side::income, "Parking", "7"),
        booked("LPT", "UHL", side::expenditure, "estates ", "9000"),
        booked("LPT", "UHL", side::expenditure, "Food", "300"),
        booked("LPT", "UHL", side::payable, "", "45"),
        booked("LPT", "UHL", side::income, "Beds", "500"),
    });
    REQUIRE(trades.size() == 5);
    CHECK(misalignment_line(trades) == thousands("-3577")); // 3,070, 7 and 500 of income beyond the expenditure
    std::size_t agree = 0, alone = 0;
    for (const intra_system_trade& t : trades) {
        agree += t.agrees();
        alone += t.income.is_zero() || t.expenditure.is_zero();
    }
    CHECK(agree == 2); // catering is what the other calls food; receivable and payable
    CHECK(alone == 2); // parking, beds
    const std::vector<finding> findings = review(trades, {thousands("3000"), "month 12"});
    REQUIRE(findings.size() == 3);
    CHECK(findings[0].difference == thousands("500") - thousands("0"));
}

TEST_CASE("misalignment: half a step on each side is rounding, a pound more is not") {
    using side = booked_balance::side;
    const auto apart = [](const char* sold, const char* bought) {
        return paired(
            {booked("UHL", "LPT", side::income, "", sold), booked("LPT", "UHL", side::expenditure, "", bought)});
    };
    CHECK(apart("12", "11").front().agrees()); // 11.5 is both
    CHECK_FALSE(apart("12", "10").front().agrees());
    CHECK_FALSE(apart("12.0", "11.8").front().agrees());
    CHECK(apart("12.0", "11.9").front().agrees());
}
