// What changed between two months' trackers, scheme by scheme, as a bridge that adds up exactly.
#ifndef RISKSHARE_SCHEME_MOVEMENT_HPP
#define RISKSHARE_SCHEME_MOVEMENT_HPP

#include <riskshare/roll_up.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace riskshare {

/// What can happen to a scheme. One scheme can move in several ways at once; each movement has its own part of the
/// change, and the parts add up.
enum class movement_kind : std::uint8_t {
    added,     ///< only in the later tracker
    closed,    ///< only in the earlier one
    replanned, ///< the year's plan changed: its risk at the rating it had
    re_rated,  ///< the rating changed: its risk on the plan it now has
    re_phased, ///< the same year's plan in other months
    slipped,   ///< the forecast fell, or the same forecast comes later, or the start moved back
    improved,  ///< the forecast rose, or the same forecast comes earlier
    delivered, ///< delivered its whole plan since; takes any change of the forecast with it
};
inline constexpr std::array<movement_kind, 8> movement_kinds = {
    movement_kind::added,     movement_kind::closed,  movement_kind::replanned, movement_kind::re_rated,
    movement_kind::re_phased, movement_kind::slipped, movement_kind::improved,  movement_kind::delivered};

/// "new", "closed", "replanned", "re-rated", "re-phased", "slipped", "improved", "delivered".
const char* to_string(movement_kind);

/// A change of the year's plan, of the forecast outturn, and of the plan at risk.
struct movement_effect {
    money plan = {}, forecast = {};
    exact risk = {};
    movement_effect& operator+=(const movement_effect& b) {
        plan += b.plan;
        forecast += b.forecast;
        risk += b.risk;
        return *this;
    }
    friend bool operator==(const movement_effect&, const movement_effect&) = default;
};

struct scheme_movement {
    std::string organisation, reference, name;
    movement_kind kind = movement_kind::added;
    movement_effect effect = {};
    std::optional<rating> rating_before = {}, rating_after = {};
    std::vector<provenance> at = {}; ///< before, after: as far as the scheme was there
};

/// opening + movements = closing, in plan, forecast and risk.
struct tracker_bridge {
    movement_effect opening, closing;
    std::vector<scheme_movement> movements; ///< in the order of the later tracker, then what closed
    std::size_t unchanged = 0;

    movement_effect of(movement_kind) const;
    std::size_t count(movement_kind) const;
};

/// Schemes are the same when organisation and reference are, whatever the case and blanks; without a reference, when
/// the names are. Among several of one reference the first meets the first.
/// \param before_month,after_month the last months that hold actuals
tracker_bridge movement(const tracker& before, month before_month, const tracker& after, month after_month,
                        const risk_weights&);

// ---------------------------------------------------------------------------------------------------------------------

inline const char* to_string(movement_kind k) {
    static constexpr const char* names[] = {"new",       "closed",  "replanned", "re-rated",
                                            "re-phased", "slipped", "improved",  "delivered"};
    return names[static_cast<std::size_t>(k)];
}

inline movement_effect tracker_bridge::of(movement_kind k) const {
    movement_effect sum;
    for (const scheme_movement& m : movements)
        if (m.kind == k) sum += m.effect;
    return sum;
}
inline std::size_t tracker_bridge::count(movement_kind k) const {
    return static_cast<std::size_t>(
        std::count_if(movements.begin(), movements.end(), [k](const scheme_movement& m) { return m.kind == k; }));
}

namespace detail {

inline exact risk_of(const scheme& s, std::optional<rating> r, const risk_weights& w) {
    return r ? exact(planned(s)) * w.of(*r) : exact();
}
inline movement_effect standing(const scheme& s, const risk_weights& w) {
    return {planned(s), forecast_outturn(s), risk_of(s, s.rating, w)};
}
inline movement_effect negated(const movement_effect& e) { return {-e.plan, -e.forecast, -e.risk}; }

/// How late money comes: each pound by the number of its month. Exact, for it may leave 64 bits.
inline exact lateness(const monthly& months) {
    exact sum;
    for (int m = 1; m <= 12; ++m) sum += exact(months[month(m)]) * ratio(m);
    return sum;
}

/// Negative when it slipped, positive when it improved, zero when neither.
inline int forecast_direction(const scheme& before, const scheme& after) {
    const money change = forecast_outturn(after) - forecast_outturn(before);
    if (!change.is_zero()) return change.is_negative() ? -1 : 1;
    const exact later = lateness(after.actual) - lateness(before.actual);
    if (!later.is_zero()) return later.is_negative() ? 1 : -1;
    if (before.start && after.start && *before.start != *after.start) return *before.start < *after.start ? -1 : 1;
    return 0;
}

inline bool is_delivered(const scheme& s, month m) {
    return money() < planned(s) && !(delivered_to_date(s, m) < planned(s));
}

inline std::vector<scheme_movement> moved(const scheme& before, month before_month, const scheme& after,
                                          month after_month, const risk_weights& w) {
    scheme_movement base{after.organisation, after.reference, after.name};
    base.rating_before = before.rating;
    base.rating_after = after.rating;
    base.at = {before.at, after.at};
    std::vector<scheme_movement> out;
    const auto say = [&](movement_kind kind, movement_effect effect) {
        base.kind = kind;
        base.effect = std::move(effect);
        out.push_back(base);
    };
    const money plan_change = planned(after) - planned(before);
    if (!plan_change.is_zero())
        say(movement_kind::replanned,
            {plan_change, {}, risk_of(after, before.rating, w) - risk_of(before, before.rating, w)});
    if (before.rating != after.rating)
        say(movement_kind::re_rated, {{}, {}, risk_of(after, after.rating, w) - risk_of(after, before.rating, w)});
    if (plan_change.is_zero() && !(before.plan == after.plan)) say(movement_kind::re_phased, {});

    const movement_effect forecast{{}, forecast_outturn(after) - forecast_outturn(before), {}};
    const int direction = forecast_direction(before, after);
    if (is_delivered(after, after_month) && !is_delivered(before, before_month))
        say(movement_kind::delivered, forecast);
    else if (direction != 0)
        say(direction < 0 ? movement_kind::slipped : movement_kind::improved, forecast);
    return out;
}

/// Organisation, reference or name, and which of its kind: what makes a scheme the same in two months.
using scheme_identity = std::pair<std::string, std::size_t>;

inline std::vector<scheme_identity> identities(const tracker& t) {
    std::vector<scheme_identity> out;
    std::map<std::string, std::size_t> met;
    for (std::size_t i = 0; i < t.size(); ++i) {
        std::string id = folded(t.text(i, scheme_field::reference));
        if (id.empty()) id = "\n" + folded(t.text(i, scheme_field::name));
        id = folded(t.text(i, scheme_field::organisation)) + "\t" + id;
        const std::size_t which = met[id]++;
        out.emplace_back(std::move(id), which);
    }
    return out;
}

} // namespace detail

inline tracker_bridge movement(const tracker& before, month before_month, const tracker& after, month after_month,
                               const risk_weights& w) {
    tracker_bridge bridge;
    std::map<detail::scheme_identity, std::size_t> earlier;
    const std::vector<detail::scheme_identity> before_ids = detail::identities(before);
    for (std::size_t i = 0; i < before.size(); ++i) {
        earlier.emplace(before_ids[i], i);
        bridge.opening += detail::standing(before[i], w);
    }
    const std::vector<detail::scheme_identity> after_ids = detail::identities(after);
    std::vector<char> matched(before.size(), 0);
    for (std::size_t i = 0; i < after.size(); ++i) {
        const scheme now = after[i];
        const movement_effect standing = detail::standing(now, w);
        bridge.closing += standing;
        const auto then = earlier.find(after_ids[i]);
        if (then == earlier.end()) {
            bridge.movements.push_back(
                {now.organisation, now.reference, now.name, movement_kind::added, standing, {}, now.rating, {now.at}});
            continue;
        }
        matched[then->second] = 1;
        std::vector<scheme_movement> moved = detail::moved(before[then->second], before_month, now, after_month, w);
        if (moved.empty()) ++bridge.unchanged;
        for (scheme_movement& m : moved) bridge.movements.push_back(std::move(m));
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (matched[i] != 0) continue;
        const scheme then = before[i];
        bridge.movements.push_back({then.organisation,
                                    then.reference,
                                    then.name,
                                    movement_kind::closed,
                                    detail::negated(detail::standing(then, w)),
                                    then.rating,
                                    {},
                                    {then.at}});
    }
    return bridge;
}

} // namespace riskshare

#endif
