// What the parties are recommended to adjust for the year end.
#ifndef RISKSHARE_RECOMMENDATION_HPP
#define RISKSHARE_RECOMMENDATION_HPP

#include <riskshare/statement.hpp>

#include <span>
#include <string>
#include <vector>

namespace riskshare {

/// Made in the month that the agreement names, from the agreed forecast; updated later only with the consent of all.
struct recommendation {
    period made = {};
    bool update = false;
    std::vector<per_party<money>> adjustments = {}; ///< received when positive, paid when negative
};

/// From a statement on the forecast. Fails with rule "recommendation.not_due" in any other month than those of the
/// timetable, "recommendation.basis" on a statement of the year to date, "recommendation.consent" when an update lacks
/// consent: then the earlier recommendation stands, and the message names who is missing. Whatever the rule for
/// amendments, an update takes every party. Fails with "agreement.consent_by_stranger" for a consent by no party.
result<recommendation> recommended(const agreement&, const statement& forecast, std::span<const consent> consents = {});

// ---------------------------------------------------------------------------------------------------------------------

inline result<recommendation> recommended(const agreement& a, const statement& forecast,
                                          std::span<const consent> consents) {
    if (forecast.basis != share_basis::forecast)
        return failure{"recommendation.basis", "a recommendation is made from the forecast, not the year to date"};
    const bool update = forecast.stage == stage::monthly_with_update;
    if (!update && forecast.stage != stage::year_end_recommendation)
        return failure{"recommendation.not_due", "no recommendation is due in " + to_string(forecast.when)};
    if (update) {
        for (const consent& c : consents)
            if (!a.index_of(c.organisation))
                return failure{
                    "agreement.consent_by_stranger",
                    "the update has the consent of " + c.organisation + ", which is not a party to " + a.name(), c.at};
        const std::vector<std::string> missing = missing_consents({}, a.parties(), consents);
        if (!missing.empty())
            return failure{"recommendation.consent", "the update lacks the consent of " + listed(missing) +
                                                         ": the earlier recommendation stands"};
    }
    recommendation r{forecast.when, update, {}};
    for (const statement_line& line : forecast.lines) r.adjustments.push_back({line.organisation, line.transfer});
    return r;
}

} // namespace riskshare

#endif
