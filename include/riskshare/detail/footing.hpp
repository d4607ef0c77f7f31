// Whether one printed figure is the sum or the difference of others, to within their rounding.
#ifndef RISKSHARE_DETAIL_FOOTING_HPP
#define RISKSHARE_DETAIL_FOOTING_HPP

#include <riskshare/accounting.hpp>
#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace riskshare::detail {

/// The finest places in which any of the figures is stated: a column is stated alike, though zeros are typed short.
inline int finest_places(const figure& stated, const std::vector<figure>& parts) {
    int places = std::max(stated.places(), stated.written().places());
    for (const figure& p : parts)
        if (p.unit() == stated.unit()) places = std::max({places, p.places(), p.written().places()});
    return places;
}

inline std::string as_printed(const exact& amount, unit u, int places) {
    return accounting(amount, u, places) + " " + to_string(u);
}

/// Adds a finding when `stated` is not `expected`; `parts` are the figures that `expected` came from.
inline void check_equal(const char* rule, const std::string& what, const figure& stated, const exact& expected,
                        const std::vector<figure>& parts, std::vector<finding>& out) {
    const exact difference = stated.value() - expected;
    if (difference.is_zero()) return;
    const int places = finest_places(stated, parts);
    // Half a step for the figure and half for each part: what rounding can have moved between them.
    exact room;
    for (std::size_t i = 0; i <= parts.size(); ++i) room += exact(decimal(1, -places), stated.unit()) / ratio(2);
    const bool explained = abs(difference) <= room;
    finding f{rule, explained ? severity::note : severity::error,
              what + " reads " + as_printed(stated.value(), stated.unit(), places) + ", its parts give " +
                  as_printed(expected, stated.unit(), places) + (explained ? ": rounding" : "")};
    f.at.push_back(stated.at());
    for (const figure& p : parts) f.at.push_back(p.at());
    f.verdict = explained ? verdict::rounding : verdict::real;
    f.expected = expected;
    f.found = stated.value();
    f.difference = difference;
    if (!explained) f.advice = "correct the figure, or the part of it that is wrong";
    out.push_back(std::move(f));
}

inline void check_footing(const char* rule, const std::string& what, const figure& stated,
                          const std::vector<figure>& parts, std::vector<finding>& out) {
    exact sum;
    for (const figure& p : parts) sum += p.value();
    check_equal(rule, what, stated, sum, parts, out);
}

inline void check_difference(const char* rule, const std::string& what, const figure& stated, const figure& a,
                             const figure& b, std::vector<finding>& out) {
    check_equal(rule, what, stated, a.value() - b.value(), {a, b}, out);
}

} // namespace riskshare::detail

#endif
