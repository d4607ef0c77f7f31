// expect: (is private within this context|calling a private constructor)
#include <riskshare/agreement.hpp>

riskshare::agreement a;
