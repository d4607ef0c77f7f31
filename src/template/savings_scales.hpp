// Savings by other categories than the ratings: delivery risk, delivery confidence, development status.
#ifndef RISKSHARE_SRC_TEMPLATE_SAVINGS_SCALES_HPP
#define RISKSHARE_SRC_TEMPLATE_SAVINGS_SCALES_HPP

#include "template/savings_sheet.hpp"

#include <riskshare/category_savings.hpp>
#include <riskshare/tracker.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates::detail {

/// Whether a text speaks of the risk that savings are not delivered or of the confidence that they are; nothing where
/// it speaks of neither or of both.
std::optional<savings_table::scale> scale_named(const std::string& text);
/// "High", "Medium", "Low" on a scale; nothing for any other word.
std::optional<rating> rating_on(savings_table::scale, const std::string& text);

/// Whether a text is a development status: "Fully developed", "Plans in progress", "Opportunity".
bool names_a_status(const std::string& text);

/// Tables headed High, Medium and Low. One that says neither risk nor confidence is refused ("savings.high_or_low").
struct scaled_savings {
    found_table table;
    savings_table read;
};
std::vector<scaled_savings> savings_by_delivery(const workbook::book&, const read_options&, std::vector<finding>&);

/// Tables of savings headed by two or more development statuses; any column among them is one.
struct status_savings {
    found_table table;
    category_savings read;
};
std::vector<status_savings> savings_by_status(const workbook::book&, const read_options&, std::vector<finding>&);

/// Savings by the stage of each scheme, where no scheme is rated and most stages are development statuses; schemes that
/// give none stand under "No status".
std::optional<category_savings> savings_by_stage(const tracker&);

/// Where a sheet gives a weight for each pair of status (down) and delivery risk (across).
std::optional<provenance> weights_by_two(const workbook::book&);

/// Weights that a sheet lists: names, and beside them parts of one under a heading that says "weight".
category_weights listed_weights(const workbook::book&);

} // namespace riskshare::templates::detail

#endif
