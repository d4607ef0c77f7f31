// Reading the sheets of a workbook.
#ifndef RISKSHARE_WORKBOOK_SHEET_HPP
#define RISKSHARE_WORKBOOK_SHEET_HPP

#include <riskshare/workbook/cell.hpp>
#include <riskshare/workbook/package.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::workbook {

enum class visibility : std::uint8_t { visible, hidden, very_hidden };

struct defined_name {
    std::string name;
    std::string refers_to;   ///< as stored: Statement!$B$9:$D$9
    std::string scope_sheet; ///< empty for a name of the whole workbook
};

/// An Excel table ("list object").
struct table {
    std::string name;
    range where;
    bool has_header = true, has_totals = false;
    std::vector<std::string> columns;
};

/// One sheet, read whole, for random access.
class sheet {
public:
    const std::string& name() const noexcept;
    const std::string& part() const noexcept;
    visibility shown() const noexcept;

    /// Row by row, left to right; only cells that the file stores.
    std::span<const cell> cells() const noexcept;
    std::span<const cell> row(std::uint32_t row) const noexcept;
    /// nullptr when the file stores no such cell.
    const cell* find(address) const noexcept;
    /// The smallest rectangle that holds every stored cell; A1:A1 when there is none.
    range used() const noexcept;

    const std::vector<range>& merged() const noexcept;
    const std::vector<table>& tables() const noexcept;
    bool row_hidden(std::uint32_t row) const noexcept;
    bool column_hidden(std::uint32_t column) const noexcept;
    bool filtered() const noexcept; ///< an autofilter is set
    /// The row is hidden and lies in a filter with criteria. A file does not say which of two hid it; Excel takes the
    /// filter.
    bool row_filtered(std::uint32_t row) const noexcept;
    bool is_protected() const noexcept;
    /// The cells that each array formula and data table fills; the formula stands in the first of them.
    const std::vector<range>& array_ranges() const noexcept;
    /// What was odd and read all the same: a cell stored twice, a merged range that is none.
    const std::vector<std::string>& warnings() const noexcept;

    /// The number format code of the cell's style, such as `#,##0;(#,##0);"-"`; "General" when there is none.
    std::string_view number_format(const cell&) const noexcept;
    bool is_date(const cell&) const noexcept;

    struct state;

private:
    friend class book;
    explicit sheet(std::shared_ptr<const state> s) : state_(std::move(s)) {}
    std::shared_ptr<const state> state_;
};

/// The sheets, names and formats of a package.
class book {
public:
    /// Throws `input_refused` (rule "workbook.…") when the package is no workbook.
    explicit book(package);
    static book open(const std::string& file) { return book(package::open(file)); }

    const package& source() const noexcept;
    const std::vector<std::string>& sheet_names() const noexcept;
    /// Reads the sheet on first use and keeps it; safe to call from several threads. Names compare as Excel compares
    /// them, without case. Throws `precondition_violated` when there is no such sheet.
    sheet read(std::string_view sheet_name) const;
    bool has(std::string_view sheet_name) const noexcept;
    visibility shown(std::string_view sheet_name) const;
    /// The part that holds the sheet, without reading it. Throws as `read` does.
    const std::string& part_of(std::string_view sheet_name) const;
    /// "xl/workbook.xml" in most files.
    const std::string& workbook_part() const noexcept;

    const std::vector<defined_name>& defined_names() const noexcept;
    bool dates_from_1904() const noexcept;
    /// What was odd and read all the same: a missing part that is referenced, an entry out of place.
    const std::vector<std::string>& warnings() const noexcept;

    struct state;

private:
    friend class cell_stream;
    std::shared_ptr<const state> state_;
};

/// A day of the calendar that Excel counts in, which has a 29 February 1900.
struct calendar_date {
    int year, month, day;
    friend bool operator==(const calendar_date&, const calendar_date&) = default;
};
/// The date of a serial number such as "44774.5" in either date system. Fails, rule "workbook.date", for text that is
/// no number, negative numbers, dates after 9999, and serials below 1 of the 1900 system, which are times of day.
result<calendar_date> date_of_serial(std::string_view serial, bool from_1904);

} // namespace riskshare::workbook

#endif
