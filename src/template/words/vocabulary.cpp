// Reading a text with the vocabulary: the longest phrase that stands at each word.
#include "template/words/vocabulary_table.hpp"

#include <riskshare/detail/text.hpp>
#include <riskshare/organisation.hpp>

#include <algorithm>

namespace riskshare::templates::words {

namespace text = riskshare::detail;

std::string_view name_of(term t) { return vocabulary_table[static_cast<std::size_t>(t)].name; }

std::optional<term> term_named(std::string_view name) {
    const std::vector<std::string> wanted = words_of_text(name);
    for (const table_entry& e : vocabulary_table)
        if (words_of_text(e.name) == wanted) return e.what;
    return std::nullopt;
}

std::vector<std::string_view> term_names() {
    std::vector<std::string_view> out;
    for (const table_entry& e : vocabulary_table) out.push_back(e.name);
    return out;
}

std::vector<std::string> words_of_text(std::string_view given) {
    std::vector<std::string> out;
    std::string word;
    const auto finish = [&] {
        if (!word.empty()) out.push_back(std::move(word));
        word.clear();
    };
    for (const char c : text::folded(given)) {
        if (text::is_alphanumeric(c)) {
            word += c;
            continue;
        }
        if (c == '\'') continue; // "f'cast"
        finish();
        if (c == '%') out.emplace_back("%");
        if (c == '&') out.emplace_back("and");
    }
    finish();
    return out;
}

vocabulary::vocabulary(const std::map<std::string, std::vector<std::string>>& taught) {
    for (const table_entry& e : vocabulary_table)
        for (std::size_t at = 0; at < e.phrases.size();) {
            const std::size_t end = std::min(e.phrases.find(", ", at), e.phrases.size());
            teach(e.what, e.phrases.substr(at, end - at));
            at = end + 2;
        }
    for (const auto& [name, phrases] : taught)
        if (const std::optional<term> t = term_named(name))
            for (const std::string& p : phrases) teach(*t, p);
    for (auto& [first, of] : by_first_word_)
        std::stable_sort(of.begin(), of.end(),
                         [](const phrase& a, const phrase& b) { return a.words.size() > b.words.size(); });
}

void vocabulary::teach(term t, std::string_view written) {
    phrase p{words_of_text(written), t};
    if (p.words.empty()) return;
    constexpr std::size_t least_letters = 4; // shorter words are other words with one slip
    if (p.words.size() == 1 && p.words[0].size() >= least_letters &&
        vocabulary_table[static_cast<std::size_t>(t)].may_be_misspelt)
        may_be_misspelt_.emplace_back(p.words[0], t);
    phrases_[t].push_back(text::folded(written));
    by_first_word_[p.words.front()].push_back(std::move(p));
}

namespace {

/// One slip leaves a long word's first letter or its last; a short word may have one letter struck twice: "plann".
bool one_slip_apart(std::string_view word, std::string_view known) {
    if (known.size() == 4)
        return word.size() == 5 && text::slips(word, known) == 1 &&
               std::adjacent_find(word.begin(), word.end()) != word.end();
    return known.size() > 5 && word.size() > 4 && word.size() <= known.size() + 1 && known.size() <= word.size() + 1 &&
           (word.front() == known.front() || word.back() == known.back()) && text::slips(word, known) < 2;
}

} // namespace

void vocabulary::take_misspelt(const std::vector<std::string>& words, std::size_t at, std::vector<said>& out) const {
    for (const auto& [known, t] : may_be_misspelt_)
        if (one_slip_apart(words[at], known)) {
            out.push_back({t, at, 1, true});
            return;
        }
}

std::vector<said> vocabulary::in(const std::vector<std::string>& words) const {
    std::vector<said> out;
    for (std::size_t at = 0; at < words.size();) {
        std::size_t taken = 0;
        if (const auto found = by_first_word_.find(words[at]); found != by_first_word_.end())
            for (const phrase& p : found->second) {
                if (taken > p.words.size()) break; // a longer phrase stands here
                if (p.words.size() > words.size() - at) continue;
                if (!std::equal(p.words.begin(), p.words.end(), words.begin() + static_cast<std::ptrdiff_t>(at)))
                    continue;
                taken = p.words.size();
                out.push_back({p.what, at, taken});
            }
        if (taken == 0) take_misspelt(words, at, out);
        at += std::max<std::size_t>(taken, 1);
    }
    return out;
}

std::vector<said> vocabulary::in(std::string_view given) const { return in(words_of_text(given)); }

term_set vocabulary::terms_in(std::string_view given) const {
    term_set out;
    for (const said& s : in(given)) out.add(s.what);
    return out;
}

bool vocabulary::says(std::string_view given, term t) const { return terms_in(given).has(t); }

bool vocabulary::is(std::string_view given, term t) const {
    const std::vector<std::string> words = words_of_text(given);
    for (const said& s : in(words))
        if (s.what == t && s.count == words.size()) return true;
    return false;
}

std::vector<std::string> vocabulary::phrases(term t) const {
    const auto found = phrases_.find(t);
    return found == phrases_.end() ? std::vector<std::string>() : found->second;
}

const vocabulary& everyday_words() {
    static const vocabulary all;
    return all;
}

std::shared_ptr<const vocabulary> vocabulary_of(const taught_words& taught) {
    if (taught.empty()) return {std::shared_ptr<const vocabulary>(), &everyday_words()};
    return std::make_shared<const vocabulary>(taught);
}

} // namespace riskshare::templates::words
