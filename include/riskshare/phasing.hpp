// How a year's figure falls into months: a vector of weights, and months that add up to the penny.
#ifndef RISKSHARE_PHASING_HPP
#define RISKSHARE_PHASING_HPP

#include <riskshare/apportion.hpp>
#include <riskshare/monthly.hpp>

#include <array>
#include <utility>
#include <vector>

namespace riskshare {

/// The shape of a year. A phasing by quarters is settled for the quarters first, so that each of them is what its own
/// weight gives, and its three months then split it evenly.
class phasing {
public:
    /// The same in every month from `first` on, nothing before.
    static phasing level(month first = month(1));
    /// Throws `precondition_violated` when a weight is negative or all are zero.
    static phasing by_month(const std::array<ratio, 12>& weights);
    static phasing by_quarter(const std::array<ratio, 4>& weights);

    /// The year's figure by month, in whole steps, adding up to it exactly.
    /// \pre the total is whole steps, else `precondition_violated`.
    monthly spread(money total, money step = money::pence(1)) const;
    /// The same figure by quarter. For a phasing by months, the sums of its months.
    std::array<money, 4> quarters(money total, money step = money::pence(1)) const;

private:
    explicit phasing(std::vector<ratio> weights) : weights_(std::move(weights)) {}
    bool quarterly() const noexcept { return weights_.size() == 4; }

    std::vector<ratio> weights_; // twelve, or four
};

// ---------------------------------------------------------------------------------------------------------------------

inline phasing phasing::level(month first) {
    std::vector<ratio> weights(12, ratio(1));
    for (int m = 1; m < first.number(); ++m) weights[static_cast<std::size_t>(m - 1)] = ratio(0);
    return phasing(std::move(weights));
}

inline phasing phasing::by_month(const std::array<ratio, 12>& weights) {
    apportion(money(), weights); // refuses weights that cannot be used
    return phasing({weights.begin(), weights.end()});
}

inline phasing phasing::by_quarter(const std::array<ratio, 4>& weights) {
    apportion(money(), weights);
    return phasing({weights.begin(), weights.end()});
}

inline monthly phasing::spread(money total, money step) const {
    const std::vector<money> parts = apportion(total, weights_, step);
    monthly months;
    for (int m = 1; m <= 12; ++m) {
        if (!quarterly()) {
            months.set(month(m), parts[static_cast<std::size_t>(m - 1)]);
            continue;
        }
        const money quarter = parts[static_cast<std::size_t>(month(m).quarter() - 1)];
        const std::array<ratio, 3> even = {ratio(1), ratio(1), ratio(1)};
        months.set(month(m), apportion(quarter, even, step)[static_cast<std::size_t>((m - 1) % 3)]);
    }
    return months;
}

inline std::array<money, 4> phasing::quarters(money total, money step) const {
    const monthly months = spread(total, step);
    std::array<money, 4> sums = {};
    for (int m = 1; m <= 12; ++m) sums[static_cast<std::size_t>(month(m).quarter() - 1)] += months[month(m)];
    return sums;
}

} // namespace riskshare

#endif
