// Positions over a range of outturns, and two agreements on the same figures.
#ifndef RISKSHARE_ANSWERS_WHAT_IF_HPP
#define RISKSHARE_ANSWERS_WHAT_IF_HPP

#include "share_input.hpp"

namespace riskshare::answers {

struct agreement_on_figures {
    riskshare::agreement agreement;
    share_inputs reported;
};

/// Answers --over, and a second --agreement.
int what_if_asked(const share_command_options&, share_input&, agreement_on_figures first, console&);

} // namespace riskshare::answers

#endif
