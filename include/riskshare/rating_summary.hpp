// What a workbook says of its schemes by rating.
#ifndef RISKSHARE_RATING_SUMMARY_HPP
#define RISKSHARE_RATING_SUMMARY_HPP

#include <riskshare/figure.hpp>
#include <riskshare/savings.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// A summary of a tracker's schemes by rating, of one organisation or of all.
struct rating_summary {
    struct line {
        std::optional<riskshare::rating> rating = {}; ///< none: the total
        std::optional<std::int64_t> schemes = {};
        cell_figure plan = {}, forecast = {};
        provenance at = {};
    };
    std::vector<line> lines;
    std::string organisation = {}; ///< none: of all
};

} // namespace riskshare

#endif
