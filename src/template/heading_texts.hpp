// The texts of heading rows, each tidied once, and how they fit the fields of a shape, each judged once.
#ifndef RISKSHARE_SRC_TEMPLATE_HEADING_TEXTS_HPP
#define RISKSHARE_SRC_TEMPLATE_HEADING_TEXTS_HPP

#include "template/heading_block.hpp"
#include "template/range_index.hpp"

#include <riskshare/detail/slips.hpp>

#include <algorithm>
#include <bitset>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace riskshare::templates::detail {

/// One column's heading lines within a block of rows, without units on their own and the repetition that merging makes.
struct heading_line {
    std::string text;
    bool shared; ///< merged over several columns: it heads a group
};

/// The heading texts of the rows last looked at, each row tidied once: units on their own are left out.
class heading_texts {
public:
    explicit heading_texts(const grid& g) : grid_(g) {}

    const std::vector<std::string>& row(std::uint32_t row) {
        const auto known = rows_.find(row);
        if (known != rows_.end()) return known->second;
        constexpr std::size_t rows_kept = 8;
        if (rows_.size() == rows_kept) rows_.erase(rows_.begin());
        std::vector<std::string>& texts = rows_[row];
        texts.resize(grid_.columns() + 2);
        for (std::uint32_t c = 1; c <= grid_.columns(); ++c) texts[c] = heading(row, c);
        for (std::string& text : texts)
            if (!text.empty() && parse_unit(text)) text.clear();
        return texts;
    }

    std::vector<heading_line> lines(std::uint32_t first, std::uint32_t last, std::uint32_t column) {
        std::vector<heading_line> out;
        for (std::uint32_t r = first; r <= last; ++r) {
            const std::vector<std::string>& texts = row(r);
            const std::string& line = texts[column];
            if (line.empty() || (!out.empty() && out.back().text == line)) continue;
            out.push_back({line, texts[column - 1] == line || texts[column + 1] == line});
        }
        return out;
    }

    std::string joined(std::uint32_t first, std::uint32_t last, std::uint32_t column) {
        std::string out, before;
        for (std::uint32_t r = first; r <= last; ++r) {
            const std::string& line = row(r)[column];
            if (line.empty() || line == before) continue;
            if (!before.empty()) out += ' ';
            out += line;
            before = line;
        }
        return out;
    }

    /// As `grid::heading`, without a look at every merged range for every blank.
    std::string heading(std::uint32_t row, std::uint32_t column) const {
        std::string own = grid_.text(row, column);
        if (!own.empty() || merged_.at(real(row, column)) == nullptr) return own;
        return grid_.heading(row, column);
    }

private:
    workbook::address real(std::uint32_t row, std::uint32_t column) const {
        return grid_.is_transposed() ? workbook::address{column, row} : workbook::address{row, column};
    }

    const grid& grid_;
    range_index merged_{grid_.source().merged()};
    std::map<std::uint32_t, std::vector<std::string>> rows_;
};

/// How a heading that was reduced to its words fits a field, see `fit`; for a field that `reads` nothing.
int fit_of_words(const std::string& words, const field&);

/// A heading is allowed one slip, and one more for so many letters.
inline constexpr std::size_t letters_a_slip = 6;

/// What tells most texts from every heading of a shape at a glance: a heading stands in a text whole, so that the text
/// holds its first word; or all of the text is the heading misspelt, so that it is as short, and of three words or more
/// one is spelt right.
class heading_glance {
public:
    explicit heading_glance(const shape& s) {
        for (const field& f : s.fields)
            for (const std::vector<std::string>* wanted : {&f.headings, &f.weaker})
                for (const std::string& w : *wanted) {
                    first_words_.insert(w.substr(0, w.find(' ')));
                    for (std::size_t at = 0; at < w.size();) {
                        const std::size_t end = std::min(w.find(' ', at), w.size());
                        all_words_.insert(w.substr(at, end - at));
                        at = end + 1;
                    }
                    longest_ = std::max(longest_, w.size() + w.size() / letters_a_slip + 1);
                }
    }
    bool may_fit(std::string_view words) const {
        const bool is_short = words.size() <= longest_;
        if (is_short && std::count(words.begin(), words.end(), ' ') < 2) return true;
        const std::unordered_set<std::string>& known = is_short ? all_words_ : first_words_;
        for (std::size_t at = 0; at < words.size();) {
            const std::size_t end = std::min(words.find(' ', at), words.size());
            if (known.count(std::string(words.substr(at, end - at))) != 0) return true;
            at = end + 1;
        }
        return false;
    }

private:
    std::unordered_set<std::string> first_words_, all_words_;
    std::size_t longest_ = 0;
};

/// The letters of all that a field may be headed by: most texts lack too many of them to be looked at any further.
class heading_letters {
public:
    explicit heading_letters(const field& f) {
        for (const std::vector<std::string>* wanted : {&f.headings, &f.weaker})
            for (const std::string& w : *wanted)
                wanted_.emplace_back(riskshare::detail::letters_in(w), w.size() / letters_a_slip + 1);
    }
    /// Whether a text of these letters can fit the field at all, misspelt or not.
    bool may_fit(std::uint64_t letters) const {
        return std::any_of(wanted_.begin(), wanted_.end(), [letters](const auto& w) {
            return std::bitset<64>(w.first & ~letters).count() <= w.second;
        });
    }

private:
    std::vector<std::pair<std::uint64_t, std::size_t>> wanted_;
};

/// How texts fit the fields of one shape; each text is judged once.
class known_fits {
public:
    explicit known_fits(const shape& s) : shape_(s), glance_(s), letters_(s.fields.begin(), s.fields.end()) {}

    int of(const std::string& text, std::size_t field) {
        judged& known = known_[text];
        if (known.hopeless && !shape_.fields[field].reads) return 0;
        if (known.fits.empty()) known.fits.assign(shape_.fields.size(), not_judged);
        int& fit = known.fits[field];
        if (fit != not_judged) return fit;
        if (shape_.fields[field].reads) return fit = shape_.fields[field].reads(text);
        if (!known.words) {
            known.words = words_of(text);
            known.hopeless = !glance_.may_fit(*known.words);
            known.letters = riskshare::detail::letters_in(*known.words);
        }
        if (known.hopeless) return 0;
        if (!letters_[field].may_fit(known.letters)) return fit = 0;
        return fit = fit_of_words(*known.words, shape_.fields[field]);
    }

private:
    static constexpr int not_judged = -1;
    struct judged {
        std::optional<std::string> words;
        std::uint64_t letters = 0;
        bool hopeless = false; ///< it fits no field that is known by its words
        std::vector<int> fits;
    };
    const shape& shape_;
    heading_glance glance_;
    std::vector<heading_letters> letters_; ///< by field
    std::unordered_map<std::string, judged> known_;
};

} // namespace riskshare::templates::detail

#endif
