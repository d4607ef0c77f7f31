// Reads the key of a sheet's colours.
#include "template/rating_key.hpp"

#include "template/words/vocabulary.hpp"

#include <riskshare/detail/text.hpp>

#include <algorithm>

namespace riskshare::templates::detail {

namespace {

constexpr const char* further_colours[] = {"blue", "black", "white", "grey", "purple", "yellow", "orange", "brown"};

bool is_colour(const std::string& word) {
    return std::find(std::begin(further_colours), std::end(further_colours), word) != std::end(further_colours);
}

bool says_delivered(const std::string& meaning) {
    const std::vector<std::string> said = words::words_of_text(meaning);
    const auto has = [&](const char* w) { return std::find(said.begin(), said.end(), w) != said.end(); };
    if (has("not") || has("no") || has("never") || has("un") || has("partly") || has("be")) return false;
    return has("delivered") || has("complete") || has("completed") || has("achieved") || has("implemented");
}

void take(const std::string& word, const std::string& meaning, const provenance& at, std::vector<keyed_rating>& out) {
    const std::string colour = riskshare::detail::folded(word);
    if (is_colour(colour) && says_delivered(meaning)) out.push_back({colour, meaning, rating::green, at});
}

/// "Key: Blue = delivered, Green = on track; Black: not deliverable".
void take_sentence(const std::string& text, const provenance& at, std::vector<keyed_rating>& out) {
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find_first_of(",;\n", from), text.size());
        std::string part = text.substr(from, end - from);
        from = end + 1;
        if (const std::size_t key = riskshare::detail::folded(part).find("key:"); key != std::string::npos)
            part.erase(0, key + 4);
        for (const char* between : {"=", ":", " - ", " – "}) {
            const std::size_t middle = part.find(between);
            if (middle == std::string::npos) continue;
            take(riskshare::detail::plain(part.substr(0, middle)),
                 riskshare::detail::plain(part.substr(middle + std::string(between).size())), at, out);
            break;
        }
    }
}

} // namespace

std::vector<keyed_rating> rating_key(const grid& g) {
    std::vector<keyed_rating> out;
    for (const workbook::cell& c : g.source().cells()) {
        if (c.kind != workbook::cell_kind::text || c.text.size() > 400) continue;
        const auto [row, column] = g.here(c);
        const std::string text = g.text(row, column);
        if (text.find_first_of("=:-") != std::string::npos || text.find("–") != std::string::npos)
            take_sentence(text, g.at(row, column), out);
        else if (text.size() <= 10 && column < g.columns() && !g.is_number(row, column + 1))
            take(text, g.text(row, column + 1), g.at(row, column), out);
    }
    return out;
}

finding followed_key(const std::string& written, const keyed_rating& key) {
    return {"rating.by_key",
            severity::note,
            "\"" + written + "\" bears no risk, as green does: the sheet says that it is \"" + key.meaning + "\"",
            {key.at},
            "if it is worth something else, say so in a mapping (--map): [ratings] \"" + written + "\" = \"red\""};
}

} // namespace riskshare::templates::detail
