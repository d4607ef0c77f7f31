// What the organisations report before anything is shared.
#ifndef RISKSHARE_SHARE_INPUTS_HPP
#define RISKSHARE_SHARE_INPUTS_HPP

#include <riskshare/agreement_terms.hpp>
#include <riskshare/figure.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// Whole pence, and the cell that they came from.
struct stated_money {
    money value = {};
    provenance at = {};
};

/// What a figure says in whole pence. Fails with rule "money.finer_than_a_penny" rather than rounding.
result<stated_money> whole_pence(const figure&);
/// The same, rounded by the rule that the caller names.
stated_money whole_pence(const figure&, rounding);

/// The two positions that can be shared: what has happened, and what the year is expected to come to.
enum class share_basis : std::uint8_t { year_to_date, forecast };
inline const char* to_string(share_basis b) { return b == share_basis::forecast ? "forecast" : "ytd"; }

/// One party's position on a basis. Surplus positive, deficit negative; efficiency, mitigation and shortfall positive.
/// Nothing stands for a blank, which is not zero.
struct party_position {
    std::string organisation = {};
    std::optional<stated_money> plan = {}, actual = {};
    std::optional<stated_money> efficiency_target = {}, efficiency_delivered = {};
    std::optional<stated_money> own_mitigation = {}; ///< found, and not yet in the actual or forecast
    provenance at = {};
};

struct scheme_shortfall {
    std::string scheme = {};
    std::vector<per_party<money>> amounts = {}; ///< where it arose
    provenance at = {};
};

struct slippage_line {
    std::string organisation = {};
    std::string what = {};
    money amount = {};
    provenance at = {};
};

/// A number that the terms ask for by name: a benchmark in pounds, a quantity, a rate, a score, a standard (met is 1).
struct measure {
    std::string name = {};
    std::string organisation = {}; ///< empty: of all together
    int quarter = 0;               ///< 1 to 4; 0 where it is of no quarter
    decimal value = {};
    provenance at = {};
};

/// The positions to date at the end of a quarter, which gates of funds look at.
struct quarter_position {
    int quarter = 1;
    std::vector<per_party<money>> variance = {};
};

/// What a pooled scheme came to, better or worse than planned, and where.
struct scheme_variance {
    std::string scheme = {};
    std::vector<per_party<money>> amounts = {};
    provenance at = {};
};

struct share_inputs {
    period when = {};
    share_basis basis = share_basis::year_to_date;
    std::vector<party_position> positions = {};
    std::vector<scheme_shortfall> shortfalls = {};
    std::vector<slippage_line> slippage = {};
    std::optional<stated_money> system_mitigation = {}, reserve = {}; ///< used in this order before anything is shared
    /// Exclusions frozen in an earlier run. Positions that have been shared once must not be tested for them again.
    std::optional<std::vector<per_party<money>>> frozen_exclusions = {};
    std::vector<scheme_variance> scheme_variances = {};
    std::vector<measure> measures = {};
    std::vector<quarter_position> quarters = {};
};

/// The measure of one party, or of all together; nullptr where it is not reported.
const measure* measure_of(const share_inputs&, const std::string& name, const std::string& organisation,
                          int quarter = 0);

// ---------------------------------------------------------------------------------------------------------------------

inline result<stated_money> whole_pence(const figure& f) {
    const exact value = f.value();
    if (denominator(value.pence()) != 1)
        return failure{"money.finer_than_a_penny",
                       to_string(f.written()) + " in " + to_string(f.unit()) + " is £" + to_string(value) +
                           ", finer than a penny; round it in the workbook or ask for it to be rounded",
                       f.at()};
    return stated_money{rounded(value, rounding::half_away_from_zero), f.at()};
}

inline const measure* measure_of(const share_inputs& in, const std::string& name, const std::string& organisation,
                                 int quarter) {
    const std::string wanted = detail::folded(name);
    for (const measure& m : in.measures)
        if (m.quarter == quarter && m.organisation == organisation && detail::folded(m.name) == wanted) return &m;
    return nullptr;
}

inline stated_money whole_pence(const figure& f, rounding rule) { return {rounded(f.value(), rule), f.at()}; }

} // namespace riskshare

#endif
