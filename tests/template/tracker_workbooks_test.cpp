// The two sample trackers: published ratings, and sums that openpyxl took from the cells.
#include <riskshare/llr.hpp>
#include <riskshare/template/tracker_sheet.hpp>
#include <riskshare/tracker_review.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <variant>

using namespace riskshare;

namespace {

std::filesystem::path shared(const char* name) {
    const char* given = std::getenv("RISKSHARE_SHARED");
    const std::filesystem::path folder =
        given != nullptr ? std::filesystem::path(given) : std::filesystem::path(RISKSHARE_SOURCE_DIR) / "../shared";
    return folder / "workbooks" / name;
}

bool skipped(const char* name) {
    if (std::filesystem::exists(shared(name))) return false;
    MESSAGE("skipped: " << name << " is not here");
    return true;
}

templates::tracker_reading read(const workbook::book& book) {
    templates::tracker_options options;
    options.directory = llr::directory();
    options.reported = month(3);
    return templates::read_tracker(book, options);
}

void check_ratings(const scheme_totals& t, std::array<std::int64_t, 4> red_amber_green_unidentified) {
    for (std::size_t r = 0; r < 4; ++r) CHECK(t.plan_by_rating[r] == money::thousands(red_amber_green_unidentified[r]));
    CHECK(t.unrated_plan.is_zero());
}

} // namespace

TEST_CASE("trackers: UHL's 78 schemes add up to the published ratings and put 8,362.25 at risk") {
    if (skipped("uhl-cip-tracker-2019-20.xlsx")) return;
    const templates::tracker_reading got = read(workbook::book::open(shared("uhl-cip-tracker-2019-20.xlsx")));
    CHECK(!has_errors(got.findings));
    REQUIRE(got.read.size() == 78);
    CHECK(got.read.year() == financial_year{2019});
    CHECK(got.read[0].organisation == "UHL");
    const scheme_totals total = rolled_up(got.read, month(3)).total;
    check_ratings(total, {4'744, 11'713, 7'125, 3'062});
    CHECK(at_risk(total, llr::savings_weights()) == exact(money::pounds(8'362'250)));
    CHECK(total.plan_to_date == money::pounds(702'586 + 1'054'773 + 1'183'660));
    CHECK(total.actual_to_date == money::pounds(405'230 + 681'588 + 776'791));
    CHECK(total.forecast == money::pounds(23'270'088));
    CHECK(total.full_year_effect == exact(money::pounds(31'503'312)));
}

TEST_CASE("trackers: LPT's tracker with macros is read alike, and its macros survive a fill") {
    if (skipped("lpt-cip-tracker-2019-20.xlsm")) return;
    const workbook::book book = workbook::book::open(shared("lpt-cip-tracker-2019-20.xlsm"));
    const templates::tracker_reading got = read(book);
    REQUIRE(got.read.size() == 30);
    const scheme_totals total = rolled_up(got.read, month(3)).total;
    check_ratings(total, {0, 2'128, 3'929, 954});
    CHECK(at_risk(total, llr::savings_weights()) == exact(money::thousands(1'486)));

    const templates::actuals_fill fill = templates::fill_actuals(
        got, month(4),
        {{"", "lpt-001", money::pence(12'345'67)}, {"LPT", "LPT-002", money()}, {"", "LPT-999", money::pounds(5)}});
    REQUIRE(fill.edits.size() == 2);
    CHECK(to_string(fill.edits[0].at) == "AB7");
    REQUIRE(fill.findings.size() == 2);
    CHECK(fill.findings[0].rule == "fill.unmatched_reference");
    CHECK(fill.findings[1].rule == "fill.row_left");

    auto outcome = workbook::apply(book, fill.edits);
    REQUIRE(std::holds_alternative<workbook::patched>(outcome));
    const workbook::package& after = std::get<workbook::patched>(outcome).result;
    for (const std::string& part : book.source().part_names())
        if (part.find("vba") != std::string::npos) CHECK(after.read(part) == book.source().read(part));
    CHECK(after.has("xl/vbaProject.bin"));
    const templates::tracker_reading again = read(workbook::book(after));
    REQUIRE(again.read.size() == 30);
    CHECK(again.read[0].actual[month(4)] == money::pence(12'345'67));
    CHECK(again.read[1].actual[month(4)] == money());
    CHECK(again.read[0].actual[month(5)] == got.read[0].actual[month(5)]);
}
