// Trackers made up from a seed, for laws.
#ifndef RISKSHARE_TESTS_SUPPORT_SCHEMES_HPP
#define RISKSHARE_TESTS_SUPPORT_SCHEMES_HPP

#include <riskshare/tracker.hpp>

#include <random>

namespace support {

inline riskshare::risk_weights published_weights() {
    return {riskshare::ratio(1, 2), riskshare::ratio(1, 4), riskshare::ratio(0), riskshare::ratio(1)};
}

inline riskshare::scheme made_up_scheme(std::mt19937_64& random, int number) {
    using namespace riskshare;
    const auto upto = [&](int n) { return static_cast<int>(random() % static_cast<std::uint64_t>(n)); };
    scheme s;
    s.reference = "S-" + std::to_string(number);
    s.name = "Scheme " + std::to_string(number);
    s.organisation = std::array<const char*, 4>{"UHL", "LPT", "ICB", ""}[static_cast<std::size_t>(upto(4))];
    s.division = "Division " + std::to_string(upto(5));
    s.workstream = "Workstream " + std::to_string(upto(9));
    if (upto(10) != 0)
        s.rating = static_cast<rating>(upto(4));
    else if (upto(2) == 0)
        s.written_rating = "Blue";
    s.recurrence = static_cast<recurrence>(upto(3));
    if (upto(4) != 0) s.start = month(1 + upto(12));
    for (int m = 1; m <= 12; ++m) {
        if (upto(6) != 0) s.plan.set(month(m), money::pence(upto(2'000'000) - 100'000));
        if (upto(6) != 0) s.actual.set(month(m), money::pence(upto(2'000'000) - 100'000));
    }
    if (upto(3) == 0) s.full_year_effect = money::pence(upto(20'000'000));
    return s;
}

inline riskshare::tracker made_up_tracker(std::mt19937_64& random, int schemes) {
    riskshare::tracker t;
    for (int i = 0; i < schemes; ++i) t.add(made_up_scheme(random, i));
    return t;
}

} // namespace support

#endif
