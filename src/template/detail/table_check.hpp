// Whether the figures of one table hold what the table means to hold, and what to say where they do not.
#ifndef RISKSHARE_TEMPLATE_DETAIL_TABLE_CHECK_HPP
#define RISKSHARE_TEMPLATE_DETAIL_TABLE_CHECK_HPP

#include "template/detail/number_table.hpp"

#include <riskshare/diagnosis.hpp>
#include <riskshare/template/relations.hpp>

#include <map>
#include <vector>

namespace riskshare::templates::detail {

/// What a cell should hold, in millionths, where its formula gives something else or was typed over.
using known_faults = std::map<workbook::address, std::int64_t>;

void check_table(const number_table&, const workbook::sheet&, const provenance& sheet, const known_faults&,
                 const check_options&, check_result&);

/// Σ weight · amount, and the most of it that rounding explains.
wide gap_of(const number_table&, const found_relation&);
wide slack_of(const number_table&, const found_relation&);

/// A sum that does not hold because its line adds up other lines in which it does not hold, figure by figure.
struct inherited_misfit {
    std::size_t relation = 0;
    bool rounding = true; ///< nor does it miss by more than rounding in any of those lines
};
/// Those among the broken relations. Where each misses is told once, in the line that has it.
std::vector<inherited_misfit> inherited_misfits(const number_table&, const workbook::sheet&,
                                                const std::vector<found_relation>&,
                                                const std::vector<std::size_t>& broken);

/// A fault of a table, in words.
finding fault_found(const number_table&, const printed_table&, const diagnosis&);

/// Lines that repeat an earlier one, where the table is one of lines and not of entries. `added` are the columns whose
/// figures are added up.
void find_duplicate_rows(const number_table&, const workbook::sheet&, const provenance& sheet,
                         const std::vector<bool>& added, std::vector<finding>&);

} // namespace riskshare::templates::detail

#endif
