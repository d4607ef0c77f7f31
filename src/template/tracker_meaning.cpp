#include "template/tracker_headings.hpp"

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
    return any_of(w, {"plan", "planned", "target", "budget", "plans", "budgeted", "baseline", "trajectory"});
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
                      "shortfall", "slippage"});
}
bool is_filler(const std::string& w) {
    return any_of(w, {"savings", "saving",     "cip",         "in",      "of",      "for",       "the",
                      "value",   "values",     "000",         "000s",    "k",       "000's",     "'000",
                      "'000s",   "efficiency", "amount",      "profile", "phasing", "phased",    "monthly",
                      "by",      "month",      "months",      "gbp",     "and",     "figures",   "position",
                      "qipp",    "profiled",   "m",           "million", "period",  "financial", "original",
                      "revised", "latest",     "current",     "rebased", "agreed",  "approved",  "submitted",
                      "initial", "cost",       "improvement", "total's", "k's",     "scheme",    "net"});
}

/// "01/04/2019": a date that was typed as text, day first.
std::optional<month_label> dated(const std::string& w) {
    std::array<int, 3> parts = {};
    std::array<std::size_t, 3> digits = {};
    std::size_t part = 0;
    for (char c : w) {
        if (c == '/' || c == '.') {
            if (++part == 3) return std::nullopt;
        } else if (text::is_digit(c) && digits[part] < 4) {
            parts[part] = parts[part] * 10 + (c - '0');
            ++digits[part];
        } else {
            return std::nullopt;
        }
    }
    if (part != 2 || digits[0] == 0 || parts[0] < 1 || parts[0] > 31 || parts[1] < 1 || parts[1] > 12)
        return std::nullopt;
    if (digits[2] != 2 && digits[2] != 4) return std::nullopt;
    const int year = digits[2] == 2 ? 2000 + parts[2] : parts[2];
    return month_label{period_of(year, parts[1]).month, year};
}

std::optional<month_label> month_word(std::string w) {
    if (const result<month_label> m = parse_month(w)) return *m;
    for (const char* prefix : {"period", "p", "mo", "mnth"})
        if (w.rfind(prefix, 0) == 0 && w.size() > std::string(prefix).size())
            if (const result<month_label> m = parse_month("m" + text::plain(w.substr(std::string(prefix).size()))))
                return *m;
    return dated(w);
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

std::optional<amount_kind> kind_word(const std::string& cell) {
    const std::optional<line_meaning> m = meaning_of(cell);
    return m && !m->month && !m->year && !m->to_date && !m->quarter ? m->kind : std::nullopt;
}

std::optional<line_meaning> meaning_of(const std::string& line) {
    std::string tidy = tidied(line);
    if (tidy.empty()) return std::nullopt;
    line_meaning out;
    if (const std::optional<month_label> m = month_word(tidy)) {
        out.month = m;
        return out;
    }
    const auto take_phrase = [&tidy](const char* phrase) {
        const std::string padded = " " + tidy + " ", wanted = std::string(" ") + phrase + " ";
        const std::size_t at = padded.find(wanted);
        if (at == std::string::npos) return false;
        tidy = text::plain(padded.substr(0, at) + " " + padded.substr(at + wanted.size()));
        return true;
    };
    for (const char* phrase : {"year to date", "year-to-date", "to date"}) out.to_date |= take_phrase(phrase);
    for (const char* phrase :
         {"full year", "full-year", "in year", "in-year", "year end", "year-end", "whole year", "part year"})
        out.year |= take_phrase(phrase);
    bool variance = false, actual = false, forecast = false, plan = false;
    const std::vector<std::string> words = words_of(tidy);
    for (std::size_t i = 0; i < words.size();) {
        const std::string& w = words[i];
        if (is_plan_word(w))
            plan = true;
        else if (is_actual_word(w))
            actual = true;
        else if (is_forecast_word(w))
            forecast = true;
        else if (is_variance_word(w))
            variance = true;
        else if (any_of(w, {"total", "totals", "annual", "year", "fy", "annum"}) || parse_financial_year(w))
            out.year = true;
        else if (any_of(w, {"ytd", "cumulative", "cum", "cumm"}))
            out.to_date = true;
        else if (w.size() == 2 && w[0] == 'q' && w[1] >= '1' && w[1] <= '4')
            out.quarter = true;
        else if (const std::optional<month_label> m = take_month(words, i)) {
            out.month = m;
            continue;
        } else if (!is_filler(w))
            return std::nullopt;
        ++i;
    }
    if (variance)
        out.kind = amount_kind::variance;
    else if (actual)
        out.kind = amount_kind::actual;
    else if (forecast)
        out.kind = amount_kind::forecast;
    else if (plan)
        out.kind = amount_kind::plan;
    return out.says_something() ? std::optional(out) : std::nullopt;
}

} // namespace riskshare::templates::detail
