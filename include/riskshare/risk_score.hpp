// A corporate risk on the five-by-five grid.
#ifndef RISKSHARE_RISK_SCORE_HPP
#define RISKSHARE_RISK_SCORE_HPP

#include <riskshare/result.hpp>

#include <compare>
#include <string>
#include <vector>

namespace riskshare {

/// Likelihood × impact, each 1 to 5. Scores order by their product; 4 × 5 and 5 × 4 are equally high, not equal.
class risk_score {
public:
    /// Fails with rule "risk_score.out_of_range".
    static result<risk_score> of(int likelihood, int impact);

    int likelihood() const noexcept { return likelihood_; }
    int impact() const noexcept { return impact_; }
    int value() const noexcept { return likelihood_ * impact_; }
    friend std::weak_ordering operator<=>(const risk_score& a, const risk_score& b) { return a.value() <=> b.value(); }
    friend bool operator==(const risk_score& a, const risk_score& b) {
        return a.likelihood_ == b.likelihood_ && a.impact_ == b.impact_;
    }

private:
    risk_score(int likelihood, int impact) : likelihood_(likelihood), impact_(impact) {}
    int likelihood_, impact_;
};

/// Whether a bare score, as committees quote it, can come from two numbers from 1 to 5: 16 and 20 can, 11 and 17
/// cannot.
bool is_possible_score(int);

/// From which score on a risk belongs to a band: {"high", 15}.
struct score_band {
    std::string name;
    int from;
};
/// The band with the highest threshold not above the score; empty when there is none.
std::string band_of(int score, const std::vector<score_band>&);

// ---------------------------------------------------------------------------------------------------------------------

inline result<risk_score> risk_score::of(int likelihood, int impact) {
    if (likelihood < 1 || likelihood > 5 || impact < 1 || impact > 5)
        return failure{"risk_score.out_of_range", "a risk scored " + std::to_string(likelihood) + " by " +
                                                      std::to_string(impact) + " is off the five-by-five grid"};
    return risk_score(likelihood, impact);
}

inline bool is_possible_score(int score) {
    for (int i = 1; i <= 5; ++i)
        if (score % i == 0 && score / i >= 1 && score / i <= 5) return true;
    return false;
}

inline std::string band_of(int score, const std::vector<score_band>& bands) {
    const score_band* best = nullptr;
    for (const score_band& b : bands)
        if (b.from <= score && (best == nullptr || best->from <= b.from)) best = &b;
    return best == nullptr ? "" : best->name;
}

} // namespace riskshare

#endif
