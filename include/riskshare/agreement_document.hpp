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
///     [[scheme]]                           # name, amount, shares, consents
///     [[pass_back]]                        # organisation, what
///     [policy]                             # deficits, gains, dead_band
///     [[tier]]                             # up_to, shares
///     [limits]                             # UHL = { at_least = 0, at_most = 4000 } …
///     [[amendment]]                        # what, from_month, consents, and any of the above that changes
outcome<agreement_paper> read_agreement_paper(const std::string& toml, const std::string& file_name);

/// The same, made into an agreement.
outcome<agreement> read_agreement(const std::string& toml, const std::string& file_name);

} // namespace riskshare

#endif
