// expect: (use of deleted function .*pence|call to deleted .*pence|overload resolution selected deleted operator)
#include <riskshare/money.hpp>

riskshare::money a = riskshare::money::pence(0.5);
