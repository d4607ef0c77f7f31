// Everything that must agree between tables, sheets and files.
#ifndef RISKSHARE_RECONCILE_HPP
#define RISKSHARE_RECONCILE_HPP

#include <riskshare/diagnosis.hpp>
#include <riskshare/finance_report.hpp>
#include <riskshare/model.hpp>
#include <riskshare/tracker.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace riskshare {

struct reconciliation {
    std::size_t agrees = 0, rounding = 0, real = 0; ///< pairs of figures
    std::vector<finding> findings = {};
    std::optional<exact> largest_rounding = {}; ///< the widest difference that is rounding only

    reconciliation& operator+=(reconciliation);
};

/// Each organisation's net unmitigated risk beside its control total against its unidentified savings, which it was
/// taken from (operational plan 2019/20, section 6). Findings of rule "check.net_risk" where rounding cannot explain
/// the difference, "check.forced_to_foot" where rounding the column to its total does.
reconciliation reconcile(const model&);

/// The organisations' positions against the system's bottom line, plan and actual, to date and for the full year. Rule
/// "check.organisations".
reconciliation reconcile(const finance_report&);

/// Planned savings by rating of each organisation against its schemes, for the organisations that both speak of. Rule
/// "check.savings_of_schemes".
reconciliation reconcile(const savings_table&, const tracker&);

/// A summary of a tracker's schemes by rating, of one organisation or of all.
struct rating_summary {
    struct line {
        std::optional<riskshare::rating> rating = {}; ///< none: the total
        std::optional<std::int64_t> schemes = {};
        cell_figure plan = {}, forecast = {};
        provenance at = {};
    };
    std::vector<line> lines;
    std::string organisation = {}; ///< none: of all
};
/// Number, plan and forecast of each line against the schemes. Rule "check.summary_of_schemes".
reconciliation reconcile(const rating_summary&, const tracker&);

/// Two reports of one year, the later against the earlier: plans for the year that moved ("check.plan_moved"), opening
/// figures that are not what the earlier one closed with ("check.opening_restated"), lines that only one of them has
/// ("check.line_gone").
reconciliation month_on_month(const finance_report& before, const finance_report& after);

/// Two trackers, scheme by scheme: months already reported that changed ("check.opening_restated"), plans of the year
/// that moved ("check.plan_moved"), schemes that went although they had delivered ("check.line_gone"). Nothing when the
/// two have no scheme in common.
/// \param reported the last month that the earlier tracker holds actuals for; nothing is restated where it is unknown
reconciliation month_on_month(const tracker& before, std::optional<month> reported, const tracker& after);

} // namespace riskshare

// ---------------------------------------------------------------------------------------------------------------------

#include <riskshare/detail/reconcile_body.hpp>

#endif
