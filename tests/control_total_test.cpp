// Expected figures: operational plan 2019/20, section 6; the earning of funds from cases P01 to P04.
#include <riskshare/control_total.hpp>

#include <doctest/doctest.h>

#include <random>

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

centralised_fund fund(std::int64_t thousands) {
    return {"PSF",
            money::thousands(thousands),
            {ratio::percent(15), ratio::percent(20), ratio::percent(30), ratio::percent(35)}};
}

std::vector<std::int64_t> thousands(const std::array<money, 4>& quarters) {
    std::vector<std::int64_t> out;
    for (money m : quarters) out.push_back(m.pence() / 100'000);
    return out;
}

using list = std::vector<std::int64_t>;
constexpr quarter_gates met{true}, missed{false};
const money step = money::thousands(1);

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

TEST_CASE("centralised funding: quarters follow the phasing and add up (case P01)") {
    CHECK(thousands(phased(fund(38100), step)) == list{5715, 7620, 11430, 13335});
    std::mt19937_64 random(7);
    for (int i = 0; i < 1000; ++i) {
        const centralised_fund f = fund(static_cast<std::int64_t>(random() % 100'000));
        const std::array<money, 4> q = phased(f, step);
        REQUIRE(q[0] + q[1] + q[2] + q[3] == f.amount);
    }
}

TEST_CASE("centralised funding: a missed quarter is recovered only where the fund allows it (case P02)") {
    centralised_fund f = fund(38100);
    CHECK(thousands(earned(f, {missed, met, met, met}, step).by_quarter) == list{0, 7620, 11430, 13335});
    CHECK(earned(f, {missed, met, met, met}, step).total() == money::thousands(32385));
    f.recoverable = true;
    CHECK(thousands(earned(f, {missed, met, met, met}, step).by_quarter) == list{0, 13335, 11430, 13335});
    CHECK(earned(f, {missed, met, met, met}, step).total() == f.amount);
    CHECK(earned(f, {missed, missed, missed, missed}, step).total() == money());
}

TEST_CASE("centralised funding: the operational part takes performance, and finance comes first (case P03)") {
    centralised_fund f = fund(38100);
    f.operational = ratio::percent(30);
    const quarter_gates no_performance{true, false};
    CHECK(earned(f, {no_performance, no_performance, no_performance, no_performance}, step).total() ==
          money::thousands(26670));
    const quarter_gates only_performance{false, true};
    CHECK(earned(f, {only_performance, only_performance, only_performance, only_performance}, step).total() == money());
}

TEST_CASE("centralised funding: the part linked to the system is lost when the system misses (case P04)") {
    centralised_fund f = fund(10000);
    f.system_linked = ratio(1, 2);
    const quarter_gates system_misses{true, true, false};
    CHECK(earned(f, {system_misses, system_misses, system_misses, system_misses}, step).total() ==
          money::thousands(5000));
}

TEST_CASE("centralised funding: a fund whose parts are not parts of a whole is refused") {
    centralised_fund f = fund(100);
    CHECK(checked(f));
    f.phasing[0] = ratio::percent(16);
    CHECK(checked(f).why().rule == "fund.phasing");
    f = fund(100);
    f.operational = ratio::percent(60);
    f.system_linked = ratio::percent(50);
    CHECK(checked(f).why().rule == "fund.part");
}
