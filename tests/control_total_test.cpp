// Expected figures: operational plan 2019/20, section 6.
#include <riskshare/control_total.hpp>

#include <doctest/doctest.h>

using namespace riskshare;

namespace {

cell_figure millions(const char* text) { return figure(parse_decimal(text).value(), unit::millions); }

control_total organisation(const char* name, const char* gross, const char* funding, const char* printed,
                           const char* risk) {
    control_total c;
    c.organisation = name;
    c.gross = millions(gross);
    c.centralised_funding = millions(funding);
    c.printed = millions(printed);
    if (*risk != '\0') c.net_unmitigated_risk = millions(risk);
    return c;
}

} // namespace

TEST_CASE("control total: the published table differs from its sums by rounding only (cases S06, S07)") {
    control_total_table t{{organisation("UHL", "-48.7", "38.1", "-10.7", "3.06"),
                           organisation("LPT", "0", "2.1", "2.1", "0.96"), organisation("LCCCG", "0", "0", "0", ""),
                           organisation("ELRCCG", "0", "0", "0", "5.98"),
                           organisation("WLCCG", "0", "0", "0", "5.26")}};
    t.printed_totals.push_back(organisation("LLR STP Total", "-48.7", "40.2", "-8.5", "15.26"));
    CHECK(sum(t).value == exact(decimal(-85, -1), unit::millions)); // −48.7 + 40.2
    CHECK(sum(t).net_unmitigated_risk == exact(decimal(1526, -2), unit::millions));
    const std::vector<finding> found = review(t);
    REQUIRE(found.size() == 1); // −10.6 recomputed, −10.7 printed
    CHECK(found[0].verdict == verdict::rounding);
    CHECK(*found[0].difference == exact(decimal(-1, -1), unit::millions));
}

TEST_CASE("control total: a difference beyond rounding is an error with its place") {
    control_total_table t{{organisation("UHL", "-48.7", "38.1", "-11.7", "3.06")}};
    const std::vector<finding> found = review(t);
    REQUIRE(found.size() == 1);
    CHECK(found[0].verdict == verdict::real);
    CHECK(found[0].severity == severity::error);
}
