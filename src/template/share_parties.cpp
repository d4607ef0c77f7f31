// Finds the party that a heading names, or nearly names.
#include "template/share_parties.hpp"

#include "template/words/vocabulary.hpp"

#include <algorithm>

namespace riskshare::templates {

namespace {

bool holds_all_words(const std::vector<std::string>& in, const std::vector<std::string>& wanted) {
    return !wanted.empty() && std::search(in.begin(), in.end(), wanted.begin(), wanted.end()) != in.end();
}

/// "Alpha Hospitals NHS FT" for Alpha, "Alfa" for Alpha.
bool nearly_names(const std::string& text, const std::string& party) {
    const std::vector<std::string> typed = words::words_of_text(text), known = words::words_of_text(party);
    constexpr std::size_t longest_name = 12; // words; more is a sentence
    if (typed.size() > longest_name) return false;
    if (holds_all_words(typed, known) || holds_all_words(known, typed)) return true;
    const std::string a = riskshare::detail::folded(text), b = riskshare::detail::folded(party);
    return std::min(a.size(), b.size()) > 3 && riskshare::detail::slips(a, b) <= b.size() / 8 + 1;
}

} // namespace

std::optional<party_named> party_in(const std::string& text, const agreement& a, const organisation_directory& known) {
    if (text.empty()) return std::nullopt;
    if (a.index_of(text)) return party_named{text, true};
    const std::string wanted = riskshare::detail::folded(text);
    for (const party& p : a.paper().parties)
        if (riskshare::detail::folded(p.code) == wanted || riskshare::detail::folded(p.name) == wanted)
            return party_named{p.code, true};
    if (const std::optional<organisation_match> match = known.recognise(text); match && a.index_of(match->code))
        return party_named{match->code, true};
    std::optional<party_named> near;
    for (const std::string& party : a.parties()) {
        if (!nearly_names(text, party)) continue;
        if (near) return std::nullopt;
        near = party_named{party, false};
    }
    return near;
}

finding ask_for_party(const std::string& text, const std::string& party, const provenance& at) {
    finding f{"share.party_named_otherwise", severity::error,
              "\"" + text + "\" is not the name of a party: is it " + party + "?"};
    if (at.known()) f.at.push_back(at);
    f.advice = "if it is, write in a mapping file (--map): [organisations] \"" + text + "\" = \"" + party + "\"";
    return f;
}

} // namespace riskshare::templates
