// A monthly finance report in one value: position, organisations, risks, efficiencies, capital, agency, dashboard.
#ifndef RISKSHARE_FINANCE_REPORT_HPP
#define RISKSHARE_FINANCE_REPORT_HPP

#include <riskshare/aged_debt.hpp>
#include <riskshare/assurance.hpp>
#include <riskshare/capital.hpp>
#include <riskshare/cash.hpp>
#include <riskshare/dashboard.hpp>
#include <riskshare/deficit_support.hpp>
#include <riskshare/detail/money_text.hpp>
#include <riskshare/efficiency.hpp>
#include <riskshare/intra_system_trade.hpp>
#include <riskshare/plan_version.hpp>
#include <riskshare/position.hpp>
#include <riskshare/risk_register.hpp>
#include <riskshare/risk_score.hpp>
#include <riskshare/variance_share.hpp>
#include <riskshare/workforce.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// Where a line's figures stand (to date, else of the month), blank ones too: what filling a report in needs.
struct line_place {
    provenance plan, actual;
    riskshare::unit unit;
    bool actual_is_formula = false;
    bool written_positive = false; ///< expenditure that its sheet shows positive and subtracts
};

/// One month of the system by itself, and what of it does not come again.
struct month_result {
    riskshare::month month{1};
    exact actual, non_recurrent;
    provenance at = {};
    exact recurrent() const { return actual - non_recurrent; }
};

/// A corporate risk with its score; likelihood and impact where they are given.
struct scored_risk {
    std::string reference, description;
    int score = 0;
    std::optional<risk_score> made_of = {};
    provenance at = {};
};

/// What one report says. A part that it does not have is empty; a month or year that it does not name is absent.
struct finance_report {
    std::optional<financial_year> year = {};
    std::optional<riskshare::month> month = {};
    position system = {};
    std::vector<line_place> places = {}; ///< of the lines of `system`, one each
    bool spending_alone = false;         ///< `system` is of spending alone: over- or underspent, no surplus or deficit
    /// Lines below the bottom line that give it on another footing ("excluding deficit support funding"), and those
    /// that lead to them ("Less: …"): parts of nothing.
    std::vector<position_line> restated = {};
    std::vector<organisation_position> organisations = {};
    std::vector<intra_system_trade> trades = {};
    std::vector<efficiency_line> efficiencies = {};
    std::optional<risk_register> risks = {};
    std::optional<capital_position> capital = {};
    cell_figure agency_to_date = {}, agency_cap = {};
    std::vector<dashboard_row> dashboard = {};
    std::optional<plan_history> plans = {}; ///< the versions of the system's plan
    std::vector<month_result> months = {};  ///< the run rate, M1 first, no month left out
    std::vector<assurance_row> assurance = {};
    std::vector<scored_risk> scores = {};
    std::vector<cash_balance> cash = {};
    std::vector<workforce_line> workforce = {};
    std::vector<pay_line> pay = {};
    std::vector<deficit_support_line> deficit_support = {};
    std::vector<variance_share> variance_shares = {};
    std::vector<aged_debt_line> debts = {};
    std::vector<std::string> read_as = {}; ///< sentences: which table was read as what, and where

    bool empty() const {
        return system.empty() && organisations.empty() && trades.empty() && efficiencies.empty() && !risks &&
               !capital && !agency_to_date && !agency_cap && dashboard.empty() && !plans && months.empty() &&
               assurance.empty() && scores.empty() && cash.empty() && workforce.empty() && pay.empty() &&
               deficit_support.empty() && variance_shares.empty() && debts.empty();
    }
};

/// Everything in it that does not agree with itself. What its organisations come to against its system line is the
/// work of the reconciliation.
std::vector<finding> review(const finance_report&);

// ---------------------------------------------------------------------------------------------------------------------

/// The plan that the statement measures against is the version in force.
inline std::vector<finding> review_plan(const finance_report& r) {
    const position_line* bottom = r.system.bottom_line();
    if (bottom == nullptr || !bottom->to_date.plan) return {};
    const plan_version& version = r.plans->in_force(*r.month);
    const figure& stated = *bottom->to_date.plan;
    // Half a step of the figure is all that rounding can explain.
    const exact difference = stated.value() - version.to_date(*r.month);
    if (abs(difference) <= stated.step() / ratio(2)) return {};
    finding f{"position.plan_version",
              severity::error,
              "the position is measured against a plan of " + detail::said(stated.value()) + " to " +
                  to_string(*r.month) + "; \"" + version.name + "\", in force then, has " +
                  detail::said(version.to_date(*r.month)),
              {stated.at()},
              "measure against the version in force, or correct the month from which it runs"};
    f.expected = version.to_date(*r.month);
    f.found = stated.value();
    f.difference = difference;
    f.verdict = verdict::real;
    return {f};
}

inline std::vector<finding> review(const finance_report& r) {
    std::vector<finding> out;
    const auto add = [&](std::vector<finding> more) { std::move(more.begin(), more.end(), std::back_inserter(out)); };
    add(review(r.system));
    add(review(r.organisations));
    add(review(r.efficiencies));
    if (r.risks) add(review(*r.risks));
    if (r.capital) add(review(*r.capital, r.month));
    add(review(r.cash));
    add(review(r.workforce));
    add(review(r.pay));
    add(review(r.deficit_support));
    add(review(r.debts));
    for (const dashboard_row& row : r.dashboard) add(review(row));
    if (r.plans && r.month) add(review_plan(r));
    return out;
}

} // namespace riskshare

#endif
