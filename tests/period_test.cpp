#include <riskshare/parse_period.hpp>
#include <riskshare/year_expired.hpp>

#include <doctest/doctest.h>

using namespace riskshare;

TEST_CASE("period: M1 is April and the year ends in March") {
    CHECK(period_of(2022, 4) == period{financial_year{2022}, month(1)});
    CHECK(period_of(2023, 3) == period{financial_year{2022}, month(12)});
    CHECK(period_of(2022, 3) == period{financial_year{2021}, month(12)});
    CHECK(to_string(period_of(2022, 7)) == "M4 2022/23");
    CHECK(to_string(financial_year{1999}) == "1999/00");
    CHECK(month_name(month(10)) == "January");
    CHECK(month(3).quarter() == 1);
    CHECK(month(4).quarter() == 2);
    CHECK(month(12).quarter() == 4);
    CHECK(next(period_of(2023, 3)) == period_of(2023, 4));
    CHECK_THROWS_AS(month(0), precondition_violated);
    CHECK_THROWS_AS(month(13), precondition_violated);
    CHECK_THROWS_AS(period_of(2022, 13), precondition_violated);
}

TEST_CASE("period: years and months are read as headings write them") {
    for (const char* text : {"2022/23", "2022-23", "22/23", "2022/2023", "FY 2022/23", "FY22/23"}) {
        CAPTURE(text);
        CHECK(parse_financial_year(text).value() == financial_year{2022});
    }
    for (const char* text : {"2022", "2022/24", "2022/22", "", "2022/23/24", "abc"}) {
        CAPTURE(text);
        CHECK(parse_financial_year(text).why().rule == "period.malformed");
    }
    for (const char* text : {"Jul-19", "July", "M4", "Month 4", "Jul 2019", "2019-07", "JULY 19", "m04", "Jul'19"}) {
        CAPTURE(text);
        CHECK(parse_month(text).value().month == month(4));
    }
    CHECK(parse_month("Jul-19")->calendar_year == 2019);
    CHECK_FALSE(parse_month("July")->calendar_year.has_value());
    CHECK(parse_month("Sept")->month == month(6));
    for (const char* text : {"M13", "M0", "Marble", "Total", "13", "", "Ju", "Month"}) {
        CAPTURE(text);
        CHECK(parse_month(text).why().rule == "period.malformed");
    }
}

TEST_CASE("calendar: days of a period, leap years included") {
    using namespace date::literals;
    CHECK(first_day(period_of(2022, 7)) == 2022_y / date::July / 1);
    CHECK(last_day(period_of(2022, 7)) == 2022_y / date::July / 31);
    CHECK(days_in(period_of(2024, 2)) == 29);
    CHECK(days_in(period_of(2023, 2)) == 28);
    CHECK(period_of(2023_y / date::March / 31) == period{financial_year{2022}, month(12)});
    CHECK_THROWS_AS(period_of(2023_y / date::February / 29), precondition_violated);
}

TEST_CASE("calendar: at month 3 a quarter of the year has gone by, 91 of 365 days (case S19)") {
    CHECK(year_expired({financial_year{2022}, month(3)}) == ratio(1, 4));
    CHECK(year_expired_in_days({financial_year{2022}, month(3)}) == ratio(91, 365));
    CHECK(year_expired_in_days({financial_year{2023}, month(12)}) == ratio(1));
}

TEST_CASE("calendar: working days leave out weekends and bank holidays") {
    using namespace date::literals;
    // April 2022 ended on a Saturday; Monday 2 May was the early May bank holiday.
    const std::vector<date::year_month_day> holidays{2022_y / date::May / 2};
    CHECK(working_day_after({financial_year{2022}, month(1)}, 1, holidays) == 2022_y / date::May / 3);
    CHECK(working_day_after({financial_year{2022}, month(1)}, 5, holidays) == 2022_y / date::May / 9);
    CHECK(working_day_after({financial_year{2022}, month(1)}, 1, {}) == 2022_y / date::May / 2);
    CHECK_THROWS_AS(working_day_after({financial_year{2022}, month(1)}, 0, {}), precondition_violated);
}
