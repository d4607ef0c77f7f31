// Turning the rows under a tracker's headings into schemes and totals.
#ifndef RISKSHARE_SRC_TEMPLATE_TRACKER_ROWS_HPP
#define RISKSHARE_SRC_TEMPLATE_TRACKER_ROWS_HPP

#include "template/tracker_headings.hpp"

#include <array>
#include <string>
#include <vector>

namespace riskshare::templates::detail {

/// What one column holds, for the loop over a sheet's cells.
enum class slot : std::uint8_t {
    none,
    reference,
    name,
    organisation,
    division,
    workstream,
    lead,
    rating,
    type,
    recurrence,
    cash_effect,
    quality,
    stage,
    start,
    line_month,
    row_kind,
    full_year_effect,
    plan_year,
    plan_to_date,
    actual_to_date,
    actual_year,
    forecast_year,
    plan_month,
    actual_month,
    forecast_month,
    unnamed_month,
    variance_to_date,
    variance_year,
};
struct column_slot {
    slot what = slot::none;
    int month = 0;
    int power = 2; ///< powers of ten from the cell's number to pence
    riskshare::unit unit = riskshare::unit::pounds;
};
/// The slot that a column's id names; `none` for an id that nobody knows.
column_slot slot_of(const std::string& id);

/// One row as it stands: texts, and amounts in pence.
struct tracker_row {
    std::uint32_t row = 0;
    std::array<std::string, 16> texts = {};                                 ///< by slot, up to row_kind
    std::array<std::optional<std::int64_t>, 6> figures = {};                ///< full_year_effect … forecast_year
    std::array<std::array<std::optional<std::int64_t>, 12>, 4> months = {}; ///< plan, actual, forecast, unnamed
    std::array<std::optional<std::int64_t>, 2> variances = {};              ///< printed, to date and of the year
    std::size_t amounts = 0;
    std::size_t sums_above = 0;          ///< cells whose formula adds up cells above them in their own column
    std::size_t sums_below = 0;          ///< likewise cells below them
    std::size_t uncalculated_months = 0; ///< months whose formula has no stored result

    const std::string& text(slot s) const { return texts[static_cast<std::size_t>(s)]; }
    std::string& text(slot s) { return texts[static_cast<std::size_t>(s)]; }
    const std::optional<std::int64_t>& figure(slot s) const { return figures[index(s)]; }
    std::optional<std::int64_t>& figure(slot s) { return figures[index(s)]; }
    static constexpr std::size_t places = 4 * 12 + 6;
    /// The amount at a place: the months block by block, then the figures.
    const std::optional<std::int64_t>& at_place(std::size_t i) const {
        return i < 48 ? months[i / 12][i % 12] : figures[i - 48];
    }

private:
    static std::size_t index(slot s) {
        return static_cast<std::size_t>(s) - static_cast<std::size_t>(slot::full_year_effect);
    }
};

/// Cells that were finer than a penny: how many, and what rounding each to a penny did in all.
struct fine_cells {
    std::size_t count = 0;
    exact change;
    provenance first = {};
};

class row_reader {
public:
    row_reader(const grid&, const heading_block&, unit table_unit, rounding, bool from_1904, std::vector<finding>&);
    tracker_row read(std::uint32_t row);
    /// Takes what was found in the row read last for true: it is a scheme's or a total's. The first few cells that hold
    /// something other than a figure become findings of their own.
    void accept(const tracker_row&, bool is_scheme);
    const fine_cells& fine() const noexcept { return fine_; }
    /// Formulas among the months of schemes that have no stored result, and the first of them.
    std::size_t uncalculated() const noexcept { return uncalculated_; }
    const provenance& first_uncalculated() const noexcept { return first_uncalculated_; }

private:
    void take(tracker_row&, const workbook::cell&, const column_slot&);
    std::optional<std::int64_t> pence(const workbook::cell&, const column_slot&);

    const grid& grid_;
    std::vector<column_slot> slots_;
    rounding rule_;
    bool from_1904_;
    std::vector<finding>& findings_;
    std::vector<finding> of_row_; // about the row read last
    provenance uncalculated_in_row_;
    fine_cells fine_;
    std::size_t unreadable_ = 0, uncalculated_ = 0;
    provenance first_uncalculated_ = {};
};

/// Whether a formula such as SUM(L7:L83) or SUBTOTAL(9,L7:L83) adds up cells of its own column, above it or below.
enum class adds_up : std::uint8_t { no, above, below };
adds_up adds_up_of(const workbook::cell&);

/// The rows of its own column that such a formula adds up; nothing where it is none, or names a table's column.
struct span_of_rows {
    std::uint32_t first = 0, last = 0;
};
std::optional<span_of_rows> rows_added_by(const workbook::cell&);

} // namespace riskshare::templates::detail

#endif
