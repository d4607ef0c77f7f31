// Reading one table of schemes, from its first row to its last.
#ifndef RISKSHARE_SRC_TEMPLATE_TRACKER_TABLE_HPP
#define RISKSHARE_SRC_TEMPLATE_TRACKER_TABLE_HPP

#include "workbook/detail/cell_fills.hpp"

#include "template/tracker_rows.hpp"

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace riskshare::templates::detail {

/// What holds for a whole table.
struct table_setting {
    unit table_unit = unit::pounds;
    std::string organisation; ///< of rows that name none
    std::string division;     ///< likewise
    std::optional<financial_year> year = {};
    std::optional<amount_kind> unnamed_kind = {}; ///< what months without a name are
    bool from_1904 = false;
    std::uint32_t last_row = 0;
    const workbook::detail::cell_fills* fills = nullptr; ///< to tell a rating that only a colour shows
};

struct schemes_read {
    std::vector<scheme> schemes;
    std::vector<std::uint32_t> actual_rows; ///< one a scheme: where its actuals stand, 0 for nowhere
    std::vector<rows_of_months> month_rows; ///< one a scheme, in a table with a line for each scheme and month
    tracker_table table;
    bool has_plan = false, has_actual = false;
    std::optional<month> last_actual = {}; ///< where actual and forecast stand in two blocks
};

/// "Unidentified", however it is spelt.
bool names_unidentified(const std::string& name);

schemes_read read_schemes(const grid&, const heading_block&, const table_setting&, const tracker_options&,
                          std::vector<finding>&);

/// The amounts of some rows, column by column.
class added_rows {
public:
    void add(const tracker_row&);
    /// Whether every amount of the row is the sum of those rows, and one of them is not zero.
    bool make_up(const tracker_row&) const;
    bool empty() const noexcept { return rows_ == 0; }

private:
    friend class running_sums;
    struct sum {
        std::int64_t amount = 0;
        std::size_t rows = 0;
    };
    std::vector<sum> sums_ = std::vector<sum>(tracker_row::places);
    std::size_t rows_ = 0;
};

/// Sums of a table's rows, against which its printed totals are held.
class running_sums {
public:
    explicit running_sums(const heading_block&);
    void add(const tracker_row&, bool hidden);
    void end_group();

    std::size_t group_rows() const noexcept { return group_.rows_; }
    /// Whether every amount of the row is the sum of the rows since the last total, or of all rows.
    bool is_sum_of_group(const tracker_row& r) const { return group_.make_up(r); }
    bool is_sum_of_all(const tracker_row& r) const { return all_.make_up(r); }
    /// What does not agree with the group, the table or its visible rows, as findings.
    void check(const grid&, const heading_block&, const tracker_row&, const std::string& label,
               std::vector<finding>&) const;

private:
    added_rows group_, all_, visible_group_, visible_;
    std::vector<std::int64_t> steps_; ///< per column, the coarsest step in pence in which all its amounts are whole
    bool hides_some_ = false;
};

} // namespace riskshare::templates::detail

#endif
