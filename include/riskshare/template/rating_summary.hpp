// Reading the sheet that sums a tracker up by rating.
#ifndef RISKSHARE_TEMPLATE_RATING_SUMMARY_HPP
#define RISKSHARE_TEMPLATE_RATING_SUMMARY_HPP

#include <riskshare/reconcile.hpp>
#include <riskshare/template/read.hpp>

#include <vector>

namespace riskshare::templates {

/// Every table whose rows are ratings, three of them at least, and a total or none, with their plan.
std::vector<rating_summary> read_rating_summaries(const workbook::book&, const read_options&);

} // namespace riskshare::templates

#endif
