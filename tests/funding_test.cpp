// Expected figures: cases P01 to P04 of the funds of 2019/20 (quarters of 15, 20, 30 and 35%).
#include <riskshare/funding.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace riskshare;

namespace {

const money step = money::thousands(1);

/// Earned where the body is on plan; a part of it also takes performance, or the system to be on plan.
fund_terms fund(std::int64_t thousands, const ratio& operational = 0, const ratio& system_linked = 0) {
    fund_terms f{"PSF", {{"UHL", money::thousands(thousands)}}};
    f.phasing = {ratio::percent(15), ratio::percent(20), ratio::percent(30), ratio::percent(35)};
    const fund_gate own, system{fund_gate::what::system}, performance{fund_gate::what::standard, "performance"};
    f.parts = {{"finance", ratio(1) - operational - system_linked, {own}}};
    if (operational != ratio(0)) f.parts.push_back({"performance", operational, {own, performance}});
    if (system_linked != ratio(0)) f.parts.push_back({"system", system_linked, {own, system}});
    return f;
}

struct gates {
    bool own = true, performance = true, system = true;
};

fund_result earned(const fund_terms& f, const std::array<gates, 4>& met) {
    share_inputs in;
    in.when = {financial_year{2019}, month(12)};
    const auto told = [&](const char* gate, const char* body, int quarter, bool is) {
        in.measures.push_back({gate, body, quarter, decimal(is ? 1 : 0, 0), {}});
    };
    for (int q = 1; q <= 4; ++q) {
        const gates& now = met[static_cast<std::size_t>(q - 1)];
        told("own position", "UHL", q, now.own);
        told("performance", "UHL", q, now.performance);
        told("system position", "", q, now.system);
    }
    std::vector<finding> findings;
    const std::vector<fund_result> results = funding({f}, {}, in, step, findings);
    REQUIRE(results.size() == 1);
    CHECK(findings.empty());
    return results.front();
}

std::vector<std::int64_t> by_quarter(const fund_result& r) {
    std::vector<std::int64_t> out;
    for (const fund_quarter& q : r.quarters) out.push_back(q.earned.pence() / 100'000);
    return out;
}

using list = std::vector<std::int64_t>;
constexpr gates met{}, missed{false, true, true};

} // namespace

TEST_CASE("funding: quarters follow the phasing and add up (case P01)") {
    CHECK(by_quarter(earned(fund(38100), {met, met, met, met})) == list{5715, 7620, 11430, 13335});
    std::mt19937_64 random(7);
    for (int i = 0; i < 1000; ++i) {
        const money amount = money::thousands(static_cast<std::int64_t>(random() % 100'000));
        const std::array<money, 4> q = phased_by_quarter(amount, fund(1).phasing, step);
        REQUIRE(q[0] + q[1] + q[2] + q[3] == amount);
    }
}

TEST_CASE("funding: a missed quarter is recovered only where the fund allows it (case P02)") {
    fund_terms f = fund(38100);
    CHECK(by_quarter(earned(f, {missed, met, met, met})) == list{0, 7620, 11430, 13335});
    CHECK(earned(f, {missed, met, met, met}).earned == money::thousands(32385));
    CHECK(earned(f, {missed, met, met, met}).lost == money::thousands(5715));
    f.recoverable = true;
    CHECK(by_quarter(earned(f, {missed, met, met, met})) == list{0, 13335, 11430, 13335});
    CHECK(earned(f, {missed, met, met, met}).earned == money::thousands(38100));
    CHECK(earned(f, {missed, missed, missed, missed}).earned == money());
}

TEST_CASE("funding: the operational part takes performance, and finance comes first (case P03)") {
    const fund_terms f = fund(38100, ratio::percent(30));
    const gates no_performance{true, false, true}, only_performance{false, true, true};
    CHECK(earned(f, {no_performance, no_performance, no_performance, no_performance}).earned ==
          money::thousands(26670));
    CHECK(earned(f, {only_performance, only_performance, only_performance, only_performance}).earned == money());
}

TEST_CASE("funding: the part linked to the system is lost when the system misses (case P04)") {
    const fund_terms f = fund(10000, 0, ratio(1, 2));
    const gates system_misses{true, true, false};
    CHECK(earned(f, {system_misses, system_misses, system_misses, system_misses}).earned == money::thousands(5000));
}

TEST_CASE("funding: a quarter that nothing tells about is not known, neither earned nor lost") {
    share_inputs in;
    in.when = {financial_year{2019}, month(12)};
    for (const int q : {1, 3, 4}) in.measures.push_back({"own position", "UHL", q, decimal(1, 0), {}});
    fund_terms f = fund(10000);
    std::vector<finding> findings;
    const fund_result once = funding({f}, {}, in, step, findings).front();
    CHECK(once.earned == money::thousands(8000));
    CHECK(once.unknown == money::thousands(2000));
    CHECK(once.lost == money());
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].rule == "fund.gate_unknown");
    f.recoverable = true; // a later test to date is met, and decides
    const fund_result later = funding({f}, {}, in, step, findings).front();
    CHECK(later.earned == money::thousands(10000));
    CHECK(later.unknown == money());
}
