// Tells the lines of a position apart by the words of their labels.
#include "template/share_lines.hpp"

#include <riskshare/detail/text.hpp>
#include <riskshare/unit.hpp>

namespace riskshare::templates {

using words::term;
using words::term_set;

namespace {

/// Efficiency that the agreement may exclude, by what the line holds of it.
share_line efficiency_line(const std::string& label, const term_set& said, bool of_year) {
    if (label.find("forecast") != std::string::npos) return share_line::delivery_forecast;
    if (said.has(term::actual) || label.find("deliver") != std::string::npos) return share_line::delivered_to_date;
    if (said.has(term::plan)) return of_year ? share_line::target_for_year : share_line::target_to_date;
    return share_line::other;
}

/// Plan, actual, forecast or variance of the position itself.
share_line position_line(const term_set& said, bool one_month, bool of_year) {
    if (said.has_any({term::prior_year, term::other_measure, term::about_savings})) return share_line::other;
    const bool to_date = said.has(term::to_date);
    const bool ahead = said.has(term::forecast) && !to_date; // "Outturn to date" is an actual
    if (said.has(term::variance)) {
        if (one_month) return share_line::other;
        return of_year || ahead ? share_line::variance_for_year : share_line::variance_to_date;
    }
    const bool a_kind = said.has_any({term::forecast, term::plan, term::actual});
    if (a_kind && one_month) return share_line::of_the_month;
    if (ahead) return share_line::forecast;
    if (said.has(term::plan)) return of_year ? share_line::plan_for_year : share_line::plan_to_date;
    if (a_kind) return of_year ? share_line::other : share_line::actual_to_date;
    return share_line::other;
}

} // namespace

bool speaks_of_one_month(const std::string& text, const words::vocabulary& vocabulary) {
    const std::vector<std::string> words = words::words_of_text(text);
    bool one = false;
    for (const words::said& s : vocabulary.in(words)) {
        if (s.what == term::to_date) return false;
        if (s.what != term::in_month) continue;
        const std::size_t next = s.first + s.count;
        const bool numbered = next < words.size() && riskshare::detail::is_digit(words[next].front());
        one = one || s.count > 1 || (!numbered && words.size() < 5);
    }
    return one;
}

share_line share_line_of(const std::string& label, const words::vocabulary& vocabulary) {
    const std::string l = riskshare::detail::folded(label);
    const auto says = [&](std::string_view what) { return l.find(what) != std::string::npos; };
    const term_set said = vocabulary.terms_in(label);
    const bool of_year = said.has(term::full_year) && !said.has(term::to_date);
    const bool one_month = speaks_of_one_month(label, vocabulary);
    if (says("efficienc") || says("cash-releasing"))
        return one_month ? share_line::other : efficiency_line(l, said, of_year);
    if (says("shortfall")) return share_line::shortfall;
    if (says("slippage")) return share_line::slippage;
    if (says("mitigation")) return says("system") ? share_line::system_mitigation : share_line::own_mitigation;
    if (says("reserve")) return share_line::reserve;
    return position_line(said, one_month, of_year);
}

std::string scheme_of_shortfall(const std::string& label) {
    const std::size_t end = riskshare::detail::folded(label).find("shortfall");
    return riskshare::detail::plain(label.substr(0, end));
}

bool label_is_named(const std::string& label, const std::string& name) {
    const std::string l = riskshare::detail::folded(label), n = riskshare::detail::folded(name);
    if (l.rfind(n, 0) != 0) return false;
    const std::string rest = label.size() > name.size() ? riskshare::detail::plain(label.substr(name.size())) : "";
    std::string bare;
    for (const char c : rest)
        if (c != ',' && c != '(' && c != ')' && c != ':') bare += c;
    bare = riskshare::detail::plain(bare);
    return bare.empty() || parse_unit(bare).has_value();
}

} // namespace riskshare::templates
