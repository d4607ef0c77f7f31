// How a command stands in the one table: what it knows, where each value goes, and the function that answers.
#ifndef RISKSHARE_ANSWERS_COMMAND_TABLE_HPP
#define RISKSHARE_ANSWERS_COMMAND_TABLE_HPP

#include "console.hpp"

#include <riskshare/commands.hpp>
#include <riskshare/error.hpp>

#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace riskshare::answers {

/// Where the value of an option goes; what kind of place it is says what kind of value it takes.
template <class Options>
using place_for =
    std::variant<bool Options::*, int Options::*, std::string Options::*, std::vector<std::string> Options::*>;

template <class Options>
struct bound_option {
    option_described about;
    place_for<Options> into;
};

struct command_entry {
    command_described about;
    std::function<int(const std::vector<given_option>&, console&)> run;
};

/// \pre the values were checked against what is described.
template <class Options>
void take(Options& into, const place_for<Options>& place, const given_option& given) {
    if (const auto* flag = std::get_if<bool Options::*>(&place)) into.*(*flag) = true;
    if (const auto* number = std::get_if<int Options::*>(&place)) into.*(*number) = std::stoi(given.values.front());
    if (const auto* words = std::get_if<std::string Options::*>(&place)) into.*(*words) = given.values.front();
    if (const auto* list = std::get_if<std::vector<std::string> Options::*>(&place)) into.*(*list) = given.values;
}

/// Every command that makes files knows --force, which is for whoever writes them: the answer is the same.
void add_force(command_described&);

template <class Options>
command_entry entry(const char* name, const char* does, const char* example, int (*run)(const Options&, console&),
                    std::vector<bound_option<Options>> options) {
    command_entry made{{name, does, example, {}}, {}};
    for (const bound_option<Options>& o : options) made.about.options.push_back(o.about);
    add_force(made.about);
    made.run = [options = std::move(options), run](const std::vector<given_option>& given, console& to) {
        Options typed;
        for (const given_option& g : given)
            for (const bound_option<Options>& o : options)
                if (o.about.name == g.name) take(typed, o.into, g);
        return run(typed, to);
    };
    return made;
}

const std::vector<command_entry>& command_table();

} // namespace riskshare::answers

#endif
