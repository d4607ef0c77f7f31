// What a body's name looks like to someone who knows none of them: "NUH", "Leeds Teaching Hospitals NHS Trust".
#ifndef RISKSHARE_DETAIL_BODY_NAME_HPP
#define RISKSHARE_DETAIL_BODY_NAME_HPP

#include <riskshare/detail/text.hpp>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace riskshare::detail {

/// Three or four capitals that are none of the trade's own abbreviations, or any that end in ICB or CCG.
bool is_body_code(std::string_view word);
/// A code alone, or words that only a body's name ends or begins with: "… NHS Trust", "… ICB", "NHS …".
bool names_a_body(std::string_view label);
/// The one body that a title names in words or by its code; nothing where it names none or several.
std::optional<std::string> body_in_title(std::string_view title);

// ---------------------------------------------------------------------------------------------------------------------

inline std::vector<std::string> body_words(std::string_view text) {
    std::vector<std::string> words(1);
    for (char c : plain(text))
        if (is_alphanumeric(c) || c == '&' || c == '\'' || static_cast<unsigned char>(c) >= 0x80)
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    if (words.back().empty()) words.pop_back();
    return words;
}

inline bool ends_body_name(const std::string& word) {
    for (std::string_view end : {"Trust", "TRUST", "ICB", "CCG", "CCGs", "FT"})
        if (word == end) return true;
    return false;
}

/// A word that says that a label stands for several bodies or for none: "Total ICB", "Other Trust".
inline bool adds_up_or_others(const std::string& word) {
    const std::string w = folded(word);
    for (std::string_view more : {"total", "subtotal", "sub", "all", "system", "other", "others", "overall", "sum",
                                  "net", "grand", "non", "less", "of", "intra"})
        if (w == more) return true;
    return false;
}

inline bool is_body_code(std::string_view word) {
    static constexpr std::string_view trade[] = {
        "acc",  "act",  "adj",   "adv",  "ame",  "amt",  "apr",  "area", "aug",  "avg",  "bank", "bau",   "bcf",
        "body", "brag", "cap",   "capx", "care", "cash", "cdel", "chc",  "cip",  "cips", "cmg",  "cnst",  "code",
        "cost", "cum",  "date",  "dec",  "del",  "desc", "dsf",  "ebit", "erf",  "exp",  "fav",  "feb",   "file",
        "fnc",  "fot",  "frf",   "full", "fye",  "gap",  "gbp",  "gdp",  "high", "hmrc", "ics",  "icr",   "ifrs",
        "inc",  "item", "jan",   "jul",  "jun",  "key",  "lead", "left", "less", "line", "list", "low",   "mar",
        "may",  "med",  "memo",  "mff",  "mhis", "mret", "mth",  "name", "ncr",  "net",  "nhs",  "nhse",  "nil",
        "none", "note", "nov",   "oct",  "open", "opex", "org",  "part", "pay",  "pbr",  "pcn",  "pdc",   "pfi",
        "pid",  "pfr",  "plan",  "psf",  "qia",  "qipp", "qtr",  "rag",  "rdel", "rec",  "red",  "ref",   "rent",
        "risk", "run",  "sdf",   "sep",  "sept", "site", "sla",  "sro",  "stp",  "sub",  "sum",  "tbc",   "tba",
        "tbd",  "team", "term",  "test", "tel",  "the",  "and",  "for",  "all",  "not",  "non",  "total", "type",
        "unit", "var",  "vat",   "ward", "week", "wte",  "year", "yes",  "ytd",  "cqin", "drug", "food",  "fuel",
        "data", "loan", "grant", "levy", "debt", "cpip", "mhsc", "camh", "spec", "comm", "data"};
    if (word.size() < 3 || !std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        return false;
    const std::string w = folded(word);
    if (std::find(std::begin(trade), std::end(trade), w) != std::end(trade)) return false;
    return w.size() <= 4 || ((w.ends_with("icb") || w.ends_with("ccg")) && w.size() <= 7);
}

inline bool names_a_body(std::string_view label) {
    const std::vector<std::string> words = body_words(label);
    if (words.empty()) return false;
    if (words.size() == 1) return is_body_code(words[0]) || folded(words[0]) == "icb" || folded(words[0]) == "ccg";
    constexpr std::size_t most_words = 12; // more is a sentence
    if (words.size() > most_words) return false;
    if (adds_up_or_others(words.front())) return false;
    const bool in_capitals = words[0][0] >= 'A' && words[0][0] <= 'Z';
    const std::string last = folded(words.back()), before = folded(words[words.size() - 2]);
    return in_capitals && (ends_body_name(words.back()) || (last == "board" && before == "care") ||
                           (last == "group" && before == "commissioning"));
}

inline std::optional<std::string> body_in_title(std::string_view title) {
    const std::vector<std::string> words = body_words(title);
    std::vector<std::string> found;
    const auto capital = [](const std::string& w) { return w[0] >= 'A' && w[0] <= 'Z'; };
    for (std::size_t i = 1; i < words.size(); ++i) {
        const bool board = folded(words[i]) == "board" && folded(words[i - 1]) == "care";
        if (!capital(words[i]) || !(ends_body_name(words[i]) || board)) continue;
        if (i + 1 < words.size() && ends_body_name(words[i + 1]) && capital(words[i + 1]))
            continue;                                                        // "Hospitals Trust"
        if (i + 2 < words.size() && folded(words[i + 1]) == "nhs") continue; // "Hospitals NHS Trust"
        std::size_t first = i;
        const auto joins = [&](std::size_t k) {
            const std::string w = folded(words[k]);
            return capital(words[k]) || w == "of" || w == "and" || w == "the" || w == "&";
        };
        while (first > 0 && joins(first - 1)) --first;
        while (first < i && !capital(words[first])) ++first;
        if (first == i) continue;
        std::string name;
        for (std::size_t k = first; k <= i; ++k) name += (name.empty() ? "" : " ") + words[k];
        found.push_back(name);
    }
    if (!found.empty()) return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
    bool prose_in_capitals = std::none_of(title.begin(), title.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (prose_in_capitals)
        prose_in_capitals = std::any_of(words.begin(), words.end(), [](const std::string& w) {
            return w.size() > 4 && std::all_of(w.begin(), w.end(), is_letter) && !is_body_code(w);
        });
    for (const std::string& w : words)
        if (!prose_in_capitals && is_body_code(w) && std::find(found.begin(), found.end(), w) == found.end())
            found.push_back(w);
    return found.size() == 1 && words.size() > 1 ? std::optional(found.front()) : std::nullopt;
}

} // namespace riskshare::detail

#endif
