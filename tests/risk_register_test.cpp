#include <riskshare/register_spread.hpp>

#include "support/figures.hpp"

#include <doctest/doctest.h>

using namespace riskshare;
using test::in_millions;
using test::millions;

namespace {

/// Lines in the shape of a month 3 schedule, £m, adding up to the published 127.2, 74.4 and 25.6.
risk_register schedule() {
    const auto item = [](const char* reference, const char* owner, register_kind kind, const char* gross,
                         std::int64_t percent) {
        register_item i{reference, "", owner};
        i.kind = kind;
        i.gross = millions(gross);
        i.likelihood = ratio::percent(percent);
        return i;
    };
    risk_register r;
    r.items = {item("R1", "UHL", register_kind::risk, "50", 60),
               item("R2", "ICB", register_kind::risk, "37.2", 75),
               item("R3", "System", register_kind::risk, "40", 41),
               item("R4", "LPT", register_kind::risk, "0", 50),
               item("M1", "ICB", register_kind::mitigation, "20", 80),
               item("M2", "System", register_kind::mitigation, "12", 80)};
    r.items[3].gross = millions("0");
    return r;
}

} // namespace

TEST_CASE("risk register: gross, adjusted, mitigated and net come from the items exactly") {
    const register_totals t = schedule().totals();
    CHECK(t.gross_risk == millions("127.2"));
    CHECK(t.adjusted_risk == millions("74.3")); // 30 + 27.9 + 16.4
    CHECK(t.gross_mitigation == millions("32"));
    CHECK(t.adjusted_mitigation == millions("25.6"));
    CHECK(t.net() == millions("48.7"));
}

TEST_CASE("risk register: S15: the published totals leave 48.8, which 50/13/37 divide into 24.4, 6.344 and 18.056") {
    // Board paper F1 of August 2022: 127.2 gross, 74.4 adjusted, 25.6 of mitigations.
    register_totals t;
    t.gross_risk = millions("127.2");
    t.adjusted_risk = millions("74.4");
    t.adjusted_mitigation = millions("25.6");
    CHECK(t.net() == millions("48.8"));
    CHECK(to_string(percentage(t.adjusted_risk, t.gross_risk, 1, rounding::half_away_from_zero)) == "58.5");
    const std::vector<share_of> parts =
        exposure(t.net(), {{"UHL", ratio::percent(50)}, {"LPT", ratio::percent(13)}, {"ICB", ratio::percent(37)}});
    CHECK(to_string(rounded(t.gross_risk, unit::millions, 0, rounding::half_away_from_zero)) == "127");
    CHECK(to_string(rounded(t.net(), unit::millions, 0, rounding::half_away_from_zero)) == "49");
    CHECK(parts[0].amount == millions("24.4"));
    CHECK(parts[1].amount == millions("6.344"));
    CHECK(parts[2].amount == millions("18.056"));
}

TEST_CASE("risk register: by owner adds up to the register") {
    const auto groups = schedule().by(&register_item::owner);
    REQUIRE(groups.size() == 4);
    CHECK(groups[0].first == "UHL");
    exact net;
    for (const auto& g : groups) net += g.second.net();
    CHECK(net == schedule().totals().net());
}

TEST_CASE("risk register: best, likely and worst are the ends and the mean of its distribution") {
    const risk_register r = schedule();
    const outlook o = r.around(millions("1"));
    CHECK(o.best == millions("33"));
    CHECK(o.likely == millions("-47.7"));
    CHECK(o.worst == millions("-126.2"));
    const distribution d(events_of(r), money::pounds(100'000));
    CHECK(d.lowest() == millions("1") - o.best);
    CHECK(d.highest() == millions("1") - o.worst);
    CHECK(d.mean() == millions("1") - o.likely);
}

TEST_CASE("risk register: the drivers are ranked by variance and add up to one") {
    const risk_register r = schedule();
    const std::vector<driver> d = drivers(r);
    REQUIRE(d.size() == 5);              // an item of nothing drives nothing
    CHECK(d[0].item->reference == "R1"); // 50² × 0.24 = 600
    CHECK(d[1].item->reference == "R3"); // 40² × 0.2419 = 387.04
    CHECK(d[2].item->reference == "R2"); // 37.2² × 0.1875 = 259.47
    chance sum = 0;
    for (const driver& each : d) sum += each.share_of_variance;
    CHECK(sum == 1);
    // 600 of 600 + 387.04 + 259.47 + 64 + 23.04
    CHECK(d[0].share_of_variance == chance(60000, 133355));
    risk_register certain;
    certain.items = {r.items[0]};
    certain.items[0].likelihood = 1;
    CHECK(drivers(certain).empty());
}

TEST_CASE("risk register: doubtful items and printed totals are found, each with its cell") {
    risk_register r = schedule();
    r.items[0].likelihood = ratio(3, 2);
    r.items[0].at = provenance("m3.xlsx", "Risks", 5, 6);
    r.items[1].gross = millions("-1");
    r.items[2].reference = "R1";
    r.items[5].printed_adjusted = in_millions("9.7", provenance("m3.xlsx", "Risks", 10, 7));
    r.printed.net = in_millions("48.8", provenance("m3.xlsx", "Risks", 18, 7));
    const std::vector<finding> findings = review(r);
    std::vector<std::string> rules;
    for (const finding& f : findings) rules.push_back(f.rule);
    CHECK(rules == std::vector<std::string>{"register.likelihood", "register.negative", "register.reference_twice",
                                            "register.adjusted", "register.total"});
    CHECK(to_string(findings[0].at[0]) == "m3.xlsx 'Risks'!F5");
    CHECK(to_string(findings[3].at[0]) == "m3.xlsx 'Risks'!G10");
    CHECK(findings[3].verdict == verdict::real); // 9.6 to one place is never 9.7
    CHECK(review(schedule()).empty());
}
