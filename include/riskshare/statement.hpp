// The risk and gain share statement: who bears what, and why, to the penny.
#ifndef RISKSHARE_STATEMENT_HPP
#define RISKSHARE_STATEMENT_HPP

#include <riskshare/agreement.hpp>
#include <riskshare/carry_forward.hpp>
#include <riskshare/funding.hpp>
#include <riskshare/share_inputs.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// One party's way from its own position to its position after sharing:
///     variance = actual − plan
///     excluded = −min(max(0, target − delivered), annual amount, max(0, −variance))
///     shareable = variance − excluded + mitigated
///     transfer = retained + allocated − shareable      received when positive, paid when negative
///     final = excluded + retained + allocated
struct statement_line {
    std::string organisation = {};
    money plan = {}, actual = {}, variance = {};
    money excluded = {};  ///< its own efficiency shortfall, kept: zero or negative
    money mitigated = {}; ///< by itself, not yet in its position
    money shareable = {};
    ratio share = {}; ///< of the pool, as the terms that divided it have it: agreed, or what the tiers came to
    std::optional<ratio> share_used = {};    ///< of the pool, where more than one set of shares divided it
    std::optional<ratio> derived_share = {}; ///< what the basis implies, for comparison only
    money retained = {};                     ///< its part of the dead-band
    money allocated = {};                    ///< its part of the pool
    money transfer = {}, final = {};
    money notional = {}; ///< what it would be allocated where a surplus is held; else the same as allocated
};

/// A shared scheme that fell short, and whose shares were used.
struct scheme_line {
    std::string name = {};
    bool own_shares = false;               ///< otherwise its shortfall is in the pool and the agreed shares apply
    std::vector<std::string> missing = {}; ///< whose consent its own shares lack
    money shortfall = {};                  ///< positive; a pool's underspend is negative
    std::vector<money> arose = {};         ///< shortfall by party
    std::vector<money> allocated = {};     ///< by party, under its own shares; empty otherwise
    bool pool = false;
    money relieved = {};    ///< by the reserve
    money unallocated = {}; ///< what its limits leave over
};

/// What one term did, and how far: two statements between which this changes have a kink between them.
struct acting_term {
    std::string term = {};         ///< "tier up to 3% of target"
    std::string organisation = {}; ///< whose; empty for the pool
    std::string state = {};        ///< "not reached", "inside", "used up"; "met", "not met"; "binds"
    money amount = {};             ///< what it took up, as a size
    std::string clause = {};
    provenance at = {};
    bool divides = true; ///< false: it acts before the pool is divided
};

/// One step of the cascade before sharing.
struct relief_line {
    std::string what = {};
    money available = {}, used = {};
};

/// A slippage that is to be passed back: shown, so that somebody explains the difference.
struct pass_back_check {
    std::string organisation = {}, what = {};
    money expected_surplus = {}, reported_variance = {};
    money to_explain() const { return expected_surplus - reported_variance; }
};

/// Where a figure comes from: the rule in words, its clause and the cells that it rests on.
struct working {
    std::string organisation = {}; ///< empty for the system
    std::string figure = {};       ///< "excluded"
    std::string rule = {};
    std::string clause = {};
    std::vector<provenance> from = {};
};

struct statement {
    std::string agreement = {}, title = {};
    int version = 1;
    std::string version_what = {};
    period when = {};
    share_basis basis = share_basis::year_to_date;
    riskshare::stage stage = riskshare::stage::not_applied; ///< when not applied every figure is notional
    std::vector<statement_line> lines = {};                 ///< in agreement order
    std::vector<scheme_line> schemes = {};
    std::vector<relief_line> relief = {};
    std::vector<pass_back_check> pass_backs = {};
    money pool = {};        ///< Σ shareable: what the parties have between them
    money shared_pool = {}; ///< what is left of it after the cascade, to be divided
    money held_for_joint_investment = {}, unallocated = {};
    std::vector<working> workings = {};
    std::vector<acting_term> acting = {}; ///< every term that divides the pool
    bool divided = true;                  ///< false: all of it stays where it arose, or is held
    bool shares_divide = true;            ///< one set of shares divided the pool, with no other term
    std::vector<fund_result> funds = {};
    std::vector<carried_balance> carried = {};

    bool applied() const { return stage != riskshare::stage::not_applied; }
    statement_line total() const; ///< each column summed; its share is the sum of shares
    money relief_used() const;    ///< by the system: mitigation and reserve
    money own_mitigation() const { return total().mitigated; }
};

/// The proofs that a statement prints. Both differences are zero, or no statement is made.
struct statement_proof {
    money transfers = {};            ///< Σ transfers
    money leaves_the_pool = {};      ///< unallocated + held − system relief: money that no party bears or has
    money final = {}, variance = {}; ///< Σ final, and Σ variance + mitigation − what leaves the pool
    bool holds() const { return (transfers + leaves_the_pool).is_zero() && final == variance; }
};
statement_proof proof(const statement&);

/// Applies the agreement in force to what was reported. Every reason why it cannot is a finding with its place, and
/// then nothing is computed: a party without a position or with two, an organisation that is no party, a blank where
/// a figure is needed, an amount finer than the rounding unit, a month outside the agreement.
outcome<statement> statement_of(const agreement&, const share_inputs&);

/// One payment between parties.
struct payment {
    std::string from = {}, to = {};
    money amount = {};
};
/// The fewest payments that settle the transfers, in agreement order. What leaves the pool, or comes into it, is paid
/// to or by nobody among the parties and is left out.
std::vector<payment> payments(const statement&);

} // namespace riskshare

#include <riskshare/detail/carrying.hpp>
#include <riskshare/detail/payments.hpp>
#include <riskshare/detail/pool_sharing.hpp>
#include <riskshare/detail/scheme_sharing.hpp>
#include <riskshare/detail/statement_making.hpp>
#include <riskshare/detail/statement_proof.hpp>
#include <riskshare/detail/statement_words.hpp>

#endif
