// Registers without references, and net risk body by body.
#ifndef RISKSHARE_SRC_TEMPLATE_RISK_SHEETS_HPP
#define RISKSHARE_SRC_TEMPLATE_RISK_SHEETS_HPP

#include "template/finance_sheet.hpp"

namespace riskshare::templates::detail {

/// The register's shape, each item told by its description.
const shape& register_without_references();
const shape& net_risk_shape();
/// False where another register was read.
bool read_net_risk(const found_table&, const read_options&, finance_report&, std::vector<finding>&);

} // namespace riskshare::templates::detail

#endif
