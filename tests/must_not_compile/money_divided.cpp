// expect: (use of deleted function .*operator/|call to deleted .*operator/|overload resolution selected deleted operator)
#include <riskshare/money.hpp>

// 10 pounds to three parties leaves a penny, so only `apportion` may divide.
riskshare::money a = riskshare::money::pounds(10) / 3;
