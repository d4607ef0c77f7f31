// Amounts inside sentences.
#ifndef RISKSHARE_DETAIL_MONEY_TEXT_HPP
#define RISKSHARE_DETAIL_MONEY_TEXT_HPP

#include <riskshare/accounting.hpp>

#include <string>

namespace riskshare::detail {

/// "£5,227,000", "£(1,234.50)", "£0": pence only where there are some.
inline std::string said(money m) {
    if (m.is_zero()) return "£0";
    return "£" + accounting(exact(m), unit::pounds, m.pence() % 100 == 0 ? 0 : 2);
}

/// The same for an amount worked out: rounded to the penny, whole pounds without.
inline std::string said(const exact& amount) { return said(rounded(amount, rounding::half_away_from_zero)); }

} // namespace riskshare::detail

#endif
