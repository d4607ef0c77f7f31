// The values that formulas pass around, and the cells that they read.
#ifndef RISKSHARE_WORKBOOK_DETAIL_FORMULA_VALUES_HPP
#define RISKSHARE_WORKBOOK_DETAIL_FORMULA_VALUES_HPP

#include <riskshare/workbook/sheet.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>
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
    static value error(std::string t) { return {what::error, 0, std::move(t), {}}; }
    bool is_error() const { return kind == what::error; }
};

/// An error value on its way up.
struct error_met {
    std::string text;
};

/// What one evaluation has read.
struct reading {
    std::size_t cells_left = 0;
    double largest = 0; ///< the largest magnitude among the numbers read: what rounding errors are measured against
};

double number_of_text(const std::string&); ///< of a cell's stored digits; throws not_evaluated
value value_of(const cell&, reading&);
std::string folded_text(std::string_view); ///< as Excel compares: without case

double to_number(const value&, reading&);
std::string to_text(const value&, reading&);
bool to_truth(const value&, reading&);
value to_scalar(const value&, reading&);

/// Every stored cell of an area, row by row; blanks that the file does not store are left out.
void each_cell(const area&, reading&, const std::function<void(const cell&)>&);

/// "<100", "Red", "R*": whether a cell meets the criterion of SUMIF and its kin.
class criterion {
public:
    criterion(const value&, reading&);
    bool met_by(const cell*) const;
    bool meets_blank() const { return met_by(nullptr); }

private:
    std::string operator_ = "=";
    bool numeric_ = false;
    double number_ = 0;
    std::string text_;
    bool wild_ = false;
};

/// The worksheet functions that know only their arguments. Throws not_evaluated for one that is not known.
value call_function(const std::string& name, const std::vector<value>& arguments, reading&);

} // namespace riskshare::workbook::detail

#endif
