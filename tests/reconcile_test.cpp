// The published plan of 2019/20: net risks of section 6 beside the savings table of the same section.
#include <riskshare/reconcile.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace riskshare;

namespace {

figure in(const char* text, unit u) { return figure(parse_decimal(text).value(), u); }

model published(const char* lpt_risk) {
    const struct {
        const char *organisation, *risk, *unidentified;
    } lines[] = {{"UHL", "3.06", "3062"},
                 {"LPT", lpt_risk, "954"},
                 {"LCCCG", "0", "0"},
                 {"ELRCCG", "5.98", "5980"},
                 {"WLCCG", "5.26", "5264"}};
    model m;
    m.savings.emplace();
    m.control_totals.emplace();
    for (const auto& l : lines) {
        savings_plan s{l.organisation};
        s.of(rating::unidentified) = in(l.unidentified, unit::thousands);
        m.savings->plans.push_back(s);
        control_total c{l.organisation};
        c.net_unmitigated_risk = in(l.risk, unit::millions);
        m.control_totals->organisations.push_back(c);
    }
    control_total total{"LLR"};
    total.net_unmitigated_risk = in("15.26", unit::millions);
    m.control_totals->printed_totals.push_back(total);
    return m;
}

} // namespace

TEST_CASE("reconcile: LPT's 0.96 against 954 is real, and forced to foot") {
    const reconciliation r = reconcile(published("0.96"));
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
    const reconciliation r = reconcile(published("0.69"));
    REQUIRE(r.findings.size() == 1);
    CHECK(r.findings[0].rule == "check.net_risk");
    CHECK(!r.findings[0].looks_like);
}

TEST_CASE("reconcile: partners' balances are matched trade by trade and the mismatch is never spread") {
    const std::vector<trade> trades = {
        {"UHL", "LPT", "estates", in("12070", unit::thousands), in("9000", unit::thousands)},
        {"LPT", "UHL", "beds", in("500", unit::thousands), in("500", unit::thousands)},
        {"UHL", "ICB", "drugs", in("40", unit::thousands), {}},
    };
    const std::vector<balance> b = agree_balances(trades, exact(money::thousands(3000)));
    CHECK(b[0].outcome == agreement_of_balances::over_threshold);
    CHECK(b[0].mismatch == exact(money::thousands(3070)));
    CHECK(b[1].outcome == agreement_of_balances::matched);
    CHECK(b[2].outcome == agreement_of_balances::below_threshold);
    CHECK(misalignment(b) == exact(money::thousands(3110)));
}
