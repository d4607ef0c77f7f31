// Numbers as subtractions in binary fractions leave them, as Python prints them at 15 digits.
#include "template/detail/stored_amount.hpp"

#include <doctest/doctest.h>

using riskshare::decimal;
using riskshare::unit;
using riskshare::templates::detail::stored_amount;

TEST_CASE("the noise of a subtraction is no amount") {
    CHECK(*stored_amount("478.468999999983", unit::thousands) == decimal(478469, -3));
    CHECK(*stored_amount("-582.939000000013", unit::thousands) == decimal(-582939, -3));
    CHECK(*stored_amount("478.468999999997", unit::thousands) == decimal(478469, -3)); // 36990.1 - 36511.631
    CHECK(*stored_amount("12.0000100000001", unit::thousands) == decimal(1200001, -5));
    CHECK(*stored_amount("0.391000000000076", unit::thousands) == decimal(391, -3));
    CHECK(*stored_amount("5.55111512312578e-17", unit::millions) == decimal());
    CHECK(*stored_amount("890.109999895096", unit::pounds) == decimal(89011, -2)); // 1234567890.11 - 1234567000
    CHECK(*stored_amount("-4310.93999999998", unit::thousands) == decimal(-431094, -2));
}

TEST_CASE("what is not noise stays as it is stored") {
    CHECK(*stored_amount("33.3333333333333", unit::thousands) == decimal(333333333333333, -13));
    CHECK(*stored_amount("1.23456789012345", unit::millions) == decimal(123456789012345, -14));
    CHECK(*stored_amount("12.0000123", unit::thousands) == decimal(120000123, -7));
    CHECK(*stored_amount("123456789012345", unit::pounds) == decimal(123456789012345, 0));
}
