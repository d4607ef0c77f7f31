#include <riskshare/template/finance_report.hpp>

#include "template/finance_sheet.hpp"

#include <riskshare/template/share_workbook.hpp>

#include <algorithm>
#include <utility>

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

/// The month and the year that titles name: "month 3, 2022/23", "M3 System Position", "to 30 June 2022". Two that
/// differ are a finding. A date without a month's number counts only where nothing names one: it may be that of a
/// meeting.
class period_reader {
public:
    period_reader(finance_report& r, std::vector<finding>& f) : report_(r), findings_(f) {}

    void read(const grid& g, const std::string& sheet_name) {
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
            const bool one = std::all_of(months.begin(), months.end(),
                                         [&](const named& m) { return m.month == months.front().month; });
            if (one && !figures && !months.empty()) numbered_.push_back(months.front());
        }
    }

    void settle() {
        for (const named& m : numbered_) settle(report_.month, m.month, m.at, month_at_);
        for (const year_named& y : years_) settle(report_.year, y.year, y.at, year_at_);
        if (!report_.month && !ends_.empty()) {
            for (const period_named& e : ends_) settle(report_.month, e.when.month, e.at, month_at_);
            if (!report_.year) report_.year = ends_.front().when.year;
        }
    }

private:
    struct named {
        riskshare::month month;
        provenance at;
    };
    struct year_named {
        financial_year year;
        provenance at;
    };
    struct period_named {
        period when;
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
        std::erase(words, "");
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (const result<financial_year> y = parse_financial_year(words[i]); y && words[i].size() >= 7)
                years_.push_back({*y, at});
            const bool month_word = (words[i] == "month" || words[i] == "mth") && i + 1 < words.size();
            // "M3 System position" dates a report; "M07" alone is a mitigation's reference.
            const bool short_form = words.size() > 1 && words[i].size() >= 2 && words[i][0] == 'm' &&
                                    riskshare::detail::is_digit(words[i][1]);
            if (month_word || short_form)
                if (const result<month_label> m = parse_month(month_word ? "month " + words[i + 1] : words[i]))
                    months.push_back({m->month, at});
            if (i + 1 < words.size() && words[i + 1].size() == 4 && riskshare::detail::is_letter(words[i][0]) &&
                title.find("meeting") == std::string::npos)
                if (const result<month_label> m = parse_month(words[i] + "-" + words[i + 1]); m && m->calendar_year)
                    ends_.push_back({period_ending(*m), at});
        }
    }

    /// M1 to M9 begin in the year that names them, M10 to M12 in the one before.
    static period period_ending(const month_label& m) {
        return {financial_year{*m.calendar_year - (m.month.number() > 9 ? 1 : 0)}, m.month};
    }

    template <class T>
    void settle(std::optional<T>& known, const T& found, const provenance& at, provenance& known_at) {
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

    finance_report& report_;
    std::vector<finding>& findings_;
    std::vector<named> numbered_;
    std::vector<year_named> years_;
    std::vector<period_named> ends_;
    provenance month_at_, year_at_;
};

using sheet_reader = bool (*)(const found_table&, const read_options&, finance_report&, std::vector<finding>&);

class report_reader {
public:
    report_reader(const workbook::book& b, const read_options& o) : book_(b), options_(o) {}

    finance_report_result read() {
        period_reader periods(out_.report, out_.findings);
        std::vector<grid> grids;
        for (const std::string& name : book_.sheet_names()) {
            grids.emplace_back(book_.read(name), book_.source().name());
            periods.read(grids.back(), name);
        }
        periods.settle();
        for (std::size_t i = 0; i < grids.size(); ++i) read_sheet(grids[i], book_.sheet_names()[i]);
        read_across(grids);
        // Where no part of a report was found, its titles are nobody's business.
        if (out_.report.empty())
            std::erase_if(out_.findings, [](const finding& f) { return f.rule == "report.two_periods"; });
        return std::move(out_);
    }

private:
    void read_sheet(const grid& g, const std::string& name) {
        if (read_aside(g, name)) return;
        bool found = false;
        const bool dashboard = is_about(g, name, "dashboard") || is_about(g, name, "scorecard");
        const bool efficiencies = is_about(g, name, "efficienc");
        const bool measures = is_about(g, name, "capital") || is_about(g, name, "agency");
        if (!dashboard && !efficiencies && may_hold_positions(g)) found = read_positions(g, name, measures);
        if (!found && !dashboard && !efficiencies && !measures && may_hold_positions(g)) unread_.push_back(name);
        if (!found && efficiencies)
            for (const found_table& t : tables(g, detail::efficiency_shape(), "efficiencies"))
                take(t, detail::read_efficiencies);
        if (!dashboard)
            for (const grid& part : detail::side_by_side(g, detail::register_shape()))
                for (const found_table& t : tables(part, detail::register_shape(), "register"))
                    found = take(t, detail::read_register) || found;
        if (is_about(g, name, "intra-system") || is_about(g, name, "agreement of balances"))
            for (const found_table& t : tables(g, detail::trade_shape(), "trades")) take(t, detail::read_trades);
        if (dashboard)
            for (const found_table& t : tables(g, detail::dashboard_shape(), "dashboard", true))
                take(t, detail::read_dashboard);
        if (!dashboard && measures) detail::read_measures(g, found, options_, out_.report, out_.findings);
    }

    /// Sheets with a subject of their own, told by their name or title.
    bool read_aside(const grid& g, const std::string& name) {
        struct subject {
            std::initializer_list<std::string_view> words;
            const shape& (*table)();
            const char* mapped_name;
            sheet_reader read;
        };
        static const subject subjects[] = {
            {{"plan version", "versions of the plan"},
             detail::plan_version_shape,
             "plan_versions",
             detail::read_plan_versions},
            {{"run rate", "run-rate"}, detail::run_rate_shape, "run_rate", detail::read_run_rate},
            {{"assurance", "highlight report"}, detail::assurance_shape, "assurance", detail::read_assurance},
            {{"risk score", "corporate risk", "5 x 5", "5x5"},
             detail::score_shape,
             "risk_scores",
             detail::read_scores}};
        for (const subject& s : subjects) {
            if (std::none_of(s.words.begin(), s.words.end(), [&](auto w) { return is_about(g, name, w); })) continue;
            bool any = false;
            for (const found_table& t : tables(g, s.table(), s.mapped_name)) any = take(t, s.read) || any;
            if (any) return true;
        }
        return false;
    }

    std::vector<found_table> tables(const grid& g, const shape& s, const std::string& mapped_name,
                                    bool rows_name_units = false) {
        layout_options layout;
        layout.rows_name_units = rows_name_units;
        layout.unit_if_none = options_.unit_if_none;
        if (const table_mapping* map = options_.map.table(mapped_name)) layout.map = *map;
        if (!layout.map.sheet.empty() && layout.map.sheet != g.place().sheet()) return {};
        // Totals stand among the lines here, each told by its formula or its label afterwards.
        layout.known_label = [](const std::string&) { return true; };
        layout_result found = find_tables(g, s, layout);
        std::move(found.findings.begin(), found.findings.end(), std::back_inserter(out_.findings));
        return std::move(found.tables);
    }

    bool take(const found_table& t, sheet_reader read_as) {
        if (!read_as(t, options_, out_.report, out_.findings)) return false;
        out_.report.read_as.push_back(describe(t));
        return true;
    }

    /// Bodies that stand across the columns, plan and actual down the rows: only where one sheet is laid out so, as
    /// sheets of several months would be of one month each.
    void read_across(const std::vector<grid>& grids) {
        std::vector<found_table> across;
        if (unread_.empty() || has_agreement(book_)) return;
        const std::vector<finding> before = out_.findings;
        for (const grid& g : grids) {
            const std::string& name = g.place().sheet();
            constexpr std::uint32_t most_lines = 500; // of one body's position
            if (g.rows() > most_lines || std::find(unread_.begin(), unread_.end(), name) == unread_.end()) continue;
            for (const shape& s : detail::plan_and_actual_shapes()) {
                const std::size_t known = across.size();
                for (found_table& t : tables(g.transposed(), s, "position"))
                    if (detail::settle_months(t) && detail::is_of_organisations(t, options_)) across.push_back(t);
                if (across.size() != known) break;
            }
        }
        // What was said of tables that are none is nobody's business; a unit that is missing over bodies' names is.
        std::vector<finding> said = std::exchange(out_.findings, before);
        if (across.size() == 1) take(across.front(), detail::read_organisations);
        for (finding& f : said)
            if (across.empty() && f.severity == severity::error && names_bodies(grids, f)) out_.findings.push_back(f);
    }

    /// Whether the sheet that a finding points at names two bodies or more side by side.
    bool names_bodies(const std::vector<grid>& grids, const finding& f) const {
        return std::any_of(grids.begin(), grids.end(), [&](const grid& g) {
            return !f.at.empty() && g.place().sheet() == f.at.front().sheet() &&
                   detail::bodies_side_by_side(g, options_) > 1;
        });
    }

    /// Every body with columns of its own under its name, and the system with its.
    bool read_bodies(const grid& g) {
        bool any = false;
        for (const detail::body_columns& body : detail::bodies_across(g, options_)) {
            bool read = false;
            for (const shape& s : detail::plan_and_actual_shapes()) {
                for (found_table& t : tables(body.part, s, "position")) {
                    if (read || !detail::settle_months(t)) continue;
                    read = detail::read_body(body, t, options_, out_.report, out_.findings);
                    if (read) out_.report.read_as.push_back(body.name + ": " + describe(t));
                }
                if (read) break;
            }
            any = any || read;
        }
        return any;
    }

    /// Statements and tables of organisations: by the first pair of headings that gives any.
    bool read_positions(const grid& g, const std::string& name, bool measures) {
        if (!measures && read_bodies(g)) return true;
        for (const shape& s : detail::plan_and_actual_shapes()) {
            bool any = false;
            for (found_table& t : tables(g, s, "position")) {
                if (!detail::settle_months(t)) {
                    if (is_about_a_position(g, name)) refuse_months(t);
                    continue;
                }
                const bool organisations = detail::is_of_organisations(t, options_);
                const bool capital = is_about(g, name, "capital") && !is_about_a_position(g, name);
                if (measures && !capital && !organisations) continue; // schemes are no income and expenditure
                any = true;
                say_unread(t);
                if (capital)
                    take(t, detail::read_capital);
                else if (organisations)
                    take(t, detail::read_organisations);
                else if (out_.report.system.empty())
                    take(t, detail::read_statement);
                else
                    refuse_second(t);
            }
            if (any) return true;
        }
        return false;
    }

    static bool is_about_a_position(const grid& g, const std::string& name) {
        return is_about(g, name, "position") || is_about(g, name, "surplus") || is_about(g, name, "i&e") ||
               is_about(g, name, "income and expenditure") || is_about(g, name, "soci");
    }

    void refuse_months(const found_table& t) {
        out_.findings.push_back(
            {"position.no_months",
             severity::error,
             "nothing says whether these figures are of the month or to date, so they were not read",
             {t.at()},
             "write YTD or Month in the headings or the title, or name the columns in a mapping "
             "(--map): [position] columns = { plan = \"B\", actual = \"C\" }"});
    }

    /// Columns of plans or actuals beside those that were read, of months that nothing names.
    void say_unread(const found_table& t) {
        for (const found_column& c : t.columns)
            if (c.field == "bare_plan" || c.field == "bare_actual")
                out_.findings.push_back(
                    {"position.column_not_read",
                     severity::warning,
                     "nothing says of which months the column \"" + c.heading + "\" is, so it was not read",
                     {t.grid.at(t.last_heading, c.column)},
                     "write YTD, Month or Full year in its heading"});
    }

    void refuse_second(const found_table& t) {
        finance_report other;
        std::vector<finding> nobodys;
        if (!detail::read_statement(t, options_, other, nobodys)) return;
        out_.findings.push_back({"report.two_positions",
                                 severity::error,
                                 "a second statement of the position was found and not read",
                                 {t.at()},
                                 "name the sheet to read in a mapping file (--map)"});
    }

    /// Only such a sheet is searched: a heading says plan or budget, another actual or forecast.
    static bool may_hold_positions(const grid& g) {
        bool plan = false, actual = false;
        for (const workbook::cell& c : g.source().cells()) {
            if (c.kind != workbook::cell_kind::text || c.text.size() > 60) continue;
            const std::string f = folded(c.text);
            const auto says = [&](const char* word) { return f.find(word) != std::string::npos; };
            plan = plan || says("plan") || says("bud") || says("buge");
            actual = actual || says("act") || says("forec") || says("fot") || says("outturn");
            if (plan && actual) return true;
        }
        return false;
    }

    const workbook::book& book_;
    const read_options& options_;
    finance_report_result out_;
    std::vector<std::string> unread_; ///< sheets that speak of plan and actual, and gave no table
};

} // namespace

finance_report_result read_finance_report(const workbook::book& book, const read_options& options) {
    return report_reader(book, options).read();
}

} // namespace riskshare::templates
