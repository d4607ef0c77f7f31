#include "workbook/detail/formula_values.hpp"

#include "workbook/detail/dates.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace riskshare::workbook::detail {

using what = value::what;

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

long double power_of_ten(int n) {
    long double out = 1, base = 10;
    for (unsigned left = static_cast<unsigned>(n); left != 0; left >>= 1, base *= base)
        if ((left & 1) != 0) out *= base;
    return out;
}

/// "-12.5E3", whole; nothing for anything else.
std::optional<double> plain_number(std::string_view s) {
    std::size_t i = 0;
    const bool negative = i < s.size() && s[i] == '-';
    if (i < s.size() && (s[i] == '-' || s[i] == '+')) ++i;
    std::uint64_t coefficient = 0;
    int exponent = 0, kept = 0;
    bool any = false, point = false;
    for (; i < s.size() && (is_digit(s[i]) || (s[i] == '.' && !point)); ++i) {
        if (s[i] == '.') {
            point = true;
            continue;
        }
        any = true;
        if (kept < 18) {
            coefficient = coefficient * 10 + static_cast<unsigned>(s[i] - '0');
            kept += coefficient != 0;
            exponent -= point;
        } else {
            exponent += !point;
        }
    }
    if (!any) return std::nullopt;
    if (i < s.size() && (s[i] == 'E' || s[i] == 'e')) {
        ++i;
        const bool down = i < s.size() && s[i] == '-';
        if (i < s.size() && (s[i] == '-' || s[i] == '+')) ++i;
        if (i == s.size()) return std::nullopt;
        int power = 0;
        for (; i < s.size() && is_digit(s[i]); ++i) power = power < 10'000 ? power * 10 + (s[i] - '0') : power;
        exponent += down ? -power : power;
    }
    if (i != s.size()) return std::nullopt;
    if (coefficient == 0) return 0.0;
    if (exponent > 308 || exponent < -340) return std::nullopt;
    const auto n = static_cast<long double>(coefficient);
    const auto scaled = static_cast<double>(exponent < 0 ? n / power_of_ten(-exponent) : n * power_of_ten(exponent));
    if (!std::isfinite(scaled)) return std::nullopt;
    return negative ? -scaled : scaled;
}

bool is_month(std::string_view word) {
    for (std::string_view month : {"january", "february", "march", "april", "may", "june", "july", "august",
                                   "september", "october", "november", "december"})
        if (word.size() >= 3 && month.substr(0, word.size()) == word) return true;
    return word == "sept";
}

/// "12 High Street", "030-0074321": with a word that no date holds, or more digits in a row than a day, month or year.
bool cannot_be_date(std::string_view text) {
    const std::string folded = folded_text(text) + ' ';
    std::string word, digits;
    bool parts = false;
    std::size_t longest = 0;
    for (const char c : folded) {
        if (c >= 'a' && c <= 'z') word += c;
        if (is_digit(c)) digits += c;
        parts = parts || c == '-' || c == '/';
        longest = std::max(longest, digits.size());
        if (!is_digit(c)) digits.clear();
        if ((c >= 'a' && c <= 'z') || word.empty()) continue;
        if (!is_month(word) && word != "am" && word != "pm" && word != "a" && word != "p" && word != "e") return true;
        word.clear();
    }
    return parts && longest > 4;
}

} // namespace

double number_of_text(std::string_view digits) {
    const std::optional<double> n = plain_number(digits);
    if (!n) throw not_evaluated{};
    return *n;
}

std::string stored_digits(double n) {
    if (n == 0) return "0";
    char buffer[40];
    for (int digits = 15; digits <= 17; ++digits) {
        std::snprintf(buffer, sizeof buffer, "%.*g", digits, n);
        for (char& c : buffer) // the decimal point of the country
            if (c == ',') c = '.';
        if (digits == 17 || plain_number(buffer) == n) break;
    }
    std::string out = buffer;
    const std::size_t e = out.find('e');
    if (e == std::string::npos) return out;
    const int power = std::atoi(out.c_str() + e + 1);
    out.erase(e);
    return out + "E" + (power < 0 ? "-" : "+") + (std::abs(power) < 10 ? "0" : "") + std::to_string(std::abs(power));
}

std::string general_text(double n) {
    if (n == 0) return "0";
    const double size = std::fabs(n);
    char buffer[64];
    if (size >= 1e15 || size < 1e-4) {
        if (size >= 1e21 || size < 1e-9) throw not_evaluated{"very large or small numbers as text"};
        std::snprintf(buffer, sizeof buffer, "%.*f", size >= 1 ? 0 : 20, n);
        if (size < 1) { // 15 significant digits
            char shorter[64];
            std::snprintf(shorter, sizeof shorter, "%.14e", n);
            const int power = std::atoi(std::string(shorter).substr(std::string(shorter).find('e') + 1).c_str());
            std::snprintf(buffer, sizeof buffer, "%.*f", 14 - power, n);
        }
    } else {
        std::snprintf(buffer, sizeof buffer, "%.15g", n);
    }
    std::string out = buffer;
    for (char& c : out)
        if (c == ',') c = '.';
    if (out.find('.') != std::string::npos) {
        out.erase(out.find_last_not_of('0') + 1);
        if (out.back() == '.') out.pop_back();
    }
    return out;
}

double number_in_text(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    if (const std::optional<double> n = plain_number(text)) return *n;
    std::string bare;
    bool bracket = false, percent = false, digit = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        digit = digit || is_digit(c);
        if (c == ',' && i > 0 && i + 3 < text.size() + 0 && is_digit(text[i - 1])) continue;
        if (c == '(' && i == 0) {
            bracket = true;
        } else if (c == ')' && i + 1 == text.size() && bracket) {
            continue;
        } else if (c == '%' && i + 1 == text.size()) {
            percent = true;
        } else if (c == '\xC2' && i + 1 < text.size() && text[i + 1] == '\xA3') {
            ++i;
        } else {
            bare += c;
        }
    }
    if (!digit) throw error_met{"#VALUE!"};
    if (const std::optional<double> n = plain_number(bare)) return (bracket ? -*n : *n) / (percent ? 100 : 1);
    if (const auto serial = serial_of_iso(text, false)) return number_of_text(*serial);
    // Two dates, a time, or a word with a digit in it? Only the last is sure to be no number.
    const bool like_date = text.find_first_of("/:-., ") != std::string_view::npos;
    if (like_date && !cannot_be_date(text)) throw not_evaluated{"a text that may be a date or number of some country"};
    throw error_met{"#VALUE!"};
}

value value_of(const sheet_view& in, const cell& c, reading& r) {
    if (!in.states.empty()) {
        const std::size_t i = in.index(c);
        const sheet_view::result state = in.states[i];
        if (state != sheet_view::result::stored) r.met_new = true;
        if (state == sheet_view::result::pending) throw needs_first{const_cast<sheet_view*>(&in), i};
        if (state == sheet_view::result::unknown)
            throw not_evaluated{"it depends on '" + in.cells.name() + "'!" + to_string(c.at)};
        if (state == sheet_view::result::known) {
            const value& v = in.results.at(i);
            if (v.kind == what::number) r.largest = std::max(r.largest, std::fabs(v.number));
            return v;
        }
    }
    switch (c.kind) {
    case cell_kind::number: {
        const value v = value::of(number_of_text(c.text));
        r.largest = std::max(r.largest, std::fabs(v.number));
        return v;
    }
    case cell_kind::text:
        return value::of(std::string(c.text));
    case cell_kind::boolean:
        return value::of(c.text == "TRUE");
    case cell_kind::error:
        return value::error(std::string(c.text));
    case cell_kind::blank:
        break;
    }
    // A formula whose result was never stored is not a blank.
    if (c.has_formula) throw not_evaluated{"a formula without a stored result"};
    return {};
}

std::string folded_text(std::string_view s) {
    std::string out(s);
    for (char& c : out) {
        if (static_cast<unsigned char>(c) >= 0x80) continue;
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

value value_at(const area& a, std::uint32_t row, std::uint32_t column, reading& r) {
    r.spend();
    const cell* c = a.in->cells.find({a.cells.first.row + row, a.cells.first.column + column});
    return c == nullptr ? value{} : value_of(*a.in, *c, r);
}

value to_scalar(const value& v, reading& r) {
    if (v.is_single()) return v;
    if (v.kind == what::array) return v.items->all.empty() ? value{} : v.items->all.front();
    if (v.kind == what::list) throw error_met{"#VALUE!"};
    const range& c = v.cells.cells;
    const std::uint32_t rows = rows_of(v.cells), columns = columns_of(v.cells);
    if (rows == 1 && columns == 1) return value_at(v.cells, 0, 0, r);
    if (r.here.row == 0) throw not_evaluated{};
    if (columns == 1 && r.here.row >= c.first.row && r.here.row <= c.last.row)
        return value_at(v.cells, r.here.row - c.first.row, 0, r);
    if (rows == 1 && r.here.column >= c.first.column && r.here.column <= c.last.column)
        return value_at(v.cells, 0, r.here.column - c.first.column, r);
    throw error_met{"#VALUE!"};
}

double to_number(const value& given, reading& r) {
    const value v = to_scalar(given, r);
    if (v.kind == what::error) throw error_met{v.text};
    return v.kind == what::blank ? 0 : v.kind == what::text ? number_in_text(v.text) : v.number;
}

std::string to_text(const value& given, reading& r) {
    const value v = to_scalar(given, r);
    if (v.kind == what::error) throw error_met{v.text};
    if (v.kind == what::boolean) return v.number != 0 ? "TRUE" : "FALSE";
    return v.kind == what::blank ? std::string() : v.kind == what::text ? v.text : general_text(v.number);
}

bool to_truth(const value& given, reading& r) {
    const value v = to_scalar(given, r);
    if (v.kind != what::text) return to_number(v, r) != 0;
    const std::string word = folded_text(v.text);
    if (word != "true" && word != "false") throw error_met{"#VALUE!"};
    return word == "true";
}

std::shared_ptr<const matrix> to_matrix(const value& v, reading& r) {
    if (v.kind == what::array) return v.items;
    if (v.kind == what::list) throw not_evaluated{"a union of ranges"};
    if (v.kind != what::area) {
        matrix one(1, 1);
        one.all[0] = v;
        return std::make_shared<const matrix>(std::move(one));
    }
    const area& a = v.cells;
    const std::uint32_t used = a.in->cells.used().last.row, first = a.cells.first.row, rows = rows_of(a);
    const std::uint32_t stored = used < first ? 0 : std::min(rows, used - first + 1);
    const bool open = rows > 10'000 && stored + 1 < rows;
    matrix m(open ? stored + 1 : rows, columns_of(a));
    r.spend(m.all.size());
    m.open = open;
    each_cell(a, r, [&](const cell& c) {
        m.at(c.at.row - first, c.at.column - a.cells.first.column) = value_of(*a.in, c, r);
    });
    return std::make_shared<const matrix>(std::move(m));
}

int compared(const value& a, const value& b) {
    const auto rank = [](const value& v) { return v.kind == what::text ? 1 : v.kind == what::boolean ? 2 : 0; };
    if (a.kind == what::blank && b.kind == what::text) return b.text.empty() ? 0 : -1;
    if (b.kind == what::blank && a.kind == what::text) return a.text.empty() ? 0 : 1;
    const bool blank = a.kind == what::blank || b.kind == what::blank; // also equal to FALSE
    if (!blank && rank(a) != rank(b)) return rank(a) < rank(b) ? -1 : 1;
    if (rank(a) == 1) {
        const std::string left = folded_text(a.text), right = folded_text(b.text);
        return left == right ? 0 : left < right ? -1 : 1;
    }
    const double noise = std::ldexp(std::max(std::fabs(a.number), std::fabs(b.number)), -49);
    if (std::fabs(a.number - b.number) <= noise) return 0;
    return a.number < b.number ? -1 : 1;
}

} // namespace riskshare::workbook::detail
