// The month and the year that a report is of.
#include "template/report_period.hpp"

#include "template/region.hpp"
#include "template/words/months.hpp"

#include <algorithm>

namespace riskshare::templates::detail {

void period_reader::read(const grid& g, const std::string& sheet_name) {
    std::vector<named> in_name;
    read_title(sheet_name, g.place(), in_name);
    read_year(sheet_name, g.place(), false);
    if (in_name.size() == 1) numbered_.push_back(in_name.front());
    const std::size_t before = numbered_.size();
    constexpr std::uint32_t title_rows = 6, headings_end = 20;
    for (std::uint32_t row = 1; row <= std::min(g.rows(), headings_end); ++row) {
        read_columns_of_months(g, row);
        if (row > title_rows) continue;
        std::vector<named> months;
        bool figures = false;
        for (std::uint32_t c = 1; c <= g.columns(); ++c) {
            figures = figures || g.is_number(row, c);
            if (g.is_number(row, c) || g.blank(row, c)) continue;
            read_title(g.text(row, c), g.at(row, c), months);
            read_year(g.text(row, c), g.at(row, c), stands_at_figures(g, row, c));
        }
        // A row that names several months heads columns, and one with figures is data: neither dates the report.
        const bool one = std::all_of(months.begin(), months.end(),
                                     [&](const named& m) { return m.label.month == months.front().label.month; });
        if (one && !figures && !months.empty()) numbered_.push_back(months.front());
    }
    // "M6" alone dates no report; over a title of another month one of the two was left over.
    const std::optional<month_label> of_sheet = words::month_alone(sheet_name);
    for (std::size_t i = before; of_sheet && i < numbered_.size(); ++i)
        if (numbered_[i].label.month != of_sheet->month) disagreeing_.push_back({numbered_[i], {*of_sheet, g.place()}});
}

void period_reader::read_title(const std::string& title, const provenance& at, std::vector<named>& numbered) {
    const std::optional<words::month_said> m = words::month_of(title);
    if (m && m->form == words::month_form::numbered) numbered.push_back({m->label, at});
    for (const words::month_said& said : words::months_in(title))
        if (said.form == words::month_form::dated && !words::month_alone(title)) dated_.push_back({said.label, at});
}

void period_reader::read_year(const std::string& text, const provenance& at, bool heads_figures) {
    if (const std::optional<financial_year> y = words::year_written(text))
        (heads_figures ? years_of_headings_ : years_).push_back({*y, at});
}

/// "Apr-22, May-22, Jun-22": a row of months from April on that stops before March is what has been reported.
void period_reader::read_columns_of_months(const grid& g, std::uint32_t row) {
    std::optional<named> last;
    for (std::uint32_t c = 1; c <= g.columns(); ++c) {
        const std::string text = g.text(row, c);
        const std::optional<month_label> m =
            text.empty() || g.is_number(row, c) ? std::nullopt : words::month_alone(text);
        if (!m) continue;
        const int expected = last ? last->label.month.number() + 1 : 1;
        if (m->month.number() != expected) return;
        last = named{*m, g.at(row, c)};
    }
    if (!last || last->label.month.number() == 1 || last->label.month.number() == 12) return;
    // Figures go on under a heading that is blank or has digits in it: which month is the last is not known.
    const std::uint32_t next = last->at.column() + 1;
    const std::string heading = g.text(row, next);
    const bool figures =
        row < g.rows() && (g.is_number(row + 1, next) || g.is_number(std::min(row + 2, g.rows()), next));
    if (figures && (heading.empty() || heading.find_first_of("0123456789") != std::string::npos)) return;
    columns_.push_back(*last);
}

template <class T>
void period_reader::two_periods(const T& known, const T& found, const provenance& known_at, const provenance& at) {
    findings_.push_back(
        {"report.two_periods",
         severity::error,
         "the titles name both " + to_string(known) + " and " + to_string(found) + "; the first was taken",
         {known_at, at},
         "correct the title that was left over from another month, or say the month with --month"});
}

void period_reader::settle_month(const std::vector<named>& all) {
    for (const named& m : all) {
        if (!report_.month) {
            report_.month = m.label.month;
            month_at_ = m.at;
        } else if (*report_.month != m.label.month) {
            two_periods(*report_.month, m.label.month, month_at_, m.at);
        }
    }
}

void period_reader::settle_year(financial_year y, const provenance& at) {
    if (!report_.year) {
        report_.year = y;
        year_at_ = at;
    } else if (*report_.year != y) {
        two_periods(*report_.year, y, year_at_, at);
    }
}

/// The heading of a column may name a year before the report's, as last year's figures stand beside this year's; a
/// later one contradicts a year that a title writes, and goes before one that only a date implies.
void period_reader::settle_year_of_headings() {
    const auto latest = std::max_element(years_of_headings_.begin(), years_of_headings_.end(),
                                         [](const year_named& a, const year_named& b) { return a.year < b.year; });
    if (latest == years_of_headings_.end() || (report_.year && latest->year < *report_.year)) return;
    if (years_.empty()) report_.year = latest->year;
    settle_year(latest->year, latest->at);
}

std::optional<riskshare::month> period_reader::numbered() const {
    std::optional<riskshare::month> out;
    for (const named& m : numbered_) {
        if (out && *out != m.label.month) return std::nullopt;
        out = m.label.month;
    }
    return out;
}

void period_reader::settle(const std::optional<riskshare::month>& said, const std::string& file) {
    for (const year_named& y : years_) settle_year(y.year, y.at);
    const std::vector<named>* by = &numbered_;
    if (numbered_.empty()) by = dated_.empty() ? &columns_ : &dated_;
    if (said)
        report_.month = said;
    else
        settle_month(*by);
    for (const auto& [title, sheet] : disagreeing_)
        if (!said) two_periods(title.label.month, sheet.label.month, title.at, sheet.at);
    if (!said && by == &columns_ && report_.month)
        findings_.push_back({"report.month_of_columns",
                             severity::note,
                             "no title names the month; the columns of months end with " + to_string(*report_.month) +
                                 ", which was taken for it",
                             {columns_.front().at},
                             "say another with --month"});
    const std::string title = words::title_of_file(file);
    if (!report_.month)
        if (const std::optional<words::month_said> m = words::month_of(title)) report_.month = m->label.month;
    for (const named& m : *by)
        if (const std::optional<period> p = words::period_said(m.label); p && !report_.year) report_.year = p->year;
    // "Month 8 (November 2025)": the number says the month, the name beside it the year.
    for (const named& m : dated_)
        if (const std::optional<period> p = words::period_said(m.label);
            p && !report_.year && report_.month == p->month)
            report_.year = p->year;
    settle_year_of_headings();
    if (!report_.year) report_.year = words::year_of(title);
}

} // namespace riskshare::templates::detail
