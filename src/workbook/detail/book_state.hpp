// What a book and its sheets hold.
#ifndef RISKSHARE_WORKBOOK_DETAIL_BOOK_STATE_HPP
#define RISKSHARE_WORKBOOK_DETAIL_BOOK_STATE_HPP

#include "workbook/detail/held_text.hpp"
#include "workbook/detail/relationships.hpp"
#include "workbook/detail/string_table.hpp"
#include "workbook/detail/styles.hpp"

#include <riskshare/workbook/sheet.hpp>

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::workbook {

struct book::state {
    struct entry {
        std::string part; ///< empty when the file has none
        visibility shown = visibility::visible;
    };

    explicit state(package p) : source(std::move(p)) {}

    package source;
    std::string part; ///< the workbook's own
    std::vector<std::string> names;
    std::vector<entry> entries; ///< as `names`
    std::vector<defined_name> defined_names;
    bool from_1904 = false;
    std::vector<std::string> warnings;
    std::string strings_part, styles_part; ///< empty when the file has none

    /// The index of a sheet by its name; npos when there is none.
    std::size_t find(std::string_view sheet_name) const noexcept;
    /// \pre there is such a sheet; otherwise throws `precondition_violated`.
    std::size_t index_of(std::string_view sheet_name) const;

    // Read when the first sheet is.
    std::shared_ptr<const detail::string_table> strings() const;
    std::shared_ptr<const detail::styles> styles() const;

    mutable std::mutex lock; ///< of all that follows
    mutable std::shared_ptr<const detail::string_table> strings_;
    mutable std::shared_ptr<const detail::styles> styles_;
    mutable std::vector<std::optional<sheet>> sheets;
};

struct sheet::state {
    std::string name, part;
    visibility shown = visibility::visible;
    std::shared_ptr<const detail::styles> styles;

    // What the texts of cells are views of.
    detail::held_text source;
    std::shared_ptr<const detail::string_table> strings;
    std::deque<std::string> made; ///< texts that stand so nowhere in the file: without escapes, moved, joined

    struct row_start {
        std::uint32_t row = 0;
        std::size_t first = 0; ///< into cells
    };
    struct column_span {
        std::uint32_t first = 0, last = 0;
    };
    std::vector<cell> cells;
    std::vector<row_start> rows; ///< ends with one past the last
    range used;

    std::vector<range> merged, filled;
    std::vector<table> tables;
    std::vector<std::uint32_t> hidden_rows, shown_rows; ///< sorted; rows that say so themselves
    bool rows_hidden_by_default = false;
    std::vector<column_span> hidden_columns;
    std::vector<range> filters; ///< those with criteria
    bool filtered = false, is_protected = false;
    std::vector<std::string> warnings;
};

namespace detail {

/// Reads the part that the state names into the rest of it.
void read_sheet(sheet::state&, const book::state&);

} // namespace detail

} // namespace riskshare::workbook

#endif
