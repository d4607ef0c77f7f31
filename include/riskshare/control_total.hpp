// Control totals, and the centralised funding that has to be earned.
#ifndef RISKSHARE_CONTROL_TOTAL_HPP
#define RISKSHARE_CONTROL_TOTAL_HPP

#include <riskshare/apportion.hpp>
#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/savings.hpp>

#include <algorithm>
#include <array>
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

/// One centralised fund (PSF, FRF, MRET): how much of it comes in each quarter, and what it takes to earn it.
struct centralised_fund {
    std::string name;
    money amount;
    std::array<ratio, 4> phasing; ///< parts of the year by quarter; they add to one
    bool recoverable = false;     ///< a quarter missed is paid when a later year-to-date test is met
    ratio operational = 0;        ///< the part that also takes operational performance
    ratio system_linked = 0;      ///< the part that takes the system to meet its control total, too
};
/// Fails with rule "fund.phasing" or "fund.part" when the parts are not parts of a whole.
result<centralised_fund> checked(const centralised_fund&);

/// Whether the year-to-date tests were met at the end of a quarter.
struct quarter_gates {
    bool control_total = false; ///< the organisation met its control total; without it nothing is earned
    bool operational = true;
    bool system = true;
};

/// The fund in each quarter as phased, adding up to it exactly, in whole steps.
std::array<money, 4> phased(const centralised_fund&, money step);

struct earned_funding {
    std::array<money, 4> by_quarter = {};
    money total() const { return by_quarter[0] + by_quarter[1] + by_quarter[2] + by_quarter[3]; }
};
/// What is earned quarter by quarter. \pre the fund is `checked`.
earned_funding earned(const centralised_fund&, const std::array<quarter_gates, 4>&, money step);

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

inline result<centralised_fund> checked(const centralised_fund& f) {
    ratio year = 0;
    for (const ratio& q : f.phasing) {
        if (q < ratio(0)) return failure{"fund.phasing", f.name + ": a quarter's phasing is negative"};
        year = year + q;
    }
    if (year != ratio(1))
        return failure{"fund.phasing",
                       f.name + ": the phasing of the quarters adds up to " + to_percent(year) + ", not 100%"};
    if (f.operational < ratio(0) || f.system_linked < ratio(0) || f.operational + f.system_linked > ratio(1))
        return failure{"fund.part", f.name + ": the operational and system-linked parts must lie within the whole"};
    return f;
}

inline std::array<money, 4> phased(const centralised_fund& f, money step) {
    const std::vector<money> quarters = apportion(f.amount, f.phasing, step);
    return {quarters[0], quarters[1], quarters[2], quarters[3]};
}

inline earned_funding earned(const centralised_fund& f, const std::array<quarter_gates, 4>& gates, money step) {
    const std::array<money, 4> quarters = phased(f, step);
    const std::array<ratio, 3> parts{ratio(1) - f.operational - f.system_linked, f.operational, f.system_linked};
    earned_funding out;
    std::array<money, 3> waiting; // missed so far, part by part
    money to_date;
    std::vector<money> parts_to_date(parts.size());
    for (std::size_t q = 0; q < 4; ++q) {
        // Split to date and take the difference, so that the year's parts come out as if split once.
        to_date += quarters[q];
        std::vector<money> due = apportion(to_date, parts, step);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            due[i] -= parts_to_date[i];
            parts_to_date[i] += due[i];
        }
        const std::array<bool, 3> met{gates[q].control_total, gates[q].control_total && gates[q].operational,
                                      gates[q].control_total && gates[q].system};
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (!met[i]) {
                waiting[i] += due[i];
                continue;
            }
            out.by_quarter[q] += due[i];
            if (f.recoverable) out.by_quarter[q] += waiting[i];
            waiting[i] = money();
        }
    }
    return out;
}

} // namespace riskshare

#endif
