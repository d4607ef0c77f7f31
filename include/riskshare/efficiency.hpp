// The year's efficiencies: planned, forecast, and what they are made of.
#ifndef RISKSHARE_EFFICIENCY_HPP
#define RISKSHARE_EFFICIENCY_HPP

#include <riskshare/detail/footing.hpp>
#include <riskshare/position.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// Savings of one organisation or of the system, full year: the actual column is the forecast. Positive.
struct efficiency_line {
    std::string organisation;
    plan_and_actual full_year;
    bool is_total = false;
};

/// Actual as a percentage of plan: 69.7 of 70.7 is 98.6. Nothing when a figure is blank or the plan is zero.
std::optional<decimal> delivery_percentage(const plan_and_actual&, int places, rounding);

/// What a planned total is known to consist of, and what is left without a name.
struct composition {
    exact planned, named;
    exact without_name() const { return planned - named; }
};
composition composed(const exact& planned, const std::vector<exact>& named_parts);

/// Printed totals and variances that their parts do not give; a forecast below plan as a note.
std::vector<finding> review(const std::vector<efficiency_line>&);

// ---------------------------------------------------------------------------------------------------------------------

inline std::optional<decimal> delivery_percentage(const plan_and_actual& f, int places, rounding rule) {
    if (!f.plan || !f.actual || f.plan->value().is_zero()) return std::nullopt;
    return percentage(f.actual->value(), f.plan->value(), places, rule);
}

inline composition composed(const exact& planned, const std::vector<exact>& named_parts) {
    composition c{planned, {}};
    for (const exact& part : named_parts) c.named += part;
    return c;
}

inline std::vector<finding> review(const std::vector<efficiency_line>& lines) {
    std::vector<finding> out;
    std::vector<figure> plans, forecasts;
    for (const efficiency_line& l : lines) {
        if (l.is_total) continue;
        if (l.full_year.plan) plans.push_back(*l.full_year.plan);
        if (l.full_year.actual) forecasts.push_back(*l.full_year.actual);
    }
    for (const efficiency_line& l : lines) {
        const plan_and_actual& f = l.full_year;
        if (l.is_total && !plans.empty() && f.plan)
            detail::check_footing("efficiency.total", "planned efficiencies of " + l.organisation, *f.plan, plans, out);
        if (l.is_total && !forecasts.empty() && f.actual)
            detail::check_footing("efficiency.total", "forecast efficiencies of " + l.organisation, *f.actual,
                                  forecasts, out);
        if (f.printed_variance && f.plan && f.actual)
            detail::check_difference("efficiency.variance", "efficiency variance of " + l.organisation,
                                     *f.printed_variance, *f.actual, *f.plan, out);
    }
    return out;
}

} // namespace riskshare

#endif
