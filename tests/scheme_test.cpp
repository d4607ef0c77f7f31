#include <riskshare/phasing.hpp>
#include <riskshare/scheme.hpp>

#include <doctest/doctest.h>

using namespace riskshare;

namespace {

scheme from_month(int start, int pounds_a_month, recurrence r) {
    scheme s;
    s.start = month(start);
    s.recurrence = r;
    for (int m = 1; m <= 12; ++m) {
        s.plan.set(month(m), m < start ? money() : money::thousands(pounds_a_month));
        s.actual.set(month(m), m < start ? money() : money::thousands(pounds_a_month));
    }
    return s;
}

} // namespace

TEST_CASE("C06: scheme: 100 a month from M7 on is 600 this year, 1,200 in a full year and 600 more next year") {
    const scheme s = from_month(7, 100, recurrence::recurrent);
    CHECK(forecast_outturn(s) == money::thousands(600));
    CHECK(full_year_effect(s) == exact(money::thousands(1'200)));
    CHECK(next_year_effect(s) == exact(money::thousands(600)));
}

TEST_CASE("C07: scheme: 600 once is nothing in a full year and 600 to find again next year") {
    const scheme s = from_month(7, 100, recurrence::non_recurrent);
    CHECK(full_year_effect(s) == exact());
    CHECK(next_year_effect(s) == exact(money::thousands(-600)));
}

TEST_CASE("scheme: a stated full-year effect stands, but does not make a one-off come again") {
    scheme s = from_month(7, 100, recurrence::recurrent);
    s.full_year_effect = money::thousands(1'300);
    CHECK(next_year_effect(s) == exact(money::thousands(700)));
    s.recurrence = recurrence::non_recurrent;
    CHECK(full_year_effect(s) == exact(money::thousands(1'300)));
    CHECK(next_year_effect(s) == exact(money::thousands(-600)));
}

TEST_CASE("C01: scheme: a target of 26,644 with 23,582 identified leaves the published 3,062 to find") {
    const identification found = identified(money::thousands(26'644), money::thousands(4'744 + 11'713 + 7'125));
    CHECK(found.unidentified == money::thousands(3'062));
    CHECK(found.headroom == money());
}

TEST_CASE("C02: scheme: 27,000 identified against 26,644 leaves nothing to find and 356 of headroom") {
    CHECK(identified(money::thousands(26'644), money::thousands(27'000)) ==
          identification{money(), money::thousands(356)});
}

TEST_CASE("scheme: what was delivered beyond the plan leaves nothing to deliver") {
    scheme s = from_month(1, 100, recurrence::recurrent);
    CHECK(left_to_deliver(s, month(3)) == money::thousands(900));
    s.actual.set(month(3), money::thousands(5'000));
    CHECK(left_to_deliver(s, month(3)) == money());
    scheme reversal;
    reversal.plan.set(month(1), money::thousands(-40));
    CHECK(left_to_deliver(reversal, month(3)) == money::thousands(-40));
}

TEST_CASE("scheme: a figure stated for the year stands before the months, never beside them") {
    scheme s;
    s.stated = {money::thousands(256), money::thousands(171), money::thousands(170), money::thousands(255)};
    CHECK(planned(s) == money::thousands(256));
    CHECK(planned_to_date(s, month(8)) == money::thousands(171));
    CHECK(delivered_to_date(s, month(8)) == money::thousands(170));
    CHECK(forecast_outturn(s) == money::thousands(255));
    s.plan.set(month(1), money::thousands(1));
    CHECK(planned(s) == money::thousands(256));
    s.stated.plan.reset();
    CHECK(planned(s) == money::thousands(1));
}

TEST_CASE("scheme: yes and no, R and NR, and the words for them are understood, and nothing else is") {
    for (const char* yes : {"R", "rec", "Recurrent", " recurring ", "Y", "Yes"})
        CHECK(parse_recurrence(yes) == recurrence::recurrent);
    for (const char* no : {"NR", "N/R", "Non-recurrent", "non recurrent", "Non\u2011recurrent", "N", "no"})
        CHECK(parse_recurrence(no) == recurrence::non_recurrent);
    for (const char* other : {"", "?", "part", "R/NR"}) CHECK(parse_recurrence(other) == recurrence::unknown);
    CHECK(parse_cash_effect("Non cash releasing") == cash_effect::not_releasing);
    CHECK(parse_cash_effect("CR") == cash_effect::releasing);
    CHECK(parse_cash_effect("maybe") == cash_effect::unknown);
    CHECK(parse_quality_status("Signed off") == quality_status::approved);
    CHECK(parse_quality_status("n/a") == quality_status::not_required);
    CHECK(parse_quality_status("Not started") == quality_status::not_started);
    CHECK(parse_quality_status(" ") == quality_status::missing);
}
