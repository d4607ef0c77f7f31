// Runs benchmarks and says how many times the floor of its group each one takes.
#ifndef BENCHMARKS_SUPPORT_AGAINST_FLOOR_HPP
#define BENCHMARKS_SUPPORT_AGAINST_FLOOR_HPP

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace support {

/// Keeps the least processor time of each benchmark; what disturbs a run only ever adds to it.
class least_times : public benchmark::ConsoleReporter {
public:
    void ReportRuns(const std::vector<Run>& runs) override {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs) {
            if (run.error_occurred || run.run_type == Run::RT_Aggregate) continue;
            const double time = run.GetAdjustedCPUTime();
            const auto [known, fresh] = least_.emplace(run.run_name.function_name, time);
            if (!fresh) known->second = std::min(known->second, time);
        }
    }
    const std::map<std::string, double>& least() const { return least_; }

private:
    std::map<std::string, double> least_;
};

/// To be called from main. Benchmarks are named "group/what"; "group/floor" is what the others of the group are
/// measured against.
inline int run_against_floors(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    least_times times;
    benchmark::RunSpecifiedBenchmarks(&times);
    std::printf("\nleast processor time, and how many times the floor it is\n");
    for (const auto& [name, time] : times.least()) {
        const std::string group = name.substr(0, name.find('/'));
        const auto floor = times.least().find(group + "/floor");
        if (floor == times.least().end()) continue;
        std::printf("%-40s %10.2f ms %8.2f x\n", name.c_str(), time, time / floor->second);
    }
    return 0;
}

} // namespace support

#endif
