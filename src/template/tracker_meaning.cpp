#include "template/tracker_headings.hpp"
#include "template/words/months.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace riskshare::templates::detail {

namespace text = riskshare::detail;

namespace {

bool any_of(const std::string& word, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* w) { return word == w; });
}

std::vector<std::string> words_of(const std::string& tidy) {
    std::vector<std::string> words(1);
    for (char c : tidy) {
        if (c == ' ' || c == ',' || c == ';')
            words.emplace_back();
        else
            words.back() += c;
    }
    std::erase_if(words, [](const std::string& w) { return w.empty() || w == "-" || w == "/" || w == "&"; });
    return words;
}

bool is_plan_word(const std::string& w) {
    return any_of(w, {"plan", "planned", "target", "budget", "plans", "budgeted", "baseline", "trajectory", "pl", "pln",
                      "bud", "bgt", "tgt"});
}
bool is_actual_word(const std::string& w) {
    return any_of(w, {"actual", "actuals", "delivered", "achieved", "delivery", "act", "actual/forecast", "achievement",
                      "actual/fcast", "act/fcst", "actuals/forecast", "forecast/actual", "actual/fot", "realised",
                      "a/f", "actual/outturn", "actual/forecasts", "actuals/forecasts"});
}
bool is_forecast_word(const std::string& w) {
    return any_of(w, {"forecast", "forecasts", "fcast", "fcst", "f/cast", "fot", "outturn", "projected", "projection",
                      "f'cast", "forecasted", "expected", "estimate", "estimated"});
}
bool is_variance_word(const std::string& w) {
    return any_of(w, {"variance", "var", "variances", "diff", "difference", "movement", "vs", "v", "variation",
                      "shortfall", "slippage", "gap"});
}
bool is_filler(const std::string& w) {
    return any_of(w, {"savings",  "saving",     "cip",         "in",         "of",         "for",       "the",
                      "value",    "values",     "000",         "000s",       "k",          "000's",     "'000",
                      "'000s",    "efficiency", "amount",      "profile",    "phasing",    "phased",    "monthly",
                      "by",       "month",      "months",      "gbp",        "and",        "figures",   "position",
                      "qipp",     "profiled",   "m",           "million",    "period",     "financial", "original",
                      "revised",  "latest",     "current",     "rebased",    "agreed",     "approved",  "submitted",
                      "initial",  "cost",       "improvement", "total's",    "k's",        "scheme",    "net",
                      "re-based", "restated",   "updated",     "reprofiled", "re-profiled"});
}

/// "Over/(under) delivery", "+/-": a variance in two words. Takes them off.
bool take_two_sided(std::string& tidy) {
    std::string squeezed;
    for (char c : tidy)
        if (c != ' ') squeezed += c;
    static const std::array<const char*, 9> both = {
        "over/under", "under/over",         "better/worse",       "worse/better", "fav/adv",
        "adv/fav",    "favourable/adverse", "adverse/favourable", "+/-"};
    const bool found =
        std::any_of(both.begin(), both.end(), [&](const char* b) { return squeezed.find(b) != std::string::npos; });
    if (!found) return false;
    for (char& c : tidy)
        if (c == '/' || c == '+' || c == '-') c = ' ';
    std::string rest;
    for (const std::string& w : words_of(tidy))
        if (!any_of(w, {"over", "under", "better", "worse", "fav", "adv", "favourable", "adverse"}))
            rest += (rest.empty() ? "" : " ") + w;
    tidy = rest;
    return true;
}

/// "Apr A", "Jul (F)": beside a month one letter says what it is.
std::optional<amount_kind> kind_letter(const std::string& w) {
    if (w.size() != 1) return std::nullopt;
    switch (w[0]) {
    case 'p':
    case 'b':
        return amount_kind::plan;
    case 'a':
        return amount_kind::actual;
    case 'f':
        return amount_kind::forecast;
    case 'v':
        return amount_kind::variance;
    default:
        return std::nullopt;
    }
}

/// "apr-a": a month and a letter in one word.
bool take_month_and_letter(const std::string& w, line_meaning& out) {
    if (w.size() < 4 || w[w.size() - 2] != '-') return false;
    const std::optional<amount_kind> kind = kind_letter(w.substr(w.size() - 1));
    const result<month_label> m = parse_month(w.substr(0, w.size() - 2));
    if (!kind || !m) return false;
    out.month = *m, out.kind = kind;
    return true;
}

bool is_calendar_year(const std::string& w) {
    return w.size() == 4 && w[0] == '2' && w[1] == '0' && text::is_digit(w[2]) && text::is_digit(w[3]);
}

std::optional<month_label> month_word(std::string w) {
    if (const result<month_label> m = parse_month(w)) return *m;
    for (const std::string prefix : {"period", "p", "mo", "mnth"}) {
        if (w.rfind(prefix, 0) != 0) continue;
        const std::string number = text::plain(w.substr(prefix.size()));
        if (number.empty() || !text::is_digit(number[0])) continue; // "pay" is no month
        if (const result<month_label> m = parse_month("m" + number)) return *m;
    }
    return w.find('-') == std::string::npos ? words::written_date(w) : std::nullopt; // with hyphens it is no date here
}

/// Takes a month off the front of the words: "apr-19", "month 3", "apr 2019".
std::optional<month_label> take_month(const std::vector<std::string>& words, std::size_t& i) {
    if (i + 1 < words.size())
        if (const std::optional<month_label> m = month_word(words[i] + " " + words[i + 1])) {
            i += 2;
            return m;
        }
    const std::optional<month_label> m = month_word(words[i]);
    if (m) ++i;
    return m;
}

} // namespace

std::string tidied(const std::string& heading) {
    std::string t = text::folded(heading);
    for (char& c : t)
        if (c == '?' || c == '*' || c == ':' || c == '(' || c == ')' || c == '[' || c == ']' || c == '_') c = ' ';
    const std::string pound = "£";
    for (std::size_t i = t.find(pound); i != std::string::npos; i = t.find(pound)) {
        std::size_t end = i + pound.size();
        while (end < t.size() && (text::is_alphanumeric(t[end]) || t[end] == '\'' || t[end] == ',')) ++end;
        t.replace(i, end - i, " ");
    }
    return text::plain(t);
}

bool names_a_bare_amount(const std::string& heading) {
    const std::vector<std::string> words = words_of(tidied(heading));
    const auto an_amount = [](const std::string& w) {
        return any_of(w, {"value", "values", "amount", "saving", "savings"});
    };
    const auto understood = [](const std::string& w) {
        return is_filler(w) || any_of(w, {"annual", "total", "gross"});
    };
    return std::any_of(words.begin(), words.end(), an_amount) && std::all_of(words.begin(), words.end(), understood);
}

std::optional<amount_kind> kind_word(const std::string& cell) {
    const std::optional<line_meaning> m = meaning_of(cell);
    return m && !m->month && !m->year && !m->to_date && !m->quarter ? m->kind : std::nullopt;
}

namespace {

/// Takes a phrase of several words off a line, unless a digit follows it: "in month 3" is no "in month".
bool take_phrase(std::string& tidy, const char* phrase) {
    const std::string padded = " " + tidy + " ", wanted = std::string(" ") + phrase + " ";
    const std::size_t at = padded.find(wanted);
    if (at == std::string::npos) return false;
    const std::size_t next = at + wanted.size();
    if (next < padded.size() && text::is_digit(padded[next])) return false;
    tidy = text::plain(padded.substr(0, at) + " " + padded.substr(next));
    return true;
}

/// What the words of a line say of plan and actual, each counted once.
struct kinds_said {
    bool plan = false, actual = false, forecast = false, variance = false;
    bool take(const std::string& w) {
        if (is_plan_word(w)) return plan = true;
        if (is_actual_word(w)) return actual = true;
        if (is_forecast_word(w)) return forecast = true;
        return is_variance_word(w) && (variance = true);
    }
    std::optional<amount_kind> kind() const {
        return variance   ? std::optional(amount_kind::variance)
               : actual   ? std::optional(amount_kind::actual)
               : forecast ? std::optional(amount_kind::forecast)
               : plan     ? std::optional(amount_kind::plan)
                          : std::nullopt;
    }
};

bool take_period(const std::vector<std::string>& words, std::size_t i, line_meaning& out) {
    const std::string& w = words[i];
    if (const result<financial_year> y = parse_financial_year(w)) {
        out.year = true;
        out.financial_year = y->start;
        return true;
    }
    if (any_of(w, {"total", "totals", "annual", "year", "fy", "annum"})) return out.year = true;
    if (any_of(w, {"ytd", "cumulative", "cum", "cumm"})) return out.to_date = true;
    if (w.size() == 2 && w[0] == 'q' && w[1] >= '1' && w[1] <= '4') return out.quarter = true;
    return any_of(w, {"quarter", "qtr"}) && (out.quarter = true);
}

} // namespace

std::optional<line_meaning> meaning_of(const std::string& line) {
    std::string tidy = tidied(line);
    if (tidy.empty()) return std::nullopt;
    line_meaning out;
    if (const std::optional<month_label> m = month_word(tidy)) {
        out.month = m;
        return out;
    }
    if (is_calendar_year(tidy)) {
        out.calendar_year = std::stoi(tidy);
        return out;
    }
    kinds_said said;
    said.variance = take_two_sided(tidy);
    for (const char* phrase : {"year to date", "year-to-date", "to date"}) out.to_date |= take_phrase(tidy, phrase);
    for (const char* phrase :
         {"full year", "full-year", "in year", "in-year", "year end", "year-end", "whole year", "part year"})
        out.year |= take_phrase(tidy, phrase);
    for (const char* phrase : {"in month", "in-month", "current month", "this month", "in period"})
        out.in_month |= take_phrase(tidy, phrase);
    std::optional<amount_kind> letter;
    const std::vector<std::string> words = words_of(tidy);
    for (std::size_t i = 0; i < words.size();) {
        const std::string& w = words[i];
        const bool after_quarter =
            i > 0 && any_of(words[i - 1], {"quarter", "qtr"}) && w.size() == 1 && text::is_digit(w[0]);
        if (said.take(w) || after_quarter || take_period(words, i, out) || take_month_and_letter(w, out)) {
            ++i;
            continue;
        }
        if (const std::optional<month_label> m = take_month(words, i)) {
            out.month = m;
            continue;
        }
        if (const std::optional<amount_kind> k = kind_letter(w))
            letter = k;
        else if (!is_filler(w))
            return std::nullopt;
        ++i;
    }
    if (letter && !out.month) return std::nullopt;
    if (const std::optional<amount_kind> k = said.kind())
        out.kind = k;
    else if (letter)
        out.kind = letter;
    return out.says_something() ? std::optional(out) : std::nullopt;
}

} // namespace riskshare::templates::detail
