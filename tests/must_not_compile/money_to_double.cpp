// expect: (cannot convert .riskshare::money. to .double.|no viable conversion from .riskshare::money. to .double.)
#include <riskshare/money.hpp>

double a = riskshare::money::pounds(1);
