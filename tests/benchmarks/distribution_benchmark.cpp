// The distribution of 200 items on a £1,000 grid, against simulating it with 10,000 draws of the same items.
#include "../support/random_events.hpp"

#include <riskshare/distribution.hpp>

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

void exact_chance_and_quantiles(benchmark::State& state) {
    for (auto _ : state) {
        const distribution d(items(), one(unit::thousands));
        benchmark::DoNotOptimize(d.of_at_most(exact()));
        benchmark::DoNotOptimize(d.quantile(ratio(1, 10)));
        benchmark::DoNotOptimize(d.quantile(ratio(1, 2)));
        benchmark::DoNotOptimize(d.quantile(ratio(9, 10)));
    }
}
BENCHMARK(exact_chance_and_quantiles)->Unit(benchmark::kMillisecond);

void exact_tables_alone(benchmark::State& state) {
    for (auto _ : state) {
        const distribution d(items(), one(unit::thousands));
        benchmark::DoNotOptimize(d.points());
    }
}
BENCHMARK(exact_tables_alone)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
