// Ratings as people write them: bodies of savings.hpp.
#ifndef RISKSHARE_DETAIL_RATING_TEXT_HPP
#define RISKSHARE_DETAIL_RATING_TEXT_HPP

#include <riskshare/savings.hpp>

#include <optional>

namespace riskshare {

namespace detail {

/// The rating that a word names by its colour, in full.
inline std::optional<rating> rating_word(std::string_view word) {
    for (rating r : ratings)
        if (word == to_string(r)) return r;
    // The misspellings met in published packs, and no near miss between colours.
    for (std::string_view known : {"unidentifed", "undentified", "unidentifiied"})
        if (word == known) return rating::unidentified;
    return std::nullopt;
}

inline std::optional<rating> rating_letter(std::string_view word) {
    for (rating r : ratings)
        if (word.size() == 1 && word[0] == lower(letter(r))) return r;
    return std::nullopt;
}

/// The rating that a degree of risk goes with: "high" with red.
inline std::optional<rating> rating_of_degree(std::string_view word) {
    if (word == "high") return rating::red;
    if (word == "medium" || word == "med" || word == "moderate") return rating::amber;
    if (word == "low") return rating::green;
    return std::nullopt;
}

/// Words that say no more than that a rating follows.
inline bool says_rating(std::string_view word) {
    for (std::string_view idle : {"rag", "rated", "rating", "risk", "status", "delivery", "scheme", "schemes"})
        if (word == idle) return true;
    return false;
}

/// "Red RAG", "R - Red", "1. Red", "Red (high risk)", "Amber 25%": one colour, and nothing else that speaks of another.
inline std::optional<rating> rating_in_words(std::string_view folded_text) {
    std::optional<rating> named, degree;
    bool two = false, other = false;
    const bool percent = folded_text.find('%') != std::string_view::npos;
    const auto take = [&](std::string_view word) {
        const bool number = word.find_first_not_of("0123456789") == std::string_view::npos;
        std::optional<rating> here = rating_word(word);
        if (!here) here = rating_letter(word);
        if (here) {
            two = two || (named && *named != *here);
            named = here;
        } else if (const std::optional<rating> d = rating_of_degree(word)) {
            two = two || (degree && *degree != *d);
            degree = d;
        } else if (!(number && (percent || word.size() == 1))) {
            other = other || !says_rating(word);
        }
    };
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= folded_text.size(); ++i) {
        const bool inside = i < folded_text.size() &&
                            (is_alphanumeric(folded_text[i]) || static_cast<unsigned char>(folded_text[i]) >= 0x80);
        if (inside) continue;
        if (i > begin) take(folded_text.substr(begin, i - begin));
        begin = i + 1;
    }
    if (!named || two || other || (degree && *degree != *named)) return std::nullopt;
    return named;
}

} // namespace detail

inline result<rating> parse_rating(std::string_view text) {
    const std::string t = detail::folded(text);
    if (t.empty()) return failure{"rating.missing", "no rating is given; write red, amber, green or unidentified"};
    constexpr std::size_t longest = 40; // a sentence is no rating
    if (t.size() <= longest)
        if (const std::optional<rating> r = detail::rating_in_words(t)) return *r;
    for (std::string_view known : {"un-identified", "un identified", "not identified", "not yet identified",
                                   "to be identified", "unidentified savings", "unidentified gap"})
        if (t == known) return rating::unidentified;
    return failure{"rating.unknown", "\"" + std::string(text) +
                                         "\" is no rating; write red, amber, green or "
                                         "unidentified, or give it a weight in the mapping"};
}

} // namespace riskshare

#endif
