// An agreement read by itself: what it says, what it would do, what it leaves open. A person signs that page.
#ifndef RISKSHARE_REPORT_AGREEMENT_PAGE_HPP
#define RISKSHARE_REPORT_AGREEMENT_PAGE_HPP

#include <riskshare/what_if.hpp>

#include <string>
#include <vector>

namespace riskshare::report {

/// One term in plain words.
struct term_in_words {
    std::string term = {}; ///< "dead-band"
    std::string text = {};
    std::string clause = {};
    provenance at = {};
};

/// What the terms come to at one outturn of all parties together.
struct outturn_in_words {
    outturn_point point = {};
    std::vector<acting_term> acting = {};
};

struct version_in_words {
    int number = 1;
    month from{1};
    std::string what = {};
    std::vector<term_in_words> says = {};
    std::vector<std::string> assumed = {}; ///< amounts that the position has to give, as taken for the example
    std::vector<outturn_in_words> outturns = {};
    std::vector<std::string> examples = {}; ///< of pools, funds and balances, each worked out
};

struct agreement_reading {
    riskshare::agreement agreement;
    std::vector<version_in_words> versions = {};
    std::vector<std::string> leaves_open = {};
    std::vector<finding> findings = {};
};

/// Sizes that the paper's own amounts already show to be wrong: a part of nothing, tiers that do not rise. Only where
/// no month's position has to state anything.
std::vector<finding> wrong_sizes(const agreement&);

/// Reads every version of an agreement. The outturns tried reach past the last edge of its terms, both ways.
agreement_reading reading_of(const agreement&, std::vector<finding>);

std::string agreement_page(const agreement_reading&, bool colour);
/// riskshare.agreement/1
std::string agreement_json(const agreement_reading&);
/// riskshare.agreement/1 with status "refused" and nothing but findings.
std::string refused_agreement_json(const std::vector<finding>&);

} // namespace riskshare::report

#endif
