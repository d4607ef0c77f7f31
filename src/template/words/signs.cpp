// What headings of variances say, and what the variances below them prove.
#include "template/words/signs.hpp"

#include <riskshare/detail/text.hpp>

#include <algorithm>
#include <vector>

namespace riskshare::templates::words {

namespace text = riskshare::detail;

namespace {

/// A word of a heading, and whether it stands in brackets or right before or after them: "(under)", "under".
struct marked_word {
    std::string word;
    bool bracketed = false;
};

std::vector<marked_word> marked_words(std::string_view heading) {
    std::vector<marked_word> out;
    std::string word;
    int depth = 0;
    const auto finish = [&] {
        if (!word.empty()) out.push_back({std::move(word), depth > 0});
        word.clear();
    };
    for (const char c : text::folded(heading)) {
        if (text::is_letter(c)) {
            word += c;
            continue;
        }
        finish();
        if (c == '(' || c == '[') ++depth;
        if (c == ')' || c == ']') depth = std::max(0, depth - 1);
    }
    finish();
    return out;
}

enum class side : std::uint8_t { none, good, bad, under, over };

side side_of(const std::string& w) {
    const auto is = [&](std::initializer_list<const char*> these) {
        return std::any_of(these.begin(), these.end(), [&](const char* t) { return w == t; });
    };
    if (is({"fav", "favourable", "favorable", "f", "better", "good", "favourability"})) return side::good;
    if (is({"adv", "adverse", "a", "worse", "unfav", "unfavourable", "bad"})) return side::bad;
    if (is({"under", "underspend", "underspends", "underspent", "underspending"})) return side::under;
    if (is({"over", "overspend", "overspends", "overspent", "overspending"})) return side::over;
    return side::none;
}

bool good_side(side s, bool of_income) {
    if (s == side::under) return !of_income;
    if (s == side::over) return of_income;
    return s == side::good;
}

} // namespace

variance_sense sense_of(std::string_view heading, bool of_income) {
    std::optional<bool> plain, bracketed; // whether what stands so is favourable
    std::size_t sides = 0;
    bool letters = false; // "f" and "a" may shorten anything else unless both stand there
    for (const marked_word& m : marked_words(heading)) {
        const side s = side_of(m.word);
        if (s == side::none) continue;
        ++sides;
        letters = letters || m.word.size() == 1;
        std::optional<bool>& where = m.bracketed ? bracketed : plain;
        if (!where) where = good_side(s, of_income);
    }
    if (letters && sides < 2) return variance_sense::unsaid;
    const auto sense = [](bool favourable) {
        return favourable ? variance_sense::favourable : variance_sense::adverse;
    };
    if (plain && bracketed) return *plain != *bracketed ? sense(*plain) : variance_sense::unsaid;
    if (sides != 1) return variance_sense::unsaid;
    return sense(plain ? *plain : !*bracketed);
}

result_sense result_sense_of(std::string_view label) {
    const std::vector<marked_word> words = marked_words(label);
    std::optional<bool> surplus, deficit; // whether in brackets
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& w = words[i].word;
        const bool of_funding =
            i + 1 < words.size() && (words[i + 1].word == "support" || words[i + 1].word == "funding");
        if (w == "surplus" || w == "surpluses") surplus = surplus.value_or(words[i].bracketed);
        if ((w == "deficit" || w == "deficits") && !of_funding) deficit = deficit.value_or(words[i].bracketed);
    }
    if (surplus && deficit) {
        if (*surplus == *deficit) return result_sense::unsaid;
        return *surplus ? result_sense::deficit_positive : result_sense::surplus_positive;
    }
    if (deficit) return *deficit ? result_sense::surplus_positive : result_sense::deficit_alone;
    if (surplus) return *surplus ? result_sense::deficit_positive : result_sense::surplus_positive;
    return result_sense::unsaid;
}

std::optional<bool> deficits_are_positive(result_sense s, bool any_above_zero, bool any_below_zero) {
    if (s == result_sense::deficit_positive) return true;
    if (s != result_sense::deficit_alone || !any_above_zero) return false;
    return any_below_zero ? std::nullopt : std::optional(true);
}

difference difference_printed(const exact& plan, const exact& actual, const exact& variance, const exact& slack) {
    const exact up = actual - plan;
    if (abs(up) <= slack && abs(variance) <= slack) return difference::none;
    const bool as_up = abs(variance - up) <= slack, as_down = abs(variance + up) <= slack;
    if (as_up == as_down) return difference::none;
    return as_up ? difference::actual_less_plan : difference::plan_less_actual;
}

sign_rule rule_by_variance(difference d, variance_sense s) {
    if (d == difference::none || s == variance_sense::unsaid) return sign_rule::unknown;
    const bool favourable_up = (s == variance_sense::favourable) == (d == difference::actual_less_plan);
    return favourable_up ? sign_rule::as_signed : sign_rule::spending_positive;
}

} // namespace riskshare::templates::words
