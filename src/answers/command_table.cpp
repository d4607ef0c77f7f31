// The one table of commands and options.
#include "command_table.hpp"
#include "commands.hpp"
#include "report.hpp"

#include <algorithm>

namespace riskshare::answers {

namespace {

option_described flag(const char* name, const char* does, char letter = 0) {
    option_described o;
    o.name = name, o.does = does, o.letter = letter, o.kind = option_kind::flag;
    return o;
}

option_described words(const char* name, const char* value, const char* does) {
    option_described o;
    o.name = name, o.value = value, o.does = does;
    return o;
}

option_described number(const char* name, const char* does, int least, int most) {
    option_described o;
    o.name = name, o.does = does, o.kind = option_kind::whole_number, o.least = least, o.most = most;
    return o;
}
option_described month_of_year(const char* name, const char* does) { return number(name, does, 1, 12); }

option_described choice(const char* name, const char* value, const char* does, std::vector<std::string> of) {
    option_described o = words(name, value, does);
    o.choices = std::move(of);
    return o;
}

option_described list(const char* name, const char* value, const char* does) {
    option_described o = words(name, value, does);
    o.several = true;
    return o;
}

option_described reads(const char* name, const char* value, const char* does) {
    option_described o = words(name, value, does);
    o.kind = option_kind::file_read;
    return o;
}

option_described makes(const char* name, const char* value, const char* does, char letter = 0) {
    option_described o = words(name, value, does);
    o.kind = option_kind::file_made, o.letter = letter;
    return o;
}

option_described placed(option_described o) {
    o.placed = true;
    return o;
}
option_described required(option_described o) {
    o.required = true;
    return o;
}
option_described excluding(const char* other, option_described o) {
    o.excludes = other;
    return o;
}

/// What every command that reads figures understands; `more` follows.
template <class O>
std::vector<bound_option<O>> with_input(std::vector<bound_option<O>> more, const char* files_are = nullptr,
                                        std::size_t exactly = 0) {
    option_described files = required(placed(
        reads("files", "FILE",
              files_are != nullptr ? files_are : "workbooks (.xlsx, .xlsm), models (.json) or - for standard input")));
    files.several = true, files.exactly = exactly;
    std::vector<bound_option<O>> all{
        {files, &O::files},
        {reads("map", "MAP.toml", "a mapping file that says where the tables stand"), &O::map},
        {reads("directory", "BODIES.toml",
               "who is who: codes, names in use, successors; else bodies are called as the files call them"),
         &O::directory},
        {makes("save-map", "MAP.toml", "save how the tables were read, for --map next month"), &O::save_map},
        {words("unit", "UNIT", "the unit of tables that name none: £, £000 or £m"), &O::unit},
        {flag("json", "the answer as JSON"), &O::json},
        {flag("verbose", "say what was read as what", 'v'), &O::verbose}};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

option_described threshold() {
    return words("threshold", "AMOUNT",
                 "from which difference on partners have to resolve their balances; else that of the agreement of "
                 "balances exercise");
}

/// What it takes to make a statement.
template <class O>
std::vector<bound_option<O>> with_agreement(std::vector<bound_option<O>> more, bool first) {
    option_described consents =
        list("consents", "PARTIES", "parties that agree to an update or to a scheme's own shares");
    consents.commas = true;
    option_described agreements = reads(
        "agreement", "A.toml", "the agreement; the workbook's own sheet when left out; given twice, two are compared");
    agreements.several = true;
    std::vector<bound_option<O>> all{
        {agreements, &O::agreements},
        {month_of_year("month", "the month of the financial year: 4 is July"), &O::month},
        {choice("basis", "", "ytd: the year to date; forecast: the year", {"ytd", "forecast"}), &O::basis},
        {consents, &O::consents},
        {flag("round-to-penny", "round figures finer than a penny instead of refusing"), &O::round_to_penny}};
    all.insert(first ? all.end() : all.begin(), more.begin(), more.end());
    return all;
}

command_entry cells_entry() {
    using o = cells_options;
    return entry<o>(
        "cells", "plain values as CSV", "cells plan.xlsx 'Efficiencies!A4:G11'", run_cells,
        {{required(placed(reads("workbook", "WORKBOOK", "a workbook, or - for standard input"))), &o::workbook},
         {placed(words("range", "RANGE", "SHEET or SHEET!RANGE; every sheet when left out")), &o::range},
         {flag("json", "with formula, number format and type"), &o::json}});
}

command_entry set_entry() {
    using o = set_options;
    return entry<o>(
        "set", "change cells and nothing else",
        "set plan.xlsx -o new.xlsx 'Efficiencies!C5=4744' \"Efficiencies!A9='New scheme\"", run_set,
        {{required(placed(reads("workbook", "WORKBOOK", "a workbook, or - for standard input"))), &o::workbook},
         {required(placed(
              list("edits", "SHEET!CELL=VALUE",
                   "what each cell is to hold: 1234.5 a number, 'text (or any other words) text, TRUE or FALSE, "
                   "2022-07-31 a date, =A1+A2 a formula, nothing to clear it. Quote a sheet's name that holds \"!\": "
                   "'Who pays!'!B7=5"))),
          &o::assignments},
         {makes("output", "OUT.xlsx", "the edited workbook; - for standard output", 'o'), &o::output},
         {flag("in-place", "change the workbook itself"), &o::in_place},
         {flag("overwrite-formulas", "let values replace formulas"), &o::overwrite_formulas},
         {flag("keep-results", "leave the results of formulas that depend on the cells"), &o::keep_results},
         {flag("text", "take every VALUE as text, just as it is"), &o::text},
         {flag("dry-run", "say what would change and write nothing"), &o::dry_run},
         {flag("json", "what changed as JSON"), &o::json}});
}

command_entry import_entry() {
    using o = import_options;
    return entry<o>(
        "import", "read workbooks into one model, every figure with its cell", "import plan.xlsx -o plan.json",
        run_import,
        with_input<o>({{makes("output", "MODEL.json", "the model; standard output when left out", 'o'), &o::output},
                       {makes("facts", "OUT", "one row a figure, for databases: .csv, .jsonl or .sqlite"), &o::facts},
                       {month_of_year("month", "the month that a report is of, whatever its titles say: 4 is July"),
                        &o::report_month}}));
}

command_entry export_entry() {
    using o = export_options;
    return entry<o>(
        "export", "fill a template with the figures, or write a fresh workbook",
        "export position.xlsx statement.xlsx --month 4 -o statement-m4.xlsx", run_export,
        with_input<o>(
            with_agreement<o>(
                {{makes("output", "OUT.xlsx", "the workbook to write; - for standard output", 'o'), &o::output},
                 {choice("new", "KIND", "a fresh workbook with live formulas: savings or statement",
                         {"savings", "statement"}),
                  &o::new_kind},
                 {flag("unlock", "fill cells that a protected sheet locks, too"), &o::unlock},
                 {flag("dry-run", "list the cells that would be filled and write nothing"), &o::dry_run}},
                false),
            "workbooks (.xlsx, .xlsm) or models (.json) with the figures, or lists (.csv): a month's actuals by scheme "
            "reference, or LABEL,AMOUNT to date; the last is the template, unless --new"));
}

command_entry risk_entry() {
    using o = risk_options;
    return entry<o>(
        "risk", "savings by rating and their weighted risk; the risk register and its net", "risk plan.xlsx", run_risk,
        with_input<o>(
            {{words("shares", "BODY=SHARE,…", "how the net risk is shared: UHL=50%,LPT=13%,ICB=37%"), &o::shares},
             {excluding("shares", reads("agreement", "A.toml", "the agreement by whose shares the net risk is shared")),
              &o::agreement},
             {words("room", "AMOUNT", "what the net risk may come to, in place of forecast less plan: £4.5m"),
              &o::room},
             {words("weights", "NAME=PART,…",
                    "what part is at risk of savings by development status: \"Plans in progress=25%,Opportunity=50%\""),
              &o::weights},
             {words("bands", "NAME=SCORE,…", "from which score on a corporate risk is in a band: high=15,medium=8"),
              &o::bands}}));
}

command_entry position_entry() {
    using o = position_options;
    return entry<o>(
        "position", "control totals, the system's position and forecast", "position plan.xlsx", run_position,
        with_input<o>(
            {{month_of_year("month", "the month that the report is of, whatever its titles say: 4 is July"),
              &o::report_month},
             {flag("bridges", "every bridge in full: plan to actual, forecast to underlying"), &o::bridges},
             {words("profile", "", "twelve weights, M1 first: how the year is expected to spread"), &o::profile},
             {month_of_year("exit-months", "the last months that the exit run rate averages"), &o::exit_months},
             {month_of_year("trend-months", "the months before, against which trends are measured"), &o::trend_months},
             {threshold(), &o::threshold},
             {reads("agreement", "A.toml", "the agreement whose funds the bodies have to earn, quarter by quarter"),
              &o::agreement}}));
}

command_entry share_entry() {
    using o = share_command_options;
    return entry<o>("share", "the risk and gain share statement: who bears what, and why",
                    "share position.xlsx --agreement agreement.toml --month 4", run_share,
                    with_input<o>(with_agreement<o>(
                        {{reads("since", "BEFORE", "the workbook of the earlier statement, for what moved"), &o::since},
                         {makes("fill", "OUT.xlsx", "save the workbook with its Statement filled in"), &o::fill},
                         {flag("unlock", "fill cells that a protected sheet locks, too"), &o::unlock},
                         {words("over", "[PARTY=]FROM:TO:STEP",
                                "what if: every party's position over a range of outturns, such as UHL=-5m:5m:250k"),
                          &o::over},
                         {makes("csv", "OUT.csv", "those positions as CSV, to a file or -"), &o::csv},
                         {makes("chart", "OUT.svg", "those positions as a chart"), &o::chart}},
                        true)));
}

command_entry report_entry() {
    using o = report_options;
    option_described since = reads("since", "BEFORE", "the files of an earlier month: what changed since");
    since.several = true;
    return entry<o>(
        "report", "the monthly pack: everything that the files hold, for a board or a finance team",
        "report plan.xlsx -o pack.html", run_report,
        with_input<o>(
            {{reads("agreement", "A.toml",
                    "the agreement of the share statement; the workbook's own sheet when left out"),
              &o::agreement},
             {month_of_year("month", "the month to report on: 4 is July"), &o::month},
             {since, &o::since},
             {reads("template", "TEMPLATE", "a workbook that the team has, to be filled by its names and headings"),
              &o::into},
             {makes("output", "OUT",
                    "the pack, by its ending a page (.html), a workbook (.xlsx), data (.json), a list (.csv) "
                    "or text (.md, .txt)",
                    'o'),
              &o::output}}));
}

command_entry agreement_entry() {
    using o = agreement_options;
    return entry<o>("agreement", "an agreement by itself: what it says, what it would do, what it leaves open",
                    "agreement agreement.toml", run_agreement,
                    with_input<o>({}, "agreements (.toml), or workbooks and models that have one"));
}

command_entry track_entry() {
    using o = track_options;
    return entry<o>(
        "track", "the CIP tracker: plan, actual, forecast, delivery, risk, by any field",
        "track tracker.xlsx --month 3 --by cmg,rag", run_track,
        with_input<o>(
            {{month_of_year("month", "the last month of actuals, 1 (April) to 12"), &o::month},
             {words("by", "FIELD[,FIELD]", "fields to group by, with commas: organisation, cmg, workstream, rag, …"),
              &o::by},
             {reads("since", "BEFORE", "an earlier tracker: what moved since"), &o::since},
             {month_of_year("since-month", "its last month of actuals"), &o::since_month},
             {makes("csv", "OUT.csv", "the groups as CSV, to a file or -"), &o::csv},
             {makes("schemes", "OUT.csv", "every scheme with its months as CSV, to a file or -"), &o::schemes},
             {words("target", "AMOUNT", "the savings asked for, such as £26.644m"), &o::target},
             {words("risk-share", "", "list the schemes that make up this part of the risk"), &o::share},
             {choice("risk-on", "", "what those schemes are weighed on: plan, or what is left", {"plan", "left"}),
              &o::risk_on},
             {reads("fill", "ACTUALS",
                    "the month's actuals, to be written in by reference: a CSV of reference and amount, a model or "
                    "another tracker"),
              &o::fill},
             {makes("output", "OUT.xlsx", "the filled tracker", 'o'), &o::output},
             {flag("unlock", "fill cells that a protected sheet locks, too"), &o::unlock},
             {flag("dry-run", "list the cells that --fill would write"), &o::dry_run}}));
}

command_entry compare_entry() {
    using o = compare_options;
    return entry<o>(
        "compare", "what changed between two files, in figures and in words", "compare april.xlsx june.xlsx",
        run_compare,
        with_input<o>({{month_of_year("before-month", "the last month of actuals in the first file"), &o::before_month},
                       {month_of_year("month", "the last month of actuals in the second"), &o::after_month},
                       {flag("cells", "list the results of formulas that changed, too"), &o::cells},
                       {flag("names", "compare what defined names mean"), &o::names},
                       {flag("formats", "compare number formats"), &o::formats}},
                      nullptr, 2));
}

command_entry check_entry() {
    using o = check_options;
    return entry<o>(
        "check", "does everything agree: agrees, rounding only, or a real difference", "check plan.xlsx --explain",
        run_check,
        with_input<o>(
            {{month_of_year("month", "the month that a report is of, whatever its titles say: 4 is July"),
              &o::report_month},
             {flag("explain", "unrounded amounts that fit, or the figures that cannot stand together"), &o::explain},
             {makes("annotate", "OUT.xlsx", "a copy of the workbook with the findings as comments"), &o::annotate},
             {reads("baseline", "FILE.json", "known findings, each accepted with a reason and a date"), &o::baseline},
             {makes("write-baseline", "FILE.json", "write the findings as a baseline to fill in"), &o::write_baseline},
             {list("expect", "AMOUNT=CELLS", "a figure from a text and its cells: \"£15.26m='Sheet'!E7:E10\""),
              &o::expect},
             {threshold(), &o::threshold}}));
}

command_entry explain_entry() {
    using o = explain_options;
    return entry<o>("explain", "what a rule means; where a figure came from and what it fed", "explain check.sum",
                    run_explain,
                    {{required(placed(reads("what", "WHAT", "a rule code, or a workbook"))), &o::what},
                     {placed(words("cell", "CELL", "a cell of the workbook: SHEET!B7")), &o::cell},
                     {reads("directory", "BODIES.toml", "who is who: codes, names in use, successors"), &o::directory},
                     {flag("json", "the answer as JSON"), &o::json}});
}

command_entry help_entry() {
    using o = help_options;
    return entry<o>("help", "what a mapping file may say", "help mapping", run_help,
                    {{required(placed(choice("topic", "TOPIC", "mapping", {"mapping"}))), &o::topic}});
}

command_entry completions_entry() {
    using o = completions_options;
    return entry<o>("completions", "what a shell needs in order to complete commands", "completions bash",
                    run_completions,
                    {{required(placed(choice("shell", "SHELL", "bash, zsh, fish or powershell",
                                             {"bash", "zsh", "fish", "powershell"}))),
                      &o::shell}});
}

command_entry man_entry() { return entry<man_options>("man", "the man page, in troff", "man | man -l -", run_man, {}); }

} // namespace

void add_force(command_described& c) {
    const bool makes_files = std::any_of(c.options.begin(), c.options.end(),
                                         [](const option_described& o) { return o.kind == option_kind::file_made; });
    if (makes_files) c.options.push_back(flag("force", "write over a file that is there already"));
}

const std::vector<command_entry>& command_table() {
    static const std::vector<command_entry> table = {
        cells_entry(),    set_entry(),   import_entry(),      export_entry(), risk_entry(),    report_entry(),
        position_entry(), share_entry(), agreement_entry(),   track_entry(),  compare_entry(), check_entry(),
        explain_entry(),  help_entry(),  completions_entry(), man_entry()};
    return table;
}

const std::vector<command_described>& commands() {
    static const std::vector<command_described> all = [] {
        std::vector<command_described> out;
        for (const command_entry& e : command_table()) out.push_back(e.about);
        return out;
    }();
    return all;
}

} // namespace riskshare::answers
