#include "baseline.hpp"

#include "workbook_input.hpp"

#include "detail/json.hpp"

#include <riskshare/error.hpp>
#include <riskshare/report/annotate.hpp>

namespace riskshare::answers {

namespace {

using entries = json::value;

std::string place_of(const finding& f) { return f.at.empty() ? "" : to_string(f.at.front()); }

std::string amount_of(const finding& f) { return f.difference ? to_string(*f.difference) : ""; }

} // namespace

std::string baseline_of(const std::vector<finding>& findings) {
    entries all;
    all["schema"] = "riskshare.baseline/1";
    all["accepted"] = entries::array();
    for (const finding& f : findings)
        all["accepted"].push_back({{"rule", f.rule},
                                   {"at", place_of(f)},
                                   {"difference", amount_of(f)},
                                   {"message", f.message},
                                   {"reason", ""},
                                   {"date", ""}});
    return json::text(all);
}

void apply_baseline(const std::string& text, const std::string& name, std::vector<finding>& findings) {
    const auto refuse = [&](const std::string& why) { throw input_refused("baseline.malformed", name + ": " + why); };
    entries all;
    try {
        all = entries::parse(text);
    } catch (const entries::parse_error&) {
        all = nullptr;
    }
    if (!all.is_object() || !all.contains("accepted") || !all["accepted"].is_array())
        refuse("this is not a baseline; write one with --write-baseline");
    std::vector<bool> taken(findings.size(), false);
    std::vector<finding> gone;
    for (const entries& a : all["accepted"]) {
        const auto field = [&](const char* key) {
            return a.is_object() && a.contains(key) && a[key].is_string() ? a[key].get<std::string>() : std::string();
        };
        const std::string rule = field("rule"), at = field("at"), amount = field("difference");
        if (rule.empty()) refuse("an entry has no rule");
        if (field("reason").empty() || field("date").empty())
            refuse("the entry for " + rule + " at " + at + " needs a reason and a date");
        bool found = false;
        for (std::size_t i = 0; i < findings.size() && !found; ++i) {
            finding& f = findings[i];
            if (taken[i] || f.rule != rule || place_of(f) != at || amount_of(f) != amount) continue;
            taken[i] = found = true;
            f.severity = severity::note;
            f.message += " (accepted " + field("date") + ": " + field("reason") + ")";
        }
        if (found) continue;
        finding f{"baseline.gone",
                  severity::warning,
                  "the baseline accepts " + rule + " at " + at + ", which is not found any more",
                  {}};
        f.advice = "delete it from " + name + ", so that its return is noticed";
        gone.push_back(std::move(f));
    }
    findings.insert(findings.end(), gone.begin(), gone.end());
}

void annotate(const check_options& o, const std::vector<workbook::book>& books, const std::vector<finding>& findings,
              console& to) {
    if (books.size() != 1) throw input_refused("annotate.one_workbook", "--annotate takes one workbook at a time");
    // The file's own bytes: what was read may hold results that the file does not store.
    workbook::book stored = books.front();
    for (const std::string& file : o.files)
        if (file != "-" && file_name(file) == stored.source().name()) stored = book_of(to.read(file), file);
    const report::annotated done = report::annotate(stored, findings);
    to.make(o.annotate, std::string(done.result.bytes()));
    to.talk << done.comments << " comments in " << o.annotate << "\n";
}

} // namespace riskshare::answers
