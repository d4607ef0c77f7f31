#include "workbook/detail/formula_values.hpp"

namespace riskshare::workbook::detail {

namespace {

using what = value::what;
using arguments = std::vector<value>;

void need(bool met) {
    if (!met) throw not_evaluated{};
}

bool one_of(const std::string& name, std::initializer_list<const char*> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// The numbers of the arguments as SUM sees them: in areas only numbers count, given outright booleans do, too.
void each_number(const arguments& given, reading& r, const std::function<void(double)>& visit) {
    for (const value& v : given) {
        if (v.kind == what::area) {
            each_cell(v.cells, r, [&](const cell& c) {
                const value inner = value_of(c, r);
                if (inner.is_error()) throw error_met{inner.text};
                if (inner.kind == what::number) visit(inner.number);
            });
        } else if (v.kind != what::blank) {
            visit(to_number(v, r));
        }
    }
}

double sum(const arguments& given, reading& r) {
    double total = 0;
    each_number(given, r, [&](double n) { total += n; });
    return total;
}

value extreme(const arguments& given, reading& r, bool largest) {
    bool any = false;
    double best = 0;
    each_number(given, r, [&](double n) {
        if (!any || (largest ? n > best : n < best)) best = n;
        any = true;
    });
    return value::of(best);
}

/// LARGE, SMALL and MEDIAN.
value in_order(const std::string& name, const arguments& a, reading& r) {
    need(name == "MEDIAN" || a.size() == 2);
    std::vector<double> numbers;
    const arguments of(a.begin(), name == "MEDIAN" ? a.end() : a.begin() + 1);
    each_number(of, r, [&](double n) { numbers.push_back(n); });
    if (numbers.empty()) throw error_met{"#NUM!"};
    std::sort(numbers.begin(), numbers.end());
    const std::size_t n = numbers.size();
    if (name == "MEDIAN") return value::of(n % 2 != 0 ? numbers[n / 2] : (numbers[n / 2 - 1] + numbers[n / 2]) / 2);
    const double which = std::ceil(to_number(a[1], r));
    if (which < 1 || which > static_cast<double>(n)) throw error_met{"#NUM!"};
    const auto k = static_cast<std::size_t>(which);
    return value::of(name == "SMALL" ? numbers[k - 1] : numbers[n - k]);
}

value average(const arguments& given, reading& r) {
    double total = 0, count = 0;
    each_number(given, r, [&](double n) {
        total += n;
        ++count;
    });
    if (count == 0) throw error_met{"#DIV/0!"};
    return value::of(total / count);
}

value counted(const arguments& given, reading& r, bool numbers_only) {
    double count = 0;
    for (const value& v : given) {
        if (v.kind != what::area) {
            count += !numbers_only || v.kind == what::number;
            continue;
        }
        each_cell(v.cells, r, [&](const cell& c) {
            const value inner = value_of(c, r);
            count += numbers_only ? inner.kind == what::number : inner.kind != what::blank;
        });
    }
    return value::of(count);
}

double rounded_at(double n, double places, int direction) {
    need(places == std::floor(places) && std::fabs(places) < 12);
    const double factor = std::pow(10.0, places);
    const double scaled = std::fabs(n) * factor, whole = std::floor(scaled), rest = scaled - whole;
    // Too near to the edge for binary fractions to say on which side a spreadsheet falls.
    const double edge = direction == 0 ? 0.5 : 0.0, noise = 1e-9 * std::max(1.0, scaled * 1e-6);
    const bool on_edge = std::fabs(rest - edge) < noise || (direction != 0 && 1 - rest < noise);
    if (direction == 0 && on_edge && rest != edge) throw not_evaluated{};
    if (direction != 0 && on_edge && rest != 0) throw not_evaluated{};
    double result = whole;
    if (direction == 0 && rest >= 0.5) result += 1;
    if (direction > 0 && rest > 0) result += 1;
    return (n < 0 ? -result : result) / factor;
}

bool same_shape(const area& a, const area& b) {
    return a.cells.last.row - a.cells.first.row == b.cells.last.row - b.cells.first.row &&
           a.cells.last.column - a.cells.first.column == b.cells.last.column - b.cells.first.column;
}

/// Cells that stand at the same place in two areas.
const cell* across(const area& to, const area& from, const cell& c) {
    return to.in->find({to.cells.first.row + (c.at.row - from.cells.first.row),
                        to.cells.first.column + (c.at.column - from.cells.first.column)});
}

/// The shape of the first area, laid on the corner of another, as SUMIF does.
area laid_on(const area& corner, const area& shape) {
    area out = corner;
    out.cells.last.row = corner.cells.first.row + (shape.cells.last.row - shape.cells.first.row);
    out.cells.last.column = corner.cells.first.column + (shape.cells.last.column - shape.cells.first.column);
    return out;
}

struct tally {
    double sum = 0, count = 0;
};

/// What the cells of `summed` hold where every pair of area and criterion is met.
tally conditional(const area* summed, const std::vector<std::pair<area, criterion>>& conditions, reading& r) {
    const area& first = conditions.front().first;
    for (const auto& c : conditions) need(!c.second.meets_blank() || summed != nullptr);
    tally t;
    if (summed != nullptr) {
        each_cell(*summed, r, [&](const cell& c) {
            for (const auto& condition : conditions)
                if (!condition.second.met_by(across(condition.first, *summed, c))) return;
            const value v = value_of(c, r);
            if (v.is_error()) throw error_met{v.text};
            if (v.kind != what::number) return;
            t.sum += v.number;
            ++t.count;
        });
        return t;
    }
    each_cell(first, r, [&](const cell& c) {
        for (const auto& condition : conditions)
            if (!condition.second.met_by(across(condition.first, first, c))) return;
        ++t.count;
    });
    return t;
}

value sum_if(const arguments& a, reading& r, bool averaged) {
    need((a.size() == 2 || a.size() == 3) && a[0].kind == what::area);
    const std::vector<std::pair<area, criterion>> conditions{{a[0].cells, criterion(a[1], r)}};
    need(a.size() == 2 || a[2].kind == what::area);
    const area summed = laid_on(a[a.size() == 3 ? 2 : 0].cells, a[0].cells);
    const tally t = conditional(&summed, conditions, r);
    if (!averaged) return value::of(t.sum);
    if (t.count == 0) throw error_met{"#DIV/0!"};
    return value::of(t.sum / t.count);
}

value sum_ifs(const arguments& a, reading& r, bool averaged) {
    need(a.size() >= 3 && a.size() % 2 == 1 && a[0].kind == what::area);
    std::vector<std::pair<area, criterion>> conditions;
    for (std::size_t i = 1; i < a.size(); i += 2) {
        need(a[i].kind == what::area && same_shape(a[i].cells, a[0].cells));
        conditions.push_back({a[i].cells, criterion(a[i + 1], r)});
    }
    const tally t = conditional(&a[0].cells, conditions, r);
    if (!averaged) return value::of(t.sum);
    if (t.count == 0) throw error_met{"#DIV/0!"};
    return value::of(t.sum / t.count);
}

value count_ifs(const arguments& a, reading& r) {
    need(a.size() >= 2 && a.size() % 2 == 0);
    std::vector<std::pair<area, criterion>> conditions;
    for (std::size_t i = 0; i < a.size(); i += 2) {
        need(a[i].kind == what::area && same_shape(a[i].cells, a[0].cells));
        conditions.push_back({a[i].cells, criterion(a[i + 1], r)});
    }
    return value::of(conditional(nullptr, conditions, r).count);
}

value sum_product(const arguments& a, reading& r) {
    need(!a.empty());
    for (const value& v : a) need(v.kind == what::area && same_shape(v.cells, a[0].cells));
    double total = 0;
    each_cell(a[0].cells, r, [&](const cell& c) {
        double product = 1;
        for (const value& v : a) {
            const cell* other = across(v.cells, a[0].cells, c);
            const value inner = other == nullptr ? value{} : value_of(*other, r);
            if (inner.is_error()) throw error_met{inner.text};
            product *= inner.kind == what::number ? inner.number : 0;
        }
        total += product;
    });
    return value::of(total);
}

/// SUBTOTAL: rows that a filter hides never count, and with 109 no hidden row does; which of the two hid a row
/// is not known, so a hidden row within leaves it open.
value sub_total(const arguments& a, reading& r) {
    need(a.size() >= 2);
    const double kind = to_number(a[0], r);
    const int how = static_cast<int>(kind) % 100;
    need(kind == std::floor(kind) && (kind < 10 || (kind > 100 && kind < 110)) && ((how >= 1 && how <= 5) || how == 9));
    double total = 0, numbers = 0, filled = 0, least = 0, most = 0;
    for (std::size_t i = 1; i < a.size(); ++i) {
        need(a[i].kind == what::area);
        each_cell(a[i].cells, r, [&](const cell& c) {
            need(!a[i].cells.in->row_hidden(c.at.row));
            // Other SUBTOTALs in the range are left out.
            if (c.has_formula && folded_text(c.formula).find("subtotal(") != std::string::npos) return;
            const value v = value_of(c, r);
            filled += v.kind != what::blank;
            if (v.is_error() && how != 2 && how != 3) throw error_met{v.text};
            if (v.kind != what::number) return;
            total += v.number;
            least = numbers == 0 ? v.number : std::min(least, v.number);
            most = numbers == 0 ? v.number : std::max(most, v.number);
            ++numbers;
        });
    }
    if (how == 1 && numbers == 0) throw error_met{"#DIV/0!"};
    return value::of(how == 1   ? total / numbers
                     : how == 2 ? numbers
                     : how == 3 ? filled
                     : how == 4 ? most
                     : how == 5 ? least
                                : total);
}

value truth(const std::string& name, const arguments& a, reading& r) {
    need(!a.empty());
    bool all = true, any = false;
    for (const value& v : a) {
        need(v.kind != what::area || v.cells.cells.first == v.cells.cells.last);
        const bool yes = to_truth(v, r);
        all = all && yes;
        any = any || yes;
    }
    if (name == "NOT") return value::of(!any);
    return value::of(name == "AND" ? all : any);
}

/// The functions of one binary fraction.
std::optional<double> of_one(const std::string& name, double n) {
    constexpr double pi = 3.14159265358979323846;
    if (name == "SQRT") return std::sqrt(n);
    if (name == "EXP") return std::exp(n);
    if (name == "LN") return std::log(n);
    if (name == "LOG10") return std::log10(n);
    if (name == "SIN") return std::sin(n);
    if (name == "COS") return std::cos(n);
    if (name == "TAN") return std::tan(n);
    if (name == "RADIANS") return n * pi / 180;
    if (name == "DEGREES") return n * 180 / pi;
    return std::nullopt;
}

value of_numbers(const std::string& name, const arguments& a, reading& r) {
    if (name == "PI" && a.empty()) return value::of(3.14159265358979323846);
    need(a.size() == 1 || a.size() == 2);
    const double n = to_number(a[0], r);
    if (name == "ABS") return value::of(std::fabs(n));
    if (name == "SIGN") return value::of(n > 0 ? 1.0 : n < 0 ? -1.0 : 0.0);
    if (name == "INT") {
        need(std::fabs(n - std::nearbyint(n)) > 1e-9 || n == std::nearbyint(n));
        return value::of(std::floor(n));
    }
    if (const std::optional<double> one = of_one(name, n)) {
        need(a.size() == 1 && std::isfinite(*one) && (std::fabs(n) < 1e6 || !one_of(name, {"SIN", "COS", "TAN"})));
        return value::of(*one);
    }
    const double second = a.size() == 2 ? to_number(a[1], r) : 0;
    if (name == "ROUND") return value::of(rounded_at(n, second, 0));
    if (name == "ROUNDUP") return value::of(rounded_at(n, second, 1));
    if (name == "ROUNDDOWN" || name == "TRUNC") return value::of(rounded_at(n, second, -1));
    need(a.size() == 2);
    if (name == "POWER") {
        const double p = std::pow(n, second);
        need(std::isfinite(p));
        return value::of(p);
    }
    need(name == "MOD" && second != 0 && n == std::floor(n) && second == std::floor(second));
    return value::of(n - second * std::floor(n / second));
}

} // namespace

value call_function(const std::string& name, const std::vector<value>& a, reading& r) {
    if (name == "SUM") return value::of(sum(a, r));
    if (name == "SUMIF" || name == "AVERAGEIF") return sum_if(a, r, name == "AVERAGEIF");
    if (name == "SUMIFS") return sum_ifs(a, r, false);
    if (name == "AVERAGEIFS") return sum_ifs(a, r, true);
    if (name == "COUNTIF" || name == "COUNTIFS") return count_ifs(a, r);
    if (name == "SUMPRODUCT") return sum_product(a, r);
    if (name == "SUBTOTAL") return sub_total(a, r);
    if (name == "MAX" || name == "MIN") return extreme(a, r, name == "MAX");
    if (name == "AVERAGE") return average(a, r);
    if (name == "LARGE" || name == "SMALL" || name == "MEDIAN") return in_order(name, a, r);
    if (name == "COUNT" || name == "COUNTA") return counted(a, r, name == "COUNT");
    if (name == "PRODUCT") {
        double product = 1;
        bool any = false;
        each_number(a, r, [&](double n) {
            product *= n;
            any = true;
        });
        return value::of(any ? product : 0.0);
    }
    if (name == "AND" || name == "OR" || name == "NOT") return truth(name, a, r);
    if (name == "TRUE" || name == "FALSE") return value::of(name == "TRUE");
    if (name == "NA") throw error_met{"#N/A"};
    if (name == "ISBLANK" && a.size() == 1) return value::of(to_scalar(a[0], r).kind == what::blank);
    if (name == "N" && a.size() == 1) {
        const value v = to_scalar(a[0], r);
        if (v.is_error()) throw error_met{v.text};
        return value::of(v.kind == what::text ? 0.0 : v.number);
    }
    if (const std::optional<value> text = call_text(name, a, r)) return *text;
    if (const std::optional<value> found = call_lookup(name, a, r)) return *found;
    if (const std::optional<value> day = call_date(name, a, r)) return *day;
    if (one_of(name, {"PI", "ABS", "SIGN", "INT", "ROUND", "ROUNDUP", "ROUNDDOWN", "TRUNC", "POWER", "MOD"}) ||
        of_one(name, 1))
        return of_numbers(name, a, r);
    throw not_evaluated{};
}

} // namespace riskshare::workbook::detail
