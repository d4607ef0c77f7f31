// What changed between two statements: from month to month, or because a position was restated.
#ifndef RISKSHARE_MOVEMENT_HPP
#define RISKSHARE_MOVEMENT_HPP

#include <riskshare/statement.hpp>

#include <string>
#include <vector>

namespace riskshare {

/// Later less earlier.
struct movement_line {
    std::string organisation = {};
    money variance = {}, excluded = {}, shareable = {}, allocated = {}, transfer = {}, final = {};
};

/// Both statements are kept; neither is rewritten.
struct statement_movement {
    statement before = {}, after = {};
    std::vector<movement_line> lines = {}; ///< in agreement order
    money pool = {};

    /// The same month reported anew by its owner, not the month after.
    bool restated() const { return before.when == after.when; }
};

/// \pre both are statements on one basis of one agreement with the same parties, the first not later than the second;
/// throws `precondition_violated`.
statement_movement movement_between(statement before, statement after);

// ---------------------------------------------------------------------------------------------------------------------

inline statement_movement movement_between(statement before, statement after) {
    const bool comparable = before.agreement == after.agreement && before.basis == after.basis &&
                            before.lines.size() == after.lines.size() && !(after.when < before.when);
    if (!comparable) throw precondition_violated("movement: the two statements cannot be compared");
    statement_movement m{std::move(before), std::move(after), {}, money()};
    m.pool = m.after.pool - m.before.pool;
    for (std::size_t i = 0; i < m.after.lines.size(); ++i) {
        const statement_line &a = m.before.lines[i], &b = m.after.lines[i];
        if (a.organisation != b.organisation) throw precondition_violated("movement: the parties are not the same");
        m.lines.push_back({b.organisation, b.variance - a.variance, b.excluded - a.excluded, b.shareable - a.shareable,
                           b.allocated - a.allocated, b.transfer - a.transfer, b.final - a.final});
    }
    return m;
}

} // namespace riskshare

#endif
