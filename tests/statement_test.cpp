#include <riskshare/statement.hpp>

#include "support/share.hpp"

using namespace riskshare;
using namespace support;

namespace {

/// One worked case of sharing 50/13/37: £000.
struct worked_case {
    const char* name;
    std::vector<std::int64_t> variance, target, delivered;
    exclusion_limit limit;
    std::vector<std::int64_t> excluded, shareable;
    std::int64_t pool;
    std::vector<std::int64_t> allocated, transfer, final;
};

const std::vector<std::int64_t> full_targets = {21100, 5600, 13200};

const std::vector<worked_case>& worked_cases() {
    constexpr auto declared = exclusion_limit::declared_deficit, full = exclusion_limit::full_shortfall;
    static const std::vector<worked_case> cases = {
        {"R01: plain net deficit",
         {-10000, -1000, 3000},
         {},
         {},
         declared,
         {0, 0, 0},
         {-10000, -1000, 3000},
         -8000,
         {-4000, -1040, -2960},
         {6000, -40, -5960},
         {-4000, -1040, -2960}},
        {"R02: all in surplus, pro rata",
         {1000, 200, 800},
         {},
         {},
         declared,
         {0, 0, 0},
         {1000, 200, 800},
         2000,
         {1000, 260, 740},
         {0, 60, -60},
         {1000, 260, 740}},
        {"R03: efficiency not delivered stays",
         {-6000, 500, -1000},
         full_targets,
         {18000, 5600, 13200},
         declared,
         {-3100, 0, 0},
         {-2900, 500, -1000},
         -3400,
         {-1700, -442, -1258},
         {1200, -942, -258},
         {-4800, -442, -1258}},
        {"R04: shortfall beyond the deficit",
         {-1000, 0, 0},
         full_targets,
         {18000, 5600, 13200},
         declared,
         {-1000, 0, 0},
         {0, 0, 0},
         0,
         {0, 0, 0},
         {0, 0, 0},
         {-1000, 0, 0}},
        {"R04: shortfall beyond the deficit, in full",
         {-1000, 0, 0},
         full_targets,
         {18000, 5600, 13200},
         full,
         {-3100, 0, 0},
         {2100, 0, 0},
         2100,
         {1050, 273, 777},
         {-1050, 273, 777},
         {-2050, 273, 777}},
        {"R05: kept up to the annual amount",
         {-25000, 0, 0},
         full_targets,
         {-500, 5600, 13200},
         declared,
         {-21100, 0, 0},
         {-3900, 0, 0},
         -3900,
         {-1950, -507, -1443},
         {1950, -507, -1443},
         {-23050, -507, -1443}},
        {"R06: a surplus excludes nothing",
         {500, 0, -1000},
         full_targets,
         {20100, 5600, 13200},
         declared,
         {0, 0, 0},
         {500, 0, -1000},
         -500,
         {-250, -65, -185},
         {-750, -65, 815},
         {-250, -65, -185}},
        {"R07: over-delivery excludes nothing",
         {-2000, 0, 0},
         full_targets,
         {22000, 5600, 13200},
         declared,
         {0, 0, 0},
         {-2000, 0, 0},
         -2000,
         {-1000, -260, -740},
         {1000, -260, -740},
         {-1000, -260, -740}},
    };
    return cases;
}

} // namespace

TEST_CASE("statement: worked cases by hand, £000 (cases R01 to R07)") {
    for (const worked_case& c : worked_cases()) {
        CAPTURE(c.name);
        agreement_paper paper = with_exclusions(llr_paper());
        paper.terms.limit = c.limit;
        share_inputs in = variances(llr(), 7, thousands(c.variance));
        if (!c.target.empty()) in = with_efficiency(in, c.target, c.delivered);
        const statement s = computed(made(paper), in);
        CHECK(column(s, &statement_line::excluded) == thousands(c.excluded));
        CHECK(column(s, &statement_line::shareable) == thousands(c.shareable));
        CHECK(s.pool == money::thousands(c.pool));
        CHECK(column(s, &statement_line::allocated) == thousands(c.allocated));
        CHECK(column(s, &statement_line::transfer) == thousands(c.transfer));
        CHECK(column(s, &statement_line::final) == thousands(c.final));
        CHECK(s.total().transfer.is_zero());
        CHECK(s.total().final == s.total().variance);
    }
}

TEST_CASE("statement: month 4 of the sample workbook, to the penny") {
    share_inputs in = variances(llr(), 4, thousands({-9127, -2101, 2204}));
    for (std::size_t i = 0; i < 3; ++i) in.positions[i].plan = stated_money{thousands({-3900, -1350, 0})[i]};
    in = with_efficiency(in, {6100, 1700, 4000}, {4975, 1700, 4310});
    const statement s = computed(made(with_exclusions(llr_paper())), in);
    CHECK(column(s, &statement_line::variance) == thousands({-5227, -751, 2204}));
    CHECK(column(s, &statement_line::excluded) == thousands({-1125, 0, 0}));
    CHECK(s.pool == money::thousands(-2649));
    CHECK(column(s, &statement_line::allocated) == pence({-132450000, -34437000, -98013000}));
    CHECK(column(s, &statement_line::transfer) == pence({277750000, 40663000, -318413000}));
    CHECK(column(s, &statement_line::final) == pence({-244950000, -34437000, -98013000}));
    CHECK(s.applied());
}

TEST_CASE("statement: before sharing starts the figures are notional and split pro rata, £000 (case S14)") {
    agreement_paper paper = llr_paper();
    paper.terms.gains = gain_policy::held_for_joint_investment;
    paper.rounding_unit = one(unit::thousands);
    const statement s = computed(made(paper), variances(llr(), 3, thousands({2359, 0, 4062})));
    CHECK_FALSE(s.applied());
    CHECK(s.stage == stage::not_applied);
    CHECK(s.pool == money::thousands(6421));
    CHECK(column(s, &statement_line::allocated) == thousands({3210, 835, 2376}));
    CHECK(column(s, &statement_line::transfer) == thousands({851, 835, -1686}));
    CHECK(column(s, &statement_line::final) == thousands({3210, 835, 2376}));
    CHECK(s.total().transfer.is_zero());
    CHECK(s.total().final == money::thousands(6421));
    CHECK(s.held_for_joint_investment.is_zero());
}

TEST_CASE(
    "statement: a net surplus held for joint investment leaves every party on plan and shows the split (case R02)") {
    agreement_paper paper = llr_paper();
    paper.terms.gains = gain_policy::held_for_joint_investment;
    const statement s = computed(made(paper), variances(llr(), 6, thousands({1000, 200, 800})));
    CHECK(s.held_for_joint_investment == money::thousands(2000));
    CHECK(column(s, &statement_line::final) == thousands({0, 0, 0}));
    CHECK(column(s, &statement_line::notional) == thousands({1000, 260, 740}));
    CHECK(column(s, &statement_line::transfer) == thousands({-1000, -200, -800}));
    CHECK((s.total().transfer + s.held_for_joint_investment).is_zero());
    CHECK(proof(s).holds());
}

TEST_CASE("statement: gains and deficits may be kept where they arise") {
    agreement_paper paper = llr_paper();
    paper.terms.gains = gain_policy::kept;
    CHECK(column(computed(made(paper), variances(llr(), 6, thousands({1000, 200, 800}))), &statement_line::transfer) ==
          thousands({0, 0, 0}));
    paper.terms.deficits = deficit_policy::kept;
    CHECK(column(computed(made(paper), variances(llr(), 6, thousands({-1000, 200, -800}))), &statement_line::final) ==
          thousands({-1000, 200, -800}));
}

TEST_CASE("statement: no sharing is an agreement, under which everybody keeps everything") {
    agreement_paper paper = with_exclusions(llr_paper());
    paper.terms.sharing = false;
    paper.terms.shares = {};
    share_inputs in = with_efficiency(variances(llr(), 6, thousands({-1000, 200, -800})), full_targets, {0, 0, 0});
    const statement s = computed(made(paper), in);
    CHECK(column(s, &statement_line::transfer) == thousands({0, 0, 0}));
    CHECK(column(s, &statement_line::excluded) == thousands({0, 0, 0}));
    CHECK(column(s, &statement_line::final) == thousands({-1000, 200, -800}));
}

TEST_CASE(
    "statement: shared again with its exclusions frozen, nothing moves; tested again, it would, wrongly (case R08)") {
    const agreement a = made(with_exclusions(llr_paper()));
    const share_inputs in =
        with_efficiency(variances(llr(), 7, thousands({-3000, 500, -1000})), full_targets, {21100, 5000, 13200});
    const statement first = computed(a, in);
    CHECK(column(first, &statement_line::transfer) == thousands({1250, -955, -295}));
    CHECK(column(first, &statement_line::final) == thousands({-1750, -455, -1295}));

    share_inputs again =
        with_efficiency(variances(llr(), 7, column(first, &statement_line::final)), full_targets, {21100, 5000, 13200});
    again.frozen_exclusions.emplace();
    for (const statement_line& l : first.lines) again.frozen_exclusions->push_back({l.organisation, l.excluded});
    const statement second = computed(a, again);
    CHECK(column(second, &statement_line::transfer) == thousands({0, 0, 0}));
    CHECK(second.pool == money::thousands(-3500));

    CHECK(column(second, &statement_line::final) == thousands({-1750, -455, -1295}));

    again.frozen_exclusions.reset();
    const statement wrong = computed(a, again);
    CHECK(column(wrong, &statement_line::excluded) == thousands({0, -455, 0}));
    CHECK(column(wrong, &statement_line::shareable) == thousands({-1750, 0, -1295}));
    CHECK(wrong.pool == money::thousands(-3045));
}

TEST_CASE("statement: a dead-band stays where it arose, pro rata to deficits (case R14)") {
    agreement_paper paper = llr_paper();
    paper.terms.dead_band = money::thousands(2000);
    const statement s = computed(made(paper), variances(llr(), 7, thousands({-6000, -2000, 0})));
    CHECK(s.pool == money::thousands(-8000));
    CHECK(column(s, &statement_line::retained) == thousands({-1500, -500, 0}));
    CHECK(column(s, &statement_line::allocated) == thousands({-3000, -780, -2220}));
    CHECK(column(s, &statement_line::final) == thousands({-4500, -1280, -2220}));
    const statement within = computed(made(paper), variances(llr(), 7, thousands({-1200, -300, 0})));
    CHECK(column(within, &statement_line::transfer) == thousands({0, 0, 0}));
}

TEST_CASE("statement: what caps leave over is reported and never dropped (case R13)") {
    agreement_paper paper = llr_paper();
    paper.terms.bounds = {
        {"UHL", {}, money::thousands(4000)}, {"LPT", {}, money::thousands(500)}, {"ICB", {}, money::thousands(3000)}};
    const statement s = computed(made(paper), variances(llr(), 7, thousands({-10000, 0, 0})));
    CHECK(column(s, &statement_line::allocated) == thousands({-4000, -500, -3000}));
    CHECK(s.unallocated == money::thousands(-2500));
    CHECK((s.total().transfer + s.unallocated).is_zero());
    CHECK(s.total().final + s.unallocated == s.total().variance);
}

TEST_CASE("statement: a scheme has shares of its own only with the consent of all (case R17)") {
    agreement_paper paper = llr_paper();
    shared_scheme nel{"Non Elective Gap Closure", money::thousands(10000)};
    nel.shares = percentages(llr(), {70, 0, 30});
    nel.consents = {{"UHL"}, {"LPT"}, {"ICB"}};
    paper.terms.schemes = {nel};
    share_inputs in = variances(llr(), 5, thousands({-6000, 0, 0}));
    in.shortfalls = {{"Non elective gap closure ", {{"UHL", money::thousands(4000)}}}};
    const statement agreed = computed(made(paper), in);
    CHECK(column(agreed, &statement_line::allocated) == thousands({-3800, -260, -1940}));
    CHECK(agreed.schemes.at(0).own_shares);

    paper.terms.schemes[0].consents = {{"UHL"}, {"ICB"}};
    const outcome<statement> rejected = statement_of(made(paper), in);
    REQUIRE(rejected);
    CHECK(column(*rejected, &statement_line::allocated) == thousands({-3000, -780, -2220}));
    CHECK(rejected->schemes.at(0).missing == std::vector<std::string>{"LPT"});
    CHECK(mentions(rejected.findings(), "statement.scheme_shares_rejected", "lack the consent of LPT"));
}

TEST_CASE("statement: slippage to be passed back is disclosed and changes no figure (case R18)") {
    agreement_paper paper = llr_paper();
    share_inputs in = variances(llr(), 5, thousands({0, -500, -500}));
    in.slippage = {{"UHL", "Reconfiguration", money::thousands(1000)}};
    const outcome<statement> s = statement_of(made(paper), in);
    REQUIRE(s);
    CHECK(s->pool == money::thousands(-1000));
    CHECK(column(*s, &statement_line::transfer) == thousands({-500, 370, 130}));
    CHECK(s->pass_backs.at(0).to_explain() == money::thousands(1000));
    CHECK(mentions(s.findings(), "statement.pass_back",
                   "UHL expected surplus of £1,000,000 for \"Reconfiguration\", reported £0: explain £1,000,000"));
}

TEST_CASE("statement: each mitigates, the system mitigates, the reserve is used, and only the rest is shared") {
    share_inputs in = variances(llr(), 9, thousands({-10000, -2000, 1000}));
    in.basis = share_basis::forecast;
    in.positions[0].own_mitigation = stated_money{money::thousands(2000)};
    in.positions[1].own_mitigation = stated_money{money::thousands(2500)}; // beyond its deficit
    in.system_mitigation = stated_money{money::thousands(1500)};
    in.reserve = stated_money{money::thousands(500)};
    const statement s = computed(made(llr_paper()), in);
    // 10,000 + 2,000 − 1,000 = 11,000; its own 2,000 and 2,000; then 1,500 and 500 leave 5,000 to share.
    CHECK(s.pool == money::thousands(-7000));
    CHECK(s.shared_pool == money::thousands(-5000));
    CHECK(column(s, &statement_line::allocated) == thousands({-2500, -650, -1850}));
    CHECK(column(s, &statement_line::transfer) == thousands({5500, -650, -2850}));
    CHECK(s.relief_used() == money::thousands(2000));
    CHECK(proof(s).holds());

    in.reserve = stated_money{money::thousands(9000)};
    const statement relieved = computed(made(llr_paper()), in);
    CHECK(relieved.relief.at(1).used == money::thousands(5500));
    CHECK(relieved.shared_pool.is_zero());
}

TEST_CASE("statement: where a net deficit is kept, the system's mitigation and the reserve are not used") {
    agreement_paper paper = llr_paper();
    paper.terms.deficits = deficit_policy::kept;
    share_inputs in = variances(llr(), 9, thousands({-1000, 200, -200}));
    in.system_mitigation = stated_money{money::thousands(300)};
    in.reserve = stated_money{money::thousands(100)};
    const statement s = computed(made(paper), in);
    CHECK(s.relief_used().is_zero());
    CHECK(s.relief.at(0).available == money::thousands(300));
    CHECK(column(s, &statement_line::final) == thousands({-1000, 200, -200}));
    CHECK(proof(s).holds());
}

TEST_CASE("statement: the working of a share names every amount that it is made of") {
    agreement_paper paper = llr_paper();
    paper.terms.dead_band = money::thousands(1000);
    shared_scheme own{"NEL"};
    own.shares = percentages(llr(), {70, 0, 30});
    own.consents = {{"UHL"}, {"LPT"}, {"ICB"}};
    paper.terms.schemes = {own};
    share_inputs in = variances(llr(), 5, thousands({-6000, 0, 0}));
    in.shortfalls = {{"NEL", {{"UHL", money::thousands(2000)}}}};
    const auto rule_of = [](const statement& s, const std::string& party, const std::string& figure) {
        for (const working& w : s.workings)
            if (w.organisation == party && w.figure == figure) return w.rule;
        return std::string("no working");
    };
    // 6,000 less 2,000 of the scheme less 1,000 of the dead-band.
    const statement s = computed(made(paper), in);
    CHECK(rule_of(s, "UHL", "allocated") == "50% of £(3,000,000), £(1,400,000) of \"NEL\"");
    CHECK(rule_of(s, "UHL", "retained") == "its part of the dead-band of £1,000,000, pro rata to deficits");
    CHECK(rule_of(s, "UHL", "transfer") ==
          "share of the pool £(2,900,000) and dead-band £(1,000,000) less what it put in, £(6,000,000)");
    CHECK(rule_of(s, "ICB", "final") == "kept £0 and share of the pool £(1,710,000)");

    agreement_paper tiered = llr_paper();
    tiered.terms.tiers = {{money::thousands(1000), percentages(llr(), {100, 0, 0})},
                          {std::nullopt, percentages(llr(), {20, 0, 80})}};
    const statement t = computed(made(tiered), variances(llr(), 5, thousands({-5000, 0, 0})));
    CHECK(rule_of(t, "UHL", "allocated") == "100% of the first £(1,000,000), 20% of the next £(4,000,000)");
}

TEST_CASE("statement: positions of thousands and of pence round at their own unit (case R19)") {
    agreement_paper paper = llr_paper();
    const std::vector<money> variance = thousands({-6421, 0, 0});
    CHECK(column(computed(made(paper), variances(llr(), 5, variance)), &statement_line::allocated) ==
          pence({-321050000, -83473000, -237577000}));
    paper.rounding_unit = one(unit::thousands);
    CHECK(column(computed(made(paper), variances(llr(), 5, variance)), &statement_line::allocated) ==
          thousands({-3210, -835, -2376}));
    const outcome<statement> finer = statement_of(made(paper), variances(llr(), 5, pence({-642100001, 0, 0})));
    REQUIRE_FALSE(finer);
    CHECK(mentions(finer.findings(), "statement.finer_than_rounding_unit", "actual to date of UHL"));
}

TEST_CASE(
    "statement: a duplicate, a stranger and a missing party are found at once and nothing is computed (case T06)") {
    share_inputs in = variances({"UHL", "UHL", "NUH"}, 5, thousands({-1000, -1000, -5}));
    const provenance sheet("positions.xlsx", "Position M5");
    for (std::uint32_t i = 0; i < 3; ++i) in.positions[i].at = sheet.at(i + 4, 1);
    const outcome<statement> s = statement_of(made(llr_paper()), in);
    REQUIRE_FALSE(s);
    CHECK(mentions(s.findings(), "statement.duplicate_organisation", "duplicate organisation UHL, numbers 1 and 2"));
    CHECK(mentions(s.findings(), "statement.not_a_party", "organisation NUH is not party to agreement LLR-2022/23"));
    CHECK(mentions(s.findings(), "statement.missing_party", "LPT"));
    CHECK(mentions(s.findings(), "statement.missing_party", "ICB"));
    REQUIRE(s.findings().front().at.size() == 2);
    CHECK(to_string(s.findings().front().at[1]) == "positions.xlsx 'Position M5'!A5");
    CHECK_THROWS_AS(s.value(), precondition_violated);
}

TEST_CASE("statement: a blank is not zero") {
    share_inputs in = variances(llr(), 5, thousands({-1000, 0, 0}));
    in.positions[1].actual.reset();
    const outcome<statement> s = statement_of(made(llr_paper()), in);
    REQUIRE_FALSE(s);
    CHECK(mentions(s.findings(), "statement.blank", "LPT has no actual to date"));

    share_inputs efficiency = with_efficiency(variances(llr(), 5, thousands({-1000, 0, 0})), full_targets, {0, 0, 0});
    efficiency.positions[2].efficiency_delivered.reset();
    const outcome<statement> e = statement_of(made(with_exclusions(llr_paper())), efficiency);
    REQUIRE_FALSE(e);
    CHECK(mentions(e.findings(), "statement.blank", "ICB has no efficiency delivered to date"));
}

TEST_CASE("statement: an agreement is in force in its own year only (case T02)") {
    const agreement a = made(llr_paper());
    const auto at = [&](int calendar_year, int calendar_month) {
        share_inputs in = variances(llr(), 4, thousands({-1000, 0, 0}));
        in.when = period_of(calendar_year, calendar_month);
        return statement_of(a, in);
    };
    CHECK(mentions(at(2022, 3).findings(), "agreement.not_in_force", "no agreement is in force for M12 2021/22"));
    CHECK(at(2022, 7)->when.month == month(4));
    CHECK(at(2023, 3)->when.month == month(12));
    CHECK(mentions(at(2023, 4).findings(), "agreement.not_in_force", "no agreement is in force for M1 2023/24"));
}

TEST_CASE("statement: break-even and plan as the basis give different pools, £m as printed (case S12)") {
    const std::vector<money> actual = {money::thousands(-700), money::thousands(-1200), money::thousands(4100)};
    share_inputs against_nothing = variances(llr(), 3, actual);
    CHECK(computed(made(llr_paper()), against_nothing).pool == money::thousands(2200));
    share_inputs against_plan = against_nothing;
    against_plan.positions[0].plan = stated_money{money::thousands(-3100)};
    against_plan.positions[1].plan = stated_money{money::thousands(-1200)};
    CHECK(computed(made(llr_paper()), against_plan).pool == money::thousands(6500));
}

TEST_CASE("statement: derived shares stand beside the agreed ones and replace nothing (case S13)") {
    agreement_paper paper = llr_paper();
    paper.terms.basis = expenditure_basis{
        "planned expenditure, year to date month 3",
        {{"UHL", money::thousands(336991)}, {"LPT", money::thousands(84432)}, {"ICB", money::thousands(220234)}}};
    const statement s = computed(made(paper), variances(llr(), 4, thousands({-1000, 0, 0})));
    const std::vector<std::string> printed = {"52.5", "13.2", "34.3"};
    for (std::size_t i = 0; i < 3; ++i) {
        const ratio derived = *s.lines[i].derived_share;
        CHECK(to_string(percentage(exact(money::pence(derived.numerator())), exact(money::pence(derived.denominator())),
                                   1, rounding::half_away_from_zero)) == printed[i]);
    }
    CHECK(s.lines[0].share == ratio(1, 2));
    CHECK(s.lines[0].allocated == money::thousands(-500));
}

TEST_CASE("statement: every party's figures name their clause and their cells") {
    agreement_paper paper = with_exclusions(llr_paper());
    paper.terms.exclusions[0].clause = "efficiency targets";
    share_inputs in =
        with_efficiency(variances(llr(), 4, thousands({-5227, -751, 2204})), {6100, 1700, 4000}, {4975, 1700, 4310});
    in.positions[0].efficiency_target->at = provenance("m4.xlsx", "Position M4", 6, 2);
    in.positions[0].efficiency_delivered->at = provenance("m4.xlsx", "Position M4", 7, 2);
    const statement s = computed(made(paper), in);
    bool found = false;
    for (const working& w : s.workings) {
        if (w.organisation != "UHL" || w.figure != "excluded") continue;
        found = true;
        CHECK(w.clause == "efficiency targets");
        REQUIRE(w.from.size() == 2);
        CHECK(w.from[1].cell() == "B7");
        CHECK(w.rule.find("£1,125,000") != std::string::npos);
    }
    CHECK(found);
}

TEST_CASE("whole pence: a figure finer than a penny is refused unless a rule is named") {
    const result<figure> f = figure(*parse_decimal("2359.123456"), unit::thousands, provenance("a.xlsx", "P", 3, 2));
    const result<stated_money> refused = whole_pence(*f);
    REQUIRE_FALSE(refused);
    CHECK(refused.why().rule == "money.finer_than_a_penny");
    CHECK(refused.why().at.cell() == "B3");
    CHECK(whole_pence(*f, rounding::half_away_from_zero).value == money::pence(235912346));
    CHECK(whole_pence(figure(*parse_decimal("2359.12345"), unit::thousands))->value == money::pence(235912345));
}
