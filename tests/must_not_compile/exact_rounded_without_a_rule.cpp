// expect: (too few arguments to function .*rounded|no matching function for call to .rounded.)
#include <riskshare/exact.hpp>

riskshare::money a = rounded(riskshare::exact(riskshare::money::pounds(1)));
