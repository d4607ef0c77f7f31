#include <riskshare/template/finance_report.hpp>

#include "template/finance_sheet.hpp"
#include "template/report_period.hpp"
#include "template/risk_sheets.hpp"
#include "template/solve/from_cube.hpp"
#include "template/words/vocabulary.hpp"

#include <riskshare/figures.hpp>
#include <riskshare/template/share_workbook.hpp>

#include <algorithm>
#include <memory>
#include <set>

namespace riskshare::templates {

namespace {

using words::term;
using words::term_set;

/// What a sheet is about, by its name and its first lines.
term_set subjects_of(const grid& g, const std::string& name, const words::vocabulary& vocabulary) {
    constexpr std::uint32_t title_rows = 3;
    term_set out = vocabulary.terms_in(name);
    for (std::uint32_t row = 1; row <= std::min(g.rows(), title_rows); ++row)
        for (std::uint32_t c = 1; c <= g.columns(); ++c)
            if (!g.is_number(row, c))
                for (const words::said& s : vocabulary.in(g.text(row, c))) out.add(s.what);
    return out;
}

using sheet_reader = bool (*)(const found_table&, const read_options&, finance_report&, std::vector<finding>&);
using findings = std::vector<finding>;

void add(findings& to, findings more) { std::move(more.begin(), more.end(), std::back_inserter(to)); }

class report_reader {
public:
    report_reader(const workbook::book& b, const read_options& o)
        : book_(b), options_(o), vocabulary_(words::vocabulary_of(o.map.words)),
          positions_(detail::plan_and_actual_shapes(vocabulary_)),
          control_totals_(detail::control_total_shapes(vocabulary_)) {}

    finance_report_result read() {
        detail::period_reader periods(out_.report);
        std::vector<grid> grids;
        for (const std::string& name : book_.sheet_names()) grids.emplace_back(book_.read(name), book_.source().name());
        const std::optional<month> asked = month_asked(grids);
        leave_other_months(grids, asked);
        for (const grid& g : grids) periods.read(g, g.place().sheet());
        periods.settle(asked, book_.source().name());
        solve_tables(grids);
        for (const grid& g : grids)
            if (is_of_schemes(g.place().sheet()))
                read_beside_schemes(g, g.place().sheet());
            else
                read_sheet(g, g.place().sheet());
        read_across(grids);
        read_against_control_totals(grids);
        say_sheets_not_read(grids);
        say_no_month();
        // Where no part of a report was found, its titles are nobody's business.
        if (!out_.report.empty())
            out_.findings.insert(out_.findings.begin(), periods.findings().begin(), periods.findings().end());
        return std::move(out_);
    }

private:
    /// Tables that a description fits; what they hold is blank to every other reader.
    void solve_tables(std::vector<grid>& grids) {
        if (has_agreement(book_)) return;
        solve::meanings meaning_of(*vocabulary_, options_.directory, book_.dates_from_1904());
        const solve::solving how{meaning_of, options_.unit_if_none, out_.report.month};
        const auto body = [&](const std::string& name, const provenance& at) {
            return detail::body_at(name, at, options_, out_.report, out_.findings);
        };
        for (grid& g : grids) {
            const std::string sheet = g.place().sheet();
            if (is_of_schemes(sheet) || subjects_of(g, sheet, *vocabulary_).has(term::about_dashboard)) continue;
            solve::solved_sheet solved = solve::solve(g, sheet, how);
            add(out_.findings, std::move(solved.findings));
            for (const solve::solved_table& t : solved.tables) solve::add_to(out_.report, t, body, out_.findings);
            for (const workbook::range& taken : solved.taken) g = g.without(taken);
            if (!solved.taken.empty()) read_from_.insert(sheet);
        }
    }

    /// A sheet that says what it is of, and gave nothing, beside others that were read.
    void say_sheets_not_read(const std::vector<grid>& grids) {
        if (out_.report.empty()) return;
        finding f{"report.sheet_not_read", severity::warning, ""};
        for (const grid& g : grids) {
            const std::string sheet = g.place().sheet();
            const auto of_sheet = [&](const provenance& at) { return at.sheet() == sheet; };
            const bool said = std::any_of(out_.findings.begin(), out_.findings.end(), [&](const finding& known) {
                return std::any_of(known.at.begin(), known.at.end(), of_sheet);
            });
            if (said || is_of_schemes(sheet) || read_from_.count(sheet) != 0 || !speaks_of_a_report(g)) continue;
            f.at.push_back(g.place());
            f.message += (f.message.empty() ? "\"" : ", \"") + sheet + "\"";
        }
        if (f.at.empty()) return;
        f.message = "nothing was read from " + f.message + ", which " + (f.at.size() == 1 ? "speaks" : "speak") +
                    " of a part of the report";
        f.advice = "look for a heading that is missing or misspelt, or place the table in a mapping (--map)";
        out_.findings.push_back(std::move(f));
    }

    /// Without its month nothing can be drawn out to the year's end.
    void say_no_month() {
        const finance_report& r = out_.report;
        const bool of_lines = !r.system.empty() && r.system.lines().front().to_date.actual;
        const bool of_bodies = !r.organisations.empty() && r.organisations.front().to_date.actual;
        if (!r.month && (of_lines || of_bodies))
            out_.findings.push_back(
                {"report.no_month",
                 severity::note,
                 "nothing names the month of the report, so no straight line is drawn to the year's "
                 "end",
                 {provenance(book_.source().name(), "")},
                 "write the month in a title, such as \"Month 4 2024/25\", or say it with --month"});
    }

    /// By its name or its first lines, and with amounts enough for a table.
    bool speaks_of_a_report(const grid& g) const {
        constexpr std::size_t least = 3;
        std::size_t numbers = 0;
        for (const workbook::cell& c : g.source().cells())
            numbers += c.kind == workbook::cell_kind::number && !g.source().is_date(c);
        const term_set about = subjects_of(g, g.place().sheet(), *vocabulary_);
        return numbers >= least &&
               (about.has_any({term::about_position, term::efficiency, term::about_capital, term::about_dashboard,
                               term::about_trades, term::about_run_rate, term::about_risk_scores}) ||
                riskshare::detail::folded(g.place().sheet()).find("mitigation") != std::string::npos);
    }

    static std::optional<month> month_numbered(const grid& g) {
        finance_report nobodys;
        detail::period_reader one(nobodys);
        one.read(g, g.place().sheet());
        return one.numbered();
    }

    /// The month that was said, or that of the sheet which a mapping names for the position.
    std::optional<month> month_asked(const std::vector<grid>& grids) const {
        const table_mapping* map = options_.map.table("position");
        if (options_.month || map == nullptr || map->sheet.empty()) return options_.month;
        for (const grid& g : grids)
            if (g.place().sheet() == map->sheet) return month_numbered(g);
        return std::nullopt;
    }

    /// Where a sheet names the month that was asked for, those that name another are not read.
    void leave_other_months(std::vector<grid>& grids, const std::optional<month>& asked) {
        if (!asked) return;
        std::vector<std::optional<month>> months;
        for (const grid& g : grids) months.push_back(month_numbered(g));
        if (std::find(months.begin(), months.end(), asked) == months.end()) return;
        finding f{"report.other_month", severity::note, ""};
        std::vector<grid> kept;
        for (std::size_t i = 0; i < grids.size(); ++i) {
            if (!months[i] || *months[i] == *asked)
                kept.push_back(grids[i]);
            else
                f.at.push_back(grids[i].place());
        }
        if (f.at.empty()) return;
        f.message = std::to_string(f.at.size()) + (f.at.size() == 1 ? " sheet names" : " sheets name") +
                    " another month than " + to_string(*asked) + ", and " + (f.at.size() == 1 ? "was" : "were") +
                    " not read";
        f.advice = "ask for another month with --month";
        out_.findings.push_back(std::move(f));
        grids = std::move(kept);
    }

    bool is_of_schemes(const std::string& sheet) const {
        return std::find(options_.sheets_of_schemes.begin(), options_.sheets_of_schemes.end(), sheet) !=
               options_.sheets_of_schemes.end();
    }

    /// A sheet of schemes is tried by itself: what is doubtful there counts only where it gives a figure of a report.
    void read_beside_schemes(const grid& g, const std::string& name) {
        report_reader beside(*this);
        beside.out_.findings.clear();
        beside.read_sheet(g, name);
        if (figures_in(beside.out_.report) == figures_in(out_.report)) return;
        out_.report = std::move(beside.out_.report);
        read_from_ = std::move(beside.read_from_);
        add(out_.findings, std::move(beside.out_.findings));
    }

    static std::size_t figures_in(const finance_report& r) {
        std::size_t n = 0;
        each_figure(r, [&n](const stated_figure&) { ++n; });
        return n;
    }

    void read_sheet(const grid& g, const std::string& name) {
        const term_set about = subjects_of(g, name, *vocabulary_);
        if (read_aside(g, about)) return;
        bool found = false;
        const bool dashboard = about.has(term::about_dashboard);
        const bool efficiencies = about.has(term::efficiency);
        const bool measures = about.has_any({term::about_capital, term::about_agency});
        if (!dashboard && !efficiencies && may_hold_positions(g)) found = read_positions(g, about, measures);
        if (!found && !dashboard && !efficiencies && !measures && may_hold_positions(g)) unread_.push_back(name);
        if (!found && efficiencies) read_efficiencies(g);
        if (!dashboard) found = read_risks(g) || found;
        if (about.has(term::about_trades))
            for (const found_table& t : tables(g, detail::trade_shape(), "trades", out_.findings))
                take(t, detail::read_trades);
        if (dashboard)
            for (const found_table& t : tables(g, detail::dashboard_shape(), "dashboard", out_.findings, true))
                take(t, detail::read_dashboard);
        if (!dashboard && measures) {
            read_from_.insert(name);
            detail::read_measures(g, found, options_, out_.report, out_.findings);
        }
    }

    /// By rows, else by columns.
    void read_efficiencies(const grid& sheet) {
        findings turned;
        for (const grid& g : {sheet, sheet.transposed()}) {
            findings& about = g.is_transposed() ? turned : out_.findings;
            bool any = false;
            for (const found_table& t : tables(g, detail::efficiency_shape(), "efficiencies", about))
                any = take(t, detail::read_efficiencies) || any;
            if (any && g.is_transposed()) add(out_.findings, std::move(turned));
            if (any || has_errors(about)) return;
        }
    }

    /// A register of risks: with references, else by its descriptions, else net risk body by body.
    bool read_risks(const grid& g) {
        bool found = false;
        for (const shape* s : {&detail::register_shape(), &detail::register_without_references()}) {
            for (const grid& part : detail::side_by_side(g, *s))
                for (const found_table& t : tables(part, *s, "register", out_.findings))
                    found = take(t, detail::read_register) || found;
            if (found) return true;
        }
        for (const found_table& t : tables(g, detail::net_risk_shape(), "net_risk", out_.findings))
            found = take(t, detail::read_net_risk) || found;
        return found;
    }

    /// Sheets with a subject of their own, told by their name or title.
    bool read_aside(const grid& g, const term_set& about) {
        struct subject {
            term what;
            const shape& (*table)();
            const char* mapped_name;
            sheet_reader read;
        };
        static const subject subjects[] = {
            {term::about_plan_versions, detail::plan_version_shape, "plan_versions", detail::read_plan_versions},
            {term::about_run_rate, detail::run_rate_shape, "run_rate", detail::read_run_rate},
            {term::about_assurance, detail::assurance_shape, "assurance", detail::read_assurance},
            {term::about_risk_scores, detail::score_shape, "risk_scores", detail::read_scores}};
        for (const subject& s : subjects) {
            if (!about.has(s.what)) continue;
            bool any = false;
            for (const found_table& t : tables(g, s.table(), s.mapped_name, out_.findings))
                any = take(t, s.read) || any;
            if (any) return true;
        }
        return false;
    }

    std::vector<found_table> tables(const grid& g, const shape& s, const std::string& mapped_name, findings& about,
                                    bool rows_name_units = false) {
        layout_options layout;
        layout.rows_name_units = rows_name_units;
        layout.unit_if_none = options_.unit_if_none;
        if (const table_mapping* map = options_.map.table(mapped_name)) layout.map = *map;
        if (!layout.map.sheet.empty() && layout.map.sheet != g.place().sheet()) return {};
        // Totals stand among the lines here, each told by its formula or its label afterwards.
        layout.known_label = [](const std::string&) { return true; };
        layout_result found = find_tables(g, s, layout);
        add(about, std::move(found.findings));
        return std::move(found.tables);
    }

    bool take(const found_table& t, sheet_reader read_as) {
        if (!read_as(t, options_, out_.report, out_.findings)) return false;
        read_from_.insert(t.grid.place().sheet());
        out_.report.read_as.push_back(describe(t));
        return true;
    }

    /// Bodies that stand across the columns, plan and actual down the rows: only where one sheet is laid out so, as
    /// sheets of several months would be of one month each.
    void read_across(const std::vector<grid>& grids) {
        std::vector<found_table> across, lines;
        if (unread_.empty() || has_agreement(book_)) return;
        findings about; // tables that turn out to be none are nobody's business
        for (const grid& g : grids) {
            const std::string& name = g.place().sheet();
            constexpr std::uint32_t most_lines = 500; // of one body's position
            if (g.rows() > most_lines || std::find(unread_.begin(), unread_.end(), name) == unread_.end()) continue;
            for (const shape& s : positions_) {
                const std::size_t known = across.size() + lines.size();
                for (found_table& t : tables(g.transposed(), s, "position", about)) {
                    if (!detail::settle_months(t, *vocabulary_)) continue;
                    const bool spent = detail::shows_spending(t);
                    const bool bodies = !spent && detail::is_of_organisations(t, options_);
                    if (bodies || spent || is_statement(t)) (bodies ? across : lines).push_back(t);
                }
                if (across.size() + lines.size() != known) break;
            }
        }
        if (across.size() == 1) take(across.front(), detail::read_organisations);
        if (across.empty() && lines.size() == 1 && out_.report.system.empty()) {
            say_unread(lines.front());
            take(lines.front(), detail::read_statement);
        }
        if (!across.empty() || !lines.empty()) return;
        // A unit that is missing over bodies' names is worth saying.
        for (finding& f : about)
            if (f.severity == severity::error && names_bodies(grids, f)) out_.findings.push_back(std::move(f));
    }

    /// Whether the table can be read as a statement without a doubt.
    bool is_statement(const found_table& t) const {
        finance_report other;
        findings nobodys;
        return detail::read_statement(t, options_, other, nobodys) && !other.system.empty();
    }

    /// Bodies held against their control totals, where no table holds them against their plans.
    void read_against_control_totals(const std::vector<grid>& grids) {
        if (!out_.report.organisations.empty() || has_agreement(book_)) return;
        for (const grid& sheet : grids) {
            if (!names_control_totals(sheet)) continue;
            bool read = false;
            for (const grid& g : {sheet, sheet.transposed()})
                for (const shape& s : control_totals_) {
                    if (read) break;
                    findings about; // a table without its unit is told as one of control totals
                    std::vector<found_table> found = tables(g, s, "position", about);
                    std::erase_if(found, [&](found_table& t) {
                        return !detail::settle_months(t, *vocabulary_) || !detail::is_of_organisations(t, options_);
                    });
                    if (!found.empty()) add(out_.findings, std::move(about));
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
            for (const shape& s : positions_) {
                for (found_table& t : tables(body.part, s, "position", out_.findings)) {
                    if (read || !detail::settle_months(t, *vocabulary_)) continue;
                    read = detail::read_body(body, t, options_, out_.report, out_.findings);
                    if (read) read_from_.insert(g.place().sheet());
                    if (read) out_.report.read_as.push_back(body.name + ": " + describe(t));
                }
                if (read) break;
            }
            any = any || read;
        }
        return any;
    }

    /// Statements and tables of organisations: by the first pair of headings that gives any.
    bool read_positions(const grid& g, const term_set& about, bool measures) {
        if (!measures && read_bodies(g)) return true;
        const bool of_position = about.has_any({term::about_position, term::surplus_or_deficit});
        for (const shape& s : positions_) {
            bool any = false;
            // A plan beside a forecast may be of anything: what is doubtful there is nobody's business.
            findings nobodys;
            const bool forecasts = &s == &positions_.back();
            for (found_table& t : tables(g, s, "position", forecasts ? nobodys : out_.findings)) {
                if (!detail::settle_months(t, *vocabulary_)) {
                    if (!take_bodies_to_date(t)) {
                        if (of_position) refuse_months(t);
                        continue;
                    }
                }
                const bool spent = detail::shows_spending(t) ||
                                   (about.has(term::spending) &&
                                    !about.has_any({term::surplus_or_deficit, term::result, term::about_position}));
                const bool organisations = !spent && detail::is_of_organisations(t, options_);
                const bool capital = about.has(term::about_capital) && !of_position;
                if (measures && !capital && !organisations) continue; // schemes are no income and expenditure
                if (about.has(term::about_savings) && !speaks_of_a_result(t, about)) continue; // nor are savings
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

    /// On a sheet about savings, plan and actual are of savings unless a title or a line speaks of surplus or deficit.
    bool speaks_of_a_result(const found_table& t, const term_set& about) const {
        return about.has(term::surplus_or_deficit) ||
               std::any_of(t.rows.begin(), t.rows.end(), [&](const found_row& row) {
                   return vocabulary_->says(row.label, term::surplus_or_deficit);
               });
    }

    /// What bodies come to in a report that names its month is to date, where nothing says otherwise: nobody heads a
    /// table of bodies with "Month 9" and means that month alone. Said, as it is an assumption.
    bool take_bodies_to_date(found_table& t) {
        if (!out_.report.month || detail::shows_spending(t) || !detail::is_of_organisations(t, options_) ||
            !detail::take_to_date(t))
            return false;
        out_.findings.push_back({"position.months_assumed",
                                 severity::warning,
                                 "nothing says whether these figures are of the month or to date, so they were taken "
                                 "to be to date, at " +
                                     to_string(*out_.report.month),
                                 {t.at()},
                                 "write YTD, Month or Full year in the headings or the title"});
        return true;
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

    bool names_control_totals(const grid& g) const {
        return std::any_of(g.source().cells().begin(), g.source().cells().end(), [&](const workbook::cell& c) {
            return c.kind == workbook::cell_kind::text && c.text.size() <= most_of_a_heading &&
                   vocabulary_->says(c.text, term::about_control_totals);
        });
    }

    /// Only such a sheet is searched: a heading says plan or budget, another actual, forecast or spend.
    bool may_hold_positions(const grid& g) const {
        bool plan = false, actual = false;
        for (const workbook::cell& c : g.source().cells()) {
            if (c.kind != workbook::cell_kind::text || c.text.size() > most_of_a_heading) continue;
            for (const words::said& s : vocabulary_->in(c.text)) {
                plan =
                    plan || s.what == term::plan || s.what == term::plan_weakly || s.what == term::about_control_totals;
                actual = actual || s.what == term::actual || s.what == term::forecast || s.what == term::spending;
            }
            if (plan && actual) return true;
        }
        return false;
    }

    static constexpr std::size_t most_of_a_heading = 60; // characters

    const workbook::book& book_;
    const read_options& options_;
    std::shared_ptr<const words::vocabulary> vocabulary_;
    std::vector<shape> positions_, control_totals_;
    finance_report_result out_;
    std::set<std::string> read_from_; ///< sheets of which a table was taken
    std::vector<std::string> unread_; ///< sheets that speak of plan and actual, and gave no table
};

} // namespace

finance_report_result read_finance_report(const workbook::book& book, const read_options& options) {
    return report_reader(book, options).read();
}

} // namespace riskshare::templates
