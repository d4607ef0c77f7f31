// A risk and gain share agreement, which cannot exist unless it adds up.
#ifndef RISKSHARE_AGREEMENT_HPP
#define RISKSHARE_AGREEMENT_HPP

#include <riskshare/agreement_terms.hpp>
#include <riskshare/division.hpp>
#include <riskshare/outcome.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace riskshare {

/// What the agreement does in a month.
enum class stage : std::uint8_t {
    not_applied,             ///< before sharing starts: figures are notional
    monthly_statement,       ///< with an agreed forecast
    year_end_recommendation, ///< the forecast becomes a recommendation for the year end
    monthly_with_update,     ///< the recommendation may be updated if all parties agree
    year_end,
};
const char* to_string(stage);

/// A scheme as a version of the agreement has it.
struct scheme_in_force {
    shared_scheme scheme = {};
    std::optional<std::vector<ratio>> own_shares =
        {};                                ///< in force, one for each party; nothing: the agreed shares apply
    std::vector<std::string> missing = {}; ///< whose consent its own shares lack; then they are only recorded
    std::vector<std::optional<bound_terms>> bounds = {}; ///< one for each party; empty where nobody has a limit
    std::optional<std::size_t> rest_to = {};
};

/// How a deficit, or a gain, is divided: its terms with every share worked out. Sizes become pounds with the month's
/// benchmarks.
struct side_in_force {
    bool kept = false; ///< nothing of it is shared
    division_terms terms = {};
    std::vector<std::vector<ratio>> weights = {};        ///< of each tier; of the shares where there are no tiers
    std::vector<std::optional<bound_terms>> bounds = {}; ///< one for each party; empty where nobody has a limit
    std::optional<std::size_t> rest_to = {};

    /// Divided by one set of shares, whatever its size, with no further term.
    bool plain() const {
        return !terms.tiers && bounds.empty() && !terms.minimum && !terms.counts && !terms.at_most && !terms.score &&
               (!terms.dead_band || terms.dead_band->is_zero());
    }
};

/// The terms that run in a month, every share worked out.
struct version_in_force {
    int number = 1;
    month from{1};
    std::string what = {}; ///< the amendment that made it; empty for the agreement as first signed
    terms_of_sharing terms = {};
    std::vector<ratio> shares = {};                 ///< one for each party, adding to one; zeros under "no sharing"
    std::optional<std::vector<ratio>> derived = {}; ///< what the basis implies, beside the shares agreed
    std::vector<std::optional<exclusion_term>> exclusions = {}; ///< one for each party
    std::vector<scheme_in_force> schemes = {};
    side_in_force gains = {}, deficits = {};
    money step = money::pence(1); ///< every part is whole steps

    bool plain() const { return gains.plain() && deficits.plain(); }
};

/// An amendment that lacked consent. It changes nothing and is not forgotten.
struct rejected_amendment {
    amendment proposed = {};
    std::vector<std::string> missing = {};
};

/// Immutable, valid from birth.
class agreement {
public:
    /// Everything wrong with the paper at once: unknown, missing or repeated parties, shares that do not add to one,
    /// negative or all-zero weights, a consent by someone who is no party, bounds and tiers that cross.
    static outcome<agreement> made_from(agreement_paper);

    const std::string& name() const noexcept { return paper_.name; }
    const std::string& title() const noexcept { return paper_.title; }
    financial_year year() const noexcept { return paper_.year; }
    const agreement_paper& paper() const noexcept { return paper_; }
    const std::vector<std::string>& parties() const noexcept { return codes_; }
    std::optional<std::size_t> index_of(std::string_view code) const noexcept;

    /// In time order, the first as signed. A later version never reaches back before its month.
    const std::vector<version_in_force>& versions() const noexcept { return versions_; }
    const std::vector<rejected_amendment>& rejected() const noexcept { return rejected_; }

    /// Fails with rule "agreement.not_in_force" outside the agreement's year.
    result<version_in_force> in_force(const period&) const;
    stage stage_of(month) const noexcept;

private:
    agreement() = default;
    agreement_paper paper_;
    std::vector<std::string> codes_;
    std::vector<version_in_force> versions_;
    std::vector<rejected_amendment> rejected_;
};

} // namespace riskshare

#include <riskshare/detail/agreement_making.hpp>

#endif
