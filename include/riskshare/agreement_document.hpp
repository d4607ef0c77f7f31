// Agreements as commented TOML: what a finance team keeps beside its workbooks.
#ifndef RISKSHARE_AGREEMENT_DOCUMENT_HPP
#define RISKSHARE_AGREEMENT_DOCUMENT_HPP

#include <riskshare/agreement.hpp>

#include <string>

namespace riskshare {

/// Reads an agreement. Every fault is a finding with its line, an unknown key among them, for it is likely misspelt.
/// Shares are texts ("50%", "1/3"), amounts whole numbers in the file's `unit` or texts ("21.1", "£21.1m"): a binary
/// fraction is refused. Throws `input_refused` with rule "agreement.malformed" when the text is no TOML.
///
///     name = "LLR-2022/23"
///     year = "2022/23"
///     unit = "£000"
///     parties = ["UHL", "LPT", "ICB"]      # ties in pence go to those named first
///     rounding_unit = "£0.01"
///     [timetable]                          # sharing_starts, recommendation, update, clause
///     [consent]                            # rule = "unanimous", "majority" or "named"; parties
///     [shares]                             # UHL = "50%" …; or kind = "equal" or "derived"; normalise
///     [[shares_from]]                      # month, and shares as above
///     [basis]                              # description, UHL = 336991 …
///     [exclusions]                         # limit = "declared_deficit" or "full_shortfall"; UHL = 21100 …
///     [[scheme]]                           # name, amount, shares, consents; a pool of its own has pool = true,
///                                          # limits, rest_to, underspend = "shared" or "kept"
///     [[pass_back]]                        # organisation, what
///     [policy]                             # deficits, gains, dead_band
///     [[tier]]                             # up_to, shares (a table, or "where it arose")
///     [limits]                             # UHL = { at_least = 0, at_most = 4000 } …
///     [[amendment]]                        # what, from_month, consents, and any of the above and below that changes
///
/// A size is an amount, or a part of one that has a name: "3% of target". "plan" is what the parties report.
///
///     [[amount]]           # name; amount, UHL = …, or quantity × rate × factor, of = "UHL"; one without any of these
///                          # stands in the position; "plan", "actual" of a party (spending = true) are its own
///     [gains], [deficits]  # in this order: minimum, counts, at_most, dead_band, shares or tiers, score, limits;
///                          # rest_to; policy = "shared", "kept" or "held_for_joint_investment"
///     [[gains.tier]]       # from, up_to, or levels of spending: between = ["80% of target", "100% of target"],
///                          # below, above; shares
///     [reserve]            # meets = "net_deficit", "schemes_in_order" or "schemes_pro_rata"
///     [[fund]]             # name, UHL = …, phasing, recoverable; gates = ["own", "system", "a standard"], need,
///                          # taper, pound_for_pound, or [[fund.part]]s of these; or quantity, rate, cap
///     [[carry_forward]]    # name, kind = "debt", "reserve" or "claim"; UHL = …, instalment, repaid_to,
///                          # written_off_after, balanced_years, adds, claims
outcome<agreement_paper> read_agreement_paper(const std::string& toml, const std::string& file_name);

/// The same, made into an agreement.
outcome<agreement> read_agreement(const std::string& toml, const std::string& file_name);

} // namespace riskshare

#endif
