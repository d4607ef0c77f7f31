#include <riskshare/position.hpp>

#include "support/figures.hpp"

#include <doctest/doctest.h>

using namespace riskshare;
using test::in_millions;
using test::in_thousands;
using test::thousands;

namespace {

position_line line(const char* label, const char* organisation, line_nature nature, const char* plan,
                   const char* actual, const char* variance) {
    position_line l{label, organisation, nature};
    l.to_date = {in_thousands(plan), in_thousands(actual), in_thousands(variance)};
    return l;
}
position_line sub_total(const char* label, std::vector<std::size_t> adds, const char* plan, const char* actual,
                        const char* variance) {
    position_line l = line(label, "", line_nature::result, plan, actual, variance);
    l.adds = std::move(adds);
    return l;
}

/// Board paper F1 of August 2022, "M3 System Position", as printed in £000.
std::vector<position_line> published_month_3() {
    const line_nature income = line_nature::income, spending = line_nature::expenditure;
    return {
        line("UHL Outside System Income", "UHL", income, "137554", "138032", "478"),
        line("LPT Outside System Income", "LPT", income, "15878", "18342", "2464"),
        sub_total("Provider Income Outside of System", {0, 1}, "153432", "156374", "2942"),
        line("CCG Allocation", "CCG", income, "486984", "487411", "427"),
        sub_total("Total System Allocation", {2, 3}, "640416", "643785", "3369"),
        line("UHL Expenditure", "UHL", spending, "-336991", "-335110", "1881"),
        line("LPT Expenditure", "LPT", spending, "-84432", "-86896", "-2464"),
        sub_total("Provider Expenditure", {5, 6}, "-421423", "-422006", "-583"),
        line("CCG Expenditure Outside of System", "CCG", spending, "-220234", "-216599", "3634"),
        sub_total("Total System Expenditure", {7, 8}, "-641657", "-638605", "3051"),
        line("Intra-System Misalignment", "", line_nature::misalignment, "-3070", "-3070", "0"),
        sub_total("System Surplus/(Deficit)", {4, 9, 10}, "-4311", "2110", "6421"),
    };
}

std::vector<std::string> rules_of(const std::vector<finding>& findings) {
    std::vector<std::string> out;
    for (const finding& f : findings) out.push_back(f.rule);
    return out;
}

} // namespace

TEST_CASE(
    "position: S10: the published month 3 table adds up to a surplus of 2,110 against a planned deficit of 4,311") {
    const position p(published_month_3());
    REQUIRE(p.bottom_line() != nullptr);
    CHECK(p.bottom_line()->label == "System Surplus/(Deficit)");
    const std::size_t bottom = p.lines().size() - 1;
    CHECK(p.leaves(bottom) == std::vector<std::size_t>{0, 1, 3, 5, 6, 8, 10});
    const position::amounts system = p.added_up(bottom, basis::to_date);
    CHECK(system.plan == thousands("-4311"));
    CHECK(system.actual == thousands("2110"));
    CHECK(system.variance() == thousands("6421"));
}

TEST_CASE("position: S11: the variances of the organisations come from their own lines, the misalignment stays apart") {
    const std::vector<position::part> parts = position(published_month_3()).by_organisation(basis::to_date);
    REQUIRE(parts.size() == 4);
    CHECK(parts[0].organisation == "UHL");
    CHECK(parts[0].figures.variance() == thousands("2359"));
    CHECK(parts[1].organisation == "LPT");
    CHECK(parts[1].figures.variance() == thousands("0"));
    CHECK(parts[2].organisation == "CCG");
    CHECK(parts[2].figures.variance() == thousands("4062"));
    CHECK(parts[3].organisation.empty());
    CHECK(parts[3].figures.actual == thousands("-3070"));
    exact sum;
    for (const position::part& p : parts) sum += p.figures.variance();
    CHECK(sum == thousands("6421"));
    // The printed 3,634 in place of the CCGs' 3,635 makes 4,061.
    const std::vector<position_line> lines = published_month_3();
    exact printed;
    for (const position_line& l : lines)
        if (l.organisation == "CCG") printed += l.to_date.printed_variance->value();
    CHECK(printed == thousands("4061"));
}

TEST_CASE("position: S13: planned spending to date divides 52.5, 13.2 and 34.3, beside 50, 13 and 37 as agreed") {
    const std::vector<position_line> lines = published_month_3();
    exact all;
    for (const position_line& l : lines)
        if (l.nature == line_nature::expenditure) all += l.to_date.plan->value();
    std::vector<std::string> shares;
    for (const position_line& l : lines)
        if (l.nature == line_nature::expenditure)
            shares.push_back(to_string(percentage(l.to_date.plan->value(), all, 1, rounding::half_away_from_zero)));
    CHECK(shares == std::vector<std::string>{"52.5", "13.2", "34.3"});
}

TEST_CASE("position: two variances of the published table are off by one, and rounding explains both") {
    const std::vector<finding> findings = review(position(published_month_3()), basis::to_date);
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].rule == "position.variance");
    CHECK(findings[0].expected == thousands("3635"));
    CHECK(findings[0].found == thousands("3634"));
    CHECK(findings[1].expected == thousands("3052"));
    CHECK(findings[1].found == thousands("3051"));
    for (const finding& f : findings) {
        CHECK(f.verdict == verdict::rounding);
        CHECK(f.severity == severity::note);
    }
}

TEST_CASE("position: a sub-total that its parts do not give is a real difference, with all the cells") {
    std::vector<position_line> lines = published_month_3();
    lines[9].to_date.actual = in_thousands("-638505", provenance("m3.xlsx", "System position", 20, 3));
    const std::vector<finding> findings = review(position(lines), basis::to_date);
    const auto wrong =
        std::find_if(findings.begin(), findings.end(), [](const finding& f) { return f.rule == "position.sub_total"; });
    REQUIRE(wrong != findings.end());
    CHECK(wrong->severity == severity::error);
    CHECK(wrong->verdict == verdict::real);
    CHECK(wrong->difference == thousands("100"));
    CHECK(to_string(wrong->at.front()) == "m3.xlsx 'System position'!C20");
}

TEST_CASE("position: expenditure that is not negative is a sign slip") {
    std::vector<position_line> lines = published_month_3();
    lines[6].to_date.actual = in_thousands("86896");
    CHECK(rules_of(review(position(lines), basis::to_date)).front() == "position.sign");
}

TEST_CASE("position: a line left out of the bottom line, or counted twice, is named") {
    std::vector<position_line> lines = published_month_3();
    lines[11].adds = {4, 9};
    std::vector<finding> findings = review(position(lines), basis::to_date);
    CHECK(findings.back().rule == "position.line_left_out");
    CHECK(findings.back().message.find("Intra-System Misalignment") != std::string::npos);
    lines[11].adds = {4, 9, 10, 10};
    findings = review(position(lines), basis::to_date);
    CHECK(findings.back().rule == "position.line_counted_twice");
}

TEST_CASE("position: a sub-total that adds itself throws") {
    std::vector<position_line> lines = published_month_3();
    lines[2].adds = {0, 4};
    CHECK_THROWS_AS(position{lines}, precondition_violated);
    lines[2].adds = {0, 99};
    CHECK_THROWS_AS(position{lines}, precondition_violated);
}

TEST_CASE("position: a blank has no variance, a zero has one") {
    CHECK(!variance({in_thousands("5"), std::nullopt, std::nullopt}));
    CHECK(variance({in_thousands("5"), in_thousands("0"), std::nullopt}) == thousands("-5"));
}

TEST_CASE("position: the month alone is the year to date less that of the month before") {
    std::vector<position_line> before = published_month_3(), now = published_month_3();
    now[0].to_date.actual = in_thousands("184000");
    now[3].label = "ICB Allocation";
    const month_alone alone = in_month(position(before), position(now));
    CHECK(alone.lines[0].actual == thousands("45968"));
    CHECK(alone.lines[0].plan == thousands("0"));
    CHECK(!alone.lines[3].actual);
    CHECK(rules_of(alone.findings) == std::vector<std::string>{"position.line_new"});
}

TEST_CASE("organisations: S12: positions against break-even and against plan give different pools") {
    // £m, as the executive summary of board paper F1 prints them.
    std::vector<organisation_position> rows;
    const auto add = [&](const char* who, const char* plan, const char* actual, bool total = false) {
        organisation_position row{who, {in_millions(plan), in_millions(actual), std::nullopt}, {}, total};
        rows.push_back(row);
    };
    add("UHL", "-3.1", "-0.7");
    add("LPT", "-1.2", "-1.2");
    add("CCG", "0.0", "4.1");
    exact against_break_even, against_plan;
    for (const organisation_position& r : rows) {
        against_break_even += r.to_date.actual->value();
        against_plan += *variance(r.to_date);
    }
    CHECK(against_break_even == test::millions("2.2"));
    CHECK(against_plan == test::millions("6.5"));
    add("System", "-4.3", "2.1", true);
    const std::vector<finding> findings = review(rows);
    REQUIRE(findings.size() == 1); // 2.2 printed as 2.1
    CHECK(findings[0].rule == "organisations.total");
    CHECK(findings[0].verdict == verdict::rounding);
}
