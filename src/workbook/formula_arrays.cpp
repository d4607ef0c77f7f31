// Functions whose results are arrays.
#include "workbook/detail/formula_functions.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace riskshare::workbook::detail {

namespace {

using what = value::what;
using held = std::shared_ptr<const matrix>;

held closed(const value& v, reading& r) {
    held m = to_matrix(v, r);
    if (m->open) throw not_evaluated{"an array of whole columns"};
    return m;
}

value made(matrix m) {
    if (m.all.size() == 1) return m.all[0];
    return value::of(std::move(m));
}

value transposed(const arguments& a, reading& r) {
    const held m = closed(a[0], r);
    matrix out(m->columns, m->rows);
    for (std::uint32_t i = 0; i < m->rows; ++i)
        for (std::uint32_t j = 0; j < m->columns; ++j) out.at(j, i) = m->at(i, j);
    return made(std::move(out));
}

std::vector<std::vector<double>> numbers_in(const value& v, reading& r) {
    const held m = closed(v, r);
    std::vector<std::vector<double>> out(m->rows, std::vector<double>(m->columns));
    for (std::uint32_t i = 0; i < m->rows; ++i)
        for (std::uint32_t j = 0; j < m->columns; ++j) {
            const value& item = m->at(i, j);
            if (item.is_error()) throw error_met{item.text};
            if (item.kind != what::number) fail("#VALUE!");
            out[i][j] = item.number;
        }
    return out;
}

value multiplied(const arguments& a, reading& r) {
    const auto x = numbers_in(a[0], r), y = numbers_in(a[1], r);
    if (x[0].size() != y.size()) fail("#VALUE!");
    r.spend(x.size() * y.size() * y[0].size());
    matrix out(static_cast<std::uint32_t>(x.size()), static_cast<std::uint32_t>(y[0].size()));
    for (std::uint32_t i = 0; i < out.rows; ++i)
        for (std::uint32_t j = 0; j < out.columns; ++j) {
            double total = 0;
            for (std::size_t k = 0; k < y.size(); ++k) total += x[i][k] * y[k][j];
            out.at(i, j) = value::of(total);
        }
    return made(std::move(out));
}

/// By elimination with the largest pivots; `inverse` starts as the unit matrix.
double eliminated(std::vector<std::vector<double>> m, std::vector<std::vector<double>>* inverse) {
    const std::size_t n = m.size();
    double determinant = 1;
    for (std::size_t c = 0; c < n; ++c) {
        std::size_t pivot = c;
        for (std::size_t i = c + 1; i < n; ++i)
            if (std::fabs(m[i][c]) > std::fabs(m[pivot][c])) pivot = i;
        if (m[pivot][c] == 0) return 0;
        if (pivot != c) {
            std::swap(m[pivot], m[c]);
            if (inverse != nullptr) std::swap((*inverse)[pivot], (*inverse)[c]);
            determinant = -determinant;
        }
        determinant *= m[c][c];
        for (std::size_t i = 0; i < n; ++i) {
            if (i == c || (inverse == nullptr && i < c)) continue;
            const double f = m[i][c] / m[c][c];
            for (std::size_t j = 0; j < n; ++j) {
                m[i][j] -= f * m[c][j];
                if (inverse != nullptr) (*inverse)[i][j] -= f * (*inverse)[c][j];
            }
        }
    }
    if (inverse != nullptr)
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) (*inverse)[i][j] /= m[i][i];
    return determinant;
}

value determinant(const arguments& a, reading& r) {
    const auto m = numbers_in(a[0], r);
    if (m.size() != m[0].size()) fail("#VALUE!");
    need(m.size() <= 100);
    return value::of(eliminated(m, nullptr));
}

value inverted(const arguments& a, reading& r) {
    const auto m = numbers_in(a[0], r);
    if (m.size() != m[0].size()) fail("#VALUE!");
    need(m.size() <= 100);
    std::vector<std::vector<double>> inverse(m.size(), std::vector<double>(m.size()));
    for (std::size_t i = 0; i < m.size(); ++i) inverse[i][i] = 1;
    if (eliminated(m, &inverse) == 0) fail("#NUM!");
    matrix out(static_cast<std::uint32_t>(m.size()), static_cast<std::uint32_t>(m.size()));
    for (std::uint32_t i = 0; i < out.rows; ++i)
        for (std::uint32_t j = 0; j < out.columns; ++j) out.at(i, j) = value::of(inverse[i][j]);
    return made(std::move(out));
}

// Dynamic arrays. Lines are rows, or columns where `across`.

std::uint32_t lines(const matrix& m, bool across) { return across ? m.columns : m.rows; }
std::uint32_t width(const matrix& m, bool across) { return across ? m.rows : m.columns; }
const value& item(const matrix& m, bool across, std::uint32_t line, std::uint32_t i) {
    return across ? m.at(i, line) : m.at(line, i);
}

value picked(const matrix& m, bool across, const std::vector<std::uint32_t>& which) {
    const auto count = static_cast<std::uint32_t>(which.size());
    matrix out(across ? m.rows : count, across ? count : m.columns);
    for (std::uint32_t n = 0; n < count; ++n)
        for (std::uint32_t i = 0; i < width(m, across); ++i)
            (across ? out.at(i, n) : out.at(n, i)) = item(m, across, which[n], i);
    for (value& v : out.all)
        if (v.kind == what::blank) v = value::of(0.0);
    return made(std::move(out));
}

value filtered(const arguments& a, reading& r) {
    const held m = closed(a[0], r), keep = closed(a[1], r);
    const bool across = keep->rows == 1 && keep->columns > 1;
    if (lines(*keep, across) != lines(*m, across) || width(*keep, across) != 1) fail("#VALUE!");
    std::vector<std::uint32_t> which;
    for (std::uint32_t i = 0; i < lines(*m, across); ++i)
        if (to_truth(item(*keep, across, i, 0), r)) which.push_back(i);
    if (!which.empty()) return picked(*m, across, which);
    if (given(a, 2)) return a[2];
    fail("#CALC!");
}

value unique(const arguments& a, reading& r) {
    const held m = closed(a[0], r);
    const bool across = given(a, 1) && to_truth(a[1], r), once = given(a, 2) && to_truth(a[2], r);
    std::map<std::string, std::uint32_t> counts;
    std::vector<std::string> keys;
    for (std::uint32_t n = 0; n < lines(*m, across); ++n) {
        std::string key;
        for (std::uint32_t i = 0; i < width(*m, across); ++i) {
            const value& v = item(*m, across, n, i);
            key += std::to_string(static_cast<int>(v.kind)) + ":" +
                   (v.kind == what::number ? stored_digits(v.number) : folded_text(v.text)) +
                   (v.kind == what::boolean ? std::to_string(v.number) : "") + '\x01';
        }
        ++counts[key];
        keys.push_back(std::move(key));
    }
    std::vector<std::uint32_t> which;
    std::map<std::string, bool> seen;
    for (std::uint32_t n = 0; n < keys.size(); ++n)
        if (!std::exchange(seen[keys[n]], true) && (!once || counts[keys[n]] == 1)) which.push_back(n);
    if (which.empty()) fail("#CALC!");
    return picked(*m, across, which);
}

/// Blanks last, as Excel has it; equal ones stay in their order.
bool goes_before(const value& a, const value& b, bool falling) {
    if (a.kind == what::blank || b.kind == what::blank) return a.kind != what::blank && b.kind == what::blank;
    const int c = compared(a, b);
    return falling ? c > 0 : c < 0;
}

value sorted(const arguments& a, reading& r) {
    const held m = closed(a[0], r);
    const double by = number_or(a, 1, r, 1), order = number_or(a, 2, r, 1);
    const bool across = given(a, 3) && to_truth(a[3], r);
    if (by < 1 || by > width(*m, across) || (order != 1 && order != -1)) fail("#VALUE!");
    for (const value& v : m->all) need(!v.is_error());
    std::vector<std::uint32_t> which(lines(*m, across));
    std::iota(which.begin(), which.end(), 0U);
    const auto key = static_cast<std::uint32_t>(by) - 1;
    std::stable_sort(which.begin(), which.end(), [&](std::uint32_t x, std::uint32_t y) {
        return goes_before(item(*m, across, x, key), item(*m, across, y, key), order < 0);
    });
    return picked(*m, across, which);
}

value sorted_by(const arguments& a, reading& r) {
    const held m = closed(a[0], r);
    std::vector<std::pair<held, bool>> keys;
    for (std::size_t i = 1; i < a.size(); i += 2) keys.push_back({closed(a[i], r), number_or(a, i + 1, r, 1) < 0});
    const bool across = keys[0].first->rows == 1 && keys[0].first->columns > 1;
    std::vector<std::uint32_t> which(lines(*m, across));
    std::iota(which.begin(), which.end(), 0U);
    for (const auto& key : keys) {
        if (lines(*key.first, across) != which.size()) fail("#VALUE!");
        for (const value& v : key.first->all) need(!v.is_error());
    }
    std::stable_sort(which.begin(), which.end(), [&](std::uint32_t x, std::uint32_t y) {
        for (const auto& key : keys) {
            const value &p = item(*key.first, across, x, 0), &q = item(*key.first, across, y, 0);
            if (goes_before(p, q, key.second)) return true;
            if (goes_before(q, p, key.second)) return false;
        }
        return false;
    });
    return picked(*m, across, which);
}

value sequence(const arguments& a, reading& r) {
    const double rows = std::floor(to_number(a[0], r)), columns = std::floor(number_or(a, 1, r, 1));
    const double start = number_or(a, 2, r, 1), step = number_or(a, 3, r, 1);
    if (rows < 1 || columns < 1) fail("#CALC!");
    need(rows * columns <= 1e6);
    matrix out(static_cast<std::uint32_t>(rows), static_cast<std::uint32_t>(columns));
    for (std::size_t i = 0; i < out.all.size(); ++i) out.all[i] = value::of(start + step * static_cast<double>(i));
    return made(std::move(out));
}

value frequency(const arguments& a, reading& r) {
    const std::vector<double> data = numbers_of(std::span(a).first(1), r);
    const std::vector<double> bins = numbers_of(std::span(a).subspan(1, 1), r);
    need(std::is_sorted(bins.begin(), bins.end()));
    matrix out(static_cast<std::uint32_t>(bins.size()) + 1, 1);
    for (value& v : out.all) v = value::of(0.0);
    for (double d : data)
        ++out.all[static_cast<std::size_t>(std::lower_bound(bins.begin(), bins.end(), d) - bins.begin())].number;
    return made(std::move(out));
}

/// VSTACK and HSTACK.
template <bool Down>
value stacked(const arguments& a, reading& r) {
    std::uint32_t along = 0, wide = 0;
    std::vector<held> all;
    for (const value& v : a) {
        all.push_back(closed(v, r));
        along += lines(*all.back(), !Down);
        wide = std::max(wide, width(*all.back(), !Down));
    }
    matrix out(Down ? along : wide, Down ? wide : along);
    for (value& v : out.all) v = value::error("#N/A");
    std::uint32_t at = 0;
    for (const held& m : all)
        for (std::uint32_t n = 0; n < lines(*m, !Down); ++n, ++at)
            for (std::uint32_t i = 0; i < width(*m, !Down); ++i)
                (Down ? out.at(at, i) : out.at(i, at)) = item(*m, !Down, n, i);
    return made(std::move(out));
}

} // namespace

std::span<const function> whole_arrays() {
    static constexpr function all[] = {
        {"TRANSPOSE", 1, 1, "a", transposed},
        {"MMULT", 2, 2, "a", multiplied},
        {"MDETERM", 1, 1, "a", determinant},
        {"MINVERSE", 1, 1, "a", inverted},
        {"FILTER", 2, 3, "a", filtered},
        {"UNIQUE", 1, 3, "as", unique},
        {"SORT", 1, 4, "as", sorted},
        {"SORTBY", 2, any_number, "aas*", sorted_by},
        {"SEQUENCE", 1, 4, "s", sequence},
        {"FREQUENCY", 2, 2, "a", frequency},
        {"VSTACK", 1, any_number, "a", stacked<true>},
        {"HSTACK", 1, any_number, "a", stacked<false>},
    };
    return all;
}

} // namespace riskshare::workbook::detail
