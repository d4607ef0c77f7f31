// expect: (use of deleted function .*exact|call to deleted .*exact|overload resolution selected deleted operator)
#include <riskshare/exact.hpp>

riskshare::exact a(21.1);
