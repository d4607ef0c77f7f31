#include "template/tracker_context.hpp"

namespace riskshare::templates::detail {

namespace text = riskshare::detail;

std::vector<std::string> titles_above(const grid& g, std::uint32_t first_heading, std::uint32_t previous_end,
                                      std::uint32_t top_end) {
    std::vector<std::string> out;
    const auto take = [&](std::uint32_t from, std::uint32_t to) {
        for (std::uint32_t r = to; r >= from && r > 0; --r)
            for (const workbook::cell& c : g.source().row(r))
                if (c.kind == workbook::cell_kind::text && !text::plain(c.text).empty())
                    out.push_back(text::plain(c.text));
    };
    if (first_heading > 1) take(previous_end + 1, first_heading - 1);
    if (previous_end > 0 && top_end > 1) take(1, top_end - 1);
    return out;
}

std::vector<unit> units_of_titles(const std::vector<std::string>& titles) {
    for (const std::string& title : titles) {
        std::vector<unit> found = units_in(title);
        if (found.empty())
            if (const std::optional<unit> u = parse_unit(title)) found.push_back(*u);
        if (!found.empty()) return found;
    }
    return {};
}

std::optional<std::string> organisation_in(const std::string& line, const organisation_directory& directory) {
    return directory.named_in(line);
}

} // namespace riskshare::templates::detail
