// A table read in either direction.
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
    bool filtered() const { return table_.filtered; }
    unit unit_of(std::size_t line) const { return turned_ ? table_.units[line] : unit::pounds; }

private:
    const number_table& table_;
    bool turned_;
};

} // namespace riskshare::templates::detail

#endif
