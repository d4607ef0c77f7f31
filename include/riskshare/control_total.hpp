// Control totals: what each organisation is to end the year with.
#ifndef RISKSHARE_CONTROL_TOTAL_HPP
#define RISKSHARE_CONTROL_TOTAL_HPP

#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/savings.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace riskshare {

/// One organisation's control total: control total = gross control total + centralised funding; where neither is given,
/// what is printed. Signed: a deficit is negative. Beside it the net unmitigated risk, positive.
struct control_total {
    std::string organisation;
    cell_figure gross = {}, centralised_funding = {}, printed = {}, net_unmitigated_risk = {};
    provenance at = {};

    bool gives_parts() const { return gross || centralised_funding; }
    exact of_parts() const { return value_or_zero(gross) + value_or_zero(centralised_funding); }
    exact value() const { return gives_parts() ? of_parts() : value_or_zero(printed); }
};

struct control_total_table {
    std::vector<control_total> organisations;
    std::vector<control_total> printed_totals = {}; ///< total rows as they stood; never added to anything
};

/// The system: each column over all organisations.
struct control_total_sum {
    exact gross, centralised_funding, value, net_unmitigated_risk;
};
control_total_sum sum(const control_total_table&);

/// What a reader should know: printed control totals that are not gross + funding, totals that do not add up.
std::vector<finding> review(const control_total_table&);

// ---------------------------------------------------------------------------------------------------------------------

inline control_total_sum sum(const control_total_table& table) {
    control_total_sum s;
    for (const control_total& c : table.organisations) {
        s.gross += value_or_zero(c.gross);
        s.centralised_funding += value_or_zero(c.centralised_funding);
        s.value += c.value();
        s.net_unmitigated_risk += value_or_zero(c.net_unmitigated_risk);
    }
    return s;
}

inline std::vector<finding> review(const control_total_table& table) {
    std::vector<finding> out;
    exact gross_slack, funding_slack, printed_slack, risk_slack;
    const bool with_parts = std::any_of(table.organisations.begin(), table.organisations.end(),
                                        [](const control_total& c) { return c.gives_parts(); });
    for (std::size_t i = 0; i < table.organisations.size(); ++i) {
        const control_total& c = table.organisations[i];
        for (std::size_t j = 0; j < i; ++j)
            if (table.organisations[j].organisation == c.organisation)
                out.push_back({"control_total.duplicate_organisation",
                               severity::error,
                               c.organisation + " stands twice in the table",
                               {table.organisations[j].at, c.at},
                               "delete one row, or name the organisations apart"});
        const exact own_slack = detail::half_step(c.gross) + detail::half_step(c.centralised_funding);
        if (with_parts)
            detail::compare_printed(out, "the control total of " + c.organisation, c.printed, c.of_parts(), own_slack);
        gross_slack += detail::half_step(c.gross);
        funding_slack += detail::half_step(c.centralised_funding);
        printed_slack += c.printed ? detail::half_step(c.printed) : own_slack;
        risk_slack += detail::half_step(c.net_unmitigated_risk);
    }
    const control_total_sum system = sum(table);
    for (const control_total& printed : table.printed_totals) {
        detail::compare_printed(out, "the total gross control total", printed.gross, system.gross, gross_slack);
        detail::compare_printed(out, "the total centralised funding", printed.centralised_funding,
                                system.centralised_funding, funding_slack);
        detail::compare_printed(out, "the total control total", printed.printed, system.value,
                                printed_slack + gross_slack + funding_slack);
        detail::compare_printed(out, "the total net unmitigated risk", printed.net_unmitigated_risk,
                                system.net_unmitigated_risk, risk_slack);
    }
    return out;
}

} // namespace riskshare

#endif
