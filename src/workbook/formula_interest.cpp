// Interest, instalments and present values.
#include "workbook/detail/formula_functions.hpp"

#include <cmath>

namespace riskshare::workbook::detail {

namespace {

value finite(double n) {
    if (!std::isfinite(n)) fail("#NUM!");
    return value::of(n);
}

/// What one paid at the end of each of n periods comes to.
double annuity(double rate, double n) { return rate == 0 ? n : (std::pow(1 + rate, n) - 1) / rate; }

double future_value(double rate, double n, double payment, double present, bool at_start) {
    return -(present * std::pow(1 + rate, n) + payment * (at_start ? 1 + rate : 1) * annuity(rate, n));
}

double payment(double rate, double n, double present, double future, bool at_start) {
    return -(present * std::pow(1 + rate, n) + future) / ((at_start ? 1 + rate : 1) * annuity(rate, n));
}

value fv(const arguments& a, reading& r) {
    return finite(future_value(to_number(a[0], r), to_number(a[1], r), to_number(a[2], r), number_or(a, 3, r, 0),
                               number_or(a, 4, r, 0) != 0));
}

value pv(const arguments& a, reading& r) {
    const double rate = to_number(a[0], r), n = to_number(a[1], r), each = to_number(a[2], r);
    const double start = number_or(a, 4, r, 0) != 0 ? 1 + rate : 1;
    return finite(-(number_or(a, 3, r, 0) + each * start * annuity(rate, n)) / std::pow(1 + rate, n));
}

value pmt(const arguments& a, reading& r) {
    return finite(payment(to_number(a[0], r), to_number(a[1], r), to_number(a[2], r), number_or(a, 3, r, 0),
                          number_or(a, 4, r, 0) != 0));
}

/// IPMT and PPMT, for payments at the end of each period.
template <bool Interest>
value part_of_payment(const arguments& a, reading& r) {
    const double rate = to_number(a[0], r), period = to_number(a[1], r), n = to_number(a[2], r);
    const double present = to_number(a[3], r), future = number_or(a, 4, r, 0);
    need(number_or(a, 5, r, 0) == 0);
    if (period < 1 || period > n) fail("#NUM!");
    const double each = payment(rate, n, present, future, false);
    const double interest = future_value(rate, period - 1, each, present, false) * rate;
    return finite(Interest ? interest : each - interest);
}

value nper(const arguments& a, reading& r) {
    const double rate = to_number(a[0], r), present = to_number(a[2], r), future = number_or(a, 3, r, 0);
    const double each = to_number(a[1], r) * (number_or(a, 4, r, 0) != 0 ? 1 + rate : 1);
    if (rate == 0) return finite(-(present + future) / to_number(a[1], r));
    return finite(std::log((each - future * rate) / (present * rate + each)) / std::log(1 + rate));
}

double discounted(double rate, const std::vector<double>& flows) {
    double total = 0, factor = 1;
    for (double f : flows) total += f / (factor *= 1 + rate);
    return total;
}

value npv(const arguments& a, reading& r) {
    return finite(discounted(to_number(a[0], r), numbers_of(std::span(a).subspan(1), r)));
}

/// By Newton's steps from a guess; nothing where they do not settle.
template <class Of>
double root(Of of, double guess) {
    double rate = guess;
    for (int i = 0; i < 100; ++i) {
        const double here = of(rate), slope = (of(rate + 1e-7) - of(rate - 1e-7)) / 2e-7;
        if (slope == 0 || !std::isfinite(slope)) break;
        const double next = rate - here / slope;
        if (std::fabs(next - rate) < 1e-13) return next;
        rate = next;
    }
    throw not_evaluated{};
}

value irr(const arguments& a, reading& r) {
    const std::vector<double> flows = numbers_of(std::span(a).first(1), r);
    bool in = false, out = false;
    for (double f : flows) in = in || f > 0, out = out || f < 0;
    if (!in || !out) fail("#NUM!");
    return finite(root([&](double rate) { return discounted(rate, flows); }, number_or(a, 1, r, 0.1)));
}

value rate(const arguments& a, reading& r) {
    const double n = to_number(a[0], r), each = to_number(a[1], r), present = to_number(a[2], r);
    const double future = number_or(a, 3, r, 0);
    const bool start = number_or(a, 4, r, 0) != 0;
    return finite(
        root([&](double x) { return future_value(x, n, each, present, start) - future; }, number_or(a, 5, r, 0.1)));
}

value straight_line(const arguments& a, reading& r) {
    const double life = to_number(a[2], r);
    if (life == 0) fail("#DIV/0!");
    return finite((to_number(a[0], r) - to_number(a[1], r)) / life);
}

} // namespace

std::span<const function> interest() {
    static constexpr function all[] = {
        {"FV", 3, 5, "s", fv},
        {"PV", 3, 5, "s", pv},
        {"PMT", 3, 5, "s", pmt},
        {"IPMT", 4, 6, "s", part_of_payment<true>},
        {"PPMT", 4, 6, "s", part_of_payment<false>},
        {"NPER", 3, 5, "s", nper},
        {"NPV", 2, any_number, "sv", npv},
        {"IRR", 1, 2, "as", irr},
        {"RATE", 3, 6, "s", rate},
        {"SLN", 3, 3, "s", straight_line},
    };
    return all;
}

} // namespace riskshare::workbook::detail
