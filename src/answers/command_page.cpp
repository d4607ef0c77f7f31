// What the table of commands offers, told as shell completions and as a man page.
#include "commands.hpp"

#include <riskshare/answers.hpp>
#include <riskshare/commands.hpp>
#include <riskshare/error.hpp>

#include <algorithm>

namespace riskshare::answers {

namespace {

std::string joined(const std::vector<std::string>& words, const char* between) {
    std::string out;
    for (const std::string& w : words) out += (out.empty() ? "" : between) + w;
    return out;
}

/// As they are typed: "--output", "-o"; none for a word that has its place on the line.
std::vector<std::string> names_of(const option_described& o) {
    if (o.placed) return {};
    std::vector<std::string> out{"--" + o.name};
    if (o.letter != 0) out.push_back(std::string("-") + o.letter);
    return out;
}

std::vector<std::string> words_of(const command_described& c) {
    std::vector<std::string> out;
    for (const option_described& o : c.options)
        for (std::string& name : names_of(o)) out.push_back(std::move(name));
    return out;
}

/// What an option takes: "MAP.toml", "INT:INT in [1 - 12]", "TEXT:{ytd,forecast}"; empty for a flag.
std::string value_of(const option_described& o) {
    if (o.kind == option_kind::flag) return "";
    const bool number = o.kind == option_kind::whole_number;
    std::string out = !o.value.empty() ? o.value : number ? "INT" : "TEXT";
    if (o.placed) return out;
    if (number) out += ":INT in [" + std::to_string(o.least) + " - " + std::to_string(o.most) + "]";
    if (!o.choices.empty()) out += ":{" + joined(o.choices, ",") + "}";
    return out;
}

std::vector<std::string> names_of(const std::vector<command_described>& commands) {
    std::vector<std::string> out;
    for (const command_described& c : commands) out.push_back(c.name);
    return out;
}

/// Within single quotes of a POSIX shell, and of fish.
std::string quoted(const std::string& text) {
    std::string out = "'";
    for (char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string bash(const std::vector<command_described>& commands) {
    std::string out = "# riskshare completion for bash\n_riskshare() {\n"
                      "    local word=${COMP_WORDS[COMP_CWORD]} command= i\n"
                      "    for ((i = 1; i < COMP_CWORD; i++)); do [[ ${COMP_WORDS[i]} != -* ]] && "
                      "command=${COMP_WORDS[i]} && break; done\n"
                      "    local words=\n    case $command in\n";
    out += "    '') words='" + joined(names_of(commands), " ") + " --help --version --color' ;;\n";
    for (const command_described& c : commands)
        out += "    " + c.name + ") words='" + joined(words_of(c), " ") + " --help' ;;\n";
    return out +
           "    esac\n    if [[ $word == -* || -z $command ]]; then COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
           "    else COMPREPLY=($(compgen -f -- \"$word\")); fi\n}\ncomplete -o filenames -F _riskshare riskshare\n";
}

std::string zsh(const std::vector<command_described>& commands) {
    const auto described = [](const std::string& name, const std::string& does) {
        std::string text = name + ":" + does;
        text.erase(std::remove(text.begin(), text.end(), '\''), text.end());
        return "'" + text + "'";
    };
    std::string out = "#compdef riskshare\n_riskshare() {\n    local -a commands\n    commands=(\n";
    for (const command_described& c : commands) out += "        " + described(c.name, c.does) + "\n";
    out += "    )\n    if (( CURRENT == 2 )); then _describe command commands; return; fi\n    local -a options\n    "
           "case $words[2] in\n";
    for (const command_described& c : commands) {
        out += "    " + c.name + ") options=(";
        for (const option_described& o : c.options)
            for (const std::string& name : names_of(o)) out += described(name, o.does) + " ";
        out += "'--help:how it is used') ;;\n";
    }
    return out + "    esac\n    if [[ $PREFIX == -* ]]; then _describe option options; else _files; fi\n}\n_riskshare "
                 "\"$@\"\n";
}

std::string fish(const std::vector<command_described>& commands) {
    std::string out = "# riskshare completion for fish\n";
    for (const command_described& c : commands)
        out += "complete -c riskshare -n __fish_use_subcommand -f -a " + c.name + " -d " + quoted(c.does) + "\n";
    for (const command_described& c : commands)
        for (const option_described& o : c.options) {
            if (o.placed) continue;
            std::string names;
            for (const std::string& n : names_of(o))
                names += n.rfind("--", 0) == 0 ? " -l " + n.substr(2) : " -s " + n.substr(1);
            out += "complete -c riskshare -n '__fish_seen_subcommand_from " + c.name + "'" + names +
                   (o.kind == option_kind::flag ? "" : " -r") + " -d " + quoted(o.does) + "\n";
        }
    return out;
}

std::string powershell(const std::vector<command_described>& commands) {
    const auto list = [](const std::vector<std::string>& words) { return "'" + joined(words, "', '") + "'"; };
    std::string out = "# riskshare completion for PowerShell\nRegister-ArgumentCompleter -Native -CommandName "
                      "riskshare -ScriptBlock {\n"
                      "    param($word, $line, $position)\n    $words = @{\n";
    for (const command_described& c : commands) {
        std::vector<std::string> options = words_of(c);
        options.push_back("--help");
        out += "        '" + c.name + "' = @(" + list(options) + ")\n";
    }
    out += "    }\n    $command = $line.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() } | "
           "Where-Object { $words.ContainsKey($_) } | Select-Object -First 1\n";
    out += "    $offered = if ($command) { $words[$command] } else { @(" + list(names_of(commands)) + ") }\n";
    return out + "    $offered | Where-Object { $_ -like \"$word*\" } | ForEach-Object { "
                 "[System.Management.Automation.CompletionResult]::new($_) }\n}\n";
}

std::string escaped(const std::string& text) {
    std::string out;
    for (char c : text) out += c == '\\' ? std::string("\\e") : c == '-' ? std::string("\\-") : std::string(1, c);
    return !out.empty() && (out[0] == '.' || out[0] == '\'') ? "\\&" + out : out;
}

} // namespace

std::string completions(const std::string& shell) {
    const std::vector<command_described>& all = commands();
    if (shell == "bash") return bash(all);
    if (shell == "zsh") return zsh(all);
    if (shell == "fish") return fish(all);
    if (shell == "powershell") return powershell(all);
    throw precondition_violated("completions: \"" + shell + "\" is none of bash, zsh, fish and powershell");
}

std::string man_page() {
    std::string out =
        ".TH RISKSHARE 1 \"\" \"riskshare " + version() +
        "\" \"User Commands\"\n.SH NAME\nriskshare \\- exact figures, "
        "reconciliation and risk sharing for the workbooks of public\\-sector finance\n"
        ".SH SYNOPSIS\n.B riskshare\n.I COMMAND\n[options] FILE...\n"
        ".SH DESCRIPTION\nReads the workbooks that finance teams exchange, says whether their figures agree, works "
        "out who bears what, and writes the answer back without disturbing anything else in them. "
        "FILE is a workbook (.xlsx, .xlsm) or a model (.json); \\- is standard input or output. "
        "Results go to standard output, talk to standard error.\n.SH COMMANDS\n";
    for (const command_described& c : commands()) {
        out += ".SS " + escaped(c.name) + "\n" + escaped(c.does) + ".\n";
        for (const option_described& o : c.options)
            out += ".TP\n.B " +
                   escaped(o.placed ? value_of(o)
                                    : joined(names_of(o), ", ") + (value_of(o).empty() ? "" : " " + value_of(o))) +
                   "\n" + escaped(o.does) + "\n";
        out += ".PP\nExample:\n.PP\n.EX\n" + escaped("riskshare " + c.example) + "\n.EE\n";
    }
    out += ".SH EXIT STATUS\n";
    const std::pair<int, const char*> statuses[] = {{0, "fine"},         {1, "findings of severity error"},
                                                    {2, "wrong use"},    {3, "input refused"},
                                                    {4, "cannot write"}, {5, "internal fault"},
                                                    {130, "interrupted"}};
    for (const auto& [status, means] : statuses) out += ".TP\n.B " + std::to_string(status) + "\n" + means + "\n";
    return out + ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nset to anything, no colour is used unless \\-\\-color=always asks "
                 "for it\n";
}

int run_completions(const completions_options& o, console& to) {
    to.out << completions(o.shell);
    return fine;
}

int run_man(const man_options&, console& to) {
    to.out << man_page();
    return fine;
}

} // namespace riskshare::answers
