// expect: (no match for .operator\*.|invalid operands to binary expression)
#include <riskshare/money.hpp>

auto a = riskshare::money::pounds(2) * riskshare::money::pounds(2); // there are no square pounds
