#include <riskshare/workbook/stream.hpp>

#include "support/small_book.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

using namespace riskshare::workbook;
using riskshare::input_refused;
using support::book_of;
using support::rows;

namespace {

const std::string three_rows = rows(
    R"(<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">C1+1</f><v>2</v></c></row>)"
    R"(<row r="2" hidden="1"><c r="A2" t="inlineStr"><is><t>x</t></is></c><c r="B2"><f t="shared" si="0"/><v>3</v></c></row>)"
    R"(<row r="3"><c/><c><f t="shared" si="0"/><v>4</v></c><c r="D3"><v>9</v></c></row>)");

std::filesystem::path shared_folder() {
    if (const char* named = std::getenv("RISKSHARE_SHARED")) return named;
    return std::filesystem::path(RISKSHARE_SOURCE_DIR) / ".." / "shared";
}

} // namespace

TEST_CASE("stream: cells pass in the order of the file, with their formulas") {
    const book from = book_of(three_rows);
    cell_stream cells(from, "Plan");
    std::string seen;
    while (const passing_cell* c = cells.next())
        seen += to_string(c->at) + "=" + std::string(c->text) + (c->has_formula ? "{" + cells.formula() + "}" : "") +
                (cells.row_hidden() ? "h " : " ");
    CHECK(seen == "A1=second B1=2{C1+1} A2=xh B2=3{C2+1}h A3= B3=4{C3+1} D3=9 ");
    CHECK(cells.next() == nullptr);
    CHECK(cells.formula() == "");
}

TEST_CASE("stream: one column alone is told, cells without a place included") {
    const book from = book_of(three_rows);
    cell_stream cells(from, "plan");
    cells.only_column(2);
    std::string seen;
    while (const passing_cell* c = cells.next()) seen += to_string(c->at) + "=" + std::string(c->text) + " ";
    CHECK(seen == "B1=2 B2=3 B3=4 ");
}

TEST_CASE("stream: markup that looks like cells, inside a cell that is passed over, is not one") {
    const book from = book_of(rows(R"(<row r="1"><c r="A1" t="str"><v><![CDATA[</c><c r="B1"><v>6</v></c>]]></v></c>)"
                                   R"(<!-- <c r="B1"><v>7</v></c> --><c r="B1"><v>8</v></c></row>)"));
    cell_stream cells(from, "Plan");
    cells.only_column(2);
    const passing_cell* only = cells.next();
    REQUIRE(only != nullptr);
    CHECK(only->text == "8");
    CHECK(cells.next() == nullptr);
}

TEST_CASE("stream: one column is told alike however the cells around it are written") {
    const std::string b = "<c r=\"B1\"><v>8</v></c>";
    for (const std::string before :
         {"<c r=\"A1\"/>", "<c r=\"A1\" s=\"12\" t=\"str\"><f>\"&lt;\"&amp;C1</f><v>long enough to fill words</v></c>",
          "<c r='A1'><v>1</v></c>", "<c r=\"A1\" x=\"&gt;>\"><v>1</v></c>", "<c r=\"A1\" x='\">'><v>1</v></c>",
          "<c s=\"1\" r=\"A1\" ><v>1</v></c >", "<c r=\"a1\"><v>1</v></c>", "<c><v>1</v></c>", "<c r=\"A1\"><v/></c>",
          "<c r=\"A1\" t=\"inlineStr\"><is><t>&lt;c></t></is></c>", "<c r=\"A1\"><v>1</v><!-- </c> --></c>",
          "\n <c r=\"A1\"\n/> "}) {
        CAPTURE(before);
        const book from = book_of(rows("<row r=\"1\">" + before + b + "<c r=\"C1\"><v>1</v></c></row><row r=\"2\"/>"));
        cell_stream cells(from, "Plan");
        cells.only_column(2);
        const passing_cell* only = cells.next();
        REQUIRE(only != nullptr);
        CHECK(only->text == "8");
        CHECK(cells.next() == nullptr);
    }
}

TEST_CASE("stream: a fault is told when it is reached") {
    const book from = book_of(rows(R"(<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>NaN</v></c></row>)"));
    cell_stream cells(from, "Plan");
    CHECK(cells.next() != nullptr);
    CHECK_THROWS_AS(cells.next(), input_refused);
    CHECK_THROWS_AS(cell_stream(from, "None"), riskshare::precondition_violated);
}

TEST_CASE("stream: outlives the book it reads, and can be moved") {
    auto cells = [] {
        const book from = book_of(three_rows);
        return cell_stream(from, "Plan");
    }();
    cell_stream moved = std::move(cells);
    const passing_cell* first = moved.next();
    REQUIRE(first != nullptr);
    CHECK(first->text == "second");
}

TEST_CASE("stream: tells of real workbooks what reading them whole tells") {
    std::size_t compared = 0;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(shared_folder() / "workbooks", none)) {
        const book from = book::open(entry.path());
        for (const std::string& name : from.sheet_names()) {
            const sheet whole = from.read(name);
            cell_stream cells(from, name);
            auto held = whole.cells().begin();
            while (const passing_cell* c = cells.next()) {
                if (c->kind == cell_kind::blank && c->style == 0 && !c->has_formula) continue;
                REQUIRE(held != whole.cells().end());
                CHECK(held->at == c->at);
                CHECK(held->text == c->text);
                CHECK(held->formula == cells.formula());
                ++held, ++compared;
            }
            CHECK(held == whole.cells().end());
            const std::uint32_t column = whole.used().last.column / 2 + 1;
            std::size_t told = 0, in_column = 0;
            cell_stream one(from, name);
            one.only_column(column);
            while (const passing_cell* c = one.next()) told += c->text.size() + (c->at.column == column ? 0 : 1000);
            for (const cell& c : whole.cells()) in_column += c.at.column == column ? c.text.size() : 0;
            CHECK(told == in_column);
        }
    }
    if (compared == 0) MESSAGE("skipped: there are no workbooks beside the source folder");
}
