#include <riskshare/rules.hpp>

namespace riskshare {

namespace {

constexpr rule table[] = {
    {"agreement.*", "The risk-share agreement cannot be applied as it is written.",
     "Correct the agreement file; the message names the term."},
    {"cause_share.*", "The share by cause cannot be worked out as asked.",
     "Correct the hours, the offset or the amount that the message names."},
    {"cell.ambiguous_unit", "A cell's own pound sign or number format speaks against the unit of its column.",
     "Take the sign off, or give the table its unit in a mapping (--map); neither reading was preferred."},
    {"cell.error", "A cell that should hold a figure holds an error such as #REF!.",
     "Mend the formula in the workbook; nothing is read in its place."},
    {"cell.not_available", "A cell says n/a, tbc or an ellipsis where a figure should be.",
     "It is read as no figure; fill it in when it is known."},
    {"cell.text", "A cell holds a text where a figure should be.", "Type the figure as a number."},
    {"check.duplicate_row", "Two rows of a table have the same label and the same amounts.",
     "Delete one of them, or tell them apart by their labels."},
    {"check.expectation", "A figure given by hand does not agree with the cells that it was said to sum up.",
     "Correct the text, or the cells that it speaks of."},
    {"check.filtered_subtotal",
     "A SUBTOTAL leaves out rows that are hidden or filtered, so that it is less than its column holds.",
     "Clear the filter before taking the figure, or use SUM."},
    {"check.forced_to_foot",
     "A column was rounded so that it adds up to its total, and so one of its figures differs from the one that "
     "rounding by itself would give. The figure is not wrong for its column, but it is not the one of its source.",
     "Say so beside the table, or print one more place."},
    {"check.many", "So many sums of one table do not hold that it may not be meant to add up at all.",
     "Look at its totals first; then at the widest misfit."},
    {"check.line_gone",
     "A line of a report, or a scheme that had delivered, stands in only one of two months: what it was worth changed "
     "without a movement to explain it.",
     "Say where it went or came from. A closed scheme stays in its tracker."},
    {"check.net_risk",
     "An organisation's net unmitigated risk is not its unidentified savings, which it was taken from in another "
     "table.",
     "Find out which of the two is the later one."},
    {"check.opening_restated",
     "What a month opens with is not what the month before closed with: figures already reported were changed.",
     "Show what was restated as a movement of its own."},
    {"check.organisations",
     "The organisations' positions do not add up to the system's, by more than rounding can explain. The intra-system "
     "misalignment is a line of its own and is spread over nobody.",
     "Find the organisation whose position is not the one in the statement."},
    {"check.plan_moved",
     "The plan of a year is not the one of the month before. A plan is fixed for its year but for variations that are "
     "agreed and named.",
     "Name the variation that moved it, or put it back."},
    {"check.savings_of_schemes",
     "A savings plan by rating is not what the schemes of the organisation's tracker come to.",
     "Find out which of the two is the later one, and which schemes were re-rated since."},
    {"check.stale_value", "The stored result of a formula is not what the formula gives from the stored inputs.",
     "Open the workbook, recalculate everything (Ctrl+Alt+F9) and save."},
    {"check.sum",
     "A total differs from the sum of its parts by more than rounding can explain. A printed figure stands for any "
     "amount within half a step of it; there is no set of unrounded amounts that fits all figures of the table.",
     "Look at the cells named. What the difference looks like is evidence, not proof."},
    {"check.summary_of_schemes", "The summary sheet of a tracker does not say what its schemes come to.",
     "Look for schemes that its formulas do not reach, or a rating that they do not know."},
    {"check.together",
     "Several sums agree within rounding one by one, but no set of unrounded amounts satisfies all of them at once.",
     "One of the cells named is wrong by a little more than rounding; --explain says by how much at least."},
    {"check.typed_over_formula", "A number was typed into a cell whose neighbours on both sides hold the same formula.",
     "Put the formula back, or say why the number stands."},
    {"check.variance", "A printed variance is not actual less plan, by more than rounding can explain.",
     "Look at the sign first: favourable is positive on every line."},
    {"annotate.*", "The findings cannot be put into a copy of the workbook as comments.",
     "See what the message asks for; --json has the findings as well."},
    {"assurance.unknown", "A level of assurance cannot be read.", "Write one of those that the message names."},
    {"balances.nobody", "A schedule of balances with partners does not say whose it is.",
     "Name the body in the title, the sheet's name or the file's."},
    {"balances.sign", "A schedule books a negative amount; what each side books is positive.", "Correct the sign."},
    {"balances.threshold", "The threshold for agreeing balances cannot be read.", "Write £300,000 or £0.3m."},
    {"baseline.gone", "A finding that the baseline accepts is not there any more.",
     "Delete it from the baseline, so that its return is noticed."},
    {"baseline.malformed", "The baseline file cannot be read.", "Write it anew with --write-baseline."},
    {"capital.*",
     "Capital spending against its limit, its time or its plan holds something that its reader should know.",
     "Look at the cells named."},
    {"consent.*", "A change of the agreement lacks a consent that it takes.", "Name the parties that consent."},
    {"control_total.*", "The control totals do not agree with themselves.", "Look at the cells named."},
    {"dashboard.sign_mismatch",
     "The plan and the actual of a dashboard row are equal in size and opposite in sign, as brackets left out make "
     "them: a sign slip, not a variance of twice the figure.",
     "Correct the sign of one of them."},
    {"dashboard.status", "A dashboard row says compliant over an actual that is worse than its plan.",
     "Correct the status, or the direction in which the measure is better."},
    {"edit.*", "An edit cannot be made to the workbook; none of the edits asked for was made.",
     "Correct the edit that the message names."},
    {"efficiency.*", "The efficiencies do not agree with themselves.", "Look at the cells named."},
    {"expect.*", "What was given with --expect cannot be checked.", "Write £15.26m='Sheet'!E7:E10."},
    {"export.*", "A workbook cannot be filled with the figures, or made from them, as asked.",
     "See what the message asks for."},
    {"file.*", "A file cannot be opened or read.", "See whether its name is right and whether it may be read."},
    {"fill.*", "Figures cannot be filled into the workbook, or a template has no place for them; none was written.",
     "Correct, name or head the cells as the message says."},
    {"formula.unsupported", "A formula is not recomputed here; its stored result is taken as it stands.",
     "Nothing needs doing."},
    {"fund.*", "A centralised fund's parts do not make a whole.", "Correct the configuration."},
    {"mapping.*", "The mapping file cannot be used as it is written.", "Correct the line that the message names."},
    {"model.malformed", "A model file is not one of ours.", "Import the workbooks again."},
    {"model.schema", "A model file has a version that is not known.", "Import the workbooks again."},
    {"model.two_readings", "Two tables give figures for the same organisation; neither was preferred.",
     "Name the sheet in a mapping file, or give one file at a time."},
    {"money.finer_than_a_penny", "An amount has more places than a penny has.", "Round it first, by a rule you name."},
    {"number.*", "A text begins like a number and is none, or is beyond what is computed exactly.",
     "Type the number again."},
    {"organisation.*", "An organisation's name is not known for certain.",
     "Say who is meant in a mapping file, under [organisations]."},
    {"organisations.*", "The positions of the organisations do not agree with their own total or variance.",
     "Look at the cells named."},
    {"package.*", "The file is not a workbook that can be read safely. Nothing was read from it.",
     "Save it anew from a spreadsheet program as .xlsx."},
    {"period.*", "A month or a financial year cannot be read.", "Write M4, Jul-22 or 2022/23."},
    {"position.misalignment",
     "Two partners disagree about what one of them sells to the other. The difference stays a line of its own and is "
     "never spread over the organisations.",
     "Let both sides agree on one figure. --threshold says from which size on they have to."},
    {"position.*", "The statement of the position holds something that its reader should know.",
     "Look at the cells named."},
    {"rating.*", "A scheme's rating is missing or is none of red, amber, green and unidentified.",
     "Rate it, or give its rating in a mapping file."},
    {"ratio.*", "A fraction cannot be read.", "Write 0.25, 1/4 or 25%."},
    {"recommendation.*", "The year-end recommendation cannot be made.", "See what the message asks for."},
    {"register.*", "The register of risks and mitigations holds something that its reader should know.",
     "Look at the rows named."},
    {"report.*", "The finance report can be read in two ways; nothing was guessed.",
     "Name the sheet in a mapping file."},
    {"risk.*", "The savings at risk cannot be worked out.", "See what is recognised with --verbose."},
    {"risk_score.*", "A risk's score is out of its range.", "Correct its likelihood or its impact."},
    {"savings.*", "The savings table holds something that its reader should know.", "Look at the cells named."},
    {"share.*", "A position cannot be read for certain; nothing was computed.",
     "Correct the sheet, the month or the line that the message names."},
    {"shares.*", "Shares given on the command line cannot be read.", "Write UHL=50%,LPT=13%,ICB=37%."},
    {"statement.*", "The risk-share statement cannot be made as asked.", "Correct what the message names."},
    {"table.*", "A table was found and could not be read for certain; nothing was guessed.",
     "Say what is meant in a mapping file."},
    {"tool.*", "The command line names something that is not there, or that cannot be read.",
     "Correct what the message names."},
    {"total.differs", "A printed total differs from the sum of what was read.", "Run check on the file."},
    {"track.*", "The tracker cannot be followed as asked.", "Correct the option that the message names."},
    {"tracker.*", "The savings tracker holds something that its reader should know.", "Look at the rows named."},
    {"unit.*", "A unit cannot be read.", "Write £, £000 or £m."},
    {"weights.*", "The risk weights are missing, out of range, or given twice.", "Give them in a mapping file."},
    {"workbook.*", "A part of the workbook cannot be read as the format demands.",
     "Save it anew from a spreadsheet program."},
};

} // namespace

std::span<const rule> rules() { return table; }

const rule* find_rule(std::string_view code) {
    const rule* family = nullptr;
    for (const rule& r : table) {
        if (r.code == code) return &r;
        if (r.code.size() > 2 && r.code.substr(r.code.size() - 2) == ".*" &&
            code.substr(0, r.code.size() - 1) == r.code.substr(0, r.code.size() - 1) &&
            code.size() >= r.code.size() - 1)
            family = &r;
    }
    return family;
}

} // namespace riskshare
