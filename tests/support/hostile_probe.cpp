// Reads one workbook as the tool would, exchanges a part, and says in one line how it went: "refused", rule and
// message, or "read" and the warnings. Whatever ends otherwise is a fault of ours.
#include "whole_round.hpp"

#include <riskshare/error.hpp>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string_view>

int main(int count, char** arguments) {
    if (count != 2) return 2;
    const std::string_view file = arguments[1];
    if (file == "--build") {
#ifdef NDEBUG
        std::puts(riskshare::test::sanitised ? "sanitised" : "optimised");
#else
        std::puts(riskshare::test::sanitised ? "sanitised" : "debug");
#endif
        return 0;
    }
    try {
        const auto opened = riskshare::workbook::package::open(std::string(file));
        std::string line = "read";
        const auto warnings = riskshare::test::read_all(opened);
        for (std::size_t i = 0; i < warnings.size() && i < 5; ++i) line += "\t" + warnings[i];
        if (warnings.size() > 202) line = "more warnings than anybody reads";
        std::puts(line.c_str());
    } catch (const riskshare::input_refused& refusal) {
        std::printf("refused\t%s\t%s\n", refusal.rule().c_str(), refusal.what());
    }
}
