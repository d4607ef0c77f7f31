// What a reader of a tracker should know: whose risk it is, and what is odd about its schemes.
#ifndef RISKSHARE_TRACKER_REVIEW_HPP
#define RISKSHARE_TRACKER_REVIEW_HPP

#include <riskshare/detail/money_text.hpp>
#include <riskshare/roll_up.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace riskshare {

/// What the weight of a rating is put on: the year's plan, or what of it is left to deliver after a month.
enum class risk_basis : std::uint8_t { plan, left_to_deliver };

/// The part of one scheme that is at risk; nothing for a scheme without a rating.
exact at_risk(const scheme&, month, const risk_weights&, risk_basis = risk_basis::plan);
exact at_risk(const tracker&, month, const risk_weights&, risk_basis);

struct scheme_risk {
    std::size_t row = 0;
    exact risk;
};
/// The fewest schemes, largest risk first, that make up at least `share` of all that is at risk.
/// \pre 0 ≤ share ≤ 1, else `precondition_violated`.
std::vector<scheme_risk> largest_risks(const tracker&, month, const risk_weights&, risk_basis, const ratio& share);

/// Rows, in order. A start month counts as past once it has been reported on.
std::vector<std::size_t> negative_schemes(const tracker&);
std::vector<std::size_t> quality_overdue(const tracker&, month); ///< started, the QIA neither approved nor exempt; none
                                                                 ///< of a tracker that speaks of no QIA at all
std::vector<std::size_t> nothing_delivered(const tracker&, month); ///< started with a plan to date, nothing delivered
/// Rows that share organisation and reference; each group in order.
std::vector<std::vector<std::size_t>> duplicate_references(const tracker&);
/// Rows of one organisation that have the same name and the same plan, month by month, under different references.
std::vector<std::vector<std::size_t>> duplicate_schemes(const tracker&);

/// All findings at once. Unknown and missing ratings are errors: their savings are in no risk.
/// \param by_status the schemes are told by their development status: ratings that are missing are not looked for
std::vector<finding> review(const tracker&, month, bool by_status = false);

// ---------------------------------------------------------------------------------------------------------------------

inline exact at_risk(const scheme& s, month m, const risk_weights& w, risk_basis basis) {
    if (!s.rating) return {};
    return exact(basis == risk_basis::plan ? planned(s) : left_to_deliver(s, m)) * w.of(*s.rating);
}

inline exact at_risk(const tracker& t, month m, const risk_weights& w, risk_basis basis) {
    exact sum;
    for (std::size_t i = 0; i < t.size(); ++i) sum += at_risk(t[i], m, w, basis);
    return sum;
}

inline std::vector<scheme_risk> largest_risks(const tracker& t, month m, const risk_weights& w, risk_basis basis,
                                              const ratio& share) {
    if (share < ratio(0) || ratio(1) < share)
        throw precondition_violated("largest_risks: a share is between 0 and 1, not " + to_string(share));
    std::vector<scheme_risk> all;
    exact total;
    for (std::size_t i = 0; i < t.size(); ++i) {
        all.push_back({i, at_risk(t[i], m, w, basis)});
        total += all.back().risk;
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const scheme_risk& a, const scheme_risk& b) { return b.risk < a.risk; });
    exact covered;
    const exact wanted = total * share;
    std::size_t count = 0;
    while (count < all.size() && covered < wanted && exact() < all[count].risk) covered += all[count++].risk;
    all.resize(count);
    return all;
}

namespace detail {

template <class F>
std::vector<std::size_t> rows_where(const tracker& t, F condition) {
    std::vector<std::size_t> rows;
    for (std::size_t i = 0; i < t.size(); ++i)
        if (condition(t[i])) rows.push_back(i);
    return rows;
}

inline bool has_started(const scheme& s, month m) {
    const std::optional<month> start = effective_start(s);
    return start && *start <= m && s.rating != rating::unidentified;
}

template <class Key>
std::vector<std::vector<std::size_t>> met_twice(const std::map<Key, std::vector<std::size_t>>& seen) {
    std::vector<std::vector<std::size_t>> out;
    for (const auto& entry : seen)
        if (entry.second.size() > 1) out.push_back(entry.second);
    std::sort(out.begin(), out.end());
    return out;
}

/// "UHL-001 Procurement", as much of it as there is.
inline std::string called(const scheme& s) {
    if (s.reference.empty()) return s.name.empty() ? "a scheme without a name" : s.name;
    return s.name.empty() ? s.reference : s.reference + " " + s.name;
}

/// The first few by reference, and how many more.
inline std::string listed_schemes(const tracker& t, const std::vector<std::size_t>& rows) {
    constexpr std::size_t shown = 5;
    std::string text;
    for (std::size_t i = 0; i < rows.size() && i < shown; ++i) {
        const std::string_view reference = t.text(rows[i], scheme_field::reference);
        text += (i == 0 ? "" : ", ");
        text += reference.empty() ? t.text(rows[i], scheme_field::name) : reference;
    }
    return rows.size() > shown ? text + " and " + std::to_string(rows.size() - shown) + " more" : text;
}

inline std::string counted(std::size_t n, const std::string& one, const std::string& several) {
    return std::to_string(n) + " " + (n == 1 ? one : several);
}

template <class Amount>
void add_finding(std::vector<finding>& out, const tracker& t, const std::vector<std::size_t>& rows, finding f,
                 Amount amount) {
    if (rows.empty()) return;
    exact sum;
    for (std::size_t row : rows) {
        const scheme s = t[row];
        sum += amount(s);
        if (s.at.known()) f.at.push_back(s.at);
    }
    f.message += ", " + detail::said(sum) + " in all: " + listed_schemes(t, rows);
    f.found = sum;
    out.push_back(std::move(f));
}

inline void review_duplicates(std::vector<finding>& out, const tracker& t) {
    for (const std::vector<std::size_t>& rows : duplicate_references(t)) {
        finding f{"tracker.duplicate_reference", severity::error,
                  std::string(t.text(rows[0], scheme_field::reference)) + " stands " + std::to_string(rows.size()) +
                      " times"};
        f.advice = "give each scheme a reference of its own, or delete the row that is counted twice";
        add_finding(out, t, rows, std::move(f), [](const scheme& s) { return exact(planned(s)); });
    }
    for (const std::vector<std::size_t>& rows : duplicate_schemes(t)) {
        finding f{"tracker.duplicate_scheme", severity::warning,
                  "\"" + std::string(t.text(rows[0], scheme_field::name)) + "\" has the same plan under " +
                      std::to_string(rows.size()) + " references"};
        f.advice = "confirm that they are different schemes";
        add_finding(out, t, rows, std::move(f), [](const scheme& s) { return exact(planned(s)); });
    }
}

/// Schemes that give none of a figure that others give: the sum is not of all. What no scheme gives is not looked for.
inline void review_unknown(std::vector<finding>& out, const tracker& t) {
    struct kind {
        std::size_t index;
        const char *what, *advice;
    };
    for (const kind& k : {kind{0, "plan", "fill the plan in, or write 0 where nothing is planned"},
                          kind{2, "actual to date", "fill it in, or write 0 where nothing was delivered"},
                          kind{3, "forecast", "fill the forecast in, or write 0 where nothing is expected"}}) {
        std::vector<std::size_t> rows;
        for (std::size_t i = 0; i < t.size(); ++i)
            if (!t.given(i)[k.index]) rows.push_back(i);
        if (rows.empty() || rows.size() == t.size()) continue;
        finding f{"tracker.unknown", severity::warning, ""};
        f.advice = k.advice;
        for (std::size_t row : rows)
            if (const scheme s = t[row]; s.at.known()) f.at.push_back(s.at);
        f.message = counted(rows.size(), "scheme has", "schemes have") + " no " + k.what +
                    "; the sum is of the other " + std::to_string(t.size() - rows.size()) + ": " +
                    listed_schemes(t, rows);
        out.push_back(std::move(f));
    }
}

/// Schemes with savings that do not say whether they are recurrent, where others do.
inline void review_recurrence(std::vector<finding>& out, const tracker& t) {
    const std::vector<std::string>& written = t.values(scheme_field::recurrence);
    std::vector<bool> unsaid;
    for (const std::string& text : written) unsaid.push_back(parse_recurrence(text) == recurrence::unknown);
    const auto codes = t.codes(scheme_field::recurrence);
    std::vector<std::size_t> rows;
    bool any = false;
    for (std::size_t i = 0; i < t.size(); ++i) {
        any = any || !unsaid[codes[i]];
        if (!unsaid[codes[i]]) continue;
        const scheme s = t[i];
        const bool saves = !planned(s).is_zero() || !forecast_outturn(s).is_zero();
        if (saves && s.rating != rating::unidentified) rows.push_back(i);
    }
    if (rows.empty() || !any) return;
    finding f{"tracker.unknown", severity::warning,
              counted(rows.size(), "scheme does", "schemes do") +
                  " not say whether the saving is recurrent; the recurrent figures are of the others, and neither the "
                  "recurrent gap nor next year's effect is given: " +
                  listed_schemes(t, rows)};
    f.advice = "write recurrent or non-recurrent in each";
    for (std::size_t row : rows)
        if (const scheme s = t[row]; s.at.known()) f.at.push_back(s.at);
    out.push_back(std::move(f));
}

} // namespace detail

inline std::vector<std::size_t> negative_schemes(const tracker& t) {
    return detail::rows_where(t, [](const scheme& s) { return planned(s).is_negative(); });
}
inline std::vector<std::size_t> quality_overdue(const tracker& t, month m) {
    if (t.empty()) return {};
    const auto& written = t.values(scheme_field::quality);
    if (std::all_of(written.begin(), written.end(), [](const std::string& q) { return q.empty(); })) return {};
    return detail::rows_where(t, [m](const scheme& s) {
        const quality_status status = parse_quality_status(s.quality);
        return detail::has_started(s, m) && status != quality_status::approved &&
               status != quality_status::not_required;
    });
}
inline std::vector<std::size_t> nothing_delivered(const tracker& t, month m) {
    return detail::rows_where(t, [m](const scheme& s) {
        return detail::has_started(s, m) && money() < planned_to_date(s, m) && delivered_to_date(s, m).is_zero();
    });
}

inline std::vector<std::vector<std::size_t>> duplicate_references(const tracker& t) {
    std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> seen;
    for (std::size_t i = 0; i < t.size(); ++i) {
        const std::string reference = detail::folded(t.text(i, scheme_field::reference));
        if (!reference.empty()) seen[{std::string(t.text(i, scheme_field::organisation)), reference}].push_back(i);
    }
    return detail::met_twice(seen);
}

inline std::vector<std::vector<std::size_t>> duplicate_schemes(const tracker& t) {
    std::map<std::tuple<std::string, std::string, std::vector<std::int64_t>>, std::vector<std::size_t>> seen;
    for (std::size_t i = 0; i < t.size(); ++i) {
        const std::string name = detail::folded(t.text(i, scheme_field::name));
        const auto months = t.pence().subspan(i * 24, 12);
        if (name.empty() || std::all_of(months.begin(), months.end(), [](std::int64_t p) { return p == 0; })) continue;
        seen[{std::string(t.text(i, scheme_field::organisation)), name, {months.begin(), months.end()}}].push_back(i);
    }
    std::vector<std::vector<std::size_t>> out;
    for (const std::vector<std::size_t>& rows : detail::met_twice(seen)) {
        const std::string_view first = t.text(rows[0], scheme_field::reference);
        const bool differ = std::any_of(rows.begin(), rows.end(), [&](std::size_t row) {
            return first.empty() || t.text(row, scheme_field::reference) != first;
        });
        if (differ) out.push_back(rows);
    }
    return out;
}

inline std::vector<finding> review(const tracker& t, month m, bool by_status) {
    std::vector<finding> out;
    if (t.empty()) return out;
    if (!by_status) out = review(unrated_of(t));
    detail::review_unknown(out, t);
    detail::review_recurrence(out, t);
    detail::review_duplicates(out, t);
    for (std::size_t row : negative_schemes(t)) {
        const scheme s = t[row];
        finding f{"savings.negative", severity::warning,
                  "scheme " + detail::called(s) + " has a negative saving of " + detail::said(planned(s)) +
                      "; it is netted within its rating"};
        if (s.at.known()) f.at.push_back(s.at);
        f.advice = "confirm that it is a reversal";
        f.found = planned(s);
        out.push_back(std::move(f));
    }
    const std::vector<std::size_t> overdue = quality_overdue(t, m), idle = nothing_delivered(t, m);
    const auto plan = [](const scheme& s) { return exact(planned(s)); };
    detail::add_finding(out, t, overdue,
                        {"tracker.quality_overdue",
                         severity::warning,
                         detail::counted(overdue.size(), "scheme has", "schemes have") +
                             " started without an approved quality impact assessment",
                         {},
                         "approve the assessment or stop the scheme"},
                        plan);
    detail::add_finding(
        out, t, idle,
        {"tracker.nothing_delivered",
         severity::warning,
         detail::counted(idle.size(), "scheme is", "schemes are") + " past the start with nothing delivered",
         {},
         "move the start, re-rate, or enter what was delivered"},
        [m](const scheme& s) { return exact(planned_to_date(s, m)); });
    const std::vector<std::size_t> once = detail::rows_where(t, [](const scheme& s) {
        return s.recurrence != recurrence::recurrent && s.full_year_effect && !s.full_year_effect->is_zero();
    });
    detail::add_finding(
        out, t, once,
        {"tracker.effect_not_recurrent", severity::note,
         detail::counted(once.size(), "scheme that is not recurrent states", "schemes that are not recurrent state") +
             " a full-year effect; next year's effect leaves it out"},
        [](const scheme& s) { return exact(*s.full_year_effect); });
    sort_worst_first(out);
    return out;
}

} // namespace riskshare

#endif
