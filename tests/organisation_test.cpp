#include <riskshare/llr.hpp>

#include <doctest/doctest.h>

using namespace riskshare;

TEST_CASE("organisation: the names in the published papers are one body each (case T05)") {
    const organisation_directory known = llr::directory();
    struct row {
        const char* typed;
        const char* code;
    };
    for (const row& r : {row{"CITY CCG", "LCCCG"},
                         {"LCCCG", "LCCCG"},
                         {"Leicester City CCG", "LCCCG"},
                         {"EAST CCG", "ELRCCG"},
                         {"ELRCCG", "ELRCCG"},
                         {"WEST CCG", "WLCCG"},
                         {"WLCCG", "WLCCG"},
                         {"ICB/CCGs", "ICB"},
                         {"UHL", "UHL"},
                         {"UHL ", "UHL"},
                         {"u\u00A0hl", ""},
                         {"NUH", ""}}) {
        CAPTURE(r.typed);
        const std::optional<organisation_match> match = known.recognise(r.typed);
        CHECK((match ? match->code : "") == std::string(r.code));
        if (match) CHECK(match->how == name_match::exact);
    }
}

TEST_CASE("organisation: a name one slip away is recognised, to be confirmed (case T05)") {
    const std::optional<organisation_match> match =
        llr::directory().recognise("University Hospitals of Leicester HNS Trust");
    REQUIRE(match);
    CHECK(match->code == "UHL");
    CHECK(match->how == name_match::resembles);
    CHECK_FALSE(llr::directory().recognise("UHI")); // a short code is too near to others
}

TEST_CASE("organisation: three groups became one board on 1 July 2022 (case T04)") {
    const organisation_directory known = llr::directory();
    for (const char* group : {"LCCCG", "ELRCCG", "WLCCG"}) {
        CHECK(known.standing(group, period_of(2022, 6)) == group);
        CHECK(known.standing(group, period_of(2022, 7)) == "ICB");
    }
    CHECK(known.standing("UHL", period_of(2023, 3)) == "UHL");
    CHECK(known.standing("NUH", period_of(2023, 3)) == "NUH");
}

TEST_CASE("organisation: a directory in which one name means two bodies does not exist") {
    CHECK(organisation_directory::of({{"A", "Alpha", {"Trust"}}, {"B", "Beta", {"trust "}}}).why().rule ==
          "organisation.duplicate_name");
    CHECK(organisation_directory::of({{"A", "Alpha", {}, "Z"}}).why().rule == "organisation.unknown_successor");
}
