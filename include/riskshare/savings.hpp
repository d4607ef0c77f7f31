// Savings plans by delivery rating, and how much of them is at risk.
#ifndef RISKSHARE_SAVINGS_HPP
#define RISKSHARE_SAVINGS_HPP

#include <riskshare/accounting.hpp>
#include <riskshare/detail/money_text.hpp>
#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace riskshare {

/// How likely a saving is to be delivered. Not to be confused with a committee's assurance grades.
enum class rating : std::uint8_t { red, amber, green, unidentified };
inline constexpr std::array<rating, 4> ratings{rating::red, rating::amber, rating::green, rating::unidentified};

const char* to_string(rating);
/// R, A, G, U: ratings are told apart by letter as well as by colour.
char letter(rating);
/// "Amber", " a ", "Red RAG", "R - Red", "Red (high risk)", "Unidentified" and its usual misspellings: whatever can
/// mean one rating only. Fails with rule "rating.unknown" for "Blue", "A/R" or "Red (low risk)", and "rating.missing"
/// for a blank: nothing is guessed.
result<rating> parse_rating(std::string_view);

/// The part of a saving that is at risk, by rating. Data with a source, given by the caller.
struct risk_weights {
    ratio red, amber, green, unidentified;
    const ratio& of(rating) const;
    friend bool operator==(const risk_weights&, const risk_weights&) = default;
};
/// Every weight from nothing to all. Fails with rule "weights.out_of_range".
result<risk_weights> checked(const risk_weights&);

/// The weights by which savings are weighed, and where they came from.
struct sourced_weights {
    risk_weights weights;
    std::string source;   ///< "operational plan 2019/20, section 6", "plan.xlsx 'Weights'!B3"
    bool assumed = false; ///< nobody gave them: they are those of another paper
};

/// One organisation's savings: a figure for each rating, or blank. Savings are positive.
struct savings_plan {
    std::string organisation; ///< code, or the name as read where no directory knows it
    std::array<cell_figure, ratings.size()> planned = {};
    cell_figure printed_total = {}, printed_risk = {};
    provenance at = {};

    const cell_figure& of(rating r) const { return planned[static_cast<std::size_t>(r)]; }
    cell_figure& of(rating r) { return planned[static_cast<std::size_t>(r)]; }
};

/// Savings for which no rating could be read. They have no weight: they stand beside the plans and in none of them.
struct unrated_savings {
    std::string organisation;
    std::string written; ///< what stands in the rating's place: "A/R", `colour_only`; empty where nothing does
    std::vector<std::string> names = {}; ///< of the schemes
    exact amount = {};
    std::vector<provenance> at = {};
};
/// What is written for a rating that only the cell's colour shows.
inline constexpr std::string_view colour_only = "colour only";

/// Savings by organisation and rating: a table in the shape that operating plans publish.
///
/// By delivery risk, high stands as red, medium as amber and low as green.
struct savings_table {
    enum class scale : std::uint8_t { rating, delivery_risk, delivery_confidence };
    std::vector<savings_plan> plans;
    std::vector<savings_plan> printed_totals = {}; ///< total rows as they stood; never added to anything
    std::vector<unrated_savings> unrated = {};
    scale by = scale::rating;
    bool unidentified_known = true; ///< false where the table has no column for savings that nobody has found
};
const char* to_string(savings_table::scale);
/// What the table's own headings call a rating: "high" for red where it is by delivery risk.
const char* name_in(savings_table::scale, rating);

exact total(const savings_plan&);
exact at_risk(const savings_plan&, const risk_weights&);

/// The system: each rating over all organisations, and their sum and risk.
exact total(const savings_table&, rating);
exact total(const savings_table&);
exact at_risk(const savings_table&, const risk_weights&);
/// What stands in the sheets without a rating, and how many schemes that is. `total` + `unrated` is all that stands.
exact unrated(const savings_table&);
std::size_t unrated_schemes(const savings_table&);

/// One error for each text that is no rating: "rating.missing", "rating.unknown", "rating.colour_only".
std::vector<finding> review(const std::vector<unrated_savings>&);

/// What a reader of the table should know: negative savings (netted, never turned positive), organisations met twice,
/// printed totals and risks that differ from the recomputed ones: by rounding, or really.
std::vector<finding> review(const savings_table&, const risk_weights&);

/// What moved between two tables: for every organisation and rating, after − before, and its effect on the risk.
struct savings_movement {
    std::string organisation;
    std::array<exact, ratings.size()> change = {};
    exact re_rated = {}; ///< moved between ratings with the total unchanged
    exact added = {};    ///< growth of the total, positive
    exact lost = {};     ///< shrinkage of the total, positive
    exact risk_change = {};
};
/// In the order of `after`, then organisations only in `before`. The risk changes add up to the change of the risk.
std::vector<savings_movement> movement(const savings_table& before, const savings_table& after, const risk_weights&);

// ---------------------------------------------------------------------------------------------------------------------

inline const char* to_string(rating r) {
    static constexpr const char* names[] = {"red", "amber", "green", "unidentified"};
    return names[static_cast<std::size_t>(r)];
}
inline char letter(rating r) { return "RAGU"[static_cast<std::size_t>(r)]; }

inline const char* to_string(savings_table::scale s) {
    static constexpr const char* names[] = {"rating", "delivery_risk", "delivery_confidence"};
    return names[static_cast<std::size_t>(s)];
}
inline const char* name_in(savings_table::scale s, rating r) {
    static constexpr const char* risk[] = {"high", "medium", "low", "unidentified"};
    static constexpr const char* confidence[] = {"low", "medium", "high", "unidentified"};
    const std::size_t i = static_cast<std::size_t>(r);
    return s == savings_table::scale::rating          ? to_string(r)
           : s == savings_table::scale::delivery_risk ? risk[i]
                                                      : confidence[i];
}

inline const ratio& risk_weights::of(rating r) const {
    switch (r) {
    case rating::red:
        return red;
    case rating::amber:
        return amber;
    case rating::green:
        return green;
    case rating::unidentified:
        return unidentified;
    }
    throw precondition_violated("unknown rating");
}

inline result<risk_weights> checked(const risk_weights& w) {
    for (rating r : ratings)
        if (w.of(r) < ratio(0) || w.of(r) > ratio(1))
            return failure{"weights.out_of_range", "the weight of " + std::string(to_string(r)) + ", " +
                                                       to_percent(w.of(r)) + ", is not between 0% and 100%"};
    return w;
}

inline exact total(const savings_plan& p) {
    exact sum;
    for (const cell_figure& f : p.planned) sum += value_or_zero(f);
    return sum;
}
inline exact at_risk(const savings_plan& p, const risk_weights& w) {
    exact sum;
    for (rating r : ratings) sum += value_or_zero(p.of(r)) * w.of(r);
    return sum;
}
inline exact total(const savings_table& t, rating r) {
    exact sum;
    for (const savings_plan& p : t.plans) sum += value_or_zero(p.of(r));
    return sum;
}
inline exact total(const savings_table& t) {
    exact sum;
    for (const savings_plan& p : t.plans) sum += total(p);
    return sum;
}
inline exact at_risk(const savings_table& t, const risk_weights& w) {
    exact sum;
    for (const savings_plan& p : t.plans) sum += at_risk(p, w);
    return sum;
}

inline exact unrated(const savings_table& t) {
    exact sum;
    for (const unrated_savings& u : t.unrated) sum += u.amount;
    return sum;
}
inline std::size_t unrated_schemes(const savings_table& t) {
    std::size_t schemes = 0;
    for (const unrated_savings& u : t.unrated) schemes += u.names.size();
    return schemes;
}

inline std::vector<finding> review(const std::vector<unrated_savings>& all) {
    std::vector<std::string> texts;
    for (const unrated_savings& u : all)
        if (std::find(texts.begin(), texts.end(), u.written) == texts.end()) texts.push_back(u.written);
    std::sort(texts.begin(), texts.end());
    std::vector<finding> out;
    for (const std::string& text : texts) {
        finding f{text.empty()          ? "rating.missing"
                  : text == colour_only ? "rating.colour_only"
                                        : "rating.unknown",
                  severity::error, ""};
        exact sum;
        std::size_t schemes = 0;
        std::string names;
        constexpr std::size_t shown = 5;
        for (const unrated_savings& u : all) {
            if (u.written != text) continue;
            sum += u.amount;
            f.at.insert(f.at.end(), u.at.begin(), u.at.end());
            for (const std::string& name : u.names)
                if (++schemes <= shown && !name.empty()) names += (names.empty() ? "" : ", ") + name;
        }
        if (schemes > shown) names += " and " + std::to_string(schemes - shown) + " more";
        const std::string counted = std::to_string(schemes) + (schemes == 1 ? " scheme" : " schemes");
        f.message = (text.empty()          ? counted + " without a rating"
                     : text == colour_only ? counted + " rated by the cell's colour alone, which is not read"
                                           : "\"" + text + "\" is not a rating; it stands at " + counted) +
                    ", " + detail::said(sum) + " in all" + (names.empty() ? "" : ": " + names);
        f.advice =
            text.empty()          ? "rate them, or name the column of ratings in a mapping (--map)"
            : text == colour_only ? "write the rating into the cells: red, amber, green or unidentified"
            : detail::folded(text) == "high" || detail::folded(text) == "medium" || detail::folded(text) == "low"
                ? "head the column \"Delivery risk\" or \"Delivery confidence\": High is the worst of one and the "
                  "best of the other"
                : "write red, amber, green or unidentified, or say what it means in a mapping (--map): "
                  "[ratings] \"" +
                      text + "\" = \"amber\"";
        f.found = sum;
        if (sum.is_zero()) f.severity = severity::warning;
        out.push_back(std::move(f));
    }
    return out;
}

namespace detail {

/// A printed figure against what it should be. `parts` figures were each printed to `step`, so together they may be out
/// by half a step each, and the printed one by another half.
inline void compare_printed(std::vector<finding>& out, const std::string& what, const cell_figure& printed,
                            const exact& recomputed, const exact& slack) {
    if (!printed || printed->value() == recomputed) return;
    finding f{"total.differs", severity::note, "", {printed->at()}};
    f.expected = recomputed;
    f.found = printed->value();
    f.difference = printed->value() - recomputed;
    const exact bound = slack + printed->step() / ratio(2);
    const bool rounding_only = !(bound < abs(*f.difference));
    f.verdict = rounding_only ? verdict::rounding : verdict::real;
    f.severity = rounding_only ? severity::note : severity::error;
    int places = printed->places();
    for (const int most = places + 3; places < most; ++places)
        if (exact(rounded(recomputed, printed->unit(), places, rounding::half_away_from_zero), printed->unit()) ==
            recomputed)
            break;
    f.message = what + " is printed as " + accounting(printed->value(), printed->unit(), printed->places()) + " " +
                to_string(printed->unit()) + "; the figures give " + accounting(recomputed, printed->unit(), places) +
                (rounding_only ? ": rounding only" : ": a real difference");
    if (!rounding_only) f.advice = "check the cell and the figures that it adds up";
    out.push_back(std::move(f));
}

/// How far a figure may be out for having been printed in steps.
inline exact half_step(const cell_figure& f) { return f ? f->step() / ratio(2) : exact(); }

} // namespace detail

inline std::vector<finding> review(const savings_table& table, const risk_weights& weights) {
    std::vector<finding> out = review(table.unrated);
    exact slack, risk_slack;
    std::array<exact, ratings.size()> rating_slack;
    for (std::size_t i = 0; i < table.plans.size(); ++i) {
        const savings_plan& p = table.plans[i];
        for (std::size_t j = 0; j < i; ++j) {
            if (table.plans[j].organisation != p.organisation) continue;
            out.push_back({"savings.duplicate_organisation",
                           severity::error,
                           p.organisation + " stands twice in the table",
                           {table.plans[j].at, p.at},
                           "delete one row, or name the organisations apart"});
        }
        for (rating r : ratings) {
            if (!p.of(r) || !p.of(r)->value().is_negative()) continue;
            finding f{"savings.negative",
                      severity::warning,
                      p.organisation + " has a negative " + to_string(r) + " saving of " +
                          accounting(p.of(r)->value(), p.of(r)->unit(), p.of(r)->places()) + " " +
                          to_string(p.of(r)->unit()) + "; it is netted within its rating",
                      {p.of(r)->at()},
                      "confirm that it is a reversal"};
            f.found = p.of(r)->value();
            out.push_back(std::move(f));
        }
        exact total_slack, own_risk_slack;
        for (rating r : ratings) {
            total_slack += detail::half_step(p.of(r));
            own_risk_slack += detail::half_step(p.of(r)) * weights.of(r);
            rating_slack[static_cast<std::size_t>(r)] += detail::half_step(p.of(r));
        }
        detail::compare_printed(out, "the total of " + p.organisation, p.printed_total, total(p), total_slack);
        detail::compare_printed(out, "the risk of " + p.organisation, p.printed_risk, at_risk(p, weights),
                                own_risk_slack);
        slack += total_slack;
        risk_slack += own_risk_slack + detail::half_step(p.printed_risk);
    }
    for (const savings_plan& printed : table.printed_totals) {
        for (rating r : ratings)
            detail::compare_printed(out, "the " + std::string(to_string(r)) + " total", printed.of(r), total(table, r),
                                    rating_slack[static_cast<std::size_t>(r)]);
        detail::compare_printed(out, "the total", printed.printed_total, total(table), slack);
        detail::compare_printed(out, "the total risk", printed.printed_risk, at_risk(table, weights), risk_slack);
    }
    return out;
}

inline std::vector<savings_movement> movement(const savings_table& before, const savings_table& after,
                                              const risk_weights& weights) {
    std::vector<std::string> order;
    for (const savings_table* t : {&after, &before})
        for (const savings_plan& p : t->plans)
            if (std::find(order.begin(), order.end(), p.organisation) == order.end()) order.push_back(p.organisation);

    std::vector<savings_movement> out;
    for (const std::string& organisation : order) {
        savings_movement m;
        m.organisation = organisation;
        for (const auto& [table, sign] : {std::pair{&after, ratio(1)}, std::pair{&before, ratio(-1)}})
            for (const savings_plan& p : table->plans) {
                if (p.organisation != organisation) continue;
                for (rating r : ratings) m.change[static_cast<std::size_t>(r)] += value_or_zero(p.of(r)) * sign;
            }
        exact gains, losses;
        for (rating r : ratings) {
            const exact& c = m.change[static_cast<std::size_t>(r)];
            (c.is_negative() ? losses : gains) += abs(c);
            m.risk_change += c * weights.of(r);
        }
        m.re_rated = gains < losses ? gains : losses;
        m.added = gains - m.re_rated;
        m.lost = losses - m.re_rated;
        out.push_back(std::move(m));
    }
    return out;
}

} // namespace riskshare

#include <riskshare/detail/rating_text.hpp>

#endif
