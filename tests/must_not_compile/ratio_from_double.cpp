// expect: (use of deleted function .*ratio|call to deleted .*ratio|overload resolution selected deleted operator)
#include <riskshare/ratio.hpp>

riskshare::ratio a(0.25);
