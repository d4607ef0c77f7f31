// Requests and answers as JSON.
#include "detail/json.hpp"

#include <riskshare/answers.hpp>
#include <riskshare/commands.hpp>

namespace riskshare::answers {

namespace {

[[noreturn]] void refuse(const std::string& why) { throw input_refused("request.malformed", "the request " + why); }

/// A value as people type it: true for a flag, "plan.xlsx", 4, or several of them.
std::string typed(const json::value& v, const std::string& option) {
    if (v.is_string()) return v.get<std::string>();
    if (v.is_number_integer()) return std::to_string(v.get<std::int64_t>());
    refuse("gives \"" + option +
           "\" a value that is neither text nor a whole number; write amounts as text, \"£4.5m\"");
}

void add_option(request& r, const std::string& name, const json::value& v) {
    if (v.is_null() || (v.is_boolean() && !v.get<bool>())) return;
    given_option o{name};
    if (v.is_array())
        for (const json::value& one : v) o.values.push_back(typed(one, name));
    else if (!v.is_boolean())
        o.values.push_back(typed(v, name));
    r.options.push_back(std::move(o));
}

bool truth(const json::value& v, const std::string& name) {
    if (!v.is_boolean()) refuse("has \"" + name + "\", which is true or false");
    return v.get<bool>();
}

} // namespace

request request_of(std::string_view text) {
    json::value all;
    try {
        all = json::value::parse(text);
    } catch (const json::value::parse_error& e) {
        refuse("is not JSON: byte " + std::to_string(e.byte));
    }
    if (!all.is_object()) refuse("is not a JSON object");
    request r;
    r.text = false;
    r.json = true;
    for (const auto& [name, v] : all.items()) {
        if (name == "command" && v.is_string())
            r.command = v.get<std::string>();
        else if (name == "files" && v.is_array())
            for (const json::value& file : v) r.files.push_back(typed(file, name));
        else if (name == "options" && v.is_object())
            for (const auto& [option, value] : v.items()) add_option(r, option, value);
        else if (name == "text")
            r.text = truth(v, name);
        else if (name == "json")
            r.json = truth(v, name);
        else
            refuse("has \"" + name +
                   "\", which is not one of command (text), files (array), options (object), text and json");
    }
    return r;
}

std::string refusal_json(int status, const std::vector<finding>& findings) {
    json::value v{{"schema", "riskshare.refusal/1"}, {"unit", nullptr}, {"status", status}};
    v["findings"] = json::value::array();
    for (const finding& f : findings) v["findings"].push_back(json::of(f));
    return json::text(v);
}

std::string summary_json(const answer& a) {
    json::value made = json::value::array(), findings = json::value::array();
    for (const named_bytes& file : a.made) made.push_back({{"name", file.name}, {"size", file.bytes.size()}});
    for (const finding& f : a.findings) findings.push_back(json::of(f));
    json::value v{{"schema", "riskshare.answer/1"}, {"status", a.status}};
    v["made"] = std::move(made);
    v["findings"] = std::move(findings);
    return json::text(v);
}

namespace {

const char* to_string(option_kind k) {
    switch (k) {
    case option_kind::flag:
        return "flag";
    case option_kind::words:
        return "words";
    case option_kind::whole_number:
        return "whole_number";
    case option_kind::file_read:
        return "file_read";
    case option_kind::file_made:
        break;
    }
    return "file_made";
}

json::value of(const option_described& o) {
    json::value v{{"name", o.name},
                  {"kind", to_string(o.kind)},
                  {"does", o.does},
                  {"required", o.required},
                  {"several", o.several}};
    if (!o.value.empty()) v["value"] = o.value;
    if (o.letter != 0) v["letter"] = std::string(1, o.letter);
    v["placed"] = o.placed;
    if (o.exactly != 0) v["exactly"] = o.exactly;
    if (!o.choices.empty()) v["choices"] = o.choices;
    if (o.kind == option_kind::whole_number) v["least"] = o.least, v["most"] = o.most;
    if (!o.excludes.empty()) v["excludes"] = o.excludes;
    return v;
}

} // namespace

std::string commands_json() {
    json::value all = json::value::array();
    for (const command_described& c : commands()) {
        json::value options = json::value::array();
        for (const option_described& o : c.options) options.push_back(of(o));
        json::value v{{"name", c.name}, {"does", c.does}, {"example", c.example}};
        v["options"] = std::move(options);
        all.push_back(std::move(v));
    }
    json::value v{{"schema", "riskshare.commands/1"}, {"version", version()}};
    v["commands"] = std::move(all);
    return json::text(v);
}

} // namespace riskshare::answers
