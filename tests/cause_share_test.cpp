#include <riskshare/cause_share.hpp>
#include <riskshare/exposure.hpp>
#include <riskshare/movement.hpp>
#include <riskshare/recommendation.hpp>

#include "support/share.hpp"

using namespace riskshare;
using namespace support;

namespace {

cause_period quarter(const std::string& name, std::int64_t deficit, std::int64_t demonstrated,
                     const std::vector<std::int64_t>& hours) {
    cause_period p{name, money::thousands(deficit), money::thousands(demonstrated), {}};
    const std::vector<std::string> systems = {"LLR", "Notts", "Derby", "Lincs", "Northants"};
    for (std::size_t i = 0; i < hours.size(); ++i) p.systems.push_back({systems[i], decimal(hours[i], 0)});
    return p;
}

std::vector<money> borne(const cause_share& s) {
    std::vector<money> out;
    for (const cause_share_line& l : s.systems) out.push_back(l.borne);
    return out;
}

} // namespace

TEST_CASE("cause share: each system bears what its own lost hours caused") {
    // 6,000,000 x 12,600 / 26,200 = 2,885,496.18320…, and so on; worked in pence by hand, the odd pence to the
    // largest remainders.
    const cause_share s = *shared_by_cause(quarter("Q1", -6000, -6000, {12600, 3365, 4347, 4008, 1880}));
    CHECK(borne(s) == pence({-288549618, -77061069, -99549618, -91786260, -43053435}));
    CHECK(s.borne() == money::thousands(-6000));
    CHECK(s.not_shared.is_zero());
}

TEST_CASE("cause share: what is not shown to come from the cause is not shared") {
    const cause_share s = *shared_by_cause(quarter("Q1", -6000, -4000, {100, 300}));
    CHECK(borne(s) == thousands({-1000, -3000}));
    CHECK(s.not_shared == money::thousands(-2000));
}

TEST_CASE("cause share: funding clawed back offsets a share and never more than that") {
    cause_period p = quarter("Q1", -4000, -4000, {100, 300});
    p.systems[0].offset = money::thousands(1500);
    p.systems[1].offset = money::thousands(500);
    const outcome<cause_share> s = shared_by_cause(p);
    REQUIRE(s);
    CHECK(borne(*s) == thousands({0, -2500}));
    CHECK(s->offset_used() == money::thousands(1500));
    CHECK(mentions(s.findings(), "cause_share.offset_unused", "LLR has £500,000"));
}

TEST_CASE("cause share: every period has weights of its own, and the year adds them up") {
    const std::vector<cause_share> periods = {*shared_by_cause(quarter("Q1", -1000, -1000, {1, 1})),
                                              *shared_by_cause(quarter("Q2", -1000, -1000, {3, 1}))};
    const cause_share year = year_so_far(periods);
    CHECK(borne(year) == thousands({-1250, -750}));
    CHECK(year.systems[0].share == ratio(2, 3));
}

TEST_CASE("cause share: a demonstrated part beyond the deficit, negative hours and no hours are found") {
    const auto rules = [](const cause_period& p) {
        std::string all;
        const outcome<cause_share> s = shared_by_cause(p);
        for (const finding& f : s.findings()) all += f.rule + " ";
        return all;
    };
    CHECK(rules(quarter("Q1", -1000, -2000, {1})) == "cause_share.demonstrated ");
    CHECK(rules(quarter("Q1", -1000, -1000, {-1, 2})) == "cause_share.negative_hours ");
    CHECK(rules(quarter("Q1", -1000, -1000, {0, 0})) == "cause_share.no_weight ");
    CHECK(rules(quarter("Q1", 1000, 0, {1})).find("cause_share.surplus") == 0);
}

TEST_CASE("exposure: the net risk of 48.8m splits into 24.4, 6.344 and 18.056") {
    const agreement a = made(llr_paper());
    const version_in_force v = *a.in_force({financial_year{2022}, month(4)});
    const money net = money::thousands(74400) - money::thousands(25600);
    const risk_exposure e = exposure(net, a, v);
    CHECK(e.net == money::thousands(48800));
    REQUIRE(e.partners.size() == 3);
    CHECK(e.partners[0].value == money::thousands(24400));
    CHECK(e.partners[1].value == money::thousands(6344));
    CHECK(e.partners[2].value == money::thousands(18056));
    CHECK_THROWS_AS(exposure(money::pence(-1), a, v), precondition_violated);
}

TEST_CASE("succession: what three bodies leave behind is nothing, and their successor has it all, £000 (case T04)") {
    // Board paper F1: 4,061 of surplus at the end of the first quarter; the parts are invented, the year breaks even.
    const std::vector<per_party<money>> balances = {{"UHL", money::thousands(-700)},
                                                    {"LCCCG", money::thousands(1500)},
                                                    {"ELRCCG", money::thousands(2000)},
                                                    {"WLCCG", money::thousands(561)}};
    const auto amounts = [](const std::vector<per_party<money>>& of) {
        std::vector<money> out;
        for (const per_party<money>& p : of) out.push_back(p.value);
        return out;
    };
    const period july_2022 = period_of(2022, 7);
    const organisation_directory known = organisation_directory::of({{"UHL", "UHL", {}},
                                                                     {"ICB", "ICB", {}},
                                                                     {"LCCCG", "LCCCG", {}, "ICB", july_2022},
                                                                     {"ELRCCG", "ELRCCG", {}, "ICB", july_2022},
                                                                     {"WLCCG", "WLCCG", {}, "ICB", july_2022}})
                                             .value();
    const succession july = succeeded(known, july_2022, balances);
    CHECK(amounts(july.moved) == thousands({1500, 2000, 561}));
    REQUIRE(july.received.size() == 1);
    CHECK(july.received[0].organisation == "ICB");
    CHECK(july.received[0].value == money::thousands(4061));
    CHECK(amounts(july.after) == thousands({-700, 0, 0, 0, 4061}));

    std::vector<per_party<money>> year = balances;
    year.push_back({"ICB", money::thousands(-4061)});
    CHECK(amounts(succeeded(known, period_of(2023, 3), year).after) == thousands({-700, 0, 0, 0, 0}));
    CHECK(succeeded(known, period_of(2022, 6), balances).moved.empty());
}

TEST_CASE("movement: a restated position keeps both versions and shows the difference (case T07)") {
    const agreement a = made(llr_paper());
    const statement first = computed(a, variances(llr(), 5, thousands({-2000, 0, 0})));
    const statement second = computed(a, variances(llr(), 5, thousands({-2600, 0, 0})));
    CHECK(column(first, &statement_line::allocated) == thousands({-1000, -260, -740}));
    CHECK(column(second, &statement_line::allocated) == thousands({-1300, -338, -962}));
    const statement_movement m = movement_between(first, second);
    CHECK(m.restated());
    std::vector<money> delta;
    for (const movement_line& l : m.lines) delta.push_back(l.allocated);
    CHECK(delta == thousands({-300, -78, -222}));
    CHECK(column(m.before, &statement_line::variance) == thousands({-2000, 0, 0}));
    CHECK_THROWS_AS(movement_between(second, computed(a, variances(llr(), 4, thousands({0, 0, 0})))),
                    precondition_violated);
}

TEST_CASE("recommendation: made at M9 from the forecast, updated at M11 only if all agree") {
    const agreement a = made(llr_paper());
    const auto forecast = [&](int m) {
        share_inputs in = variances(llr(), m, thousands({-10000, -1000, 3000}));
        in.basis = share_basis::forecast;
        return computed(a, in);
    };
    const result<recommendation> made_ = recommended(a, forecast(9));
    REQUIRE(made_);
    CHECK_FALSE(made_->update);
    CHECK(made_->adjustments[0].value == money::thousands(6000));
    CHECK(recommended(a, forecast(10)).why().rule == "recommendation.not_due");
    CHECK(recommended(a, forecast(11), std::vector<consent>{{"UHL"}, {"ICB"}}).why().message ==
          "the update lacks the consent of LPT: the earlier recommendation stands");
    CHECK(recommended(a, forecast(11), std::vector<consent>{{"UHL"}, {"ICB"}, {"LPT"}})->update);
    CHECK(recommended(a, forecast(11), std::vector<consent>{{"EMAS"}}).why().rule == "agreement.consent_by_stranger");
    CHECK(recommended(a, computed(a, variances(llr(), 9, thousands({0, 0, 0})))).why().rule == "recommendation.basis");
}
