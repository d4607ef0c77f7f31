#include "template/totals/sum_formula.hpp"
#include "template/tracker_table.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

namespace {

constexpr std::size_t places = tracker_row::places;

/// The place of a column's amounts in a row; nothing for a column of texts.
std::optional<std::size_t> place_of(const column_slot& s) {
    if (s.what < slot::full_year_effect || s.what >= slot::variance_to_date) return std::nullopt;
    if (s.what < slot::plan_month)
        return 48 + static_cast<std::size_t>(s.what) - static_cast<std::size_t>(slot::full_year_effect);
    return (static_cast<std::size_t>(s.what) - static_cast<std::size_t>(slot::plan_month)) * 12 +
           static_cast<std::size_t>(s.month - 1);
}

/// Whether a sum stores something other than what the cells that it adds up hold now.
bool is_stale(const grid& g, std::uint32_t row, std::uint32_t column) {
    const workbook::cell* c = g.cell(row, column);
    const std::optional<span_of_rows> added = c == nullptr ? std::nullopt : rows_added_by(*c);
    if (!added) return false;
    const bool passes_over_sums = sum_formula_of(c->formula)->sub_total;
    exact sum;
    for (std::uint32_t r = added->first; r <= added->last; ++r) {
        const workbook::cell* part = g.cell(r, column);
        if (passes_over_sums && part != nullptr && rows_added_by(*part)) continue;
        if (!g.is_number(r, column)) continue;
        const result<cell_figure> amount = read_amount(g, r, column, unit::pounds);
        if (!amount) return false;
        sum += value_or_zero(*amount);
    }
    const result<cell_figure> stored = read_amount(g, row, column, unit::pounds);
    return stored && !(value_or_zero(*stored) == sum);
}

std::int64_t step_of(std::int64_t amount, std::int64_t unit_step) {
    std::int64_t step = unit_step;
    while (step > 1 && amount % step != 0) step /= 10;
    return std::max<std::int64_t>(step, 1);
}

} // namespace

void added_rows::add(const tracker_row& r) {
    ++rows_;
    for (std::size_t i = 0; i < places; ++i) {
        const std::optional<std::int64_t>& amount = r.at_place(i);
        if (!amount) continue;
        sums_[i].amount = riskshare::detail::checked_add(sums_[i].amount, *amount, "tracker");
        ++sums_[i].rows;
    }
}

bool added_rows::make_up(const tracker_row& r) const {
    std::size_t compared = 0;
    for (std::size_t i = 0; i < places; ++i) {
        const std::optional<std::int64_t>& amount = r.at_place(i);
        if (!amount) continue;
        if (*amount != sums_[i].amount) return false;
        if (*amount != 0 && sums_[i].rows > 0) ++compared;
    }
    return compared > 0;
}

running_sums::running_sums(const heading_block& b) : steps_(places, 1) {
    for (const tracker_column& c : b.columns)
        if (const std::optional<std::size_t> p = place_of(slot_of(c.id)); p && c.unit) {
            std::int64_t step = one(*c.unit).pence();
            for (int i = 0; i < c.scaled_by; ++i) step /= 10;
            steps_[*p] = std::max<std::int64_t>(step, 1);
        }
}

void running_sums::add(const tracker_row& r, bool hidden) {
    hides_some_ |= hidden;
    for (std::size_t i = 0; i < places; ++i)
        if (r.at_place(i)) steps_[i] = std::min(steps_[i], step_of(*r.at_place(i), steps_[i]));
    group_.add(r);
    all_.add(r);
    if (hidden) return;
    visible_group_.add(r);
    visible_.add(r);
}

void running_sums::end_group() {
    group_ = {};
    visible_group_ = {};
}

void running_sums::check(const grid& g, const heading_block& b, const tracker_row& r, const std::string& label,
                         std::vector<finding>& findings) const {
    if (is_sum_of_all(r) || is_sum_of_group(r)) return;
    if (hides_some_ && (visible_.make_up(r) || visible_group_.make_up(r))) {
        findings.push_back({"tracker.total_of_visible",
                            severity::warning,
                            label + " adds up the visible rows only; hidden rows were read as well",
                            {g.at(r.row, 1)},
                            "clear the filter before the total is used"});
        return;
    }
    // Held against whichever it comes nearer to in more columns: its group, or the whole table.
    std::size_t group_hits = 0, all_hits = 0;
    for (std::size_t i = 0; i < places; ++i) {
        if (!r.at_place(i)) continue;
        group_hits += *r.at_place(i) == group_.sums_[i].amount ? 1 : 0;
        all_hits += *r.at_place(i) == all_.sums_[i].amount ? 1 : 0;
    }
    const auto distance = [&](const added_rows& s) {
        exact far;
        for (std::size_t i = 0; i < places; ++i)
            if (r.at_place(i)) far += abs(exact(money::pence(*r.at_place(i))) - exact(money::pence(s.sums_[i].amount)));
        return far;
    };
    const bool by_group =
        group_hits != all_hits ? group_hits > all_hits : !group_.empty() && distance(group_) < distance(all_);
    const added_rows& held = by_group ? group_ : all_;
    for (const tracker_column& c : b.columns) {
        const std::optional<std::size_t> p = place_of(slot_of(c.id));
        if (!p || !r.at_place(*p) || *r.at_place(*p) == held.sums_[*p].amount || held.sums_[*p].rows == 0) continue;
        finding f{"tracker.total_differs", severity::error, "", {g.at(r.row, c.column)}};
        f.expected = exact(money::pence(held.sums_[*p].amount));
        f.found = exact(money::pence(*r.at_place(*p)));
        f.difference = *f.found - *f.expected;
        const exact slack =
            exact(money::pence(steps_[*p])) * ratio(static_cast<std::int64_t>(held.sums_[*p].rows) + 1, 2);
        const bool rounding_only = !(slack < abs(*f.difference));
        f.verdict = rounding_only ? verdict::rounding : verdict::real;
        f.severity = rounding_only ? severity::note : severity::error;
        f.message = label + " prints " + accounting(*f.found, c.unit.value_or(unit::pounds)) + " under \"" + c.heading +
                    "\"; its " + std::to_string(held.sums_[*p].rows) + " rows add up to " +
                    accounting(*f.expected, c.unit.value_or(unit::pounds)) +
                    (rounding_only ? ": rounding only" : ": a real difference");
        if (!rounding_only && is_stale(g, r.row, c.column)) {
            f.rule = "tracker.stale_total";
            f.severity = severity::warning;
            f.message += ", for the formula was not recalculated";
            f.advice = "let a spreadsheet recalculate the workbook and save it";
        } else if (!rounding_only)
            f.advice = "look for a row missed or counted twice, or a stale total";
        findings.push_back(std::move(f));
    }
}

} // namespace riskshare::templates::detail
