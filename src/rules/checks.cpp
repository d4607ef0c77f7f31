// The findings about checking what must agree: code, severity, what was found, what to do, an example.
#include "rules/rule_lists.hpp"

namespace riskshare::rules_of {

std::span<const rule> checks() {
    static constexpr rule list[] = {
        {"annotate.one_workbook", severity::error, "--annotate writes into a copy of one workbook.",
         "Give one workbook at a time.", "--annotate takes one workbook at a time"},
        {"annotate.part", severity::error,
         "The findings cannot be put into a copy of the workbook as comments: a part of it is not as it should be.",
         "Take the findings from --json.", "a part of the workbook has no root"},
        {"baseline.gone", severity::warning, "A finding that the baseline accepts is not there any more.",
         "Delete it from the baseline, so that its return is noticed.",
         "the baseline accepts check.sum at 'Plan'!F9, which is not found any more"},
        {"baseline.malformed", severity::error, "The baseline file cannot be read.",
         "Write it anew with --write-baseline.", "this is not a baseline; write one with --write-baseline"},
        {"check.duplicate_row", severity::warning, "Two rows of a table have the same label and the same amounts.",
         "Delete one of them, or tell them apart by their labels.",
         "row 9 (Theatres) repeats row 7, label and amounts: it may be counted twice"},
        {"check.expectation", severity::error,
         "A figure given by hand does not agree with the cells that it was said to sum up.",
         "Correct the text, or the cells that it names.", "the text says £15.26m, the cells add up to £12,200,000"},
        {"check.filtered_subtotal", severity::warning,
         "A SUBTOTAL leaves out rows that are hidden or filtered, so that it is less than its column holds.",
         "Clear the filter before taking the figure, or use SUM.",
         "=SUBTOTAL(9,B3:B60) leaves out 12 rows that are hidden or filtered"},
        {"check.forced_to_foot", severity::note,
         "A column was rounded so that it adds up to its total, and so one of its figures differs from the one that "
         "rounding by itself would give. The figure is right for its column and is not the one of its source.",
         "Say so beside the table, or print one more place.", "LPT's risk of 0.96 is 0.95 rounded by itself"},
        {"check.line_gone", severity::warning,
         "A line of a report, or a scheme that had delivered, stands in only one of two months: what it was worth "
         "changed without a movement to explain it.",
         "Say where it went or came from. A closed scheme stays in its tracker.",
         "\"Vacancy factor\" is in the month before and not in this one"},
        {"check.many", severity::warning,
         "So many sums of one table do not hold that it may not be meant to add up at all.",
         "Look at its totals first; then at the largest difference.",
         "14 of 20 sums of one table do not hold; the largest difference is that of \"Net\""},
        {"check.net_risk", severity::warning,
         "An organisation's net unmitigated risk is not its unidentified savings, which it was taken from in another "
         "table.",
         "Find out which of the two is the later one.", "LPT: net risk £960,000, unidentified savings £954,000"},
        {"check.opening_restated", severity::warning,
         "What a month opens with is not what the month before closed with: figures already reported were changed.",
         "Show what was restated as a movement of its own.",
         "the balance \"Cash\" opens with 4,310; the month before closed with 4,130"},
        {"check.organisations", severity::error,
         "The organisations' positions do not add up to the system's, by more than rounding can explain. The "
         "intra-system misalignment is a line of its own and is spread over nobody.",
         "Find the organisation whose position is not the one in the statement.",
         "the positions add up to £2,110,000, the system reports £3,110,000"},
        {"check.plan_moved", severity::warning,
         "The plan of a year is not the one of the month before. A plan is fixed for its year but for variations that "
         "are agreed and named.",
         "Name the variation that moved it, or put it back.",
         "the full-year plan of UHL was £(700,000) and is £(500,000)"},
        {"check.savings_of_schemes", severity::error,
         "A savings plan by rating is not what the schemes of the organisation's tracker come to.",
         "Find out which of the two is the later one, and which schemes were re-rated since.",
         "UHL, red: the table says 4,744; the 12 schemes come to 4,244"},
        {"check.stale_value", severity::error,
         "The stored result of a formula is not what the formula gives from the stored inputs.",
         "Open the workbook, recalculate everything (Ctrl+Alt+F9) and save.",
         "the stored result 4,744 is not what its formula =B2+C2 gives from the stored inputs: 4,844"},
        {"check.summary_of_schemes", severity::error,
         "The summary sheet of a tracker does not say what its schemes come to.",
         "Look for schemes that its formulas do not reach, or a rating that they do not know.",
         "Summary, red: 1,200; the schemes come to 1,700"},
        {"check.sum", severity::error,
         "A total differs from the sum of its parts by more than rounding can explain. A printed figure stands for any "
         "amount within half a step of it; no set of unrounded amounts fits all figures of the table.",
         "Look at the cells named. What the difference looks like is evidence, not proof.",
         "Total, Red is 13,552, but its 5 parts add up to 13,522"},
        {"check.together", severity::error,
         "Several sums agree within rounding one by one, but no set of unrounded amounts satisfies all of them at "
         "once.",
         "One of the cells named is wrong by a little more than rounding; --explain says by how much at least.",
         "3 sums each agree within rounding, but not together"},
        {"check.typed_over_formula", severity::warning,
         "A number was typed into a cell whose neighbours on both sides hold the same formula.",
         "Put the formula back, or say why the number stands.",
         "the number 1,900 is typed where its neighbours hold a formula; here it would read =C7+D7 and give 1,709"},
        {"check.variance", severity::error,
         "A printed variance is not actual less plan, by more than rounding can explain.",
         "Look at the sign first: favourable is positive on every line.",
         "the variance of Pay is (120), but 1,880 less 2,100 is (220)"},
        {"expect.malformed", severity::error, "What was given with --expect cannot be read.",
         "Write £15.26m='Sheet'!E7:E10.", "\"15.26\" is not an expectation; write £15.26m='Sheet'!E7:E10"},
        {"expect.no_cells", severity::error, "What was given with --expect names cells that hold no amounts.",
         "Name cells with amounts in one of the files.", "\"'Risk'!Z1\" names no amounts in the files that were given"},
    };
    return list;
}

} // namespace riskshare::rules_of
