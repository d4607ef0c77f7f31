// Expected figures: operational plan 2019/20, section 6, and the letter of 27 June 2019; the rest is hand arithmetic.
#include <riskshare/llr.hpp>
#include <riskshare/savings.hpp>

#include <doctest/doctest.h>

using namespace riskshare;

namespace {

savings_plan plan(const char* organisation, std::optional<int> red, int amber, int green, int unidentified) {
    savings_plan p;
    p.organisation = organisation;
    if (red) p.of(rating::red) = figure(decimal(*red, 0), unit::thousands);
    p.of(rating::amber) = figure(decimal(amber, 0), unit::thousands);
    p.of(rating::green) = figure(decimal(green, 0), unit::thousands);
    p.of(rating::unidentified) = figure(decimal(unidentified, 0), unit::thousands);
    return p;
}

savings_table published() {
    return {{plan("UHL", 4744, 11713, 7125, 3062), plan("LPT", {}, 2128, 3929, 954),
             plan("LCCCG", 2809, 4109, 10112, 0), plan("ELRCCG", 2909, 7527, 10000, 5980),
             plan("WLCCG", 3060, 4773, 9259, 5264)}};
}

exact of_thousands(const char* text) { return exact(parse_decimal(text).value(), unit::thousands); }

const risk_weights weights = llr::savings_weights();

} // namespace

TEST_CASE("savings: the published table, exactly (cases S01, S02, S03)") {
    const savings_table t = published();
    const char* risks[] = {"8362.25", "1486", "2431.75", "9316.25", "7987.25"};
    const char* totals[] = {"26644", "7011", "17030", "26416", "22356"};
    exact of_rounded;
    for (std::size_t i = 0; i < t.plans.size(); ++i) {
        CAPTURE(t.plans[i].organisation);
        CHECK(at_risk(t.plans[i], weights) == of_thousands(risks[i]));
        CHECK(total(t.plans[i]) == of_thousands(totals[i]));
        of_rounded += rounded(at_risk(t.plans[i], weights), money::thousands(1), rounding::half_away_from_zero);
    }
    CHECK(at_risk(t, weights) == of_thousands("29583.5"));
    CHECK(of_rounded == of_thousands("29583")); // what the paper prints: the sum of the rounded rows
    CHECK(total(t, rating::red) == of_thousands("13522"));
    CHECK(total(t, rating::amber) == of_thousands("30250"));
    CHECK(total(t, rating::green) == of_thousands("40425"));
    CHECK(total(t, rating::unidentified) == of_thousands("15260"));
    CHECK(total(t) == of_thousands("99457"));
    CHECK_FALSE(t.plans[1].of(rating::red).has_value()); // blank is not zero
}

TEST_CASE("savings: April to June at UHL lowers the risk by 4,362.25 (case S05)") {
    const savings_table before{{plan("UHL", 4744, 11713, 7125, 3062)}};
    const savings_table after{{plan("UHL", 1600, 12800, 12200, 0)}};
    CHECK(at_risk(after, weights) == of_thousands("4000"));
    const std::vector<savings_movement> moved = movement(before, after, weights);
    REQUIRE(moved.size() == 1);
    CHECK(moved[0].risk_change == of_thousands("-4362.25"));
    CHECK(moved[0].re_rated == of_thousands("6162")); // 1,087 to amber and 5,075 to green
    CHECK(moved[0].lost == of_thousands("44"));       // 26,644 became 26,600
    CHECK(moved[0].added.is_zero());
}

TEST_CASE("savings: re-rating 100 changes the risk by the difference of the weights (case C04)") {
    const auto change = [](const savings_plan& from, const savings_plan& to) {
        return movement({{from}}, {{to}}, weights).front().risk_change;
    };
    CHECK(change(plan("A", 100, 0, 0, 0), plan("A", 0, 100, 0, 0)) == of_thousands("-25"));
    CHECK(change(plan("A", 0, 100, 0, 0), plan("A", 0, 0, 100, 0)) == of_thousands("-25"));
    CHECK(change(plan("A", 0, 0, 0, 100), plan("A", 100, 0, 0, 0)) == of_thousands("-50"));
}

TEST_CASE("savings: new and lost organisations are movements too, and they add up to the change") {
    const savings_table before = published();
    savings_table after = published();
    after.plans.erase(after.plans.begin());
    after.plans.push_back(plan("NEW", 10, 20, 30, 40));
    exact risk_change;
    for (const savings_movement& m : movement(before, after, weights)) risk_change += m.risk_change;
    CHECK(risk_change == at_risk(after, weights) - at_risk(before, weights));
}

TEST_CASE("savings: a negative saving is warned of and netted, never turned positive (case C03)") {
    const savings_table t{{plan("A", 60, 0, 0, 0), plan("B", -40, 0, 0, 0)}};
    CHECK(at_risk(t, weights) == of_thousands("10"));
    const std::vector<finding> found = review(t, weights);
    REQUIRE(found.size() == 1);
    CHECK(found[0].rule == "savings.negative");
    CHECK(found[0].severity == severity::warning);
    CHECK(*found[0].found == of_thousands("-40"));
}

TEST_CASE("savings: printed totals that differ are told apart: by rounding, or really") {
    savings_table t = published();
    savings_plan printed = plan("Total", 13522, 30250, 40425, 15260);
    printed.printed_total = figure(decimal(99457, 0), unit::thousands);
    printed.printed_risk = figure(decimal(29583, 0), unit::thousands);
    t.printed_totals.push_back(printed);
    std::vector<finding> found = review(t, weights);
    REQUIRE(found.size() == 1); // 29,583 against 29,583.5
    CHECK(found[0].verdict == verdict::rounding);
    CHECK(found[0].severity == severity::note);

    t.printed_totals[0].of(rating::red) = figure(decimal(15322, 0), unit::thousands); // digits transposed
    found = review(t, weights);
    REQUIRE(found.size() == 2);
    CHECK(found[0].verdict == verdict::real);
    CHECK(found[0].severity == severity::error);
    CHECK(*found[0].difference == of_thousands("1800"));
}

TEST_CASE("savings: an organisation met twice is an error") {
    const savings_table t{{plan("UHL", 1, 1, 1, 1), plan("UHL", 1, 1, 1, 1)}};
    const std::vector<finding> found = review(t, weights);
    REQUIRE_FALSE(found.empty());
    CHECK(found[0].rule == "savings.duplicate_organisation");
}

TEST_CASE("savings: ratings are read by word and letter, and nothing is guessed (case C05)") {
    CHECK(parse_rating("amber ").value() == rating::amber);
    CHECK(parse_rating("R").value() == rating::red);
    CHECK(parse_rating("GREEN").value() == rating::green);
    CHECK(parse_rating("Unidentifed").value() == rating::unidentified);
    CHECK(parse_rating("Blue").why().rule == "rating.unknown");
    CHECK(parse_rating("A/R").why().rule == "rating.unknown");
    CHECK(parse_rating("").why().rule == "rating.missing");
    CHECK(letter(rating::unidentified) == 'U');
    for (const char* red : {"Red RAG", "RAG: Red", "R - Red", "Red (R)", "Red (high risk)", "High risk - red", "1. Red",
                            "RAG rating: R", "Red rated", "Red 50%"})
        CHECK_MESSAGE(parse_rating(red).value_or(rating::green) == rating::red, red);
    CHECK(parse_rating("Medium risk (amber)").value() == rating::amber);
    CHECK(parse_rating("Not yet identified").value() == rating::unidentified);
    for (const char* either : {"Amber/Red", "Red (low risk)", "R - Amber", "RAG", "High", "Not red", "Green - complete",
                               "A to G", "Reds", "Red 2019"})
        CHECK_MESSAGE(!parse_rating(either).has_value(), either);
}

TEST_CASE("savings: weights lie between nothing and all") {
    CHECK(checked(weights));
    CHECK(checked({ratio(3, 2), ratio(1, 4), ratio(0), ratio(1)}).why().rule == "weights.out_of_range");
    CHECK(checked({ratio(1, 2), ratio(-1, 4), ratio(0), ratio(1)}).why().rule == "weights.out_of_range");
    const risk_weights thirds{ratio(1, 3), ratio(1, 3), ratio(1, 3), ratio(1, 3)};
    CHECK(at_risk(published(), thirds) * ratio(3) == total(published()));
}
