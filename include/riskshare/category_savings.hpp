// Savings plans by development status, or by any other categories that carry no weight of their own.
#ifndef RISKSHARE_CATEGORY_SAVINGS_HPP
#define RISKSHARE_CATEGORY_SAVINGS_HPP

#include <riskshare/savings.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace riskshare {

/// A body's savings, one figure a category in the table's order, or blank.
struct category_plan {
    std::string organisation;
    std::vector<cell_figure> amounts = {};
    cell_figure printed_total = {};
    provenance at = {};
};

/// Savings by body and category: "Fully developed", "Plans in progress", "Opportunity", "Unidentified".
struct category_savings {
    std::vector<std::string> categories; ///< as the headings write them
    std::vector<category_plan> plans = {};
    std::vector<category_plan> printed_totals = {}; ///< never added to anything
};

/// What part of each category is at risk, by its name: agreed by a system, never assumed.
struct category_weights {
    std::vector<std::pair<std::string, ratio>> weights = {};
    std::string source = {};

    const ratio* of(std::string_view category) const;
};

exact total(const category_plan&);
exact total(const category_savings&, std::size_t category);
exact total(const category_savings&);

/// Nothing where a category with an amount has no weight.
std::optional<exact> at_risk(const category_savings&, const category_plan&, const category_weights&);
std::optional<exact> at_risk(const category_savings&, const category_weights&);

/// Printed totals that differ, bodies met twice; a category without a weight where others have one
/// ("weights.missing"), a weight for none of the categories ("weights.unknown").
std::vector<finding> review(const category_savings&, const category_weights&);

// ---------------------------------------------------------------------------------------------------------------------

inline const ratio* category_weights::of(std::string_view category) const {
    for (const auto& [name, weight] : weights)
        if (detail::folded(name) == detail::folded(category)) return &weight;
    return nullptr;
}

inline exact total(const category_plan& p) {
    exact sum;
    for (const cell_figure& f : p.amounts) sum += value_or_zero(f);
    return sum;
}
inline exact total(const category_savings& t, std::size_t category) {
    exact sum;
    for (const category_plan& p : t.plans) sum += value_or_zero(p.amounts[category]);
    return sum;
}
inline exact total(const category_savings& t) {
    exact sum;
    for (const category_plan& p : t.plans) sum += total(p);
    return sum;
}

inline std::optional<exact> at_risk(const category_savings& t, const category_plan& p, const category_weights& w) {
    exact sum;
    for (std::size_t c = 0; c < t.categories.size(); ++c) {
        if (!p.amounts[c]) continue;
        const ratio* weight = w.of(t.categories[c]);
        if (weight == nullptr) return std::nullopt;
        sum += p.amounts[c]->value() * *weight;
    }
    return sum;
}
inline std::optional<exact> at_risk(const category_savings& t, const category_weights& w) {
    exact sum;
    for (const category_plan& p : t.plans) {
        const std::optional<exact> risk = at_risk(t, p, w);
        if (!risk) return std::nullopt;
        sum += *risk;
    }
    return sum;
}

inline std::vector<finding> review(const category_savings& t, const category_weights& w) {
    std::vector<finding> out;
    std::vector<exact> slack(t.categories.size());
    exact all_slack;
    for (std::size_t i = 0; i < t.plans.size(); ++i) {
        const category_plan& p = t.plans[i];
        exact own;
        for (std::size_t c = 0; c < t.categories.size(); ++c) {
            own += detail::half_step(p.amounts[c]);
            slack[c] += detail::half_step(p.amounts[c]);
        }
        all_slack += own;
        detail::compare_printed(out, "the total of " + p.organisation, p.printed_total, total(p), own);
        for (std::size_t j = 0; j < i; ++j)
            if (t.plans[j].organisation == p.organisation)
                out.push_back({"savings.duplicate_organisation",
                               severity::error,
                               p.organisation + " stands twice in the table",
                               {t.plans[j].at, p.at},
                               "delete one row, or name the organisations apart"});
    }
    for (const category_plan& printed : t.printed_totals) {
        for (std::size_t c = 0; c < t.categories.size(); ++c)
            detail::compare_printed(out, "the total of \"" + t.categories[c] + "\"", printed.amounts[c], total(t, c),
                                    slack[c]);
        detail::compare_printed(out, "the total", printed.printed_total, total(t), all_slack);
    }
    if (w.weights.empty()) return out;
    for (const std::string& category : t.categories)
        if (w.of(category) == nullptr)
            out.push_back({"weights.missing",
                           severity::error,
                           "\"" + category + "\" has no weight, so that no amount at risk is given",
                           {},
                           "give each category one: --weights \"" + category + "=25%,…\""});
    for (const auto& [name, weight] : w.weights) {
        const std::string& wanted = name;
        if (std::none_of(t.categories.begin(), t.categories.end(),
                         [&wanted](const std::string& c) { return detail::folded(c) == detail::folded(wanted); }))
            out.push_back({"weights.unknown",
                           severity::error,
                           "a weight is given for \"" + name + "\", which is not a category of the table",
                           {},
                           "write the category as the table's heading does"});
    }
    return out;
}

} // namespace riskshare

#endif
