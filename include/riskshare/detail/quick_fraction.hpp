// A fraction for the inner loops of solvers: whole numbers cost one checked instruction.
#ifndef RISKSHARE_DETAIL_QUICK_FRACTION_HPP
#define RISKSHARE_DETAIL_QUICK_FRACTION_HPP

#include <riskshare/ratio.hpp>

namespace riskshare::detail {

/// Exact; leaving 64 bits throws `overflow`, upon which the caller starts again with fractions of any size.
class quick_fraction {
public:
    quick_fraction() = default;
    quick_fraction(std::int64_t whole) : n_(whole) {}
    quick_fraction(const ratio& r) : n_(r.numerator()), d_(r.denominator()) {}

    ratio value() const { return d_ == 1 ? ratio(n_) : ratio(n_, d_); }
    int sign() const noexcept { return n_ > 0 ? 1 : n_ < 0 ? -1 : 0; }

    friend quick_fraction operator+(const quick_fraction& a, const quick_fraction& b) {
        if (a.d_ == 1 && b.d_ == 1) return {checked_add(a.n_, b.n_, "quick_fraction")};
        return {a.value() + b.value()};
    }
    friend quick_fraction operator-(const quick_fraction& a, const quick_fraction& b) {
        if (a.d_ == 1 && b.d_ == 1) return {checked_subtract(a.n_, b.n_, "quick_fraction")};
        return {a.value() - b.value()};
    }
    friend quick_fraction operator*(const quick_fraction& a, const quick_fraction& b) {
        if (a.d_ == 1 && b.d_ == 1) return {checked_multiply(a.n_, b.n_, "quick_fraction")};
        return {a.value() * b.value()};
    }
    friend quick_fraction operator/(const quick_fraction& a, const quick_fraction& b) {
        if (b.d_ == 1 && b.n_ == 1) return a;
        if (b.d_ == 1 && b.n_ == -1) return quick_fraction() - a;
        return {a.value() / b.value()};
    }
    friend bool operator==(const quick_fraction& a, const quick_fraction& b) { return a.n_ == b.n_ && a.d_ == b.d_; }
    friend bool operator<(const quick_fraction& a, const quick_fraction& b) {
        if (a.d_ == b.d_) return a.n_ < b.n_;
        return a.value() < b.value();
    }

private:
    std::int64_t n_ = 0, d_ = 1;
};

} // namespace riskshare::detail

#endif
