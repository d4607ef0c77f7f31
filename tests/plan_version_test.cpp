#include <riskshare/plan_version.hpp>

#include "support/figures.hpp"

#include <doctest/doctest.h>

using namespace riskshare;
using test::thousands;

namespace {

plan_version even(const char* name, month from, const char* each) {
    plan_version v{name, from};
    v.months.fill(thousands(each));
    return v;
}

} // namespace

TEST_CASE("plan versions: a month is measured against the version in force then") {
    const plan_history plans({even("April plan", month(1), "-100"), even("final plan", month(3), "0")});
    CHECK(plans.in_force(month(2)).name == "April plan");
    CHECK(plans.in_force(month(2)).to_date(month(2)) == thousands("-200"));
    CHECK(plans.in_force(month(3)).name == "final plan");
    CHECK(plans.in_force(month(12)).to_date(month(3)) == thousands("0"));
    CHECK(plans.restatement(plans.versions()[0]) == exact());
    CHECK(plans.restatement(plans.versions()[1]) == thousands("1200"));
}

TEST_CASE("plan versions: a history with a hole at its start, or out of order, throws") {
    CHECK_THROWS_AS(plan_history({}), precondition_violated);
    CHECK_THROWS_AS(plan_history({even("final plan", month(3), "0")}), precondition_violated);
    CHECK_THROWS_AS(plan_history({even("a", month(1), "0"), even("b", month(1), "0")}), precondition_violated);
}
