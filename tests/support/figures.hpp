// Short ways to write figures in tests.
#ifndef RISKSHARE_TESTS_SUPPORT_FIGURES_HPP
#define RISKSHARE_TESTS_SUPPORT_FIGURES_HPP

#include <riskshare/figure.hpp>

namespace riskshare::test {

inline exact thousands(const char* text) { return exact(parse_decimal(text).value(), unit::thousands); }
inline exact millions(const char* text) { return exact(parse_decimal(text).value(), unit::millions); }

inline figure in_thousands(const char* text, provenance at = {}) {
    return figure(parse_decimal(text).value(), unit::thousands, std::move(at));
}
inline figure in_millions(const char* text, provenance at = {}) {
    return figure(parse_decimal(text).value(), unit::millions, std::move(at));
}

} // namespace riskshare::test

#endif
