// What changed between the figures that two files were read as, in data and in words.
#ifndef RISKSHARE_ANSWERS_COMPARE_FIGURES_HPP
#define RISKSHARE_ANSWERS_COMPARE_FIGURES_HPP

#include <riskshare/model.hpp>
#include <riskshare/report/tracker_report.hpp>

#include <set>
#include <string>
#include <vector>

namespace riskshare::answers {

/// Every figure that both models hold, or one of them, and that differs: one is paired with the other by its table,
/// body, line, kind and basis. The period counts only where a model holds figures of several. Savings by rating are
/// left out, for the movement of savings tells them.
std::vector<report::change> changed_figures(const model& before, const model& after);

/// What two models hold besides figures: names, months, terms, weights. "agreement.parties[2].code: LPT -> LCHS".
std::vector<std::string> changed_besides(const model& before, const model& after);

/// The lines of spending of either model's positions: their amounts are negative there, and are said without the sign.
std::set<std::string> lines_of_spending(const model& before, const model& after);

/// One sentence a body, or a line where nobody is named, in the order of the changes; the largest few changes of each:
/// "UHL's red savings rose by £1.2m; its savings at risk fell by £0.6m.", "Pay: actual to date rose by £2m to £14m."
std::vector<std::string> in_sentences(const std::vector<report::change>&, const std::set<std::string>& spending);

} // namespace riskshare::answers

#endif
