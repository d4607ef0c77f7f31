// What the heading of a column of a finance report says: plan, actual or variance, of which months.
#include "template/finance_sheet.hpp"

#include "template/heading_block.hpp"
#include "template/title_row.hpp"
#include "template/words/months.hpp"
#include "template/words/vocabulary.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

namespace riskshare::templates::detail {

namespace {

enum class months : std::uint8_t { unsaid, in_month, to_date, full_year };
enum class content : std::uint8_t { none, plan, actual, forecast, variance, one_offs, best, likely, worst, effect };

struct meaning {
    months of = months::unsaid;
    content what = content::none;
    bool weak = false;            ///< any surer heading goes before it
    bool without_support = false; ///< excluding deficit support funding
};

/// Titles that stand over a table are no headings of its columns.
constexpr std::size_t most_words_of_a_heading = 6;

using words::term;
using words::term_set;

months months_of(const term_set& t) {
    if (t.has(term::to_date)) return months::to_date;
    if (t.has(term::in_month)) return months::in_month;
    if (t.has(term::full_year)) return months::full_year;
    return t.has(term::forecast) ? months::full_year : months::unsaid;
}

content content_of(const term_set& t) {
    if (t.has_any({term::other_measure, term::prior_year})) return content::none;
    if (t.has(term::one_offs)) return content::one_offs;
    if (t.has(term::variance)) return content::variance;
    if (t.has(term::next_year_effect)) return content::effect;
    if (t.has(term::best_case)) return content::best;
    if (t.has(term::worst_case)) return content::worst;
    if (t.has(term::likely_case)) return content::likely;
    if (t.has(term::plan)) return content::plan;
    if (t.has(term::forecast)) return content::forecast;
    return t.has(term::actual) ? content::actual : content::none;
}

/// The words of a heading's lines; titles that stand over a table are left out.
term_set terms_of(const words::vocabulary& vocabulary, std::string_view heading) {
    std::vector<std::string> all;
    for (std::size_t at = 0; at <= heading.size();) {
        const std::size_t end = std::min(heading.find('\n', at), heading.size());
        std::vector<std::string> line = words::words_of_text(heading.substr(at, end - at));
        at = end + 1;
        if (line.size() <= most_words_of_a_heading) std::move(line.begin(), line.end(), std::back_inserter(all));
    }
    term_set out;
    for (const words::said& s : vocabulary.in(all)) out.add(s.what);
    return out;
}

meaning meaning_of(const term_set& t) {
    meaning m{months_of(t), content_of(t)};
    // "Allocation" is a plan, and "YTD spend" an actual, where no other word is there.
    if (m.what == content::none && !t.has_any({term::other_measure, term::prior_year})) {
        if (t.has(term::plan_weakly)) m.what = content::plan, m.weak = true;
        if (t.has(term::spending) && m.of != months::unsaid) m.what = content::actual, m.weak = true;
    }
    if (m.what >= content::best && m.of == months::unsaid) m.of = months::full_year;
    if (m.what == content::forecast && m.of != months::full_year) m.what = content::none;
    if (m.what == content::actual && m.of == months::full_year) m.what = content::forecast;
    m.without_support = t.has(term::deficit_support) && t.has(term::excluding);
    return m;
}

/// Where the plan is the control total: that of the year, unless the heading says to date. Other plans are none here.
meaning meaning_by_control_total(const words::vocabulary& vocabulary, std::string_view heading) {
    const term_set t = terms_of(vocabulary, heading);
    meaning m = meaning_of(t);
    if (m.what == content::plan) return {};
    if (m.what != content::none || !t.has(term::about_control_totals)) return m;
    const std::vector<std::string> words = words::words_of_text(heading);
    for (const char* other : {"risk", "gap", "difference", "diff", "met", "gross", "last", "prior", "previous", "%"})
        if (std::find(words.begin(), words.end(), other) != words.end()) return {};
    return {m.of == months::unsaid ? months::full_year : m.of, content::plan};
}

/// "Outturn", "out-turn", and no word of what is still to come.
bool says_outturn(std::string_view heading) {
    std::string text;
    for (const std::string& w : words::words_of_text(heading)) text += w + " ";
    for (const char* to_come : {"forecast", "project", "expected", "estimated", "fot"})
        if (text.find(to_come) != std::string::npos) return false;
    return text.find("outturn") != std::string::npos || text.find("out turn") != std::string::npos;
}

meaning column_meaning(const words::vocabulary& vocabulary, std::string_view heading) {
    const term_set t = terms_of(vocabulary, heading);
    meaning m = meaning_of(t);
    // "Outturn to date" has been: what is still to come is forecast.
    if (m.what == content::none && m.of == months::to_date && content_of(t) == content::forecast &&
        says_outturn(heading))
        m.what = content::actual;
    return m;
}

constexpr int explicit_fit = 100, bare_fit = 70, weak_fit = least_fit;
using meaning_reader = meaning (*)(const words::vocabulary&, std::string_view);
using shared_words = std::shared_ptr<const words::vocabulary>;

/// Makes the fields of one table, all by the same words.
struct column_maker {
    shared_words vocabulary;
    meaning_reader read;

    field operator()(const std::string& id, months of, content what, bool required,
                     bool without_support = false) const {
        field f{id, {}, field::holds::amount, required, {}};
        f.reads = [of, what, without_support, *this](const std::string& heading) {
            const meaning m = read(*vocabulary, heading);
            if (m.what != what || m.of != of || m.without_support != without_support) return 0;
            return m.weak ? weak_fit : of == months::unsaid ? bare_fit : explicit_fit;
        };
        return f;
    }
};

shape shape_requiring(months needed, const shared_words& vocabulary, meaning_reader read = column_meaning) {
    const column_maker column{vocabulary, read};
    const auto need = [&](months m) { return m == needed; };
    shape s{"plan and actual", {}};
    s.fields.push_back({"line",
                        {"organisation", "organization", "org", "trust", "body", "line", "statement line",
                         "description", "item", "category", "income and expenditure", "provider", "programme area",
                         "area", "area of spend", "directorate", "division", "service"},
                        field::holds::label,
                        false,
                        {}});
    s.fields.push_back(column("plan", months::to_date, content::plan, need(months::to_date)));
    s.fields.push_back(column("actual", months::to_date, content::actual, need(months::to_date)));
    s.fields.push_back(column("variance", months::to_date, content::variance, false));
    s.fields.push_back(column("one_offs", months::to_date, content::one_offs, false));
    s.fields.push_back(column("month_plan", months::in_month, content::plan, need(months::in_month)));
    s.fields.push_back(column("month_actual", months::in_month, content::actual, need(months::in_month)));
    s.fields.push_back(column("month_variance", months::in_month, content::variance, false));
    s.fields.push_back(column("full_year_plan", months::full_year, content::plan, need(months::full_year)));
    s.fields.push_back(column("forecast", months::full_year, content::forecast, need(months::full_year)));
    s.fields.push_back(column("full_year_variance", months::full_year, content::variance, false));
    s.fields.push_back(column("one_offs_full_year", months::full_year, content::one_offs, false));
    s.fields.push_back(column("best", months::full_year, content::best, false));
    s.fields.push_back(column("likely", months::full_year, content::likely, false));
    s.fields.push_back(column("worst", months::full_year, content::worst, false));
    s.fields.push_back(column("full_year_effect", months::full_year, content::effect, false));
    const auto without = [&](const std::string& id, months of, content what) {
        s.fields.push_back(column(id, of, what, false, true));
    };
    for (const auto& [of, prefix] : {std::pair(months::to_date, ""), {months::unsaid, "bare_"}}) {
        without(std::string(prefix) + "plan_without", of, content::plan);
        without(std::string(prefix) + "actual_without", of, content::actual);
        without(std::string(prefix) + "variance_without", of, content::variance);
    }
    without("full_year_plan_without", months::full_year, content::plan);
    without("forecast_without", months::full_year, content::forecast);
    without("full_year_variance_without", months::full_year, content::variance);
    s.fields.push_back(column("bare_plan", months::unsaid, content::plan, need(months::unsaid)));
    s.fields.push_back(column("bare_actual", months::unsaid, content::actual, need(months::unsaid)));
    s.fields.push_back(column("bare_variance", months::unsaid, content::variance, false));
    s.fields.back().by_parts = true; // one behind each pair of plan and actual, told apart by its place
    return s;
}

/// A plan beside a forecast, neither of which names its months: both are of the year.
shape shape_of_forecasts(const shared_words& vocabulary) {
    shape s = shape_requiring(months::unsaid, vocabulary);
    for (field& f : s.fields) {
        if (f.id == "bare_actual") f.required = false;
        if (f.id == "forecast") f.required = true;
    }
    return s;
}

bool names_a_month(const std::string& heading) {
    std::string text = heading;
    std::replace(text.begin(), text.end(), '\n', ' ');
    return !words::months_in(text).empty();
}

months months_said_in(const grid& g, std::uint32_t first_row, std::uint32_t last_row, std::uint32_t first_column,
                      std::uint32_t last_column, const words::vocabulary& vocabulary) {
    for (std::uint32_t row = first_row; row <= last_row; ++row)
        for (std::uint32_t c = first_column; c <= last_column; ++c) {
            if (g.is_number(row, c)) continue;
            for (const words::said& s : vocabulary.in(g.text(row, c))) {
                if (s.what == term::to_date) return months::to_date;
                if (s.what == term::in_month && s.count > 1) return months::in_month; // "Month 3" dates the report
            }
        }
    return months::unsaid;
}

/// The months that the lines above a table speak of.
months months_said_above(const found_table& t, const words::vocabulary& vocabulary) {
    if (t.grid.is_transposed()) // its titles stand beside the headings
        return months_said_in(t.grid, 1, t.last_heading, 1, t.columns.front().column - 1, vocabulary);
    for (std::uint32_t row = t.last_heading; row-- > 1;) {
        if (row >= t.first_heading && !is_title_row(t.grid, row, t.last_heading)) continue;
        const months said = months_said_in(t.grid, row, row, 1, t.grid.columns(), vocabulary);
        if (said != months::unsaid) return said;
    }
    return months::unsaid;
}

/// "Variance" alone is of the pair whose actual or forecast stands nearest before it.
const char* variance_by_place(const found_table& t, std::uint32_t column) {
    const char* of = nullptr;
    std::uint32_t nearest = 0;
    for (const auto& [pair, variance] :
         {std::pair{"actual", "variance"}, std::pair{"month_actual", "month_variance"},
          std::pair{"forecast", "full_year_variance"}, std::pair{"bare_actual", "bare_variance"},
          std::pair{"actual_without", "variance_without"}, std::pair{"forecast_without", "full_year_variance_without"},
          std::pair{"bare_actual_without", "bare_variance_without"}})
        if (const found_column* c = t.column(pair); c != nullptr && c->column < column && c->column > nearest)
            nearest = c->column, of = variance;
    return of;
}

/// Gives each "Variance" to the pair before it; further ones behind the same pair are of something else.
void place_variances(found_table& t) {
    for (found_column& c : t.columns) {
        if (c.field != "bare_variance") continue;
        const char* of = variance_by_place(t, c.column);
        if (of == nullptr || std::string_view(of) == "bare_variance") continue;
        const bool taken = *of == '\0' || t.column(of) != nullptr;
        c.field = taken ? "" : of;
    }
}

void rename_column(found_table& t, const char* from, const std::string& to) {
    if (t.column(to) != nullptr) return;
    for (found_column& c : t.columns)
        if (c.field == from) c.field = to;
}

/// Gives the columns of months that nothing names the months of a prefix: "" to date, "month_".
void rename_bare(found_table& t, const std::string& prefix) {
    for (const char* what : {"plan", "actual", "variance"})
        rename_column(t, (std::string("bare_") + what).c_str(), prefix + what);
    for (const char* what : {"plan_without", "actual_without", "variance_without"})
        if (prefix.empty()) rename_column(t, (std::string("bare_") + what).c_str(), what);
}

} // namespace

std::vector<shape> plan_and_actual_shapes(const std::shared_ptr<const words::vocabulary>& vocabulary) {
    return {shape_requiring(months::to_date, vocabulary), shape_requiring(months::in_month, vocabulary),
            shape_requiring(months::full_year, vocabulary), shape_requiring(months::unsaid, vocabulary),
            shape_of_forecasts(vocabulary)};
}

std::vector<shape> control_total_shapes(const std::shared_ptr<const words::vocabulary>& vocabulary) {
    return {shape_requiring(months::to_date, vocabulary, meaning_by_control_total),
            shape_requiring(months::full_year, vocabulary, meaning_by_control_total)};
}

bool settle_months(found_table& t, const words::vocabulary& vocabulary) {
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
    if (!to_date && !both("month_plan", "month_actual") && both("bare_plan", "forecast") &&
        t.column("bare_actual") == nullptr)
        rename_column(t, "bare_plan", "full_year_plan");
    const bool in_month = both("month_plan", "month_actual"), year = both("full_year_plan", "forecast");
    place_variances(t);
    if (to_date && !in_month) rename_column(t, "bare_variance", "variance");
    if (in_month && !to_date) rename_column(t, "bare_variance", "month_variance");
    if (year && !to_date && !in_month) rename_column(t, "bare_variance", "full_year_variance");
    if (to_date || in_month || year) return true;
    const months said = months_said_above(t, vocabulary);
    if (said == months::unsaid) return false;
    rename_bare(t, said == months::in_month ? "month_" : "");
    return true;
}

bool take_to_date(found_table& t) {
    if (t.column("bare_plan") == nullptr || t.column("bare_actual") == nullptr) return false;
    rename_bare(t, "");
    return true;
}

} // namespace riskshare::templates::detail
