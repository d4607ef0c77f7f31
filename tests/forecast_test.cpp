#include <riskshare/forecast.hpp>

#include "support/figures.hpp"

#include <doctest/doctest.h>

using namespace riskshare;
using test::thousands;

TEST_CASE(
    "forecast: F01: 2,110 after three months, 3,000 of it one-offs, is 8,440 by straight line and -3,560 underlying") {
    const run_rate r = run_rate_of({thousands("2110"), thousands("3000")}, month(3));
    CHECK(r.straight_line == thousands("8440"));
    CHECK(r.underlying_to_date == thousands("-890"));
    CHECK(r.underlying == thousands("-3560"));
    CHECK(r.one_offs_once == thousands("-560"));
}

TEST_CASE("forecast: a third of a pound a month is not lost in a straight line") {
    CHECK(straight_line(exact(money::pounds(100)), month(7)) * ratio(7) == exact(money::pounds(1200)));
}

TEST_CASE("forecast: a profile that expects most savings late lifts what was earned early") {
    profile flat, late;
    flat.fill(ratio(1));
    late = {1, 1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3};
    CHECK(profiled(thousands("300"), month(3), flat) == straight_line(thousands("300"), month(3)));
    CHECK(profiled(thousands("300"), month(3), late) == thousands("2400")); // 300 / 3 × 24
    CHECK(profiled(thousands("300"), month(12), late) == thousands("300"));
}

TEST_CASE("forecast: a profile with nothing so far, or with a negative weight, throws") {
    profile p{};
    CHECK_THROWS_AS((void)profiled(thousands("1"), month(3), p), precondition_violated);
    p.fill(ratio(1));
    p[5] = ratio(-1);
    CHECK_THROWS_AS((void)profiled(thousands("1"), month(3), p), precondition_violated);
}

TEST_CASE("forecast: the exit run rate averages the last months, and next year starts with what it adds") {
    std::vector<exact> months(12, thousands("-100"));
    months[9] = months[10] = months[11] = thousands("50");
    const exact rate = exit_run_rate(months, 3);
    CHECK(rate == thousands("600"));
    CHECK(next_year_effect(rate, thousands("-750")) == thousands("1350"));
    CHECK_THROWS_AS((void)exit_run_rate(months, 13), precondition_violated);
    CHECK_THROWS_AS((void)exit_run_rate(months, 0), precondition_violated);
}

TEST_CASE("forecast: the first deterioration is the first report worse than the one before it") {
    const financial_year y{2022};
    std::vector<reported_forecast> reports{{{y, month(4)}, thousands("0")},
                                           {{y, month(5)}, thousands("0")},
                                           {{y, month(6)}, thousands("-1200")},
                                           {{y, month(7)}, thousands("-5000")}};
    const std::optional<deterioration> first = first_deterioration(reports);
    REQUIRE(first.has_value());
    CHECK(to_string(first->reported) == "M6 2022/23");
    CHECK(first->by() == thousands("1200"));
    reports.resize(2);
    CHECK(!first_deterioration(reports));
    std::swap(reports[0], reports[1]);
    CHECK_THROWS_AS((void)first_deterioration(reports), precondition_violated);
}
