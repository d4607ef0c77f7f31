// Bringing together what was read of a tracker from several tables and sheets.
#ifndef RISKSHARE_SRC_TEMPLATE_TRACKER_JOINING_HPP
#define RISKSHARE_SRC_TEMPLATE_TRACKER_JOINING_HPP

#include "template/tracker_table.hpp"

#include <vector>

namespace riskshare::templates::detail {

/// Plans on one sheet and actuals on another belong together by organisation and reference. A sheet all of whose
/// schemes stand on another as well, as they do in a sheet for each division beside one of all, is read once; where the
/// same schemes stand on two sheets with different figures neither is preferred ("tracker.repeated_schemes").
/// Adds the schemes, and where their actuals stand, to the reading.
void join(std::vector<schemes_read>& parts, tracker_reading& into);

} // namespace riskshare::templates::detail

#endif
