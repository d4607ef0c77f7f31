#include "console.hpp"

#include "accounts.hpp"

#include <riskshare/report/text_table.hpp>

#include <algorithm>
#include <new>

namespace riskshare::answers {

namespace {

report::tone tone_of(severity s) {
    return s == severity::error     ? report::tone::red
           : s == severity::warning ? report::tone::amber
                                    : report::tone::faint;
}

std::string number_of(std::size_t n, const char* what) { return std::to_string(n) + " " + what + (n == 1 ? "" : "s"); }

} // namespace

std::string console::read(const std::string& file) const {
    for (const named_bytes& given : asked_.bytes)
        if (given.name == file) return given.bytes;
    if (asked_.open) return asked_.open(file);
    throw input_refused("file.unreadable", file + " is named, but its bytes are not among those given");
}

void console::complain(const std::string& why) {
    talk << "riskshare: " << why << "\n";
    findings.push_back({"request.wrong_use", severity::error, why});
}

namespace {

/// One more field, the last, of an object that is written already.
void append_field(std::string& object, const std::string& name, const std::string& value) {
    const std::size_t end = object.rfind('}');
    if (end == std::string::npos) return;
    const std::size_t last = object.find_last_not_of(" \n", end - 1);
    std::string indented;
    for (char c : value) indented += c == '\n' ? std::string("\n  ") : std::string(1, c);
    object =
        object.substr(0, last + 1) + (object[last] == '{' ? "" : ",") + "\n  \"" + name + "\": " + indented + "\n}\n";
}

} // namespace

answer console::ended(int status) && {
    if (out.bad() || json.bad() || talk.bad()) throw std::bad_alloc(); // a stream hides that memory is at its end
    answer a;
    a.status = status;
    a.text = std::move(out).str();
    a.json = std::move(json).str();
    if (accounted) {
        if (account_in_full) talk << answers::account_in_full(*accounted);
        if (const std::string line = one_line(*accounted); !line.empty()) talk << line << "\n";
        if (!a.json.empty() && !json_is_a_model) append_field(a.json, "account", account_json(*accounted));
        if (lacks_rows && !a.text.empty() && !json_is_a_model)
            a.text = "This answer lacks amounts: part of a table could not be read; the findings name it.\n\n" + a.text;
        a.account = std::move(accounted);
    }
    a.talk = std::move(talk).str();
    a.made = std::move(made_);
    a.findings = std::move(findings);
    if (wants_json && a.json.empty() && status != fine) a.json = refusal_json(status, a.findings);
    return a;
}

void print(console& to, std::vector<finding> findings) {
    sort_worst_first(findings);
    to.findings.insert(to.findings.end(), findings.begin(), findings.end());
    std::size_t counts[3] = {0, 0, 0};
    for (const finding& f : findings) {
        ++counts[static_cast<std::size_t>(f.severity)];
        to.talk << report::toned(to_string(f.severity), tone_of(f.severity), to.talk_colour) << ": " << f.message;
        constexpr std::size_t most_places = 6; // --json gives them all
        std::string places;
        for (std::size_t i = 0; i < std::min(f.at.size(), most_places); ++i)
            if (f.at[i].known()) places += (places.empty() ? "" : ", ") + to_string(f.at[i]);
        if (f.at.size() > most_places) places += " and " + std::to_string(f.at.size() - most_places) + " more";
        if (!places.empty()) to.talk << "\n    at " << places;
        if (!f.advice.empty()) to.talk << "\n    do: " << f.advice;
        to.talk << "  [" << f.rule << "]\n";
    }
    if (!findings.empty())
        to.talk << number_of(counts[0], "error") << ", " << number_of(counts[1], "warning") << ", "
                << number_of(counts[2], "note") << "\n";
}

int status_of(const std::vector<finding>& findings) { return has_errors(findings) ? found_errors : fine; }

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

std::string extension(const std::string& path) {
    const std::string name = file_name(path);
    const std::size_t dot = name.rfind('.');
    return dot == std::string::npos || dot == 0 || name == ".." ? "" : name.substr(dot);
}

} // namespace riskshare::answers
