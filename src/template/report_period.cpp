#include "template/report_period.hpp"

#include <riskshare/parse_period.hpp>

#include <algorithm>

namespace riskshare::templates::detail {

using riskshare::detail::folded;

namespace {

/// M1 to M9 begin in the year that names them, M10 to M12 in the one before.
period period_ending(const month_label& m) {
    return {financial_year{*m.calendar_year - (m.month.number() > 9 ? 1 : 0)}, m.month};
}

} // namespace

void period_reader::read(const grid& g, const std::string& sheet_name) {
    std::vector<named> in_name;
    read_title(folded(sheet_name), g.place(), in_name);
    if (in_name.size() == 1) numbered_.push_back(in_name.front());
    constexpr std::uint32_t title_rows = 6;
    for (std::uint32_t row = 1; row <= std::min(g.rows(), title_rows); ++row) {
        std::vector<named> months;
        bool figures = false;
        for (std::uint32_t c = 1; c <= g.columns(); ++c) {
            figures = figures || g.is_number(row, c);
            if (!g.is_number(row, c)) read_title(folded(g.text(row, c)), g.at(row, c), months);
        }
        // A row that names several months heads columns, and one with figures is data: neither dates the report.
        const bool one =
            std::all_of(months.begin(), months.end(), [&](const named& m) { return m.month == months.front().month; });
        if (one && !figures && !months.empty()) numbered_.push_back(months.front());
    }
}

template <class T>
void period_reader::settle(std::optional<T>& known, const T& found, const provenance& at, provenance& known_at) {
    if (!known) {
        known = found;
        known_at = at;
    } else if (*known != found) {
        findings_.push_back(
            {"report.two_periods",
             severity::error,
             "the titles name both " + to_string(*known) + " and " + to_string(found) + "; the first was taken",
             {known_at, at},
             "correct the title that was left over from another month"});
    }
}

void period_reader::settle() {
    for (const named& m : numbered_) settle(report_.month, m.month, m.at, month_at_);
    for (const year_named& y : years_) settle(report_.year, y.year, y.at, year_at_);
    if (!report_.month && !ends_.empty()) {
        for (const period_named& e : ends_) settle(report_.month, e.when.month, e.at, month_at_);
        if (!report_.year) report_.year = ends_.front().when.year;
    }
}

void period_reader::read_title(const std::string& title, const provenance& at, std::vector<named>& months) {
    std::vector<std::string> words{""};
    for (char c : title) {
        if (c == ' ' || c == ',' || c == ':' || c == ';' || c == '(' || c == ')')
            words.emplace_back();
        else
            words.back() += c;
    }
    std::erase(words, "");
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (const result<financial_year> y = parse_financial_year(words[i]); y && words[i].size() >= 7)
            years_.push_back({*y, at});
        const bool month_word = (words[i] == "month" || words[i] == "mth") && i + 1 < words.size();
        // "M3 System position" dates a report; "M07" alone is a mitigation's reference.
        const bool short_form =
            words.size() > 1 && words[i].size() >= 2 && words[i][0] == 'm' && riskshare::detail::is_digit(words[i][1]);
        if (month_word || short_form)
            if (const result<month_label> m = parse_month(month_word ? "month " + words[i + 1] : words[i]))
                months.push_back({m->month, at});
        if (i + 1 < words.size() && words[i + 1].size() == 4 && riskshare::detail::is_letter(words[i][0]) &&
            title.find("meeting") == std::string::npos)
            if (const result<month_label> m = parse_month(words[i] + "-" + words[i + 1]); m && m->calendar_year)
                ends_.push_back({period_ending(*m), at});
    }
}

} // namespace riskshare::templates::detail
