// What the headings and labels of a team's own pack mean, held against those of ours.
#ifndef RISKSHARE_SRC_REPORT_PACK_TEMPLATE_HEADINGS_HPP
#define RISKSHARE_SRC_REPORT_PACK_TEMPLATE_HEADINGS_HPP

#include <riskshare/report/pack.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::report {

/// Letters and digits alone, in lower case.
std::string compacted(const std::string&);
/// A heading without its unit and without what stands in brackets: "Red (R) £000" is "red".
std::string plain_heading(const std::string&);
/// The column of the pack's table that a heading means: by its words, else as the same kind of figure (plan, actual,
/// forecast, variance) of the same months. Nothing where none or more than one is meant.
std::optional<std::size_t> column_meant(const pack_table&, const std::string& heading);
/// Whether a heading names a figure at all: a plan, an actual, a rating…
bool heads_figures(const std::string& heading);
/// The row of that label; a total is the pack's one total, whatever each calls it.
const pack_row* row_meant(const pack_table&, const std::string& label);

/// How a variance is written under a heading: as the pack has it (positive is favourable), turned, or nobody knows.
enum class variance_written : std::uint8_t { as_ours, turned, unsaid };
variance_written variance_under(const std::string& heading, bool of_spending);
bool heads_variance(const std::string& heading);

} // namespace riskshare::report

#endif
