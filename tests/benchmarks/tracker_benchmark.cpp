// From a tracker's workbook of 20,000 schemes to the tracker, against inflating its sheet and looking at every byte
// once.
#include "support/against_floor.hpp"
#include "support/floor_of_reading.hpp"

#include <riskshare/llr.hpp>
#include <riskshare/roll_up.hpp>
#include <riskshare/template/finance_report.hpp>
#include <riskshare/template/read.hpp>
#include <riskshare/template/relations.hpp>

using namespace riskshare;

namespace {

std::string input(const std::string& name) { return std::string(RISKSHARE_BENCHMARK_INPUTS) + "/" + name + ".xlsx"; }

void floor_of_reading(benchmark::State& state, const std::string& name) {
    const support::packed_part part = support::packed(input(name), "xl/worksheets/sheet1.xml");
    for (auto _ : state) {
        const support::new_room room(part.size);
        if (!support::inflate_and_scan(part, room.data())) state.SkipWithError("the part does not inflate");
    }
    state.counters["MB"] = static_cast<double>(part.size) / 1e6;
}

/// The same in room that was paid for before: no page of it is new.
void floor_in_warm_room(benchmark::State& state, const std::string& name) {
    const support::packed_part part = support::packed(input(name), "xl/worksheets/sheet1.xml");
    std::string room(part.size, ' ');
    for (auto _ : state)
        if (!support::inflate_and_scan(part, room.data())) state.SkipWithError("the part does not inflate");
}

void every_cell_held(benchmark::State& state, const std::string& name) {
    for (auto _ : state) {
        const workbook::book from = workbook::book::open(input(name));
        const workbook::sheet held = from.read(from.sheet_names().front());
        benchmark::DoNotOptimize(held.cells().data());
    }
}

void read_to_tracker(benchmark::State& state, const std::string& name, std::size_t schemes) {
    for (auto _ : state) {
        templates::tracker_options options;
        options.directory = llr::directory();
        const templates::tracker_reading got = templates::read_tracker(workbook::book::open(input(name)), options);
        if (got.read.size() != schemes || has_errors(got.findings)) state.SkipWithError("the tracker is not read");
        state.counters["pence"] = static_cast<double>(rolled_up(got.read, month(3)).total.plan.pence());
    }
}

/// As the command `check` does it: the model with its schemes, then every relation of the workbook.
void checked(benchmark::State& state, const std::string& name) {
    for (auto _ : state) {
        templates::read_options options;
        options.directory = llr::directory();
        const workbook::book from = workbook::book::open(input(name));
        const templates::read_result got = templates::read_workbook(from, options);
        if (!got.schemes || has_errors(got.findings)) state.SkipWithError("the tracker is not read");
        if (has_errors(templates::read_finance_report(from, options).findings)) state.SkipWithError("it is no report");
        if (has_errors(templates::check_workbook(from, {}).findings)) state.SkipWithError("it adds up");
    }
}

template <class Body>
void add(const std::string& name, Body body) {
    benchmark::RegisterBenchmark(name.c_str(), body)
        ->Unit(benchmark::kMillisecond)
        ->MeasureProcessCPUTime()
        ->Repetitions(5);
}

} // namespace

int main(int argc, char** argv) {
    struct subject {
        const char* name;
        std::size_t schemes;
    };
    for (const subject& s : {subject{"tracker_5000", 5'000}, subject{"tracker_20000", 20'000}}) {
        const std::string name = s.name;
        const std::size_t schemes = s.schemes;
        add(name + "/floor", [name](benchmark::State& state) { floor_of_reading(state, name); });
        add(name + "/floor in warm room", [name](benchmark::State& state) { floor_in_warm_room(state, name); });
        add(name + "/every cell held", [name](benchmark::State& state) { every_cell_held(state, name); });
        add(name + "/to the tracker",
            [name, schemes](benchmark::State& state) { read_to_tracker(state, name, schemes); });
        add(name + "/checked", [name](benchmark::State& state) { checked(state, name); });
    }
    return support::run_against_floors(argc, argv);
}
