// The positions of bodies as a finance report gives them, for a share that has no sheet of its own.
#ifndef RISKSHARE_SRC_TEMPLATE_SHARE_BODIES_HPP
#define RISKSHARE_SRC_TEMPLATE_SHARE_BODIES_HPP

#include <riskshare/template/share_workbook.hpp>

namespace riskshare::templates {

/// What the report's table of bodies says to date, or for the year, read as `read_finance_report` reads it with the
/// parties' names known. Another month or year than the one that is shared is a finding.
outcome<share_inputs> read_bodies_positions(const workbook::book&, const agreement&, const period&, share_basis,
                                            const share_options&);

} // namespace riskshare::templates

#endif
