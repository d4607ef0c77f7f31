// A balance that passes from one year to the next, as a paper states it.
#ifndef RISKSHARE_CARRY_FORWARD_TERMS_HPP
#define RISKSHARE_CARRY_FORWARD_TERMS_HPP

#include <riskshare/extent.hpp>
#include <riskshare/per_party.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riskshare {

struct carry_forward_terms {
    enum class what : std::uint8_t {
        debt,    ///< the parties owe it: repaid by instalments, or written off after balanced years
        reserve, ///< the parties have it together: meets a net deficit before anything is shared
        claim,   ///< the pool owes it to the parties: paid out of a gain before that is divided
    };
    std::string name = {};
    what kind = what::debt;
    std::vector<per_party<money>> opening = {};  ///< sizes; otherwise in the position, "NAME brought forward"
    std::optional<extent> instalment = {};       ///< repaid in a year
    std::string repaid_to = {};                  ///< a party; empty: outside the agreement
    std::optional<int> written_off_after = {};   ///< years in succession without a deficit of the party's own
    std::vector<per_party<ratio>> balanced = {}; ///< such years so far; otherwise in the position
    bool adds_deficits = false;                  ///< what a party ends the year short of its plan is added
    std::string claims = {}; ///< a named amount: what it was, less what the party had of the gain, is added
    std::string clause = {};
    provenance at = {};
};

} // namespace riskshare

#endif
