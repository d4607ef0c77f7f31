// What every page of a pack has: its style and its script.
#ifndef RISKSHARE_SRC_REPORT_PACK_PAGE_PARTS_HPP
#define RISKSHARE_SRC_REPORT_PACK_PAGE_PARTS_HPP

namespace riskshare::report {

/// Colours, sizes and focus follow NHS.UK frontend (nhsuk-frontend, MIT licence); the sheet is our own, and short, so
/// that the page needs no other file. Fonts are those of the reader's machine.
extern const char* const page_style;
/// Shows how a figure comes about beside it. Without it the same stands at the foot of the page.
extern const char* const page_script;
/// Of the script, as the page's policy names it: no other script runs.
extern const char* const page_script_hash;

} // namespace riskshare::report

#endif
