// Editing one number of a workbook, against copying all other records and inflating and deflating (level 1) its sheet.
#include "support/against_floor.hpp"
#include "workbook/detail/zip.hpp"

#include <riskshare/workbook/patch.hpp>

#include <libdeflate.h>

#include <algorithm>
#include <filesystem>
#include <memory>

using namespace riskshare::workbook;

namespace {

const std::string sheet_part = "xl/worksheets/sheet1.xml";

std::string input(const std::string& name) { return std::string(RISKSHARE_BENCHMARK_INPUTS) + "/" + name + ".xlsx"; }

/// From bytes in memory to bytes in memory.
void floor_of_editing(benchmark::State& state, const std::string& name) {
    const package source = package::open(input(name));
    const std::string_view bytes = source.bytes();
    const auto directory = detail::zip::read_directory(bytes, name);
    const auto sheet = std::find_if(directory.records.begin(), directory.records.end(),
                                    [](const auto& r) { return r.name == sheet_part; });
    for (auto _ : state) {
        const std::unique_ptr<char[]> text(new char[sheet->unpacked]);
        libdeflate_decompressor* unpacker = libdeflate_alloc_decompressor();
        const auto outcome = libdeflate_deflate_decompress(unpacker, bytes.data() + sheet->data.begin, sheet->packed,
                                                           text.get(), sheet->unpacked, nullptr);
        if (outcome != LIBDEFLATE_SUCCESS) state.SkipWithError("the part does not inflate");
        libdeflate_free_decompressor(unpacker);
        libdeflate_compressor* packer = libdeflate_alloc_compressor(1);
        const std::size_t room = libdeflate_deflate_compress_bound(packer, sheet->unpacked);
        const std::unique_ptr<char[]> packed(new char[room]);
        const std::size_t size = libdeflate_deflate_compress(packer, text.get(), sheet->unpacked, packed.get(), room);
        libdeflate_free_compressor(packer);
        std::string out(bytes.substr(0, sheet->local.begin));
        out.append(packed.get(), size).append(bytes.substr(sheet->local.end));
        benchmark::DoNotOptimize(out.data());
    }
    state.counters["MB"] = static_cast<double>(sheet->unpacked) / 1e6;
}

/// A number in the middle of the first sheet, which all three inputs hold in column K or before.
edit change_of(const book& source) {
    edit change;
    change.sheet = source.sheet_names().front();
    change.at = {30, 10};
    change.value = "12345.5";
    return change;
}

void edit_one_number(benchmark::State& state, const std::string& name) {
    const std::string bytes(package::open(input(name)).bytes());
    for (auto _ : state) {
        const book source(package::from_bytes(bytes, name));
        const auto outcome = apply(source, {change_of(source)});
        if (!std::holds_alternative<patched>(outcome))
            state.SkipWithError("the edit was refused");
        else
            benchmark::DoNotOptimize(std::get<patched>(outcome).result.bytes().data());
    }
}

/// The same from the file on disk to another one, whole and on the disk.
void edit_and_save(benchmark::State& state, const std::string& name) {
    const std::string saved = input(name + ".edited");
    for (auto _ : state) {
        const book source = book::open(input(name));
        const auto outcome = apply(source, {change_of(source)});
        if (!std::holds_alternative<patched>(outcome))
            state.SkipWithError("the edit was refused");
        else
            std::get<patched>(outcome).result.save(saved);
    }
    std::filesystem::remove(saved);
}

void add(const std::string& group, const std::string& name, int runs) {
    const auto once = [&](const char* what, void (*act)(benchmark::State&, const std::string&)) {
        benchmark::RegisterBenchmark((group + "/" + what).c_str(), act, name)
            ->Unit(benchmark::kMillisecond)
            ->Iterations(1)
            ->Repetitions(runs)
            ->ReportAggregatesOnly(false);
    };
    once("floor", floor_of_editing);
    once("edit_one_number", edit_one_number);
    once("edit_and_save", edit_and_save);
}

} // namespace

int main(int argc, char** argv) {
    add("a_20000_rows_of_30_mixed", "mixed", 5);
    add("b_300000_rows_of_12", "large", 3);
    add("c_ten_sheets_of_a_template", "template", 20);
    return support::run_against_floors(argc, argv);
}
