#include <riskshare/assurance.hpp>
#include <riskshare/savings.hpp>

#include <doctest/doctest.h>

#include <concepts>

using namespace riskshare;

TEST_CASE("assurance: the committee's three grades, weakest first, with the colours of its key") {
    CHECK(parse_assurance(" Medium ").value() == assurance_grade::medium());
    CHECK(assurance_grade::low().colour() == "red");
    CHECK(assurance_grade::medium().colour() == "amber");
    CHECK(assurance_grade::high().colour() == "green");
    CHECK(assurance_grade::low() < assurance_grade::high());
}

TEST_CASE("assurance: a bare colour is refused, because delivery ratings use the same ones") {
    for (const char* text : {"Red", "green", "", "Risks rated as indicated"})
        CHECK(parse_assurance(text).why().rule == "assurance.unknown");
}

TEST_CASE("assurance: a grade and a delivery rating do not mix") {
    CHECK_FALSE(std::equality_comparable_with<assurance_grade, rating>);
    CHECK_FALSE(std::is_convertible_v<assurance_grade, rating>);
    CHECK_FALSE(std::is_constructible_v<assurance_grade, rating>);
}
