// One savings scheme: one row of a cost improvement (CIP, QIPP) tracker.
#ifndef RISKSHARE_SCHEME_HPP
#define RISKSHARE_SCHEME_HPP

#include <riskshare/monthly.hpp>
#include <riskshare/savings.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace riskshare {

/// Whether the saving comes again next year.
enum class recurrence : std::uint8_t { unknown, recurrent, non_recurrent };
/// Whether the saving takes cash out of the budget.
enum class cash_effect : std::uint8_t { unknown, releasing, not_releasing };
/// How far a scheme's quality impact assessment (QIA) has got.
enum class quality_status : std::uint8_t { missing, not_started, in_progress, approved, rejected, not_required, other };

/// Figures that a tracker gives for a whole scheme instead of month by month.
struct stated_figures {
    std::optional<money> plan = {}, plan_to_date = {}, actual_to_date = {}, forecast = {};
    friend bool operator==(const stated_figures&, const stated_figures&) = default;
};

/// What is planned, delivered and expected of one scheme. Savings are positive. The row of savings that nobody has
/// found yet is a scheme rated `unidentified`.
struct scheme {
    std::string reference, name;
    std::string organisation; ///< its code
    std::string division;     ///< CMG, directorate, care group
    std::string workstream, lead;
    std::string type;    ///< pay, non-pay, income
    std::string quality; ///< the QIA status as written
    std::string stage;   ///< maturity: idea, in development, in delivery
    std::optional<riskshare::rating> rating = {};
    std::string written_rating = {}; ///< what stood there when it is none of the ratings
    riskshare::recurrence recurrence = riskshare::recurrence::unknown;
    riskshare::cash_effect cash_effect = riskshare::cash_effect::unknown;
    std::optional<month> start = {};
    monthly plan = {};
    monthly actual = {}; ///< actual up to the month reported on, forecast after it
    std::optional<money> full_year_effect = {};
    stated_figures stated = {}; ///< stand before the months: given only where these do not tell
    provenance at = {};
};

/// The year's plan, and the forecast outturn: the figure stated for the year where there is one, else the months.
money planned(const scheme&);
money forecast_outturn(const scheme&);
money planned_to_date(const scheme&, month);
money delivered_to_date(const scheme&, month);

/// What the scheme is worth over twelve months: as stated; else nothing when it is not recurrent, and for a recurrent
/// one what a full year from its start would give at the same monthly rate (600 from M7 on is 1,200). Without a start
/// month, the first month with a plan counts as the start.
exact full_year_effect(const scheme&);
/// What next year gains or loses against this year's forecast: the full-year effect of a recurrent scheme less its
/// forecast; the whole forecast lost for any other.
exact next_year_effect(const scheme&);
/// Plan less delivery to date. A scheme that has delivered more than its plan has nothing left: it does not make
/// another one safer.
money left_to_deliver(const scheme&, month);

/// What savings still have to be found, and by how much more was found than asked for. One of the two is zero.
struct identification {
    money unidentified, headroom;
    friend bool operator==(const identification&, const identification&) = default;
};
identification identified(money target, money identified_so_far);

/// "R", "Rec", "Recurrent", "Y" · "NR", "Non-recurrent", "N"; anything else is unknown.
recurrence parse_recurrence(std::string_view);
/// "Y", "Yes", "Cash releasing", "CR" · "N", "No", "Non cash releasing"; anything else is unknown.
cash_effect parse_cash_effect(std::string_view);
quality_status parse_quality_status(std::string_view);

const char* to_string(recurrence);
const char* to_string(cash_effect);

// ---------------------------------------------------------------------------------------------------------------------

inline money planned(const scheme& s) { return s.stated.plan ? *s.stated.plan : s.plan.total(); }
inline money forecast_outturn(const scheme& s) { return s.stated.forecast ? *s.stated.forecast : s.actual.total(); }
inline money planned_to_date(const scheme& s, month m) {
    return s.stated.plan_to_date ? *s.stated.plan_to_date : s.plan.to_date(m);
}
inline money delivered_to_date(const scheme& s, month m) {
    return s.stated.actual_to_date ? *s.stated.actual_to_date : s.actual.to_date(m);
}

namespace detail {

/// The start month, or the first with a plan, else with a delivery.
inline std::optional<month> effective_start(const scheme& s) {
    if (s.start) return s.start;
    for (const monthly* months : {&s.plan, &s.actual})
        for (int m = 1; m <= 12; ++m)
            if (!(*months)[month(m)].is_zero()) return month(m);
    return std::nullopt;
}

/// Over twelve months at the rate of the months that are left from the start.
inline exact annualised(const exact& in_year, month start) { return in_year * ratio(12, 13 - start.number()); }

} // namespace detail

inline exact full_year_effect(const scheme& s) {
    if (s.full_year_effect) return *s.full_year_effect;
    if (s.recurrence != recurrence::recurrent) return {};
    const bool forecast = !s.actual.is_blank() || s.stated.forecast;
    return detail::annualised(forecast ? forecast_outturn(s) : planned(s),
                              detail::effective_start(s).value_or(month(1)));
}

inline exact next_year_effect(const scheme& s) {
    const bool recurrent = s.recurrence == recurrence::recurrent;
    return (recurrent ? full_year_effect(s) : exact()) - exact(forecast_outturn(s));
}

inline money left_to_deliver(const scheme& s, month m) {
    const money plan = planned(s), left = plan - delivered_to_date(s, m);
    return plan.is_negative() ? smaller(left, money()) : larger(left, money());
}

inline identification identified(money target, money identified_so_far) {
    const money gap = target - identified_so_far;
    return {larger(gap, money()), larger(-gap, money())};
}

namespace detail {

/// Folded, without what people put between the words: "Non-recurrent" and "non recurrent" are one.
inline std::string compact(std::string_view text) {
    std::string out;
    for (char c : folded(text))
        if (is_alphanumeric(c)) out += c;
    return out;
}

template <std::size_t N>
bool is_one_of(const std::string& word, const std::array<std::string_view, N>& words) {
    for (std::string_view w : words)
        if (w == word) return true;
    return false;
}

} // namespace detail

inline recurrence parse_recurrence(std::string_view text) {
    static constexpr std::array<std::string_view, 9> yes = {"r",   "rec",  "recurrent",      "recurring",  "y",
                                                            "yes", "true", "fullyrecurrent", "recurrently"};
    static constexpr std::array<std::string_view, 11> no = {"nr",  "nonrec", "nonrecurrent", "nonrecurring", "n",
                                                            "no",  "false",  "nonrecrnt",    "notrecurrent", "oneoff",
                                                            "nrec"};
    const std::string word = detail::compact(text);
    return detail::is_one_of(word, yes)  ? recurrence::recurrent
           : detail::is_one_of(word, no) ? recurrence::non_recurrent
                                         : recurrence::unknown;
}

inline cash_effect parse_cash_effect(std::string_view text) {
    static constexpr std::array<std::string_view, 8> yes = {"y",    "yes",           "true",      "cr",
                                                            "cash", "cashreleasing", "releasing", "c"};
    static constexpr std::array<std::string_view, 10> no = {
        "n",  "no",          "false", "ncr", "noncash", "noncashreleasing", "notcashreleasing", "notreleasing",
        "nc", "nonreleasing"};
    const std::string word = detail::compact(text);
    return detail::is_one_of(word, yes)  ? cash_effect::releasing
           : detail::is_one_of(word, no) ? cash_effect::not_releasing
                                         : cash_effect::unknown;
}

inline quality_status parse_quality_status(std::string_view text) {
    static constexpr std::array<std::string_view, 11> approved = {"approved", "signedoff", "complete",     "completed",
                                                                  "y",        "yes",       "passed",       "agreed",
                                                                  "signoff",  "done",      "fullyapproved"};
    static constexpr std::array<std::string_view, 8> open = {
        "notstarted", "n", "no", "outstanding", "overdue", "notsubmitted", "todo", "required"};
    static constexpr std::array<std::string_view, 9> moving = {
        "submitted", "inprogress", "draft", "drafted", "pending", "underreview", "ongoing", "started", "wip"};
    static constexpr std::array<std::string_view, 5> exempt = {"notrequired", "na", "notapplicable", "exempt",
                                                               "notneeded"};
    const std::string word = detail::compact(text);
    if (word.empty()) return quality_status::missing;
    if (detail::is_one_of(word, approved)) return quality_status::approved;
    if (detail::is_one_of(word, open)) return quality_status::not_started;
    if (detail::is_one_of(word, moving)) return quality_status::in_progress;
    if (detail::is_one_of(word, exempt)) return quality_status::not_required;
    return word == "rejected" || word == "declined" || word == "failed" ? quality_status::rejected
                                                                        : quality_status::other;
}

inline const char* to_string(recurrence r) {
    return r == recurrence::recurrent ? "recurrent" : r == recurrence::non_recurrent ? "non-recurrent" : "";
}
inline const char* to_string(cash_effect c) {
    return c == cash_effect::releasing ? "cash-releasing" : c == cash_effect::not_releasing ? "non-cash-releasing" : "";
}

} // namespace riskshare

#endif
