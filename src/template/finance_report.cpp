#include <riskshare/template/finance_report.hpp>

#include "template/finance_sheet.hpp"

#include <algorithm>
#include <functional>

namespace riskshare::templates {

using riskshare::detail::folded;

namespace {

/// Whether a sheet is about a subject, by its name or one of its first lines.
bool is_about(const grid& g, const std::string& name, std::string_view subject) {
    constexpr std::uint32_t title_rows = 3;
    if (folded(name).find(subject) != std::string::npos) return true;
    for (std::uint32_t row = 1; row <= std::min(g.rows(), title_rows); ++row)
        for (std::uint32_t c = 1; c <= g.columns(); ++c)
            if (folded(g.text(row, c)).find(subject) != std::string::npos && !g.is_number(row, c)) return true;
    return false;
}

/// The month and the year that titles name: "month 3, 2022/23", "M3 System Position". Two that differ are a finding.
class period_reader {
public:
    period_reader(finance_report& r, std::vector<finding>& f) : report_(r), findings_(f) {}

    void read(const grid& g) {
        constexpr std::uint32_t title_rows = 6;
        for (std::uint32_t row = 1; row <= std::min(g.rows(), title_rows); ++row) {
            std::vector<named> months;
            for (std::uint32_t c = 1; c <= g.columns(); ++c)
                if (!g.is_number(row, c)) read_title(folded(g.text(row, c)), g.at(row, c), months);
            // A row that names several months heads columns; it does not date the report.
            const bool one = std::all_of(months.begin(), months.end(),
                                         [&](const named& m) { return m.month == months.front().month; });
            if (one && !months.empty()) settle(report_.month, months.front().month, months.front().at);
        }
    }

private:
    struct named {
        riskshare::month month;
        provenance at;
    };

    void read_title(const std::string& title, const provenance& at, std::vector<named>& months) {
        std::vector<std::string> words{""};
        for (char c : title) {
            if (c == ' ' || c == ',' || c == ':' || c == ';' || c == '(' || c == ')')
                words.emplace_back();
            else
                words.back() += c;
        }
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (const result<financial_year> y = parse_financial_year(words[i]); y && words[i].size() >= 7)
                settle(report_.year, *y, at);
            const bool month_word = words[i] == "month" && i + 1 < words.size();
            // "M3 System position" dates a report; "M07" alone is a mitigation's reference.
            const bool short_form = words.size() > 1 && words[i].size() >= 2 && words[i][0] == 'm' &&
                                    riskshare::detail::is_digit(words[i][1]);
            if (!month_word && !short_form) continue;
            if (const result<month_label> m = parse_month(month_word ? "month " + words[i + 1] : words[i]))
                months.push_back({m->month, at});
        }
    }

    template <class T>
    void settle(std::optional<T>& known, const T& found, const provenance& at) {
        if (!known) {
            known = found;
            at_ = at;
        } else if (*known != found) {
            findings_.push_back(
                {"report.two_periods",
                 severity::error,
                 "the titles name both " + to_string(*known) + " and " + to_string(found) + "; the first was taken",
                 {at_, at},
                 "correct the title that was left over from another month"});
        }
    }

    finance_report& report_;
    std::vector<finding>& findings_;
    provenance at_;
};

using reader = void (*)(const found_table&, const read_options&, finance_report&, std::vector<finding>&);

class report_reader {
public:
    report_reader(const workbook::book& b, const read_options& o) : book_(b), options_(o) {}

    finance_report_result read() {
        period_reader periods(out_.report, out_.findings);
        std::vector<grid> grids;
        for (const std::string& name : book_.sheet_names()) {
            grids.emplace_back(book_.read(name), book_.source().name());
            periods.read(grids.back());
        }
        for (std::size_t i = 0; i < grids.size(); ++i) read_sheet(grids[i], book_.sheet_names()[i]);
        // Where no part of a report was found, its titles are nobody's business.
        if (out_.report.empty())
            std::erase_if(out_.findings, [](const finding& f) { return f.rule == "report.two_periods"; });
        return std::move(out_);
    }

private:
    void read_sheet(const grid& g, const std::string& name) {
        bool found = false;
        const bool dashboard = is_about(g, name, "dashboard");
        if (!dashboard && speaks_to_date(g))
            for (const found_table& t : tables(g, detail::plan_and_actual_shape(), "position")) {
                if (!is_to_date(t)) continue;
                found = true;
                take(t, is_of_organisations(t) ? detail::read_organisations : statement());
            }
        if (!found && is_about(g, name, "efficienc"))
            for (const found_table& t : tables(g, detail::efficiency_shape(), "efficiencies"))
                take(t, detail::read_efficiencies);
        for (const found_table& t : tables(g, detail::register_shape(), "register")) {
            found = true;
            take(t, detail::read_register);
        }
        if (is_about(g, name, "intra-system"))
            for (const found_table& t : tables(g, detail::trade_shape(), "trades")) take(t, detail::read_trades);
        if (dashboard)
            for (const found_table& t : tables(g, detail::dashboard_shape(), "dashboard", unit::pounds))
                take(t, detail::read_dashboard);
        if (!found && !dashboard && (is_about(g, name, "capital") || is_about(g, name, "agency")))
            detail::read_measures(g, options_, out_.report, out_.findings);
    }

    std::vector<found_table> tables(const grid& g, const shape& s, const std::string& mapped_name,
                                    std::optional<unit> unit_if_none = {}) {
        layout_options layout;
        layout.unit_if_none = unit_if_none ? unit_if_none : options_.unit_if_none;
        if (const table_mapping* map = options_.map.table(mapped_name)) layout.map = *map;
        if (!layout.map.sheet.empty() && layout.map.sheet != g.place().sheet()) return {};
        // Totals stand among the lines here, each told by its formula or its label afterwards.
        layout.known_label = [](const std::string&) { return true; };
        layout_result found = find_tables(g, s, layout);
        std::move(found.findings.begin(), found.findings.end(), std::back_inserter(out_.findings));
        return std::move(found.tables);
    }

    void take(const found_table& t, reader read_as) {
        if (read_as == nullptr) {
            out_.findings.push_back({"report.two_positions",
                                     severity::error,
                                     "a second statement of the position was found and not read",
                                     {t.at()},
                                     "name the sheet to read in a mapping file (--map)"});
            return;
        }
        read_as(t, options_, out_.report, out_.findings);
        out_.report.read_as.push_back(describe(t));
    }

    reader statement() const { return out_.report.system.empty() ? detail::read_statement : nullptr; }

    static bool says_to_date(const std::string& text) {
        const std::string f = folded(text);
        for (const char* words : {"ytd", "to date", "cumulative"})
            if (f.find(words) != std::string::npos) return true;
        return false;
    }
    /// Only such a sheet is searched: "Plan" and "Actual" alone head many tables.
    static bool speaks_to_date(const grid& g) {
        constexpr std::uint32_t top_rows = 20;
        for (std::uint32_t row = 1; row <= std::min(g.rows(), top_rows); ++row)
            for (std::uint32_t c = 1; c <= g.columns(); ++c)
                if (!g.is_number(row, c) && says_to_date(g.text(row, c))) return true;
        return false;
    }
    /// A heading, or a line above the table, says that its figures are to date.
    static bool is_to_date(const found_table& t) {
        if (says_to_date(t.column("plan")->heading) || says_to_date(t.column("actual")->heading)) return true;
        for (std::uint32_t row = 1; row < t.first_heading; ++row)
            for (std::uint32_t c = 1; c <= t.grid.columns(); ++c)
                if (says_to_date(t.grid.text(row, c))) return true;
        return false;
    }

    /// Every row names a body or a total, and at least one a body: then it is not a statement of income and
    /// expenditure.
    bool is_of_organisations(const found_table& t) const {
        bool any = false;
        for (const found_row& row : t.rows) {
            const bool body =
                options_.directory.recognise(row.label).has_value() || options_.map.organisations.count(row.label) != 0;
            any = any || body;
            const bool figures = !t.grid.blank(row.row, t.column("actual")->column);
            if (figures && !body && !names_a_total(row.label)) return false;
        }
        return any;
    }

    const workbook::book& book_;
    const read_options& options_;
    finance_report_result out_;
};

} // namespace

finance_report_result read_finance_report(const workbook::book& book, const read_options& options) {
    return report_reader(book, options).read();
}

filled_actuals fill_actuals(const finance_report& report, const std::vector<new_actual>& actuals) {
    filled_actuals out;
    const auto refuse = [&](const char* rule, const std::string& message, const provenance& at) {
        finding f{rule, severity::error, message};
        if (at.known()) f.at = {at};
        out.findings.push_back(std::move(f));
    };
    for (const new_actual& a : actuals) {
        const auto& lines = report.system.lines();
        const auto line = std::find_if(lines.begin(), lines.end(),
                                       [&](const position_line& l) { return folded(l.label) == folded(a.label); });
        if (line == lines.end()) {
            refuse("fill.no_line", "the position has no line \"" + a.label + "\"", {});
            continue;
        }
        const line_place& place = report.places[static_cast<std::size_t>(line - lines.begin())];
        if (place.actual_is_formula) {
            refuse("fill.formula", "\"" + line->label + "\" is worked out by a formula, which stays", place.actual);
            continue;
        }
        const int places = power_of_ten(place.unit) + 2;
        const decimal value = rounded(a.amount, place.unit, places, rounding::half_even);
        if (exact(value, place.unit) != a.amount) {
            refuse("fill.fraction", to_string(a.amount) + " pounds is no whole number of pence", place.actual);
            continue;
        }
        out.edits.push_back({place.actual.sheet(),
                             {place.actual.row(), place.actual.column()},
                             workbook::edit::what::number,
                             to_string(value.normalised())});
    }
    return out;
}

} // namespace riskshare::templates
