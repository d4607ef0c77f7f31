// Reading a sheet, against inflating it and looking at every byte once.
#include "support/against_floor.hpp"
#include "support/floor_of_reading.hpp"

#include <riskshare/workbook/stream.hpp>

#include <cstdlib>

using namespace riskshare::workbook;

namespace {

const std::string sheet_part = "xl/worksheets/sheet1.xml";

std::string input(const std::string& name) { return std::string(RISKSHARE_BENCHMARK_INPUTS) + "/" + name + ".xlsx"; }

/// The pence of "-1234.5", added exactly.
std::int64_t pence_of(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    std::int64_t value = 0;
    int places = -1;
    for (const char c : text.substr(negative ? 1 : 0)) {
        if (c == '.')
            places = 0;
        else if (places < 2)
            value = value * 10 + (c - '0'), places += places >= 0 ? 1 : 0;
    }
    for (int place = places < 0 ? 0 : places; place < 2; ++place) value *= 10;
    return negative ? -value : value;
}

/// The room is taken anew each time, as a reader must take it.
void floor_of_reading(benchmark::State& state, const std::string& name) {
    const support::packed_part part = support::packed(input(name), sheet_part);
    for (auto _ : state) {
        const support::new_room room(part.size);
        if (!support::inflate_and_scan(part, room.data())) state.SkipWithError("the part does not inflate");
    }
    state.counters["MB"] = static_cast<double>(part.size) / 1e6;
}

/// The same in room that was paid for before: no page of it is new.
void floor_in_warm_room(benchmark::State& state, const std::string& name) {
    const support::packed_part part = support::packed(input(name), sheet_part);
    std::string room(part.size, ' ');
    for (auto _ : state)
        if (!support::inflate_and_scan(part, room.data())) state.SkipWithError("the part does not inflate");
}

/// From the file on disk to the sum of a column.
void sum_of_column(benchmark::State& state, const std::string& name, std::uint32_t column) {
    std::int64_t sum = 0;
    for (auto _ : state) {
        const book from = book::open(input(name));
        cell_stream cells(from, from.sheet_names().front());
        cells.only_column(column);
        sum = 0;
        while (const passing_cell* c = cells.next())
            if (c->kind == cell_kind::number) sum += pence_of(c->text);
        benchmark::DoNotOptimize(sum);
    }
    state.counters["pence"] = static_cast<double>(sum);
}

void every_cell_streamed(benchmark::State& state, const std::string& name) {
    for (auto _ : state) {
        const book from = book::open(input(name));
        cell_stream cells(from, from.sheet_names().front());
        std::size_t count = 0, characters = 0;
        while (const passing_cell* c = cells.next()) ++count, characters += c->text.size();
        benchmark::DoNotOptimize(characters);
        state.counters["cells"] = static_cast<double>(count);
    }
}

void every_cell_held(benchmark::State& state, const std::string& name) {
    for (auto _ : state) {
        const book from = book::open(input(name));
        const sheet held = from.read(from.sheet_names().front());
        benchmark::DoNotOptimize(held.cells().data());
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
        std::uint32_t column;
    };
    for (const subject& s : {subject{"mixed", 12}, subject{"large", 7}}) {
        const std::string name = s.name;
        const std::uint32_t column = s.column;
        add(name + "/floor", [name](benchmark::State& state) { floor_of_reading(state, name); });
        add(name + "/floor in warm room", [name](benchmark::State& state) { floor_in_warm_room(state, name); });
        add(name + "/sum of a column", [name, column](benchmark::State& state) { sum_of_column(state, name, column); });
        add(name + "/every cell streamed", [name](benchmark::State& state) { every_cell_streamed(state, name); });
        add(name + "/every cell held", [name](benchmark::State& state) { every_cell_held(state, name); });
    }
    return support::run_against_floors(argc, argv);
}
