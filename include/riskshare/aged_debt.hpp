// Debts by age: what is owed, and for how long it has been due.
#ifndef RISKSHARE_AGED_DEBT_HPP
#define RISKSHARE_AGED_DEBT_HPP

#include <riskshare/detail/footing.hpp>
#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace riskshare {

/// How long a debt has been due, in days.
enum class debt_age : std::uint8_t { not_due, to_30, to_60, to_90, over_90 };
inline constexpr std::size_t debt_ages = 5;
const char* to_string(debt_age);

/// What a body is owed, or owes, by age; positive. Source: the debtors' table of a board's finance paper.
struct aged_debt_line {
    std::string organisation = {}, name = {}; ///< name: of the debtor or the kind of debt
    std::array<cell_figure, debt_ages> by_age = {};
    cell_figure total = {};
    bool is_total = false;
};

/// Totals that the ages, or the lines, do not give ("aged_debt.total").
std::vector<finding> review(const std::vector<aged_debt_line>&);

// ---------------------------------------------------------------------------------------------------------------------

inline const char* to_string(debt_age a) {
    static constexpr const char* names[] = {"not due", "to 30 days", "31 to 60 days", "61 to 90 days", "over 90 days"};
    return names[static_cast<std::size_t>(a)];
}

inline std::vector<finding> review(const std::vector<aged_debt_line>& all) {
    std::vector<finding> out;
    for (const aged_debt_line& l : all) {
        std::vector<figure> parts;
        for (const cell_figure& f : l.by_age)
            if (f) parts.push_back(*f);
        const std::string whose = l.is_total ? " in all" : l.name.empty() ? "" : " of " + l.name;
        if (l.total && parts.size() > 1)
            detail::check_footing("aged_debt.total", "debts" + whose + ": the total", *l.total, parts, out);
        if (!l.is_total) continue;
        for (std::size_t age = 0; age < debt_ages; ++age) {
            parts.clear();
            bool given = l.by_age[age].has_value();
            for (const aged_debt_line& part : all)
                if (!part.is_total && part.by_age[age]) parts.push_back(*part.by_age[age]);
            if (given && parts.size() > 1)
                detail::check_footing("aged_debt.total",
                                      std::string("debts ") + to_string(static_cast<debt_age>(age)) + ": the total",
                                      *l.by_age[age], parts, out);
        }
    }
    return out;
}

} // namespace riskshare

#endif
