// Expected kinds: the slips named in the published papers, and slips made by hand.
#include <riskshare/diagnosis.hpp>

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <vector>

using namespace riskshare;

namespace {

exact amount(const std::string& text, unit u) { return exact(parse_decimal(text).value(), u); }

/// A column of parts and its total, in £000.
struct summed_column {
    printed_table table = {};
    std::size_t total = 0;

    summed_column(std::initializer_list<const char*> parts, const char* printed_total) {
        std::vector<std::size_t> ids;
        for (const char* p : parts) ids.push_back(add(p));
        total = add(printed_total);
        table.relate("total", total, ids);
    }
    std::size_t add(const char* value) {
        return table.add({value, amount(value, unit::thousands), amount("1", unit::thousands)});
    }
    diagnosis only() const {
        const std::vector<diagnosis> found = diagnose(table, prove_rounding(table, halves::unknown));
        REQUIRE(found.size() == 1);
        return found.front();
    }
    explanation best() const {
        const diagnosis d = only();
        REQUIRE(!d.explanations.empty());
        return d.explanations.front();
    }
};

} // namespace

TEST_CASE("diagnosis: a plan of (13.6) beside an actual of 13.6 marked compliant is a sign slip") {
    printed_table t;
    const auto plan = t.add({"plan", amount("-13.6", unit::millions), amount("0.1", unit::millions)});
    const auto actual = t.add({"actual", amount("13.6", unit::millions), amount("0.1", unit::millions)});
    t.relate("compliant: actual as plan", actual, {plan});
    const rounding_proof proof = prove_rounding(t, halves::unknown);
    REQUIRE(proof.verdict == verdict::real);
    CHECK(printed_gap(t, t.relations()[0]) == amount("-27.2", unit::millions));
    const std::vector<diagnosis> found = diagnose(t, proof);
    REQUIRE(found.size() == 1);
    REQUIRE(!found[0].explanations.empty());
    CHECK(found[0].explanations[0].looks_like == resemblance::sign_slip);
}

TEST_CASE("diagnosis: a deficit entered as a surplus is named as a sign slip, with the figure") {
    const summed_column c({"478", "2464", "427", "1881", "2464", "3634"}, "6420"); // LPT expenditure is −2,464
    const explanation e = c.best();
    CHECK(e.looks_like == resemblance::sign_slip);
    CHECK(e.changes[0].instead == amount("-2464", unit::thousands));
}

TEST_CASE("diagnosis: exchanged digits are named with the swap") {
    const summed_column c({"4744", "11713", "7125", "3026"}, "26644"); // 3,062 typed as 3,026
    const explanation e = c.best();
    CHECK(e.looks_like == resemblance::transposed_digits);
    CHECK(e.changes[0].figure == 3);
    CHECK(e.changes[0].instead == amount("3062", unit::thousands));
}

TEST_CASE("diagnosis: pounds among thousands are a unit slip") {
    const summed_column c({"4744", "11713000", "7125", "3062"}, "26644");
    const explanation e = c.best();
    CHECK(e.looks_like == resemblance::unit_slip);
    CHECK(e.changes[0].figure == 1);
}

TEST_CASE("diagnosis: a total that leaves out a line, or counts it twice, says which") {
    const explanation left_out = summed_column({"13522", "30250", "40425", "15260"}, "84197").best();
    CHECK(left_out.looks_like == resemblance::omitted_line);
    CHECK(left_out.lines == std::vector<std::size_t>{3});
    const explanation twice = summed_column({"13522", "30250", "40425", "15260"}, "114717").best();
    CHECK(twice.looks_like == resemblance::double_counted_line);
    CHECK(twice.lines == std::vector<std::size_t>{3});
}

TEST_CASE("diagnosis: a line left out of every total of a row is one fault, not many") {
    printed_table t;
    const long cells[3][3] = {{1201, 3407, 4608}, {9350, 2222, 11572}, {5813, 7079, 12892}};
    std::size_t id[4][3];
    const provenance sheet("plan.xlsx", "Plan");
    for (std::uint32_t i = 0; i < 4; ++i)
        for (std::uint32_t j = 0; j < 3; ++j) {
            const long value = i < 3 ? cells[i][j] : cells[0][j] + cells[2][j]; // the second row is left out
            id[i][j] = t.add(
                {"", exact(decimal(value, 0), unit::thousands), amount("1", unit::thousands), sheet.at(i + 1, j + 1)});
        }
    for (auto& row : id) t.relate("across", row[2], {row[0], row[1]});
    for (std::size_t j = 0; j < 3; ++j) t.relate("down", id[3][j], {id[0][j], id[1][j], id[2][j]});
    const std::vector<diagnosis> found = diagnose(t, prove_rounding(t, halves::unknown));
    REQUIRE(found.size() == 1);
    CHECK(found[0].relations.size() == 3);
    CHECK(found[0].explanations.at(0).looks_like == resemblance::omitted_line);
    CHECK(found[0].explanations.at(0).lines == std::vector<std::size_t>{id[1][0], id[1][1], id[1][2]});
}

TEST_CASE("diagnosis: a typed figure where a row and a column disagree is named by its cell, without a kind") {
    printed_table t;
    const long cells[3][3] = {{1201, 3407, 4608}, {9350, 2222, 11572}, {10551, 5629, 16180}};
    std::size_t id[3][3];
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) {
            const long value = i == 1 && j == 0 ? 9911 : cells[i][j];
            id[i][j] = t.add({"", exact(decimal(value, 0), unit::thousands), amount("1", unit::thousands)});
        }
    for (auto& row : id) t.relate("across", row[2], {row[0], row[1]});
    for (std::size_t j = 0; j < 3; ++j) t.relate("down", id[2][j], {id[0][j], id[1][j]});
    const std::vector<diagnosis> found = diagnose(t, prove_rounding(t, halves::unknown));
    REQUIRE(found.size() == 1);
    REQUIRE(!found[0].explanations.empty());
    CHECK(!found[0].explanations[0].looks_like);
    CHECK(found[0].explanations[0].changes[0].figure == id[1][0]);
    CHECK(found[0].explanations[0].changes[0].instead == amount("9350", unit::thousands));
}

TEST_CASE("diagnosis: the published net risks were made to foot to 15.26") {
    std::vector<exact> printed, amounts;
    for (const char* p : {"3.06", "0.96", "0", "5.98", "5.26"}) printed.push_back(amount(p, unit::millions));
    for (const char* a : {"3062", "954", "0", "5980", "5264"}) amounts.push_back(amount(a, unit::thousands));
    const money step = money::pence(100'000'0); // £0.01m
    CHECK(forced_to_foot(printed, amounts, amount("15.26", unit::millions), step));
    printed[1] = amount("0.95", unit::millions); // as rounding by itself would print it
    CHECK(!forced_to_foot(printed, amounts, amount("15.26", unit::millions), step));
}
