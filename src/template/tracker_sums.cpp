#include "template/tracker_table.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

namespace {

constexpr std::size_t places = 4 * 12 + 6; // as tracker_row::all() orders them

/// Where a column's amounts stand in `tracker_row::all()`; nothing for a column of texts.
std::optional<std::size_t> place_of(const column_slot& s) {
    if (s.what < slot::full_year_effect) return std::nullopt;
    if (s.what < slot::plan_month)
        return 48 + static_cast<std::size_t>(s.what) - static_cast<std::size_t>(slot::full_year_effect);
    return (static_cast<std::size_t>(s.what) - static_cast<std::size_t>(slot::plan_month)) * 12 +
           static_cast<std::size_t>(s.month - 1);
}

std::int64_t step_of(std::int64_t amount, std::int64_t unit_step) {
    std::int64_t step = unit_step;
    while (step > 1 && amount % step != 0) step /= 10;
    return std::max<std::int64_t>(step, 1);
}

} // namespace

running_sums::running_sums(const heading_block& b)
    : group_(places), all_(places), visible_group_(places), visible_(places), steps_(places, 1), units_(places, 1) {
    for (const tracker_column& c : b.columns)
        if (const std::optional<std::size_t> p = place_of(slot_of(c.id)); p && c.unit) {
            units_[*p] = one(*c.unit).pence();
            for (int i = 0; i < c.scaled_by; ++i) units_[*p] /= 10;
            steps_[*p] = std::max<std::int64_t>(units_[*p], 1);
        }
}

void running_sums::add(const tracker_row& r, bool hidden) {
    const std::vector<std::optional<std::int64_t>> amounts = r.all();
    hides_some_ |= hidden;
    ++group_rows_;
    for (std::size_t i = 0; i < places; ++i) {
        if (!amounts[i]) continue;
        steps_[i] = std::min(steps_[i], step_of(*amounts[i], steps_[i]));
        for (sums* s : {&group_, &all_, &visible_group_, &visible_}) {
            if (hidden && (s == &visible_ || s == &visible_group_)) continue;
            (*s)[i].amount = riskshare::detail::checked_add((*s)[i].amount, *amounts[i], "tracker");
            ++(*s)[i].rows;
        }
    }
}

void running_sums::end_group() {
    group_.assign(places, {});
    visible_group_.assign(places, {});
    group_rows_ = 0;
}

bool running_sums::matches(const tracker_row& r, const sums& s) {
    const std::vector<std::optional<std::int64_t>> amounts = r.all();
    std::size_t compared = 0;
    for (std::size_t i = 0; i < places; ++i) {
        if (!amounts[i]) continue;
        if (*amounts[i] != s[i].amount) return false;
        if (*amounts[i] != 0 && s[i].rows > 0) ++compared;
    }
    return compared > 0;
}

void running_sums::check(const grid& g, const heading_block& b, const tracker_row& r, const std::string& label,
                         std::vector<finding>& findings) const {
    if (is_sum_of_all(r) || is_sum_of_group(r)) return;
    if (hides_some_ && (matches(r, visible_) || matches(r, visible_group_))) {
        findings.push_back({"tracker.total_of_visible",
                            severity::warning,
                            label + " adds up the visible rows only; hidden rows were read as well",
                            {g.at(r.row, 1)},
                            "clear the filter before the total is used"});
        return;
    }
    const std::vector<std::optional<std::int64_t>> amounts = r.all();
    // Held against whichever it comes nearer to in more columns: its group, or the whole table.
    std::size_t group_hits = 0, all_hits = 0;
    for (std::size_t i = 0; i < places; ++i) {
        if (!amounts[i]) continue;
        group_hits += *amounts[i] == group_[i].amount ? 1 : 0;
        all_hits += *amounts[i] == all_[i].amount ? 1 : 0;
    }
    const auto distance = [&](const sums& s) {
        exact far;
        for (std::size_t i = 0; i < places; ++i)
            if (amounts[i]) far += abs(exact(money::pence(*amounts[i])) - exact(money::pence(s[i].amount)));
        return far;
    };
    const bool by_group =
        group_hits != all_hits ? group_hits > all_hits : group_rows_ > 0 && distance(group_) < distance(all_);
    const sums& held = by_group ? group_ : all_;
    for (const tracker_column& c : b.columns) {
        const std::optional<std::size_t> p = place_of(slot_of(c.id));
        if (!p || !amounts[*p] || *amounts[*p] == held[*p].amount || held[*p].rows == 0) continue;
        finding f{"tracker.total_differs", severity::error, "", {g.at(r.row, c.column)}};
        f.expected = exact(money::pence(held[*p].amount));
        f.found = exact(money::pence(*amounts[*p]));
        f.difference = *f.found - *f.expected;
        const exact slack = exact(money::pence(steps_[*p])) * ratio(static_cast<std::int64_t>(held[*p].rows) + 1, 2);
        const bool rounding_only = !(slack < abs(*f.difference));
        f.verdict = rounding_only ? verdict::rounding : verdict::real;
        f.severity = rounding_only ? severity::note : severity::error;
        f.message = label + " prints " + accounting(*f.found, c.unit.value_or(unit::pounds)) + " under \"" + c.heading +
                    "\"; its " + std::to_string(held[*p].rows) + " rows add up to " +
                    accounting(*f.expected, c.unit.value_or(unit::pounds)) +
                    (rounding_only ? ": rounding only" : ": a real difference");
        if (!rounding_only) f.advice = "look for a row missed or counted twice, or a stale total";
        findings.push_back(std::move(f));
    }
}

} // namespace riskshare::templates::detail
