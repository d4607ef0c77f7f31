// Opening and closing balances, by their labels.
#include "template/detail/number_table.hpp"
#include "template/words/months.hpp"

#include <riskshare/detail/text.hpp>

namespace riskshare::templates::detail {

namespace {

bool dateless(const std::string& word) {
    return !riskshare::detail::is_digit(word.front()) && !words::month_alone(word);
}

} // namespace

balance_words balance_words_of(const std::string& label) {
    balance_words out;
    std::string word;
    std::string text = riskshare::detail::folded(label) + " ";
    for (const auto& [short_form, full] : {std::pair("b/fwd", "opening"),
                                           {"b/f", "opening"},
                                           {"bfwd", "opening"},
                                           {"brought forward", "opening"},
                                           {"c/fwd", "closing"},
                                           {"c/f", "closing"},
                                           {"cfwd", "closing"},
                                           {"carried forward", "closing"}})
        for (std::size_t at = text.find(short_form); at != std::string::npos; at = text.find(short_form))
            text.replace(at, std::string_view(short_form).size(), full);
    bool opening = false, closing = false;
    for (const char c : text) {
        if (riskshare::detail::is_alphanumeric(c) || static_cast<unsigned char>(c) >= 0x80) {
            word += c;
            continue;
        }
        opening = opening || word == "opening";
        closing = closing || word == "closing";
        bool counts = !word.empty() && dateless(word);
        for (const char* idle : {"opening", "closing", "balance", "balances", "at", "as", "on", "of", "the", "month"})
            counts = counts && word != idle;
        if (counts) out.others += (out.others.empty() ? "" : " ") + word;
        word.clear();
    }
    if (opening != closing) out.side = opening ? balance_side::opening : balance_side::closing;
    return out;
}

} // namespace riskshare::templates::detail
