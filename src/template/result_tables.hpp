// Whether a table of plan and actual is of surpluses and deficits at all, and how its deficits are printed.
#ifndef RISKSHARE_SRC_TEMPLATE_RESULT_TABLES_HPP
#define RISKSHARE_SRC_TEMPLATE_RESULT_TABLES_HPP

#include "template/finance_sheet.hpp"

#include <string>
#include <vector>

namespace riskshare::templates::detail {

/// What the words over a table say that its amounts are.
struct table_subject {
    enum class kind : std::uint8_t { result, unsaid, other };
    kind of = kind::unsaid;
    std::string other = {}; ///< "cash"
};
/// By the sheet's name, its first lines and the lines right above the table. What is said of results goes before the
/// rest: "Income and expenditure, and cash" is of a result.
table_subject subject_of(const found_table&, const words::vocabulary&, bool of_bodies);

/// The finding that a table of another subject was not read as a position.
finding another_subject(const found_table&, const table_subject&);
/// The finding that nothing says what the amounts of bodies are.
finding subject_unknown(const found_table&);

/// Whether a plan or an actual of the table stands below zero.
bool any_below_zero(const found_table&);

/// Whether the labels stand under "Organisation" or "Provider / ICB", and the titles or figures below zero show
/// results: then names that nobody knows are bodies, too.
bool lists_results_of_bodies(const found_table&, const read_options&);

/// "Planned deficit", "Actual deficit": amounts above zero that are deficits.
struct printed_deficits {
    bool turned = false;  ///< above zero is a deficit
    bool unknown = false; ///< the words speak of a deficit, and amounts stand on both sides of zero
    provenance at = {};   ///< of the words
    std::string words = {};
};
printed_deficits deficits_of(const found_table&);

} // namespace riskshare::templates::detail

#endif
