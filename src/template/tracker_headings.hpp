// What the headings of a tracker say: which column is which field, and which month of plan, actual or forecast.
#ifndef RISKSHARE_SRC_TEMPLATE_TRACKER_HEADINGS_HPP
#define RISKSHARE_SRC_TEMPLATE_TRACKER_HEADINGS_HPP

#include <riskshare/parse_period.hpp>
#include <riskshare/template/grid.hpp>
#include <riskshare/template/tracker_sheet.hpp>

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace riskshare::templates::detail {

enum class amount_kind : std::uint8_t { plan, actual, forecast, variance };

/// A heading's words in lower case: units, brackets and punctuation gone, slashes kept.
std::string tidied(const std::string& heading);

/// What one line of a heading says, when every word of it is understood.
struct line_meaning {
    std::optional<month_label> month = {};
    std::optional<amount_kind> kind = {};
    std::optional<int> financial_year = {}; ///< "2019/20", by its first calendar year
    std::optional<int> calendar_year = {};  ///< "2019" alone
    bool year = false;                      ///< "Total", "Full year", "2019/20"
    bool to_date = false;                   ///< "YTD", "Cumulative"
    bool in_month = false;                  ///< "In month"
    bool quarter = false;
    bool says_something() const { return month || kind || year || to_date || in_month || quarter || calendar_year; }
};
std::optional<line_meaning> meaning_of(const std::string& line);

/// "Value £000", "Savings amount": an amount of which nothing says whether it is planned or delivered.
bool names_a_bare_amount(const std::string& heading);

/// "plan", "actual", "forecast", "variance"; only that word.
std::optional<amount_kind> kind_word(const std::string& text);

/// The month that a heading cell says, be it a date or a text.
std::optional<month_label> month_in(const grid&, std::uint32_t row, std::uint32_t column, bool from_1904);

struct heading_block {
    std::uint32_t first = 0, last = 0; ///< the rows of the headings, a row of units included
    std::vector<tracker_column> columns;
    std::optional<int> first_year = {}; ///< the financial year that the months name, by its first calendar year
    std::optional<std::uint32_t> row_kind_column = {}; ///< says of each row whether it is plan or actual
    std::optional<std::uint32_t> beside = {}; ///< where a table beside this one begins, with references of its own
    /// "plan", "actual", "forecast" where these stand by quarters: each quarter in its first month.
    std::set<std::string> by_quarter = {};
    std::vector<finding> findings;

    const tracker_column* column(const std::string& id) const;
    bool has_months() const;
};

/// Every block of headings in the sheet that heads schemes.
std::vector<heading_block> heading_blocks(const grid&, bool from_1904, const table_mapping*);

/// The powers of ten by which a number format scales what is shown: 3 for `#,##0,`.
int display_scale(std::string_view number_format);

} // namespace riskshare::templates::detail

#endif
