#include "actuals_list.hpp"

#include "csv.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/parse_period.hpp>

#include <algorithm>
#include <sstream>

namespace riskshare::answers {

namespace {

/// The months that the words of a heading name.
std::vector<month> months_in(const std::string& heading) {
    std::vector<month> out;
    std::string words = heading;
    std::replace_if(
        words.begin(), words.end(), [](char c) { return c == '_' || c == '(' || c == ')'; }, ' ');
    std::istringstream in(words);
    for (std::string word; in >> word;)
        if (const result<month_label> m = parse_month(word)) out.push_back(m->month);
    return out;
}

struct list_columns {
    std::size_t reference = SIZE_MAX, amount = SIZE_MAX, organisation = SIZE_MAX;
    std::optional<unit> in;
};

bool says_any(const std::string& heading, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* w) { return heading.find(w) != std::string::npos; });
}

/// Among several amounts the one whose heading names the month is meant; a single one may name none.
std::size_t amount_column(const std::vector<std::string>& headings, month m, const std::string& file) {
    std::vector<std::size_t> amounts, of_month;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        if (!says_any(headings[i], {"actual", "amount", "delivered"})) continue;
        const std::vector<month> named = months_in(headings[i]);
        if (named.size() == 1 && named.front() == m) of_month.push_back(i);
        if (named.empty()) amounts.push_back(i);
    }
    const std::vector<std::size_t>& meant = of_month.empty() ? amounts : of_month;
    if (meant.size() > 1)
        throw input_refused("fill.malformed", file + " has several amounts, \"" + headings[meant[0]] + "\" and \"" +
                                                  headings[meant[1]] + "\"; leave the one of " + to_string(m));
    return meant.empty() ? SIZE_MAX : meant.front();
}

list_columns columns_of(const std::string& line, month m, const std::string& file, const std::string& unit_option) {
    std::vector<std::string> headings = csv_fields(line);
    for (std::string& h : headings) h = detail::folded(h);
    list_columns out;
    for (std::size_t i = 0; i < headings.size(); ++i) {
        if (out.reference == SIZE_MAX && (says_any(headings[i], {"ref"}) || headings[i].rfind("id", 0) == 0))
            out.reference = i;
        else if (headings[i].rfind("org", 0) == 0 || headings[i].rfind("trust", 0) == 0)
            out.organisation = i;
    }
    out.amount = amount_column(headings, m, file);
    if (out.reference == SIZE_MAX || out.amount == SIZE_MAX)
        throw input_refused("fill.malformed", file + " needs a heading line with a reference and an amount for " +
                                                  to_string(m) + ", such as \"reference,amount £\"");
    const std::vector<unit> named = units_in(headings[out.amount]);
    if (named.size() == 1)
        out.in = named.front();
    else if (!unit_option.empty())
        out.in = parse_unit(unit_option);
    if (!out.in)
        throw input_refused("fill.no_unit", file + " names no unit; head the amounts \"amount £\" or give --unit");
    return out;
}

} // namespace

std::vector<templates::actual_amount> listed_actuals(const text_file& list, month m, const std::string& unit_option) {
    std::istringstream lines(in_utf8(list.text));
    std::string line;
    std::getline(lines, line);
    const list_columns at = columns_of(line, m, list.name, unit_option);
    std::vector<templates::actual_amount> out;
    for (std::size_t number = 2; std::getline(lines, line); ++number) {
        const std::vector<std::string> f = csv_fields(line);
        const auto refuse = [&](const char* rule, const std::string& why) {
            throw input_refused(rule, list.name + " line " + std::to_string(number) + ": " + why);
        };
        if (std::all_of(f.begin(), f.end(), [](const std::string& s) { return detail::plain(s).empty(); })) continue;
        if (f.size() <= std::max(at.reference, at.amount)) refuse("fill.malformed", "it has too few fields: " + line);
        const result<written_amount> w = read_written(f[at.amount]);
        if (!w || (w->kind != written_amount::what::amount && w->kind != written_amount::what::blank))
            refuse("fill.malformed", "\"" + f[at.amount] + "\" is not an amount");
        if (w->kind == written_amount::what::blank) continue;
        const exact value(w->value, w->in.value_or(*at.in));
        const money whole = rounded(value, rounding::half_away_from_zero);
        if (!(exact(whole) == value)) refuse("fill.below_a_penny", "\"" + f[at.amount] + "\" is finer than a penny");
        out.push_back({at.organisation < f.size() ? detail::plain(f[at.organisation]) : "",
                       detail::plain(f[at.reference]), whole});
    }
    return out;
}

} // namespace riskshare::answers
