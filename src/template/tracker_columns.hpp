// What the headings over each column of a tracker say together, before it is settled which column is which figure.
#ifndef RISKSHARE_SRC_TEMPLATE_TRACKER_COLUMNS_HPP
#define RISKSHARE_SRC_TEMPLATE_TRACKER_COLUMNS_HPP

#include "template/tracker_headings.hpp"

#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates::detail {

struct column_reading {
    std::string joined; ///< every line of the heading
    std::string group;  ///< the lines and words that say of what the months are: "Revised plan"
    std::string field;  ///< the field that it fits best, and how well
    int fit = 0;
    std::optional<month_label> month = {};
    std::optional<amount_kind> kind = {};
    std::optional<int> financial_year = {};
    std::uint32_t month_row = 0, kind_row = 0;
    bool year = false, to_date = false, in_month = false, quarter = false;
    bool percent = false;
    std::string unknown; ///< the lowest line that is not understood, and its row
    std::uint32_t unknown_row = 0;
    bool month_inside = false; ///< a line that is not understood names a month
    std::optional<riskshare::unit> unit = {};

    /// A month's figure under a heading that is not understood, "WTE" or "Investment", unless plan or actual stands
    /// below that.
    bool of_another_thing() const { return month && !unknown.empty() && !(kind && kind_row > unknown_row); }
    bool is_amount() const {
        return field.empty() && !percent && !in_month && kind != amount_kind::variance &&
               (!quarter || month.has_value());
    }
};

/// One reading for each column of the grid, the first first.
std::vector<column_reading> read_columns(const grid&, bool from_1904, std::uint32_t first, std::uint32_t last);

/// The columns that are plan, actual or forecast of a month, of the year or to date, added to the block; a mapping may
/// choose between blocks of months. What can be read in two ways, and what is not read, becomes a finding of the block.
void settle_amounts(const grid&, const std::vector<column_reading>&, const table_mapping*, heading_block&);

/// "plan", "actual", "forecast".
const char* name_of(amount_kind);

} // namespace riskshare::templates::detail

#endif
