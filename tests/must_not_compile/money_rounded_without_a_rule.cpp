// expect: (too few arguments to function .*rounded|no matching function for call to .rounded.)
#include <riskshare/money.hpp>

riskshare::money a = rounded(riskshare::money::pounds(1499), riskshare::money::thousands(1));
