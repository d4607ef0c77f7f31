#include <riskshare/agreement.hpp>

#include "support/share.hpp"

using namespace riskshare;
using namespace support;

namespace {

std::vector<finding> refused(const agreement_paper& paper) {
    const outcome<agreement> a = agreement::made_from(paper);
    REQUIRE_FALSE(a);
    return a.findings();
}

period in_month(int m) { return {financial_year{2022}, month(m)}; }

} // namespace

TEST_CASE("agreement: shares that do not add to one are refused unless normalising is asked for (case R12)") {
    agreement_paper paper = llr_paper();
    paper.terms.shares = percentages(llr(), {50, 13, 36});
    CHECK(mentions(refused(paper), "agreement.shares_do_not_add", "add to 99%, not 100%"));
    paper.terms.shares.normalise = true;
    CHECK(made(paper).in_force(in_month(4))->shares[0] == ratio(50, 99));
}

TEST_CASE("agreement: negative weights and weights that are all zero are refused (case R12)") {
    agreement_paper paper = llr_paper();
    paper.terms.shares = percentages(llr(), {50, -13, 63});
    CHECK(mentions(refused(paper), "agreement.negative_share", "negative weight"));
    paper.terms.shares = percentages(llr(), {0, 0, 0});
    CHECK(mentions(refused(paper), "agreement.no_weight", "all weights are zero"));
}

TEST_CASE("agreement: every fault of a paper is found at once, with its place") {
    agreement_paper paper = llr_paper();
    const provenance file("agreement.toml", "");
    paper.terms.shares.shares = {{"UHL", ratio(1, 2), file.at(8, 1)}, {"NUH", ratio(1, 2), file.at(9, 1)}};
    paper.terms.exclusions = {{"LPT", money::thousands(-1), {}, file.at(12, 1)}};
    paper.terms.pass_backs = {{"EMAS", "fleet", {}, file.at(20, 1)}};
    const std::vector<finding> found = refused(paper);
    CHECK(mentions(found, "agreement.unknown_party", "NUH, which is not a party"));
    CHECK(mentions(found, "agreement.missing_share", "no share to LPT"));
    CHECK(mentions(found, "agreement.missing_share", "no share to ICB"));
    CHECK(mentions(found, "agreement.negative_exclusion", "£(1,000)"));
    CHECK(mentions(found, "agreement.unknown_party", "EMAS"));
    CHECK(found.front().at.at(0).row() == 9);
}

TEST_CASE("agreement: it takes two parties, each named once") {
    agreement_paper paper = llr_paper();
    paper.parties = {{"UHL"}, {"UHL"}, {"ICB"}};
    CHECK(mentions(refused(paper), "agreement.duplicate_party", "UHL is named as a party twice"));
    paper.parties = {{"UHL"}};
    CHECK(mentions(refused(paper), "agreement.parties", "at least two parties"));
}

TEST_CASE("agreement: only parties consent") {
    agreement_paper paper = llr_paper();
    amendment a{"revised plan", month(7), {{"UHL"}, {"LPT"}, {"ICB"}, {"EMAS"}}};
    paper.amendments = {a};
    CHECK(mentions(refused(paper), "agreement.consent_by_stranger", "EMAS, which is not a party"));
}

TEST_CASE("agreement: an amendment by all runs from its month and restates nothing before (case T03)") {
    agreement_paper paper = llr_paper();
    amendment a{"revised plan", month(7), {{"UHL"}, {"LPT"}, {"ICB"}}};
    a.shares = percentages(llr(), {48, 14, 38});
    paper.amendments = {a};
    const agreement made_ = made(paper);
    CHECK(made_.in_force(in_month(6))->shares[0] == ratio::percent(50));
    CHECK(made_.in_force(in_month(6))->number == 1);
    CHECK(made_.in_force(in_month(7))->shares[0] == ratio::percent(48));
    CHECK(made_.in_force(in_month(7))->number == 2);
    CHECK(made_.in_force(in_month(12))->shares[2] == ratio::percent(38));
    const statement june = computed(made_, variances(llr(), 6, thousands({-1000, 0, 0})));
    CHECK(column(june, &statement_line::allocated) == thousands({-500, -130, -370}));
}

TEST_CASE("agreement: an amendment without consent changes nothing and names who is missing (case T03)") {
    agreement_paper paper = llr_paper();
    amendment a{"revised plan", month(7), {{"UHL"}, {"ICB"}, {"UHL"}}};
    a.shares = percentages(llr(), {48, 14, 38});
    paper.amendments = {a};
    const agreement kept = made(paper);
    CHECK(kept.in_force(in_month(7))->shares[0] == ratio::percent(50));
    REQUIRE(kept.rejected().size() == 1);
    CHECK(kept.rejected()[0].missing == std::vector<std::string>{"LPT"});
}

TEST_CASE("agreement: consent may be a majority's or named parties'") {
    agreement_paper paper = llr_paper();
    amendment a{"revised plan", month(7), {{"UHL"}, {"ICB"}}};
    a.shares = percentages(llr(), {48, 14, 38});
    paper.amendments = {a};
    paper.consents.rule = consent_rule::how::majority;
    CHECK(made(paper).rejected().empty());
    paper.amendments[0].consents = {{"UHL"}};
    CHECK(made(paper).rejected().at(0).missing == std::vector<std::string>{"LPT", "ICB"});
    paper.consents = {consent_rule::how::named, {"ICB", "LPT"}};
    paper.amendments[0].consents = {{"ICB"}, {"LPT"}};
    CHECK(made(paper).rejected().empty());
    paper.amendments[0].consents = {{"ICB"}, {"UHL"}};
    CHECK(made(paper).rejected().at(0).missing == std::vector<std::string>{"LPT"});
    // With four parties two are no majority.
    CHECK(missing_consents({consent_rule::how::majority}, std::vector<std::string>{"A", "B", "C", "D"},
                           std::vector<consent>{{"A"}, {"B"}}) == std::vector<std::string>{"C", "D"});
}

TEST_CASE("agreement: what is proposed must make sense even if nobody consents") {
    agreement_paper paper = llr_paper();
    amendment a{"revised plan", month(7), {}};
    a.shares = percentages(llr(), {48, 14, 37});
    paper.amendments = {a};
    CHECK(mentions(refused(paper), "agreement.shares_do_not_add", "99%"));
}

TEST_CASE("agreement: shares may be equal, derived from a basis, or change with the months (case R11)") {
    agreement_paper paper = llr_paper();
    paper.terms.shares = {share_terms::how::equal};
    CHECK(made(paper).in_force(in_month(5))->shares[1] == ratio(1, 3));
    paper.terms.shares = {share_terms::how::derived};
    CHECK(mentions(refused(paper), "agreement.no_basis", "none is stated"));
    paper.terms.basis = expenditure_basis{
        "planned expenditure",
        {{"UHL", money::thousands(500000)}, {"LPT", money::thousands(0)}, {"ICB", money::thousands(370000)}}};
    const agreement derived = made(paper);
    const statement s = computed(derived, variances(llr(), 5, thousands({-8001, 0, 0})));
    CHECK(s.lines[1].allocated.is_zero());
    paper.rounding_unit = one(unit::thousands);
    CHECK(column(computed(made(paper), variances(llr(), 5, thousands({-8001, 0, 0}))), &statement_line::allocated) ==
          thousands({-4598, 0, -3403}));

    agreement_paper by_period = llr_paper();
    by_period.terms.by_period = {{month(10), percentages(llr(), {40, 20, 40})}};
    CHECK(made(by_period).in_force(in_month(9))->shares[0] == ratio::percent(50));
    CHECK(made(by_period).in_force(in_month(10))->shares[0] == ratio::percent(40));
    by_period.terms.by_period.push_back({month(10), percentages(llr(), {30, 30, 40})});
    CHECK(mentions(refused(by_period), "agreement.duplicate_period", "shares from M10 are given twice"));
}

TEST_CASE("agreement: the calendar of 2022/23 (case T01)") {
    const agreement a = made(llr_paper());
    const std::vector<std::pair<int, stage>> calendar = {
        {1, stage::not_applied},        {2, stage::not_applied},          {3, stage::not_applied},
        {4, stage::monthly_statement},  {8, stage::monthly_statement},    {9, stage::year_end_recommendation},
        {10, stage::monthly_statement}, {11, stage::monthly_with_update}, {12, stage::year_end}};
    for (const auto& entry : calendar) {
        CAPTURE(entry.first);
        CHECK(a.stage_of(month(entry.first)) == entry.second);
    }
}

TEST_CASE("agreement: no sharing may take the place of one with collars") {
    agreement_paper paper = llr_paper();
    paper.terms.bounds = {{"UHL", money::thousands(100), {}}};
    amendment none{"no sharing", month(7), {{"UHL"}, {"LPT"}, {"ICB"}}};
    none.sharing = false;
    paper.amendments = {none};
    CHECK_FALSE(made(paper).in_force(in_month(7))->terms.sharing);
}

TEST_CASE("agreement: tiers rise to one without end, limits do not cross") {
    agreement_paper paper = llr_paper();
    paper.terms.tiers = {{money::thousands(2000), percentages(llr(), {100, 0, 0})},
                         {money::thousands(1000), percentages(llr(), {0, 0, 100})}};
    paper.terms.bounds = {{"UHL", money::thousands(5), money::thousands(4)}};
    const std::vector<finding> found = refused(paper);
    CHECK(mentions(found, "agreement.tiers", "tier 2 ends at £1,000,000, not above £2,000,000"));
    CHECK(mentions(found, "agreement.tiers", "the last tier must not"));
    CHECK(mentions(found, "agreement.limits", "at least £5,000 and at most £4,000"));
}
