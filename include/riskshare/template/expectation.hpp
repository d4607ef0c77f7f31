// A figure from a text against the cells that it claims to sum up.
#ifndef RISKSHARE_TEMPLATE_EXPECTATION_HPP
#define RISKSHARE_TEMPLATE_EXPECTATION_HPP

#include <riskshare/finding.hpp>
#include <riskshare/result.hpp>
#include <riskshare/template/relations.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates {

struct expectation {
    riskshare::verdict verdict = riskshare::verdict::agrees;
    std::optional<riskshare::finding> finding = {};
};

/// "£15.26m='Efficiencies'!E7:E10": whether the amount, stated to its last digit, is the sum of the cells. When it is
/// not, says which one cell of the same columns more, or fewer, would make it so. Fails with "expect.malformed".
result<expectation> check_expectation(const std::string&, const std::vector<workbook::book>&, const check_options&);

} // namespace riskshare::templates

#endif
