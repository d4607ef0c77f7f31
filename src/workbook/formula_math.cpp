// Arithmetic: rounding, powers, angles, matrices.
#include "workbook/detail/formula_functions.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace riskshare::workbook::detail {

namespace {

constexpr double pi = 3.14159265358979323846, e = 2.71828182845904523536;

value finite(double n) {
    if (!std::isfinite(n)) fail("#NUM!");
    return value::of(n);
}

/// A function of one number.
template <auto Of>
value of_one(const arguments& a, reading& r) {
    return finite(Of(to_number(a[0], r)));
}

template <auto Of>
value of_two(const arguments& a, reading& r) {
    return finite(Of(to_number(a[0], r), to_number(a[1], r)));
}

/// Multiples of a step: CEILING, FLOOR and MROUND.
double stepped(double n, double step, int direction) {
    if (step == 0) return 0;
    const double times = n / step;
    const double whole = direction > 0 ? -floor_of(-times) : direction < 0 ? floor_of(times) : floor_of(times + 0.5);
    return whole * step;
}

double sign_of(double n) { return n > 0 ? 1 : n < 0 ? -1 : 0; }

double ceiling(double n, double step) {
    if (n > 0 && step < 0) fail("#NUM!");
    return stepped(n, step, 1);
}

double floored(double n, double step) {
    if (n > 0 && step < 0) fail("#NUM!");
    if (n != 0 && step == 0) fail("#DIV/0!");
    return stepped(n, step, -1);
}

double to_multiple(double n, double step) {
    if (n * step < 0) fail("#NUM!");
    return stepped(n, step, 0);
}

template <int Direction>
value rounded(const arguments& a, reading& r) {
    return finite(rounded_at(to_number(a[0], r), std::trunc(number_or(a, 1, r, 0)), Direction));
}

double power(double a, double b) {
    if (a == 0 && b == 0) fail("#NUM!");
    if (a == 0 && b < 0) fail("#DIV/0!");
    return std::pow(a, b);
}

value modulo(const arguments& a, reading& r) {
    const double n = to_number(a[0], r), d = to_number(a[1], r);
    if (d == 0) fail("#DIV/0!");
    return finite(difference(n, d * floor_of(n / d)));
}

double factorial(double n) {
    if (n < 0 || n > 170) fail("#NUM!");
    double out = 1;
    for (double i = 2; i <= std::floor(n); ++i) out *= i;
    return out;
}

double combinations(double n, double k) {
    n = std::floor(n), k = std::floor(k);
    if (k < 0 || n < k) fail("#NUM!");
    double out = 1;
    for (double i = 1; i <= k; ++i) out = std::nearbyint(out * (n - k + i) / i);
    return out;
}

double logarithm(double n, double base) {
    if (n <= 0 || base <= 0) fail("#NUM!");
    if (base == 1) fail("#DIV/0!");
    return base == 10 ? std::log10(n) : base == e ? std::log(n) : std::log(n) / std::log(base);
}

double even_or_odd(double n, bool even) {
    double whole = std::ceil(std::fabs(n));
    if ((std::fmod(whole, 2) == 0) != even) ++whole;
    return n < 0 ? -whole : whole;
}

value of_squares(const arguments& a, reading& r) {
    double total = 0;
    for (double n : numbers_of(a, r)) total += n * n;
    return value::of(total);
}

/// SUMX2MY2, SUMX2PY2, SUMXMY2.
template <int Which>
value of_pairs(const arguments& a, reading& r) {
    const auto x = to_matrix(a[0], r), y = to_matrix(a[1], r);
    if (x->all.size() != y->all.size() || x->open != y->open) fail("#N/A");
    double total = 0;
    bool any = false;
    for (std::size_t i = 0; i < x->all.size(); ++i) {
        const value &p = x->all[i], &q = y->all[i];
        if (p.is_error()) throw error_met{p.text};
        if (q.is_error()) throw error_met{q.text};
        if (p.kind != value::what::number || q.kind != value::what::number) continue;
        any = true;
        const double m = p.number * p.number, n = q.number * q.number, d = p.number - q.number;
        total += Which == 0 ? m - n : Which == 1 ? m + n : d * d;
    }
    if (!any) fail("#DIV/0!");
    return value::of(total);
}

} // namespace

double floor_of(double n) {
    const double near = std::nearbyint(n);
    return std::fabs(n - near) <= std::ldexp(std::fabs(n), -48) ? near : std::floor(n);
}

double difference(double a, double b) {
    const double d = a - b;
    return d != 0 && std::fabs(d) <= std::ldexp(std::max(std::fabs(a), std::fabs(b)), -49) ? 0 : d;
}

double rounded_at(double n, double places, int direction) {
    if (n == 0 || places > 300 || places < -300) return n;
    const double factor = std::pow(10.0, std::fabs(places));
    double scaled = places < 0 ? std::fabs(n) / factor : std::fabs(n) * factor;
    if (!std::isfinite(scaled) || scaled >= 1e15) return n;
    char buffer[40]; // at 15 digits 1.005 is 1.005
    std::snprintf(buffer, sizeof buffer, "%.14e", scaled);
    for (char& c : buffer)
        if (c == ',') c = '.';
    scaled = number_of_text(buffer);
    const double whole = direction == 0  ? std::floor(scaled + 0.5)
                         : direction > 0 ? std::ceil(scaled)
                                         : std::floor(scaled);
    const double out = places < 0 ? whole * factor : whole / factor;
    return n < 0 ? -out : out;
}

std::span<const function> mathematics() {
    static constexpr function all[] = {
        {"PI", 0, 0, "s", [](const arguments&, reading&) { return value::of(pi); }},
        {"ABS", 1, 1, "s", of_one<[](double n) { return std::fabs(n); }>},
        {"SIGN", 1, 1, "s", of_one<sign_of>},
        {"INT", 1, 1, "s", of_one<floor_of>},
        {"SQRT", 1, 1, "s", of_one<[](double n) { return std::sqrt(n); }>},
        {"EXP", 1, 1, "s", of_one<[](double n) { return std::exp(n); }>},
        {"LN", 1, 1, "s", of_one<[](double n) { return logarithm(n, e); }>},
        {"LOG10", 1, 1, "s", of_one<[](double n) { return logarithm(n, 10); }>},
        {"LOG", 1, 2, "s",
         [](const arguments& a, reading& r) { return finite(logarithm(to_number(a[0], r), number_or(a, 1, r, 10))); }},
        {"SIN", 1, 1, "s", of_one<[](double n) { return std::sin(n); }>},
        {"COS", 1, 1, "s", of_one<[](double n) { return std::cos(n); }>},
        {"TAN", 1, 1, "s", of_one<[](double n) { return std::tan(n); }>},
        {"ASIN", 1, 1, "s", of_one<[](double n) { return std::asin(n); }>},
        {"ACOS", 1, 1, "s", of_one<[](double n) { return std::acos(n); }>},
        {"ATAN", 1, 1, "s", of_one<[](double n) { return std::atan(n); }>},
        {"SINH", 1, 1, "s", of_one<[](double n) { return std::sinh(n); }>},
        {"COSH", 1, 1, "s", of_one<[](double n) { return std::cosh(n); }>},
        {"TANH", 1, 1, "s", of_one<[](double n) { return std::tanh(n); }>},
        {"ASINH", 1, 1, "s", of_one<[](double n) { return std::asinh(n); }>},
        {"ACOSH", 1, 1, "s", of_one<[](double n) { return std::acosh(n); }>},
        {"ATANH", 1, 1, "s", of_one<[](double n) { return std::atanh(n); }>},
        {"ATAN2", 2, 2, "s", of_two<[](double x, double y) {
             if (x == 0 && y == 0) fail("#DIV/0!");
             return std::atan2(y, x);
         }>},
        {"RADIANS", 1, 1, "s", of_one<[](double n) { return n * pi / 180; }>},
        {"DEGREES", 1, 1, "s", of_one<[](double n) { return n * 180 / pi; }>},
        {"ROUND", 2, 2, "s", rounded<0>},
        {"ROUNDUP", 2, 2, "s", rounded<1>},
        {"ROUNDDOWN", 2, 2, "s", rounded<-1>},
        {"TRUNC", 1, 2, "s", rounded<-1>},
        {"POWER", 2, 2, "s", of_two<power>},
        {"MOD", 2, 2, "s", modulo},
        {"QUOTIENT", 2, 2, "s", of_two<[](double a, double b) {
             if (b == 0) fail("#DIV/0!");
             return std::trunc(a / b);
         }>},
        {"CEILING", 2, 2, "s", of_two<ceiling>},
        {"FLOOR", 2, 2, "s", of_two<floored>},
        {"CEILING.MATH", 1, 2, "s",
         [](const arguments& a, reading& r) {
             return finite(stepped(to_number(a[0], r), std::fabs(number_or(a, 1, r, 1)), 1));
         }},
        {"FLOOR.MATH", 1, 2, "s",
         [](const arguments& a, reading& r) {
             return finite(stepped(to_number(a[0], r), std::fabs(number_or(a, 1, r, 1)), -1));
         }},
        {"MROUND", 2, 2, "s", of_two<to_multiple>},
        {"EVEN", 1, 1, "s", of_one<[](double n) { return even_or_odd(n, true); }>},
        {"ODD", 1, 1, "s", of_one<[](double n) { return even_or_odd(n, false); }>},
        {"FACT", 1, 1, "s", of_one<factorial>},
        {"COMBIN", 2, 2, "s", of_two<combinations>},
        {"SUMSQ", 1, any_number, "v", of_squares},
        {"SUMX2MY2", 2, 2, "a", of_pairs<0>},
        {"SUMX2PY2", 2, 2, "a", of_pairs<1>},
        {"SUMXMY2", 2, 2, "a", of_pairs<2>},
    };
    return all;
}

} // namespace riskshare::workbook::detail
