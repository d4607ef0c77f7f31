// A table read in either direction, and what its formulas say that they add up.
#ifndef RISKSHARE_TEMPLATE_DETAIL_TABLE_VIEW_HPP
#define RISKSHARE_TEMPLATE_DETAIL_TABLE_VIEW_HPP

#include "template/detail/number_table.hpp"

#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates::detail {

/// A table read down its rows, or (turned) along its columns.
class table_view {
public:
    table_view(const number_table& t, bool turned) : table_(t), turned_(turned) {}
    const std::vector<line>& lines() const { return turned_ ? table_.columns : table_.rows; }
    const std::vector<line>& places() const { return turned_ ? table_.rows : table_.columns; }
    const std::optional<amount>& at(std::size_t line, std::size_t place) const {
        return turned_ ? table_.cells[place][line] : table_.cells[line][place];
    }
    found_relation::term term(std::size_t line, std::size_t place, int weight) const {
        return turned_ ? found_relation::term{place, line, weight} : found_relation::term{line, place, weight};
    }
    bool withheld(std::size_t line, std::size_t place) const {
        return table_.withheld.count(turned_ ? std::pair{place, line} : std::pair{line, place}) != 0;
    }
    bool turned() const { return turned_; }
    unit unit_of(std::size_t line) const { return turned_ ? table_.units[line] : unit::pounds; }

private:
    const number_table& table_;
    bool turned_;
};

struct added_cells {
    std::vector<workbook::range> cells;
    bool listed = false;       ///< one by one, not as a run
    bool sub_total = false;    ///< a SUBTOTAL
    bool only_repeats = false; ///< a single reference, and no sum
};
/// Nothing for a formula that does anything but add up cells of its own sheet.
std::optional<added_cells> cells_added(const std::string& formula);

} // namespace riskshare::templates::detail

#endif
