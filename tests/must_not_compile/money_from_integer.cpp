// expect: (conversion from .int. to non-scalar type .riskshare::money. requested|no viable conversion from .int. to .riskshare::money.)
#include <riskshare/money.hpp>

// Five what: pence, pounds, thousands?
riskshare::money a = 5;
