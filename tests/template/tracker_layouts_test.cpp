// Trackers in many layouts, written by another program, read to the penny.
#include <riskshare/llr.hpp>
#include <riskshare/template/tracker_sheet.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

using namespace riskshare;
using nlohmann::json;

namespace {

/// Where the generated trackers stand; empty when they could not be made.
std::filesystem::path generated() {
    static const std::filesystem::path made = [] {
        const std::filesystem::path out = std::filesystem::temp_directory_path() / "riskshare_tracker_layouts";
        std::filesystem::remove_all(out);
        std::filesystem::create_directories(out);
        const std::string command = "/usr/bin/python3 \"" RISKSHARE_SOURCE_DIR "/tests/support/make_trackers.py\" \"" +
                                    out.string() + "\" >/dev/null 2>&1";
        if (std::system(command.c_str()) != 0) return std::filesystem::path();
        return out;
    }();
    return made;
}

std::string amount(const std::optional<money>& m) { return m ? to_string(*m) : "blank"; }

void check_same(const std::string& what, const std::string& got, const std::string& wanted) {
    CAPTURE(what);
    CHECK(got == wanted);
}

void check_scheme(const scheme& s, const json& wanted, month reported) {
    CAPTURE(s.reference);
    const auto text = [&](const char* key) { return wanted[key].get<std::string>(); };
    check_same("reference", s.reference, text("reference"));
    check_same("name", s.name, text("name"));
    check_same("organisation", s.organisation, text("organisation"));
    check_same("rating", s.rating ? to_string(*s.rating) : s.written_rating, text("rating"));
    check_same("recurrence", to_string(s.recurrence),
               wanted["recurrent"].is_null()     ? ""
               : wanted["recurrent"].get<bool>() ? "recurrent"
                                                 : "non-recurrent");
    check_same("plan", to_string(planned(s)), text("plan_year"));
    check_same("forecast", to_string(forecast_outturn(s)), text("forecast"));
    check_same("plan to date", to_string(planned_to_date(s, reported)), text("plan_to_date"));
    check_same("actual to date", to_string(delivered_to_date(s, reported)), text("actual_to_date"));
    if (wanted["plan"].is_null()) return;
    for (int m = 1; m <= 12; ++m) {
        const std::size_t i = static_cast<std::size_t>(m - 1);
        check_same("plan by month", amount(s.plan.at(month(m))), wanted["plan"][i].get<std::string>());
        check_same("actual by month", amount(s.actual.at(month(m))), wanted["actual"][i].get<std::string>());
    }
}

json layouts() {
    std::ifstream in(generated() / "expected.json");
    return json::parse(in);
}

templates::tracker_reading read(const json& wanted) {
    templates::tracker_options options;
    options.directory = llr::directory();
    options.reported = month(wanted["month"].get<int>());
    if (!wanted["unit"].is_null()) options.unit_if_none = parse_unit(wanted["unit"].get<std::string>());
    if (!wanted["map"].is_null())
        options.map = templates::parse_mapping(wanted["map"].get<std::string>(), "map.toml").value();
    return templates::read_tracker(workbook::book::open(generated() / wanted["file"].get<std::string>()), options);
}

/// Only where openpyxl is not here: a generator that breaks is a failure.
bool skipped() {
    if (!generated().empty()) return false;
    const bool could_be_made = std::system("/usr/bin/python3 -c 'import openpyxl' >/dev/null 2>&1") == 0;
    if (could_be_made) FAIL("tests/support/make_trackers.py failed");
    MESSAGE("skipped: the layouts are made with python3 and openpyxl, which are not here");
    return true;
}

} // namespace

TEST_CASE("trackers: the same schemes are read from every layout, exactly") {
    if (skipped()) return;
    const json all = layouts();
    REQUIRE(all.size() >= 30);
    for (const json& wanted : all) {
        const std::string layout = wanted["file"].get<std::string>();
        CAPTURE(layout);
        const templates::tracker_reading got = read(wanted);
        const std::string refusal = wanted["finding"].is_null() ? "" : wanted["finding"].get<std::string>();
        bool refused = refusal.empty();
        for (const finding& f : got.findings) {
            CAPTURE(f.message);
            if (f.rule == refusal)
                refused = true;
            else
                CHECK(f.severity != severity::error);
        }
        CHECK(refused);
        std::size_t hidden = 0;
        for (const templates::tracker_table& t : got.tables) hidden += t.hidden;
        CHECK(hidden == wanted["hidden"].get<std::size_t>());
        CHECK(got.read.size() == wanted["schemes"].size());
        for (std::size_t i = 0; i < std::min(got.read.size(), wanted["schemes"].size()); ++i)
            check_scheme(got.read[i], wanted["schemes"][i], month(wanted["month"].get<int>()));
    }
}

TEST_CASE("trackers: a saved profile reads the same layout again") {
    if (skipped()) return;
    for (const json& wanted : layouts()) {
        if (wanted["file"] != "two_rows_dates.xlsx" && wanted["file"] != "interleaved_merged.xlsx") continue;
        const templates::tracker_reading first = read(wanted);
        json again = wanted;
        again["map"] = templates::to_toml(templates::profile_of(first, {}));
        const templates::tracker_reading second = read(again);
        REQUIRE(second.read.size() == first.read.size());
        for (std::size_t i = 0; i < first.read.size(); ++i) {
            CHECK(second.read[i].plan == first.read[i].plan);
            CHECK(second.read[i].actual == first.read[i].actual);
            CHECK(second.read[i].reference == first.read[i].reference);
        }
    }
}
