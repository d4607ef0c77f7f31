// What a workbook prints of its schemes by rating: the sheet that sums a tracker up.
#ifndef RISKSHARE_TEMPLATE_RATING_SUMMARY_HPP
#define RISKSHARE_TEMPLATE_RATING_SUMMARY_HPP

#include <riskshare/rating_summary.hpp>
#include <riskshare/savings.hpp>
#include <riskshare/template/read_options.hpp>
#include <riskshare/template/tracker_sheet.hpp>

#include <vector>

namespace riskshare::templates {

/// Every table whose rows are ratings, three of them at least, and a total or none, with their plan. It is of the
/// organisation that a title above it or its sheet names; of all where none does.
std::vector<rating_summary> read_rating_summaries(const workbook::book&, const read_options&);

/// The plans of these summaries, and of tables that have a row for each organisation, beside the tables of schemes.
savings_table printed_ratings(const workbook::book&, const tracker_reading&, const read_options&);

} // namespace riskshare::templates

#endif
