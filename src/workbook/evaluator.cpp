// Walks a formula's tree. Debian's libixion (0.17) was weighed for it: it takes a workbook into a model of its own and
// computes all of it anew, so that one stale result moves every one after it, and a function that it names and does not
// implement is an error of the cell, not an open question.
#include "workbook/detail/evaluation.hpp"

#include "workbook/detail/shared_formula.hpp"

#include <riskshare/decimal.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace riskshare::workbook {

namespace detail {

namespace {

using node = formula::node;
using what = value::what;

char kind_at(const char* kinds, std::size_t i) {
    const std::size_t size = std::strlen(kinds), known = kinds[size - 1] == '*' ? size - 1 : size;
    if (i < known) return kinds[i];
    return known == size ? kinds[size - 1] : kinds[known - 2 + (i - known) % 2];
}

/// Calls for every place of arrays that are laid over each other; one row or column stretches.
template <class Call>
value for_each_place(const std::vector<std::shared_ptr<const matrix>>& over, reading& r, Call call) {
    std::uint32_t rows = 1, columns = 1;
    bool open = false;
    for (const auto& m : over) {
        rows = std::max(rows, m->rows);
        columns = std::max(columns, m->columns);
        open = open || m->open;
    }
    matrix out(rows, columns);
    out.open = open;
    r.spend(out.all.size());
    std::vector<value> items(over.size());
    for (std::uint32_t row = 0; row < rows; ++row)
        for (std::uint32_t column = 0; column < columns; ++column) {
            for (std::size_t i = 0; i < over.size(); ++i) {
                const matrix& m = *over[i];
                const std::uint32_t at = m.rows == 1 ? 0 : m.open ? std::min(row, m.rows - 1) : row;
                const std::uint32_t across = m.columns == 1 ? 0 : column;
                items[i] = at < m.rows && across < m.columns ? m.at(at, across) : value::error("#N/A");
            }
            try {
                out.at(row, column) = to_scalar(call(items), r);
            } catch (const error_met& e) {
                out.at(row, column) = value::error(e.text);
            }
        }
    return value::of(std::move(out));
}

value worked_out(const std::string& op, const value& left, const value& right, reading& r) {
    if (left.is_error()) throw error_met{left.text};
    if (right.is_error()) throw error_met{right.text};
    if (op == "&") return value::of(to_text(left, r) + to_text(right, r));
    if (op == "=") return value::of(compared(left, right) == 0);
    if (op == "<>") return value::of(compared(left, right) != 0);
    if (op == "<") return value::of(compared(left, right) < 0);
    if (op == ">") return value::of(compared(left, right) > 0);
    if (op == "<=") return value::of(compared(left, right) <= 0);
    if (op == ">=") return value::of(compared(left, right) >= 0);
    const double a = to_number(left, r), b = to_number(right, r);
    double out = 0;
    if (op == "+") {
        out = difference(a, -b);
    } else if (op == "-") {
        out = difference(a, b);
    } else if (op == "*") {
        out = a * b;
    } else if (op == "/") {
        if (b == 0) throw error_met{"#DIV/0!"};
        out = a / b;
    } else {
        if (a == 0 && b == 0) throw error_met{"#NUM!"};
        if (a == 0 && b < 0) throw error_met{"#DIV/0!"};
        out = std::pow(a, b);
    }
    if (!std::isfinite(out)) throw error_met{"#NUM!"};
    return value::of(out);
}

bool is_relative(std::string_view refers_to) {
    for (std::size_t i = 0; i < refers_to.size(); ++i)
        if (refers_to[i] >= '0' && refers_to[i] <= '9' && i > 0 && refers_to[i - 1] >= 'A' && refers_to[i - 1] <= 'Z')
            return true;
    return false;
}

} // namespace

sheet_view& evaluation::view_of(const std::string& name) {
    const std::string key = folded_text(name);
    const auto known = by_name_.find(key);
    if (known != by_name_.end()) return *known->second;
    if (!from_.has(name)) throw error_met{"#REF!"};
    views_.emplace_back(from_.read(name));
    by_name_[key] = &views_.back();
    return views_.back();
}

value evaluation::evaluated(const node& n, bool arrays) {
    if (++depth_ > 200) {
        depth_ = 0;
        throw not_evaluated{"a formula nested that deep"};
    }
    struct leave {
        int& depth;
        ~leave() { --depth; }
    } const at_the_end{depth_};
    switch (n.kind) {
    case node::what::number:
        return value::of(n.number);
    case node::what::text:
        return value::of(n.text);
    case node::what::boolean:
        return value::of(n.number != 0);
    case node::what::error:
        throw error_met{n.text};
    case node::what::missing:
        return {};
    case node::what::cells:
        return value::of(area{&view_of(n.cells.sheet.empty() ? *home_ : n.cells.sheet), n.cells.cells});
    case node::what::sheets:
        return of_sheets(n);
    case node::what::table:
        return of_table(n.text);
    case node::what::name:
        return named(n, arrays);
    case node::what::list:
        return of_list(n, arrays);
    case node::what::array:
        return of_array(n);
    case node::what::range:
        return of_range(n, arrays);
    case node::what::negate:
    case node::what::percent: {
        const bool negate = n.kind == node::what::negate;
        return lifted({operand(n.parts[0], arrays)}, arrays, [&](const std::vector<value>& a) {
            const double d = to_number(a[0], read);
            return value::of(negate ? -d : d / 100);
        });
    }
    case node::what::binary:
        return lifted({operand(n.parts[0], arrays), operand(n.parts[1], arrays)}, arrays,
                      [&](const std::vector<value>& a) { return worked_out(n.text, a[0], a[1], read); });
    case node::what::call:
        return call(n, arrays);
    }
    throw not_evaluated{};
}

/// An area of cells is a single value, or outright an array.
value evaluation::operand(const node& n, bool arrays) {
    value v = arrays ? caught(n, arrays) : evaluated(n, arrays);
    if (v.kind != what::area && v.kind != what::list) return v;
    if (!arrays) return to_scalar(v, read);
    value array;
    array.kind = what::array;
    array.items = to_matrix(v, read);
    return array.items->all.size() == 1 ? array.items->all[0] : array;
}

template <class Call>
value evaluation::lifted(std::vector<value> of, bool, Call call) {
    const bool any = std::any_of(of.begin(), of.end(), [](const value& v) { return v.kind == what::array; });
    if (!any) return call(of);
    std::vector<std::shared_ptr<const matrix>> over;
    for (const value& v : of) over.push_back(to_matrix(v, read));
    return for_each_place(over, read, call);
}

std::vector<std::string> evaluation::names_between(const std::string& first, const std::string& last) const {
    const auto& names = from_.sheet_names();
    const auto place = [&](const std::string& wanted) {
        return std::find_if(names.begin(), names.end(),
                            [&](const std::string& n) { return folded_text(n) == folded_text(wanted); });
    };
    auto begin = place(first), end = place(last);
    if (begin == names.end() || end == names.end()) throw error_met{"#REF!"};
    if (end < begin) std::swap(begin, end);
    return {begin, end + 1};
}

value evaluation::of_sheets(const node& n) {
    std::vector<area> all;
    for (const std::string& name : names_between(n.cells.sheet, n.text)) all.push_back({&view_of(name), n.cells.cells});
    value v;
    v.kind = what::list;
    v.areas = std::make_shared<const std::vector<area>>(std::move(all));
    return v;
}

value evaluation::of_list(const node& n, bool arrays) {
    std::vector<area> all;
    for (const node& part : n.parts) {
        const value v = evaluated(part, arrays);
        if (v.kind == what::area)
            all.push_back(v.cells);
        else if (v.kind == what::list)
            all.insert(all.end(), v.areas->begin(), v.areas->end());
        else
            throw error_met{"#VALUE!"};
    }
    value v;
    v.kind = what::list;
    v.areas = std::make_shared<const std::vector<area>>(std::move(all));
    return v;
}

value evaluation::of_array(const node& n) {
    const auto columns = static_cast<std::uint32_t>(n.number);
    matrix m(static_cast<std::uint32_t>(n.parts.size()) / columns, columns);
    for (std::size_t i = 0; i < n.parts.size(); ++i) m.all[i] = caught(n.parts[i], false);
    return value::of(std::move(m));
}

value evaluation::of_range(const node& n, bool arrays) {
    const value from = evaluated(n.parts[0], arrays), to = evaluated(n.parts[1], arrays);
    if (from.kind != what::area || to.kind != what::area || from.cells.in != to.cells.in) throw error_met{"#VALUE!"};
    const range &a = from.cells.cells, &b = to.cells.cells;
    return value::of(area{from.cells.in,
                          {{std::min(a.first.row, b.first.row), std::min(a.first.column, b.first.column)},
                           {std::max(a.last.row, b.last.row), std::max(a.last.column, b.last.column)}}});
}

/// Every sheet is read to find a table by its name, which the workbook knows it by.
void evaluation::find_tables() {
    if (tables_known_) return;
    tables_known_ = true;
    for (const std::string& name : from_.sheet_names())
        if (from_.part_of(name).find("/worksheets/") != std::string::npos)
            for (const table& t : view_of(name).cells.tables())
                tables_.emplace(folded_text(t.name), std::pair(&view_of(name), &t));
}

bool evaluation::is_table(const std::string& name) {
    find_tables();
    return tables_.count(folded_text(name)) != 0;
}

/// The name of the table that the formula stands in.
std::string evaluation::table_here() const {
    for (const auto& [name, held] : tables_)
        if (held.second->where.contains(read.here) && folded_text(held.first->cells.name()) == folded_text(*home_))
            return name;
    throw not_evaluated{"a table's columns without its name"};
}

value evaluation::of_table(const std::string& text) {
    find_tables();
    std::string wanted = folded_text(text.substr(0, text.find('[')));
    if (wanted.empty()) wanted = table_here();
    const auto found = tables_.find(wanted);
    if (found == tables_.end()) throw not_evaluated{"a table that is not there"};
    const address here = found->second.first == &view_of(*home_) ? read.here : address{0, 0};
    return value::of(area{found->second.first, cells_of_table(text, *found->second.second, here)});
}

const formula* evaluation::meaning(const std::string& name, const std::string& home) {
    const std::string key = folded_text(home) + "!" + folded_text(name);
    auto known = names_.find(key);
    if (known == names_.end()) {
        name_meaning found;
        bool any = false;
        for (const defined_name& d : from_.defined_names()) {
            if (folded_text(d.name) != folded_text(name)) continue;
            const bool own = folded_text(d.scope_sheet) == folded_text(home);
            if (!own && (!d.scope_sheet.empty() || any)) continue;
            any = true;
            found = {d.refers_to, {}, is_relative(d.refers_to)};
            const result<formula> parsed = parse_with_tables(d.refers_to);
            if (parsed) found.parsed = *parsed;
            if (own) break;
        }
        known = names_.emplace(key, std::move(found)).first;
    }
    name_meaning& found = known->second;
    if (found.text.empty()) return nullptr;
    if (found.relative) { // stands as it reads in A1
        if (read.here.row == 0) throw not_evaluated{"a name of relative cells"};
        const result<formula> moved = parse_with_tables(moved_formula(found.text, {1, 1}, read.here));
        found.parsed = moved ? std::optional<formula>(*moved) : std::nullopt;
    }
    if (!found.parsed) throw not_evaluated{"the name " + name};
    return &*found.parsed;
}

value evaluation::named(const node& n, bool arrays) {
    const std::string folded = folded_text(n.text);
    for (auto it = let_.rbegin(); it != let_.rend(); ++it)
        if (it->first == folded) return it->second;
    if (!n.cells.sheet.empty() && !from_.has(n.cells.sheet)) throw error_met{"#REF!"};
    const formula* found = meaning(n.text, n.cells.sheet.empty() ? *home_ : n.cells.sheet);
    if (found == nullptr && n.cells.sheet.empty() && is_table(n.text)) return of_table(n.text + "[]");
    if (found == nullptr) throw not_evaluated{"the name " + n.text + ", which is not defined"};
    const formula kept = *found;
    depth_ += 10;
    struct leave {
        int& depth;
        ~leave() { depth -= 10; }
    } const at_the_end{depth_};
    return evaluated(kept.root(), arrays);
}

/// A value, an error as one.
value evaluation::caught(const node& n, bool arrays) {
    const int depth = depth_;
    try {
        return evaluated(n, arrays);
    } catch (const error_met& e) {
        depth_ = depth;
        return value::error(e.text);
    }
}

value evaluation::call(const node& n, bool arrays) {
    if (const auto special = special_call(n, arrays)) return *special;
    const function* f = function_named(n.text);
    if (f == nullptr) throw not_evaluated{n.text};
    if (n.parts.size() < f->least || (f->most != any_number && n.parts.size() > f->most))
        throw not_evaluated{n.text + " with " + std::to_string(n.parts.size()) + " arguments"};
    std::vector<value> given;
    std::vector<std::size_t> singles;
    for (std::size_t i = 0; i < n.parts.size(); ++i) {
        const char kind = kind_at(f->kinds, i);
        const bool single = kind == 's' || kind == 'e';
        value v = kind == 's' && !arrays       ? evaluated(n.parts[i], false)
                  : kind == 'a' || kind == 'v' ? evaluated_or_error(n.parts[i], arrays || kind == 'a')
                                               : caught(n.parts[i], arrays);
        if (single && (v.kind == what::area || v.kind == what::list)) {
            if (arrays) {
                value array;
                array.kind = what::array;
                array.items = to_matrix(v, read);
                v = array.items->all.size() == 1 ? array.items->all[0] : array;
            } else {
                v = single_of(v, kind == 'e');
            }
        }
        if (kind == 's' && v.is_error()) throw error_met{v.text};
        if (single && v.kind == what::array) singles.push_back(i);
        given.push_back(std::move(v));
    }
    const auto work = [&]() -> value {
        try {
            return f->work(given, read);
        } catch (const not_evaluated& e) {
            if (!e.why.empty()) throw;
            throw not_evaluated{n.text + " of such values"};
        }
    };
    if (singles.empty()) return work();
    std::vector<std::shared_ptr<const matrix>> over;
    for (std::size_t i : singles) over.push_back(given[i].items);
    return for_each_place(over, read, [&](const std::vector<value>& items) {
        for (std::size_t k = 0; k < singles.size(); ++k) {
            if (items[k].is_error() && kind_at(f->kinds, singles[k]) == 's') throw error_met{items[k].text};
            given[singles[k]] = items[k];
        }
        return work();
    });
}

value evaluation::single_of(const value& v, bool errors_too) {
    try {
        return to_scalar(v, read);
    } catch (const error_met& e) {
        if (!errors_too) throw;
        return value::error(e.text);
    }
}

/// An error within what is handed on whole counts as one of its values.
value evaluation::evaluated_or_error(const node& n, bool arrays) { return caught(n, arrays); }

std::optional<value> evaluation::whole(const std::string& home, const formula& f, address here, bool arrays) {
    home_ = &home;
    depth_ = 0;
    let_.clear();
    read.largest = 0;
    read.met_new = false;
    read.here = here;
    why.clear();
    try {
        value v = evaluated(f.root(), arrays);
        if (arrays && (v.kind == what::area || v.kind == what::array)) {
            value array;
            array.kind = what::array;
            array.items = to_matrix(v, read);
            if (array.items->open) throw not_evaluated{"an array of whole columns"};
            return array;
        }
        v = to_scalar(v, read);
        return v.kind == what::blank ? value::of(0.0) : v;
    } catch (const not_evaluated& n) {
        why = n.why;
        return std::nullopt;
    } catch (const error_met& e) {
        return value::error(e.text);
    }
}

} // namespace detail
} // namespace riskshare::workbook
