// What the headings of a tracker leave open: months that are missing, columns that are not understood.
#ifndef RISKSHARE_SRC_TEMPLATE_TRACKER_GAPS_HPP
#define RISKSHARE_SRC_TEMPLATE_TRACKER_GAPS_HPP

#include "template/tracker_columns.hpp"
#include "template/tracker_headings.hpp"

#include <vector>

namespace riskshare::templates::detail {

/// Adds findings: a month missing among others of its kind is an error ("tracker.month_missing"); columns of words
/// without a heading ("tracker.column_unheaded") and of amounts under a heading that is not understood
/// ("tracker.column_unknown") are notes.
void say_gaps(const grid&, const std::vector<column_reading>&, heading_block&);

} // namespace riskshare::templates::detail

#endif
