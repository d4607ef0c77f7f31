// Holds the titles of a sheet against the month and year that are shared.
#include "template/share_periods.hpp"

#include "template/share_sheet.hpp"
#include "template/words/months.hpp"

namespace riskshare::templates {

std::optional<month> month_of_position_sheet(const workbook::book& book, const std::string& sheet) {
    if (!has_text(riskshare::detail::folded(sheet), "position")) return std::nullopt;
    if (const std::optional<month> m = month_named_in(sheet)) return m;
    for (const workbook::cell& c : book.read(sheet).cells())
        if (c.at.row <= 3 && c.kind == workbook::cell_kind::text)
            if (const std::optional<month> m = month_named_in(std::string(c.text))) return m;
    return std::nullopt;
}

std::vector<finding> titles_of_another_period(const std::vector<sheet_title>& titles, const period& when) {
    std::vector<finding> out;
    const auto error = [&](const char* rule, std::string message, const provenance& at, std::string advice) {
        out.push_back({rule, severity::error, std::move(message), {at}, std::move(advice)});
    };
    for (const sheet_title& t : titles) {
        const std::optional<month> m = month_named_in(t.text);
        const std::optional<financial_year> year = words::year_of(t.text);
        if (m && *m != when.month)
            error("share.two_months",
                  "the position is to be that of " + to_string(when.month) + ", and \"" + t.text + "\" says " +
                      to_string(*m),
                  t.at, "correct the title or the sheet's name, or give the workbook of that month");
        if (year && *year != when.year)
            error("share.two_years",
                  "the agreement is for " + to_string(when.year) + ", and \"" + t.text + "\" says " + to_string(*year),
                  t.at, "give the workbook of that year, or correct the title; an agreement is for one year only");
    }
    return out;
}

} // namespace riskshare::templates
