// Small workbooks as people type them; the published tables with their published figures.
#include "support/sheet_maker.hpp"

#include <riskshare/report/annotate.hpp>
#include <riskshare/template/expectation.hpp>
#include <riskshare/template/relations.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace riskshare;
using namespace riskshare::templates;
using riskshare::test::book_of;

namespace {

using rows = std::vector<std::vector<std::string>>;

const rows savings = {{"Savings plans, £000"},
                      {"Organisation", "RED", "AMBER", "GREEN", "UNIDENTIFIED", "TOTAL"},
                      {"UHL", "4744", "11713", "7125", "3062", "26644"},
                      {"LPT", "", "2128", "3929", "954", "7011"},
                      {"CITY CCG", "2809", "4109", "10112", "0", "17030"},
                      {"EAST CCG", "2909", "7527", "10000", "5980", "26416"},
                      {"WEST CCG", "3060", "4773", "9259", "5264", "22356"},
                      {"TOTAL", "13522", "30250", "40425", "15260", "99457"}};

check_result checked(const rows& r, std::size_t hidden = 0) { return check_workbook(book_of(r, hidden), {}); }

std::string said(const check_result& r) {
    std::string all;
    for (const finding& f : r.findings) all += f.message + "\n";
    return all;
}

rows with(rows r, std::size_t row, std::size_t column, const std::string& value) {
    r[row][column] = value;
    return r;
}

} // namespace

TEST_CASE("relations: a typed table that foots down and across agrees") {
    const check_result r = checked(savings);
    CHECK(r.findings.empty());
    CHECK(r.counts.agrees == 11); // five columns down, six rows across
    CHECK(r.counts.real == 0);
}

TEST_CASE("relations: a typed table with one slip names its cell and its kind") {
    struct planted {
        std::size_t row, column;
        const char *typed, *cell;
        resemblance kind;
    };
    const planted slips[] = {
        {4, 1, "-2809", "B5", resemblance::sign_slip},           {6, 2, "7473", "C7", resemblance::transposed_digits},
        {5, 3, "10000000", "D6", resemblance::unit_slip},        {7, 3, "31166", "D8", resemblance::omitted_line},
        {7, 4, "16214", "E8", resemblance::double_counted_line},
    };
    for (const planted& p : slips) {
        CAPTURE(std::string(p.cell));
        const check_result r = checked(with(savings, p.row, p.column, p.typed));
        const bool unit_slip = p.kind == resemblance::unit_slip;
        REQUIRE(r.findings.size() == (unit_slip ? 2 : 1));
        if (unit_slip) CHECK(r.findings[1].rule == "check.thousandfold"); // the same cell, among the thousands
        CHECK(r.counts.real == 2);                                        // its row and its column
        CHECK(r.findings[0].severity == severity::error);
        CHECK(r.findings[0].verdict == verdict::real);
        CHECK(r.findings[0].looks_like == p.kind);
        bool named = false;
        for (const provenance& at : r.findings[0].at) named = named || at.cell() == p.cell;
        CHECK(named);
    }
}

TEST_CASE("relations: the published month 3 table, typed as printed, is rounding only") {
    const check_result r = checked({{"M3 System Position"},
                                    {"", "YTD Budget £'000", "YTD Actual £'000", "YTD Variance £'000"},
                                    {"UHL Outside System Income", "137554", "138032", "478"},
                                    {"LPT Outside System Income", "15878", "18342", "2464"},
                                    {"Provider Income Outside of System", "153432", "156374", "2942"},
                                    {},
                                    {"CCG Allocation", "486984", "487411", "427"},
                                    {},
                                    {"Total System Allocation", "640416", "643785", "3369"},
                                    {},
                                    {"UHL Expenditure", "-336991", "-335110", "1881"},
                                    {"LPT Expenditure", "-84432", "-86896", "-2464"},
                                    {"Provider Expenditure", "-421423", "-422006", "-583"},
                                    {},
                                    {"CCG Expenditure Outside of System", "-220234", "-216599", "3634"},
                                    {},
                                    {"Total System Expenditure", "-641657", "-638605", "3051"},
                                    {},
                                    {"Intra-System Misalignment", "-3070", "-3070", "0"},
                                    {},
                                    {"System Surplus/(Deficit)", "-4311", "2110", "6421"}});
    CHECK(r.findings.empty());
    CHECK(r.counts.real == 0);
    CHECK(r.counts.rounding >= 3); // the three misfits that the paper is known for
    REQUIRE(r.largest_rounding);
    CHECK(*r.largest_rounding == exact(money::pounds(1000)));
}

TEST_CASE("relations: a stored result that its formula does not give is stale") {
    const check_result r = checked({{"Line", "£000"}, {"a", "1"}, {"b", "2"}, {"Total", "=SUM(B2:B3) 4"}});
    bool stale = false;
    for (const finding& f : r.findings) stale = stale || f.rule == "check.stale_value";
    CHECK(stale);
    CHECK(checked({{"Line", "£000"}, {"a", "1"}, {"b", "2"}, {"Total", "=SUM(B2:B3) 3"}}).findings.empty());
}

TEST_CASE("relations: a number typed among formulas is named with the formula that belongs there") {
    const check_result r = checked({{"Line", "Q1", "Q2", "Q3"},
                                    {"a", "10", "20", "30"},
                                    {"b", "11", "21", "31"},
                                    {"Sum", "=B2+B3 21", "47", "=D2+D3 61"}});
    REQUIRE(!r.findings.empty());
    const finding& f = r.findings[0];
    CHECK(f.rule == "check.typed_over_formula");
    CHECK(f.looks_like == resemblance::typed_over_formula);
    CHECK(f.at.at(0).cell() == "C4");
    CHECK(f.message.find("=C2+C3") != std::string::npos);
}

TEST_CASE("relations: a filtered row left out of a SUBTOTAL, and a row that stands twice") {
    const check_result hidden =
        checked({{"Line", "£"}, {"a", "10"}, {"b", "20"}, {"c", "30"}, {"x", "=SUBTOTAL(109,B2:B4) 40"}}, 3);
    bool filtered = false;
    for (const finding& f : hidden.findings) filtered = filtered || f.rule == "check.filtered_subtotal";
    CHECK(filtered);
    const check_result twice =
        checked({{"Scheme", "Plan £", "Actual £"}, {"Beds", "100", "90"}, {"Beds", "100", "90"}});
    REQUIRE(twice.findings.size() == 1);
    CHECK(twice.findings[0].rule == "check.duplicate_row");
}

TEST_CASE("relations: a line that adds up others misses by what they miss, and is told in them") {
    std::vector<std::vector<std::string>> region{{"£000", "North", "South", "Total"},
                                                 {"a", "10", "20", "31"},
                                                 {"b", "11", "21", "33"},
                                                 {"c", "12", "22", "35"},
                                                 {"d", "13", "23", "37"},
                                                 {"Total", "46", "86", "136"}};
    const check_result rounded = checked(region);
    CHECK(rounded.counts.real == 0);
    CHECK(said(rounded) == "");
    region[2][3] = "133";
    region[5][3] = "236";
    const check_result wrong = checked(region);
    REQUIRE(wrong.findings.size() == 1);
    CHECK(wrong.findings[0].at.at(0).cell() == "D3");
    region[5][3] = "136"; // now the total is its own
    CHECK(checked(region).counts.real > 0);
}

TEST_CASE("relations: what is not given, only numbers lines, or is an average makes no sum") {
    CHECK(said(checked({{"Line", "£000"}, {"a", "10"}, {"b", "n/a"}, {"c", "20"}, {"Total", "45"}}))
              .find("cannot be checked") != std::string::npos);
    CHECK(said(checked({{"Line", "No", "£000"},
                        {"Foregone: pensioners", "994", "100"},
                        {"Foregone: others", "995", "230"},
                        {"Total foregone", "996", "330"}})) == "");
    CHECK(said(checked({{"Region", "Share", "Number", "Middling pay"},
                        {"North", "=C2/8 0.375", "3", "7550"},
                        {"South", "=C3/8 0.25", "2", "7916"},
                        {"Home", "=B2+B3 0.625", "=C2+C3 5", "7600"},
                        {"Europe", "=C5/8 0.125", "1", "8000"},
                        {"Asia", "=C6/8 0.25", "2", "8100"},
                        {"Abroad", "=B5+B6 0.375", "=C5+C6 3", "8010"},
                        {"TOTAL", "=B4+B7 1", "=C4+C7 8", "7610"}})) == "");
}

TEST_CASE("relations: a number typed for inputs that hold figures in texts is no difference") {
    const check_result r = checked({{"Plant", "Q1", "Q2", "Year"},
                                    {"a", "1", "2", "=SUM(B2:C2) 3"},
                                    {"b", "2**", "1", "3"},
                                    {"c", "4", "5", "=SUM(B4:C4) 9"}});
    REQUIRE(r.findings.size() == 2); // what the formula would lose, and that the sum cannot be checked
    CHECK(r.findings[0].severity == severity::warning);
    CHECK(r.findings[0].rule == "check.typed_over_formula");
    CHECK(r.findings[0].message.find("\"2**\" in B3") != std::string::npos);
    CHECK(r.findings[1].severity == severity::warning);
    CHECK(r.findings[1].rule == "check.not_checkable");
    CHECK(r.counts.real == 0);
}

TEST_CASE("relations: rows repeat each other only where rows are lines") {
    const auto repeats = [](const std::vector<std::vector<std::string>>& rows) {
        const check_result r = checked(rows);
        return std::count_if(r.findings.begin(), r.findings.end(),
                             [](const finding& f) { return f.rule == "check.duplicate_row"; });
    };
    CHECK(repeats({{"No", "Scheme", "Plan £", "Actual £"}, // numbered anew when it was pasted
                   {"1", "Beds", "100", "90"},
                   {"2", "Theatres", "70", "60"},
                   {"3", "Drugs", "50", "40"},
                   {"4", "Estates", "30", "20"},
                   {"5", "Beds", "100", "90"},
                   {"6", "Fleet", "10", "5"}}) == 1);
    CHECK(repeats({{"Trust", "Loan £", "Closing £"}, // a list of loans
                   {"A", "100", "90"},
                   {"A", "100", "90"},
                   {"A", "70", "60"},
                   {"B", "50", "40"}}) == 0);
    CHECK(repeats({{"Scheme", "Kind", "Plan £", "Actual £"}, // told apart
                   {"Beds", "capital", "100", "90"},
                   {"Beds", "revenue", "100", "90"}}) == 0);
    CHECK(repeats({{"Line", "Plan £", "Actual £"}, // told apart by their headings
                   {"This year"},
                   {"UHL", "100", "90"},
                   {"Next year"},
                   {"UHL", "100", "90"}}) == 0);
    CHECK(repeats({{"Name", "Visits", "Class"}, {"Ann", "2", "3"}, {"Ann", "2", "3"}}) == 0); // no amounts
}

TEST_CASE("relations: £15.26m of the CCGs and LPT turns out to include UHL") {
    const std::vector<workbook::book> books{book_of(savings)};
    const result<expectation> ccgs_and_lpt = check_expectation("£15.26m=Plan!E4:E7", books, {});
    REQUIRE(ccgs_and_lpt);
    REQUIRE(ccgs_and_lpt->finding);
    CHECK(ccgs_and_lpt->finding->message.find("with UHL (E3)") != std::string::npos);
    CHECK(*ccgs_and_lpt->finding->expected == exact(money::pounds(12'198'000)));
    const result<expectation> all = check_expectation("£15.26m=Plan!E3:E7", books, {});
    REQUIRE(all);
    CHECK(all->verdict != verdict::real);
}

TEST_CASE("relations: findings become comments, and the sheet's cells stay as they were") {
    const workbook::book book = book_of(with(savings, 4, 1, "-2809"));
    const check_result r = check_workbook(book, {});
    const report::annotated done = report::annotate(book, r.findings);
    CHECK(done.comments == 1);
    const workbook::book again(done.result);
    const workbook::sheet before = book.read("Plan"), after = again.read("Plan");
    REQUIRE(after.cells().size() == before.cells().size());
    for (std::size_t i = 0; i < before.cells().size(); ++i) CHECK(after.cells()[i].text == before.cells()[i].text);
    bool comments = false;
    for (const std::string& part : done.result.part_names())
        if (part.find("comments") != std::string::npos)
            comments = done.result.read(part).find("sign slip") != std::string::npos;
    CHECK(comments);
}
