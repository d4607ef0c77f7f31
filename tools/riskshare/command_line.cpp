#include "command_line.hpp"

#include <riskshare/commands.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <deque>
#include <iostream>

namespace riskshare::tool {

namespace {

using answers::command_described;
using answers::option_described;
using answers::option_kind;

/// Where CLI11 puts what was typed for one option.
struct slot {
    const option_described* about = nullptr;
    CLI::Option* option = nullptr;
    bool flag = false;
    int number = 0;
    std::string words;
    std::vector<std::string> list;

    std::vector<std::string> values() const {
        if (about->kind == option_kind::flag) return {};
        if (about->several) return list;
        return {about->kind == option_kind::whole_number ? std::to_string(number) : words};
    }
};

struct offered {
    const command_described* about = nullptr;
    CLI::App* command = nullptr;
    std::deque<slot> slots; // CLI11 keeps pointers into it
};

std::string typed_name(const option_described& o) {
    if (o.placed) return o.value;
    return (o.letter != 0 ? std::string("-") + o.letter + "," : "") + "--" + o.name;
}

CLI::Option* added(CLI::App* to, slot& s) {
    const option_described& o = *s.about;
    if (o.kind == option_kind::flag) return to->add_flag(typed_name(o), s.flag, o.does);
    CLI::Option* made = o.several                             ? to->add_option(typed_name(o), s.list, o.does)
                        : o.kind == option_kind::whole_number ? to->add_option(typed_name(o), s.number, o.does)
                                                              : to->add_option(typed_name(o), s.words, o.does);
    if (o.required) made->required();
    if (o.exactly != 0) made->expected(static_cast<int>(o.exactly));
    if (o.commas) made->delimiter(',');
    if (o.several && !o.placed && o.kind == option_kind::file_read) made->allow_extra_args(false);
    if (!o.placed && !o.value.empty()) made->type_name(o.value);
    if (o.kind == option_kind::whole_number) made->check(CLI::Range(o.least, o.most));
    if (!o.choices.empty()) made->check(CLI::IsMember(o.choices));
    if (!o.excludes.empty()) made->excludes(to->get_option("--" + o.excludes));
    return made;
}

class command_line {
public:
    command_line() {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", answers::version());
        app_.add_option("--color", colour_, "colour: auto, always or never")
            ->check(CLI::IsMember({"auto", "always", "never"}));
        app_.fallthrough();
        for (const command_described& c : answers::commands()) {
            offered& o = commands_.emplace_back();
            o.about = &c;
            o.command = app_.add_subcommand(c.name, c.does);
            o.command->footer("Example:\n  riskshare " + c.example);
            for (const option_described& described : c.options) {
                slot& s = o.slots.emplace_back();
                s.about = &described;
                s.option = added(o.command, s);
            }
        }
    }

    CLI::App& app() { return app_; }

    typed_line typed() const {
        typed_line out;
        out.colour = colour_;
        for (const offered& o : commands_) {
            if (!o.command->parsed()) continue;
            out.request.command = o.about->name;
            for (const slot& s : o.slots)
                if (s.option->count() > 0) out.request.options.push_back({s.about->name, s.values()});
        }
        return out;
    }

private:
    CLI::App app_{"Exact figures, reconciliation and risk sharing for the workbooks of public-sector finance.",
                  "riskshare"};
    std::string colour_ = "auto";
    std::deque<offered> commands_;
};

/// Says what was typed wrongly, and what may have been meant.
void explain_misuse(CLI::App& app, const std::vector<std::string>& typed_words, const CLI::ParseError& e) {
    const std::string first = typed_words.empty() ? "-" : typed_words.front();
    const bool unknown = first.rfind('-', 0) != 0 && app.get_subcommands().empty();
    const std::string why = unknown ? "there is no command \"" + first + "\"" : std::string(e.what());
    std::cerr << "riskshare: " << why << "\n";
    std::vector<std::string> words;
    for (const CLI::App* c : app.get_subcommands(nullptr)) words.push_back(c->get_name());
    CLI::App* used = nullptr;
    for (CLI::App* c : app.get_subcommands(nullptr))
        if (c->parsed()) used = c;
    if (used == nullptr && first.rfind('-', 0) != 0) {
        const std::string meant = answers::nearest(first, words);
        if (!meant.empty() && meant != first) std::cerr << "Did you mean \"" << meant << "\"?\n";
    } else if (used != nullptr) {
        std::vector<std::string> options{"--color"};
        for (const CLI::Option* o : used->get_options())
            for (const std::string& name : o->get_lnames()) options.push_back("--" + name);
        for (const std::string& word : typed_words) {
            const std::string typed = word.substr(0, word.find('='));
            if (typed.rfind("--", 0) != 0 || std::find(options.begin(), options.end(), typed) != options.end())
                continue;
            const std::string meant = answers::nearest(typed, options);
            if (!meant.empty()) std::cerr << "Did you mean \"" << meant << "\"?\n";
        }
    }
    std::cerr << "See riskshare " << (used != nullptr ? used->get_name() + " " : "") << "--help\n";
    if (std::find(typed_words.begin(), typed_words.end(), "--json") != typed_words.end())
        std::cout << answers::refusal_json(answers::wrong_use, {{"request.wrong_use", severity::error, why}});
}

} // namespace

std::optional<typed_line> read_line(const std::vector<std::string>& words, int& status) {
    command_line line;
    try {
        line.app().parse(std::vector<std::string>(words.rbegin(), words.rend())); // CLI11 takes the last word first
        return line.typed();
    } catch (const CLI::ParseError& e) {
        if (e.get_exit_code() == 0) {
            status = line.app().exit(e, std::cout, std::cerr); // --help, --version
        } else {
            explain_misuse(line.app(), words, e);
            status = answers::wrong_use;
        }
        return std::nullopt;
    }
}

} // namespace riskshare::tool
