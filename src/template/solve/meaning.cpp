// Finds what texts speak of, by the rooms of words, months, units and bodies.
#include "template/solve/meaning.hpp"

#include "template/finance_sheet.hpp"
#include "template/words/months.hpp"
#include "template/words/units.hpp"

#include <riskshare/detail/text.hpp>
#include <riskshare/template/layout.hpp>

#include <algorithm>
#include <set>

namespace riskshare::templates::solve {

using words::term;

bool meaning::no_amount() const {
    return terms.has(term::other_measure) && !terms.has_any({term::whole_time, term::net_movement});
}

std::string meaning::kind() const {
    if (terms.has(term::prior_year)) return "prior";
    if (terms.has(term::variance)) return "variance";
    const bool plan = terms.has(term::plan), actual = terms.has(term::actual), forecast = terms.has(term::forecast);
    if (int(plan) + int(actual) + int(forecast) > 1) return "?";
    return plan ? "plan" : actual ? "actual" : forecast ? "forecast" : "";
}

std::string meaning::basis() const {
    const bool in_month = terms.has(term::in_month), to_date = terms.has(term::to_date),
               full_year = terms.has(term::full_year);
    if (int(in_month) + int(to_date) + int(full_year) != 1) return "";
    return in_month ? "in month" : to_date ? "to date" : "full year";
}

int quarter_in(const std::vector<std::string>& in) {
    int found = 0;
    for (std::size_t i = 0; i < in.size(); ++i) {
        std::string number;
        for (const char* word : {"quarter", "qtr", "q"})
            if (in[i] == word && i + 1 < in.size())
                number = in[i + 1];
            else if (in[i].rfind(word, 0) == 0 && in[i].size() == std::string(word).size() + 1)
                number = in[i].substr(in[i].size() - 1);
        if (number.size() != 1 || number[0] < '1' || number[0] > '4') continue;
        if (found != 0 && found != number[0] - '0') return 0;
        found = number[0] - '0';
    }
    return found;
}

std::string meaning::kind_of_title() const {
    static const std::set<std::string> compare{"against", "versus", "vs", "v", "compared", "to", "from"};
    for (const std::string& word : words::words_of_text(text))
        if (compare.count(word) != 0) return "";
    const std::string said = kind();
    return said == "plan" || said == "actual" || said == "forecast" ? said : "";
}

namespace {

/// Without units and "total": "UHL £m" is UHL.
std::string bare(const std::string& text, bool without_total) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string word = text.substr(at, end - at), folded = riskshare::detail::folded(word);
        const bool total = without_total && (folded == "total" || folded == "totals" || folded == "-");
        if (!total && !parse_unit(word)) out += (out.empty() ? "" : " ") + word;
        at = end + 1;
    }
    return out;
}

} // namespace

meaning meanings::found(const std::string& text) const {
    meaning m;
    m.text = text;
    constexpr std::size_t longest = 200; // a longer text is prose
    if (text.size() > longest) return m;
    const std::vector<std::string> in = words::words_of_text(text);
    for (const words::said& s : vocabulary_.in(in)) m.terms.add(s.what);
    if (const std::optional<month_label> alone = words::month_alone(bare(text, false))) m.month = alone->month;
    m.quarter = quarter_in(in);
    m.units = words::units_of_text(text);
    m.total = m.terms.has(term::total) || names_a_total(text) || templates::detail::adds_up_bodies(text);
    // "Month 4" in a title is of no basis: it says when, not of how long.
    if (!m.month && !words::months_in(text).empty()) {
        words::term_set without;
        for (const words::said& s : vocabulary_.in(in))
            if (s.what != term::in_month) without.add(s.what);
        m.terms = without;
    }
    if (m.month || m.quarter != 0) return m;
    const std::string name = bare(text, true);
    const std::optional<organisation_match> match = directory_.recognise(name);
    // A known name is a body's whatever its words; one that only looks like a body's has no other meaning.
    const bool listed = match && directory_.find_code(match->code) != nullptr;
    bool other_words = false;
    for (const words::said& s : vocabulary_.in(words::words_of_text(name)))
        other_words = other_words || s.what != term::body;
    if (listed || (match && !other_words)) m.body = name;
    return m;
}

const meaning& meanings::of(const std::string& text) {
    const auto [at, fresh] = known_.try_emplace(text);
    if (fresh) at->second = found(text);
    return at->second;
}

const meaning& meanings::of(const grid& g, std::uint32_t row, std::uint32_t column) {
    const workbook::cell* c = g.cell(row, column);
    if (c != nullptr && c->kind == workbook::cell_kind::number && g.source().is_date(*c)) {
        const result<workbook::calendar_date> day = workbook::date_of_serial(c->text, from_1904_);
        if (day)
            return of(std::string(month_name(period_of(day->year, day->month).month)) + " " +
                      std::to_string(day->year));
    }
    return of(g.heading(row, column));
}

} // namespace riskshare::templates::solve
