#include <riskshare/phasing.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace riskshare;

namespace {

std::array<ratio, 4> quarters_10_15_35_40() {
    return {ratio::percent(10), ratio::percent(15), ratio::percent(35), ratio::percent(40)};
}

} // namespace

TEST_CASE("C08: phasing: 21,100 by quarters of 10, 15, 35 and 40 percent is 2,110, 3,165, 7,385 and 8,440") {
    const phasing p = phasing::by_quarter(quarters_10_15_35_40());
    const money total = money::thousands(21'100), step = one(unit::thousands);
    const monthly months = p.spread(total, step);
    const std::array<money, 4> quarters = p.quarters(total, step);
    CHECK(quarters[0] == money::thousands(2'110));
    CHECK(quarters[1] == money::thousands(3'165));
    CHECK(quarters[2] == money::thousands(7'385));
    CHECK(quarters[3] == money::thousands(8'440));
    CHECK(months.to_date(month(3)) == money::thousands(2'110));
    CHECK(months.to_date(month(6)) == money::thousands(5'275));
    CHECK(months[month(1)] == money::thousands(704));
    CHECK(months[month(2)] == money::thousands(703));
    CHECK(months[month(3)] == money::thousands(703));
}

TEST_CASE("phasing: a level year from July has nothing before it and adds up to the penny") {
    const monthly months = phasing::level(month(4)).spread(money::pence(10'000));
    CHECK(months.to_date(month(3)) == money());
    CHECK(months[month(4)] == money::pence(1'112));
    CHECK(months[month(12)] == money::pence(1'111));
    CHECK(months.total() == money::pence(10'000));
}

TEST_CASE("phasing: a negative figure is the mirror of the positive one") {
    const phasing p = phasing::by_quarter(quarters_10_15_35_40());
    for (int m = 1; m <= 12; ++m)
        CHECK(p.spread(money::pence(-100'001))[month(m)] == -p.spread(money::pence(100'001))[month(m)]);
}

TEST_CASE("phasing: negative weights, no weight and a total of broken steps are refused") {
    CHECK_THROWS_AS(phasing::by_quarter({ratio(1), ratio(-1), ratio(1), ratio(1)}), precondition_violated);
    CHECK_THROWS_AS(phasing::by_quarter({ratio(0), ratio(0), ratio(0), ratio(0)}), precondition_violated);
    CHECK_THROWS_AS(phasing::level().spread(money::pence(1), one(unit::thousands)), precondition_violated);
}

TEST_CASE("law: months add up to the year, and months of a quarter to the quarter, whatever the weights") {
    std::mt19937_64 random(20191120);
    std::uniform_int_distribution<std::int64_t> amount(-9'000'000'000'00, 9'000'000'000'00), weight(0, 1000);
    for (int trial = 0; trial < 1000; ++trial) {
        std::array<ratio, 12> twelve;
        for (ratio& w : twelve) w = ratio(weight(random), 7);
        twelve[11] = ratio(1);
        std::array<ratio, 4> four;
        for (ratio& w : four) w = ratio(weight(random) + 1);
        const money total = money::pence(amount(random));
        CHECK(phasing::by_month(twelve).spread(total).total() == total);
        const std::array<money, 4> quarters = phasing::by_quarter(four).quarters(total);
        const std::vector<money> split = apportion(total, four);
        for (std::size_t q = 0; q < 4; ++q) CHECK(quarters[q] == split[q]);
    }
}

TEST_CASE("monthly: a blank month is not a zero, and adds nothing") {
    monthly months;
    CHECK(months.is_blank());
    months.set(month(2), money());
    months.set(month(3), money::pounds(5));
    CHECK(!months.at(month(1)));
    CHECK(months.at(month(2)) == money());
    CHECK(months.total() == money::pounds(5));
    CHECK(months.to_date(month(2)) == money());
    months.clear(month(2));
    CHECK(!months.at(month(2)));
}
