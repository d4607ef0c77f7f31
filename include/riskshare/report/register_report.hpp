// The register of risks and mitigations as a page for a terminal and as JSON, with the distribution of its net total.
#ifndef RISKSHARE_REPORT_REGISTER_REPORT_HPP
#define RISKSHARE_REPORT_REGISTER_REPORT_HPP

#include <riskshare/distribution.hpp>
#include <riskshare/finance_report.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::report {

/// What the distribution of a register says, and on which grid it was worked out.
struct register_outlook {
    money grid;
    exact most_moved; ///< how far the amount furthest from the grid was moved onto it; zero on the common grid
    exact lowest, highest, mean, p10, p50, p90;
    std::size_t points = 0;
    std::optional<exact> room = {}; ///< what the net may come to without missing the plan: forecast − plan
    chance inside = 0;              ///< that it does not come to more
};
/// On the grid that moves nothing, as long as that takes at most `most_steps` (items × points); else on the finest
/// decimal grid that does, the amounts rounded to it.
register_outlook outlook_of(const risk_register&, std::optional<exact> room, std::size_t most_steps = 50'000'000);

std::string register_text(const risk_register&, const register_outlook&, const std::vector<share_of>& shares,
                          std::optional<exact> forecast, bool colour);

/// Corporate risks, the highest score first, with the band that each belongs to where bands are given.
std::string scores_text(const std::vector<scored_risk>&, const std::vector<score_band>&, bool colour);
/// JSON of schema riskshare.risk/1 with the scores added to it.
std::string with_scores(const std::string& risk_json, const std::vector<scored_risk>&, const std::vector<score_band>&);

/// JSON of schema riskshare.risk/1 with the register added to it. \param savings the same schema without one, as
/// `risk_json` gives it.
std::string register_json(const risk_register&, const register_outlook&, const std::vector<share_of>& shares,
                          std::optional<exact> forecast, const std::string& savings);

} // namespace riskshare::report

#endif
