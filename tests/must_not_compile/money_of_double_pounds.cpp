// expect: (use of deleted function .*pounds|call to deleted .*pounds|overload resolution selected deleted operator)
#include <riskshare/money.hpp>

riskshare::money a = riskshare::money::pounds(21.1);
