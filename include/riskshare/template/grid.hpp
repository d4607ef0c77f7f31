// A sheet as a person reads it: rows and columns of texts and amounts, merged headings spread out.
#ifndef RISKSHARE_TEMPLATE_GRID_HPP
#define RISKSHARE_TEMPLATE_GRID_HPP

#include <riskshare/accounting.hpp>
#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace riskshare::templates {

/// One sheet, row and column counted from 1. Cheap to copy. A transposed grid reads columns as rows, and still says
/// where each cell really stands.
class grid {
public:
    grid(workbook::sheet, const std::string& file);

    grid transposed() const;
    /// Only these columns, and those up to `kept`; everywhere else is blank.
    grid between(std::uint32_t first_column, std::uint32_t last_column, std::uint32_t kept = 0) const;
    /// The same with every cell of a range of the sheet blank.
    grid without(const workbook::range&) const;
    bool is_transposed() const noexcept { return transposed_; }
    const workbook::sheet& source() const noexcept { return sheet_; }
    /// Where a cell of the source stands in this grid.
    workbook::address here(const workbook::cell& c) const { return real(c.at.row, c.at.column); }

    std::uint32_t rows() const noexcept;
    std::uint32_t columns() const noexcept;

    /// nullptr when the file stores no such cell.
    const workbook::cell* cell(std::uint32_t row, std::uint32_t column) const;
    /// What stands there, blanks tidied; a number as its digits. Empty when blank.
    std::string text(std::uint32_t row, std::uint32_t column) const;
    /// The same, a merged cell's text repeated over the cells that it covers.
    std::string heading(std::uint32_t row, std::uint32_t column) const;
    bool blank(std::uint32_t row, std::uint32_t column) const { return text(row, column).empty(); }
    bool is_number(std::uint32_t row, std::uint32_t column) const;
    bool hidden_row(std::uint32_t row) const;
    bool hidden_column(std::uint32_t column) const;

    provenance at(std::uint32_t row, std::uint32_t column) const;
    /// The sheet as a whole.
    const provenance& place() const noexcept { return place_; }

private:
    /// Exchanging rows and columns twice changes nothing, so this leads both ways.
    workbook::address real(std::uint32_t row, std::uint32_t column) const {
        return transposed_ ? workbook::address{column, row} : workbook::address{row, column};
    }
    workbook::sheet sheet_;
    provenance place_;
    bool seen(std::uint32_t column) const {
        return column <= kept_ || (column >= first_column_ && column <= last_column_);
    }
    bool taken_out(workbook::address a) const;
    std::shared_ptr<const std::vector<workbook::range>> without_ = {};
    bool transposed_ = false;
    std::uint32_t first_column_ = 1, last_column_ = UINT32_MAX, kept_ = 0;
};

/// The amount in a cell, in the unit given unless its own text names one; blank stays blank. The unit is that of the
/// number as shown: a format such as `#,##0,` divides it. Fails, with the cell, on an error value ("cell.error"), on
/// text where a figure should be ("cell.text"), on a number that cannot be read ("number.…"), on a cell whose own sign
/// or format speaks against the unit ("cell.ambiguous_unit"); "cell.not_available" for n/a, tbc and an ellipsis.
result<cell_figure> read_amount(const grid&, std::uint32_t row, std::uint32_t column, unit);

/// Whether a cell's text says that there is no figure yet: n/a, tbc, an ellipsis.
bool says_not_available(const std::string& text);

/// What to tell of an amount that could not be read and is left blank: a warning where the cell itself says that there
/// is none, else an error.
finding unread_figure(const failure&);

} // namespace riskshare::templates

#endif
