// Each formula is recomputed by itself from what its inputs store. Debian's libixion (0.17) was weighed for it: it
// takes a workbook into a model of its own and computes all of it anew, so that one stale result moves every one after
// it, and a function that it names and does not implement is an error of the cell, not an open question.
#include "workbook/detail/formula_tree.hpp"
#include "workbook/detail/formula_values.hpp"

#include <riskshare/decimal.hpp>

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace riskshare::workbook {

namespace {

using detail::area;
using detail::error_met;
using detail::not_evaluated;
using detail::reading;
using detail::value;
using node = formula::node;

bool one_of(const std::string& name, std::initializer_list<const char*> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

int compared(const value& a, const value& b) {
    auto rank = [](const value& v) { return v.kind == value::what::text ? 1 : v.kind == value::what::boolean ? 2 : 0; };
    if (a.kind == value::what::blank && b.kind == value::what::text) return b.text.empty() ? 0 : -1;
    if (b.kind == value::what::blank && a.kind == value::what::text) return a.text.empty() ? 0 : 1;
    const bool blank = a.kind == value::what::blank || b.kind == value::what::blank; // also equal to FALSE
    if (!blank && rank(a) != rank(b)) return rank(a) < rank(b) ? -1 : 1;
    if (rank(a) == 1) {
        const std::string left = detail::folded_text(a.text), right = detail::folded_text(b.text);
        return left == right ? 0 : left < right ? -1 : 1;
    }
    return a.number < b.number ? -1 : a.number > b.number ? 1 : 0;
}

} // namespace

struct evaluator::state {
    const book& from;
    std::deque<sheet> sheets;
    std::unordered_map<std::string, const sheet*> by_name;
    std::unordered_map<std::string, std::optional<formula>> names;
    std::unordered_map<std::string, std::pair<const sheet*, const table*>> tables;
    bool tables_known = false;
    reading read;

    explicit state(const book& b) : from(b) { read.from_1904 = b.dates_from_1904(); }

    const sheet& sheet_of(const std::string& name) {
        const std::string key = detail::folded_text(name);
        const auto known = by_name.find(key);
        if (known != by_name.end()) return *known->second;
        if (!from.has(name)) throw not_evaluated{};
        sheets.push_back(from.read(name));
        by_name[key] = &sheets.back();
        return sheets.back();
    }

    value evaluated(const node& n, const std::string& home, int depth) {
        if (depth > 100) throw not_evaluated{};
        switch (n.kind) {
        case node::what::number:
            return value::of(n.number);
        case node::what::text:
            return value::of(n.text);
        case node::what::boolean:
            return value::of(n.number != 0);
        case node::what::error:
            return value::error(n.text);
        case node::what::missing:
            return {};
        case node::what::cells:
            return value::of(area{&sheet_of(n.cells.sheet.empty() ? home : n.cells.sheet), n.cells.cells});
        case node::what::table:
            return of_table(n.text, home);
        case node::what::name:
            return named(n.text, home, depth);
        case node::what::negate:
            return value::of(-detail::to_number(evaluated(n.parts[0], home, depth + 1), read));
        case node::what::percent:
            return value::of(detail::to_number(evaluated(n.parts[0], home, depth + 1), read) / 100);
        case node::what::binary:
            return binary(n, home, depth);
        case node::what::call:
            return call(n, home, depth);
        }
        throw not_evaluated{};
    }

    /// Every sheet is read to find a table by its name, which the workbook knows it by.
    value of_table(const std::string& text, const std::string& home) {
        const std::string wanted = detail::folded_text(text.substr(0, text.find('[')));
        if (!tables_known) {
            for (const std::string& name : from.sheet_names())
                if (from.part_of(name).find("/worksheets/") != std::string::npos)
                    for (const table& t : sheet_of(name).tables())
                        tables.emplace(detail::folded_text(t.name), std::pair(&sheet_of(name), &t));
            tables_known = true;
        }
        const auto found = tables.find(wanted);
        if (found == tables.end()) throw not_evaluated{};
        const address here = found->second.first == &sheet_of(home) ? read.here : address{0, 0};
        return value::of(area{found->second.first, detail::cells_of_table(text, *found->second.second, here)});
    }

    value named(const std::string& name, const std::string& home, int depth) {
        const std::string key = detail::folded_text(home) + "!" + detail::folded_text(name);
        auto known = names.find(key);
        if (known == names.end()) {
            std::optional<formula> found;
            for (const defined_name& d : from.defined_names()) {
                if (detail::folded_text(d.name) != detail::folded_text(name)) continue;
                const bool own = detail::folded_text(d.scope_sheet) == detail::folded_text(home);
                if (!own && (!d.scope_sheet.empty() || found)) continue;
                const result<formula> parsed = detail::parse_with_tables(d.refers_to);
                found = parsed ? std::optional<formula>(*parsed) : std::nullopt;
                if (own) break;
            }
            known = names.emplace(key, found).first;
        }
        if (!known->second) throw not_evaluated{};
        const formula meaning = *known->second;
        return evaluated(meaning.root(), home, depth + 10);
    }

    value binary(const node& n, const std::string& home, int depth) {
        const value left = detail::to_scalar(evaluated(n.parts[0], home, depth + 1), read);
        const value right = detail::to_scalar(evaluated(n.parts[1], home, depth + 1), read);
        if (left.is_error()) throw error_met{left.text};
        if (right.is_error()) throw error_met{right.text};
        const std::string& op = n.text;
        if (op == "&") return value::of(detail::to_text(left, read) + detail::to_text(right, read));
        if (op == "=") return value::of(compared(left, right) == 0);
        if (op == "<>") return value::of(compared(left, right) != 0);
        if (op == "<") return value::of(compared(left, right) < 0);
        if (op == ">") return value::of(compared(left, right) > 0);
        if (op == "<=") return value::of(compared(left, right) <= 0);
        if (op == ">=") return value::of(compared(left, right) >= 0);
        const double a = detail::to_number(left, read), b = detail::to_number(right, read);
        if (op == "+") return value::of(a + b);
        if (op == "-") return value::of(a - b);
        if (op == "*") return value::of(a * b);
        if (op == "/") {
            if (b == 0) throw error_met{"#DIV/0!"};
            return value::of(a / b);
        }
        const double power = std::pow(a, b);
        if (!std::isfinite(power)) throw not_evaluated{};
        return value::of(power);
    }

    value call(const node& n, const std::string& home, int depth) {
        auto part = [&](std::size_t i) { return evaluated(n.parts[i], home, depth + 1); };
        const std::string& f = n.text;
        if (f == "IF") {
            if (n.parts.size() < 2 || n.parts.size() > 3) throw not_evaluated{};
            const bool yes = detail::to_truth(part(0), read);
            if (yes) return detail::to_scalar(part(1), read);
            return n.parts.size() == 3 ? detail::to_scalar(part(2), read) : value::of(false);
        }
        if ((f == "IFERROR" || f == "IFNA") && n.parts.size() == 2) {
            const value v = caught(n.parts[0], home, depth);
            return v.is_error() && (f == "IFERROR" || v.text == "#N/A") ? detail::to_scalar(part(1), read) : v;
        }
        if (one_of(f, {"ISERROR", "ISNA", "ISERR", "ISNUMBER", "ISTEXT"}) && n.parts.size() == 1) {
            const value v = caught(n.parts[0], home, depth);
            if (f == "ISNUMBER" || f == "ISTEXT")
                return value::of(v.kind == (f == "ISNUMBER" ? value::what::number : value::what::text));
            const bool missing = v.is_error() && v.text == "#N/A";
            return value::of(f == "ISNA" ? missing : v.is_error() && (f == "ISERROR" || !missing));
        }
        if (f == "CHOOSE" && n.parts.size() >= 2) {
            const double which = std::floor(detail::to_number(part(0), read));
            if (which < 1 || which >= static_cast<double>(n.parts.size())) throw error_met{"#VALUE!"};
            return part(static_cast<std::size_t>(which));
        }
        if (f == "INDIRECT" && n.parts.size() == 1) {
            const result<formula> meant = detail::parse_with_tables(detail::to_text(part(0), read));
            if (!meant) throw not_evaluated{};
            const node& target = meant->root();
            if (target.kind == node::what::cells && !target.cells.sheet.empty() && !from.has(target.cells.sheet))
                throw error_met{"#REF!"};
            if (target.kind != node::what::cells && target.kind != node::what::table) throw not_evaluated{};
            return evaluated(target, home, depth + 1);
        }
        if (f == "SUMPRODUCT" && !read.element_of_array) return sum_product(n, home, depth);
        std::vector<value> arguments;
        for (std::size_t i = 0; i < n.parts.size(); ++i) arguments.push_back(part(i));
        return detail::call_function(f, arguments, read);
    }

    /// A single value, an error as one.
    value caught(const node& n, const std::string& home, int depth) {
        try {
            return detail::to_scalar(evaluated(n, home, depth + 1), read);
        } catch (const error_met& e) {
            return value::error(e.text);
        }
    }

    /// The shape that the areas of an argument of SUMPRODUCT share. Only operators and functions of single values go
    /// through arrays one by one.
    void widen(const node& n, const std::string& home, int depth, detail::element& shape, std::uint32_t& stored) {
        if (depth > 100) throw not_evaluated{};
        if (n.kind == node::what::cells || n.kind == node::what::table || n.kind == node::what::name) {
            const value v = evaluated(n, home, depth + 1);
            if (v.kind != value::what::area) return;
            const std::uint32_t rows = detail::rows_of(v.cells), last = v.cells.in->used().last.row;
            if (rows > 1 && last >= v.cells.cells.first.row)
                stored = std::max(stored, std::min(rows, last - v.cells.cells.first.row + 1));
            shape.rows = std::max(shape.rows, rows);
            shape.columns = std::max(shape.columns, detail::columns_of(v.cells));
            return;
        }
        if (n.kind == node::what::call &&
            !one_of(n.text,
                    {"ABS",  "SIGN",  "INT", "ROUND", "NOT",   "ISNUMBER", "ISTEXT", "ISERROR", "ISBLANK", "LEN",
                     "LEFT", "RIGHT", "MID", "YEAR",  "MONTH", "DAY",      "TRIM",   "UPPER",   "LOWER",   "N"}))
            throw not_evaluated{};
        for (const node& part : n.parts) widen(part, home, depth + 1, shape, stored);
    }

    value sum_product(const node& n, const std::string& home, int depth) {
        if (std::all_of(n.parts.begin(), n.parts.end(), [](const node& p) { return p.kind == node::what::cells; })) {
            std::vector<value> areas;
            for (const node& p : n.parts) areas.push_back(evaluated(p, home, depth + 1));
            return detail::call_function(n.text, areas, read);
        }
        detail::element shape;
        std::uint32_t stored = 1;
        for (const node& p : n.parts) widen(p, home, depth + 1, shape, stored);
        const std::uint32_t rows = std::min(shape.rows, stored + 1); // one stands for all that lie below
        double total = 0;
        struct ended {
            std::optional<detail::element>& of;
            ~ended() { of.reset(); }
        } const at_the_end{read.element_of_array};
        for (std::uint32_t row = 0; row < rows; ++row)
            for (std::uint32_t column = 0; column < shape.columns; ++column) {
                read.element_of_array = detail::element{shape.rows, shape.columns, row, column};
                double product = 1;
                for (const node& p : n.parts) {
                    const value v = detail::to_scalar(evaluated(p, home, depth + 1), read);
                    if (v.is_error()) throw error_met{v.text};
                    product *= v.kind == value::what::number ? v.number : 0;
                }
                if (row == stored && product != 0) throw not_evaluated{};
                total += product;
            }
        return value::of(total);
    }

    std::optional<value> whole(std::string_view home, const std::string& text, address here) {
        const result<formula> parsed = detail::parse_with_tables(text);
        if (!parsed) return std::nullopt;
        read.largest = 0;
        read.here = here;
        try {
            return detail::to_scalar(evaluated(parsed->root(), std::string(home), 0), read);
        } catch (const not_evaluated&) {
            return std::nullopt;
        } catch (const error_met& e) {
            return value::error(e.text);
        }
    }
};

evaluator::evaluator(const book& b, std::size_t most_cells) : state_(std::make_unique<state>(b)) {
    state_->read.cells_left = most_cells;
}
evaluator::~evaluator() = default;

namespace {

/// At 12 significant digits: what the eye sees, without the noise of binary fractions.
std::string digits_of(double n) {
    if (n == 0 || !std::isfinite(n)) return "0";
    const int exponent = static_cast<int>(std::floor(std::log10(std::fabs(n)))) - 11;
    const double scaled = exponent < 0 ? n * std::pow(10.0, -exponent) : n / std::pow(10.0, exponent);
    const decimal d = decimal(static_cast<std::int64_t>(std::llround(scaled)), exponent).normalised();
    return to_string(d);
}

std::string text_of(const value& v) {
    if (v.kind == value::what::number) return digits_of(v.number);
    if (v.kind == value::what::boolean) return v.number != 0 ? "TRUE" : "FALSE";
    return v.kind == value::what::blank ? "0" : v.text;
}

} // namespace

recomputed evaluator::check(std::string_view sheet, const cell& c) {
    if (!c.has_formula || c.formula.empty()) return {};
    if (c.kind == cell_kind::blank) return {};
    const std::optional<value> got = state_->whole(sheet, std::string(c.formula), c.at);
    if (!got || got->is_error() != (c.kind == cell_kind::error)) return {};
    if (got->is_error()) return got->text == c.text ? recomputed{freshness::fresh, got->text} : recomputed{};
    recomputed out{freshness::fresh, text_of(*got)};
    bool same = false;
    if (c.kind == cell_kind::number) {
        if (got->kind == value::what::text) return {};
        double stored = 0;
        try {
            stored = detail::number_of_text(c.text);
        } catch (const not_evaluated&) {
            return {};
        }
        // Binary sums of large numbers lose what lies beyond the fifteenth digit of the largest.
        const double noise = 1e-11 * std::max({state_->read.largest, std::fabs(stored), std::fabs(got->number), 1e-3});
        same = std::fabs(stored - got->number) <= noise;
    } else if (c.kind == cell_kind::boolean) {
        if (got->kind != value::what::boolean) return {};
        same = (got->number != 0) == (c.text == "TRUE");
    } else {
        if (got->kind != value::what::text) return {};
        same = got->text == c.text;
    }
    if (!same) out.state = freshness::stale;
    return out;
}

std::optional<std::string> evaluator::computed(std::string_view sheet, const std::string& text) {
    const std::optional<detail::value> got = state_->whole(sheet, text, {0, 0});
    if (!got || got->is_error()) return std::nullopt;
    return text_of(*got);
}

} // namespace riskshare::workbook
