// expect: (conversion from .int. to non-scalar type .riskshare::exact. requested|no viable conversion from .int. to .riskshare::exact.)
#include <riskshare/exact.hpp>

riskshare::exact a = 5;
