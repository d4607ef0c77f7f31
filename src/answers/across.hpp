// What must agree between the tables, sheets and files that one check was given.
#ifndef RISKSHARE_ANSWERS_ACROSS_HPP
#define RISKSHARE_ANSWERS_ACROSS_HPP

#include "load.hpp"

#include <riskshare/reconciliation.hpp>

namespace riskshare::answers {

/// Net risks against savings, organisations against the system, summaries and savings against schemes, one month
/// against the month before, partners' balances against each other. Throws `input_refused` for a threshold that cannot
/// be read.
reconciliation reconciled(loaded&, const check_options&, console&);

} // namespace riskshare::answers

#endif
