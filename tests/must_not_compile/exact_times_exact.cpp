// expect: (no match for .operator\*.|invalid operands to binary expression)
#include <riskshare/exact.hpp>

auto a = riskshare::exact() * riskshare::exact(); // there are no square pounds
