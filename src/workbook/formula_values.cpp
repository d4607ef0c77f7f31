#include "workbook/detail/formula_values.hpp"

#include <riskshare/decimal.hpp>

namespace riskshare::workbook::detail {

using what = value::what;

double number_of_text(std::string_view digits) {
    const result<decimal> read = decimal_of_stored(digits);
    if (!read) throw not_evaluated{};
    const double coefficient = static_cast<double>(read->coefficient());
    return read->exponent() < 0 ? coefficient / std::pow(10.0, -read->exponent())
                                : coefficient * std::pow(10.0, read->exponent());
}

value value_of(const cell& c, reading& r) {
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
    if (c.has_formula) throw not_evaluated{};
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

namespace {

address one_of(const area& a, const reading& r) {
    address at = a.cells.first;
    const std::uint32_t rows = rows_of(a), columns = columns_of(a);
    if (rows == 1 && columns == 1) return at;
    if (r.element_of_array) {
        const element& e = *r.element_of_array;
        if ((rows != 1 && rows != e.rows) || (columns != 1 && columns != e.columns)) throw not_evaluated{};
        return {at.row + (rows == 1 ? 0 : e.row), at.column + (columns == 1 ? 0 : e.column)};
    }
    if (columns == 1 && r.here.row >= at.row && r.here.row <= a.cells.last.row) return {r.here.row, at.column};
    if (rows == 1 && r.here.column >= at.column && r.here.column <= a.cells.last.column) return {at.row, r.here.column};
    throw not_evaluated{};
}

} // namespace

value to_scalar(const value& v, reading& r) {
    if (v.kind != what::area) return v;
    if (r.cells_left == 0) throw not_evaluated{};
    --r.cells_left;
    const cell* c = v.cells.in->find(one_of(v.cells, r));
    return c == nullptr ? value{} : value_of(*c, r);
}

double to_number(const value& given, reading& r) {
    const value v = to_scalar(given, r);
    switch (v.kind) {
    case what::blank:
        return 0;
    case what::number:
    case what::boolean:
        return v.number;
    case what::error:
        throw error_met{v.text};
    default:
        break;
    }
    throw not_evaluated{}; // a text that may or may not look like a number to the locale of the day
}

std::string to_text(const value& given, reading& r) {
    const value v = to_scalar(given, r);
    if (v.kind == what::blank) return "";
    if (v.kind == what::text) return v.text;
    if (v.kind == what::boolean) return v.number != 0 ? "TRUE" : "FALSE";
    if (v.kind == what::error) throw error_met{v.text};
    const double whole = std::nearbyint(v.number);
    if (whole != v.number || std::fabs(whole) > 1e15) throw not_evaluated{};
    return std::to_string(static_cast<long long>(whole));
}

bool to_truth(const value& given, reading& r) {
    const value v = to_scalar(given, r);
    if (v.kind == what::text) throw not_evaluated{};
    return to_number(v, r) != 0;
}

void each_cell(const area& a, reading& r, const std::function<void(const cell&)>& visit) {
    const std::uint32_t last = std::min(a.cells.last.row, a.in->used().last.row);
    for (std::uint32_t row = a.cells.first.row; row <= last; ++row) {
        const std::span<const cell> cells = a.in->row(row);
        auto it = std::lower_bound(cells.begin(), cells.end(), a.cells.first.column,
                                   [](const cell& c, std::uint32_t column) { return c.at.column < column; });
        if (r.cells_left == 0) throw not_evaluated{};
        --r.cells_left;
        for (; it != cells.end() && it->at.column <= a.cells.last.column; ++it) {
            if (r.cells_left == 0) throw not_evaluated{};
            --r.cells_left;
            visit(*it);
        }
    }
}

namespace {

bool wildcard_match(std::string_view pattern, std::string_view text) {
    std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

} // namespace

criterion::criterion(const value& given, reading& r) {
    const value v = to_scalar(given, r);
    if (v.is_error() || v.kind == what::boolean) throw not_evaluated{};
    if (v.kind != what::text) {
        numeric_ = true;
        number_ = v.number;
        return;
    }
    std::string_view text = v.text;
    for (std::string_view op : {"<=", ">=", "<>", "<", ">", "="})
        if (text.substr(0, op.size()) == op) {
            operator_ = op;
            text.remove_prefix(op.size());
            break;
        }
    if (text.find('~') != std::string_view::npos) throw not_evaluated{};
    if (const result<decimal> number = parse_decimal(text)) {
        numeric_ = true;
        number_ = number_of_text(text);
        return;
    }
    text_ = folded_text(text);
    wild_ = text_.find_first_of("*?") != std::string::npos;
    const bool ordered = operator_ != "=" && operator_ != "<>";
    // Dates and percentages in quotes are read by the locale; order among texts by collation.
    if (ordered || (!text_.empty() && (text_.front() >= '0' && text_.front() <= '9'))) throw not_evaluated{};
}

bool criterion::met_by(const cell* c) const {
    const bool blank = c == nullptr || c->kind == cell_kind::blank;
    if (numeric_) {
        if (blank || c->kind != cell_kind::number) return operator_ == "<>";
        const double n = number_of_text(c->text);
        if (operator_ == "=") return n == number_;
        if (operator_ == "<>") return n != number_;
        if (operator_ == "<") return n < number_;
        if (operator_ == ">") return n > number_;
        return operator_ == "<=" ? n <= number_ : n >= number_;
    }
    bool same = false;
    if (blank)
        same = text_.empty();
    else if (c->kind == cell_kind::text)
        same = wild_ ? wildcard_match(text_, folded_text(c->text)) : folded_text(c->text) == text_;
    return operator_ == "<>" ? !same : same;
}

} // namespace riskshare::workbook::detail
