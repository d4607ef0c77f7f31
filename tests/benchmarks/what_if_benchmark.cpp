// 10,000 outturns of three parties under an agreement of many terms: what `share --over` works out. The target is one
// second.
#include <riskshare/what_if.hpp>

#include "support/against_floor.hpp"

#include <array>
#include <cstdint>
#include <vector>

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

/// Pence as plain integers: each party's part of the outturn, what it keeps, the dead-band, the limit, the shares;
/// rounded down, nothing checked, no kinks looked for.
void floor_of_outturns(benchmark::State& state) {
    constexpr std::array<std::int64_t, 3> percent{50, 13, 37};
    constexpr std::int64_t kept_at_most = 50'000'000, band = 100'000'000, cap = 200'000'000;
    for (auto _ : state) {
        std::vector<std::array<std::int64_t, 3>> points;
        for (std::int64_t outturn = -500'000'000; outturn < 500'000'000; outturn += 100'000) {
            std::array<std::int64_t, 3> own{}, kept{}, final{};
            std::int64_t pool = 0, deficits = 0;
            for (std::size_t i = 0; i < 3; ++i) {
                own[i] = outturn * percent[i] / 100;
                kept[i] = i < 2 && own[i] < 0 ? std::max(own[i], -kept_at_most) : 0;
                pool += own[i] - kept[i];
                deficits += std::max<std::int64_t>(0, kept[i] - own[i]);
            }
            const std::int64_t in_band = pool < 0 ? std::min(-pool, band) : 0, left = pool + in_band;
            const std::int64_t first = std::max(left * percent[0] / 100, -cap);
            for (std::size_t i = 0; i < 3; ++i) {
                const std::int64_t part = i == 0 ? first : (left - first) * percent[i] / 50;
                final[i] = kept[i] + part - (in_band == 0 ? 0 : in_band * (kept[i] - own[i]) / deficits);
            }
            points.push_back(final);
        }
        benchmark::DoNotOptimize(points.data());
    }
}
BENCHMARK(floor_of_outturns)->Name("what_if/floor")->Unit(benchmark::kMillisecond);

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
BENCHMARK(ten_thousand_outturns)->Name("what_if/over")->Unit(benchmark::kMillisecond);

} // namespace

int main(int argc, char** argv) { return support::run_against_floors(argc, argv); }
