// The worksheet functions, as one table.
#ifndef RISKSHARE_WORKBOOK_DETAIL_FORMULA_FUNCTIONS_HPP
#define RISKSHARE_WORKBOOK_DETAIL_FORMULA_FUNCTIONS_HPP

#include "workbook/detail/formula_values.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace riskshare::workbook::detail {

using arguments = std::vector<value>;

/// How each argument is handed over, one letter each; the last stands for all further ones, with "*" the last two in
/// turn.
///   s  a single value: of an array, the function is called for each; an error is the result
///   e  a single value, errors too
///   v  as it is: an area stays one
///   a  as it is, and what is computed in it is computed for whole arrays
struct function {
    const char* name;
    unsigned char least, most;
    const char* kinds;
    value (*work)(const arguments&, reading&);
};

/// nullptr when there is none of that name, given in upper case and without a prefix.
const function* function_named(std::string_view);

// The families.
std::span<const function> sums();
std::span<const function> conditional_sums();
std::span<const function> mathematics();
std::span<const function> statistics();
std::span<const function> texts();
std::span<const function> days();
std::span<const function> lookups();
std::span<const function> whole_arrays();
std::span<const function> questions();
std::span<const function> interest();

// What several families share.
constexpr unsigned char any_number = 255;
inline void need(bool met) {
    if (!met) throw not_evaluated{};
}
[[noreturn]] inline void fail(const char* error) { throw error_met{error}; }
inline bool given(const arguments& a, std::size_t i) { return i < a.size() && a[i].kind != value::what::blank; }
inline double number_or(const arguments& a, std::size_t i, reading& r, double otherwise) {
    return given(a, i) ? to_number(a[i], r) : otherwise;
}
/// The numbers of the arguments as SUM sees them: in areas and arrays only numbers count, given outright all does.
std::vector<double> numbers_of(std::span<const value>, reading&);
/// At 15 digits, what lies below a whole number by binary noise counts as that number.
double floor_of(double);
/// To so many decimal places; direction 0 to the nearest, 1 away from zero, −1 towards it.
double rounded_at(double n, double places, int direction);
/// 0 for a difference that is only binary noise of the two.
double difference(double a, double b);

/// "<100", "Red", "R*": what a cell must hold for SUMIF and its kin.
class criterion {
public:
    criterion(const value&, reading&);
    bool met_by(const value&) const;
    bool meets_blank() const { return met_by(value{}); }

private:
    std::string operator_ = "=";
    value::what kind_ = value::what::text;
    double number_ = 0;
    std::string text_; ///< folded
    bool wild_ = false, bare_ = true;
};
/// With ? and *, and ~ before one that is meant as it stands. Both folded.
bool wildcard_match(std::string_view pattern, std::string_view text);

/// TEXT(number, format), dates and times of day included.
std::string formatted(const value&, const std::string& format, reading&);

} // namespace riskshare::workbook::detail

#endif
