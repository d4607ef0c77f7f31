// What becomes of balances that pass from one year to the next.
#ifndef RISKSHARE_CARRY_FORWARD_HPP
#define RISKSHARE_CARRY_FORWARD_HPP

#include <riskshare/carry_forward_terms.hpp>
#include <riskshare/money.hpp>

#include <string>
#include <vector>

namespace riskshare {

/// One balance of one party over the year, as sizes: opening + added − used − repaid − written off = closing.
struct carried_balance {
    std::string name = {};
    carry_forward_terms::what kind = carry_forward_terms::what::debt;
    std::string organisation = {}; ///< empty for a reserve: it belongs to all together
    money opening = {}, added = {}, used = {}, repaid = {}, written_off = {};
    std::string repaid_to = {};
    int balanced_years = 0; ///< in succession, this one with them
    std::string clause = {};

    money closing() const { return opening + added - used - repaid - written_off; }
};

/// A debt over a year that the party ends `over` better or worse than planned. A year without a deficit counts as
/// balanced. When there are enough of them in succession what is left is written off, and before that the instalment is
/// repaid, as far as the debt goes.
carried_balance debt_after_a_year(const carry_forward_terms&, carried_balance opening, money over, money instalment);

// ---------------------------------------------------------------------------------------------------------------------

inline carried_balance debt_after_a_year(const carry_forward_terms& terms, carried_balance b, money over,
                                         money instalment) {
    const bool balanced = !over.is_negative();
    b.balanced_years = balanced ? b.balanced_years + 1 : 0;
    if (terms.adds_deficits && !balanced) b.added = -over;
    if (terms.written_off_after && b.balanced_years >= *terms.written_off_after) {
        b.written_off = b.opening;
        return b;
    }
    // Frozen while the parties may still have it written off; else repaid.
    const bool frozen = terms.written_off_after && balanced;
    if (!frozen) b.repaid = smaller(instalment, b.opening);
    return b;
}

} // namespace riskshare

#endif
