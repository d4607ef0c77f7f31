// Which lines of two sheets are the same, where some came and some went.
#ifndef RISKSHARE_ANSWERS_LINE_UP_HPP
#define RISKSHARE_ANSWERS_LINE_UP_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::answers {

/// One line of both, or of one alone; counted from 0.
struct line_pair {
    std::optional<std::uint32_t> before, after;
};

/// By the longest run of lines with equal keys; between those, as many as differ on both sides are taken for each other
/// in their order. Every line stands in exactly one pair, in order.
std::vector<line_pair> lined_up(const std::vector<std::string>& before, const std::vector<std::string>& after);

} // namespace riskshare::answers

#endif
