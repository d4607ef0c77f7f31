// expect: (no match for .operator\+.|invalid operands to binary expression)
#include <riskshare/money.hpp>

auto a = riskshare::money::pounds(2) + 1;
