// What a kind of table holds: its items, what they are measured in, and the words that say so. Layouts are the
// solver's.
#ifndef RISKSHARE_SRC_TEMPLATE_SOLVE_DESCRIPTION_HPP
#define RISKSHARE_SRC_TEMPLATE_SOLVE_DESCRIPTION_HPP

#include "template/solve/cube.hpp"
#include "template/words/vocabulary.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace riskshare::templates::solve {

enum class measure : std::uint8_t { money, count };

/// An item is what a label or a heading says that has all of its terms; of several the surest counts.
struct item {
    std::string id;
    std::vector<words::term> says;
    int sureness = 2;               ///< 0: the word may well mean something else, and decides nothing by itself
    std::optional<measure> in = {}; ///< where it is another than the table's
};

struct description {
    std::string name;                 ///< as messages call it
    std::vector<words::term> subject; ///< one of them is said in the table, in its titles or by its sheet's name
    std::vector<item> items;
    std::string total_item = {}; ///< what "Total" means among the items; empty where nothing adds them up
    bool total_alone = false;    ///< where the table names no item, its amounts are the total item's
    measure in = measure::money;
    std::vector<words::term> counted_by = {}; ///< where given, one of them is nearer to the amount than any unit
    std::vector<words::term> paid_by = {};    ///< of a table of money beside one of counts: what says money
    std::vector<dimension> also = {};         ///< dimensions that it may have, besides item, kind and body
    bool kinds = true;                        ///< false: plan, actual and forecast tell nothing apart
    bool whole = false; ///< a table with a line of another sort is one of another kind: a statement lists pay, too
    bool other_lines = false;    ///< lines of another sort may stand among its own: they are left with a warning
    bool basis_needed = false;   ///< an amount is read only where it is said to be of the month, to date …
    std::size_t least_items = 1; ///< sure items that a table names at least
};

/// Every kind of table that the solver reads.
const std::vector<description>& descriptions();

} // namespace riskshare::templates::solve

#endif
