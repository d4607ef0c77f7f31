// What a share by cause rests on: lost hours, and the deficit that they brought about.
#ifndef RISKSHARE_CAUSE_PERIOD_HPP
#define RISKSHARE_CAUSE_PERIOD_HPP

#include <riskshare/decimal.hpp>
#include <riskshare/money.hpp>
#include <riskshare/provenance.hpp>

#include <string>
#include <vector>

namespace riskshare {

/// One system's lost hours in a period, and what it is owed back from external funding that was clawed back.
struct cause_line {
    std::string system = {};
    decimal hours = {};
    money offset = {}; ///< zero or positive
    provenance at = {};
};

/// One period of the year. Weights are the period's own: they change every period.
struct cause_period {
    std::string name = {};   ///< "Q1"
    money deficit = {};      ///< negative: adverse to plan
    money demonstrated = {}; ///< the part of it shown to come from the cause: negative, and no larger than the deficit
    std::vector<cause_line> systems = {};
    money step = money::pence(1);
    provenance at = {};
};

} // namespace riskshare

#endif
