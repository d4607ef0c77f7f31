// How many slips of the keyboard lie between two texts.
#ifndef RISKSHARE_DETAIL_SLIPS_HPP
#define RISKSHARE_DETAIL_SLIPS_HPP

#include <algorithm>
#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace riskshare::detail {

/// Which letters stand in a text, one bit for each; a few share one.
inline std::uint64_t letters_in(std::string_view text) {
    std::uint64_t letters = 0;
    for (const char c : text) letters |= std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U);
    return letters;
}

/// Whether so few slips can lie between two texts at all. Cheap, and sure when it says no.
inline bool may_be_within_slips(std::size_t size, std::uint64_t letters, std::size_t other_size,
                                std::uint64_t other_letters, std::size_t most) {
    if (size > other_size + most || other_size > size + most) return false;
    // One slip brings at most one letter that the other text does not have, and takes at most one away.
    return std::bitset<64>(letters & ~other_letters).count() <= most &&
           std::bitset<64>(other_letters & ~letters).count() <= most;
}

/// Whether at most so many insertions, deletions, changes and swaps of neighbours lead from one text to the other.
/// Looks only where the answer may still be yes, so that long texts cost no more than short ones.
inline bool within_slips(std::string_view a, std::string_view b, std::size_t most) {
    if (a.size() > b.size() + most || b.size() > a.size() + most) return false;
    if (!may_be_within_slips(a.size(), letters_in(a), b.size(), letters_in(b), most)) return false;
    // Each slip changes the numbers of at most two letters by one each.
    std::array<int, 32> letters{};
    for (const char c : a) ++letters[static_cast<unsigned char>(c) & 31U];
    for (const char c : b) --letters[static_cast<unsigned char>(c) & 31U];
    std::size_t apart = 0;
    for (const int n : letters) apart += static_cast<std::size_t>(n < 0 ? -n : n);
    if (apart > 2 * most) return false;
    const std::size_t too_many = most + 1;
    constexpr std::size_t usual = 64; // most names are shorter, and need no room of their own
    std::array<std::size_t, 3 * usual> room;
    std::vector<std::size_t> more;
    const std::size_t size = b.size() + 1;
    if (size > usual) more.resize(3 * size);
    std::size_t* before = size > usual ? more.data() : room.data();
    std::fill(before, before + 3 * size, too_many);
    std::size_t *last = before + size, *now = last + size;
    for (std::size_t j = 0; j <= std::min(b.size(), most); ++j) last[j] = j;
    std::size_t least_before = 0;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        const std::size_t from = i > most ? i - most : 1, to = std::min(b.size(), i + most);
        std::size_t least = now[from - 1] = from == 1 ? std::min(i, too_many) : too_many;
        for (std::size_t j = from; j <= to; ++j) {
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            std::size_t here = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + change, too_many});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                here = std::min(here, before[j - 2] + 1);
            now[j] = here;
            least = std::min(least, here);
        }
        if (to < b.size()) now[to + 1] = too_many;
        if (least > most && least_before > most) return false;
        least_before = least;
        std::swap(before, last);
        std::swap(last, now);
    }
    return last[b.size()] <= most;
}

} // namespace riskshare::detail

#endif
