// The published plan of 2019/20: net risks of section 6 beside the savings table of the same section.
#include <riskshare/reconcile.hpp>
#include <riskshare/reconcile_reports.hpp>
#include <riskshare/reconcile_schemes.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace riskshare;

namespace {

figure in(const char* text, unit u) { return figure(parse_decimal(text).value(), u); }

reconciliation published(const char* lpt_risk) {
    const struct {
        const char *organisation, *risk, *unidentified;
    } lines[] = {{"UHL", "3.06", "3062"},
                 {"LPT", lpt_risk, "954"},
                 {"LCCCG", "0", "0"},
                 {"ELRCCG", "5.98", "5980"},
                 {"WLCCG", "5.26", "5264"}};
    savings_table savings;
    control_total_table totals;
    for (const auto& l : lines) {
        savings_plan s{l.organisation};
        s.of(rating::unidentified) = in(l.unidentified, unit::thousands);
        savings.plans.push_back(s);
        control_total c{l.organisation};
        c.net_unmitigated_risk = in(l.risk, unit::millions);
        totals.organisations.push_back(c);
    }
    control_total total{"LLR"};
    total.net_unmitigated_risk = in("15.26", unit::millions);
    totals.printed_totals.push_back(total);
    return reconcile(totals, savings);
}

} // namespace

TEST_CASE("reconcile: LPT's 0.96 against 954 is real, and forced to foot") {
    const reconciliation r = published("0.96");
    CHECK(r.agrees == 2);
    CHECK(r.rounding == 2); // 3.06 and 5.26 are 3,062 and 5,264 rounded
    CHECK(r.real == 1);
    REQUIRE(r.findings.size() == 1);
    CHECK(r.findings[0].rule == "check.forced_to_foot");
    CHECK(r.findings[0].verdict == verdict::real);
    CHECK(r.findings[0].looks_like == resemblance::forced_to_foot);
    CHECK(*r.findings[0].difference == exact(money::pounds(6'000)));
}

TEST_CASE("reconcile: a net risk that no rounding of the column explains is real and nothing more") {
    const reconciliation r = published("0.69");
    REQUIRE(r.findings.size() == 1);
    CHECK(r.findings[0].rule == "check.net_risk");
    CHECK(!r.findings[0].looks_like);
}

namespace {

organisation_position body(const char* code, const char* plan, const char* actual, const char* full_year_plan) {
    organisation_position o;
    o.organisation = code;
    o.to_date = {in(plan, unit::millions), in(actual, unit::millions), {}};
    o.full_year.plan = in(full_year_plan, unit::millions);
    return o;
}

/// Month 3 of 2022/23 as published: £000 in the statement, £m beside the organisations.
finance_report month_3(const char* lpt) {
    position_line system;
    system.label = "System Surplus/(Deficit)";
    system.to_date = {in("-4311", unit::thousands), in("2110", unit::thousands), {}};
    system.full_year.plan = in("0", unit::thousands);
    finance_report r;
    r.month = month(3);
    r.system = position({system});
    r.organisations = {body("UHL", "-3.1", "-0.7", "0.0"), body("LPT", "-1.2", lpt, "0.0"),
                       body("ICB", "0.0", "4.1", "0.0")};
    return r;
}

scheme scheme_of(const char* reference, rating r, std::int64_t plan, std::int64_t actual) {
    scheme s;
    s.organisation = "UHL";
    s.reference = reference;
    s.rating = r;
    for (int m = 1; m <= 12; ++m) {
        s.plan.set(month(m), money::pounds(plan));
        s.actual.set(month(m), money::pounds(actual));
    }
    return s;
}

} // namespace

TEST_CASE("reconcile: -0.7, -1.2 and 4.1 are the system's 2,110 rounded; with an LPT of -2.2 they are not") {
    const reconciliation published = reconcile(month_3("-1.2"));
    CHECK(published.agrees == 1);
    CHECK(published.rounding == 2);
    CHECK(*published.largest_rounding == exact(money::thousands(90)));
    CHECK(published.findings.empty());
    const reconciliation wrong = reconcile(month_3("-2.2"));
    REQUIRE(wrong.findings.size() == 1);
    CHECK(wrong.findings[0].rule == "check.organisations");
    CHECK(*wrong.findings[0].difference == exact(money::thousands(-910)));
}

TEST_CASE(
    "reconcile: a plan of the year that moved, and an opening figure that is not what the month before closed at") {
    finance_report april = month_3("-1.2"), may = month_3("-1.2");
    may.month = month(4);
    CHECK(month_on_month(april, may).findings.empty());
    may.organisations[0] = body("UHL", "-3.1", "-0.7", "-0.6");
    std::vector<position_line> lines = may.system.lines();
    lines[0].to_date.actual = in("3000", unit::thousands);
    lines[0].in_month.actual = in("900", unit::thousands); // opens at 2,100; month 3 closed at 2,110
    lines.emplace_back().label = "Capital charges";
    may.system = position(lines);
    const reconciliation r = month_on_month(april, may);
    REQUIRE(r.findings.size() == 3);
    CHECK(r.findings[0].rule == "check.opening_restated");
    CHECK(*r.findings[0].difference == exact(money::thousands(-10)));
    CHECK(r.findings[1].rule == "check.line_gone");
    CHECK(r.findings[2].rule == "check.plan_moved");
    CHECK(*r.findings[2].difference == exact(money::thousands(-600)));
}

TEST_CASE("reconcile: schemes against a savings table in thousands: 24,499 pounds are 24, 24,501 are not") {
    savings_table table;
    savings_plan plan{"UHL"};
    plan.of(rating::red) = in("24", unit::thousands);
    table.plans.push_back(plan);
    tracker t;
    t.add(scheme_of("1", rating::red, 2'041, 0)); // 24,492 in twelve months
    CHECK(reconcile(table, t).rounding == 1);
    t.add(scheme_of("2", rating::red, 1, 0)); // 12 more
    const reconciliation r = reconcile(table, t);
    REQUIRE(r.findings.size() == 1);
    CHECK(r.findings[0].rule == "check.savings_of_schemes");
    CHECK(*r.findings[0].difference == exact(money::pounds(-504)));
}

TEST_CASE("reconcile: trackers of two months: restated, replanned, and gone with what was delivered") {
    tracker before, after;
    before.add(scheme_of("A", rating::red, 10, 10));
    before.add(scheme_of("B", rating::red, 10, 10));
    before.add(scheme_of("C", rating::red, 10, 10));
    after.add(scheme_of("a ", rating::red, 10, 9)); // the same reference
    after.add(scheme_of("B", rating::green, 11, 10));
    const reconciliation r = month_on_month(before, month(3), after);
    REQUIRE(r.findings.size() == 3);
    CHECK(r.findings[0].rule == "check.opening_restated");
    CHECK(*r.findings[0].difference == exact(money::pounds(-3)));
    CHECK(r.findings[1].rule == "check.plan_moved");
    CHECK(*r.findings[1].difference == exact(money::pounds(12)));
    CHECK(r.findings[2].rule == "check.line_gone");
    CHECK(*r.findings[2].difference == exact(money::pounds(-30)));
    CHECK(r.agrees == 2);
    tracker others;
    scheme s = scheme_of("A", rating::red, 1, 1);
    s.organisation = "LPT";
    others.add(s);
    CHECK(month_on_month(before, month(3), others).findings.empty());
}
