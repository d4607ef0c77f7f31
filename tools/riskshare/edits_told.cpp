#include "edits_told.hpp"

namespace riskshare::tool {

using json = nlohmann::ordered_json;

json edits_json(const workbook::patch_summary& summary) {
    const auto text_or_null = [](const std::string& text) { return text.empty() ? json(nullptr) : json(text); };
    json edited = json::array();
    for (const auto& c : summary.cells)
        edited.push_back({{"sheet", c.sheet},
                          {"cell", to_string(c.at)},
                          {"before", text_or_null(c.before)},
                          {"after", text_or_null(c.after)}});
    return {{"schema", "riskshare.edits/1"},
            {"unit", nullptr},
            {"edited", std::move(edited)},
            {"parts_changed", summary.parts_changed},
            {"consequences", summary.consequences}};
}

std::string dump(const json& value) { return value.dump(2, ' ', false, json::error_handler_t::replace) + "\n"; }

void tell_edits(std::ostream& out, const workbook::patch_summary& summary, bool dry_run) {
    const auto shown = [](const std::string& value) { return value.empty() ? std::string("blank") : value; };
    for (const auto& c : summary.cells)
        out << "'" << c.sheet << "'!" << to_string(c.at) << "  " << shown(c.before) << " -> " << shown(c.after) << "\n";
    if (summary.cells.empty()) out << "nothing to change: every cell holds its value already\n";
    for (const std::string& sentence : summary.consequences) out << "also: " << sentence << "\n";
    if (dry_run) out << "nothing was written (--dry-run)\n";
}

} // namespace riskshare::tool
