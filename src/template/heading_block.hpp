// The rows that head a table: which column is which field.
#ifndef RISKSHARE_SRC_TEMPLATE_HEADING_BLOCK_HPP
#define RISKSHARE_SRC_TEMPLATE_HEADING_BLOCK_HPP

#include <riskshare/template/layout.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace riskshare::templates::detail {

inline constexpr int least_fit = 60; ///< that counts; all that `field::weaker` can reach

/// How well a column's heading fits a field, see `fit`.
struct match {
    int quality = 0;
    std::string heading;
};

/// Rows first..last, read as headings.
struct block {
    std::uint32_t first = 0, last = 0;
    int score = 0;
    std::map<std::string, std::vector<std::pair<std::uint32_t, match>>> by_field; // best columns of each field
};

/// Every heading block of the shape, from top to bottom, as the mapping says or as the headings do.
std::vector<block> find_heading_blocks(const grid&, const shape&, const layout_options&);

/// One column's heading lines within a block of rows, read on; units on their own and repetitions by merging left out.
std::string joined_heading(const grid&, std::uint32_t first, std::uint32_t last, std::uint32_t column);

/// A heading reduced to its words: lower case, no brackets, no units, no punctuation.
std::string words_of(std::string_view heading);
/// Whether the words stand in the text, one after the other and whole.
bool has_words(const std::string& text, const std::string& words);

} // namespace riskshare::templates::detail

#endif
