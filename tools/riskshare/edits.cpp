#include "edits.hpp"

#include <nlohmann/json.hpp>

namespace riskshare::tool {

std::string edits_json(const workbook::patch_summary& summary, const std::vector<finding>& refused) {
    using json = nlohmann::ordered_json;
    const auto text_or_null = [](const std::string& text) { return text.empty() ? json(nullptr) : json(text); };
    json out{{"schema", "riskshare.edits/1"}, {"unit", nullptr}, {"edited", json::array()}};
    for (const auto& c : summary.cells)
        out["edited"].push_back({{"sheet", c.sheet},
                                 {"cell", to_string(c.at)},
                                 {"before", text_or_null(c.before)},
                                 {"after", text_or_null(c.after)}});
    out["parts_changed"] = summary.parts_changed;
    out["consequences"] = summary.consequences;
    for (const finding& f : refused)
        out["refused"].push_back({{"rule", f.rule},
                                  {"message", f.message},
                                  {"sheet", text_or_null(f.at.empty() ? "" : f.at.front().sheet())},
                                  {"cell", text_or_null(f.at.empty() ? "" : f.at.front().cell())}});
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

} // namespace riskshare::tool
