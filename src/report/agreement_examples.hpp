// What pools, funds and balances of an agreement come to in a few cases, in sentences.
#ifndef RISKSHARE_SRC_REPORT_AGREEMENT_EXAMPLES_HPP
#define RISKSHARE_SRC_REPORT_AGREEMENT_EXAMPLES_HPP

#include <riskshare/report/agreement_page.hpp>

#include <string>
#include <vector>

namespace riskshare::report {

std::vector<std::string> examples_of(const agreement&, const version_in_force&);

} // namespace riskshare::report

#endif
