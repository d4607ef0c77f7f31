// What must hold between the figures of a workbook, and whether it does.
#ifndef RISKSHARE_TEMPLATE_RELATIONS_HPP
#define RISKSHARE_TEMPLATE_RELATIONS_HPP

#include <riskshare/finding.hpp>
#include <riskshare/unit.hpp>
#include <riskshare/workbook/sheet.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace riskshare::templates {

struct check_options {
    std::optional<unit> unit_if_none = {}; ///< of amounts for which no heading names a unit
    bool explain = false;                  ///< give the witness of each table of rounded figures, and each conflict
};

/// How the relations of some workbooks turned out.
struct check_counts {
    std::size_t agrees = 0;    ///< hold as stored and as shown
    std::size_t rounding = 0;  ///< do not add up as shown; proved to be rounding
    std::size_t real = 0;      ///< rounding cannot explain them
    std::size_t formulas = 0;  ///< in all
    std::size_t evaluated = 0; ///< of which recomputed here
};

/// Why the figures of one table can be rounded ones, or cannot.
struct table_proof {
    struct amount {
        provenance at;
        exact printed, unrounded;
    };
    struct clash {
        std::vector<provenance> cells; ///< that cannot stand together, none of which can be left out
        exact excess;                  ///< by how much they miss each other, beyond rounding
    };
    provenance at;
    riskshare::verdict verdict = riskshare::verdict::agrees;
    std::vector<amount> witness = {}; ///< the figures that are not whole steps; together they print as printed
    std::vector<clash> conflicts = {};
    exact least_move = {}; ///< by which figures must leave what they can have been rounded from
};

struct check_result {
    check_counts counts;
    std::vector<finding> findings; ///< worst first
    std::vector<table_proof> proofs;
    std::optional<exact> largest_rounding = {}; ///< the widest gap that is rounding only
};

/// Totals down and across (by their labels, by their formulas, by their figures), variances, stored results against
/// formulas, numbers typed over formulas, duplicate rows, filtered rows left out of sub-totals. Rules "check.…".
check_result check_workbook(const workbook::book&, const check_options&);

} // namespace riskshare::templates

#endif
