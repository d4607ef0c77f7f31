// Rolling up a nation's schemes by organisation and rating, against summing the same numbers as one plain array.
#include "support/against_floor.hpp"

#include <riskshare/roll_up.hpp>

#include <map>

using namespace riskshare;

namespace {

/// 250 organisations, four ratings, 24 monthly figures a scheme. Built once a size, and kept.
const tracker& nation(std::size_t schemes) {
    static std::map<std::size_t, tracker> made;
    const auto [known, fresh] = made.try_emplace(schemes);
    tracker& t = known->second;
    if (!fresh) return t;
    t.reserve(schemes);
    scheme s;
    std::uint64_t state = 20191120;
    const auto next = [&state] { return (state = state * 6364136223846793005ULL + 1442695040888963407ULL) >> 33; };
    for (std::size_t i = 0; i < schemes; ++i) {
        s.reference = "S" + std::to_string(i);
        s.organisation = "ORG" + std::to_string(next() % 250);
        s.rating = static_cast<rating>(next() % 4);
        s.recurrence = next() % 2 == 0 ? recurrence::recurrent : recurrence::non_recurrent;
        s.full_year_effect = money::pence(static_cast<std::int64_t>(next() % 100'000'000));
        for (int m = 1; m <= 12; ++m) {
            s.plan.set(month(m), money::pence(static_cast<std::int64_t>(next() % 10'000'000)));
            s.actual.set(month(m), money::pence(static_cast<std::int64_t>(next() % 10'000'000) - 500'000));
        }
        t.add(s);
    }
    return t;
}

/// Not checked, not grouped: the least that reading every figure once can cost.
void plain_sum(benchmark::State& state, std::size_t schemes) {
    const std::span<const std::int64_t> pence = nation(schemes).pence();
    for (auto _ : state) {
        std::int64_t sum = 0;
        for (std::int64_t p : pence) sum += p;
        benchmark::DoNotOptimize(sum);
    }
}

void by_organisation_and_rating(benchmark::State& state, std::size_t schemes) {
    const tracker& t = nation(schemes);
    std::int64_t plain = 0;
    for (std::int64_t p : t.pence()) plain += p;
    for (auto _ : state) {
        const roll_up r = rolled_up(t, month(3), {scheme_field::organisation, scheme_field::rating});
        if (r.total.plan.pence() + r.total.forecast.pence() != plain || r.groups.size() != 1000)
            state.SkipWithError("the roll-up does not add up");
        benchmark::DoNotOptimize(r.total.schemes);
    }
}

} // namespace

int main(int argc, char** argv) {
    for (const std::size_t schemes : {125'000U, 250'000U, 500'000U, 1'000'000U}) {
        const std::string group = "schemes_" + std::to_string(schemes);
        benchmark::RegisterBenchmark((group + "/floor").c_str(), plain_sum, schemes)
            ->Unit(benchmark::kMillisecond)
            ->Repetitions(5);
        benchmark::RegisterBenchmark((group + "/roll_up").c_str(), by_organisation_and_rating, schemes)
            ->Unit(benchmark::kMillisecond)
            ->Repetitions(5);
    }
    return support::run_against_floors(argc, argv);
}
