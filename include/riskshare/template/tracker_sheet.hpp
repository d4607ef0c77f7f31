// Reading CIP trackers: one row a scheme, a block of months for the plan and one for actual and forecast.
#ifndef RISKSHARE_TEMPLATE_TRACKER_SHEET_HPP
#define RISKSHARE_TEMPLATE_TRACKER_SHEET_HPP

#include <riskshare/finding.hpp>
#include <riskshare/organisation.hpp>
#include <riskshare/template/mapping.hpp>
#include <riskshare/tracker.hpp>
#include <riskshare/workbook/patch.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates {

struct tracker_options {
    organisation_directory directory = {};
    mapping map = {}; ///< its table "tracker", its organisations and its ratings
    std::optional<unit> unit_if_none = {};
    std::optional<month> reported = {}; ///< where actuals and forecast stand in two blocks, the last month of actuals
    /// What becomes of a cell that is finer than a penny. How many were rounded, and by how much, is a finding.
    rounding below_a_penny = rounding::half_away_from_zero;
    /// Told now and then how many rows of how many have been read.
    std::function<void(std::size_t, std::size_t)> progress = {};
};

/// One column that is read, by the name under which a mapping may place it: "reference", "rating", "plan_m1",
/// "actual_m12", "forecast_m4", "plan_year", "actual_to_date", "full_year_effect".
struct tracker_column {
    std::string id;
    std::uint32_t column = 0;
    std::string heading;
    std::optional<riskshare::unit> unit = {};
    int scaled_by = 0; ///< powers of ten that the number format takes off the display
};

/// A table of schemes that was found.
struct tracker_table {
    std::string sheet;
    std::uint32_t first_heading = 0, last_heading = 0, last_row = 0;
    std::vector<tracker_column> columns;
    std::size_t schemes = 0, totals = 0, hidden = 0;

    const tracker_column* column(const std::string& id) const;
};

/// Where a scheme's actuals and forecast stand: one of the tables, and a row of its sheet, or in a table with a line
/// for each scheme and month the rows of its months. Row 0: nowhere.
struct actuals_place {
    std::uint32_t table = 0, row = 0;
    std::optional<std::size_t> lines = {}; ///< which of `tracker_reading::month_rows`
};
using rows_of_months = std::array<std::uint32_t, 12>;

struct tracker_reading {
    tracker read;
    std::vector<tracker_table> tables;
    std::vector<actuals_place> actuals_at = {}; ///< one a scheme
    std::vector<rows_of_months> month_rows = {};
    std::optional<month> reported = {};         ///< as asked for, or as a title, a sheet or the actuals themselves say
    std::vector<std::string> other_months = {}; ///< sheets that hold the same schemes as they stood in another month
    std::vector<finding> findings;
    std::vector<std::string> read_as = {}; ///< sentences
};

/// Every tracker in the workbook. Sub-totals are recognised by word, by formula or by value, checked and never added.
/// A table whose unit nothing names is refused ("tracker.no_unit"); so is one whose months belong to nobody
/// ("tracker.block_unnamed").
tracker_reading read_tracker(const workbook::book&, const tracker_options&);

/// The sheets that hold trackers, of other months too.
std::vector<std::string> sheets_of(const tracker_reading&);

/// The mapping that reads the same layout next month without looking at its headings.
mapping profile_of(const tracker_reading&, const mapping& used);

/// What was delivered of one scheme in one month. An empty organisation is any.
struct actual_amount {
    std::string organisation, reference;
    money amount;
};
/// The edits that write one month's actuals into a tracker by scheme reference, in each cell's own unit. What could not
/// be placed: "fill.unmatched_reference" and "fill.no_line" of severity warning, and the errors
/// "fill.ambiguous_reference", "fill.given_twice", "fill.no_column" and, where no amount has a place,
/// "fill.nothing_matched". Warnings too: the schemes that were given nothing ("fill.row_left"), and each earlier month
/// that is blank ("fill.month_before").
struct actuals_fill {
    std::vector<workbook::edit> edits;
    std::vector<finding> findings;
};
actuals_fill fill_actuals(const tracker_reading&, month, const std::vector<actual_amount>&);

/// Of a tracker that was filled in up to a month: figures to date that are still those of the month before
/// ("fill.to_date_left"), whether they were typed or their formulas stop short.
std::vector<finding> left_to_date(const workbook::book&, const tracker_reading& filled, month);

/// One month's actuals of every scheme that states them and has a reference.
std::vector<actual_amount> actuals_of(const tracker&, month);

} // namespace riskshare::templates

#endif
