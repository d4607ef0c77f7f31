// A financial position: lines of income and expenditure, their sub-totals, plan beside actual.
#ifndef RISKSHARE_POSITION_HPP
#define RISKSHARE_POSITION_HPP

#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/period.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// What a line is by nature, which fixes the sign that a sound figure has: income and allocations positive, expenditure
/// negative; a misalignment or a result may have either.
enum class line_nature : std::uint8_t { income, expenditure, misalignment, result };

/// Which months a column speaks of.
enum class basis : std::uint8_t { in_month, to_date, full_year };

/// Plan beside actual (for the full year: the forecast outturn), and the variance where one was printed.
struct plan_and_actual {
    cell_figure plan, actual, printed_variance;
};
/// actual − plan, favourable positive; nothing when either is blank.
std::optional<exact> variance(const plan_and_actual&);

/// A remark under a line: what part of it is. It is added to nothing.
struct of_which_line {
    std::string label;
    plan_and_actual in_month = {}, to_date = {}, full_year = {};
};

/// One line of a statement. It adds other lines (a sub-total) or stands for itself.
struct position_line {
    std::string label;
    std::string organisation; ///< a code; empty where the line is nobody's alone
    line_nature nature = line_nature::result;
    std::vector<std::size_t> adds = {}; ///< the lines that this sub-total adds, by their place in the statement
    plan_and_actual in_month = {}, to_date = {}, full_year = {};
    bool adds_unknown = false; ///< it is labelled a total, and what it adds cannot be told: it is added to nothing
    std::string section = {};  ///< the heading within the statement that it stands under: "Expenditure"
    std::vector<of_which_line> of_which = {};

    bool is_sub_total() const noexcept { return !adds.empty() || adds_unknown; }
    const plan_and_actual& on(basis b) const {
        return b == basis::in_month ? in_month : b == basis::to_date ? to_date : full_year;
    }
};

/// A statement whose sub-totals are known. The intra-system misalignment is a line of its own: it belongs to no
/// organisation and is never spread over them.
class position {
public:
    position() = default;
    /// Throws `precondition_violated` when a sub-total adds a line that is not there, or comes to add itself.
    explicit position(std::vector<position_line> lines);

    const std::vector<position_line>& lines() const noexcept { return lines_; }
    bool empty() const noexcept { return lines_.empty(); }
    /// Whether any line has a figure on this basis.
    bool speaks_of(basis) const;
    /// To date where the statement has that, else the month, else the full year.
    basis main_basis() const;
    /// The bottom line: the last line that no other adds. nullptr in an empty statement.
    const position_line* bottom_line() const;
    /// The lines of their own that a line comes down to, each as often as it is added.
    std::vector<std::size_t> leaves(std::size_t line) const;

    /// What a line comes to when its leaves are added, blanks adding nothing.
    struct amounts {
        exact plan, actual;
        exact variance() const { return actual - plan; }
    };
    amounts added_up(std::size_t line, basis) const;

    /// Each organisation's own lines added up, in order of appearance; what is nobody's alone comes last, under an
    /// empty code. The parts add up to the statement.
    struct part {
        std::string organisation;
        amounts figures;
    };
    std::vector<part> by_organisation(basis) const;

private:
    std::vector<position_line> lines_;
};

/// Sub-totals that are not the sum of what they add, variances that are not actual − plan, signs against a line's
/// nature, lines left out of the bottom line or counted twice. A difference that half a displayed step in every figure
/// can explain is a note with the verdict `rounding`, any other an error with the verdict `real`.
std::vector<finding> review(const position&, basis);
/// The same on every basis that the statement speaks of.
std::vector<finding> review(const position&);

/// This month alone, as the year to date less the year to date a month before: a statement with `in_month` filled in.
/// Lines are matched by label; one without a partner keeps a blank month and gets a finding.
struct month_alone {
    struct line {
        std::string label;
        std::optional<exact> plan, actual;
    };
    std::vector<line> lines;
    std::vector<finding> findings;
};
month_alone in_month(const position& month_before, const position& this_month);

/// One organisation's surplus or deficit as a summary table gives it.
struct organisation_position {
    std::string organisation; ///< a code; "System" marks the table's own total
    plan_and_actual to_date, full_year;
    bool is_total = false;
    cell_figure one_offs_to_date = {}, one_offs_full_year = {}; ///< the non-recurrent part of the actual and forecast
    plan_and_actual in_month = {};
    cell_figure best = {}, likely = {}, worst = {}; ///< the year's outturn as the body itself sees it could be
    cell_figure full_year_effect =
        {}; ///< what next year holds beyond this year's recurrent position, favourable positive
    plan_and_actual without_support = {}, without_support_full_year = {}; ///< excluding deficit support funding
};
/// Whether the printed totals of a summary table are the sums of its organisations.
std::vector<finding> review(const std::vector<organisation_position>&);

const char* to_string(line_nature);

} // namespace riskshare

#include <riskshare/detail/position_body.hpp>

#endif
