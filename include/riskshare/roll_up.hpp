// Schemes added up by any of their fields: plan, delivery, forecast, what is recurrent, what is at risk.
#ifndef RISKSHARE_ROLL_UP_HPP
#define RISKSHARE_ROLL_UP_HPP

#include <riskshare/tracker.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace riskshare {

/// What a set of schemes adds up to at the end of a month.
struct scheme_totals {
    std::size_t schemes = 0;
    money plan, plan_to_date, actual_to_date, forecast;
    money recurrent_plan, recurrent_forecast;
    exact full_year_effect;           ///< as stated, or worked out where none is; of every scheme
    exact recurrent_full_year_effect; ///< of the recurrent schemes alone
    std::array<money, ratings.size()> plan_by_rating = {};
    money unrated_plan; ///< under no rating, or under one that nobody knows
    /// Schemes that give none of the figure: the sum is of the others.
    std::size_t without_plan = 0, without_plan_to_date = 0, without_actual = 0, without_forecast = 0;
    /// Schemes that say whether they are recurrent, and those with savings that do not; the recurrent figures are of
    /// the first. The same for what they are worth over a full year. Unidentified savings are not expected to say.
    std::size_t with_recurrence = 0, without_recurrence = 0, with_effect = 0, without_effect = 0;

    money variance_to_date() const { return actual_to_date - plan_to_date; }
    money forecast_variance() const { return forecast - plan; }
    /// What the plan asks for and no recurrent scheme delivers.
    money recurrent_gap() const { return plan - recurrent_forecast; }
    /// What next year gains or loses against this year's forecast.
    exact next_year_effect() const { return recurrent_full_year_effect - exact(forecast); }
    bool knows_recurrence() const { return with_recurrence > 0 || without_recurrence == 0; }
    bool knows_effect() const { return with_effect > 0 || without_effect == 0; }
    /// Plan under a rating other than unidentified.
    money identified_plan() const {
        return plan - plan_by_rating[static_cast<std::size_t>(rating::unidentified)] - unrated_plan;
    }

    friend bool operator==(const scheme_totals&, const scheme_totals&) = default;
};

/// The plan that is at risk. What has no rating has no weight: it is left out, and `review` says so.
exact at_risk(const scheme_totals&, const risk_weights&);

/// One group: the text of each field grouped by, and its sums.
struct scheme_group {
    std::vector<std::string> key;
    scheme_totals totals;
};

/// Groups add up to the total whatever they are grouped by.
struct roll_up {
    std::vector<scheme_field> by;
    std::vector<scheme_group> groups; ///< ratings red first, start months in time, others as first met
    scheme_totals total;
};

/// One pass over all schemes. Throws `overflow` when a sum leaves the range of `money`.
roll_up rolled_up(const tracker&, month, const std::vector<scheme_field>& by = {});

/// The rating table of an operating plan, one row an organisation, in pounds; schemes without a rating beside it.
savings_table savings_of(const tracker&);
std::vector<unrated_savings> unrated_of(const tracker&);

// ---------------------------------------------------------------------------------------------------------------------

inline exact at_risk(const scheme_totals& t, const risk_weights& w) {
    exact sum;
    for (rating r : ratings) sum += exact(t.plan_by_rating[static_cast<std::size_t>(r)]) * w.of(r);
    return sum;
}

namespace detail {

/// Plan, plan to date, actual to date, forecast of one row, in pence.
struct row_sums {
    std::int64_t plan = 0, plan_to_date = 0, actual_to_date = 0, forecast = 0;
};

inline std::int64_t checked_sum(const std::int64_t* months, int count) {
    std::int64_t sum = 0;
    for (int i = 0; i < count; ++i) sum = checked_add(sum, months[i], "roll-up");
    return sum;
}

/// Sixteen amounts of less than 2^58 in magnitude cannot overflow, so that one look at their upper bits saves a check
/// for each addition.
inline row_sums sums_of(const std::int64_t* months, int to_date) {
    std::uint64_t bits = 0;
    for (int i = 0; i < 24; ++i) bits |= static_cast<std::uint64_t>(months[i] ^ (months[i] >> 63));
    row_sums s;
    if (bits >> 58 != 0) {
        s.plan = checked_sum(months, 12);
        s.plan_to_date = checked_sum(months, to_date);
        s.forecast = checked_sum(months + 12, 12);
        s.actual_to_date = checked_sum(months + 12, to_date);
        return s;
    }
    for (int i = 0; i < to_date; ++i) s.plan_to_date += months[i], s.actual_to_date += months[12 + i];
    s.plan = s.plan_to_date, s.forecast = s.actual_to_date;
    for (int i = to_date; i < 12; ++i) s.plan += months[i], s.forecast += months[12 + i];
    return s;
}

/// What one group adds up, for one rating and one kind of recurrence.
struct roll_up_cell {
    std::size_t schemes = 0;
    std::array<std::size_t, 4> without = {}; // plan, plan to date, actual to date, forecast
    std::size_t without_recurrence = 0, with_effect = 0, without_effect = 0;
    row_sums sums;
    std::int64_t full_year_effect = 0; // of the rows that state one
};

inline void accumulate(roll_up_cell& cell, const row_sums& row) {
    ++cell.schemes;
    bool over = __builtin_add_overflow(cell.sums.plan, row.plan, &cell.sums.plan);
    over |= __builtin_add_overflow(cell.sums.plan_to_date, row.plan_to_date, &cell.sums.plan_to_date);
    over |= __builtin_add_overflow(cell.sums.actual_to_date, row.actual_to_date, &cell.sums.actual_to_date);
    over |= __builtin_add_overflow(cell.sums.forecast, row.forecast, &cell.sums.forecast);
    if (over) throw overflow("roll-up: sum beyond 64 bits");
}

/// A number for each row, the same where all fields grouped by are the same, and a row that shows each number's texts.
struct grouping {
    std::vector<std::uint32_t> group;
    std::vector<std::size_t> example;
};

inline grouping grouped(const tracker& t, const std::vector<scheme_field>& by) {
    grouping g;
    g.group.assign(t.size(), 0);
    for (scheme_field f : by) {
        const bool own = f == scheme_field::reference || f == scheme_field::name;
        std::unordered_map<std::string_view, std::uint32_t> texts;
        std::unordered_map<std::uint64_t, std::uint32_t> pairs;
        std::vector<std::uint32_t> small; // for the usual case of few values
        const std::size_t width = own ? t.size() : t.values(f).size();
        const std::size_t groups_before = std::max<std::size_t>(g.example.size(), 1);
        const bool few = !own && groups_before * width <= 1U << 20;
        if (few) small.assign(groups_before * width, UINT32_MAX);
        std::vector<std::size_t> example;
        for (std::size_t i = 0; i < t.size(); ++i) {
            const std::uint32_t code =
                own ? texts.emplace(t.text(i, f), static_cast<std::uint32_t>(texts.size())).first->second
                    : t.codes(f)[i];
            std::uint32_t& number =
                few ? small[g.group[i] * width + code]
                    : pairs.emplace(std::uint64_t{g.group[i]} << 32 | code, UINT32_MAX).first->second;
            if (number == UINT32_MAX) {
                number = static_cast<std::uint32_t>(example.size());
                example.push_back(i);
            }
            g.group[i] = number;
        }
        g.example = std::move(example);
    }
    if (by.empty() && !t.empty()) g.example.push_back(0);
    return g;
}

/// \param worked_out the full-year effect of the rows that state none
inline void add_up(scheme_totals& t, const roll_up_cell& cell, const exact& worked_out, std::size_t rated,
                   recurrence comes_again) {
    t.schemes += cell.schemes;
    t.without_plan += cell.without[0], t.without_plan_to_date += cell.without[1];
    t.without_actual += cell.without[2], t.without_forecast += cell.without[3];
    t.with_recurrence += comes_again == recurrence::unknown ? 0 : cell.schemes;
    t.without_recurrence += cell.without_recurrence;
    t.with_effect += cell.with_effect, t.without_effect += cell.without_effect;
    t.plan += money::pence(cell.sums.plan);
    t.plan_to_date += money::pence(cell.sums.plan_to_date);
    t.actual_to_date += money::pence(cell.sums.actual_to_date);
    t.forecast += money::pence(cell.sums.forecast);
    const exact effect = exact(money::pence(cell.full_year_effect)) + worked_out;
    t.full_year_effect += effect;
    (rated < ratings.size() ? t.plan_by_rating[rated] : t.unrated_plan) += money::pence(cell.sums.plan);
    if (comes_again != recurrence::recurrent) return;
    t.recurrent_plan += money::pence(cell.sums.plan);
    t.recurrent_forecast += money::pence(cell.sums.forecast);
    t.recurrent_full_year_effect += effect;
}

/// Where a group stands among the others; as first met where the field has no order of its own.
inline std::vector<std::uint32_t> rank(const tracker& t, const std::vector<scheme_field>& by, std::size_t row) {
    std::vector<std::uint32_t> ranks;
    for (scheme_field f : by) {
        if (f == scheme_field::reference || f == scheme_field::name) {
            ranks.push_back(static_cast<std::uint32_t>(row));
            continue;
        }
        const std::string_view text = t.text(row, f);
        const std::uint32_t code = t.codes(f)[row];
        ranks.push_back(f != scheme_field::start ? code
                        : text.empty()           ? 13
                                                 : static_cast<std::uint32_t>(parse_month(text)->month.number()));
    }
    return ranks;
}

} // namespace detail

inline roll_up rolled_up(const tracker& t, month reported, const std::vector<scheme_field>& by) {
    constexpr std::size_t rating_slots = ratings.size() + 1, kinds = 3, slots = rating_slots * kinds;
    roll_up out;
    out.by = by;
    const detail::grouping grouping = detail::grouped(t, by);
    std::vector<detail::roll_up_cell> cells(grouping.example.size() * slots);
    std::vector<exact> worked_out; // beside the cells, which stay small; empty while every row states its effect

    std::vector<recurrence> recurrences;
    if (!t.empty())
        for (const std::string& text : t.values(scheme_field::recurrence))
            recurrences.push_back(parse_recurrence(text));
    const std::int64_t* months = t.pence().data();
    const auto rated = t.empty() ? std::span<const std::uint32_t>() : t.codes(scheme_field::rating);
    const auto comes_again = t.empty() ? rated : t.codes(scheme_field::recurrence);
    const std::uint32_t none = static_cast<std::uint32_t>(ratings.size());
    for (std::size_t i = 0; i < t.size(); ++i, months += 24) {
        detail::row_sums row = detail::sums_of(months, reported.number());
        if (t.has_stated_figures()) {
            const scheme s = t[i];
            row = {planned(s).pence(), planned_to_date(s, reported).pence(), delivered_to_date(s, reported).pence(),
                   forecast_outturn(s).pence()};
        }
        const recurrence again = recurrences[comes_again[i]];
        const std::size_t slot = std::min(rated[i], none) * kinds + static_cast<std::size_t>(again);
        const std::size_t at = grouping.group[i] * slots + slot;
        detail::roll_up_cell& cell = cells[at];
        detail::accumulate(cell, row);
        const std::array<bool, 4> given = t.given(i);
        for (std::size_t k = 0; k < given.size(); ++k) cell.without[k] += given[k] ? 0 : 1;
        const std::int64_t effect = t.full_year_effects()[i];
        const bool asked =
            rated[i] != static_cast<std::uint32_t>(rating::unidentified) && (row.plan != 0 || row.forecast != 0);
        const bool unsaid = again == recurrence::unknown;
        cell.without_recurrence += unsaid && asked ? 1 : 0;
        cell.with_effect += effect != tracker::no_amount || !unsaid ? 1 : 0;
        cell.without_effect += effect == tracker::no_amount && unsaid && asked ? 1 : 0;
        if (effect != tracker::no_amount) {
            cell.full_year_effect = detail::checked_add(cell.full_year_effect, effect, "roll-up");
        } else if (again == recurrence::recurrent) {
            worked_out.resize(cells.size());
            worked_out[at] += full_year_effect(t[i]);
        }
    }

    for (std::size_t g = 0; g < grouping.example.size(); ++g) {
        scheme_group group;
        for (scheme_field f : by) group.key.emplace_back(t.text(grouping.example[g], f));
        for (std::size_t slot = 0; slot < slots; ++slot) {
            const detail::roll_up_cell& cell = cells[g * slots + slot];
            if (cell.schemes == 0) continue;
            const exact effect = worked_out.empty() ? exact() : worked_out[g * slots + slot];
            const recurrence again = static_cast<recurrence>(slot % kinds);
            detail::add_up(group.totals, cell, effect, slot / kinds, again);
            detail::add_up(out.total, cell, effect, slot / kinds, again);
        }
        out.groups.push_back(std::move(group));
    }
    if (by.empty()) {
        out.groups.clear();
        return out;
    }
    std::vector<std::pair<std::vector<std::uint32_t>, std::size_t>> order;
    for (std::size_t g = 0; g < out.groups.size(); ++g) order.emplace_back(detail::rank(t, by, grouping.example[g]), g);
    std::sort(order.begin(), order.end());
    std::vector<scheme_group> sorted;
    for (const auto& entry : order) sorted.push_back(std::move(out.groups[entry.second]));
    out.groups = std::move(sorted);
    return out;
}

inline savings_table savings_of(const tracker& t) {
    savings_table table;
    for (const scheme_group& g : rolled_up(t, month(12), {scheme_field::organisation, scheme_field::rating}).groups) {
        const std::string& organisation = g.key[0];
        auto plan = std::find_if(table.plans.begin(), table.plans.end(),
                                 [&](const savings_plan& p) { return p.organisation == organisation; });
        if (plan == table.plans.end()) plan = table.plans.insert(plan, savings_plan{organisation});
        for (rating r : ratings)
            if (g.key[1] == to_string(r))
                plan->of(r) =
                    figure(decimal(g.totals.plan_by_rating[static_cast<std::size_t>(r)].pence(), -2), unit::pounds);
    }
    table.unrated = unrated_of(t);
    return table;
}

inline std::vector<unrated_savings> unrated_of(const tracker& t) {
    std::vector<unrated_savings> out;
    if (t.empty()) return out;
    const auto codes = t.codes(scheme_field::rating);
    for (std::size_t i = 0; i < t.size(); ++i) {
        if (codes[i] < tracker::unrated) continue;
        const scheme s = t[i];
        auto found = std::find_if(out.begin(), out.end(), [&](const unrated_savings& u) {
            return u.organisation == s.organisation && u.written == s.written_rating;
        });
        if (found == out.end()) found = out.insert(out.end(), unrated_savings{s.organisation, s.written_rating});
        found->names.push_back(s.reference.empty() ? s.name : s.reference);
        found->amount += exact(planned(s));
        if (s.at.known()) found->at.push_back(s.at);
    }
    return out;
}

} // namespace riskshare

#endif
