// The fixture is written by XlsxWriter; its figures are those of the operational plan 2019/20, section 6.
#include <riskshare/document.hpp>
#include <riskshare/llr.hpp>
#include <riskshare/template/read.hpp>

#include <doctest/doctest.h>

using namespace riskshare;

namespace {

templates::read_result fixture(const templates::mapping& map = {}) {
    const workbook::book book =
        workbook::book::open(RISKSHARE_SOURCE_DIR "/fixtures/workbooks/operational-plan-2019-20.xlsx");
    return templates::read_workbook(book, {llr::directory(), map, {}});
}

} // namespace

TEST_CASE("read: every figure knows its cell, its unit and how precisely it is shown") {
    const templates::read_result in = fixture();
    CHECK(in.findings.empty());
    REQUIRE(in.read.savings);
    REQUIRE(in.read.savings->plans.size() == 5);
    const cell_figure& amber = in.read.savings->plans[0].of(rating::amber);
    REQUIRE(amber);
    CHECK(to_string(amber->at()) == "operational-plan-2019-20.xlsx 'Efficiencies'!C6");
    CHECK(amber->unit() == unit::thousands);
    CHECK(amber->value() == exact(money::thousands(11713)));
    CHECK_FALSE(in.read.savings->plans[1].of(rating::red));                // blank is not zero
    CHECK(in.read.savings->plans[2].of(rating::unidentified).has_value()); // zero is not blank
    const cell_figure& risk = in.read.savings->plans[0].printed_risk;
    REQUIRE(risk);
    CHECK(risk->value() == exact(money::pounds(8362250)));
    CHECK(risk->shown() == exact(money::thousands(8362))); // under #,##0
    CHECK(in.read.savings->printed_totals.size() == 1);

    REQUIRE(in.read.control_totals);
    const control_total& uhl = in.read.control_totals->organisations.at(0);
    CHECK(to_string(uhl.gross->at()) == "operational-plan-2019-20.xlsx 'Control totals'!B6");
    CHECK(uhl.gross->step() == exact(money::thousands(100)));
    CHECK(uhl.printed->value() == exact(money::thousands(-10700)));
    REQUIRE(in.read.weights);
    CHECK(in.read.weights->weights == llr::savings_weights());
    CHECK(in.read.read_as.size() == 2);
}

TEST_CASE("read: a mapping goes before what headings say") {
    templates::mapping map =
        templates::parse_mapping("[savings]\n"
                                 "sheet = \"Efficiencies\"\n"
                                 "columns = { red = \"C\", amber = \"B\" }\n"
                                 "unit = \"£m\"\n"
                                 "ignored_rows = [7]\n"
                                 "[organisations]\n"
                                 "\"CITY CCG\" = \"Leicester\"\n"
                                 "[weights]\n"
                                 "red = \"1/3\"\namber = \"0.25\"\ngreen = \"0%\"\nunidentified = \"100%\"\n",
                                 "map.toml")
            .value();
    const templates::read_result in = fixture(map);
    REQUIRE(in.read.savings);
    REQUIRE(in.read.savings->plans.size() == 4);
    CHECK(in.read.savings->plans[0].of(rating::red)->value() == exact(decimal(11713, 0), unit::millions));
    CHECK(in.read.savings->plans[1].organisation == "Leicester");
    CHECK(in.read.weights->weights.red == ratio(1, 3));
    CHECK(templates::parse_mapping(templates::to_toml(map), "again").value().tables.at("savings").columns ==
          map.tables.at("savings").columns);
}

TEST_CASE("mapping: what is misspelt or senseless is refused with its line") {
    const auto why = [](const char* toml) { return templates::parse_mapping(toml, "m.toml").why().message; };
    CHECK(why("[savings]\nshet = \"x\"\n").find("line 2: unknown key savings.shet") != std::string::npos);
    CHECK(why("[savings]\nunit = \"euro\"\n").find("is not a unit") != std::string::npos);
    CHECK(why("[savings]\ncolumns = { red = \"ZZZZ\" }\n").find("is not a column") != std::string::npos);
    CHECK(why("[weights]\nred = \"150%\"\namber=\"0\"\ngreen=\"0\"\nunidentified=\"1\"").find("between") !=
          std::string::npos);
    CHECK(why("[savings\n").find("line 1") != std::string::npos);
    CHECK(why("weights = 3\n").find("weights is a section") != std::string::npos);
}

TEST_CASE("document: a model survives JSON, every figure with its cell") {
    const model before = fixture().read;
    const std::string text = to_json(before);
    const model after = model_from_json(text, "model.json").value();
    CHECK(to_json(after) == text);
    CHECK(at_risk(*after.savings, after.weights->weights) == exact(decimal(295835, -1), unit::thousands));
    CHECK(to_string(after.savings->plans[0].of(rating::amber)->at()) ==
          "operational-plan-2019-20.xlsx 'Efficiencies'!C6");
    CHECK_FALSE(after.savings->plans[1].of(rating::red));
}

TEST_CASE("document: what is no model is refused with the path of what was wrong") {
    const auto why = [](const std::string& json) { return model_from_json(json, "m.json").why().message; };
    CHECK(why("{").find("not JSON") != std::string::npos);
    CHECK(why("[]").find("an object is expected") != std::string::npos);
    CHECK(why("{\"schema\":\"riskshare.model/9\"}").find("model.schema") != std::string::npos);
    std::string text = to_json(fixture().read);
    const std::size_t at = text.find("4744000.00");
    REQUIRE(at != std::string::npos);
    text.replace(at, 10, "4744001.00"); // a hand that changed the amount and not what was written
    CHECK(why(text).find("savings.plans[0].red.amount") != std::string::npos);
}
