// The statement as a page to be signed, and as JSON for other tools.
#ifndef RISKSHARE_REPORT_STATEMENT_PAGE_HPP
#define RISKSHARE_REPORT_STATEMENT_PAGE_HPP

#include <riskshare/cause_share.hpp>
#include <riskshare/movement.hpp>
#include <riskshare/recommendation.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::report {

/// The inputs added up again from their cells, by another way than the statement's.
struct inputs_added_again {
    std::size_t cells = 0;
    money variance = {}, pool = {}; ///< Σ actual − Σ plan; with what is kept and mitigated, to the pool
    bool holds = false;             ///< both are the statement's
};

/// A statement and what belongs on the same page.
struct statement_report {
    riskshare::agreement agreement;
    riskshare::statement statement;
    std::optional<riskshare::statement> forecast = {}; ///< beside a statement of the year to date
    std::optional<statement_movement> movement = {};
    std::optional<riskshare::recommendation> recommendation = {};
    std::string recommendation_refused = {}; ///< why an update does not stand
    std::vector<finding> findings = {};
    std::optional<inputs_added_again> added_again = {};
};

/// 100 columns, told from top to bottom: which agreement, what was reported, who keeps what, what is shared, what
/// changes hands, where that leaves each, the proofs, what happens next, and how each figure comes about.
std::string statement_page(const statement_report&, bool colour);
/// Each body's part of each fund: what every quarter paid, what is withheld, what is lost, and why.
std::string funds_table(const std::vector<fund_result>&, bool colour);
/// A JSON object with the funds in it besides.
std::string with_funds(const std::string& json, const std::vector<fund_result>&);
/// riskshare.statement/1
std::string statement_json(const statement_report&);
/// riskshare.statement/1 with status "refused" and nothing but findings.
std::string refused_statement_json(const std::vector<finding>&);

std::string cause_share_page(const cause_share&, bool colour);
/// riskshare.cause_share/1
std::string cause_share_json(const cause_share&, const std::vector<finding>&);

} // namespace riskshare::report

#endif
