#include "figures_read.hpp"
#include "load.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/template/finance_report.hpp>
#include <riskshare/template/tracker_sheet.hpp>

namespace riskshare::answers {

namespace {

class figure_finder {
public:
    figure_finder(const workbook::book& b, const provenance& at, const organisation_directory& directory)
        : book_(b), at_(at), directory_(directory) {}

    std::vector<std::string> find() {
        templates::read_options options;
        options.directory = directory_;
        of_model(templates::read_workbook(book_, options).read);
        of_report(templates::read_finance_report(book_, options).report);
        of_tracker();
        return std::move(out_);
    }

private:
    void look(const std::string& what, const cell_figure& f) {
        if (f && f->at() == at_)
            out_.push_back(what + ": " + accounting(f->value(), f->unit(), f->written().places()) + " in " +
                           to_string(f->unit()));
    }

    void of_model(const model& m) {
        if (m.savings)
            for (const auto* rows : {&m.savings->plans, &m.savings->printed_totals})
                for (const savings_plan& p : *rows) {
                    const std::string of = "savings plan of " + p.organisation;
                    for (rating r : ratings) look(of + ", " + to_string(r), p.of(r));
                    look(of + ", printed total", p.printed_total);
                    look(of + ", printed risk", p.printed_risk);
                }
        if (m.control_totals)
            for (const auto* rows : {&m.control_totals->organisations, &m.control_totals->printed_totals})
                for (const control_total& c : *rows) {
                    look("gross control total of " + c.organisation, c.gross);
                    look("centralised funding of " + c.organisation, c.centralised_funding);
                    look("control total of " + c.organisation, c.printed);
                    look("net unmitigated risk of " + c.organisation, c.net_unmitigated_risk);
                }
    }

    void of_plan_and_actual(const std::string& of, const plan_and_actual& f) {
        look(of + ", plan", f.plan);
        look(of + ", actual", f.actual);
        look(of + ", printed variance", f.printed_variance);
    }

    void of_report(const finance_report& r) {
        for (const position_line& l : r.system.lines()) {
            of_plan_and_actual("system position, \"" + l.label + "\" in month", l.in_month);
            of_plan_and_actual("system position, \"" + l.label + "\" to date", l.to_date);
            of_plan_and_actual("system position, \"" + l.label + "\" full year", l.full_year);
        }
        for (const organisation_position& o : r.organisations) {
            of_plan_and_actual("position of " + o.organisation + " to date", o.to_date);
            of_plan_and_actual("position of " + o.organisation + " full year", o.full_year);
        }
        for (const efficiency_line& e : r.efficiencies)
            of_plan_and_actual("efficiencies of " + e.organisation, e.full_year);
        for (const dashboard_row& d : r.dashboard) {
            look("dashboard, " + d.measure + ", plan", d.plan);
            look("dashboard, " + d.measure + ", actual", d.actual);
        }
        look("agency spend to date", r.agency_to_date);
        look("agency cap", r.agency_cap);
    }

    void of_tracker() {
        templates::tracker_options options;
        options.directory = directory_;
        const templates::tracker_reading t = templates::read_tracker(book_, options);
        for (const templates::tracker_table& table : t.tables) {
            if (table.sheet != at_.sheet()) continue;
            for (const templates::tracker_column& c : table.columns) {
                if (c.column != at_.column()) continue;
                for (std::size_t i = 0; i < t.read.size(); ++i)
                    if (const scheme s = t.read[i]; s.at.sheet() == at_.sheet() && s.at.row() == at_.row())
                        out_.push_back("scheme " + (s.reference.empty() ? s.name : s.reference) + " of " +
                                       s.organisation + ", " + c.id);
            }
        }
    }

    const workbook::book& book_;
    const provenance& at_;
    const organisation_directory& directory_;
    std::vector<std::string> out_;
};

} // namespace

std::vector<std::string> figures_read_at(const workbook::book& book, const provenance& at,
                                         const organisation_directory& directory) {
    return figure_finder(book, at, directory).find();
}

} // namespace riskshare::answers
