// Months and years in titles, word by word.
#include "template/words/months.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace riskshare::templates::words {

namespace text = riskshare::detail;

namespace {

bool any_of(std::string_view word, std::initializer_list<std::string_view> these) {
    return std::find(these.begin(), these.end(), word) != these.end();
}

/// Words with their hyphens, slashes and full stops: "jul-22", "31/07/2022". Those at the ends are punctuation.
std::vector<std::string> tokens_of(std::string_view title) {
    std::vector<std::string> out(1);
    for (const char c : text::folded(title)) {
        if (text::is_alphanumeric(c) || c == '-' || c == '/' || c == '.' || c == '\'')
            out.back() += c;
        else if (!out.back().empty())
            out.emplace_back();
    }
    const auto mark = [](char c) { return !text::is_alphanumeric(c); };
    for (std::string& w : out) {
        while (!w.empty() && mark(w.back())) w.pop_back();
        while (!w.empty() && mark(w.front())) w.erase(0, 1);
    }
    std::erase(out, "");
    return out;
}

/// "30", "30th", "1st": the day of a date.
bool is_day(std::string_view w) {
    std::size_t digits = 0;
    while (digits < w.size() && text::is_digit(w[digits])) ++digits;
    return digits > 0 && digits <= 2 && any_of(w.substr(digits), {"", "st", "nd", "rd", "th"});
}

} // namespace

std::optional<month_label> written_date(std::string_view w) {
    std::array<int, 3> parts = {};
    std::array<std::size_t, 3> digits = {};
    std::size_t part = 0;
    for (const char c : w) {
        if (c == '/' || c == '.' || c == '-') {
            if (++part == 3) return std::nullopt;
        } else if (text::is_digit(c) && digits[part] < 4) {
            parts[part] = parts[part] * 10 + (c - '0');
            ++digits[part];
        } else {
            return std::nullopt;
        }
    }
    const bool sound = part == 2 && digits[0] > 0 && digits[0] < 3 && parts[0] >= 1 && parts[0] <= 31 &&
                       digits[1] > 0 && parts[1] >= 1 && parts[1] <= 12 && (digits[2] == 2 || digits[2] == 4);
    if (!sound) return std::nullopt;
    const int year = digits[2] == 2 ? 2000 + parts[2] : parts[2];
    return month_label{period_of(year, parts[1]).month, year};
}

namespace {

std::optional<month_label> month_token(const std::string& w) {
    if (const result<month_label> m = parse_month(w)) return *m;
    return written_date(w);
}

bool begins_with_letter(std::string_view w) { return !w.empty() && text::is_letter(w.front()); }

/// "m4", "month-4", "p04": a number after a word for month. "m" and a number of two meanings are told by the caller.
bool is_numbered(std::string_view w) {
    return begins_with_letter(w) && text::is_digit(w.back()) &&
           any_of(w.substr(0, w.find_first_of("0123456789-/.'")),
                  {"m", "mo", "mth", "mnth", "month", "p", "pd", "per", "period"});
}

/// What stands before a date says whose it is.
enum class lead : std::uint8_t { none, ours, of_an_event };
lead lead_of(const std::vector<std::string>& words, std::size_t at) {
    while (at > 0 && (is_day(words[at - 1]) || any_of(words[at - 1], {"the", "of", "day"}))) --at;
    if (at == 0) return lead::none;
    const std::string& before = words[at - 1];
    if (any_of(before, {"to", "at", "ended", "ending", "end", "until", "till", "position", "report", "ytd", "month"}))
        return lead::ours;
    if (any_of(before,
               {"closed",    "closes",   "from",      "since",   "on",          "meeting", "opened",    "merged",
                "dated",     "approved", "published", "created", "started",     "agreed",  "joined",    "began",
                "left",      "by",       "before",    "after",   "established", "board",   "committee", "abolished",
                "effective", "issued",   "printed",   "held",    "submitted",   "due",     "next",      "transferred"}))
        return lead::of_an_event;
    return lead::none;
}

/// "1 April 2022 to 31 July 2022": the first date is where the months begin.
bool begins_a_range(const std::vector<std::string>& words, std::size_t next) {
    if (next >= words.size() || !any_of(words[next], {"to", "until", "till", "through"})) return false;
    for (std::size_t i = next + 1; i < words.size() && i < next + 4; ++i)
        if (month_token(words[i])) return true;
    return false;
}

/// Everyday words that are months too.
bool is_everyday(const std::string& w) { return any_of(w, {"may", "march", "mar", "dec", "sep", "jan", "jun"}); }

} // namespace

std::optional<month_label> month_alone(std::string_view cell) {
    std::string t = text::folded(cell);
    if (t.empty() || t.size() > 24) return std::nullopt;
    while (t.size() > 1 && (t.back() == '.' || t.back() == ':' || t.back() == '*')) t.pop_back();
    if (t.size() > 2 && t.front() == '(' && t.back() == ')') t = t.substr(1, t.size() - 2);
    if (const std::optional<month_label> m = month_token(t)) return m;
    if (text::is_letter(t.front())) std::erase(t, '.'); // "Jul. 22"
    for (std::size_t blank = t.find(' '); blank != std::string::npos; blank = t.find(' ', blank)) t[blank] = '-';
    if (const std::optional<month_label> m = month_token(t)) return m;
    const std::size_t day = t.find('-'); // "31-jul-22"
    if (day == std::string::npos || !is_day(std::string_view(t).substr(0, day))) return std::nullopt;
    const std::string rest = t.substr(day + 1);
    return begins_with_letter(rest) ? month_token(rest) : std::nullopt;
}

std::vector<month_said> months_in(std::string_view title) {
    const std::vector<std::string> words = tokens_of(title);
    std::vector<month_said> out;
    bool event = false; // an event's date may be given in two: "on 30 June and 1 July"
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::optional<month_label> found;
        std::size_t used = 1;
        if (i + 1 < words.size() && begins_with_letter(words[i]) && text::is_digit(words[i + 1].front()) &&
            !is_numbered(words[i]))
            if (const result<month_label> m = parse_month(words[i] + " " + words[i + 1])) found = *m, used = 2;
        if (!found) found = month_token(words[i]);
        if (!found) continue;
        const bool numbered = !found->calendar_year && is_numbered(used == 2 ? words[i] + words[i + 1] : words[i]);
        const month_form form = numbered               ? month_form::numbered
                                : found->calendar_year ? month_form::dated
                                                       : month_form::named;
        const lead before = lead_of(words, i);
        event = !numbered && (before == lead::of_an_event || (event && before == lead::none));
        const bool everyday =
            form == month_form::named && is_everyday(words[i]) && before != lead::ours && words.size() > 3;
        // "M07" or "P4" alone in a cell is a reference; the caller that knows better asks `month_alone`.
        const bool a_reference = numbered && words.size() == 1 && used == 1 && words[i].size() < 4;
        if (!event && !everyday && !a_reference && !begins_a_range(words, i + used)) out.push_back({*found, form});
        i += used - 1;
    }
    return out;
}

std::optional<month_said> month_of(std::string_view title) {
    const std::vector<month_said> all = months_in(title);
    for (const month_form form : {month_form::numbered, month_form::dated, month_form::named}) {
        std::optional<month_said> one;
        for (const month_said& m : all) {
            if (m.form != form) continue;
            if (one && !(one->label.month == m.label.month)) return std::nullopt;
            if (!one || !one->label.calendar_year) one = m;
        }
        if (one) return one;
    }
    return std::nullopt;
}

std::optional<financial_year> year_written(std::string_view title) {
    constexpr std::size_t in_full = 7; // "2022/23"; "22/23" may be anything else, and counts where no other is there
    constexpr int first = 2015, last = 2045;
    for (const bool full : {true, false}) {
        std::optional<financial_year> one;
        for (const std::string& w : tokens_of(title)) {
            if (w.size() < 5 || (w.size() >= in_full) != full || written_date(w)) continue;
            const result<financial_year> y = parse_financial_year(w);
            if (!y || (!full && (y->start < first || y->start > last))) continue;
            if (one && *one != *y) return std::nullopt;
            one = *y;
        }
        if (one) return one;
    }
    return std::nullopt;
}

std::optional<financial_year> year_of(std::string_view title) {
    if (const std::optional<financial_year> y = year_written(title)) return y;
    const std::optional<month_said> m = month_of(title);
    const std::optional<period> p = m ? period_said(m->label) : std::nullopt;
    return p ? std::optional(p->year) : std::nullopt;
}

std::optional<period> period_said(const month_label& m) {
    if (!m.calendar_year) return std::nullopt;
    return period{financial_year{*m.calendar_year - (m.month.number() > 9 ? 1 : 0)}, m.month};
}

std::string title_of_file(std::string_view path) {
    const std::size_t folder = path.find_last_of("/\\");
    std::string name(folder == std::string_view::npos ? path : path.substr(folder + 1));
    name = name.substr(0, name.rfind('.'));
    std::replace_if(
        name.begin(), name.end(), [](char c) { return c == '_' || c == '.'; }, ' ');
    // "report-m4-2022-23": a hyphen between letters and words divides, one between digits joins.
    for (std::size_t i = 0; i < name.size(); ++i)
        if (name[i] == '-' && !(i > 0 && i + 1 < name.size() && text::is_digit(name[i + 1]) &&
                                (text::is_digit(name[i - 1]) || text::is_letter(name[i - 1]))))
            name[i] = ' ';
    return name;
}

} // namespace riskshare::templates::words
