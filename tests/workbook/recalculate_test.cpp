// What an edit does to formulas that depend on the cell. Expected values: hand arithmetic.
#include <riskshare/workbook/patch.hpp>
#include <riskshare/workbook/recalculate.hpp>

#include "support/sheet_maker.hpp"

#include <doctest/doctest.h>

using namespace riskshare;
using namespace riskshare::workbook;

namespace {

patched after(const book& source, const char* cell, const std::string& value, patch_options options = {}) {
    edit e;
    e.sheet = "Plan";
    e.at = *parse_address(cell);
    e.value = value;
    auto outcome = apply(source, {e}, options);
    REQUIRE(std::holds_alternative<patched>(outcome));
    return std::get<patched>(std::move(outcome));
}

std::string held(const patched& done, const char* cell) {
    const sheet s = book(done.result).read("Plan");
    const workbook::cell* found = s.find(*parse_address(cell));
    return found == nullptr || found->kind == cell_kind::blank ? "blank" : std::string(found->text);
}

} // namespace

TEST_CASE("recalculate: every formula down the chain is right, and others keep what is stored") {
    const book source =
        riskshare::test::book_of({{"10", "=A1*2 20", "=SUM(A1:B1) 30"}, {"1", "=IF(C1=60,\"over\",0) 0", "=A2+1 77"}});
    const patched done = after(source, "A1", "20");
    CHECK(held(done, "B1") == "40");
    CHECK(held(done, "C1") == "60");
    CHECK(held(done, "B2") == "over");
    CHECK(held(done, "C2") == "77"); // wrong before, and no concern of this edit
    REQUIRE(done.summary.results.size() == 3);
    CHECK(done.summary.results[0].before == "20");
    CHECK(done.summary.results[0].after == "40");
    CHECK(done.summary.lost.empty());
}

TEST_CASE("recalculate: blanks beside a reference hide no dependant") {
    const book source =
        riskshare::test::book_of({{"10", "=A1 + A2 11", "=SUM( A1 , A2 ) 11"}, {"1", "=IF(A1 > 15, A1 , A2) 1"}});
    const patched done = after(source, "A1", "20");
    CHECK(held(done, "B1") == "21");
    CHECK(held(done, "C1") == "21");
    CHECK(held(done, "B2") == "20");
}

TEST_CASE("recalculate: numbers are stored at the digits that Excel stores") {
    const book source = riskshare::test::book_of({{"1", "=A1/3 0.333333333333333", "=A1+0.2 1.2"}});
    const patched done = after(source, "A1", "0.1");
    CHECK(held(done, "B1") == "0.03333333333333333");
    CHECK(held(done, "C1") == "0.30000000000000004");
}

TEST_CASE("recalculate: what cannot be worked out loses its result and is named, with what depends on it") {
    const book source = riskshare::test::book_of({{"1", "=A1+TODAY() 45000", "=B1+1 45001"}});
    const patched done = after(source, "A1", "2");
    CHECK(held(done, "B1") == "blank");
    CHECK(held(done, "C1") == "blank");
    REQUIRE(done.summary.lost.size() == 2);
    CHECK(done.summary.lost[0].why == "TODAY");
    CHECK(done.summary.lost[1].why == "it depends on 'Plan'!B1");
}

TEST_CASE("recalculate: formulas that go round in a circle are named") {
    const book source = riskshare::test::book_of({{"1", "=A1+C1 5", "=B1+1 6"}});
    const patched done = after(source, "A1", "2");
    REQUIRE(done.summary.lost.size() == 2);
    CHECK((done.summary.lost[0].why + done.summary.lost[1].why).find("it depends on itself: ") != std::string::npos);
}

TEST_CASE("recalculate: OFFSET and INDIRECT follow the cells that they read") {
    const book source = riskshare::test::book_of(
        {{"1", "=SUM(OFFSET(A1,1,0,2,1)) 5", "=INDIRECT(\"A\"&amp;3)*10 30"}, {"2", "=B1+1 6"}, {"3"}});
    const patched done = after(source, "A3", "4");
    CHECK(held(done, "B1") == "6");
    CHECK(held(done, "C1") == "40");
    CHECK(held(done, "B2") == "7");
}

TEST_CASE("recalculate: results are left alone where that is asked for") {
    const book source = riskshare::test::book_of({{"10", "=A1*2 20"}});
    const patched done = after(source, "A1", "20", {false, true});
    CHECK(held(done, "B1") == "20");
    CHECK(done.summary.results.empty());
}

TEST_CASE("recalculate: a long chain and many running sums cost what they read") {
    std::vector<std::vector<std::string>> rows{{"1", "=A1 1", "=SUM($A$1:A1) 1"}};
    for (int i = 2; i <= 3000; ++i) {
        const std::string n = std::to_string(i), before = std::to_string(i - 1);
        rows.push_back({"1", "=B" + before + "+A" + n + " " + n, "=SUM($A$1:A" + n + ") " + n});
    }
    const patched done = after(riskshare::test::book_of(rows), "A1", "5");
    CHECK(done.summary.results.size() == 6000);
    CHECK(held(done, "B3000") == "3004");
    CHECK(held(done, "C3000") == "3004");
}

TEST_CASE("recalculate: formulas stored without a result are worked out, one after another") {
    const book source = riskshare::test::book_of({{"2", "=A1*3  ", "=B1+1  "}});
    const recalculation missing = missing_results(source);
    REQUIRE(missing.results.size() + missing.unknowns.size() == 2);
    CHECK(missing.results[0].after == "6");
    CHECK(missing.results[1].after == "7");
}

namespace {

/// C1 is A1 times B1; B4:B5 show it for an A1 of 10 and of 20.
book with_data_table() {
    const book plain = riskshare::test::book_of({{"1"}});
    const std::string part = plain.part_of("Plan"), all = plain.source().read(part);
    const std::size_t begin = all.find("<sheetData>"), end = all.find("</sheetData>");
    const std::string rows =
        R"(<row r="1"><c r="A1"><v>2</v></c><c r="B1"><v>3</v></c><c r="C1"><f>A1*B1</f><v>6</v></c></row>)"
        R"(<row r="3"><c r="B3"><f>C1</f><v>6</v></c></row>)"
        R"(<row r="4"><c r="A4"><v>10</v></c><c r="B4"><f t="dataTable" ref="B4:B5" dt2D="0" dtr="0" r1="A1"/><v>30</v></c></row>)"
        R"(<row r="5"><c r="A5"><v>20</v></c><c r="B5"><v>60</v></c></row>)";
    return book(plain.source().with({{part, all.substr(0, begin) + "<sheetData>" + rows + all.substr(end)}}));
}

} // namespace

TEST_CASE("recalculate: a data table follows its formula, its inputs and what the formula reads") {
    const patched other_price = after(with_data_table(), "B1", "4");
    CHECK(held(other_price, "B3") == "8");
    CHECK(held(other_price, "B4") == "40");
    CHECK(held(other_price, "B5") == "80");
    const patched other_input = after(with_data_table(), "A4", "11");
    CHECK(held(other_input, "B4") == "33");
    CHECK(held(other_input, "B5") == "60");
    CHECK(other_input.summary.lost.empty());
}

TEST_CASE("recalculate: an array that cannot be worked out is blank in all its cells, each of them named") {
    const book plain = riskshare::test::book_of({{"1"}});
    const std::string part = plain.part_of("Plan"), all = plain.source().read(part);
    const std::size_t begin = all.find("<sheetData>"), end = all.find("</sheetData>");
    const std::string rows =
        R"(<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f t="array" ref="B1:C1">MYSTERY(A1)</f><v>3</v></c><c r="C1"><v>6</v></c></row>)";
    const book source(plain.source().with({{part, all.substr(0, begin) + "<sheetData>" + rows + all.substr(end)}}));
    const patched done = after(source, "A1", "5");
    CHECK(held(done, "B1") == "blank");
    CHECK(held(done, "C1") == "blank");
    REQUIRE(done.summary.lost.size() == 2);
    CHECK(done.summary.lost[1].at == *parse_address("C1"));
}
