#include <riskshare/dashboard.hpp>

#include "support/figures.hpp"

#include <doctest/doctest.h>

using namespace riskshare;
using test::in_millions;
using test::millions;

TEST_CASE("dashboard: S17: a plan of (13.6) beside an actual of 13.6, marked compliant, is a sign slip") {
    const dashboard_row row{"Surplus/(deficit)", in_millions("-13.6"), in_millions("13.6"), better_when::higher,
                            "Compliant"};
    const std::vector<finding> findings = review(row);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].rule == "dashboard.sign_mismatch");
    CHECK(findings[0].looks_like == resemblance::sign_slip);
    CHECK(findings[0].difference == millions("27.2"));
    CHECK(findings[0].severity == severity::error);
}

TEST_CASE("dashboard: compliant is contradicted by an actual worse than plan, in the measure's own direction") {
    dashboard_row row{"CIP", in_millions("4.8"), in_millions("5.0"), better_when::higher, "Compliant"};
    CHECK(review(row).empty());
    row.better = better_when::lower;
    CHECK(review(row).front().rule == "dashboard.status");
    row.actual.reset();
    CHECK(review(row).empty());
}

TEST_CASE("dashboard: the trend compares with the average of the prior six months, no fewer") {
    std::vector<exact> before;
    for (const char* m : {"9", "1", "2", "3", "4", "5", "6"}) before.push_back(millions(m)); // last six average 3.5
    CHECK(trend_of(millions("3.6"), before, 6, better_when::higher) == trend::green);
    CHECK(trend_of(millions("3.4"), before, 6, better_when::higher) == trend::red);
    CHECK(trend_of(millions("3.4"), before, 6, better_when::lower) == trend::green);
    CHECK(trend_of(millions("3.5"), before, 6, better_when::higher) == trend::unchanged);
    before.resize(5);
    CHECK(!trend_of(millions("3.5"), before, 6, better_when::higher));
}

TEST_CASE("dashboard: an average that does not end is compared exactly") {
    const std::vector<exact> before{millions("1"), millions("0"), millions("0")};
    CHECK(trend_of(exact(money::pounds(1'000'000)) / ratio(3), before, 3, better_when::higher) == trend::unchanged);
}

TEST_CASE("dashboard: amber is within the tolerance given, and without one anything short is red") {
    CHECK(status_of(millions("4.8"), millions("4.8"), better_when::higher, exact()) == status_colour::green);
    CHECK(status_of(millions("4.8"), millions("4.7"), better_when::higher, exact()) == status_colour::red);
    CHECK(status_of(millions("4.8"), millions("4.7"), better_when::higher, millions("0.1")) == status_colour::amber);
    CHECK(status_of(millions("4.8"), millions("4.9"), better_when::lower, millions("0.05")) == status_colour::red);
}
