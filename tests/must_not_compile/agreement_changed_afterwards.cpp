// expect: (discards qualifiers|not marked const)
#include <riskshare/agreement.hpp>

void add_a_party(riskshare::agreement& a) { a.parties().emplace_back("NUH"); }
