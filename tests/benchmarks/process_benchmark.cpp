// Whole processes: the time of a small read or edit over that of doing nothing, and the memory of a large read.
#include <riskshare/workbook/patch.hpp>
#include <riskshare/workbook/stream.hpp>

#include <algorithm>
#include <cstdio>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace riskshare::workbook;

namespace {

std::string input(const std::string& name) { return std::string(RISKSHARE_BENCHMARK_INPUTS) + "/" + name + ".xlsx"; }

/// What a child process does.
int act(const std::string& what) {
    if (what == "nothing") return 0;
    std::size_t cells = 0;
    if (what == "template") {
        const book from = book::open(input("template"));
        for (const std::string& name : from.sheet_names()) cells += from.read(name).cells().size();
        return cells == 6970 ? 0 : 1; // ten sheets of a title and 58 rows of 12
    }
    if (what == "edit") {
        edit change;
        change.sheet = "Sheet 5";
        change.at = {30, 10};
        change.value = "12345.5";
        const auto outcome = apply(book::open(input("template")), {change});
        if (!std::holds_alternative<patched>(outcome)) return 1;
        std::get<patched>(outcome).result.save(input("template.edited"));
        return 0;
    }
    const book from = book::open(input("large"));
    if (what == "unpack") return from.source().read("xl/worksheets/sheet1.xml").empty() ? 1 : 0;
    cell_stream stream(from, from.sheet_names().front());
    while (stream.next() != nullptr) ++cells;
    return cells == 3'600'000 ? 0 : 1;
}

struct cost {
    double milliseconds = 1e9;
    long kibibytes = 0;
};

/// The least of many runs, each a process of its own.
cost of(const char* program, const char* what, int runs) {
    cost least;
    for (int i = 0; i < runs; ++i) {
        const pid_t child = fork();
        if (child == 0) {
            execl(program, program, what, static_cast<char*>(nullptr));
            _exit(127);
        }
        int status = 0;
        rusage used{};
        wait4(child, &status, 0, &used);
        if (status != 0) std::printf("\"%s\" failed\n", what);
        const auto milliseconds = [](const timeval& t) { return double(t.tv_sec) * 1e3 + double(t.tv_usec) / 1e3; };
        least.milliseconds = std::min(least.milliseconds, milliseconds(used.ru_utime) + milliseconds(used.ru_stime));
        least.kibibytes = used.ru_maxrss;
    }
    return least;
}

} // namespace

int main(int argc, char** argv) {
    if (argc > 1) return act(argv[1]);
    const char* self = "/proc/self/exe";
    char program[4096] = {};
    if (readlink(self, program, sizeof program - 1) < 0) return 1;

    const cost nothing = of(program, "nothing", 20), small = of(program, "template", 20),
               edited = of(program, "edit", 20);
    std::printf("ten-sheet template, all cells: %.1f ms; doing nothing: %.1f ms; between them %.1f ms (goal: 10)\n",
                small.milliseconds, nothing.milliseconds, small.milliseconds - nothing.milliseconds);
    std::printf("ten-sheet template, one number edited and saved: %.1f ms; beyond doing nothing %.1f ms (goal: 10)\n",
                edited.milliseconds, edited.milliseconds - nothing.milliseconds);
    std::remove(input("template.edited").c_str());
    const cost unpack = of(program, "unpack", 1), stream = of(program, "stream", 1);
    const double part = double(book::open(input("large")).source().read("xl/worksheets/sheet1.xml").size()) / 1048576;
    const double peak = double(stream.kibibytes) / 1024;
    std::printf("300,000 x 12 streamed: peak %.1f MiB, the part alone %.1f MiB; beyond it %.1f MiB (goal: 64); "
                "unpacking alone peaks at %.1f MiB\n",
                peak, part, peak - part, double(unpack.kibibytes) / 1024);
    return 0;
}
