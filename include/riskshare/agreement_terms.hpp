// The terms of a risk and gain share as somebody wrote them down, right or wrong. `agreement` is made from them.
#ifndef RISKSHARE_AGREEMENT_TERMS_HPP
#define RISKSHARE_AGREEMENT_TERMS_HPP

#include <riskshare/carry_forward_terms.hpp>
#include <riskshare/consent.hpp>
#include <riskshare/extent.hpp>
#include <riskshare/fund_terms.hpp>
#include <riskshare/per_party.hpp>
#include <riskshare/period.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// How the parties' shares are found. Fixed shares add to one unless the paper asks for them to be normalised.
struct share_terms {
    enum class how : std::uint8_t { fixed, equal, derived };
    how kind = how::fixed;
    std::vector<per_party<ratio>> shares = {}; ///< for how::fixed
    bool normalise = false;
    std::string clause = {};
    provenance at = {};
};

/// What shares can be derived from, such as planned expenditure. Also shown beside shares that were agreed.
struct expenditure_basis {
    std::string description = {};
    std::vector<per_party<money>> amounts = {};
    std::string clause = {};
    provenance at = {};
};

/// A party's own cash-releasing efficiency: what it fails to deliver it keeps, up to the annual amount.
struct exclusion_term {
    std::string organisation = {};
    money annual_cap = {};
    std::string clause = {};
    provenance at = {};
};
enum class exclusion_limit : std::uint8_t {
    declared_deficit, ///< no more than the deficit that the party declares
    full_shortfall,   ///< the whole shortfall, even out of a surplus
};

/// A band of a pool. Its edges are sizes of the pool, counted from the end of a dead-band.
struct tier_terms {
    std::optional<extent> up_to = {}; ///< nothing: everything above
    share_terms shares = {};
    std::optional<extent> from = {}; ///< where the paper states it: it must be where the tier before ends
    bool stays = false;              ///< where it arose; then it has no shares
};

/// What a party bears or has at least and at most. A part of a benchmark is of the party's own, where it has one.
struct bound_terms {
    std::string organisation = {};
    std::optional<extent> at_least = {}, at_most = {};
    std::string clause = {};
    provenance at = {};
};

/// A score by which the parties' shares are multiplied, held between two bounds.
struct score_terms {
    operand value = {};
    ratio least = 0, most = 1;
    std::string clause = {};
    provenance at = {};
};

/// How a pool is divided. The terms act in the order in which they stand here; one that is not given does not act.
struct division_terms {
    std::optional<extent> minimum = {};   ///< below it nothing is shared, from it on the whole, from the first pound
    std::optional<operand> counts = {};   ///< the part of the pool that counts
    std::optional<extent> at_most = {};   ///< what counts, and no more
    std::optional<extent> dead_band = {}; ///< the first part of it, which stays where it arose
    std::optional<share_terms> shares = {};
    std::optional<std::vector<tier_terms>> tiers = {}; ///< in place of `shares`
    std::optional<score_terms> score = {};
    std::optional<std::vector<bound_terms>> bounds = {};
    std::string rest_to = {}; ///< who has what the terms leave out; empty: it stays where it arose
    std::string clause = {};
    provenance at = {};
};

/// A scheme: one whose shortfall is shared, or a pool of its own. By the agreed shares, or by its own where those that
/// must have agreed.
struct shared_scheme {
    std::string name = {};
    std::optional<money> amount = {};
    std::optional<share_terms> shares = {};
    std::vector<consent> consents = {};
    std::string clause = {};
    provenance at = {};
    bool pool = false;                    ///< its over- and underspend are reported, not a shortfall
    std::vector<bound_terms> bounds = {}; ///< of what a party bears of it
    bool underspend_kept = false;         ///< where it arose, instead of being divided as an overspend is
    std::string rest_to = {};             ///< who bears what the limits leave; empty: it is left to nobody
};

/// What becomes of a reserve before anything is shared.
enum class reserve_use : std::uint8_t {
    net_deficit,      ///< meets the net deficit of all
    schemes_in_order, ///< meets overspends of pooled schemes, those listed first before the others
    schemes_pro_rata, ///< the same, each in proportion
};

/// A development whose slippage the party is to pass back as a surplus. Disclosed; it changes no figure.
struct pass_back_line {
    std::string organisation = {};
    std::string what = {};
    std::string clause = {};
    provenance at = {};
};

/// Shares that run from a month of the year, written into the agreement from the start.
struct period_shares {
    month from{1};
    share_terms shares = {};
};

/// An amount that the paper names, for percentages to be of, or a party's plan or actual: stated, or a quantity at a
/// rate. One of which the paper gives neither stands in the position every month, in a line of its name.
struct named_amount {
    std::string name = {};                           ///< "target"; "plan" and "actual" are a party's position
    std::optional<money> amount = {};                ///< of all parties together
    std::vector<per_party<money>> amounts = {};      ///< of each
    std::optional<operand> quantity = {}, rate = {}; ///< activity × price, with a factor beside
    operand factor = {};
    std::string organisation = {}; ///< whose; empty: of all together
    bool spending = false;         ///< the amount is spent: as a plan or actual it is negative
    std::string clause = {};
    provenance at = {};
};

enum class deficit_policy : std::uint8_t { shared, kept };
enum class gain_policy : std::uint8_t {
    held_for_joint_investment, ///< or to reduce the deficit: the system decides; the notional split is shown
    pro_rata,                  ///< divided by the shares
    kept,                      ///< stays where it arose
};

/// Everything that an amendment may change.
struct terms_of_sharing {
    bool sharing = true; ///< "no sharing" is an agreement, too
    share_terms shares = {};
    std::vector<period_shares> by_period = {};
    std::optional<expenditure_basis> basis = {};
    exclusion_limit limit = exclusion_limit::declared_deficit;
    std::vector<exclusion_term> exclusions = {};
    std::vector<shared_scheme> schemes = {};
    std::vector<pass_back_line> pass_backs = {};
    deficit_policy deficits = deficit_policy::shared;
    gain_policy gains = gain_policy::held_for_joint_investment;
    extent dead_band = {}; ///< the first part of a net deficit, which stays where it arose
    std::vector<tier_terms> tiers = {};
    std::vector<bound_terms> bounds = {};
    std::string clause = {}; ///< where the policies are written
    std::vector<named_amount> amounts = {};
    std::optional<division_terms> gain_terms = {}, deficit_terms = {}; ///< instead of the above, by sign
    reserve_use reserve = reserve_use::net_deficit;
    std::string reserve_clause = {}; ///< where the use of the reserve is written
    std::vector<fund_terms> funds = {};
    std::vector<carry_forward_terms> carried = {};
};

/// What is to run instead from a month on; what is not named here stays as it was.
struct amendment {
    std::string what = {}; ///< "shares follow the revised plan"
    month effective{1};
    std::vector<consent> consents = {};
    std::optional<bool> sharing = {};
    std::optional<share_terms> shares = {};
    std::optional<expenditure_basis> basis = {};
    std::optional<exclusion_limit> limit = {};
    std::optional<std::vector<exclusion_term>> exclusions = {};
    std::optional<std::vector<shared_scheme>> schemes = {};
    std::optional<deficit_policy> deficits = {};
    std::optional<gain_policy> gains = {};
    std::optional<extent> dead_band = {};
    std::optional<std::vector<tier_terms>> tiers = {};
    std::optional<std::vector<bound_terms>> bounds = {};
    std::string clause = {};
    provenance at = {};
    std::optional<std::vector<named_amount>> amounts = {};
    std::optional<division_terms> gain_terms = {}, deficit_terms = {};
    std::optional<reserve_use> reserve = {};
    std::string reserve_clause = {};
    std::optional<std::vector<fund_terms>> funds = {};
    std::optional<std::vector<carry_forward_terms>> carried = {};
};

/// When the agreement speaks: the months that its paper names.
struct timetable {
    month sharing_starts{1};
    std::optional<month> recommendation = {}; ///< for the year end
    std::optional<month> update = {};         ///< only if all parties agree
    std::string clause = {};
};

struct party {
    std::string code = {};
    std::string name = {};
    provenance at = {};
};

struct agreement_paper {
    std::string name = {}; ///< "LLR-2022/23"
    std::string title = {};
    financial_year year = {};
    std::vector<party> parties = {}; ///< in order: ties in pence go to those named first
    riskshare::timetable timetable = {};
    consent_rule consents = {};
    money rounding_unit = money::pence(1);
    terms_of_sharing terms = {};
    std::vector<amendment> amendments = {};
    provenance at = {};
};

} // namespace riskshare

#endif
