// Who pays whom, so that few payments settle everything.
#include <riskshare/statement.hpp> // first, for it reads this file in its turn

#ifndef RISKSHARE_DETAIL_PAYMENTS_HPP
#define RISKSHARE_DETAIL_PAYMENTS_HPP

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace riskshare {

namespace detail {

/// Splits the parties into as many groups as settle among themselves: each group of n takes n − 1 payments. All ways
/// are tried, which 12 parties bear; beyond that everybody is one group.
inline std::vector<std::vector<std::size_t>> settling_groups(const std::vector<money>& open) {
    std::vector<std::size_t> some;
    for (std::size_t i = 0; i < open.size(); ++i)
        if (!open[i].is_zero()) some.push_back(i);
    const std::size_t n = some.size();
    if (n > 12) return {some};
    const std::size_t all = std::size_t{1} << n;
    std::vector<money> sum(all);
    for (std::size_t set = 1; set < all; ++set)
        for (std::size_t i = 0; i < n; ++i)
            if (set >> i & 1U) {
                sum[set] = sum[set & ~(std::size_t{1} << i)] + open[some[i]];
                break;
            }
    // groups[set]: how many groups that settle the set falls into at most; from[set]: without which party it was best.
    std::vector<int> groups(all, 0);
    std::vector<std::size_t> without(all, 0);
    for (std::size_t set = 1; set < all; ++set) {
        int best = -1;
        for (std::size_t i = 0; i < n; ++i) {
            const std::size_t less = set & ~(std::size_t{1} << i);
            if (less != set && groups[less] > best) best = groups[less], without[set] = i;
        }
        groups[set] = best + (sum[set].is_zero() ? 1 : 0);
    }
    std::vector<std::vector<std::size_t>> out;
    std::vector<std::size_t> now;
    for (std::size_t set = all - 1; set != 0; set &= ~(std::size_t{1} << without[set])) {
        if (sum[set].is_zero() && !now.empty()) {
            out.push_back(now);
            now.clear();
        }
        now.push_back(some[without[set]]);
    }
    if (!now.empty()) out.push_back(now);
    for (std::vector<std::size_t>& group : out) std::sort(group.begin(), group.end());
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace detail

inline std::vector<payment> payments(const statement& s) {
    std::vector<money> open;
    for (const statement_line& l : s.lines) open.push_back(l.transfer);
    std::vector<payment> out;
    for (const std::vector<std::size_t>& group : detail::settling_groups(open))
        for (const std::size_t from : group)
            for (const std::size_t to : group) {
                if (!open[from].is_negative() || open[to].is_negative() || open[to].is_zero()) continue;
                const money amount = smaller(-open[from], open[to]);
                out.push_back({s.lines[from].organisation, s.lines[to].organisation, amount});
                open[from] += amount;
                open[to] -= amount;
            }
    std::stable_sort(out.begin(), out.end(), [&](const payment& a, const payment& b) {
        const auto place = [&](const std::string& party) {
            return std::find_if(s.lines.begin(), s.lines.end(),
                                [&](const statement_line& l) { return l.organisation == party; });
        };
        return place(a.from) != place(b.from) ? place(a.from) < place(b.from) : place(a.to) < place(b.to);
    });
    return out;
}

} // namespace riskshare

#endif
