// What a monthly pack is made from.
#ifndef RISKSHARE_REPORT_PACK_MAKING_HPP
#define RISKSHARE_REPORT_PACK_MAKING_HPP

#include <riskshare/model.hpp>
#include <riskshare/report/pack.hpp>
#include <riskshare/report/statement_page.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare::report {

/// An earlier month, for what changed.
struct pack_before {
    std::string name = {};
    model read = {};
    std::vector<finance_report> reports = {};
};

struct pack_input {
    model read = {};
    std::vector<finance_report> reports = {}; ///< in order of time
    sourced_weights weights = {};
    category_weights status_weights = {};
    std::optional<riskshare::month> month = {}; ///< asked for; else that of the last report, else of the tracker
    std::optional<statement_report> shared = {};
    std::string not_shared = {}; ///< why there is no statement
    std::optional<pack_before> before = {};
    std::vector<std::string> files = {};
    std::vector<finding> findings = {};
    std::optional<account> accounted = {};
};
pack pack_of(const pack_input&);

} // namespace riskshare::report

#endif
