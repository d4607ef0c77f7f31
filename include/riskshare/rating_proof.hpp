// Whether the schemes of a tracker give the table of savings by rating that was published.
#ifndef RISKSHARE_RATING_PROOF_HPP
#define RISKSHARE_RATING_PROOF_HPP

#include <riskshare/accounting.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/roll_up.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace riskshare {

/// Published figures held against the schemes: how many are exactly their sum, how many as far as they were rounded,
/// how many neither. A figure that is neither is a finding ("tracker.rating_table").
struct rating_proof {
    std::size_t agree = 0, rounding = 0, real = 0;
    std::vector<finding> findings;
    std::size_t figures() const { return agree + rounding + real; }
};

/// Only of organisations that both speak of. A published blank stands for no schemes of that rating.
rating_proof prove_ratings(const tracker&, const savings_table& published);

// ---------------------------------------------------------------------------------------------------------------------

inline rating_proof prove_ratings(const tracker& t, const savings_table& published) {
    rating_proof out;
    const savings_table added = savings_of(t);
    const auto hold = [&](const std::string& what, const exact& sum, const cell_figure& printed, const provenance& at) {
        const exact difference = value_or_zero(printed) - sum;
        if (difference.is_zero()) {
            ++out.agree;
            return;
        }
        if (printed && !(printed->step() * ratio(1, 2) < abs(difference))) {
            ++out.rounding;
            return;
        }
        ++out.real;
        finding f{"tracker.rating_table", severity::error, "", {printed ? printed->at() : at}};
        f.verdict = verdict::real;
        f.expected = sum;
        f.found = value_or_zero(printed);
        f.difference = difference;
        f.message = what + " is published as " + (printed ? accounting(*f.found, printed->unit()) : "blank") +
                    "; its schemes add up to " + accounting(sum, printed ? printed->unit() : unit::pounds) +
                    (printed ? " (" + to_string(printed->unit()) + ")" : " pounds");
        f.advice = "look for a scheme that was re-rated, added or closed since the table was published";
        out.findings.push_back(std::move(f));
    };
    for (const savings_plan& p : published.plans) {
        const auto own = std::find_if(added.plans.begin(), added.plans.end(),
                                      [&](const savings_plan& a) { return a.organisation == p.organisation; });
        if (own == added.plans.end()) continue;
        for (rating r : ratings)
            if (own->of(r) || p.of(r))
                hold(p.organisation + " " + to_string(r), value_or_zero(own->of(r)), p.of(r), p.at);
        if (p.printed_total) hold(p.organisation + " total", total(*own), p.printed_total, p.at);
    }
    return out;
}

} // namespace riskshare

#endif
