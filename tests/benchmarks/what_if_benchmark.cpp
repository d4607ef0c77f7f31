// 10,000 outturns of three parties under an agreement of many terms: what `share --over` works out.
#include <riskshare/what_if.hpp>

#include <benchmark/benchmark.h>

using namespace riskshare;

namespace {

agreement example() {
    agreement_paper paper;
    paper.name = "Three parties";
    paper.year = financial_year{2022};
    paper.parties = {{"UHL"}, {"LPT"}, {"ICB"}};
    paper.terms.shares.shares = {{"UHL", ratio::percent(50)}, {"LPT", ratio::percent(13)}, {"ICB", ratio::percent(37)}};
    paper.terms.gains = gain_policy::pro_rata;
    paper.terms.exclusions = {{"UHL", money::thousands(21'100)}, {"LPT", money::thousands(5'600)}};
    paper.terms.dead_band = money::thousands(1'000);
    paper.terms.bounds = {{"UHL", {}, money::thousands(2'000)}};
    return agreement::made_from(paper).value();
}

void ten_thousand_outturns(benchmark::State& state) {
    const agreement a = example();
    share_inputs in;
    in.when = {financial_year{2022}, month(4)};
    for (const char* party : {"UHL", "LPT", "ICB"}) {
        party_position p{party};
        p.plan = p.actual = p.efficiency_delivered = stated_money{};
        p.efficiency_target = stated_money{money::thousands(500)};
        in.positions.push_back(p);
    }
    const outturn_range range = *parse_outturn_range("-5m:4.999m:1k");
    for (auto _ : state) benchmark::DoNotOptimize(positions_over(a, in, range)->points.size());
}
BENCHMARK(ten_thousand_outturns)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
