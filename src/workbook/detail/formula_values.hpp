// The values that formulas pass around, and the cells that they read.
#ifndef RISKSHARE_WORKBOOK_DETAIL_FORMULA_VALUES_HPP
#define RISKSHARE_WORKBOOK_DETAIL_FORMULA_VALUES_HPP

#include <riskshare/workbook/sheet.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace riskshare::workbook::detail {

/// Thrown within the evaluator for what it does not compute.
struct not_evaluated {};

struct area {
    const sheet* in = nullptr;
    range cells;
};

struct value {
    enum class what : std::uint8_t { blank, number, text, boolean, error, area };
    what kind = what::blank;
    double number = 0; ///< also 1 or 0 of a boolean
    std::string text;  ///< text or error
    detail::area cells = {};

    static value of(double n) { return {what::number, n, {}, {}}; }
    static value of(bool b) { return {what::boolean, b ? 1.0 : 0.0, {}, {}}; }
    static value of(std::string t) { return {what::text, 0, std::move(t), {}}; }
    static value of(detail::area a) { return {what::area, 0, {}, std::move(a)}; }
    static value error(std::string t) { return {what::error, 0, std::move(t), {}}; }
    bool is_error() const { return kind == what::error; }
};

/// An error value on its way up.
struct error_met {
    std::string text;
};

/// The place within arrays of one shape that SUMPRODUCT goes through.
struct element {
    std::uint32_t rows = 1, columns = 1; ///< the shape
    std::uint32_t row = 0, column = 0;
};

/// Where in a column each text and number stands first.
struct column_index {
    std::unordered_map<std::string, std::uint32_t> texts; ///< folded
    std::unordered_map<double, std::uint32_t> numbers;
};

/// What one evaluation has read.
struct reading {
    std::size_t cells_left = 0;
    double largest = 0;    ///< the largest magnitude among the numbers read: what rounding errors are measured against
    address here = {0, 0}; ///< the cell whose formula it is; 0 when none is known
    std::optional<element> element_of_array = {};
    bool from_1904 = false;
    std::map<std::tuple<const sheet*, std::uint32_t, std::uint32_t, std::uint32_t>, column_index> indices = {};
};

double number_of_text(std::string_view); ///< of a cell's stored digits; throws not_evaluated
value value_of(const cell&, reading&);
std::string folded_text(std::string_view); ///< as Excel compares: without case

double to_number(const value&, reading&);
std::string to_text(const value&, reading&);
bool to_truth(const value&, reading&);
/// One value: of an area the cell in the formula's own row or column, or that of the array's present element.
value to_scalar(const value&, reading&);

/// Every stored cell of an area, row by row; blanks that the file does not store are left out.
void each_cell(const area&, reading&, const std::function<void(const cell&)>&);

/// "<100", "Red", "R*": whether a cell meets the criterion of SUMIF and its kin.
class criterion {
public:
    criterion(const value&, reading&);
    bool met_by(const cell*) const;
    bool meets_blank() const { return met_by(nullptr); }
    bool wild() const { return wild_; }

private:
    std::string operator_ = "=";
    bool numeric_ = false;
    double number_ = 0;
    std::string text_;
    bool wild_ = false;
};

/// The worksheet functions that know only their arguments. Throws not_evaluated for one that is not known.
value call_function(const std::string& name, const std::vector<value>& arguments, reading&);
/// Those of text, those that look up cells or say where they stand, and those of dates; nothing for any other.
std::optional<value> call_text(const std::string& name, const std::vector<value>& arguments, reading&);
std::optional<value> call_lookup(const std::string& name, const std::vector<value>& arguments, reading&);
std::optional<value> call_date(const std::string& name, const std::vector<value>& arguments, reading&);

inline std::uint32_t rows_of(const area& a) { return a.cells.last.row - a.cells.first.row + 1; }
inline std::uint32_t columns_of(const area& a) { return a.cells.last.column - a.cells.first.column + 1; }

/// Plan[Amount], Plan[[#This Row],[Amount]]: the cells of a table that a reference to it means, for a formula in the
/// cell given. Throws not_evaluated where the table has no such column or row.
range cells_of_table(std::string_view reference, const table&, address here);

} // namespace riskshare::workbook::detail

#endif
