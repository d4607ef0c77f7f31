#include "template/finance_sheet.hpp"
#include "template/totals/sum_formula.hpp"

#include <doctest/doctest.h>

using namespace riskshare;
using namespace riskshare::templates::detail;

namespace {

/// "+B6:B7 -B10", a criterion marked "?", a sheet before "!"
std::string said(std::string_view formula) {
    const std::optional<sum_formula> sum = sum_formula_of(formula);
    if (!sum) return "no sum";
    std::string out;
    for (const added_part& p : sum->parts) {
        out += (out.empty() ? "" : " ") + std::string(p.sign > 0 ? "+" : "-") + (p.chosen ? "?" : "") +
               (p.sheet.empty() ? "" : p.sheet + "!");
        out += !p.table.empty()                ? p.table
               : p.cells.first == p.cells.last ? to_string(p.cells.first)
                                               : to_string(p.cells);
    }
    return out;
}

} // namespace

TEST_CASE("sum formula: what each form of a total adds") {
    struct row {
        const char *formula, *adds;
    };
    for (const row& r : {row{"SUM(B4:B7)", "+B4:B7"},
                         {"SUBTOTAL(9,B4:B7)", "+B4:B7"},
                         {"SUBTOTAL( 109 , $B$4:$B$7 )", "+B4:B7"},
                         {"AGGREGATE(9,5,B4:B7)", "+B4:B7"},
                         {"ROUND(SUM(B4:B5),0)", "+B4:B5"},
                         {"(B4+B5)", "+B4 +B5"},
                         {"+B4+B5", "+B4 +B5"},
                         {"B8-B10", "+B8 -B10"},
                         {"SUM(B6,B8)-B10", "+B6 +B8 -B10"},
                         {"-SUM(B4:B5)+B6", "-B4:B5 +B6"},
                         {"B8-(B10-B11)", "+B8 -B10 +B11"},
                         {"sum(b4:b5)", "+B4:B5"},
                         {"IFERROR(SUM(B4:B5),0)", "+B4:B5"},
                         {"SUM(Plan[M1])", "+Plan[M1]"},
                         {"SUMIF(A4:A9,\"Pay\",B4:B9)", "+?B4:B9"},
                         {"SUMIFS(B4:B9,A4:A9,\"Pay\",C4:C9,\">0\")", "+?B4:B9"},
                         {"SUM('CIP plan'!B4:B7)", "+CIP plan!B4:B7"},
                         {"B4", "+B4"},
                         {"B4*2", "no sum"},
                         {"SUM(B4:B7)/1000", "no sum"},
                         {"SUM(B4:B7)+100", "no sum"},
                         {"AVERAGE(B4:B7)", "no sum"},
                         {"SUBTOTAL(1,B4:B7)", "no sum"},
                         {"IF(B4>0,B4+B5,0)", "no sum"},
                         {"SUM(", "no sum"},
                         {"", "no sum"}}) {
        CAPTURE(r.formula);
        CHECK(said(r.formula) == r.adds);
    }
}

TEST_CASE("sum formula: which sums pass over sub-totals and hidden rows, and which only repeat a cell") {
    CHECK(sum_formula_of("SUBTOTAL(9,B4:B7)")->sub_total);
    CHECK_FALSE(sum_formula_of("SUBTOTAL(9,B4:B7)")->visible_only);
    CHECK(sum_formula_of("SUBTOTAL(109,B4:B7)")->visible_only);
    CHECK_FALSE(sum_formula_of("SUM(B4:B7)")->sub_total);
    CHECK(sum_formula_of("+B4")->only_repeats);
    CHECK_FALSE(sum_formula_of("SUM(B4)")->only_repeats);
    CHECK(sum_formula_of("ROUND(B4+B5,0)")->rounded);
    CHECK(sum_formula_of("B4+B5")->listed);
    CHECK_FALSE(sum_formula_of("SUM(B4:B5)")->listed);
    CHECK(sum_formula_of("SUM(B4:B5)")->adds_whole_cells_here());
    for (const char* other : {"B4-B5", "SUM(Plan!B4:B5)", "SUM(Plan[M1])", "SUMIF(A1:A2,1,B1:B2)"}) {
        CAPTURE(other);
        CHECK_FALSE(sum_formula_of(other)->adds_whole_cells_here());
    }
}

TEST_CASE("sum formula: the rows of a formula's own column") {
    const auto rows = rows_added("SUM(B6:B7)-B10", 2);
    REQUIRE(rows);
    REQUIRE(rows->size() == 3);
    CHECK((rows->at(0).row == 6 && rows->at(0).sign == 1));
    CHECK((rows->at(2).row == 10 && rows->at(2).sign == -1));
    for (const char* other : {"SUM(C6:C7)", "B6+C6", "SUM(B:B)", "SUM(Plan!B6:B7)", "SUMIF(A1:A2,1,B1:B2)"}) {
        CAPTURE(other);
        CHECK_FALSE(rows_added(other, 2));
    }
}
