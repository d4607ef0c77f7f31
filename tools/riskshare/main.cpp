// The command: reads the line, brings the files, prints the answer and writes what was made.
#include "command_line.hpp"
#include "files.hpp"
#include "platform.hpp"
#include "progress_bar.hpp"

#include <riskshare/commands.hpp>
#include <riskshare/error.hpp>

#include <cstdlib>
#include <iostream>

namespace riskshare::tool {

namespace {

using answers::answer;
using answers::option_kind;
using answers::request;

bool wants_colour(const std::string& asked, stream s) {
    if (asked != "auto") return asked == "always";
    const char* no_color = std::getenv("NO_COLOR");
    return is_terminal(s) && (no_color == nullptr || *no_color == '\0');
}

bool is_given(const request& r, const std::string& name) {
    for (const answers::given_option& o : r.options)
        if (o.name == name) return true;
    return false;
}

/// The names that are given for files of one kind.
std::vector<std::string> names_given(const request& r, option_kind kind) {
    std::vector<std::string> out;
    for (const answers::given_option& o : r.options)
        if (answers::find_option(*answers::find_command(r.command), o.name)->kind == kind)
            out.insert(out.end(), o.values.begin(), o.values.end());
    return out;
}

/// A file to be made that is there already; empty where none is, or where it may be written over.
std::string written_over(const request& r) {
    if (is_given(r, "force") || is_given(r, "dry-run")) return "";
    for (const std::string& made : names_given(r, option_kind::file_made))
        if (is_there(made)) return made;
    return "";
}

/// Empty when no file that is to be made is one of those that are read.
std::string why_not_there(const request& r) {
    if (is_given(r, "in-place")) return "";
    for (const std::string& made : names_given(r, option_kind::file_made))
        for (const std::string& read : names_given(r, option_kind::file_read))
            if (made != "-" && are_one_file(made, read))
                return r.command == "set" ? made + " is the workbook itself; give --in-place to change it"
                                          : made + " is one of the files that are read; write to another";
    return "";
}

int refuse(const request& r, int status, const std::string& rule, const std::string& why) {
    std::cerr << "riskshare: " << why << "\n";
    if (is_given(r, "json")) std::cout << answers::refusal_json(status, {{rule, severity::error, why}});
    return status;
}

int run(typed_line& line) {
    request& r = line.request;
    if (const std::string why = why_not_there(r); !why.empty())
        return refuse(r, answers::wrong_use, "request.wrong_use", why);
    if (const std::string there = written_over(r); !there.empty())
        return refuse(r, answers::not_written, "file.exists",
                      there + " is there already; give --force to write over it, or another name");
    r.text_colour = wants_colour(line.colour, stream::out);
    r.talk_colour = wants_colour(line.colour, stream::talk);
    std::map<std::string, std::string> as_read; // of a file that is to be replaced
    r.open = [&](const std::string& name) {
        std::string bytes = read_file(name);
        if (is_given(r, "in-place")) as_read[name] = bytes;
        return bytes;
    };
    progress_bar bar(is_terminal(stream::talk));
    r.progress = [&](const std::string& what, std::size_t done, std::size_t all) { bar.show(what, done, all); };
    const answer a = answers::answered(r);
    bar.clear();
    try {
        for (const answers::named_bytes& made : a.made) write_file(made, as_read);
    } catch (const cannot_write& e) {
        return refuse(r, answers::not_written, "file.not_written", e.what());
    }
    std::cout << (is_given(r, "json") ? a.json : a.text) << std::flush;
    if (!std::cout) return refuse(r, answers::not_written, "file.not_written", "standard output cannot be written");
    std::cerr << a.talk;
    return a.status;
}

int main(int argc, char** argv) {
    prepare_console();
    std::ios::sync_with_stdio(false);
    int status = answers::fine;
    std::optional<typed_line> line = read_line(words_typed(argc, argv), status);
    if (!line) return status;
    try {
        return run(*line);
    } catch (const std::exception& e) {
        std::cerr << "riskshare: internal fault: " << e.what() << "\n";
        return answers::internal_fault;
    }
}

} // namespace

} // namespace riskshare::tool

int main(int argc, char** argv) { return riskshare::tool::main(argc, argv); }
