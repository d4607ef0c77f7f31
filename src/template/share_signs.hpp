// Whether the plan and the actual of a position are deficits printed positive.
#ifndef RISKSHARE_SRC_TEMPLATE_SHARE_SIGNS_HPP
#define RISKSHARE_SRC_TEMPLATE_SHARE_SIGNS_HPP

#include "template/share_variances.hpp"

#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates {

/// One line with its label and every party's amount as printed.
struct line_as_printed {
    std::string label;
    provenance at;
    std::vector<exact> amounts;
};

struct turned_lines {
    bool plan = false, actual = false;
};

/// By the words of the labels, else of the title; under "deficit" alone by the amounts, else by the printed variances
/// under a heading that says what is favourable. Nothing, and a finding, where none of these tells.
std::optional<turned_lines> deficits_printed_positive(const line_as_printed& plan, const line_as_printed& actual,
                                                      words::result_sense of_title, const std::vector<printed_line>&,
                                                      words::variance_sense, std::vector<finding>&);

} // namespace riskshare::templates

#endif
