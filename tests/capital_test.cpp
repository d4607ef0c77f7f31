#include <riskshare/capital.hpp>

#include "support/figures.hpp"

#include <doctest/doctest.h>

using namespace riskshare;
using test::in_millions;
using test::millions;

TEST_CASE("capital: S19: 13% spent with a quarter of the year gone is twelve points behind") {
    // Finance committee of July 2022.
    capital_position c;
    c.printed_spent = ratio::percent(13);
    c.printed_expired = ratio::percent(25);
    const std::optional<spending_pace> p = c.pace_at(month(3));
    REQUIRE(p.has_value());
    CHECK(p->gap_in_points() == ratio(-12));
    CHECK(p->pace(ratio(5)) == pace::behind);
    CHECK(p->pace(ratio(12)) == pace::on_pace);
    CHECK(review(c, month(3)).empty());
}

TEST_CASE("capital: a stated share of the year that is not the month's is an error with its cell") {
    capital_position c;
    c.printed_expired = ratio::percent(25);
    c.at_expired = provenance("m4.xlsx", "Capital", 6, 2);
    const std::vector<finding> findings = review(c, month(4));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].rule == "capital.time");
    CHECK(to_string(findings[0].at[0]) == "m4.xlsx 'Capital'!B6");
}

TEST_CASE("capital: amounts count before stated shares, and a forecast over the limit is a warning") {
    capital_position c;
    c.limit = in_millions("58.8");
    c.spent = in_millions("14.7");
    c.forecast = in_millions("60.0");
    c.printed_spent = ratio::percent(13);
    CHECK(c.pace_at(month(3))->spent == ratio(1, 4));
    const std::vector<finding> findings = review(c, month(3));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].rule == "capital.over_limit");
    CHECK(findings[0].difference == millions("1.2"));
}

TEST_CASE("capital: nothing stated gives no pace") { CHECK(!capital_position{}.pace_at(std::nullopt)); }

TEST_CASE("agency: spending is set against the part of the cap that has run") {
    // The system's cap of £43m (finance committee, July 2022); 12.0 spent by month 3 is an example.
    const agency_position a{millions("12"), month(3), {millions("43"), "finance committee, July 2022"}};
    CHECK(a.cap_to_date() == millions("10.75"));
    CHECK(a.headroom() == millions("-1.25"));
    CHECK(a.straight_line_forecast() == millions("48"));
    CHECK(a.forecast_headroom() == millions("-5"));
}

TEST_CASE("agency: a cap ten percent below a base, and a share of the pay bill") {
    CHECK(cap_below(millions("50"), ratio::percent(10), "example").amount == millions("45"));
    CHECK(to_string(agency_percentage(millions("43"), millions("860"), 1, rounding::half_even)) == "5.0");
    CHECK_THROWS_AS((void)agency_percentage(millions("1"), exact(), 1, rounding::half_even), precondition_violated);
}
