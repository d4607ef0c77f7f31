// The words of the trade: what a heading, a label or a title speaks of. One table, to which a mapping's [words] adds.
#ifndef RISKSHARE_SRC_TEMPLATE_WORDS_VOCABULARY_HPP
#define RISKSHARE_SRC_TEMPLATE_WORDS_VOCABULARY_HPP

#include <bitset>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace riskshare::templates::words {

/// What texts speak of. Each has its phrases in vocabulary_table.cpp, under the name that `name_of` gives.
enum class term : std::uint8_t {
    // what a figure is
    plan,
    plan_weakly, ///< a plan where nothing else is said: "Allocation", "Profile"
    actual,
    forecast,
    variance,
    prior_year,
    one_offs,
    best_case,
    likely_case,
    worst_case,
    next_year_effect,
    other_measure, ///< "%", "RAG", "Comment": the column holds no amount of its own kind
    // of which months
    to_date,
    in_month,
    full_year,
    quarter,
    // what a line is
    total,
    sub_total,
    of_which,
    subtracted, ///< "Less: …"
    income,
    spending,
    programme_area, ///< what a commissioner spends on: "Acute", "Continuing care"
    result,
    surplus_or_deficit, ///< the surest words of a result
    misalignment,
    adjusted_performance, ///< "Adjusted financial performance": the result that is reported
    deficit_support,
    excluding,
    including,
    // of savings
    rating,
    delivery_risk,
    delivery_confidence,
    status,
    recurrent,
    non_recurrent,
    unidentified,
    // who and what
    body, ///< heads a column of organisations
    scheme,
    reference,
    // what a sheet is about
    about_position,
    about_savings,
    efficiency,
    about_dashboard,
    about_capital,
    about_agency,
    about_balances,
    about_trades,
    about_plan_versions,
    about_run_rate,
    about_assurance,
    about_risk_scores,
    about_control_totals,
    about_cash,
    about_workforce,
    // of cash, staff and pay
    opening,
    closing,
    balance,
    days,
    cash_support,
    receipts,
    payments,
    net_movement,
    substantive,
    bank_staff,
    agency_staff,
    whole_time,
    pay,
    // of deficit support by quarter, and of debts by age
    support_received,
    support_withheld,
    support_earned_back,
    debt,
    debt_not_due,
    debt_to_30,
    debt_to_60,
    debt_to_90,
    debt_over_90,
};
inline constexpr std::size_t number_of_terms = static_cast<std::size_t>(term::debt_over_90) + 1;

/// "plan", "prior year": the name by which a mapping's [words] teaches it.
std::string_view name_of(term);
std::optional<term> term_named(std::string_view name);
/// Every name, in the order of the table: what `help mapping` lists.
std::vector<std::string_view> term_names();

/// Which terms a text speaks of.
class term_set {
public:
    bool has(term t) const { return terms_.test(static_cast<std::size_t>(t)); }
    bool has_any(std::initializer_list<term> any) const {
        for (term t : any)
            if (has(t)) return true;
        return false;
    }
    bool empty() const { return terms_.none(); }
    void add(term t) { terms_.set(static_cast<std::size_t>(t)); }

private:
    std::bitset<number_of_terms> terms_;
};

/// One place of a text that speaks of a term.
struct said {
    term what;
    std::size_t first = 0, count = 0; ///< the words of the text that say so
    bool misspelt = false;
};

/// A text cut into words: lower case, letters and digits; a slash, a bracket, a hyphen divides; "%" is a word.
std::vector<std::string> words_of_text(std::string_view text);

class vocabulary {
public:
    /// Words by the name of their term, as a mapping's [words] gives them. \pre every name is one of `term_names`
    explicit vocabulary(const std::map<std::string, std::vector<std::string>>& taught = {});

    /// Everything that the text says, the longest phrase first where phrases overlap; a word of kinds (plan, actual,
    /// forecast, variance) counts with one slip of the keyboard as well.
    std::vector<said> in(std::string_view text) const;
    std::vector<said> in(const std::vector<std::string>& words) const;
    term_set terms_in(std::string_view text) const;
    bool says(std::string_view text, term) const;
    /// Whether the whole text is one phrase of the term.
    bool is(std::string_view text, term) const;
    /// The phrases of a term, in lower case: the headings of a column.
    std::vector<std::string> phrases(term) const;

private:
    struct phrase {
        std::vector<std::string> words;
        term what;
    };
    void teach(term, std::string_view phrase);
    void take_misspelt(const std::vector<std::string>& words, std::size_t at, std::vector<said>& out) const;

    std::unordered_map<std::string, std::vector<phrase>> by_first_word_; ///< the longest first
    std::map<term, std::vector<std::string>> phrases_;
    std::vector<std::pair<std::string, term>> may_be_misspelt_;
};

/// What everyone knows: the table alone.
const vocabulary& everyday_words();

using taught_words = std::map<std::string, std::vector<std::string>>;
/// The table with what a mapping teaches; where it teaches nothing, `everyday_words`.
std::shared_ptr<const vocabulary> vocabulary_of(const taught_words&);

} // namespace riskshare::templates::words

#endif
