// A trade between two bodies of one system, as each side books it.
#ifndef RISKSHARE_INTRA_SYSTEM_TRADE_HPP
#define RISKSHARE_INTRA_SYSTEM_TRADE_HPP

#include <riskshare/exact.hpp>
#include <riskshare/provenance.hpp>

#include <string>
#include <vector>

namespace riskshare {

/// One trade within a system, as each side books it: the seller's income and the buyer's expenditure, both positive.
struct intra_system_trade {
    std::string seller, buyer; ///< organisation codes
    exact income, expenditure;
    std::vector<provenance> at = {};
    std::string what = {}; ///< "estates", "receivables"; empty for all that the two trade
    exact room = {};       ///< by how much rounding alone can set the two figures apart

    /// What the seller says beyond what the buyer says.
    exact mismatch() const { return income - expenditure; }
    bool agrees() const { return abs(mismatch()) <= room; }
};

} // namespace riskshare

#endif
