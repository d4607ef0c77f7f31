// The proof for a cross-footed table of 200 rows and 30 columns in thousands: the target is one second.
#include <riskshare/diagnosis.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <random>
#include <vector>

using namespace riskshare;

namespace {

std::int64_t thousands(std::int64_t pence) {
    return pence < 0 ? -((-pence + 50'000) / 100'000) : (pence + 50'000) / 100'000;
}

/// \param fault added to one cell, in thousands
printed_table cross_footed(std::size_t rows, std::size_t columns, std::int64_t fault) {
    std::mt19937_64 random(1);
    std::vector<std::vector<std::int64_t>> truth(rows + 1, std::vector<std::int64_t>(columns + 1));
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < columns; ++j) {
            const std::int64_t amount = static_cast<std::int64_t>(random() % 10'000'000'000) - 5'000'000'000;
            truth[i][j] = amount;
            truth[i][columns] += amount;
            truth[rows][j] += amount;
            truth[rows][columns] += amount;
        }
    printed_table t;
    std::vector<std::vector<std::size_t>> id(rows + 1);
    const exact step(decimal(1, 0), unit::thousands);
    for (std::size_t i = 0; i <= rows; ++i)
        for (std::size_t j = 0; j <= columns; ++j) {
            const std::int64_t printed = thousands(truth[i][j]) + (i == 3 && j == 4 ? fault : 0);
            id[i].push_back(t.add({"", exact(decimal(printed, 0), unit::thousands), step}));
        }
    for (std::size_t i = 0; i <= rows; ++i) t.relate("across", id[i].back(), {id[i].begin(), id[i].end() - 1});
    for (std::size_t j = 0; j <= columns; ++j) {
        std::vector<std::size_t> parts;
        for (std::size_t i = 0; i < rows; ++i) parts.push_back(id[i][j]);
        t.relate("down", id[rows][j], parts);
    }
    return t;
}

void prove_rounding_only(benchmark::State& state) {
    const printed_table t = cross_footed(200, 30, 0);
    for (auto _ : state) benchmark::DoNotOptimize(prove_rounding(t, halves::away_from_zero).verdict);
}
BENCHMARK(prove_rounding_only)->Unit(benchmark::kMillisecond);

void prove_and_diagnose_a_fault(benchmark::State& state) {
    const printed_table t = cross_footed(200, 30, 900);
    for (auto _ : state) benchmark::DoNotOptimize(diagnose(t, prove_rounding(t, halves::away_from_zero)).size());
}
BENCHMARK(prove_and_diagnose_a_fault)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
