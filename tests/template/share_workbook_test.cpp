#include <riskshare/template/share_workbook.hpp>

#include <riskshare/cause_share.hpp>
#include <riskshare/llr.hpp>

#include "support/share.hpp"

#include <cstdlib>
#include <filesystem>

using namespace riskshare;
using namespace riskshare::templates;
using namespace support;

namespace {

share_options options() {
    share_options o;
    o.directory = llr::directory();
    return o;
}

workbook::book fixture() { return workbook::book::open(RISKSHARE_SOURCE_DIR "/fixtures/workbooks/share-m4-m5.xlsx"); }

/// The sample workbooks beside the project; empty, with a message, when they are not there.
std::string shared(const std::string& name) {
    const char* folder = std::getenv("RISKSHARE_SHARED");
    const std::filesystem::path file =
        std::filesystem::path(folder != nullptr ? folder : RISKSHARE_SOURCE_DIR "/../shared") / "workbooks" / name;
    if (std::filesystem::exists(file)) return file.string();
    MESSAGE("skipped: " << name << " is not there");
    return "";
}

agreement agreed(const workbook::book& book) {
    const outcome<agreement_paper> paper = read_agreement_sheet(book, options());
    for (const finding& f : paper.findings()) INFO(f.message);
    return agreement::made_from(paper.value()).value();
}

statement for_month(const workbook::book& book, int m, share_basis basis = share_basis::year_to_date) {
    const agreement a = agreed(book);
    const outcome<share_inputs> in = read_positions(book, a, {a.year(), month(m)}, basis, options());
    for (const finding& f : in.findings()) INFO(f.message);
    return statement_of(a, in.value()).value();
}

} // namespace

TEST_CASE("share workbook: an agreement sheet gives parties, shares, annual amounts, schemes and months") {
    const agreement a = agreed(fixture());
    CHECK(a.name() == "Three-party risk share agreement 2022/23");
    CHECK(a.parties() == std::vector<std::string>{"North", "South", "Board"});
    const version_in_force v = *a.in_force({financial_year{2022}, month(4)});
    CHECK(v.shares == std::vector<ratio>{ratio(2, 5), ratio(7, 20), ratio(1, 4)});
    CHECK(v.exclusions[1]->annual_cap == money::thousands(500));
    CHECK(v.terms.gains == gain_policy::pro_rata);
    REQUIRE(v.schemes.size() == 2);
    CHECK(v.schemes[0].own_shares);
    CHECK(v.schemes[1].missing == std::vector<std::string>{"South", "Board"});
    CHECK(a.paper().timetable.recommendation == month(9));
    CHECK(position_months(fixture()) == std::vector<month>{month(4), month(5)});
}

TEST_CASE("share workbook: positions give the statement that hand arithmetic gives") {
    const statement m4 = for_month(fixture(), 4);
    CHECK(column(m4, &statement_line::excluded) == thousands({-200, 0, 0}));
    CHECK(m4.pool == money::thousands(-900));
    CHECK(column(m4, &statement_line::allocated) == thousands({-480, -245, -175}));
    CHECK(column(m4, &statement_line::transfer) == thousands({320, -45, -275}));
    const statement m5 = for_month(fixture(), 5);
    CHECK(column(m5, &statement_line::transfer) == pence({56015000, -18508750, -37506250}));
    const statement forecast = for_month(fixture(), 4, share_basis::forecast);
    CHECK(column(forecast, &statement_line::variance) == thousands({-3000, 0, 0}));
    bool cell_named = false;
    for (const working& w : m4.workings)
        if (w.organisation == "North" && w.figure == "excluded")
            for (const provenance& p : w.from)
                cell_named = cell_named || to_string(p).find("'Position M4'!B6") != std::string::npos;
    CHECK(cell_named);
}

TEST_CASE("share workbook: a statement fills its ranges, each party under its own heading, and leaves formulas alone") {
    const workbook::book book = fixture();
    const outcome<std::vector<workbook::edit>> edits = statement_edits(book, for_month(book, 5), options());
    REQUIRE(edits);
    CHECK(edits->size() == 19);
    const auto done = workbook::apply(book, *edits);
    const auto* filled = std::get_if<workbook::patched>(&done);
    REQUIRE(filled != nullptr);
    const workbook::sheet s = workbook::book(filled->result).read("Statement");
    const auto text = [&](std::uint32_t row, std::uint32_t column) { return s.find({row, column})->text; };
    CHECK(text(2, 2) == "5");
    CHECK(text(4, 2) == "Board");
    CHECK(text(9, 2) == "-375.0625");
    CHECK(text(9, 3) == "560.15");
    CHECK(text(9, 4) == "-185.0875");
    CHECK(text(5, 3) == "-1500.25");
    CHECK(s.find({9, 5})->formula == "SUM(B9:D9)");
}

TEST_CASE("share workbook: notional figures are not filled in") {
    const workbook::book book = fixture();
    share_inputs in = variances({"North", "South", "Board"}, 3, thousands({-1, 0, 0}));
    const outcome<std::vector<workbook::edit>> edits = statement_edits(book, computed(agreed(book), in), options());
    REQUIRE_FALSE(edits);
    CHECK(mentions(edits.findings(), "fill.not_applied", "not applied in M3"));
}

TEST_CASE("share workbook: a month without a sheet is found, and what there is is named") {
    const workbook::book book = fixture();
    const agreement a = agreed(book);
    const outcome<share_inputs> in =
        read_positions(book, a, {a.year(), month(7)}, share_basis::year_to_date, options());
    REQUIRE_FALSE(in);
    CHECK(in.findings().front().rule == "share.no_month");
    CHECK(in.findings().front().advice == "it has M4 in 'Position M4', M5 in 'Position M5'");
}

TEST_CASE("share workbook: the sample of 2022/23 gives +2,777.50, +406.63 and -3,184.13 in £000") {
    const std::string file = shared("llr-risk-share-2022-23.xlsx");
    if (file.empty()) return;
    const workbook::book book = workbook::book::open(file);
    const statement s = for_month(book, 4);
    CHECK(s.pool == money::thousands(-2649));
    CHECK(column(s, &statement_line::excluded) == thousands({-1125, 0, 0}));
    CHECK(column(s, &statement_line::transfer) == pence({277750000, 40663000, -318413000}));
    CHECK(*s.lines[0].derived_share == ratio(336991, 641657));
    REQUIRE(s.schemes.size() == 3);
    CHECK(s.schemes[0].shortfall == money::thousands(1250));
    CHECK(s.schemes[2].arose == thousands({0, 0, 415}));
    CHECK(agreed(book).name() == "LLR risk and gain share agreement 2022/23");
}

TEST_CASE("share workbook: the ambulance sample divides £6m by the hours of the quarter") {
    const std::string file = shared("emas-handover-share-2022-23.xlsx");
    if (file.empty()) return;
    const workbook::book book = workbook::book::open(file);
    REQUIRE(has_handover_hours(book));
    const cause_period p = read_handover_hours(book, options()).value();
    CHECK(p.name == "Q1");
    REQUIRE(p.systems.size() == 5);
    CHECK(p.systems[0].hours == decimal(12600, 0));
    CHECK(p.systems[0].at.cell() == "E4");
    const cause_share s = shared_by_cause(p).value();
    // 600,000,000 pence by 12,600, 3,365, 4,347, 4,008 and 1,880 hours of 26,200.
    const std::vector<std::int64_t> expected = {-288549618, -77061069, -99549618, -91786260, -43053435};
    for (std::size_t i = 0; i < 5; ++i) CHECK(s.systems[i].borne.pence() == expected[i]);
}
