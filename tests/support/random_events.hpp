// Registers of chance events from a seed, and draws from them.
#ifndef RISKSHARE_TESTS_SUPPORT_RANDOM_EVENTS_HPP
#define RISKSHARE_TESTS_SUPPORT_RANDOM_EVENTS_HPP

#include <riskshare/distribution.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

namespace riskshare::test {

/// Amounts of 1 to `largest` thousands, a quarter of them mitigations, likelihoods in whole percent.
inline std::vector<chance_event> random_events(std::size_t count, std::uint64_t largest, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<chance_event> events;
    for (std::size_t i = 0; i < count; ++i) {
        const money amount = money::thousands(static_cast<std::int64_t>(1 + random() % largest));
        const ratio likelihood = ratio::percent(static_cast<std::int64_t>(random() % 101));
        events.push_back({random() % 4 == 0 ? -amount : amount, likelihood});
    }
    return events;
}

/// Draws totals, in thousands, with integers alone.
class total_drawer {
public:
    total_drawer(const std::vector<chance_event>& events, std::uint64_t seed) : random_(seed) {
        for (const chance_event& e : events)
            items_.push_back({static_cast<std::uint64_t>(e.likelihood.numerator()),
                              static_cast<std::uint64_t>(e.likelihood.denominator()),
                              rounded(e.amount, rounding::toward_zero).pence() / 100'000});
    }
    std::int64_t operator()() {
        std::int64_t total = 0;
        for (const item& i : items_)
            if (random_() % i.of < i.happens) total += i.thousands;
        return total;
    }

private:
    struct item {
        std::uint64_t happens, of;
        std::int64_t thousands;
    };
    std::mt19937_64 random_;
    std::vector<item> items_;
};

} // namespace riskshare::test

#endif
