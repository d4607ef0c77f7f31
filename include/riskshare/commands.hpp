// Every command and every option it knows, as data: command line, JSON requests, man page, completions and forms are
// made from this one table.
#ifndef RISKSHARE_COMMANDS_HPP
#define RISKSHARE_COMMANDS_HPP

#include <cstdint>
#include <string>
#include <vector>

namespace riskshare::answers {

enum class option_kind : std::uint8_t {
    flag,
    words,
    whole_number,
    file_read, ///< the name of a file that the request brings
    file_made, ///< the name that a file made is to have; "-" is standard output
};

struct option_described {
    std::string name; ///< "month"; typed as --month
    option_kind kind = option_kind::words;
    std::string value; ///< what help calls the value: "MAP.toml"; the name itself for one that is placed
    std::string does;
    char letter = 0;     ///< 'o' where -o may be typed
    bool placed = false; ///< typed without a name, by its place on the line
    bool required = false, several = false;
    std::size_t exactly = 0;               ///< so many values; 0: as many as one likes
    bool commas = false;                   ///< several values in one, with commas between
    std::vector<std::string> choices = {}; ///< the only values it takes; empty when any
    int least = 0, most = 0;               ///< of a whole number; both 0 when any
    std::string excludes = {};             ///< an option that may not be given beside it
};

struct command_described {
    std::string name, does, example;
    std::vector<option_described> options; ///< in the order of help
};

/// In the order of help.
const std::vector<command_described>& commands();

/// nullptr where there is no such command or option.
const command_described* find_command(const std::string& name);
const option_described* find_option(const command_described&, const std::string& name);

/// The table as JSON of schema riskshare.commands/1, for faces in other languages and for forms.
std::string commands_json();

/// The word of `known` that was most likely meant; empty when none is near.
std::string nearest(const std::string& typed, const std::vector<std::string>& known);

/// The script that a shell reads: bash, zsh, fish or powershell. Throws `precondition_violated` for another.
std::string completions(const std::string& shell);

/// riskshare(1), in man(7).
std::string man_page();

} // namespace riskshare::answers

#endif
