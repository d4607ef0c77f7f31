// The distribution of 200 items on a £1,000 grid, against simulating it with 10,000 draws of the same items.
#include "../support/random_events.hpp"

#include <riskshare/bounded_distribution.hpp>

#include <benchmark/benchmark.h>

using namespace riskshare;

namespace {

/// 200 items of £1,000 to £1.27m, £127m in all as in the published register of month 3, whole percents.
const std::vector<chance_event>& items() {
    static const std::vector<chance_event> all = test::random_events(200, 1271, 7);
    return all;
}

void simulated_with_10000_draws(benchmark::State& state) {
    for (auto _ : state) {
        test::total_drawer draw(items(), 1);
        std::vector<std::int64_t> totals(10'000);
        for (std::int64_t& t : totals) t = draw();
        std::sort(totals.begin(), totals.end());
        benchmark::DoNotOptimize(totals[1'000] + totals[5'000] + totals[9'000]);
    }
}
BENCHMARK(simulated_with_10000_draws)->Unit(benchmark::kMillisecond);

void bounded_to_12_places(benchmark::State& state) {
    for (auto _ : state) {
        const bounded_distribution d(items(), one(unit::thousands));
        benchmark::DoNotOptimize(d.quantile(ratio(1, 10)).low);
        benchmark::DoNotOptimize(d.quantile(ratio(1, 2)).low);
        benchmark::DoNotOptimize(d.quantile(ratio(9, 10)).low);
        benchmark::DoNotOptimize(d.of_at_most(exact()).low);
    }
}
BENCHMARK(bounded_to_12_places)->Unit(benchmark::kMillisecond);

void exact_fractions(benchmark::State& state) {
    for (auto _ : state) {
        const distribution d(items(), one(unit::thousands));
        benchmark::DoNotOptimize(d.of_at_most(exact()));
    }
}
BENCHMARK(exact_fractions)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
