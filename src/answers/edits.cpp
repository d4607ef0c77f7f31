#include "edits.hpp"

#include "detail/json.hpp"

namespace riskshare::answers {

std::string edits_json(const workbook::patch_summary& summary, const std::vector<finding>& findings) {
    using value = json::value;
    const auto text_or_null = [](const std::string& text) { return text.empty() ? value(nullptr) : value(text); };
    value out{{"schema", "riskshare.edits/1"}, {"unit", nullptr}, {"edited", value::array()}};
    for (const auto& c : summary.cells)
        out["edited"].push_back({{"sheet", c.sheet},
                                 {"cell", to_string(c.at)},
                                 {"before", text_or_null(c.before)},
                                 {"after", text_or_null(c.after)}});
    out["parts_changed"] = summary.parts_changed;
    out["consequences"] = summary.consequences;
    for (const finding& f : findings)
        out["findings"].push_back({{"rule", f.rule}, {"severity", to_string(f.severity)}, {"message", f.message}});
    for (const finding& f : findings)
        if (summary.cells.empty() && f.severity == severity::error)
            out["refused"].push_back({{"rule", f.rule},
                                      {"message", f.message},
                                      {"sheet", text_or_null(f.at.empty() ? "" : f.at.front().sheet())},
                                      {"cell", text_or_null(f.at.empty() ? "" : f.at.front().cell())}});
    return json::text(out);
}

void tell_edits(std::ostream& out, const workbook::patch_summary& summary, bool dry_run) {
    const auto shown = [](const std::string& value) { return value.empty() ? std::string("blank") : value; };
    for (const auto& c : summary.cells)
        out << "'" << c.sheet << "'!" << to_string(c.at) << "  " << shown(c.before) << " -> " << shown(c.after) << "\n";
    if (summary.cells.empty()) out << "nothing to change: every cell holds its value already\n";
    for (const std::string& sentence : summary.consequences) out << "also: " << sentence << "\n";
    if (dry_run) out << "nothing was written (--dry-run)\n";
}

} // namespace riskshare::answers
