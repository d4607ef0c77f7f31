#include "command_page.hpp"

#include <riskshare/error.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace riskshare::answers {

namespace {

std::string joined(const std::vector<std::string>& words, const char* between) {
    std::string out;
    for (const std::string& w : words) out += (out.empty() ? "" : between) + w;
    return out;
}

std::vector<std::string> words_of(const command_page& c) {
    std::vector<std::string> out;
    for (const option_page& o : c.options) out.insert(out.end(), o.names.begin(), o.names.end());
    return out;
}

std::vector<std::string> names_of(const std::vector<command_page>& commands) {
    std::vector<std::string> out;
    for (const command_page& c : commands) out.push_back(c.name);
    return out;
}

/// Within single quotes of a POSIX shell, and of fish.
std::string quoted(const std::string& text) {
    std::string out = "'";
    for (char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string bash(const std::vector<command_page>& commands) {
    std::string out = "# riskshare completion for bash\n_riskshare() {\n"
                      "    local word=${COMP_WORDS[COMP_CWORD]} command= i\n"
                      "    for ((i = 1; i < COMP_CWORD; i++)); do [[ ${COMP_WORDS[i]} != -* ]] && "
                      "command=${COMP_WORDS[i]} && break; done\n"
                      "    local words=\n    case $command in\n";
    out += fmt::format("    '') words='{} --help --version --color' ;;\n", joined(names_of(commands), " "));
    for (const command_page& c : commands)
        out += fmt::format("    {}) words='{} --help' ;;\n", c.name, joined(words_of(c), " "));
    return out +
           "    esac\n    if [[ $word == -* || -z $command ]]; then COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
           "    else COMPREPLY=($(compgen -f -- \"$word\")); fi\n}\ncomplete -o filenames -F _riskshare riskshare\n";
}

std::string zsh(const std::vector<command_page>& commands) {
    const auto described = [](const std::string& name, const std::string& does) {
        std::string text = name + ":" + does;
        text.erase(std::remove(text.begin(), text.end(), '\''), text.end());
        return "'" + text + "'";
    };
    std::string out = "#compdef riskshare\n_riskshare() {\n    local -a commands\n    commands=(\n";
    for (const command_page& c : commands) out += "        " + described(c.name, c.does) + "\n";
    out += "    )\n    if (( CURRENT == 2 )); then _describe command commands; return; fi\n    local -a options\n    "
           "case $words[2] in\n";
    for (const command_page& c : commands) {
        out += "    " + c.name + ") options=(";
        for (const option_page& o : c.options)
            for (const std::string& name : o.names) out += described(name, o.does) + " ";
        out += "'--help:how it is used') ;;\n";
    }
    return out + "    esac\n    if [[ $PREFIX == -* ]]; then _describe option options; else _files; fi\n}\n_riskshare "
                 "\"$@\"\n";
}

std::string fish(const std::vector<command_page>& commands) {
    std::string out = "# riskshare completion for fish\n";
    for (const command_page& c : commands)
        out += fmt::format("complete -c riskshare -n __fish_use_subcommand -f -a {} -d {}\n", c.name, quoted(c.does));
    for (const command_page& c : commands)
        for (const option_page& o : c.options) {
            if (o.names.empty()) continue;
            std::string names;
            for (const std::string& n : o.names)
                names += n.rfind("--", 0) == 0 ? " -l " + n.substr(2) : " -s " + n.substr(1);
            out += fmt::format("complete -c riskshare -n '__fish_seen_subcommand_from {}'{}{} -d {}\n", c.name, names,
                               o.value.empty() ? "" : " -r", quoted(o.does));
        }
    return out;
}

std::string powershell(const std::vector<command_page>& commands) {
    const auto list = [](const std::vector<std::string>& words) { return "'" + joined(words, "', '") + "'"; };
    std::string out = "# riskshare completion for PowerShell\nRegister-ArgumentCompleter -Native -CommandName "
                      "riskshare -ScriptBlock {\n"
                      "    param($word, $line, $position)\n    $words = @{\n";
    for (const command_page& c : commands) {
        std::vector<std::string> options = words_of(c);
        options.push_back("--help");
        out += fmt::format("        '{}' = @({})\n", c.name, list(options));
    }
    out += "    }\n    $command = $line.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() } | "
           "Where-Object { $words.ContainsKey($_) } | Select-Object -First 1\n";
    out +=
        fmt::format("    $offered = if ($command) {{ $words[$command] }} else {{ @({}) }}\n", list(names_of(commands)));
    return out + "    $offered | Where-Object { $_ -like \"$word*\" } | ForEach-Object { "
                 "[System.Management.Automation.CompletionResult]::new($_) }\n}\n";
}

std::string escaped(const std::string& text) {
    std::string out;
    for (char c : text) out += c == '\\' ? std::string("\\e") : c == '-' ? std::string("\\-") : std::string(1, c);
    return !out.empty() && (out[0] == '.' || out[0] == '\'') ? "\\&" + out : out;
}

} // namespace

std::string completions(const std::string& shell, const std::vector<command_page>& commands) {
    if (shell == "bash") return bash(commands);
    if (shell == "zsh") return zsh(commands);
    if (shell == "fish") return fish(commands);
    if (shell == "powershell") return powershell(commands);
    throw precondition_violated("completions: \"" + shell + "\" is none of bash, zsh, fish and powershell");
}

std::string man_page(const std::vector<command_page>& commands, const std::string& version) {
    std::string out = fmt::format(
        ".TH RISKSHARE 1 \"\" \"riskshare {}\" \"User Commands\"\n.SH NAME\nriskshare \\- exact figures, "
        "reconciliation and risk sharing for the workbooks of public\\-sector finance\n"
        ".SH SYNOPSIS\n.B riskshare\n.I COMMAND\n[options] FILE...\n"
        ".SH DESCRIPTION\nReads the workbooks that finance teams exchange, says whether their figures agree, works "
        "out who bears what, and writes the answer back without disturbing anything else in them. "
        "FILE is a workbook (.xlsx, .xlsm) or a model (.json); \\- is standard input or output. "
        "Results go to standard output, talk to standard error.\n.SH COMMANDS\n",
        version);
    for (const command_page& c : commands) {
        out += ".SS " + escaped(c.name) + "\n" + escaped(c.does) + ".\n";
        for (const option_page& o : c.options)
            out += ".TP\n.B " +
                   escaped(o.names.empty() ? o.value : joined(o.names, ", ") + (o.value.empty() ? "" : " " + o.value)) +
                   "\n" + escaped(o.does) + "\n";
        out += ".PP\nExample:\n.PP\n.EX\n" + escaped("riskshare " + c.example) + "\n.EE\n";
    }
    out += ".SH EXIT STATUS\n";
    const std::pair<int, const char*> statuses[] = {{0, "fine"},         {1, "findings of severity error"},
                                                    {2, "wrong use"},    {3, "input refused"},
                                                    {4, "cannot write"}, {5, "internal fault"},
                                                    {130, "interrupted"}};
    for (const auto& [status, means] : statuses) out += fmt::format(".TP\n.B {}\n{}\n", status, means);
    return out + ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nset to anything, no colour is used unless \\-\\-color=always asks "
                 "for it\n";
}

} // namespace riskshare::answers
