// The variances that a position prints, held against its plan and actual before money moves.
#ifndef RISKSHARE_SRC_TEMPLATE_SHARE_VARIANCES_HPP
#define RISKSHARE_SRC_TEMPLATE_SHARE_VARIANCES_HPP

#include "template/words/signs.hpp"

#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>

#include <string>
#include <vector>

namespace riskshare::templates {

/// One party's plan, actual and variance as they are printed.
struct printed_line {
    std::string party;
    figure plan, actual, variance;
};

/// Which difference the printed variances are, where they say; none where they disagree among themselves.
words::difference difference_of(const std::vector<printed_line>&);

/// A variance that is neither difference, or not the one that the others are, is an error with both cells. So is one
/// that the heading calls favourable or adverse against the figures. All of them printed the other way round under a
/// heading that says nothing is a warning. `deficits_positive`: plan and actual are deficits without a sign.
void compare_variances(const std::vector<printed_line>&, words::variance_sense, bool deficits_positive,
                       std::vector<finding>&);

} // namespace riskshare::templates

#endif
