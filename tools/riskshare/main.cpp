// The command line: what may be typed, and which command answers it. The one file that knows CLI11.
#include "answers/commands.hpp"
#include "command_page.hpp"

#include <riskshare/error.hpp>
#include <riskshare/organisation.hpp>

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <unistd.h>

namespace riskshare::answers {

namespace {

/// A command with its example; `run` is called when it was the one typed.
struct registration {
    CLI::App* command;
    std::string example;
    std::function<int(console&)> run;
};

class command_line {
public:
    command_line() {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", RISKSHARE_VERSION);
        app_.add_option("--color", color_, "colour: auto, always or never")
            ->check(CLI::IsMember({"auto", "always", "never"}));
        app_.fallthrough();
        add_cells();
        add_set();
        add_import();
        add_export();
        add_risk();
        add_position();
        add_share();
        add_track();
        add_compare();
        add_check();
        add_explain();
        add_completions();
        add_man();
    }

    CLI::App& app() { return app_; }
    const std::string& color() const { return color_; }
    /// What may be typed, for completions and the man page.
    std::vector<command_page> pages() const {
        std::vector<command_page> out;
        for (const registration& r : commands_) {
            command_page page{r.command->get_name(), r.command->get_description(), r.example, {}};
            for (const CLI::Option* o : r.command->get_options()) {
                if (o == r.command->get_help_ptr()) continue;
                option_page option{{}, "", o->get_description(), {}};
                for (const std::string& name : o->get_lnames()) option.names.push_back("--" + name);
                for (const std::string& name : o->get_snames()) option.names.push_back("-" + name);
                if (option.names.empty())
                    option.value = o->get_name();
                else if (o->get_items_expected_max() > 0)
                    option.value = o->get_type_name();
                page.options.push_back(std::move(option));
            }
            out.push_back(std::move(page));
        }
        return out;
    }

    int run(console& to) const {
        for (const registration& r : commands_)
            if (r.command->parsed()) return r.run(to);
        return wrong_use;
    }

private:
    CLI::App* add(const char* name, const char* does, const std::string& example, std::function<int(console&)> run) {
        CLI::App* command = app_.add_subcommand(name, does);
        command->footer("Example:\n  riskshare " + example);
        commands_.push_back({command, example, std::move(run)});
        return command;
    }

    static void add_input(CLI::App* command, input_options& o) {
        command->add_option("FILE", o.files, "workbooks (.xlsx, .xlsm), models (.json) or - for standard input")
            ->required();
        command->add_option("--map", o.map, "a mapping file that says where the tables stand")->type_name("MAP.toml");
        command->add_option("--unit", o.unit, "the unit of tables that name none: £, £000 or £m")->type_name("UNIT");
        command->add_flag("--json", o.json, "the answer as JSON");
        command->add_flag("--verbose,-v", o.verbose, "say what was read as what");
    }

    void add_cells() {
        CLI::App* c = add("cells", "plain values as CSV", "cells plan.xlsx 'Efficiencies!A4:G11'",
                          [this](console& to) { return run_cells(cells_, to); });
        c->add_option("WORKBOOK", cells_.workbook, "a workbook, or - for standard input")->required();
        c->add_option("RANGE", cells_.range, "SHEET or SHEET!RANGE; every sheet when left out");
        c->add_flag("--json", cells_.json, "with formula, number format and type");
    }
    void add_set() {
        CLI::App* c = add("set", "change cells and nothing else",
                          "set plan.xlsx -o new.xlsx 'Efficiencies!C5=4744' \"Efficiencies!A9='New scheme\"",
                          [this](console& to) { return run_set(set_, to); });
        c->add_option("WORKBOOK", set_.workbook, "a workbook, or - for standard input")->required();
        c->add_option(
             "SHEET!CELL=VALUE", set_.assignments,
             "what each cell is to hold: 1234.5 a number, 'text (or any other words) text, TRUE or FALSE, "
             "2022-07-31 a date, =A1+A2 a formula, nothing to clear it. Quote a sheet's name that holds \"!\": "
             "'Who pays!'!B7=5")
            ->required();
        c->add_option("-o,--output", set_.output, "the edited workbook; - for standard output")->type_name("OUT.xlsx");
        c->add_flag("--in-place", set_.in_place, "change the workbook itself");
        c->add_flag("--overwrite-formulas", set_.overwrite_formulas, "let values replace formulas");
        c->add_flag("--text", set_.text, "take every VALUE as text, just as it is");
        c->add_flag("--dry-run", set_.dry_run, "say what would change and write nothing");
        c->add_flag("--json", set_.json, "what changed as JSON");
    }
    void add_import() {
        CLI::App* c = add("import", "read workbooks into one model, every figure with its cell",
                          "import plan.xlsx -o plan.json", [this](console& to) { return run_import(import_, to); });
        add_input(c, import_);
        c->add_option("-o,--output", import_.output, "the model; standard output when left out")
            ->type_name("MODEL.json");
    }
    void add_risk() {
        CLI::App* c = add("risk", "savings by rating and their weighted risk; the risk register and its net",
                          "risk plan.xlsx", [this](console& to) { return run_risk(risk_, to); });
        add_input(c, risk_);
        CLI::Option* shares =
            c->add_option("--shares", risk_.shares, "how the net risk is shared: UHL=50%,LPT=13%,ICB=37%")
                ->type_name("BODY=SHARE,…");
        c->add_option("--agreement", risk_.agreement, "the agreement by whose shares the net risk is shared")
            ->type_name("A.toml")
            ->excludes(shares);
        c->add_option("--room", risk_.room, "what the net risk may come to, in place of forecast less plan: £4.5m")
            ->type_name("AMOUNT");
        c->add_option("--bands", risk_.bands, "from which score on a corporate risk is in a band: high=15,medium=8")
            ->type_name("NAME=SCORE,…");
    }
    void add_position() {
        CLI::App* c = add("position", "control totals, the system's position and forecast", "position plan.xlsx",
                          [this](console& to) { return run_position(position_, to); });
        add_input(c, position_);
        c->add_flag("--bridges", position_.bridges, "every bridge in full: plan to actual, forecast to underlying");
        c->add_option("--profile", position_.profile, "twelve weights, M1 first: how the year is expected to spread");
        c->add_option("--exit-months", position_.exit_months, "the last months that the exit run rate averages")
            ->check(CLI::Range(1, 12));
        c->add_option("--trend-months", position_.trend_months, "the months before, against which trends are measured")
            ->check(CLI::Range(1, 12));
        c->add_option("--threshold", position_.threshold,
                      "from which difference on partners have to resolve their balances; else that of the agreement of "
                      "balances exercise")
            ->type_name("AMOUNT");
    }

    void add_check() {
        CLI::App* c = add("check", "does everything agree: agrees, rounding only, or a real difference",
                          "check plan.xlsx --explain", [this](console& to) { return run_check(check_, to); });
        add_input(c, check_);
        c->add_flag("--explain", check_.explain,
                    "unrounded amounts that fit, or the figures that cannot stand together");
        c->add_option("--annotate", check_.annotate, "a copy of the workbook with the findings as comments")
            ->type_name("OUT.xlsx");
        c->add_option("--baseline", check_.baseline, "known findings, each accepted with a reason and a date")
            ->type_name("FILE.json");
        c->add_option("--write-baseline", check_.write_baseline, "write the findings as a baseline to fill in")
            ->type_name("FILE.json");
        c->add_option("--expect", check_.expect, "a figure from a text and its cells: \"£15.26m='Sheet'!E7:E10\"")
            ->type_name("AMOUNT=CELLS");
        c->add_option("--threshold", check_.threshold,
                      "from which difference on partners have to resolve their balances; else that of the agreement of "
                      "balances exercise")
            ->type_name("AMOUNT");
    }
    void add_explain() {
        CLI::App* c = add("explain", "what a rule means; where a figure came from and what it fed", "explain check.sum",
                          [this](console& to) { return run_explain(explain_, to); });
        c->add_option("WHAT", explain_.what, "a rule code, or a workbook")->required();
        c->add_option("CELL", explain_.cell, "a cell of the workbook: SHEET!B7");
        c->add_flag("--json", explain_.json, "the answer as JSON");
    }
    void add_completions() {
        CLI::App* c = add("completions", "what a shell needs in order to complete commands", "completions bash",
                          [this](console& to) {
                              to.out << completions(shell_, pages());
                              return int(fine);
                          });
        c->add_option("SHELL", shell_, "bash, zsh, fish or powershell")
            ->required()
            ->check(CLI::IsMember({"bash", "zsh", "fish", "powershell"}));
    }
    void add_man() {
        add("man", "the man page, in troff", "man | man -l -", [this](console& to) {
            to.out << man_page(pages(), RISKSHARE_VERSION);
            return int(fine);
        });
    }

    void add_track() {
        CLI::App* c =
            add("track", "the CIP tracker: plan, actual, forecast, delivery, risk, by any field",
                "track tracker.xlsx --month 3 --by cmg,rag", [this](console& to) { return run_track(track_, to); });
        add_input(c, track_);
        c->add_option("--month", track_.month, "the last month of actuals, 1 (April) to 12")->check(CLI::Range(1, 12));
        c->add_option("--by", track_.by, "fields to group by, with commas: organisation, cmg, workstream, rag, …")
            ->type_name("FIELD[,FIELD]");
        c->add_option("--since", track_.since, "an earlier tracker: what moved since")->type_name("BEFORE");
        c->add_option("--since-month", track_.since_month, "its last month of actuals")->check(CLI::Range(1, 12));
        c->add_option("--csv", track_.csv, "the groups as CSV, to a file or -")->type_name("OUT.csv");
        c->add_option("--schemes", track_.schemes, "every scheme with its months as CSV, to a file or -")
            ->type_name("OUT.csv");
        c->add_option("--target", track_.target, "the savings asked for, such as £26.644m")->type_name("AMOUNT");
        c->add_option("--risk-share", track_.share, "list the schemes that make up this part of the risk");
        c->add_option("--risk-on", track_.risk_on, "what those schemes are weighed on: plan, or what is left")
            ->check(CLI::IsMember({"plan", "left"}));
        c->add_option("--save-map", track_.save_map, "save how the tracker was read, for --map next month")
            ->type_name("MAP.toml");
        c->add_option("--fill", track_.fill,
                      "the month's actuals, to be written in by reference: a CSV of reference and amount, a model or "
                      "another tracker")
            ->type_name("ACTUALS");
        c->add_option("-o,--output", track_.output, "the filled tracker")->type_name("OUT.xlsx");
        c->add_flag("--dry-run", track_.dry_run, "list the cells that --fill would write");
    }
    void add_compare() {
        CLI::App* c = add("compare", "what changed between two files, in figures and in words",
                          "compare april.xlsx june.xlsx", [this](console& to) { return run_compare(compare_, to); });
        add_input(c, compare_);
        c->get_option("FILE")->expected(2);
        c->add_option("--before-month", compare_.before_month, "the last month of actuals in the first file")
            ->check(CLI::Range(1, 12));
        c->add_option("--month", compare_.after_month, "the last month of actuals in the second")
            ->check(CLI::Range(1, 12));
    }

    /// What it takes to make a statement.
    static void add_agreement(CLI::App* c, share_command_options& o) {
        c->add_option("--agreement", o.agreement, "the agreement; the workbook's own sheet when left out")
            ->type_name("A.toml");
        c->add_option("--month", o.month, "the month of the financial year: 4 is July")->check(CLI::Range(1, 12));
        c->add_option("--basis", o.basis, "ytd: the year to date; forecast: the year")
            ->check(CLI::IsMember({"ytd", "forecast"}));
        c->add_option("--consents", o.consents, "parties that agree to an update or to a scheme's own shares")
            ->delimiter(',')
            ->type_name("PARTIES");
        c->add_flag("--round-to-penny", o.round_to_penny, "round figures finer than a penny instead of refusing");
    }
    void add_share() {
        CLI::App* c = add("share", "the risk and gain share statement: who bears what, and why",
                          "share position.xlsx --agreement agreement.toml --month 4",
                          [this](console& to) { return run_share(share_, to); });
        add_input(c, share_);
        add_agreement(c, share_);
        c->add_option("--since", share_.since, "the workbook of the earlier statement, for what moved")
            ->type_name("BEFORE");
        c->add_option("--fill", share_.fill, "save the workbook with its Statement filled in")->type_name("OUT.xlsx");
    }
    void add_export() {
        CLI::App* c = add("export", "fill a template with the figures, or write a fresh workbook",
                          "export position.xlsx statement.xlsx --month 4 -o statement-m4.xlsx",
                          [this](console& to) { return run_export(export_, to); });
        add_input(c, export_);
        c->get_option("FILE")->description(
            "workbooks (.xlsx, .xlsm) or models (.json) with the figures, or lists (.csv): a month's actuals by scheme "
            "reference, or LABEL,AMOUNT to date; the last is the template, unless --new");
        c->add_option("-o,--output", export_.output, "the workbook to write; - for standard output")
            ->type_name("OUT.xlsx");
        c->add_option("--new", export_.new_kind, "a fresh workbook with live formulas: savings or statement")
            ->check(CLI::IsMember({"savings", "statement"}))
            ->type_name("KIND");
        c->add_flag("--dry-run", export_.dry_run, "list the cells that would be filled and write nothing");
        add_agreement(c, export_);
    }

    CLI::App app_{"Exact figures, reconciliation and risk sharing for the workbooks of public-sector finance.",
                  "riskshare"};
    std::string color_ = "auto", shell_;
    std::vector<registration> commands_;
    cells_options cells_;
    set_options set_;
    import_options import_;
    export_options export_;
    risk_options risk_;
    position_options position_;
    share_command_options share_;
    track_options track_;
    compare_options compare_;
    check_options check_;
    explain_options explain_;
};

/// The word of `known` that was most likely meant; empty when none is near.
std::string nearest(const std::string& typed, const std::vector<std::string>& known) {
    std::string best;
    std::size_t fewest = typed.size() / 3 + 2;
    for (const std::string& word : known) {
        const std::size_t apart = detail::slips(typed, word);
        if (apart < fewest) fewest = apart, best = word;
    }
    return best;
}

/// Says what was typed wrongly, and what may have been meant.
void explain_misuse(CLI::App& app, int argc, char** argv, const CLI::ParseError& e) {
    const bool unknown = argc > 1 && argv[1][0] != '-' && app.get_subcommands().empty();
    std::cerr << "riskshare: "
              << (unknown ? "there is no command \"" + std::string(argv[1]) + "\"" : std::string(e.what())) << "\n";
    std::vector<std::string> words;
    for (const CLI::App* c : app.get_subcommands(nullptr)) words.push_back(c->get_name());
    CLI::App* used = nullptr;
    for (CLI::App* c : app.get_subcommands(nullptr))
        if (c->parsed()) used = c;
    if (used == nullptr && argc > 1 && argv[1][0] != '-') {
        const std::string meant = nearest(argv[1], words);
        if (!meant.empty() && meant != argv[1]) std::cerr << "Did you mean \"" << meant << "\"?\n";
    } else if (used != nullptr) {
        std::vector<std::string> options{"--color"};
        for (const CLI::Option* o : used->get_options())
            for (const std::string& name : o->get_lnames()) options.push_back("--" + name);
        for (int i = 1; i < argc; ++i) {
            const std::string typed = std::string(argv[i]).substr(0, std::string(argv[i]).find('='));
            if (typed.rfind("--", 0) != 0 || std::find(options.begin(), options.end(), typed) != options.end())
                continue;
            const std::string meant = nearest(typed, options);
            if (!meant.empty()) std::cerr << "Did you mean \"" << meant << "\"?\n";
        }
    }
    std::cerr << "See riskshare " << (used != nullptr ? used->get_name() + " " : "") << "--help\n";
}

bool wants_colour(const std::string& asked, int descriptor) {
    if (asked != "auto") return asked == "always";
    const char* no_color = std::getenv("NO_COLOR");
    return isatty(descriptor) != 0 && (no_color == nullptr || *no_color == '\0');
}

extern "C" void on_interrupt(int) { _exit(interrupted); }

int main(int argc, char** argv) {
    std::signal(SIGINT, on_interrupt);
    std::signal(SIGPIPE, SIG_DFL);
    std::ios::sync_with_stdio(false);
    command_line line;
    try {
        line.app().parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        if (e.get_exit_code() == 0) return line.app().exit(e, std::cout, std::cerr); // --help, --version
        explain_misuse(line.app(), argc, argv, e);
        return wrong_use;
    }
    console to{std::cout, std::cerr, wants_colour(line.color(), STDOUT_FILENO),
               wants_colour(line.color(), STDERR_FILENO), isatty(STDERR_FILENO) != 0};
    try {
        const int status = line.run(to);
        to.out.flush();
        if (!to.out) throw cannot_write("standard output cannot be written");
        return status;
    } catch (const input_refused& e) {
        std::cerr << "riskshare: " << e.what() << "  [" << e.rule() << "]\n";
        return refused;
    } catch (const cannot_write& e) {
        std::cerr << "riskshare: " << e.what() << "\n";
        return not_written;
    } catch (const std::exception& e) {
        std::cerr << "riskshare: internal fault: " << e.what() << "\n";
        return internal_fault;
    }
}

} // namespace

} // namespace riskshare::answers

int main(int argc, char** argv) { return riskshare::answers::main(argc, argv); }
