#include <riskshare/template/finance_report.hpp>

#include "template/finance_sheet.hpp"
#include "template/report_period.hpp"

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

using sheet_reader = bool (*)(const found_table&, const read_options&, finance_report&, std::vector<finding>&);

class report_reader {
public:
    report_reader(const workbook::book& b, const read_options& o) : book_(b), options_(o) {}

    finance_report_result read() {
        detail::period_reader periods(out_.report, out_.findings);
        std::vector<grid> grids;
        for (const std::string& name : book_.sheet_names()) {
            grids.emplace_back(book_.read(name), book_.source().name());
            periods.read(grids.back(), name);
        }
        periods.settle();
        for (std::size_t i = 0; i < grids.size(); ++i) read_sheet(grids[i], book_.sheet_names()[i]);
        read_across(grids);
        read_against_control_totals(grids);
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

    /// Bodies held against their control totals, where no table holds them against their plans.
    void read_against_control_totals(const std::vector<grid>& grids) {
        if (!out_.report.organisations.empty() || has_agreement(book_)) return;
        for (const grid& sheet : grids) {
            if (!names_control_totals(sheet)) continue;
            bool read = false;
            for (const grid& g : {sheet, sheet.transposed()})
                for (const shape& s : detail::control_total_shapes()) {
                    if (read) break;
                    const std::vector<finding> before = out_.findings;
                    std::vector<found_table> found = tables(g, s, "position");
                    std::erase_if(found, [&](found_table& t) {
                        return !detail::settle_months(t) || !detail::is_of_organisations(t, options_);
                    });
                    if (found.empty())
                        out_.findings = before; // a table without its unit is told as one of control totals
                    for (const found_table& t : found) read = take(t, detail::read_organisations) || read;
                }
        }
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

    static bool names_control_totals(const grid& g) {
        return std::any_of(g.source().cells().begin(), g.source().cells().end(), [](const workbook::cell& c) {
            if (c.kind != workbook::cell_kind::text || c.text.size() > 60) return false;
            const std::string f = folded(c.text);
            return f.find("control total") != std::string::npos || f == "ct";
        });
    }

    /// Only such a sheet is searched: a heading says plan or budget, another actual or forecast.
    static bool may_hold_positions(const grid& g) {
        bool plan = false, actual = false;
        for (const workbook::cell& c : g.source().cells()) {
            if (c.kind != workbook::cell_kind::text || c.text.size() > 60) continue;
            const std::string f = folded(c.text);
            const auto says = [&](const char* word) { return f.find(word) != std::string::npos; };
            plan = plan || says("plan") || says("bud") || says("buge");
            actual = actual || says("act") || says("acut") || says("forec") || says("fot") || says("outturn");
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
