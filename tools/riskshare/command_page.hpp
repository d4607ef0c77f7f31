// What the command line offers, told as shell completions and as a man page.
#ifndef RISKSHARE_TOOL_COMMAND_PAGE_HPP
#define RISKSHARE_TOOL_COMMAND_PAGE_HPP

#include <string>
#include <vector>

namespace riskshare::answers {

struct option_page {
    std::vector<std::string> names; ///< "--output", "-o"; empty for a file or another word on the line
    std::string value;              ///< what it takes: "MODEL.json"; empty for a flag
    std::string does;
    std::vector<std::string> choices; ///< the only values it takes; empty when any
};

struct command_page {
    std::string name, does, example;
    std::vector<option_page> options;
};

/// The script that a shell reads: bash, zsh, fish or powershell. Throws `precondition_violated` for another.
std::string completions(const std::string& shell, const std::vector<command_page>&);

/// riskshare(1), in mdoc's older sister man(7).
std::string man_page(const std::vector<command_page>&, const std::string& version);

} // namespace riskshare::answers

#endif
