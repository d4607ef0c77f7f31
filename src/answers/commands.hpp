// Every command: its options, and the function that runs it. One source file a command.
#ifndef RISKSHARE_ANSWERS_COMMANDS_HPP
#define RISKSHARE_ANSWERS_COMMANDS_HPP

#include "console.hpp"

#include <optional>
#include <string>
#include <vector>

namespace riskshare::answers {

/// What every command that reads figures understands.
struct input_options {
    std::vector<std::string> files; ///< workbooks, models, or "-"
    std::string map;                ///< a mapping file, TOML
    std::string directory;          ///< a file that says who is who, TOML
    std::string save_map;           ///< writes the mapping that reads these layouts again
    std::string unit;               ///< the unit of tables that name none
    bool json = false;
    bool verbose = false; ///< say what was read as what
    int report_month = 0; ///< of the finance report, 1 to 12: it goes before every title; 0 when not said
};

struct cells_options {
    std::string workbook;
    std::string range; ///< SHEET, or SHEET!RANGE; empty for all sheets
    bool json = false;
};
int run_cells(const cells_options&, console&);

struct set_options {
    std::string workbook;
    std::vector<std::string> assignments; ///< SHEET!CELL=VALUE
    std::string output;
    bool in_place = false, overwrite_formulas = false, dry_run = false;
    bool keep_results = false; ///< leave the results of formulas out of date
    bool text = false;         ///< every value is text
    bool json = false;
};
int run_set(const set_options&, console&);

struct import_options : input_options {
    std::string output;
    std::string facts; ///< one row a figure: .csv, .jsonl or .sqlite
};
int run_import(const import_options&, console&);

struct risk_options : input_options {
    std::string shares;    ///< "UHL=50%,LPT=13%,ICB=37%": how the net risk is shared
    std::string agreement; ///< a file with the agreement that says it instead
    std::string room;      ///< "£4.5m": what the net may come to, in place of forecast less plan
    std::string bands;     ///< "high=15,medium=8": from which score on a corporate risk belongs to a band
    std::string weights;   ///< "Plans in progress=25%,…": what part of each category is at risk
};
int run_risk(const risk_options&, console&);

struct position_options : input_options {
    std::string profile;  ///< twelve weights with commas: how the year is expected to spread
    int exit_months = 3;  ///< averaged by the exit run rate
    int trend_months = 6; ///< before this one, against which a dashboard's trend is measured
    bool bridges = false;
    std::string threshold; ///< from which size on partners' balances must be resolved: "£0.3m"
    std::string agreement; ///< a file with the funds that bodies have to earn
};
int run_position(const position_options&, console&);

struct check_options : input_options {
    bool explain = false;
    std::string annotate; ///< a copy of the workbook with the findings as comments
    std::string baseline, write_baseline;
    std::vector<std::string> expect; ///< "£15.26m='Sheet'!E7:E10"
    std::string threshold;           ///< from which size on partners' balances must be resolved: "£0.3m"
};
int run_check(const check_options&, console&);

struct explain_options {
    std::string what;      ///< a rule, or a workbook
    std::string cell;      ///< of the workbook
    std::string directory; ///< a file that says who is who, TOML
    bool json = false;
};
int run_explain(const explain_options&, console&);

struct track_options : input_options {
    int month = 0;          ///< 1 to 12; 0 when not said
    std::string by = "rag"; ///< one field or more, with commas
    std::string since;      ///< the tracker of an earlier month
    int since_month = 0;
    std::string csv;              ///< the groups as CSV, to this file
    std::string schemes;          ///< every scheme as CSV, to this file
    std::string target;           ///< savings asked for, "£26.644m"
    std::string share = "80%";    ///< of the risk, whose schemes are listed
    std::string risk_on = "plan"; ///< or "left"
    std::string fill, output;     ///< a CSV of actuals or other schemes, and the workbook to write
    bool dry_run = false, unlock = false;
};
int run_track(const track_options&, console&);

struct compare_options : input_options {
    int before_month = 0, after_month = 0;
    bool cells = false, names = false, formats = false; ///< what is told besides
};
int run_compare(const compare_options&, console&);

struct share_command_options : input_options {
    std::vector<std::string> agreements; ///< TOML, two to be compared; else the workbook's own sheet
    int month = 0;                       ///< 1 to 12; 0 for the only one there is
    std::string basis = "ytd";           ///< or "forecast"
    std::string since;                   ///< an earlier workbook, for the movement
    std::string fill;                    ///< where to save the workbook with its Statement filled
    std::vector<std::string> consents;   ///< parties that agree to an update, or to a sheet's shares for schemes
    bool round_to_penny = false;
    bool unlock = false;    ///< fill cells that a protected sheet locks, too
    std::string over;       ///< "UHL=-5m:5m:250k": outturns to be tried
    std::string csv, chart; ///< where to save them as a table, and as a picture
};
int run_share(const share_command_options&, console&);

/// Everything that a statement takes, and where the figures go. The last file is the template, unless a kind is named;
/// of the others some may be lists in CSV: a month's actuals by scheme, or one of a position's next actuals.
struct export_options : share_command_options {
    std::string new_kind; ///< "savings" or "statement": a fresh workbook
    std::string output;
    bool dry_run = false;
};
int run_export(const export_options&, console&);

struct agreement_options : input_options {};
int run_agreement(const agreement_options&, console&);

struct help_options {
    std::string topic; ///< "mapping"
};
int run_help(const help_options&, console&);

struct completions_options {
    std::string shell; ///< bash, zsh, fish or powershell
};
int run_completions(const completions_options&, console&);

struct man_options {};
int run_man(const man_options&, console&);

} // namespace riskshare::answers

#endif
