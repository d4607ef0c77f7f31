// The terms of a risk and gain share as somebody wrote them down, right or wrong. `agreement` is made from them.
#ifndef RISKSHARE_AGREEMENT_TERMS_HPP
#define RISKSHARE_AGREEMENT_TERMS_HPP

#include <riskshare/consent.hpp>
#include <riskshare/money.hpp>
#include <riskshare/period.hpp>
#include <riskshare/provenance.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// Something that a paper says of one organisation, and where.
template <class T>
struct per_party {
    std::string organisation = {};
    T value = {};
    provenance at = {};
};

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

/// A scheme whose shortfall is shared: by the agreed shares, or by its own where those that must have agreed.
struct shared_scheme {
    std::string name = {};
    std::optional<money> amount = {};
    std::optional<share_terms> shares = {};
    std::vector<consent> consents = {};
    std::string clause = {};
    provenance at = {};
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

struct tier_terms {
    std::optional<money> up_to = {}; ///< nothing: everything above
    share_terms shares = {};
};

struct bound_terms {
    std::string organisation = {};
    std::optional<money> at_least = {}, at_most = {};
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
    money dead_band = {}; ///< the first part of a net deficit, which stays where it arose
    std::vector<tier_terms> tiers = {};
    std::vector<bound_terms> bounds = {};
    std::string clause = {}; ///< where the policies are written
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
    std::optional<money> dead_band = {};
    std::optional<std::vector<tier_terms>> tiers = {};
    std::optional<std::vector<bound_terms>> bounds = {};
    std::string clause = {};
    provenance at = {};
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
