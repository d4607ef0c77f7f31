// Terms that an Agreement sheet states beside its usual lines, in the grammar of the agreement file.
#ifndef RISKSHARE_SRC_TEMPLATE_FURTHER_TERMS_SHEET_HPP
#define RISKSHARE_SRC_TEMPLATE_FURTHER_TERMS_SHEET_HPP

#include "template/share_sheet.hpp"

#include <vector>

namespace riskshare::templates {

/// Whether a line is one of them: "Gains: minimum", "Deficits: tier up to 3% of target", "Amount: target",
/// "Pool: Equipment: limit at most", "Fund: PSF: gates", "Balance: historic overspend: instalment", "Reserve: meets",
/// "Reserve: clause".
bool is_further_term(const std::string& label);

/// Reads those lines of the sheet into the paper. A fault is a finding at its line.
void read_further_terms(const grid&, const organisation_heading&, const std::vector<std::uint32_t>& rows, share_reader&,
                        agreement_paper&, std::vector<finding>&);

} // namespace riskshare::templates

#endif
