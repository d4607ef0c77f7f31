#include "edits.hpp"

#include "detail/json.hpp"

#include <riskshare/decimal.hpp>

namespace riskshare::answers {

std::string edits_json(const workbook::patch_summary& summary, const std::vector<finding>& findings,
                       const std::optional<month>& of) {
    using value = json::value;
    const auto text_or_null = [](const std::string& text) { return text.empty() ? value(nullptr) : value(text); };
    value out{{"schema", "riskshare.edits/1"}, {"unit", nullptr}, {"edited", value::array()}};
    if (of) out["month"] = of->number();
    for (const auto& c : summary.cells)
        out["edited"].push_back({{"sheet", c.sheet},
                                 {"cell", to_string(c.at)},
                                 {"before", text_or_null(c.before)},
                                 {"after", text_or_null(c.after)}});
    out["results"] = value::array();
    for (const auto& c : summary.results)
        out["results"].push_back({{"sheet", c.sheet},
                                  {"cell", to_string(c.at)},
                                  {"before", text_or_null(c.before)},
                                  {"after", text_or_null(c.after)}});
    out["not_worked_out"] = value::array();
    for (const auto& c : summary.lost)
        out["not_worked_out"].push_back(
            {{"sheet", c.sheet}, {"cell", to_string(c.at)}, {"before", text_or_null(c.before)}, {"why", c.why}});
    out["parts_changed"] = summary.parts_changed;
    out["consequences"] = summary.consequences;
    for (const finding& f : findings) {
        value at = value::array();
        for (const provenance& p : f.at)
            at.push_back({{"file", p.file()}, {"sheet", text_or_null(p.sheet())}, {"cell", text_or_null(p.cell())}});
        out["findings"].push_back(
            {{"rule", f.rule}, {"severity", to_string(f.severity)}, {"message", f.message}, {"at", std::move(at)}});
    }
    for (const finding& f : findings)
        if (summary.cells.empty() && f.severity == severity::error)
            out["refused"].push_back({{"rule", f.rule},
                                      {"message", f.message},
                                      {"sheet", text_or_null(f.at.empty() ? "" : f.at.front().sheet())},
                                      {"cell", text_or_null(f.at.empty() ? "" : f.at.front().cell())}});
    return json::text(out);
}

namespace {

/// At 12 digits: a person does not look for the noise of binary fractions.
std::string shortened(const std::string& value) {
    const std::size_t point = value.find('.');
    if (point == std::string::npos || value.find_first_not_of("-0123456789.") != std::string::npos) return value;
    const result<decimal> d = decimal_of_stored(value);
    return d && value.size() > 14 ? to_string(*d) : value;
}

} // namespace

void tell_results(std::ostream& out, const workbook::patch_summary& summary) {
    const auto shown = [](const std::string& value) { return value.empty() ? std::string("blank") : shortened(value); };
    if (!summary.results.empty())
        out << "results of formulas that depend on " << (summary.cells.size() == 1 ? "it" : "them") << ":\n";
    for (const auto& c : summary.results)
        out << "  '" << c.sheet << "'!" << to_string(c.at) << "  " << shown(c.before) << " -> " << shown(c.after)
            << "\n";
    if (!summary.lost.empty())
        out << "results that cannot be worked out here; they are blank until the workbook is opened:\n";
    for (const auto& c : summary.lost)
        out << "  '" << c.sheet << "'!" << to_string(c.at) << "  " << shown(c.before) << " -> blank: " << c.why << "\n";
}

void tell_edits(std::ostream& out, const workbook::patch_summary& summary, bool dry_run) {
    const auto shown = [](const std::string& value) { return value.empty() ? std::string("blank") : value; };
    for (const auto& c : summary.cells)
        out << "'" << c.sheet << "'!" << to_string(c.at) << "  " << shown(c.before) << " -> " << shown(c.after) << "\n";
    tell_results(out, summary);
    if (summary.cells.empty()) out << "nothing to change: every cell holds its value already\n";
    for (const std::string& sentence : summary.consequences) out << "also: " << sentence << "\n";
    if (dry_run) out << "nothing was written (--dry-run)\n";
}

} // namespace riskshare::answers
