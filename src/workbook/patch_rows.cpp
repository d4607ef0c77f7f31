#include "workbook/detail/row_finder.hpp"

#include <algorithm>
#include <cstring>
#include <string>

namespace riskshare::workbook::detail {
namespace {

/// A word and the letter in it that a sheet of numbers hardly ever holds.
struct rare_word {
    std::string word;
    std::size_t pivot;

    rare_word(std::string before_pivot, std::string_view from_pivot)
        : word(std::move(before_pivot)), pivot(word.size()) {
        word += from_pivot;
    }
    /// The next place in [from, to) where the pivot of the word stands.
    template <class Act>
    void each(std::string_view text, std::size_t from, std::size_t to, Act act) const {
        while (from < to) {
            const void* hit = std::memchr(text.data() + from, word[pivot], to - from);
            if (hit == nullptr) return;
            const auto at = static_cast<std::size_t>(static_cast<const char*>(hit) - text.data());
            from = at + 1;
            if (at >= pivot && text.compare(at - pivot, word.size(), word) == 0 && !act(at - pivot)) return;
        }
    }
    bool is_in(std::string_view text, std::size_t from, std::size_t to) const {
        bool found = false;
        each(text, from, to, [&](std::size_t) {
            found = true;
            return false;
        });
        return found;
    }
};

bool ends_name(char c) { return c == '>' || c == '/' || c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

} // namespace

std::optional<found_rows> plain_rows(std::string_view text, std::size_t begin, std::string_view prefix) {
    constexpr std::size_t block = std::size_t{1} << 14;
    const std::string open = "<" + std::string(prefix);
    const rare_word row(open + "ro", "w"), formula(open, "f"), end("</" + std::string(prefix) + "s", "heetData");
    const rare_word markup("<", "!"), instruction("<", "?"), alternate("A", "lternateContent");
    const auto next_char = [&](std::size_t at, const rare_word& w) {
        return at + w.word.size() < text.size() ? text[at + w.word.size()] : '\0';
    };
    found_rows found;
    for (std::size_t from = begin; from < text.size(); from += block) {
        std::size_t to = std::min(from + block, text.size());
        end.each(text, from, to, [&](std::size_t at) {
            found.data_end = at;
            return false;
        });
        if (found.data_end != 0) to = found.data_end;
        if (markup.is_in(text, from, to) || instruction.is_in(text, from, to) || alternate.is_in(text, from, to))
            return {};
        bool shared = false;
        formula.each(text, from, to, [&](std::size_t at) {
            const char after = next_char(at, formula);
            found.has_formulas = found.has_formulas || ends_name(after);
            shared = shared || (ends_name(after) && after != '>' && after != '/');
            return !shared;
        });
        if (shared) return {};
        row.each(text, from, to, [&](std::size_t at) {
            if (ends_name(next_char(at, row))) found.tags.push_back(at);
            return true;
        });
        if (found.data_end != 0) return found;
    }
    return {};
}

} // namespace riskshare::workbook::detail
