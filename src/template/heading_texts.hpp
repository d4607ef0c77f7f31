// The texts of heading rows, each tidied once, and how they fit the fields of a shape, each judged once.
#ifndef RISKSHARE_SRC_TEMPLATE_HEADING_TEXTS_HPP
#define RISKSHARE_SRC_TEMPLATE_HEADING_TEXTS_HPP

#include "template/heading_block.hpp"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
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
        for (std::uint32_t c = 1; c <= grid_.columns(); ++c) texts[c] = grid_.heading(row, c);
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

private:
    const grid& grid_;
    std::map<std::uint32_t, std::vector<std::string>> rows_;
};

/// How a heading that was reduced to its words fits a field, see `fit`; for a field that `reads` nothing.
int fit_of_words(const std::string& words, const field&);

/// How texts fit the fields of one shape; each text is judged once.
class known_fits {
public:
    explicit known_fits(const shape& s) : shape_(s) {}

    int of(const std::string& text, std::size_t field) {
        const auto [at, fresh] = known_.try_emplace(text);
        judged& known = at->second;
        if (fresh) known.fits.assign(shape_.fields.size(), not_judged);
        int& fit = known.fits[field];
        if (fit != not_judged) return fit;
        if (shape_.fields[field].reads) return fit = shape_.fields[field].reads(text);
        if (!known.words) known.words = words_of(text);
        return fit = fit_of_words(*known.words, shape_.fields[field]);
    }

private:
    static constexpr int not_judged = -1;
    struct judged {
        std::optional<std::string> words;
        std::vector<int> fits;
    };
    const shape& shape_;
    std::unordered_map<std::string, judged> known_;
};

} // namespace riskshare::templates::detail

#endif
