#include <riskshare/accounting.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace riskshare;
using what = written_amount::what;

TEST_CASE("accounting: reads amounts as accountants write them") {
    struct row {
        const char* text;
        const char* value;
        std::optional<unit> in;
    };
    const row rows[] = {
        {"(13.6)", "-13.6", {}},
        {"-48.7", "-48.7", {}},
        {"(336,991)", "-336991", {}},
        {"44,744", "44744", {}},
        {"1,234-", "-1234", {}},
        {"\u2212 5", "-5", {}},
        {"\u00A0 7 \u00A0", "7", {}},
        {"£1.2m", "1.2", unit::millions},
        {"(£1.2m)", "-1.2", unit::millions},
        {"£(13.6)", "-13.6", unit::pounds},
        {"-£928", "-928", unit::pounds},
        {"£3k", "3", unit::thousands},
        {"1.2 m", "1.2", unit::millions},
        {"£1.5bn", "1.5", unit::billions},
        {"-", "0", {}},
        {"\u2013", "0", {}},
        {"+12", "12", {}},
        {".5", "0.5", {}},
        {"1,234,567.89", "1234567.89", {}},
        {"2 million", "2", unit::millions},
    };
    for (const row& r : rows) {
        CAPTURE(r.text);
        const result<written_amount> read = read_written(r.text);
        REQUIRE(read);
        CHECK(read->kind == what::amount);
        CHECK(read->value == parse_decimal(r.value).value());
        CHECK(read->in == r.in);
    }
}

TEST_CASE("accounting: what begins as a number and is none is refused, never guessed at") {
    for (const char* bad : {"12,5OO", "1.2.3", "£18 6m", "12,34", "1,2345", "1,234,56", "(-5)", "--5", "5--", "1 234",
                            "2019/20", "£", "12a", "(12", "12)", "1,234.5.6", "£%5", "£5%"}) {
        CAPTURE(bad);
        const result<written_amount> read = read_written(bad);
        if (std::string(bad) == "£")
            CHECK(read->kind == what::unit);
        else
            CHECK(read.why().rule == "number.ambiguous");
    }
}

TEST_CASE("accounting: a heading, a percentage, a blank and a text are told apart (case S21)") {
    CHECK(read_written("£000")->in == unit::thousands);
    CHECK(read_written("£'000")->in == unit::thousands);
    CHECK(read_written("£\u2019000")->kind == what::unit);
    CHECK(read_written("£m")->in == unit::millions);
    CHECK(read_written("65%")->kind == what::percentage);
    CHECK(read_written("65%")->value == decimal(65, -2));
    CHECK(read_written("")->kind == what::blank);
    CHECK(read_written(" \u00A0")->kind == what::blank);
    CHECK(read_written("<=6.02")->kind == what::text);
    CHECK(read_written("Jul-19")->kind == what::text);
    CHECK(read_written("n/a")->kind == what::text);
}

TEST_CASE("accounting: prints brackets for a negative and a dash for zero") {
    CHECK(accounting(exact(money::thousands(-1234)), unit::thousands) == "(1,234)");
    CHECK(accounting(exact(money::thousands(1234567)), unit::thousands) == "1,234,567");
    CHECK(accounting(exact(), unit::thousands) == "-");
    CHECK(accounting(exact(money::pounds(400)), unit::thousands) == "-"); // rounds to nothing
    CHECK(accounting(exact(money::pounds(8362250)), unit::thousands, 2) == "8,362.25");
    CHECK(accounting(exact(money::pounds(-8362500)), unit::thousands) == "(8,363)");
    CHECK(accounting(decimal(-136, -1)) == "(13.6)");
}

TEST_CASE("accounting: what is printed reads back, 100,000 seeded amounts") {
    std::mt19937_64 random(20220811);
    for (int i = 0; i < 100'000; ++i) {
        const std::int64_t coefficient =
            static_cast<std::int64_t>(random() % 2'000'000'000'000ULL) - 1'000'000'000'000LL;
        const decimal d(coefficient, -static_cast<int>(random() % 4));
        const result<written_amount> read = read_written(accounting(d));
        REQUIRE(read);
        REQUIRE(read->kind == what::amount);
        REQUIRE(read->value == d);
    }
}

TEST_CASE("unit: is recognised alone and in titles, and never in an amount") {
    CHECK(parse_unit("£") == unit::pounds);
    CHECK(parse_unit("(£m)") == unit::millions);
    CHECK(parse_unit("£ million") == unit::millions);
    CHECK(parse_unit("£k") == unit::thousands);
    CHECK(parse_unit("£000s") == unit::thousands);
    CHECK(parse_unit("GBP") == unit::pounds);
    CHECK_FALSE(parse_unit("£1.2m"));
    CHECK_FALSE(parse_unit("Plan"));
    CHECK(units_in("Efficiencies, £m") == std::vector<unit>{unit::millions});
    CHECK(units_in("Control totals are in £m, efficiencies in £000.") ==
          std::vector<unit>{unit::millions, unit::thousands});
    CHECK(units_in("All figures in £ unless stated") == std::vector<unit>{unit::pounds});
    CHECK(units_in("savings of £1.2m were found").empty());
    CHECK(units_in("Position (£'000s)") == std::vector<unit>{unit::thousands});
}
