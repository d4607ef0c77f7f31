// Order, spread and rank.
#include "workbook/detail/formula_functions.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace riskshare::workbook::detail {

namespace {

using what = value::what;

std::vector<double> sorted_numbers(std::span<const value> of, reading& r) {
    std::vector<double> numbers = numbers_of(of, r);
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

value median(const arguments& a, reading& r) {
    const std::vector<double> n = sorted_numbers(a, r);
    if (n.empty()) fail("#NUM!");
    const std::size_t half = n.size() / 2;
    return value::of(n.size() % 2 != 0 ? n[half] : (n[half - 1] + n[half]) / 2);
}

template <bool Largest>
value nth(const arguments& a, reading& r) {
    const std::vector<double> n = sorted_numbers(std::span(a).first(1), r);
    const double which = std::ceil(to_number(a[1], r));
    if (which < 1 || which > static_cast<double>(n.size())) fail("#NUM!");
    const auto k = static_cast<std::size_t>(which);
    return value::of(Largest ? n[n.size() - k] : n[k - 1]);
}

double at_fraction(const std::vector<double>& n, double place) {
    const auto below = static_cast<std::size_t>(std::floor(place));
    const double rest = place - std::floor(place);
    return below + 1 < n.size() ? n[below] + rest * (n[below + 1] - n[below]) : n.back();
}

value percentile(const arguments& a, reading& r, double parts, bool exclusive) {
    const std::vector<double> n = sorted_numbers(std::span(a).first(1), r);
    double k = to_number(a[1], r);
    k = (parts == 4 ? std::trunc(k) : k) / parts;
    const auto count = static_cast<double>(n.size());
    if (n.empty() || k < 0 || k > 1) fail("#NUM!");
    const double place = exclusive ? k * (count + 1) - 1 : k * (count - 1);
    if (place < 0 || place > count - 1) fail("#NUM!");
    return value::of(at_fraction(n, place));
}

value rank(const arguments& a, reading& r, bool averaged) {
    const double wanted = to_number(a[0], r);
    const bool rising = number_or(a, 2, r, 0) != 0;
    double before = 0, same = 0;
    for (double n : numbers_of(std::span(a).subspan(1, 1), r)) {
        before += rising ? n < wanted : n > wanted;
        same += n == wanted;
    }
    if (same == 0) fail("#N/A");
    return value::of(before + 1 + (averaged ? (same - 1) / 2 : 0));
}

/// The sum of squares of the distances from the mean, and how many there are.
std::pair<double, double> spread(const std::vector<double>& n) {
    if (n.empty()) return {0, 0};
    double mean = 0, total = 0;
    for (double d : n) mean += d;
    mean /= static_cast<double>(n.size());
    for (double d : n) total += (d - mean) * (d - mean);
    return {total, static_cast<double>(n.size())};
}

value deviation(const arguments& a, reading& r, bool sample, bool root) {
    const auto [total, count] = spread(numbers_of(a, r));
    if (count < (sample ? 2 : 1)) fail("#DIV/0!");
    const double variance = total / (sample ? count - 1 : count);
    return value::of(root ? std::sqrt(variance) : variance);
}

value mean_distance(const arguments& a, reading& r) {
    const std::vector<double> n = numbers_of(a, r);
    if (n.empty()) fail("#NUM!");
    double mean = 0, total = 0;
    for (double d : n) mean += d;
    mean /= static_cast<double>(n.size());
    for (double d : n) total += std::fabs(d - mean);
    return value::of(total / static_cast<double>(n.size()));
}

value mode(const arguments& a, reading& r) {
    const std::vector<double> n = numbers_of(a, r);
    std::map<double, int> counts;
    for (double d : n) ++counts[d];
    int most = 1;
    std::optional<double> found;
    for (double d : n)
        if (counts[d] > most) most = counts[d], found = d;
    if (!found) fail("#N/A");
    return value::of(*found);
}

/// Pairs of numbers of two areas: CORREL, SLOPE, INTERCEPT, FORECAST.
struct paired {
    double count = 0, x = 0, y = 0, xx = 0, xy = 0, yy = 0; ///< the sums are of distances from the means
};

paired paired_of(const value& xs, const value& ys, reading& r) {
    const auto x = to_matrix(xs, r), y = to_matrix(ys, r);
    if (x->all.size() != y->all.size()) fail("#N/A");
    paired p;
    const auto each = [&](auto visit) {
        for (std::size_t i = 0; i < x->all.size(); ++i)
            if (x->all[i].kind == what::number && y->all[i].kind == what::number)
                visit(x->all[i].number, y->all[i].number);
    };
    each([&](double a, double b) {
        p.x += a;
        p.y += b;
        ++p.count;
    });
    if (p.count == 0) fail("#DIV/0!");
    p.x /= p.count;
    p.y /= p.count;
    each([&](double a, double b) {
        p.xx += (a - p.x) * (a - p.x);
        p.xy += (a - p.x) * (b - p.y);
        p.yy += (b - p.y) * (b - p.y);
    });
    return p;
}

value correlation(const arguments& a, reading& r) {
    const paired p = paired_of(a[0], a[1], r);
    if (p.xx == 0 || p.yy == 0) fail("#DIV/0!");
    return value::of(p.xy / std::sqrt(p.xx * p.yy));
}

value slope(const arguments& a, reading& r) {
    const paired p = paired_of(a[1], a[0], r);
    if (p.xx == 0) fail("#DIV/0!");
    return value::of(p.xy / p.xx);
}

value intercept(const arguments& a, reading& r) {
    const paired p = paired_of(a[1], a[0], r);
    if (p.xx == 0) fail("#DIV/0!");
    return value::of(p.y - p.xy / p.xx * p.x);
}

value linear_forecast(const arguments& a, reading& r) {
    const paired p = paired_of(a[2], a[1], r);
    if (p.xx == 0) fail("#DIV/0!");
    return value::of(p.y + p.xy / p.xx * (to_number(a[0], r) - p.x));
}

value poisson(const arguments& a, reading& r) {
    const double n = std::floor(to_number(a[0], r)), mean = to_number(a[1], r);
    if (n < 0 || mean < 0) fail("#NUM!");
    double term = std::exp(-mean), total = term;
    for (double i = 1; i <= n; ++i) total += term *= mean / i;
    return value::of(to_truth(a[2], r) ? total : term);
}

template <bool Sample, bool Root>
value deviated(const arguments& a, reading& r) {
    return deviation(a, r, Sample, Root);
}

template <int Parts, bool Exclusive>
value cut(const arguments& a, reading& r) {
    return percentile(a, r, Parts, Exclusive);
}

template <bool Averaged>
value ranked(const arguments& a, reading& r) {
    return rank(a, r, Averaged);
}

} // namespace

std::span<const function> statistics() {
    static constexpr function all[] = {
        {"MEDIAN", 1, any_number, "v", median},
        {"LARGE", 2, 2, "as", nth<true>},
        {"SMALL", 2, 2, "as", nth<false>},
        {"PERCENTILE", 2, 2, "as", cut<1, false>},
        {"PERCENTILE.INC", 2, 2, "as", cut<1, false>},
        {"PERCENTILE.EXC", 2, 2, "as", cut<1, true>},
        {"QUARTILE", 2, 2, "as", cut<4, false>},
        {"QUARTILE.INC", 2, 2, "as", cut<4, false>},
        {"QUARTILE.EXC", 2, 2, "as", cut<4, true>},
        {"RANK", 2, 3, "svs", ranked<false>},
        {"RANK.EQ", 2, 3, "svs", ranked<false>},
        {"RANK.AVG", 2, 3, "svs", ranked<true>},
        {"STDEV", 1, any_number, "v", deviated<true, true>},
        {"STDEV.S", 1, any_number, "v", deviated<true, true>},
        {"STDEVP", 1, any_number, "v", deviated<false, true>},
        {"STDEV.P", 1, any_number, "v", deviated<false, true>},
        {"VAR", 1, any_number, "v", deviated<true, false>},
        {"VAR.S", 1, any_number, "v", deviated<true, false>},
        {"VARP", 1, any_number, "v", deviated<false, false>},
        {"VAR.P", 1, any_number, "v", deviated<false, false>},
        {"DEVSQ", 1, any_number, "v",
         [](const arguments& a, reading& r) {
             const auto n = numbers_of(a, r);
             if (n.empty()) fail("#NUM!");
             return value::of(spread(n).first);
         }},
        {"AVEDEV", 1, any_number, "v", mean_distance},
        {"MODE", 1, any_number, "v", mode},
        {"MODE.SNGL", 1, any_number, "v", mode},
        {"CORREL", 2, 2, "a", correlation},
        {"PEARSON", 2, 2, "a", correlation},
        {"RSQ", 2, 2, "a",
         [](const arguments& a, reading& r) {
             const double c = correlation(a, r).number;
             return value::of(c * c);
         }},
        {"SLOPE", 2, 2, "a", slope},
        {"INTERCEPT", 2, 2, "a", intercept},
        {"FORECAST", 3, 3, "sa", linear_forecast},
        {"FORECAST.LINEAR", 3, 3, "sa", linear_forecast},
        {"POISSON", 3, 3, "s", poisson},
        {"POISSON.DIST", 3, 3, "s", poisson},
    };
    return all;
}

} // namespace riskshare::workbook::detail
