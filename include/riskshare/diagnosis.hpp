// What a real difference looks like: evidence for the person who has to look, never a proof.
#ifndef RISKSHARE_DIAGNOSIS_HPP
#define RISKSHARE_DIAGNOSIS_HPP

#include <riskshare/rounding_check.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare {

struct changed_figure {
    std::size_t figure = 0;
    exact instead; ///< what would make its relations hold, within rounding
};

/// One way of setting figures right.
struct explanation {
    std::optional<resemblance> looks_like = {}; ///< none: the figure is wrong, in no familiar way
    std::vector<changed_figure> changes = {};   ///< the figures at fault
    std::vector<std::size_t> lines = {};        ///< the lines left out or counted twice, where that is the fault
    std::vector<std::size_t> relations = {};    ///< the relations that it sets right
    std::string evidence = {};                  ///< "the difference is twice the figure"
};

/// One fault: its best explanation first, then others that explain as many relations.
struct diagnosis {
    std::vector<std::size_t> relations = {};    ///< that do not hold
    std::vector<explanation> explanations = {}; ///< may be empty: nothing familiar
};

/// Explains the relations that rounding cannot. Looks for one changed figure, then for one line that a whole row of
/// totals leaves out or counts twice; takes what sets most relations right, and looks again at what is left.
/// Figures whose places are known (see `printed_figure::at`) form lines by row and by column.
std::vector<diagnosis> diagnose(const printed_table&, const rounding_proof&);

/// Whether the printed parts are the given amounts rounded so that they add up to the printed total, where rounding
/// each by itself would have printed at least one of them otherwise. Amounts must not be of both signs.
bool forced_to_foot(const std::vector<exact>& printed, const std::vector<exact>& amounts, const exact& total,
                    money step);

/// A printed integer of steps with two neighbouring digits exchanged: 8,632 for 8,362.
std::vector<exact> with_digits_swapped(const printed_figure&);

} // namespace riskshare

// ---------------------------------------------------------------------------------------------------------------------

#include <riskshare/detail/explanations.hpp>

#endif
