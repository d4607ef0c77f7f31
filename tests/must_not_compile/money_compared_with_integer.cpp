// expect: (no match for .operator==.|invalid operands to binary expression)
#include <riskshare/money.hpp>

bool a = riskshare::money::pounds(0) == 0; // say is_zero()
