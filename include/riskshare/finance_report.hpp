// A monthly finance report in one value: position, organisations, risks, efficiencies, capital, agency, dashboard.
#ifndef RISKSHARE_FINANCE_REPORT_HPP
#define RISKSHARE_FINANCE_REPORT_HPP

#include <riskshare/capital.hpp>
#include <riskshare/dashboard.hpp>
#include <riskshare/efficiency.hpp>
#include <riskshare/misalignment.hpp>
#include <riskshare/position.hpp>
#include <riskshare/risk_register.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// Where a line's figures to date stand, blank ones too: what filling a report in needs.
struct line_place {
    provenance plan, actual;
    riskshare::unit unit;
    bool actual_is_formula = false;
};

/// What one report says. A part that it does not have is empty; a month or year that it does not name is absent.
struct finance_report {
    std::optional<financial_year> year = {};
    std::optional<riskshare::month> month = {};
    position system = {};
    std::vector<line_place> places = {}; ///< of the lines of `system`, one each
    std::vector<organisation_position> organisations = {};
    std::vector<intra_system_trade> trades = {};
    std::vector<efficiency_line> efficiencies = {};
    std::optional<risk_register> risks = {};
    std::optional<capital_position> capital = {};
    cell_figure agency_to_date = {}, agency_cap = {};
    std::vector<dashboard_row> dashboard = {};
    std::vector<std::string> read_as = {}; ///< sentences: which table was read as what, and where

    bool empty() const {
        return system.empty() && organisations.empty() && trades.empty() && efficiencies.empty() && !risks &&
               !capital && !agency_to_date && !agency_cap && dashboard.empty();
    }
};

/// Everything in it that does not agree with itself. What its organisations come to against its system line is the
/// work of the reconciliation.
std::vector<finding> review(const finance_report&);

// ---------------------------------------------------------------------------------------------------------------------

inline std::vector<finding> review(const finance_report& r) {
    std::vector<finding> out;
    const auto add = [&](std::vector<finding> more) { std::move(more.begin(), more.end(), std::back_inserter(out)); };
    add(review(r.system, basis::to_date));
    add(review(r.organisations));
    add(review(r.efficiencies));
    if (r.risks) add(review(*r.risks));
    if (r.capital) add(review(*r.capital, r.month));
    for (const dashboard_row& row : r.dashboard) add(review(row));
    return out;
}

} // namespace riskshare

#endif
