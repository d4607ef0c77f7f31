// The rooms for words, months, units and signs.
#include "template/words/months.hpp"
#include "template/words/signs.hpp"
#include "template/words/units.hpp"
#include "template/words/vocabulary.hpp"

#include <doctest/doctest.h>

#include <riskshare/template/mapping.hpp>

#include <string>

using namespace riskshare;
using namespace riskshare::templates::words;

TEST_CASE("words: every heading of a plan means a plan, and a slip of the keyboard is forgiven") {
    for (const char* heading : {"Plan", "YTD Target", "Trajectory", "Baseline £000", "Budget", "Buget", "plann", "Bud.",
                                "Operating plan", "Targets"}) {
        CAPTURE(heading);
        CHECK(everyday_words().says(heading, term::plan));
    }
    for (const char* heading : {"Planet", "Played", "Budgie"}) CHECK_FALSE(everyday_words().says(heading, term::plan));
    CHECK(everyday_words().says("Full-year allocation", term::plan_weakly));
}

TEST_CASE("words: the longest phrase is meant, not the words within it") {
    const vocabulary& w = everyday_words();
    CHECK(w.says("Full-year effect", term::next_year_effect));
    CHECK_FALSE(w.says("Full-year effect", term::full_year));
    CHECK(w.says("Prior year actual", term::prior_year));
    CHECK_FALSE(w.says("Prior year actual", term::full_year));
    CHECK(w.says("Year to date", term::to_date));
    CHECK_FALSE(w.says("Year to date", term::full_year));
    CHECK(w.says("Adjusted financial performance surplus/(deficit)", term::adjusted_performance));
    CHECK_FALSE(w.says("Less: deficit support funding", term::result));
    CHECK(w.is("Organisation", term::body));
    CHECK_FALSE(w.is("Organisation of care", term::body));
}

TEST_CASE("words: a mapping teaches further ones, and refuses a meaning that there is not") {
    const auto map = templates::parse_mapping("[words]\nplan = [\"pathway\", \"glide path\"]\n", "m.toml");
    REQUIRE(map);
    const vocabulary taught(map->words);
    CHECK(taught.says("YTD pathway", term::plan));
    CHECK(taught.says("Glide-path to date", term::plan));
    CHECK_FALSE(everyday_words().says("YTD pathway", term::plan));
    CHECK(templates::parse_mapping(to_toml(*map), "m.toml")->words == map->words);
    const auto wrong = templates::parse_mapping("[words]\nplann = [\"pathway\"]\n", "m.toml");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.why().message.find("words.plann") != std::string::npos);
}

TEST_CASE("words: every term has a name of its own and phrases") {
    for (std::size_t i = 0; i < number_of_terms; ++i) {
        const term t = static_cast<term>(i);
        CAPTURE(name_of(t));
        CHECK(term_named(name_of(t)) == t);
        CHECK_FALSE(everyday_words().phrases(t).empty());
    }
}

TEST_CASE("months: the same month however a title writes it") {
    for (const char* title :
         {"Period 4", "CIP tracker - Period 4", "CIP tracker P4", "Savings P04 2022/23", "Finance report M4",
          "Month 4 position", "Month 04", "Position Jul-22", "Position to July 2022", "Report for July 2022 (final)",
          "to 31 July 2022", "As at 31st July 2022", "for the period ended 31/07/2022", "Month 4 (July 2022)",
          "Board meeting 8 September 2022: month 4", "1 April 2022 to 31 July 2022", "CIP tracker July"}) {
        CAPTURE(title);
        const auto m = month_of(title);
        REQUIRE(m);
        CHECK(m->label.month.number() == 4);
    }
}

TEST_CASE("months: the date of something that happened is not the month of a report") {
    for (const char* title :
         {"North CCG and South CCG closed 30 June 2022; Northshire ICB from 1 July 2022", "Board meeting 8 August 2022",
          "Schemes that start on 1 July 2022", "The plan approved in principle and published 3 May 2022", "M07",
          "Payables", "All schemes may slip", "Months 1 to 12 plan by trust"}) {
        CAPTURE(title);
        CHECK_FALSE(month_of(title));
    }
}

TEST_CASE("months: a heading is a month only as a whole") {
    for (const char* heading : {"M4", "P4", "P04", "Jul", "Jul-22", "Jul. 22", "July 2022", "31 July 2022",
                                "01/07/2022", "2022-07", "Month 4", "Period 04", "(Jul-22)"}) {
        CAPTURE(heading);
        const auto m = month_alone(heading);
        REQUIRE(m);
        CHECK(m->month.number() == 4);
    }
    for (const char* heading : {"Jul plan", "M13", "Pay", "4", "Q1", "Total"}) CHECK_FALSE(month_alone(heading));
}

TEST_CASE("months: the year is the one written, else that of the dated month") {
    CHECK(year_of("Month 4 2022/23") == financial_year{2022});
    CHECK(year_of("Position to 31 March 2023") == financial_year{2022});
    CHECK(year_of("Position to 30 April 2023") == financial_year{2023});
    CHECK_FALSE(year_of("2021/22 against 2022/23"));
    CHECK(title_of_file("/a/b/UHL_finance-report_M4-2022-23.xlsx") == "UHL finance report M4-2022-23");
}

TEST_CASE("signs: what a positive variance means stands in its heading") {
    using enum variance_sense;
    const struct {
        const char* heading;
        variance_sense sense;
    } rows[] = {
        {"Under/(over) spend", favourable},
        {"Under / (Over)", favourable},
        {"Underspend/(overspend)", favourable},
        {"(Under)/over spend", adverse},
        {"(Over)/Under", favourable},
        {"Over/(under)", adverse},
        {"(Overspend)/underspend £m", favourable},
        {"Variance fav/(adv)", favourable},
        {"Variance Fav / (Adv)", favourable},
        {"Variance (adv)/fav", favourable},
        {"Variance adv/(fav)", adverse},
        {"(Fav)/Adv", adverse},
        {"F/(A)", favourable},
        {"(F)/A", adverse},
        {"A/(F)", adverse},
        {"Better/(worse)", favourable},
        {"(Better)/worse", adverse},
        {"Favourable/(adverse) variance", favourable},
        {"Overspend", adverse},
        {"Underspend", favourable},
        {"YTD variance favourable", favourable},
        {"Variance", unsaid},
        {"Under/over spend", unsaid},
        {"Fav/Adv", unsaid},
        {"Var (A)", unsaid},
    };
    for (const auto& row : rows) {
        CAPTURE(row.heading);
        CHECK(sense_of(row.heading) == row.sense);
    }
    CHECK(sense_of("Over/(under) recovery", true) == favourable);
}

TEST_CASE("signs: the words of a result say which side of zero a deficit stands") {
    using enum result_sense;
    const struct {
        const char* label;
        result_sense sense;
    } rows[] = {
        {"YTD plan", unsaid},
        {"Surplus/(deficit)", surplus_positive},
        {"Plan (deficit)/surplus", surplus_positive},
        {"Planned (deficit)", surplus_positive},
        {"Net surplus", surplus_positive},
        {"Deficit/(surplus)", deficit_positive},
        {"(Surplus)/deficit to date", deficit_positive},
        {"Surplus/deficit", unsaid},
        {"Planned deficit", deficit_alone},
        {"System deficits", deficit_alone},
        {"Deficit support funding", unsaid},
        {"Plan before deficit funding", unsaid},
        {"Surplus/(deficit) including deficit support funding", surplus_positive},
    };
    for (const auto& row : rows) {
        CAPTURE(row.label);
        CHECK(result_sense_of(row.label) == row.sense);
    }
    CHECK(deficits_are_positive(deficit_alone, true, false) == true);
    CHECK(deficits_are_positive(deficit_alone, false, true) == false);
    CHECK(deficits_are_positive(deficit_alone, true, true) == std::nullopt);
    CHECK(deficits_are_positive(deficit_positive, true, true) == true);
    CHECK(deficits_are_positive(surplus_positive, true, false) == false);
    CHECK(deficits_are_positive(unsaid, true, false) == false);
}

TEST_CASE("signs: a printed variance proves what its figures are") {
    using namespace riskshare::templates::words;
    const auto k = [](long v) { return exact(money::pounds(v)); };
    const exact none;
    // 320,000 budgeted, 326,500 spent, (6,500) under "Under/(over) spend": spending printed positive.
    const difference down = difference_printed(k(320000), k(326500), k(-6500), none);
    CHECK(down == difference::plan_less_actual);
    CHECK(rule_by_variance(down, variance_sense::favourable) == sign_rule::spending_positive);
    CHECK(rule_by_variance(down, variance_sense::adverse) == sign_rule::as_signed);
    const difference up = difference_printed(k(-320000), k(-326500), k(-6500), none);
    CHECK(rule_by_variance(up, variance_sense::favourable) == sign_rule::as_signed);
    CHECK(difference_printed(k(5), k(5), none, none) == difference::none);
    CHECK(difference_printed(k(5), k(9), k(7), none) == difference::none);
}
