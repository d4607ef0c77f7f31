// One system, one year, in one value: everything that was read.
#ifndef RISKSHARE_MODEL_HPP
#define RISKSHARE_MODEL_HPP

#include <riskshare/agreement_terms.hpp>
#include <riskshare/category_savings.hpp>
#include <riskshare/cause_period.hpp>
#include <riskshare/control_total.hpp>
#include <riskshare/finance_report.hpp>
#include <riskshare/period.hpp>
#include <riskshare/savings.hpp>
#include <riskshare/share_inputs.hpp>
#include <riskshare/tracker.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// What a set of files says. A part that no file held is absent; it is never an empty table.
struct model {
    std::optional<savings_table> savings = {};
    std::optional<sourced_weights> weights = {};         ///< given by a file; absent when none did
    std::optional<category_savings> status = {};         ///< savings by development status
    std::optional<category_weights> status_weights = {}; ///< given by a file; absent when none did
    std::optional<control_total_table> control_totals = {};
    tracker schemes = {};
    std::optional<month> schemes_reported = {}; ///< the last month of actuals in the schemes
    std::vector<finance_report> reports = {};   ///< in order of time
    std::optional<agreement_paper> agreement = {};
    std::vector<share_inputs> positions = {};     ///< before sharing, one for each month and basis
    std::vector<cause_period> cause_periods = {}; ///< lost hours, and the deficit that they brought about
    std::vector<std::string> read_as = {};        ///< sentences: which table was read as what, and where
};

} // namespace riskshare

#endif
