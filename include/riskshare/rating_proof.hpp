// Whether the schemes of a tracker give the table of savings by rating that was published.
#ifndef RISKSHARE_RATING_PROOF_HPP
#define RISKSHARE_RATING_PROOF_HPP

#include <riskshare/accounting.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/roll_up.hpp>

#include <array>
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

/// Only of organisations that both speak of; a plan without one is held against all schemes. A published blank stands
/// for no schemes of that rating.
rating_proof prove_ratings(const tracker&, const savings_table& published);

// ---------------------------------------------------------------------------------------------------------------------

inline rating_proof prove_ratings(const tracker& t, const savings_table& published) {
    rating_proof out;
    const savings_table added = savings_of(t);
    const auto sum_of = [&](const std::string& organisation) {
        std::optional<std::array<exact, 4>> sums;
        for (const savings_plan& a : added.plans) {
            if (!organisation.empty() && a.organisation != organisation) continue;
            if (!sums) sums.emplace();
            for (rating r : ratings) (*sums)[static_cast<std::size_t>(r)] += value_or_zero(a.of(r));
        }
        return sums;
    };
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
        const std::optional<std::array<exact, 4>> own = sum_of(p.organisation);
        if (!own) continue;
        const std::string whose = p.organisation.empty() ? "all schemes, " : p.organisation + " ";
        exact all;
        for (rating r : ratings) {
            const exact& sum = (*own)[static_cast<std::size_t>(r)];
            all += sum;
            if (!sum.is_zero() || p.of(r)) hold(whose + to_string(r), sum, p.of(r), p.at);
        }
        if (p.printed_total) hold(whose + "total", all, p.printed_total, p.at);
    }
    return out;
}

} // namespace riskshare

#endif
