// Every verdict and every least move, once more from an independent solver: GNU's glpsol, on the same linear programme.
#include "support/random_table.hpp"

#include <riskshare/rounding_check.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

using namespace riskshare;
using namespace riskshare::test;

namespace {

std::string pounds(const exact& e) { return to_string(e); }

/// Minimise the sum of the distances by which figures leave their intervals.
void write_programme(const printed_table& t, const std::string& file) {
    std::ofstream out(file);
    out << "Minimize\n obj: 0 x0";
    for (std::size_t i = 0; i < t.figures().size(); ++i) out << "\n + up" << i << " + down" << i;
    out << "\nSubject To\n";
    for (std::size_t r = 0; r < t.relations().size(); ++r) {
        out << " r" << r << ":";
        for (const relation_term& term : t.relations()[r].terms) {
            const std::string sign = term.weight.numerator() < 0 ? " - " : " + ";
            const std::string back = term.weight.numerator() < 0 ? " + " : " - ";
            const std::string n = std::to_string(term.figure);
            out << "\n  " << sign << "x" << n << sign << "up" << n << back << "down" << n;
        }
        out << " = 0\n";
    }
    out << "Bounds\n";
    for (std::size_t i = 0; i < t.figures().size(); ++i) {
        const exact half = t.figures()[i].step / ratio(2);
        out << " " << pounds(t.figures()[i].value - half) << " <= x" << i
            << " <= " << pounds(t.figures()[i].value + half) << "\n";
    }
    out << "End\n";
}

double least_by_glpk(const std::string& programme, const std::string& answer) {
    const std::string command = "glpsol --lp " + programme + " -o " + answer + " > /dev/null 2>&1";
    if (std::system(command.c_str()) != 0) return -1;
    std::ifstream in(answer);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    const std::size_t at = text.find("obj = ");
    return at == std::string::npos ? -1 : std::strtod(text.c_str() + at + 6, nullptr);
}

} // namespace

TEST_CASE("rounding_check: glpsol gives the same verdict and the same least move on random tables") {
    if (std::system("glpsol --version > /dev/null 2>&1") != 0) {
        MESSAGE("skipped: glpsol (glpk-utils) is not installed");
        return;
    }
    const std::string stem = "riskshare-glpk-test";
    unsigned real = 0, rounding = 0;
    for (unsigned seed = 1; seed <= 240; ++seed) {
        CAPTURE(seed);
        const bool large = seed % 12 == 0;
        random_table random(seed + 500'000, large ? 40 : 12, large ? 15 : 6);
        if (seed % 3 == 0) random.plant();
        const printed_table table = random.table();
        write_programme(table, stem + ".lp");
        const double theirs = least_by_glpk(stem + ".lp", stem + ".txt");
        REQUIRE(theirs >= 0);
        const rounding_proof ours = prove_rounding(table, halves::unknown);
        const double least = std::strtod(to_string(ours.least_move).c_str(), nullptr);
        CHECK(std::fabs(theirs - least) <= 1e-6 * (1 + least));
        CHECK((ours.verdict == verdict::real) == (theirs > 1e-3));
        ++(ours.verdict == verdict::real ? real : rounding);
    }
    std::remove((stem + ".lp").c_str());
    std::remove((stem + ".txt").c_str());
    CHECK(real >= 60);
    CHECK(rounding >= 140);
}
