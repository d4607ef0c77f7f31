// The cells of one sheet and the state of each, while an account is made.
#ifndef RISKSHARE_TEMPLATE_ACCOUNT_SHEET_STATES_HPP
#define RISKSHARE_TEMPLATE_ACCOUNT_SHEET_STATES_HPP

#include <riskshare/account.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates::detail {

/// Which rows and columns hold figures of one table.
struct table_extent {
    std::map<std::uint32_t, std::size_t> rows, columns; ///< how many figures each
};

class sheet_states {
public:
    sheet_states(workbook::sheet, const std::string& file);

    const workbook::sheet& source() const noexcept { return sheet_; }
    const provenance& place() const noexcept { return place_; }
    std::size_t size() const noexcept { return states_.size(); }
    const workbook::cell& cell(std::size_t i) const { return sheet_.cells()[i]; }

    /// Nothing where the cell has no state yet.
    std::optional<cell_state> state(std::size_t i) const;
    void set(std::size_t i, cell_state s) { states_[i] = static_cast<std::uint8_t>(s) + 1; }
    /// The index of a stored cell that holds something.
    std::optional<std::size_t> find(workbook::address) const;
    std::size_t index_of(const workbook::cell* c) const { return static_cast<std::size_t>(c - sheet_.cells().data()); }

    /// Marks a cell as a figure of a table.
    void read(std::size_t i, const std::string& table);
    bool any_read() const noexcept { return !tables_.empty(); }
    const std::map<std::string, table_extent>& tables() const noexcept { return tables_; }
    bool reads_row(std::uint32_t row) const { return rows_read_.count(row) > 0; }
    bool reads_column(std::uint32_t column) const { return columns_read_.count(column) > 0; }
    /// The first column with a figure that was read in a row; 0 where there is none.
    std::uint32_t first_read_in(std::uint32_t row) const;
    /// Whether a text heads several columns and not its own: it is merged over them, or stands over the first of them,
    /// where the next has its heading a row lower and this one has none.
    bool heads_a_group(std::size_t i) const;
    /// Whether a figure that was read, or what was worked out from one, stands in the range.
    bool any_marked(const workbook::range&) const;

private:
    workbook::sheet sheet_;
    provenance place_;
    std::vector<std::uint8_t> states_;
    std::map<std::string, table_extent> tables_;
    std::map<std::uint32_t, std::uint32_t> rows_read_;                 ///< the first column of each
    std::map<std::uint32_t, std::vector<std::uint32_t>> columns_read_; ///< their rows
};

} // namespace riskshare::templates::detail

#endif
