// expect: (use of deleted function|deleted function)
#include <riskshare/agreement_terms.hpp>

riskshare::per_party<riskshare::ratio> share{"UHL", 0.5};
