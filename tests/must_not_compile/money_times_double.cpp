// expect: (use of deleted function .*operator\*|call to deleted .*operator\*|overload resolution selected deleted operator)
#include <riskshare/money.hpp>

riskshare::money a = riskshare::money::pounds(8) * 0.25;
