// Sums, counts and averages, with those that leave out hidden rows.
#include "workbook/detail/formula_functions.hpp"

#include <algorithm>
#include <cmath>

namespace riskshare::workbook::detail {

namespace {

using what = value::what;

/// Every value of the arguments: `outright` for one that is written in the formula itself.
template <class Visit>
void each_value(std::span<const value> given, reading& r, Visit visit) {
    for (const value& v : given) {
        if (v.kind == what::area) {
            each_cell(v.cells, r, [&](const cell& c) { visit(value_of(*v.cells.in, c, r), false); });
        } else if (v.kind == what::list) {
            for (const area& a : *v.areas) each_cell(a, r, [&](const cell& c) { visit(value_of(*a.in, c, r), false); });
        } else if (v.kind == what::array) {
            for (const value& item : v.items->all) visit(item, false);
            // What stands for all cells below may not count, and whether it does is not for a sum to say.
            if (v.items->open)
                for (std::uint32_t c = 0; c < v.items->columns; ++c) {
                    const value& rest = v.items->at(v.items->rows - 1, c);
                    need(rest.kind == what::blank || (rest.is_single() && !rest.is_error() && rest.number == 0));
                }
        } else {
            visit(v, true);
        }
    }
}

template <class Visit>
void each_number(std::span<const value> given, reading& r, Visit visit) {
    each_value(given, r, [&](const value& v, bool outright) {
        if (v.is_error()) throw error_met{v.text};
        if (v.kind == what::number)
            visit(v.number);
        else if (outright)
            visit(to_number(v, r));
    });
}

value sum(const arguments& a, reading& r) {
    double total = 0;
    each_number(a, r, [&](double n) { total += n; });
    return value::of(total);
}

value product(const arguments& a, reading& r) {
    double out = 1;
    bool any = false;
    each_number(a, r, [&](double n) {
        out *= n;
        any = true;
    });
    return value::of(any ? out : 0.0);
}

value extreme(const arguments& a, reading& r, bool largest) {
    bool any = false;
    double best = 0;
    each_number(a, r, [&](double n) {
        if (!any || (largest ? n > best : n < best)) best = n;
        any = true;
    });
    return value::of(best);
}

value average(const arguments& a, reading& r) {
    double total = 0, count = 0;
    each_number(a, r, [&](double n) {
        total += n;
        ++count;
    });
    if (count == 0) fail("#DIV/0!");
    return value::of(total / count);
}

/// MAXA, MINA, AVERAGEA: texts in cells are 0, truths 1 and 0.
std::vector<double> all_as_numbers(const arguments& a, reading& r) {
    std::vector<double> out;
    each_value(a, r, [&](const value& v, bool outright) {
        if (v.is_error()) throw error_met{v.text};
        if (v.kind == what::blank && !outright) return;
        out.push_back(v.kind == what::text && !outright ? 0 : to_number(v, r));
    });
    return out;
}

value counted_numbers(const arguments& a, reading& r) {
    double count = 0;
    each_value(a, r, [&](const value& v, bool outright) {
        if (v.kind == what::text && outright) {
            try {
                (void)number_in_text(v.text);
                ++count;
            } catch (const error_met&) {
            }
        } else {
            count += v.kind == what::number || (outright && v.kind != what::error);
        }
    });
    return value::of(count);
}

value counted_all(const arguments& a, reading& r) {
    double count = 0;
    each_value(a, r, [&](const value& v, bool outright) { count += outright || v.kind != what::blank; });
    return value::of(count);
}

value counted_blanks(const arguments& a, reading& r) {
    need(a[0].kind == what::area);
    double filled = 0;
    each_cell(a[0].cells, r, [&](const cell& c) {
        const value v = value_of(*a[0].cells.in, c, r);
        filled += v.kind != what::blank && !(v.kind == what::text && v.text.empty());
    });
    return value::of(static_cast<double>(rows_of(a[0].cells)) * columns_of(a[0].cells) - filled);
}

value sum_product(const arguments& a, reading& r) {
    std::vector<std::shared_ptr<const matrix>> of;
    for (const value& v : a) of.push_back(to_matrix(v, r));
    const matrix& first = *of.front();
    std::uint32_t rows = first.rows;
    bool open = false;
    for (const auto& m : of) {
        open = open || m->open;
        rows = std::max(rows, m->rows);
        if (m->columns != first.columns) fail("#VALUE!");
    }
    double total = 0;
    for (const auto& m : of)
        if (m->rows != rows && !m->open) fail("#VALUE!");
    for (std::uint32_t row = 0; row < rows; ++row)
        for (std::uint32_t column = 0; column < first.columns; ++column) {
            double p = 1;
            for (const auto& m : of) {
                const value& v = m->at(std::min(row, m->rows - 1), column);
                if (v.is_error()) throw error_met{v.text};
                p *= v.kind == what::number ? v.number : 0;
            }
            if (open && row + 1 == rows) need(p == 0);
            total += p;
        }
    return value::of(total);
}

// SUBTOTAL and AGGREGATE.

struct chosen_cells {
    bool hidden_too = true; ///< rows hidden by hand; those that a filter hides are always left out
    bool filtered_too = false;
    bool errors_out = false;
    bool nested_out = true; ///< other SUBTOTALs and AGGREGATEs
};

bool is_subtotal(const cell& c) {
    if (!c.has_formula) return false;
    const std::string text = folded_text(c.formula);
    return text.find("subtotal(") != std::string::npos || text.find("aggregate(") != std::string::npos;
}

std::vector<value> chosen(std::span<const value> from, const chosen_cells& how, reading& r) {
    std::vector<value> out;
    const auto take = [&](const area& a) {
        each_cell(a, r, [&](const cell& c) {
            const sheet& s = a.in->cells;
            if (s.row_hidden(c.at.row) && (!how.hidden_too || (!how.filtered_too && s.row_filtered(c.at.row)))) return;
            if (how.nested_out && is_subtotal(c)) return;
            value v = value_of(*a.in, c, r);
            if (!(how.errors_out && v.is_error())) out.push_back(std::move(v));
        });
    };
    for (const value& v : from) {
        if (v.kind == what::area)
            take(v.cells);
        else if (v.kind == what::list)
            for (const area& a : *v.areas) take(a);
        else if (v.kind == what::array)
            for (const value& item : v.items->all) {
                if (!(how.errors_out && item.is_error())) out.push_back(item);
            }
        else
            fail("#VALUE!");
    }
    return out;
}

value worked_out(int which, std::vector<value> cells, reading& r) {
    static constexpr const char* names[] = {"AVERAGE", "COUNT", "COUNTA", "MAX",  "MIN",    "PRODUCT", "STDEV",
                                            "STDEVP",  "SUM",   "VAR",    "VARP", "MEDIAN", "MODE"};
    need(which >= 1 && which <= 13);
    matrix m(static_cast<std::uint32_t>(cells.size()), 1);
    m.all = std::move(cells);
    return function_named(names[which - 1])->work({value::of(std::move(m))}, r);
}

value sub_total(const arguments& a, reading& r) {
    const double kind = std::trunc(to_number(a[0], r));
    const int which = static_cast<int>(kind) % 100;
    if (which < 1 || which > 11 || kind > 111) fail("#VALUE!");
    chosen_cells how;
    how.hidden_too = kind < 100;
    return worked_out(which, chosen(std::span(a).subspan(1), how, r), r);
}

value aggregate(const arguments& a, reading& r) {
    const int which = static_cast<int>(to_number(a[0], r)), option = static_cast<int>(number_or(a, 1, r, 0));
    if (which < 1 || which > 19 || option < 0 || option > 7) fail("#VALUE!");
    chosen_cells how;
    how.nested_out = option < 4;
    how.hidden_too = option % 2 == 0;
    how.filtered_too = option == 4 || option == 6;
    how.errors_out = option == 2 || option == 3 || option == 6 || option == 7;
    if (which <= 13) return worked_out(which, chosen(std::span(a).subspan(2), how, r), r);
    static constexpr const char* names[] = {"LARGE",        "SMALL",          "PERCENTILE.INC",
                                            "QUARTILE.INC", "PERCENTILE.EXC", "QUARTILE.EXC"};
    need(a.size() == 4);
    std::vector<value> cells = chosen(std::span(a).subspan(2, 1), how, r);
    matrix m(static_cast<std::uint32_t>(cells.size()), 1);
    m.all = std::move(cells);
    const function* f = function_named(names[which - 14]);
    need(f != nullptr);
    return f->work({value::of(std::move(m)), to_scalar(a[3], r)}, r);
}

} // namespace

std::vector<double> numbers_of(std::span<const value> given, reading& r) {
    std::vector<double> out;
    each_number(given, r, [&](double n) { out.push_back(n); });
    return out;
}

std::span<const function> sums() {
    static constexpr function all[] = {
        {"SUM", 1, any_number, "v", sum},
        {"PRODUCT", 1, any_number, "v", product},
        {"MAX", 1, any_number, "v", [](const arguments& a, reading& r) { return extreme(a, r, true); }},
        {"MIN", 1, any_number, "v", [](const arguments& a, reading& r) { return extreme(a, r, false); }},
        {"AVERAGE", 1, any_number, "v", average},
        {"COUNT", 1, any_number, "v", counted_numbers},
        {"COUNTA", 1, any_number, "v", counted_all},
        {"COUNTBLANK", 1, 1, "v", counted_blanks},
        {"MAXA", 1, any_number, "v",
         [](const arguments& a, reading& r) {
             const auto n = all_as_numbers(a, r);
             return value::of(n.empty() ? 0.0 : *std::max_element(n.begin(), n.end()));
         }},
        {"MINA", 1, any_number, "v",
         [](const arguments& a, reading& r) {
             const auto n = all_as_numbers(a, r);
             return value::of(n.empty() ? 0.0 : *std::min_element(n.begin(), n.end()));
         }},
        {"AVERAGEA", 1, any_number, "v",
         [](const arguments& a, reading& r) {
             const auto n = all_as_numbers(a, r);
             if (n.empty()) fail("#DIV/0!");
             double total = 0;
             for (double d : n) total += d;
             return value::of(total / static_cast<double>(n.size()));
         }},
        {"SUMPRODUCT", 1, any_number, "a", sum_product},
        {"SUBTOTAL", 2, any_number, "sv", sub_total},
        {"AGGREGATE", 3, any_number, "ssa", aggregate},
    };
    return all;
}

} // namespace riskshare::workbook::detail
