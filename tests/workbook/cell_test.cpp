#include <riskshare/workbook/cell.hpp>

#include <doctest/doctest.h>

using namespace riskshare::workbook;

TEST_CASE("cell: an address is read with and without dollars, in either case") {
    for (const char* text : {"H17", "$H$17", "h17", "H$17", "$H17"}) {
        CAPTURE(text);
        REQUIRE(parse_address(text));
        CHECK(*parse_address(text) == address{17, 8});
    }
    CHECK(*parse_address("XFD1048576") == address{last_row, last_column});
    CHECK(*parse_address("AA1") == address{1, 27});
}

TEST_CASE("cell: what lies beyond the sheet, or is no address, is refused by a named rule") {
    struct row {
        const char* text;
        const char* rule;
    };
    for (const row& r : {row{"XFE1", "workbook.column"}, row{"ZZZZ1", "workbook.column"},
                         row{"ZZZZZZZZZZZZZZZZZZZZZZ1", "workbook.column"}, row{"A1048577", "workbook.row"},
                         row{"A99999999999999999999", "workbook.row"}, row{"A0", "workbook.cell_reference"},
                         row{"A", "workbook.cell_reference"}, row{"17", "workbook.cell_reference"},
                         row{"", "workbook.cell_reference"}, row{"$", "workbook.cell_reference"},
                         row{"A1B", "workbook.cell_reference"}, row{"A$", "workbook.cell_reference"},
                         row{"A-1", "workbook.cell_reference"}, row{"A1:B2", "workbook.cell_reference"}}) {
        CAPTURE(r.text);
        REQUIRE_FALSE(parse_address(r.text));
        CHECK(parse_address(r.text).why().rule == r.rule);
    }
}

TEST_CASE("cell: a range has its first corner at the upper left, however it was written") {
    const range expected{{5, 2}, {9, 4}};
    for (const char* text : {"B5:D9", "D9:B5", "$B$9:$D$5", "D5:B9"}) {
        CAPTURE(text);
        REQUIRE(parse_range(text));
        CHECK(*parse_range(text) == expected);
    }
    CHECK(*parse_range("C3") == range{{3, 3}, {3, 3}});
    CHECK(*parse_range("A:C") == range{{1, 1}, {last_row, 3}});
    CHECK(*parse_range("$2:$3") == range{{2, 1}, {3, last_column}});
    for (const char* text : {"A1:", ":A1", "A:1", "A1:B", "A1:B2:C3", "A1 B2"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_range(text));
    }
}

TEST_CASE("cell: addresses and ranges read back as they are written") {
    CHECK(to_string(address{17, 8}) == "H17");
    CHECK(to_string(address{last_row, last_column}) == "XFD1048576");
    CHECK(to_string(range{{5, 2}, {9, 4}}) == "B5:D9");
    CHECK(to_string(range{{5, 2}, {5, 2}}) == "B5");
    for (std::uint32_t column = 1; column <= last_column; ++column) {
        const address at{7, column};
        REQUIRE(*parse_address(to_string(at)) == at);
    }
}

TEST_CASE("cell: addresses are ordered row by row") {
    CHECK(address{1, 2} < address{2, 1});
    CHECK(address{2, 1} < address{2, 2});
    CHECK(range{{5, 2}, {9, 4}}.contains({9, 4}));
    CHECK_FALSE(range{{5, 2}, {9, 4}}.contains({4, 3}));
}
