// A statement while it is read: its lines, what each adds, and with which sign each is written.
#ifndef RISKSHARE_SRC_TEMPLATE_STATEMENT_DRAFT_HPP
#define RISKSHARE_SRC_TEMPLATE_STATEMENT_DRAFT_HPP

#include "template/finance_sheet.hpp"
#include "template/words/vocabulary.hpp"

#include <cstddef>
#include <map>
#include <vector>

namespace riskshare::templates::detail {

/// The columns of plan and actual on each basis; to date first, as the first that a table has settles what it adds.
struct pair_of_columns {
    plan_and_actual position_line::*in_line;
    plan_and_actual of_which_line::*in_remark;
    const char *plan, *actual, *variance;
};
inline constexpr pair_of_columns pairs_of_columns[] = {
    {&position_line::to_date, &of_which_line::to_date, "plan", "actual", "variance"},
    {&position_line::in_month, &of_which_line::in_month, "month_plan", "month_actual", "month_variance"},
    {&position_line::full_year, &of_which_line::full_year, "full_year_plan", "forecast", "full_year_variance"}};

/// What the words of a line say that it is.
enum class line_words : std::uint8_t { nothing, income, spending, area, result, misalignment };

struct statement_draft {
    const found_table& table;
    const read_options& options;
    const words::vocabulary& vocabulary;

    std::vector<position_line> lines = {};
    std::vector<line_place> places = {};
    std::vector<line_words> said = {};
    std::vector<std::uint32_t> rows = {};
    std::vector<std::vector<int>> signs = {}; ///< of what each line adds
    std::vector<bool> added = {};             ///< by some line
    std::vector<bool> turned = {};            ///< written with the other sign than it has
    std::vector<position_line> restated = {};
    std::vector<finding> findings = {}; ///< about the table; taken over where it turns out to be a statement

    /// Whether every line that a line comes down to is spending by its words; false where one says that it is not.
    bool is_spending(std::size_t line, std::size_t depth = 0) const;
    /// Whether the label says that its line adds others, or is the result.
    bool sounds_like_a_total(const std::string& label) const;
};

line_words words_of_line(const words::vocabulary&, const std::string& label);

/// Takes the lines that restate the result out of the statement: "Less: deficit support funding", "Surplus/(deficit)
/// excluding deficit support funding".
void set_restated_aside(statement_draft&);
/// Adds to `restated` the lines that columns beside give without deficit support funding, where those differ, and the
/// bottom line. \pre the signs are settled
void restate_without_support(statement_draft&);
/// What each line adds: by its formula, else by its figures.
void find_sums(statement_draft&);
/// Totals whose formulas have no result are worked out; any other formula without one becomes a finding.
void work_out_totals(statement_draft&);

/// Turns what is written with the other sign, as the sheet itself shows it (template/words/signs.hpp). False where its
/// evidence is at odds or missing: a finding says so and what would settle it.
bool settle_signs(statement_draft&);

/// Says which lines give one figure of a pair and lack the other ("position.blank").
void say_blanks(statement_draft&);

} // namespace riskshare::templates::detail

#endif
