// How many pairs of figures agree, and what to know of those that do not.
#ifndef RISKSHARE_RECONCILIATION_HPP
#define RISKSHARE_RECONCILIATION_HPP

#include <riskshare/finding.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace riskshare {

struct reconciliation {
    std::size_t agrees = 0, rounding = 0, real = 0; ///< pairs of figures
    std::vector<finding> findings = {};
    std::optional<exact> largest_rounding = {}; ///< the widest difference that is rounding only

    reconciliation& operator+=(reconciliation);
};

// ---------------------------------------------------------------------------------------------------------------------

inline reconciliation& reconciliation::operator+=(reconciliation other) {
    agrees += other.agrees;
    rounding += other.rounding;
    real += other.real;
    std::move(other.findings.begin(), other.findings.end(), std::back_inserter(findings));
    if (other.largest_rounding && (!largest_rounding || *largest_rounding < *other.largest_rounding))
        largest_rounding = other.largest_rounding;
    return *this;
}

} // namespace riskshare

#endif
