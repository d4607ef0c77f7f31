// Expected verdicts: the published tables, worked by hand in the papers' own units.
#include <riskshare/rounding_check.hpp>

#include <doctest/doctest.h>

#include <array>
#include <initializer_list>
#include <vector>

using namespace riskshare;

namespace {

exact amount(const char* text, unit u) { return exact(parse_decimal(text).value(), u); }

struct table_in {
    riskshare::unit unit;
    const char* step;
    printed_table table = {};

    std::size_t add(const char* name, const char* value) {
        return table.add({name, amount(value, unit), amount(step, unit)});
    }
};

} // namespace

TEST_CASE("rounding_check: UHL's control total of -10.7 is rounding, and so is the system's -8.5") {
    table_in t{unit::millions, "0.1"};
    const auto gross = t.add("UHL gross", "-48.7"), central = t.add("UHL central", "38.1"),
               uhl = t.add("UHL control total", "-10.7");
    const auto lpt_gross = t.add("LPT gross", "0.0"), lpt_central = t.add("LPT central", "2.1"),
               lpt = t.add("LPT control total", "2.1");
    const auto total_gross = t.add("total gross", "-48.7"), total_central = t.add("total central", "40.2"),
               total = t.add("total", "-8.5");
    t.table.relate("UHL across", uhl, {gross, central});
    t.table.relate("LPT across", lpt, {lpt_gross, lpt_central});
    t.table.relate("total across", total, {total_gross, total_central});
    t.table.relate("gross down", total_gross, {gross, lpt_gross});
    t.table.relate("central down", total_central, {central, lpt_central});
    t.table.relate("total down", total, {uhl, lpt});
    for (halves rule : {halves::unknown, halves::away_from_zero, halves::to_even}) {
        const rounding_proof proof = prove_rounding(t.table, rule);
        CHECK(proof.verdict == verdict::rounding);
        CHECK(is_witness(t.table, rule, proof.witness));
    }
    std::vector<exact> published;
    for (const char* v : {"-48.74", "38.06", "-10.68", "0", "2.14", "2.14", "-48.74", "40.20", "-8.54"})
        published.push_back(amount(v, unit::millions));
    CHECK(is_witness(t.table, halves::away_from_zero, published));
}

TEST_CASE("rounding_check: LPT's 0.96 cannot be the 954 of the savings table") {
    printed_table t;
    const auto risk = t.add({"LPT net risk", amount("0.96", unit::millions), amount("0.01", unit::millions)});
    const auto savings = t.add({"LPT unidentified", amount("954", unit::thousands), amount("1", unit::thousands)});
    t.relate("net risk = unidentified", risk, {savings});
    const rounding_proof proof = prove_rounding(t, halves::unknown);
    REQUIRE(proof.verdict == verdict::real);
    REQUIRE(proof.conflicts.size() == 1);
    CHECK(proof.conflicts[0].figures == std::vector<std::size_t>{risk, savings});
    // 0.955 is the least that prints as 0.96, 954.5 the most that prints as 954.
    CHECK(proof.least_move == amount("0.5", unit::thousands));
    CHECK(proof.conflicts[0].excess == amount("0.5", unit::thousands));
}

TEST_CASE("rounding_check: every misfit of the month 3 table is rounding, all at once") {
    table_in t{unit::thousands, "1"};
    struct line {
        const char *name, *budget, *actual, *variance;
    };
    const line lines[] = {
        {"UHL income", "137554", "138032", "478"},         {"LPT income", "15878", "18342", "2464"},
        {"provider income", "153432", "156374", "2942"},   {"CCG allocation", "486984", "487411", "427"},
        {"allocation", "640416", "643785", "3369"},        {"UHL expenditure", "-336991", "-335110", "1881"},
        {"LPT expenditure", "-84432", "-86896", "-2464"},  {"provider expenditure", "-421423", "-422006", "-583"},
        {"CCG expenditure", "-220234", "-216599", "3634"}, {"expenditure", "-641657", "-638605", "3051"},
        {"misalignment", "-3070", "-3070", "0"},           {"system", "-4311", "2110", "6421"},
    };
    std::vector<std::array<std::size_t, 3>> id;
    for (const line& l : lines) {
        id.push_back({t.add(l.name, l.budget), t.add(l.name, l.actual), t.add(l.name, l.variance)});
        t.table.relate({l.name, {{id.back()[1], 1}, {id.back()[0], -1}, {id.back()[2], -1}}});
    }
    for (std::size_t c = 0; c < 3; ++c) {
        auto down = [&](std::size_t total, std::initializer_list<std::size_t> parts) {
            std::vector<std::size_t> figures;
            for (std::size_t p : parts) figures.push_back(id[p][c]);
            t.table.relate(lines[total].name, id[total][c], figures);
        };
        down(2, {0, 1});
        down(4, {2, 3});
        down(7, {5, 6});
        down(9, {7, 8});
        down(11, {4, 9, 10});
    }
    for (halves rule : {halves::unknown, halves::away_from_zero, halves::to_even}) {
        const rounding_proof proof = prove_rounding(t.table, rule);
        CHECK(proof.verdict == verdict::rounding);
        CHECK(is_witness(t.table, rule, proof.witness));
    }
}

TEST_CASE("rounding_check: a half-way amount is reached or not as the rule says") {
    // 0.5 + 0.5 = 1.0 exactly at the ends: 0 and 0 printed, total printed 1 needs both parts at their upper end or
    // near.
    table_in t{unit::pounds, "1"};
    const auto a = t.add("a", "1"), b = t.add("b", "1"), total = t.add("total", "1");
    t.table.relate("total", total, {a, b}); // parts at least 0.5 each, total at most 1.5
    CHECK(prove_rounding(t.table, halves::unknown).verdict == verdict::rounding);
    CHECK(prove_rounding(t.table, halves::away_from_zero).verdict == verdict::rounding);

    table_in edge{unit::pounds, "1"};
    const auto p = edge.add("p", "2"), q = edge.add("q", "2"), r = edge.add("r", "2"), sum = edge.add("sum", "8");
    edge.table.relate("sum", sum, {p, q, r}); // 3 × 2.5 = 7.5: reached only where 2.5 prints as 2 and 7.5 as 8
    CHECK(prove_rounding(edge.table, halves::unknown).verdict == verdict::rounding);
    CHECK(prove_rounding(edge.table, halves::to_even).verdict == verdict::rounding);
    CHECK(prove_rounding(edge.table, halves::away_from_zero).verdict == verdict::real);

    table_in odd{unit::pounds, "1"};
    const auto u = odd.add("u", "1"), v = odd.add("v", "1"), w = odd.add("w", "1"), all = odd.add("all", "5");
    odd.table.relate("all", all, {u, v, w}); // 3 × 1.5 = 4.5: 1.5 prints as 2 by either rule
    CHECK(prove_rounding(odd.table, halves::unknown).verdict == verdict::rounding);
    CHECK(prove_rounding(odd.table, halves::away_from_zero).verdict == verdict::real);
    CHECK(prove_rounding(odd.table, halves::to_even).verdict == verdict::real);
}

TEST_CASE("rounding_check: a conflict that no relation shows on its own is found, and is irreducible") {
    // x + y = a and x − y = b: each within its slack, but both a and b push x up, and 2x = c says it is not.
    table_in t{unit::pounds, "1"};
    const auto x = t.add("x", "10"), y = t.add("y", "5"), a = t.add("a", "16"), b = t.add("b", "6"),
               c = t.add("c", "20"), bystander = t.add("bystander", "5");
    t.table.relate("a", a, {x, y});
    t.table.relate({"b", {{x, 1}, {y, -1}, {b, -1}}});
    t.table.relate("c", c, {x, x});
    t.table.relate("bystander", bystander, {y});
    for (const relation& r : t.table.relations()) CHECK(abs(printed_gap(t.table, r)) <= rounding_slack(t.table, r));
    const rounding_proof proof = prove_rounding(t.table, halves::unknown);
    // 2x = a + b ≥ 15.5 + 5.5 = 21 against c ≤ 20.5: half a pound must move.
    REQUIRE(proof.verdict == verdict::real);
    CHECK(proof.least_move == amount("0.5", unit::pounds));
    REQUIRE(proof.conflicts.size() == 1);
    CHECK(proof.conflicts[0].figures == std::vector<std::size_t>{a, b, c});
}

TEST_CASE("rounding_check: weights are exact, so a risk of 29,583 and one of 29,583.5 are told apart") {
    printed_table t;
    const auto thousand = [](const char* v) { return amount(v, unit::thousands); };
    const auto red = t.add({"red", thousand("13522"), {}}), amber = t.add({"amber", thousand("30250"), {}}),
               unidentified = t.add({"unidentified", thousand("15260"), {}}),
               risk = t.add({"risk", thousand("29583"), thousand("1")});
    t.relate({"risk", {{red, ratio(1, 2)}, {amber, ratio(1, 4)}, {unidentified, 1}, {risk, -1}}});
    CHECK(printed_gap(t, t.relations()[0]) == thousand("0.5"));
    CHECK(prove_rounding(t, halves::unknown).verdict == verdict::rounding);
    CHECK(prove_rounding(t, halves::away_from_zero).verdict == verdict::real);
}

TEST_CASE("rounding_check: a figure nobody printed may be anything") {
    table_in t{unit::pounds, "1"};
    const auto a = t.add("a", "1"), total = t.add("total", "100");
    const auto hidden = t.table.add({"hidden", {}, {}, {}, false});
    t.table.relate("total", total, {a, hidden});
    CHECK(prove_rounding(t.table, halves::away_from_zero).verdict == verdict::rounding);
}
