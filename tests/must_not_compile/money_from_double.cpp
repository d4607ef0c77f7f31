// expect: (conversion from .double. to non-scalar type .riskshare::money. requested|no viable conversion from .double. to .riskshare::money.)
#include <riskshare/money.hpp>

riskshare::money a = 21.1;
