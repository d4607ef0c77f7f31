// expect: (use of deleted function .*operator\*|call to deleted .*operator\*|overload resolution selected deleted operator)
#include <riskshare/exact.hpp>

auto a = riskshare::exact(riskshare::money::pounds(8)) * 0.25;
