#include "line_up.hpp"

#include <algorithm>
#include <unordered_map>

namespace riskshare::answers {

namespace {

using keys = std::vector<std::string>;

struct stretch {
    std::uint32_t begin = 0, end = 0;
    std::uint32_t size() const { return end - begin; }
};

/// Neither side has a line that the other has: the common number of them are pairs.
void pair_in_order(stretch a, stretch b, std::vector<line_pair>& out) {
    const std::uint32_t both = a.size() == b.size() ? a.size() : 0;
    for (std::uint32_t i = 0; i < both; ++i) out.push_back({a.begin + i, b.begin + i});
    for (std::uint32_t i = a.begin + both; i < a.end; ++i) out.push_back({i, std::nullopt});
    for (std::uint32_t i = b.begin + both; i < b.end; ++i) out.push_back({std::nullopt, i});
}

/// The anchors of a large stretch: lines whose key stands once on each side, the longest run of them that rises.
std::vector<line_pair> anchors(const keys& before, const keys& after, stretch a, stretch b) {
    std::unordered_map<std::string, std::pair<int, std::uint32_t>> in_after, in_before;
    for (std::uint32_t i = b.begin; i < b.end; ++i) ++in_after[after[i]].first, in_after[after[i]].second = i;
    for (std::uint32_t i = a.begin; i < a.end; ++i) ++in_before[before[i]].first;
    std::vector<line_pair> once;
    for (std::uint32_t i = a.begin; i < a.end; ++i) {
        const auto found = in_after.find(before[i]);
        if (before[i].empty() || in_before[before[i]].first != 1 || found == in_after.end() || found->second.first != 1)
            continue;
        once.push_back({i, found->second.second});
    }
    std::vector<std::size_t> last_of_length, previous(once.size(), once.size());
    for (std::size_t i = 0; i < once.size(); ++i) {
        const auto at = std::lower_bound(last_of_length.begin(), last_of_length.end(), *once[i].after,
                                         [&](std::size_t k, std::uint32_t wanted) { return *once[k].after < wanted; });
        if (at != last_of_length.begin()) previous[i] = *(at - 1);
        if (at == last_of_length.end())
            last_of_length.push_back(i);
        else
            *at = i;
    }
    std::vector<line_pair> out;
    for (std::size_t i = last_of_length.empty() ? once.size() : last_of_length.back(); i < once.size(); i = previous[i])
        out.push_back(once[i]);
    std::reverse(out.begin(), out.end());
    return out;
}

void line_up(const keys& before, const keys& after, stretch a, stretch b, std::vector<line_pair>& out) {
    while (a.size() > 0 && b.size() > 0 && before[a.begin] == after[b.begin]) out.push_back({a.begin++, b.begin++});
    std::uint32_t tail = 0;
    while (a.size() > tail && b.size() > tail && before[a.end - 1 - tail] == after[b.end - 1 - tail]) ++tail;
    a.end -= tail;
    b.end -= tail;
    const std::vector<line_pair> fixed = anchors(before, after, a, b);
    if (fixed.empty()) {
        pair_in_order(a, b, out);
    } else {
        stretch from_a = a, from_b = b;
        for (const line_pair& p : fixed) {
            line_up(before, after, {from_a.begin, *p.before}, {from_b.begin, *p.after}, out);
            out.push_back(p);
            from_a.begin = *p.before + 1;
            from_b.begin = *p.after + 1;
        }
        line_up(before, after, from_a, from_b, out);
    }
    for (std::uint32_t i = 0; i < tail; ++i) out.push_back({a.end + i, b.end + i});
}

} // namespace

std::vector<line_pair> lined_up(const keys& before, const keys& after) {
    std::vector<line_pair> out;
    line_up(before, after, {0, static_cast<std::uint32_t>(before.size())},
            {0, static_cast<std::uint32_t>(after.size())}, out);
    return out;
}

} // namespace riskshare::answers
