#include <riskshare/bridge.hpp>

#include "support/figures.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace riskshare;
using test::in_thousands;
using test::thousands;

namespace {

exact total(const bridge& b) {
    exact sum = b.start().amount;
    for (const bridge_step& s : b.steps()) sum += s.amount;
    return sum;
}

} // namespace

TEST_CASE("bridge: steps that do not lead to the end throw, or become a step of their own") {
    CHECK_THROWS_AS(bridge({"Plan", thousands("0")}, {{"Drugs", thousands("-5")}}, {"Actual", thousands("-4")}),
                    precondition_violated);
    const bridge b = bridge::with_rest({"Plan", thousands("0")}, {{"Drugs", thousands("-5")}},
                                       {"Actual", thousands("-4")}, "Not explained");
    REQUIRE(b.steps().size() == 2);
    CHECK(b.steps()[1].label == "Not explained");
    CHECK(b.steps()[1].amount == thousands("1"));
    CHECK(total(b) == b.end().amount);
}

TEST_CASE("bridge: a column that crosses zero has a part on either side of it") {
    // The month 3 position: planned deficit 4,311, variance 6,421, actual surplus 2,110.
    const bridge b({"Plan", thousands("-4311")}, {{"Variance", thousands("6421")}}, {"Actual", thousands("2110")});
    const std::vector<bridge::bar> bars = b.bars();
    REQUIRE(bars.size() == 3);
    CHECK(bars[0].below_base == thousands("0"));
    CHECK(bars[0].below_size == thousands("-4311"));
    CHECK(bars[0].above_size == thousands("0"));
    CHECK(bars[1].from == thousands("-4311"));
    CHECK(bars[1].to == thousands("2110"));
    CHECK(bars[1].above_base == thousands("0"));
    CHECK(bars[1].above_size == thousands("2110"));
    CHECK(bars[1].below_base == thousands("0"));
    CHECK(bars[1].below_size == thousands("-4311"));
    CHECK(bars[2].above_size == thousands("2110"));
    CHECK(bars[2].is_total);
}

TEST_CASE("bridge: columns on one side of zero float at their running total") {
    const bridge b({"a", thousands("10")}, {{"up", thousands("5")}, {"down", thousands("-8")}}, {"b", thousands("7")});
    const std::vector<bridge::bar> bars = b.bars();
    CHECK(bars[1].above_base == thousands("10"));
    CHECK(bars[1].above_size == thousands("5"));
    CHECK(bars[2].above_base == thousands("7"));
    CHECK(bars[2].above_size == thousands("8"));
    CHECK(bars[2].below_size == exact());
}

TEST_CASE("bridge: law: whatever the steps, the parts of every column make up its height and the steps add up") {
    std::mt19937_64 random(5);
    for (int trial = 0; trial < 2'000; ++trial) {
        const auto amount = [&] { return exact(money::pence(static_cast<std::int64_t>(random() % 2001) - 1000)); };
        bridge_step start{"start", amount()}, end{"end", amount()};
        std::vector<bridge_step> steps;
        for (std::uint64_t n = random() % 6; n > 0; --n) steps.push_back({"step", amount()});
        const bridge b = bridge::with_rest(start, steps, end, "rest");
        REQUIRE(total(b) == end.amount);
        for (const bridge::bar& bar : b.bars()) {
            REQUIRE(bar.above_size - bar.below_size == abs(bar.to - bar.from));
            REQUIRE((bar.above_base >= exact() && bar.above_size >= exact()));
            REQUIRE((bar.below_base <= exact() && bar.below_size <= exact()));
        }
    }
}

TEST_CASE("bridge: plan to actual takes the lines of their own and no sub-total") {
    position_line income{"Income", "UHL", line_nature::income}, spending{"Spending", "UHL", line_nature::expenditure};
    position_line same{"Same", "LPT", line_nature::income}, sum{"Surplus", "", line_nature::result, {0, 1, 2}};
    income.to_date = {in_thousands("100"), in_thousands("90"), std::nullopt};
    spending.to_date = {in_thousands("-100"), in_thousands("-95"), std::nullopt};
    same.to_date = {in_thousands("7"), in_thousands("7"), std::nullopt};
    sum.to_date = {in_thousands("7"), in_thousands("2"), std::nullopt};
    const bridge b = plan_to_actual(position({income, spending, same, sum}), basis::to_date);
    CHECK(b.start().amount == thousands("7"));
    CHECK(b.end().amount == thousands("2"));
    REQUIRE(b.steps().size() == 2);
    CHECK(b.steps()[0].amount == thousands("-10"));
    CHECK(b.steps()[1].amount == thousands("5"));
}

TEST_CASE("bridge: month to month names what came, went and changed") {
    const std::vector<bridge_step> before{{"UHL", thousands("-700")}, {"LPT", thousands("-1200")}};
    const std::vector<bridge_step> after{{"UHL", thousands("-900")}, {"ICB", thousands("4100")}};
    const bridge b = month_to_month({"M3", thousands("-1900")}, before, {"M4", thousands("3200")}, after);
    REQUIRE(b.steps().size() == 3);
    CHECK(b.steps()[0].amount == thousands("-200"));
    CHECK(b.steps()[1].amount == thousands("1200"));
    CHECK(b.steps()[2].label == "ICB");
    CHECK(total(b) == thousands("3200"));
}

TEST_CASE("bridge: forecast to underlying takes the one-offs out and the full-year effects in") {
    const std::vector<bridge_step> one_offs{{"Prior-year benefit", thousands("3000")}, {"Fine", thousands("-200")}};
    const std::vector<bridge_step> effects{{"Ward opened in October", thousands("-450")}};
    const bridge b = forecast_to_underlying(thousands("0"), one_offs, effects);
    CHECK(b.end().amount == thousands("-3250"));
    CHECK(b.steps()[0].amount == thousands("-3000"));
    CHECK(b.steps()[1].amount == thousands("200"));
}
