// Random tables, rounded cell by cell from amounts that foot, then left alone or given one fault.
#include "support/random_table.hpp"

#include <riskshare/diagnosis.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace riskshare;
using namespace riskshare::test;

namespace {

// Exact proofs are slow without the optimiser; the full count runs in release builds.
#ifdef NDEBUG
constexpr unsigned tables = 1500;
#else
constexpr unsigned tables = 60;
#endif

} // namespace

TEST_CASE("planted faults: no false alarm on a table that was only rounded") {
    for (unsigned seed = 1; seed <= tables / 3; ++seed) {
        CAPTURE(seed);
        random_table t(seed);
        const rounding_proof proof = prove_rounding(t.table(), halves::away_from_zero);
        CHECK(proof.verdict != verdict::real);
    }
}

TEST_CASE("planted faults: every fault beyond the slack is found, and its kind named in 95 of 100") {
    unsigned planted = 0, found = 0, identifiable = 0, named = 0;
    std::map<std::string, std::pair<unsigned, unsigned>> by_kind;
    for (unsigned seed = 1; seed <= tables; ++seed) {
        random_table t(seed + 100'000);
        const random_table::fault fault = t.plant();
        if (!fault.beyond_slack) continue;
        ++planted;
        const printed_table table = t.table();
        const rounding_proof proof = prove_rounding(table, halves::away_from_zero);
        CAPTURE(seed);
        CHECK(proof.verdict == verdict::real);
        if (proof.verdict != verdict::real) continue;
        ++found;
        if (!fault.kind) continue;
        const std::vector<diagnosis> faults = diagnose(table, proof);
        const bool right =
            faults.size() >= 1 && !faults[0].explanations.empty() && faults[0].explanations[0].looks_like == fault.kind;
        ++identifiable;
        named += right;
        auto& tally = by_kind[to_string(*fault.kind)];
        ++tally.first;
        tally.second += right;
        if (!right) {
            std::string got = faults.empty() || faults[0].explanations.empty() ? "nothing"
                              : faults[0].explanations[0].looks_like ? to_string(*faults[0].explanations[0].looks_like)
                                                                     : "no kind";
            MESSAGE("seed " << seed << ": planted " << to_string(*fault.kind) << " in a table of " << t.rows() << " by "
                            << t.columns() << ", named " << got);
        }
    }
    for (const auto& k : by_kind) MESSAGE(k.first << ": " << k.second.second << " of " << k.second.first << " named");
    MESSAGE(found << " of " << planted << " found");
    CHECK(planted >= tables / 2);
    CHECK(found == planted);
    CHECK(named * 100 >= identifiable * 95);
}
