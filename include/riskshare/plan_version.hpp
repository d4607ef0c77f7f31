// Which plan a month is measured against, when a plan was replaced within its year.
#ifndef RISKSHARE_PLAN_VERSION_HPP
#define RISKSHARE_PLAN_VERSION_HPP

#include <riskshare/exact.hpp>
#include <riskshare/period.hpp>

#include <array>
#include <string>
#include <vector>

namespace riskshare {

/// A plan for one year, month by month, as it was at one time: "April plan", "final plan".
struct plan_version {
    std::string name;
    month measured_from{1};            ///< the first month that is measured against it
    std::array<exact, 12> months = {}; ///< M1 to M12, signed

    /// M1 to the month, as this version phases them.
    exact to_date(month last) const;
    exact full_year() const { return to_date(month(12)); }
};

/// The versions of one plan. A month is measured against the version in force then, to date and for the full year;
/// a later version never restates what was reported before it.
class plan_history {
public:
    /// Throws `precondition_violated` unless the first version runs from M1 and each later one from a later month.
    explicit plan_history(std::vector<plan_version> versions);

    const plan_version& in_force(month) const;
    const std::vector<plan_version>& versions() const noexcept { return versions_; }
    /// What replacing the version before did to the plan of the full year; zero for the first.
    exact restatement(const plan_version&) const;

private:
    std::vector<plan_version> versions_;
};

// ---------------------------------------------------------------------------------------------------------------------

inline exact plan_version::to_date(month last) const {
    exact sum;
    for (int m = 0; m < last.number(); ++m) sum += months[static_cast<std::size_t>(m)];
    return sum;
}

inline plan_history::plan_history(std::vector<plan_version> versions) : versions_(std::move(versions)) {
    if (versions_.empty()) throw precondition_violated("plan_history: no version");
    if (versions_.front().measured_from != month(1))
        throw precondition_violated("plan_history: \"" + versions_.front().name + "\" does not run from M1");
    for (std::size_t i = 1; i < versions_.size(); ++i)
        if (versions_[i].measured_from <= versions_[i - 1].measured_from)
            throw precondition_violated("plan_history: \"" + versions_[i].name + "\" does not run from a later month");
}

inline const plan_version& plan_history::in_force(month m) const {
    const plan_version* version = &versions_.front();
    for (const plan_version& v : versions_)
        if (v.measured_from <= m) version = &v;
    return *version;
}

inline exact plan_history::restatement(const plan_version& version) const {
    for (std::size_t i = 1; i < versions_.size(); ++i)
        if (versions_[i].name == version.name) return versions_[i].full_year() - versions_[i - 1].full_year();
    return {};
}

} // namespace riskshare

#endif
