// Tells a forecast from actuals that end before the year does.
#include "report/tracker_forecast.hpp"

#include <map>
#include <string>

namespace riskshare::report {

namespace {

/// What one body's schemes give of the months and the year.
struct months_given {
    int last_amount = 0, last_stated = 0; ///< the last month with an amount that is not nil, and with any
    bool stated_forecast = false;
    provenance at = {};
    std::string body = {};

    /// Noughts up to March count where any amount stands in the months that may be forecast.
    bool unknown() const { return last_amount > 0 && last_amount < 12 && !stated_forecast && last_stated < 12; }
};

/// By the code of the body; only of those whose amounts end before March.
std::map<std::uint32_t, months_given> by_body(const tracker& t) {
    std::map<std::uint32_t, months_given> out;
    const auto bodies = t.codes(scheme_field::organisation);
    const std::int64_t* months = t.pence().data();
    for (std::size_t i = 0; i < t.size(); ++i, months += 24) {
        int& last = out[bodies[i]].last_amount;
        for (int m = 12; m > last; --m)
            if (months[11 + m] != 0) last = m;
    }
    std::erase_if(out, [](const auto& body) { return body.second.last_amount == 0 || body.second.last_amount == 12; });
    for (std::size_t i = 0; i < t.size() && !out.empty(); ++i) {
        const auto body = out.find(bodies[i]);
        if (body == out.end()) continue;
        months_given& given = body->second;
        const scheme s = t[i];
        given.stated_forecast = given.stated_forecast || s.stated.forecast.has_value();
        if (!given.at.known()) given.at = s.at, given.body = s.organisation;
        for (int m = 12; m > given.last_stated; --m)
            if (s.actual.is_stated(month(m))) given.last_stated = m;
    }
    return out;
}

void withhold(scheme_totals& t, bool states_effects) {
    t.without_forecast = t.schemes;
    if (states_effects) return;
    t.without_effect = t.schemes;
    t.with_effect = 0;
}

} // namespace

void withhold_unknown_forecast(const tracker& t, roll_up& sums, std::vector<finding>& findings) {
    bool any = false;
    if (t.empty()) return;
    for (const auto& [code, given] : by_body(t)) {
        if (!given.unknown()) continue;
        any = true;
        finding f{"tracker.no_forecast", severity::note,
                  "the actuals" + (given.body.empty() ? std::string() : " of " + given.body) + " end with " +
                      to_string(month(given.last_amount)) +
                      " and no forecast is given, so that the year's outturn is not known"};
        if (given.at.known()) f.at.push_back(provenance(given.at.file(), given.at.sheet()));
        f.advice = "give a forecast of the year, or what is expected in the months to come";
        findings.push_back(std::move(f));
    }
    if (!any) return;
    bool states_effects = t.size() > 0;
    for (const std::int64_t effect : t.full_year_effects())
        states_effects = states_effects && effect != tracker::no_amount;
    for (scheme_group& g : sums.groups) withhold(g.totals, states_effects);
    withhold(sums.total, states_effects);
}

} // namespace riskshare::report
