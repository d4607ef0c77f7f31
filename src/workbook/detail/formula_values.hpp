// The values that formulas pass around, and the cells that they read.
#ifndef RISKSHARE_WORKBOOK_DETAIL_FORMULA_VALUES_HPP
#define RISKSHARE_WORKBOOK_DETAIL_FORMULA_VALUES_HPP

#include <riskshare/workbook/sheet.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace riskshare::workbook::detail {

/// Thrown within the evaluator for what it does not compute.
struct not_evaluated {
    std::string why = {}; ///< a function or kind of reference, in words; empty when it is the values that it cannot use
};

struct value;
struct sheet_view;

/// Thrown when a formula reads a cell whose new result is not worked out yet.
struct needs_first {
    sheet_view* in;
    std::size_t cell;
};

/// A sheet as formulas read it: what it stores, under results that were worked out since.
struct sheet_view {
    enum class result : std::uint8_t {
        stored,
        changed, ///< stored, by an edit
        pending,
        known,
        unknown
    };
    explicit sheet_view(sheet s) : cells(std::move(s)) {}
    sheet cells;
    std::vector<result> states; ///< one a stored cell, or none at all
    std::unordered_map<std::size_t, value> results;

    std::size_t index(const cell& c) const { return static_cast<std::size_t>(&c - cells.cells().data()); }
};

struct area {
    sheet_view* in = nullptr;
    range cells;
};

struct matrix;

struct value {
    enum class what : std::uint8_t { blank, number, text, boolean, error, area, array, list };
    what kind = what::blank;
    double number = 0;                                           ///< also 1 or 0 of a boolean
    std::string text = {};                                       ///< text or error
    detail::area cells = {};                                     ///< what::area
    std::shared_ptr<const matrix> items = {};                    ///< what::array
    std::shared_ptr<const std::vector<detail::area>> areas = {}; ///< what::list, a union of ranges

    static value of(double n) { return with(what::number, n, {}); }
    static value of(bool b) { return with(what::boolean, b ? 1.0 : 0.0, {}); }
    static value of(std::string t) { return with(what::text, 0, std::move(t)); }
    static value of(detail::area a) {
        value v;
        v.kind = what::area;
        v.cells = a;
        return v;
    }
    static value of(matrix m);
    static value error(std::string t) { return with(what::error, 0, std::move(t)); }
    bool is_error() const { return kind == what::error; }
    bool is_single() const { return kind < what::area; }

private:
    static value with(what kind, double n, std::string t) {
        value v;
        v.kind = kind;
        v.number = n;
        v.text = std::move(t);
        return v;
    }
};

/// An array, row by row. An open one stands for whole columns: its last row stands for all that lie below.
struct matrix {
    std::uint32_t rows = 1, columns = 1;
    std::vector<value> all;
    bool open = false;

    matrix(std::uint32_t r, std::uint32_t c) : rows(r), columns(c), all(std::size_t{r} * c) {}
    value& at(std::uint32_t r, std::uint32_t c) { return all[std::size_t{r} * columns + c]; }
    const value& at(std::uint32_t r, std::uint32_t c) const { return all[std::size_t{r} * columns + c]; }
};

/// An error value on its way up.
struct error_met {
    std::string text;
};

/// Where in a strip of cells each text and number stands first.
struct strip_index {
    std::unordered_map<std::string, std::uint32_t> texts; ///< folded
    std::unordered_map<double, std::uint32_t> numbers;
};

/// What one evaluation has read.
struct reading {
    std::size_t cells_left = 0;
    double largest = 0;    ///< the largest magnitude among the numbers read: what rounding errors are measured against
    address here = {0, 0}; ///< the cell whose formula it is; 0 when none is known
    bool met_new = false;  ///< a cell was read whose result was worked out, not stored
    bool from_1904 = false;
    /// Made of cells whose values stay. \pre cleared when any of them changes
    std::map<std::tuple<const sheet_view*, std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t>, strip_index>
        indices = {};

    void spend(std::size_t cells = 1) {
        if (cells > cells_left) throw not_evaluated{};
        cells_left -= cells;
    }
};

/// Of digits as a cell stores them, all of them counting; throws not_evaluated for what is no number.
double number_of_text(std::string_view);
/// The shortest digits that read back as this number, as Excel stores it: up to 17.
std::string stored_digits(double);
/// At 15 digits, as Excel makes a text of it.
std::string general_text(double);
/// The number that a text stands for: "12.5", " 1,234 ", "5%". Throws error_met #VALUE! where it cannot be one,
/// not_evaluated where the country decides.
double number_in_text(std::string_view);
std::string folded_text(std::string_view); ///< as Excel compares: without case

/// What a cell holds, newest result first.
value value_of(const sheet_view&, const cell&, reading&);
value value_at(const area&, std::uint32_t row, std::uint32_t column, reading&); ///< counted from 0 within the area
double to_number(const value&, reading&);
std::string to_text(const value&, reading&);
bool to_truth(const value&, reading&);
/// One value: of an area the cell in the formula's own row or column, of an array the first.
value to_scalar(const value&, reading&);
/// An area or a single value as an array.
std::shared_ptr<const matrix> to_matrix(const value&, reading&);
/// −1, 0, 1: numbers before texts before truths, a blank equal to "" and 0; numbers at 15 digits.
int compared(const value&, const value&);

/// Every stored cell of an area, row by row; blanks that the file does not store are left out.
template <class Visit>
void each_cell(const area&, reading&, Visit);

inline std::uint32_t rows_of(const area& a) { return a.cells.last.row - a.cells.first.row + 1; }
inline std::uint32_t columns_of(const area& a) { return a.cells.last.column - a.cells.first.column + 1; }

/// Plan[Amount], Plan[[#This Row],[Amount]]: the cells of a table that a reference to it means, for a formula in the
/// cell given. Throws not_evaluated where the table has no such column or row.
range cells_of_table(std::string_view reference, const table&, address here);

// ---------------------------------------------------------------------------------------------------------------------

inline value value::of(matrix m) {
    value v;
    v.kind = what::array;
    v.items = std::make_shared<const matrix>(std::move(m));
    return v;
}

template <class Visit>
void each_cell(const area& a, reading& r, Visit visit) {
    const sheet& s = a.in->cells;
    const std::uint32_t last = a.cells.last.row < s.used().last.row ? a.cells.last.row : s.used().last.row;
    for (std::uint32_t row = a.cells.first.row; row <= last; ++row) {
        r.spend();
        for (const cell& c : s.row(row)) {
            if (c.at.column > a.cells.last.column) break;
            if (c.at.column < a.cells.first.column) continue;
            r.spend();
            visit(c);
        }
    }
}

} // namespace riskshare::workbook::detail

#endif
