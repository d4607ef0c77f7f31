#include "template/tracker_context.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

namespace text = riskshare::detail;

namespace {

std::vector<std::string> words_in(const std::string& line) {
    std::vector<std::string> words(1);
    for (char c : text::folded(line)) {
        if (text::is_alphanumeric(c) || c == '-' || c == '/')
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    std::erase_if(words, [](const std::string& w) { return w.empty(); });
    return words;
}

/// The text as words with one blank around each: for finding whole words.
std::string padded(const std::string& line) {
    std::string out = " ";
    for (char c : text::folded(line)) out += text::is_alphanumeric(c) || c == '&' ? c : ' ';
    return " " + text::plain(out) + " ";
}

} // namespace

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
    const std::string where = padded(line);
    std::optional<std::string> found;
    std::size_t longest = 0;
    bool several = false;
    for (const organisation& o : directory.all())
        riskshare::detail::for_each_name(o, [&](const std::string& name) {
            // Short names other than codes are everyday words: "City", "East".
            if (name != o.code && name.size() < 8) return;
            const std::string wanted = padded(name);
            if (wanted.size() < 3 || where.find(wanted) == std::string::npos) return;
            if (found && *found != o.code && wanted.size() == longest) several = true;
            if (wanted.size() < longest) return;
            if (wanted.size() > longest) several = false;
            longest = wanted.size();
            found = o.code;
        });
    return several ? std::nullopt : found;
}

std::optional<month> month_of_title(const std::string& line) {
    const std::vector<std::string> words = words_in(line);
    std::optional<month> found;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::optional<month> here;
        const bool everyday = words[i] == "may" || words[i] == "march" || words[i] == "mar" || words[i] == "dec";
        if (i + 1 < words.size())
            if (const result<month_label> m = parse_month(words[i] + " " + words[i + 1])) here = m->month;
        if (!here && !everyday)
            if (const result<month_label> m = parse_month(words[i])) here = m->month;
        if (!here) continue;
        if (found && !(*found == *here)) return std::nullopt;
        found = here;
    }
    return found;
}

std::optional<financial_year> year_of_title(const std::string& line) {
    for (const std::string& word : words_in(line))
        if (word.size() >= 5)
            if (const result<financial_year> y = parse_financial_year(word)) return *y;
    return std::nullopt;
}

} // namespace riskshare::templates::detail
