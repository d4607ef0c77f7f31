// From a request to its answer: what was asked is checked against the table of commands, then the command runs.
#include "command_table.hpp"

#include <riskshare/organisation.hpp>

#include <algorithm>
#include <charconv>
#include <new>

namespace riskshare::answers {

namespace {

std::string in_quotes(const std::string& text) { return "\"" + text + "\""; }

std::string perhaps(const std::string& meant) {
    return meant.empty() ? "" : ". Did you mean " + in_quotes(meant) + "?";
}

std::vector<std::string> names_of(const command_described& c) {
    std::vector<std::string> out;
    for (const option_described& o : c.options) out.push_back(o.name);
    return out;
}

bool is_whole_number_within(const std::string& text, const option_described& o) {
    int value = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    return wrong == std::errc() && end == text.data() + text.size() && o.least <= value && value <= o.most;
}

/// What is wrong with the values of one option; empty when nothing is.
std::string wrong_with(const option_described& o, const given_option& g) {
    if (o.kind == option_kind::flag) return g.values.empty() ? "" : in_quotes(o.name) + " takes no value";
    if (g.values.empty()) return in_quotes(o.name) + " needs a value";
    if (g.values.size() > 1 && !o.several)
        return in_quotes(o.name) + " takes one value, not " + std::to_string(g.values.size());
    if (o.exactly != 0 && g.values.size() != o.exactly)
        return in_quotes(o.name) + " takes " + std::to_string(o.exactly) + " values, not " +
               std::to_string(g.values.size());
    for (const std::string& v : g.values) {
        if (o.kind == option_kind::whole_number && !is_whole_number_within(v, o))
            return in_quotes(o.name) + " is a whole number from " + std::to_string(o.least) + " to " +
                   std::to_string(o.most) + ", not " + in_quotes(v);
        if (o.choices.empty() || std::find(o.choices.begin(), o.choices.end(), v) != o.choices.end()) continue;
        std::string all;
        for (const std::string& c : o.choices) all += (all.empty() ? "" : ", ") + c;
        return in_quotes(o.name) + " is one of " + all + ", not " + in_quotes(v);
    }
    return "";
}

/// The names given for files of one kind.
std::vector<std::string> files_given(const command_described& c, const std::vector<given_option>& given,
                                     option_kind kind) {
    std::vector<std::string> out;
    for (const given_option& g : given)
        if (const option_described* o = find_option(c, g.name); o != nullptr && o->kind == kind)
            out.insert(out.end(), g.values.begin(), g.values.end());
    return out;
}

/// A file that is read is never one that is made, but where it is to be changed in place.
std::string made_of_itself(const command_described& c, const std::vector<given_option>& given) {
    const std::vector<std::string> read = files_given(c, given, option_kind::file_read);
    for (const std::string& made : files_given(c, given, option_kind::file_made))
        if (made != "-" && std::find(read.begin(), read.end(), made) != read.end())
            return c.name == "set" ? made + " is the workbook itself; give --in-place to change it"
                                   : made + " is one of the files that are read; write to another";
    return "";
}

bool is_given(const std::vector<given_option>& given, const std::string& name) {
    return std::any_of(given.begin(), given.end(), [&](const given_option& g) { return g.name == name; });
}

/// All that is wrong with what was asked, each told.
bool asked_well(const command_described& c, const std::vector<given_option>& given, console& to) {
    std::vector<std::string> wrong;
    for (std::size_t i = 0; i < given.size(); ++i) {
        const option_described* o = find_option(c, given[i].name);
        if (o == nullptr) {
            wrong.push_back(c.name + " has no option " + in_quotes(given[i].name) +
                            perhaps(nearest(given[i].name, names_of(c))));
            continue;
        }
        for (std::size_t j = 0; j < i; ++j)
            if (given[j].name == o->name) wrong.push_back(in_quotes(o->name) + " is given twice");
        if (std::string why = wrong_with(*o, given[i]); !why.empty()) wrong.push_back(std::move(why));
        if (!o->excludes.empty() && is_given(given, o->excludes))
            wrong.push_back(in_quotes(o->name) + " and " + in_quotes(o->excludes) + " exclude each other");
    }
    for (const option_described& o : c.options)
        if (o.required && !is_given(given, o.name)) wrong.push_back(c.name + " needs " + in_quotes(o.name));
    if (std::string why = made_of_itself(c, given); !why.empty()) wrong.push_back(std::move(why));
    for (const std::string& why : wrong) to.complain(why);
    return wrong.empty();
}

/// The files are the values of the command's option for files, which is its first.
std::vector<given_option> all_given(const request& r, const command_described& c) {
    std::vector<given_option> given = r.options;
    if (r.files.empty()) return given;
    const bool takes_files = !c.options.empty() && c.options.front().kind == option_kind::file_read;
    given.insert(given.begin(), {takes_files ? c.options.front().name : "files", r.files});
    return given;
}

int run(const request& r, console& to) {
    const std::vector<command_entry>& table = command_table();
    const auto found =
        std::find_if(table.begin(), table.end(), [&](const command_entry& e) { return e.about.name == r.command; });
    if (found == table.end()) {
        std::vector<std::string> known;
        for (const command_entry& e : table) known.push_back(e.about.name);
        to.complain("there is no command " + in_quotes(r.command) + perhaps(nearest(r.command, known)));
        return wrong_use;
    }
    const std::vector<given_option> given = all_given(r, found->about);
    if (is_given(given, "json")) to.wants_text = false, to.wants_json = true;
    if (!asked_well(found->about, given, to)) return wrong_use;
    return found->run(given, to);
}

/// What a command wrote before it was refused is no answer; what it told stands.
answer stopped(console&& to, int status, const std::string& rule, const std::string& why) {
    to.talk << "riskshare: " << (status == internal_fault ? "internal fault: " : "") << why;
    if (status == refused) to.talk << "  [" << rule << "]";
    to.talk << "\n";
    to.findings.push_back({rule, severity::error, why});
    to.out.str("");
    to.json.str("");
    answer a = std::move(to).ended(status);
    a.made.clear();
    return a;
}

} // namespace

answer answered(const request& r) {
    console to(r);
    try {
        const int status = run(r, to);
        return std::move(to).ended(status);
    } catch (const input_refused& e) {
        return stopped(std::move(to), refused, e.rule(), e.what());
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& e) {
        return stopped(std::move(to), internal_fault, "internal.fault", e.what());
    }
}

const command_described* find_command(const std::string& name) {
    for (const command_described& c : commands())
        if (c.name == name) return &c;
    return nullptr;
}

const option_described* find_option(const command_described& c, const std::string& name) {
    for (const option_described& o : c.options)
        if (o.name == name) return &o;
    return nullptr;
}

std::string nearest(const std::string& typed, const std::vector<std::string>& known) {
    std::string best;
    std::size_t fewest = typed.size() / 3 + 2;
    for (const std::string& word : known) {
        const std::size_t apart = detail::slips(typed, word);
        if (apart < fewest) fewest = apart, best = word;
    }
    return best;
}

} // namespace riskshare::answers
