// expect: (conversion from .riskshare::exact. to non-scalar type .riskshare::money. requested|no viable conversion from .riskshare::exact. to .riskshare::money.)
#include <riskshare/exact.hpp>

// An unrounded amount becomes money only through `rounded`, by a rule.
riskshare::money a = riskshare::exact(riskshare::money::pounds(1));
