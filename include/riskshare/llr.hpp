// The Leicester, Leicestershire and Rutland NHS system, as its board papers publish it: data, each with its source.
#ifndef RISKSHARE_LLR_HPP
#define RISKSHARE_LLR_HPP

#include <riskshare/misalignment.hpp>
#include <riskshare/organisation.hpp>
#include <riskshare/savings.hpp>

namespace riskshare::llr {

/// The bodies, the names that the published papers use for them, and the succession of 1 July 2022: three clinical
/// commissioning groups became one integrated care board. Board papers of 11 August 2022 (F1, F2) and the operational
/// plan for 2019/20, section 6.
inline organisation_directory directory() {
    const period first_month_of_the_board{financial_year{2022}, month(4)};
    return organisation_directory::of(
               {
                   {"UHL", "University Hospitals of Leicester NHS Trust", {"University Hospitals of Leicester"}},
                   {"LPT", "Leicestershire Partnership NHS Trust", {"Leicestershire Partnership"}},
                   {"ICB",
                    "NHS Leicester, Leicestershire and Rutland Integrated Care Board",
                    {"LLR ICB", "ICB/CCGs", "ICB / CCGs", "Leicester, Leicestershire and Rutland Integrated Care Board",
                     "Leicester, Leicestershire and Rutland ICB"}},
                   {"CCG", "LLR clinical commissioning groups", {"CCGs", "LLR CCGs"}, "ICB", first_month_of_the_board},
                   {"LCCCG",
                    "NHS Leicester City Clinical Commissioning Group",
                    {"CITY CCG", "Leicester City CCG", "LC CCG", "City"},
                    "ICB",
                    first_month_of_the_board},
                   {"ELRCCG",
                    "NHS East Leicestershire and Rutland Clinical Commissioning Group",
                    {"EAST CCG", "East Leicestershire and Rutland CCG", "ELR CCG", "East"},
                    "ICB",
                    first_month_of_the_board},
                   {"WLCCG",
                    "NHS West Leicestershire Clinical Commissioning Group",
                    {"WEST CCG", "West Leicestershire CCG", "WL CCG", "West"},
                    "ICB",
                    first_month_of_the_board},
               })
        .value();
}

/// Operational plan 2019/20, section 6: "100% Unidentified, 50% Red, 25% Amber", green nothing.
inline risk_weights savings_weights() { return {ratio(1, 2), ratio(1, 4), ratio(0), ratio(1)}; }

/// From which difference on two bodies have to resolve their income and expenditure: agreement of balances 2021 to
/// 2022, as updated for quarter 3, month 12.
inline balance_threshold agreement_of_balances() {
    return {exact(money::thousands(3'000)), "agreement of balances 2021/22, month 12"};
}

} // namespace riskshare::llr

#endif
