#include <riskshare/decimal.hpp>

#include <doctest/doctest.h>

#include <limits>

using namespace riskshare;

TEST_CASE("decimal: a stored number is read at the 15 significant digits that Excel computes with") {
    CHECK(decimal_of_stored("18.599999999999998").value() == decimal(186, -1));
    CHECK(to_string(*decimal_of_stored("219385.12339215004")) == "219385.12339215"); // RS 2017-18, case U03
    CHECK(to_string(*decimal_of_stored("-48.74")) == "-48.74");
    CHECK(to_string(*decimal_of_stored("1.2E-05")) == "0.000012");
    CHECK(to_string(*decimal_of_stored("4.63E7")) == "46300000");
    CHECK(decimal_of_stored("999999999999999.5").value() == decimal(1, 15));
    CHECK(decimal_of_stored("0").value().is_zero());
    CHECK(decimal_of_stored("-0").value().is_zero());
}

TEST_CASE("decimal: what is no number is refused") {
    for (const char* bad : {"", ".", "-", "1.2.3", "12,5", "NaN", "INF", "1e", "1e+", "0x10", " 1", "1 "}) {
        CAPTURE(bad);
        CHECK(decimal_of_stored(bad).why().rule == "number.malformed");
    }
    CHECK(decimal_of_stored("1e999").why().rule == "number.out_of_range");
    CHECK(parse_decimal("1.").why().rule == "number.malformed");
    CHECK(parse_decimal("+1").why().rule == "number.malformed");
    CHECK(parse_decimal("1234567890123456789").why().rule == "number.out_of_range");
}

TEST_CASE("decimal: remembers the places that were written, and compares by value") {
    CHECK(parse_decimal("21.10").value().places() == 2);
    CHECK(parse_decimal("21.10").value() == parse_decimal("21.1").value());
    CHECK(to_string(*parse_decimal("21.10")) == "21.10");
    CHECK(to_string(decimal(5, -3)) == "0.005");
    CHECK(to_string(decimal(5, 3)) == "5000");
    CHECK(to_string(decimal(std::numeric_limits<std::int64_t>::min(), 0)) == "-9223372036854775808");
}
