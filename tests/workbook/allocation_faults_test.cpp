// When any one allocation of opening, reading, editing or saving fails, the outcome is std::bad_alloc: no crash, no
// leak, no half-written file. Memory is counted by replacing operator new and libdeflate's allocator for this program
// alone.
#include <riskshare/workbook/patch.hpp>
#include <riskshare/workbook/stream.hpp>

#include "support/small_book.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <libdeflate.h>
#include <new>
#include <sstream>

namespace {

struct {
    long fails_at = 0, seen = 0, live = 0;
} memory;

void* taken(std::size_t size) noexcept {
    if (memory.fails_at != 0 && ++memory.seen == memory.fails_at) return nullptr;
    void* block = std::malloc(size == 0 ? 1 : size);
    if (block != nullptr) ++memory.live;
    return block;
}
void given_back(void* block) noexcept {
    if (block == nullptr) return;
    --memory.live;
    std::free(block);
}

} // namespace

void* operator new(std::size_t size) {
    if (void* block = taken(size)) return block;
    throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return taken(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return taken(size); }
void operator delete(void* block) noexcept { given_back(block); }
void operator delete[](void* block) noexcept { given_back(block); }
void operator delete(void* block, std::size_t) noexcept { given_back(block); }
void operator delete[](void* block, std::size_t) noexcept { given_back(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { given_back(block); }
void operator delete[](void* block, const std::nothrow_t&) noexcept { given_back(block); }

namespace {

namespace fs = std::filesystem;
using namespace riskshare::workbook;

const long never = -1;

/// How many allocations `act` makes; afterwards it is as if it had not run.
long allocations(const std::function<void()>& act) {
    memory.seen = 0;
    memory.fails_at = never;
    act();
    memory.fails_at = 0;
    return memory.seen;
}

/// Runs `act` once for each of its allocations, which fails.
void starve(
    const std::function<void()>& act, const std::function<bool()>& sound = [] { return true; }) {
    act(); // what is kept for ever is taken now
    const long count = allocations(act);
    CHECK(count > 0);
    for (long at = 1; at <= count; ++at) {
        const long live = memory.live;
        bool starved = false;
        memory.seen = 0;
        memory.fails_at = at;
        try {
            act();
        } catch (const std::bad_alloc&) {
            starved = true;
        } catch (const riskshare::error&) {
            starved = true; // a stream, for one, turns it into a failure to write
        }
        memory.fails_at = 0;
        const long leaked = memory.live - live;
        if (leaked != 0) CHECK_MESSAGE(leaked == 0, "after allocation " << at);
        if (!sound()) CHECK_MESSAGE(false, "the file is not as it was after allocation " << at);
        if (at == 1) CHECK(starved);
    }
    MESSAGE(count << " allocations failed, one after another");
}

const std::string cells =
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>12.5</v></c><c r=\"C1\" "
    "t=\"inlineStr\"><is><r><t>long enough "
    "to need memory of its own</t></r></is></c></row><row r=\"2\"><c r=\"A2\"><f t=\"shared\" si=\"0\" "
    "ref=\"A2:B2\">SUM(B1:B1)+1000000</f><v>1</v></c><c r=\"B2\"><f t=\"shared\" si=\"0\"/><v>2</v></c></row>";

std::string file_bytes() {
    static const std::string bytes{
        support::book_of(support::worksheet("<sheetData>" + cells +
                                            "</sheetData><mergeCells><mergeCell ref=\"D1:E1\"/></mergeCells>"))
            .source()
            .bytes()};
    return bytes;
}

edit number_in(address at) {
    edit one;
    one.sheet = "Plan";
    one.at = at;
    one.value = "99.25";
    return one;
}

std::string on_disk(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

TEST_CASE("memory: opening survives the failure of each allocation") {
    libdeflate_set_memory_allocator(taken, given_back);
    const std::string bytes = file_bytes();
    const package packed =
        package::from_bytes(bytes, "plan.xlsx")
            .with({{"xl/workbook.xml", package::from_bytes(bytes, "plan.xlsx").read("xl/workbook.xml") + "\n"}});
    const std::string deflated(packed.bytes());
    starve([&] {
        const package file = package::from_bytes(deflated, "plan.xlsx");
        for (const std::string& part : file.part_names()) (void)file.read(part);
        if (!file.has("XL/workbook.xml")) throw std::logic_error("a part is there");
    });
}

TEST_CASE("memory: reading survives the failure of each allocation") {
    const package file = package::from_bytes(file_bytes(), "plan.xlsx");
    starve([&] {
        const book one(file);
        if (one.read("plan").cells().size() != 5) throw std::logic_error("five cells");
    });
    starve([&] {
        const book one(file);
        cell_stream stream(one, "Plan");
        while (stream.next() != nullptr) (void)stream.formula();
    });
}

TEST_CASE("memory: a sheet that could not be read for want of memory can be read afterwards") {
    const package file = package::from_bytes(file_bytes(), "plan.xlsx");
    const long count = allocations([&] { (void)book(file).read("Plan"); });
    for (long at = 1; at <= count; ++at) {
        const book one(file);
        memory.seen = 0;
        memory.fails_at = at;
        try {
            (void)one.read("Plan");
        } catch (const std::bad_alloc&) {
        }
        memory.fails_at = 0;
        if (one.read("Plan").cells().size() != 5) CHECK(at == 0);
    }
}

TEST_CASE("memory: editing survives the failure of each allocation") {
    const book one(package::from_bytes(file_bytes(), "plan.xlsx"));
    starve([&] {
        if (apply(one, {number_in({1, 2}), number_in({7, 3})}).index() != 0)
            throw std::logic_error("an edit is refused");
    });
}

TEST_CASE("memory: saving survives the failure of each allocation, and so does the file") {
    std::string pattern = (fs::temp_directory_path() / "riskshare-memory-XXXXXX").string();
    const fs::path folder = mkdtemp(pattern.data()), target = folder / "plan.xlsx";
    std::ofstream(target, std::ios::binary) << file_bytes();
    const package before = package::open(target);
    const package after = std::get<patched>(apply(book(before), {number_in({1, 2})})).result;
    const auto sound = [&] {
        std::size_t files = 0;
        for (const auto& entry : fs::directory_iterator(folder)) files += entry.is_regular_file();
        const std::string now = on_disk(target);
        return files == 1 && (now == before.bytes() || now == after.bytes());
    };
    starve([&] { after.save(target); }, sound);
    starve([&] {
        std::ostringstream out;
        after.save(out);
    });
    fs::remove_all(folder);
}
