// The table of the vocabulary: for each term its name and its phrases, with commas between.
#ifndef RISKSHARE_SRC_TEMPLATE_WORDS_VOCABULARY_TABLE_HPP
#define RISKSHARE_SRC_TEMPLATE_WORDS_VOCABULARY_TABLE_HPP

#include "template/words/vocabulary.hpp"

namespace riskshare::templates::words {

struct table_entry {
    term what;
    std::string_view name, phrases;
    bool may_be_misspelt = false; ///< its single words count with one slip of the keyboard
};

/// Every term once, in the order of the enumeration.
extern const table_entry vocabulary_table[number_of_terms];

} // namespace riskshare::templates::words

#endif
