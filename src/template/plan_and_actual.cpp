// What the heading of a column of a finance report says: plan, actual or variance, of which months.
#include "template/finance_sheet.hpp"

#include "template/heading_block.hpp"

#include <riskshare/savings.hpp>

#include <algorithm>

namespace riskshare::templates::detail {

namespace {

enum class months : std::uint8_t { unsaid, in_month, to_date, full_year };
enum class content : std::uint8_t { none, plan, actual, forecast, variance, one_offs, best, likely, worst, effect };

struct meaning {
    months of = months::unsaid;
    content what = content::none;
};

/// Titles that stand over a table are no headings of its columns.
constexpr std::size_t most_words_of_a_heading = 6;

std::string letters_of(std::string_view line) {
    std::string out = " ";
    for (char c : riskshare::detail::folded(line)) out += riskshare::detail::is_alphanumeric(c) || c == '%' ? c : ' ';
    return " " + riskshare::detail::plain(out) + " ";
}

bool says(const std::string& words, std::initializer_list<std::string_view> any) {
    return std::any_of(any.begin(), any.end(), [&](std::string_view one) {
        for (std::size_t at = words.find(one, 1); at != std::string::npos; at = words.find(one, at + 1))
            if (words[at - 1] == ' ' && at + one.size() < words.size() && words[at + one.size()] == ' ') return true;
        return false;
    });
}

/// One slip leaves a long word's first letter or its last.
bool one_slip_from(std::string_view word, std::string_view one) {
    return one.size() > 5 && word.size() > 4 && word.size() <= one.size() + 1 && one.size() <= word.size() + 1 &&
           (word.front() == one.front() || word.back() == one.back()) && riskshare::detail::slips(word, one) < 2;
}

/// A short word with one letter struck twice: "plann".
bool doubled(std::string_view word, std::string_view one) {
    return one.size() == 4 && word.size() == 5 && riskshare::detail::slips(word, one) == 1 &&
           std::adjacent_find(word.begin(), word.end()) != word.end();
}

/// Whether a word is one of these, give or take a slip of the keyboard.
bool says_nearly(const std::string& words, std::initializer_list<std::string_view> any) {
    for (std::size_t at = 1; at < words.size();) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        const std::string word = words.substr(at, end - at);
        for (std::string_view one : any)
            if (word == one || one_slip_from(word, one) || doubled(word, one)) return true;
        at = end + 1;
    }
    return false;
}

months months_of(const std::string& w) {
    if (says(w, {"ytd", "to date", "cumulative", "cum", "y t d"})) return months::to_date;
    if (says(w, {"in month", "month", "mth", "in mth", "mtd", "current month", "this month"})) return months::in_month;
    if (says(w, {"full year", "fy", "annual", "year end", "fot", "outturn", "for the year", "year"}))
        return months::full_year;
    return says_nearly(w, {"forecast", "fcst", "projected", "projection"}) ? months::full_year : months::unsaid;
}

content content_of(const std::string& w) {
    if (says(w, {"%", "percent", "per cent", "rag", "prior", "previous", "last", "movement", "change", "comment"}))
        return content::none;
    if (says(w, {"non recurrent", "nonrecurrent", "non rec", "nr", "one off", "one offs"})) return content::one_offs;
    if (says_nearly(w, {"variance", "variances", "var"})) return content::variance;
    if (says(w, {"full year effect", "fye", "next year effect"})) return content::effect;
    if (says(w, {"best case", "best"})) return content::best;
    if (says(w, {"worst case", "worst"})) return content::worst;
    if (says(w, {"likely case", "most likely", "likely"})) return content::likely;
    const bool forecast = says_nearly(w, {"forecast", "fot", "outturn", "fcst", "projected", "projection"});
    if (says_nearly(w, {"budget", "plan", "planned", "budgeted"}) || says(w, {"bud", "bgt"})) return content::plan;
    if (forecast) return content::forecast;
    return says_nearly(w, {"actual", "actuals"}) || says(w, {"act"}) ? content::actual : content::none;
}

meaning column_meaning(std::string_view heading) {
    std::string words = " ";
    for (std::size_t at = 0; at <= heading.size();) {
        const std::size_t end = std::min(heading.find('\n', at), heading.size());
        const std::string line = letters_of(heading.substr(at, end - at));
        at = end + 1;
        if (std::count(line.begin(), line.end(), ' ') <= static_cast<std::ptrdiff_t>(most_words_of_a_heading) + 1)
            words += line;
    }
    words = " " + riskshare::detail::plain(words) + " ";
    meaning m{months_of(words), content_of(words)};
    if (m.what >= content::best && m.of == months::unsaid) m.of = months::full_year;
    if (m.what == content::forecast && m.of != months::full_year) m.what = content::none;
    if (m.what == content::actual && m.of == months::full_year) m.what = content::forecast;
    return m;
}

/// Where the plan is the control total: that of the year, unless the heading says to date. Other plans are none here.
meaning meaning_by_control_total(std::string_view heading) {
    meaning m = column_meaning(heading);
    if (m.what == content::plan) return {};
    const std::string words = letters_of(heading);
    if (m.what != content::none || !says(words, {"control total", "control totals", "ct"})) return m;
    if (says(words, {"risk", "gap", "difference", "diff", "met", "gross", "last", "prior", "previous", "%"})) return {};
    return {m.of == months::unsaid ? months::full_year : m.of, content::plan};
}

constexpr int explicit_fit = 100, bare_fit = 70;
using meaning_reader = meaning (*)(std::string_view);

field column(const char* id, months of, content what, bool required, meaning_reader read) {
    field f{id, {}, field::holds::amount, required, {}};
    f.reads = [of, what, read](const std::string& heading) {
        const meaning m = read(heading);
        if (m.what != what || m.of != of) return 0;
        return of == months::unsaid ? bare_fit : explicit_fit;
    };
    return f;
}

shape shape_requiring(months needed, meaning_reader read = column_meaning) {
    const auto need = [&](months m) { return m == needed; };
    shape s{"plan and actual", {}};
    s.fields.push_back({"line",
                        {"organisation", "organization", "org", "trust", "body", "line", "statement line",
                         "description", "item", "category", "income and expenditure", "provider"},
                        field::holds::label,
                        false,
                        {}});
    s.fields.push_back(column("plan", months::to_date, content::plan, need(months::to_date), read));
    s.fields.push_back(column("actual", months::to_date, content::actual, need(months::to_date), read));
    s.fields.push_back(column("variance", months::to_date, content::variance, false, read));
    s.fields.push_back(column("one_offs", months::to_date, content::one_offs, false, read));
    s.fields.push_back(column("month_plan", months::in_month, content::plan, need(months::in_month), read));
    s.fields.push_back(column("month_actual", months::in_month, content::actual, need(months::in_month), read));
    s.fields.push_back(column("month_variance", months::in_month, content::variance, false, read));
    s.fields.push_back(column("full_year_plan", months::full_year, content::plan, need(months::full_year), read));
    s.fields.push_back(column("forecast", months::full_year, content::forecast, need(months::full_year), read));
    s.fields.push_back(column("full_year_variance", months::full_year, content::variance, false, read));
    s.fields.push_back(column("one_offs_full_year", months::full_year, content::one_offs, false, read));
    s.fields.push_back(column("best", months::full_year, content::best, false, read));
    s.fields.push_back(column("likely", months::full_year, content::likely, false, read));
    s.fields.push_back(column("worst", months::full_year, content::worst, false, read));
    s.fields.push_back(column("full_year_effect", months::full_year, content::effect, false, read));
    s.fields.push_back(column("bare_plan", months::unsaid, content::plan, need(months::unsaid), read));
    s.fields.push_back(column("bare_actual", months::unsaid, content::actual, need(months::unsaid), read));
    s.fields.push_back(column("bare_variance", months::unsaid, content::variance, false, read));
    return s;
}

bool names_a_month(const std::string& heading) {
    const std::string words = letters_of(heading);
    for (std::size_t at = 1; at < words.size();) {
        const std::size_t end = std::min(words.find(' ', at), words.size());
        if (month_headed(words.substr(at, end - at))) return true;
        at = end + 1;
    }
    return false;
}

/// The months that the lines above a table speak of.
months months_said_above(const found_table& t) {
    for (std::uint32_t row = t.first_heading; row-- > 1;)
        for (std::uint32_t c = 1; c <= t.grid.columns(); ++c) {
            if (t.grid.is_number(row, c)) continue;
            const std::string words = letters_of(t.grid.text(row, c));
            if (says(words, {"ytd", "to date", "cumulative"})) return months::to_date;
            if (says(words, {"in month", "current month", "this month"})) return months::in_month;
        }
    return months::unsaid;
}

void rename_column(found_table& t, const char* from, const std::string& to) {
    if (t.column(to) != nullptr) return;
    for (found_column& c : t.columns)
        if (c.field == from) c.field = to;
}

} // namespace

const std::vector<shape>& plan_and_actual_shapes() {
    static const std::vector<shape> shapes{shape_requiring(months::to_date), shape_requiring(months::in_month),
                                           shape_requiring(months::full_year), shape_requiring(months::unsaid)};
    return shapes;
}

const std::vector<shape>& control_total_shapes() {
    static const std::vector<shape> shapes{shape_requiring(months::to_date, meaning_by_control_total),
                                           shape_requiring(months::full_year, meaning_by_control_total)};
    return shapes;
}

bool settle_months(found_table& t) {
    const auto both = [&](const char* plan, const char* actual) {
        return t.column(plan) != nullptr && t.column(actual) != nullptr;
    };
    const bool to_date = both("plan", "actual");
    // Beside columns to date, "Aug-22 plan" is the plan of that month.
    if (to_date && !both("month_plan", "month_actual") && both("bare_plan", "bare_actual") &&
        names_a_month(t.column("bare_plan")->heading) && names_a_month(t.column("bare_actual")->heading))
        for (const char* what : {"plan", "actual", "variance"})
            rename_column(t, (std::string("bare_") + what).c_str(), std::string("month_") + what);
    // "Variance" alone belongs to the only pair that it can be the difference of.
    const bool in_month = both("month_plan", "month_actual"), year = both("full_year_plan", "forecast");
    if (to_date && !in_month) rename_column(t, "bare_variance", "variance");
    if (in_month && !to_date) rename_column(t, "bare_variance", "month_variance");
    if (year && !to_date && !in_month) rename_column(t, "bare_variance", "full_year_variance");
    if (to_date || in_month || year) return true;
    const months said = months_said_above(t);
    if (said == months::unsaid) return false;
    const std::string prefix = said == months::in_month ? "month_" : "";
    for (const char* what : {"plan", "actual", "variance"})
        rename_column(t, (std::string("bare_") + what).c_str(), prefix + what);
    return true;
}

} // namespace riskshare::templates::detail
