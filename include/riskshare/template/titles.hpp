// Titles of a workbook that still name another month than the one whose figures it holds.
#ifndef RISKSHARE_TEMPLATE_TITLES_HPP
#define RISKSHARE_TEMPLATE_TITLES_HPP

#include <riskshare/finding.hpp>
#include <riskshare/template/tracker_sheet.hpp>
#include <riskshare/workbook/patch.hpp>

#include <set>
#include <string>
#include <vector>

namespace riskshare::templates {

/// The title of the month that follows: "Month 4 (July 2022)" is "Month 5 (August 2022)", "31 July" is "31 August".
/// Nothing where the text does not name the one month `from` alone, or not in a way that can be moved on for sure.
std::optional<std::string> with_next_month(const std::string& title, month from);

struct titles_moved {
    std::vector<workbook::edit> edits;
    std::vector<finding> findings;
};
/// The titles of these sheets once the figures are those of month `m`: short ones of the month before are moved on by
/// an edit; every other text that names another month, and a sheet's own name, is a warning ("fill.month_left") with
/// its cell. Rows with figures, rows that head several months and the rows of the tables given are no titles. A text
/// that speaks of a plan is moved on only where `plans_filled`.
titles_moved moved_titles(const workbook::book&, const std::set<std::string>& sheets, month m,
                          const std::vector<tracker_table>&, bool plans_filled);

} // namespace riskshare::templates

#endif
