// Reports that several files give of the same month, made one; and what an answer of the last month does not show.
#ifndef RISKSHARE_JOIN_REPORTS_HPP
#define RISKSHARE_JOIN_REPORTS_HPP

#include <riskshare/finance_report.hpp>
#include <riskshare/finding.hpp>

#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace riskshare {

/// One report a month. What one file gives and another does not stands together: the position of one workbook, the
/// register of another. A part that two files give of the same month is added where they speak of different bodies or
/// items, else it is a finding of severity error ("report.two_readings") and the first stands. A report that names no
/// month is taken as of the last month that another names, with a warning ("report.month_taken").
/// \pre in order of time, those without a month last (`put_in_order_of_time`)
std::vector<finance_report> joined_by_month(std::vector<finance_report>, std::vector<finding>&);

/// A warning ("report.older_month") for each part that the last report does not have and an earlier one has: an answer
/// of the last month does not show it.
std::vector<finding> left_in_older_months(const std::vector<finance_report>&);

// ---------------------------------------------------------------------------------------------------------------------

namespace detail {

inline provenance place_of(const plan_and_actual& f) {
    for (const cell_figure* figure : {&f.plan, &f.actual})
        if (*figure) return (*figure)->at();
    return {};
}

inline provenance place_of(const position& p) {
    for (const position_line& l : p.lines())
        for (const plan_and_actual* f : {&l.to_date, &l.in_month, &l.full_year})
            if (const provenance at = place_of(*f); at.known()) return at;
    return {};
}

inline provenance place_of(const std::vector<organisation_position>& bodies) {
    for (const organisation_position& o : bodies)
        for (const plan_and_actual* f : {&o.to_date, &o.full_year, &o.in_month})
            if (const provenance at = place_of(*f); at.known()) return at;
    return {};
}

inline provenance place_of(const std::vector<efficiency_line>& lines) {
    for (const efficiency_line& e : lines)
        if (const provenance at = place_of(e.full_year); at.known()) return at;
    return {};
}

inline provenance place_of(const capital_position& c) {
    for (const cell_figure* f : {&c.spent, &c.limit, &c.forecast, &c.plan_to_date, &c.plan_for_year})
        if (*f) return (*f)->at();
    return {};
}

inline provenance place_of(const std::vector<dashboard_row>& rows) {
    for (const dashboard_row& d : rows)
        for (const cell_figure* f : {&d.plan, &d.actual})
            if (*f) return (*f)->at();
    return {};
}

/// Appends rows of other keys. Whether that could be done: no key stands in both.
template <class Row, class Key>
bool append_apart(std::vector<Row>& into, std::vector<Row>& from, Key key) {
    for (const Row& there : into)
        for (const Row& row : from)
            if (key(there) == key(row)) return false;
    for (Row& row : from) into.push_back(std::move(row));
    return true;
}

/// A part of a report that an answer shows by itself.
struct report_part {
    const char* name;
    bool (*has)(const finance_report&);
    provenance (*at)(const finance_report&);
    void (*take)(finance_report& into, finance_report& from); ///< where `into` has none
    bool (*add)(finance_report& into, finance_report& from);  ///< where both have it; false: they cannot stand together
};

inline bool cannot_be_added(finance_report&, finance_report&) { return false; }

inline void take_position(finance_report& into, finance_report& from) {
    into.system = std::move(from.system);
    into.places = std::move(from.places);
    into.restated = std::move(from.restated);
    into.spending_alone = from.spending_alone;
}

inline bool add_bodies(finance_report& into, finance_report& from) {
    return append_apart(into.organisations, from.organisations,
                        [](const organisation_position& o) { return o.organisation; });
}

inline bool add_efficiencies(finance_report& into, finance_report& from) {
    return append_apart(into.efficiencies, from.efficiencies, [](const efficiency_line& e) { return e.organisation; });
}

/// The totals that one sheet prints do not cover the items of another.
inline bool add_register(finance_report& into, finance_report& from) {
    const bool added = append_apart(into.risks->items, from.risks->items, [](const register_item& i) {
        return std::tuple(i.owner, i.reference, i.description, i.kind);
    });
    if (added) into.risks->printed = {};
    return added;
}

inline bool add_dashboard(finance_report& into, finance_report& from) {
    return append_apart(into.dashboard, from.dashboard, [](const dashboard_row& d) { return folded(d.measure); });
}

inline const std::vector<report_part>& report_parts() {
    using report = finance_report;
    static const std::vector<report_part> parts = {
        {"the position line by line", [](const report& r) { return !r.system.empty(); },
         [](const report& r) { return place_of(r.system); }, take_position, cannot_be_added},
        {"the position of bodies", [](const report& r) { return !r.organisations.empty(); },
         [](const report& r) { return place_of(r.organisations); },
         [](report& a, report& b) { a.organisations = std::move(b.organisations); }, add_bodies},
        {"the efficiencies", [](const report& r) { return !r.efficiencies.empty(); },
         [](const report& r) { return place_of(r.efficiencies); },
         [](report& a, report& b) { a.efficiencies = std::move(b.efficiencies); }, add_efficiencies},
        {"the register of risks", [](const report& r) { return r.risks.has_value(); },
         [](const report& r) { return r.risks->items.empty() ? provenance() : r.risks->items.front().at; },
         [](report& a, report& b) { a.risks = std::move(b.risks); }, add_register},
        {"the capital", [](const report& r) { return r.capital.has_value(); },
         [](const report& r) { return place_of(*r.capital); },
         [](report& a, report& b) { a.capital = std::move(b.capital); }, cannot_be_added},
        {"the agency spending", [](const report& r) { return r.agency_to_date || r.agency_cap; },
         [](const report& r) { return (r.agency_to_date ? r.agency_to_date : r.agency_cap)->at(); },
         [](report& a, report& b) { a.agency_to_date = b.agency_to_date, a.agency_cap = b.agency_cap; },
         cannot_be_added},
        {"the dashboard", [](const report& r) { return !r.dashboard.empty(); },
         [](const report& r) { return place_of(r.dashboard); },
         [](report& a, report& b) { a.dashboard = std::move(b.dashboard); }, add_dashboard},
        {"the versions of the plan", [](const report& r) { return r.plans.has_value(); },
         [](const report&) { return provenance(); }, [](report& a, report& b) { a.plans = std::move(b.plans); },
         cannot_be_added},
        {"the run rate", [](const report& r) { return !r.months.empty(); },
         [](const report& r) { return r.months.front().at; },
         [](report& a, report& b) { a.months = std::move(b.months); }, cannot_be_added},
    };
    return parts;
}

/// What stands for itself, row by row.
inline void append_rows(finance_report& into, finance_report& from) {
    const auto all = [](auto& a, auto& b) {
        for (auto& row : b) a.push_back(std::move(row));
    };
    all(into.trades, from.trades);
    all(into.assurance, from.assurance);
    all(into.scores, from.scores);
    all(into.read_as, from.read_as);
}

inline std::string month_said(const finance_report& r) {
    return r.month ? "month " + std::to_string(r.month->number()) + (r.year ? " of " + to_string(*r.year) : "")
                   : "no month that they name";
}

inline void join_report(finance_report& into, finance_report from, std::vector<finding>& findings) {
    for (const report_part& part : report_parts()) {
        if (!part.has(from)) continue;
        if (!part.has(into)) {
            part.take(into, from);
            continue;
        }
        const provenance first = part.at(into), second = part.at(from);
        if (part.add(into, from)) continue;
        finding f{"report.two_readings", severity::error,
                  "two files give " + std::string(part.name) + " of " + month_said(into) +
                      "; the first is shown, the other is in no figure"};
        for (const provenance& at : {first, second})
            if (at.known()) f.at.push_back(at);
        f.advice = "give one of the files at a time; the files of several bodies go together where each names its body";
        findings.push_back(std::move(f));
    }
    append_rows(into, from);
}

/// The first cell that a report has a part from.
inline std::vector<provenance> place_of(const finance_report& r) {
    for (const report_part& part : report_parts())
        if (part.has(r))
            if (const provenance at = part.at(r); at.known()) return {at};
    return {};
}

} // namespace detail

inline std::vector<finance_report> joined_by_month(std::vector<finance_report> reports,
                                                   std::vector<finding>& findings) {
    std::vector<finance_report> out;
    for (finance_report& r : reports) {
        if (!out.empty() && !r.month && out.back().month) {
            findings.push_back({"report.month_taken", severity::warning,
                                "this file names no month; it is taken as of " + detail::month_said(out.back()) +
                                    ", as the other file",
                                detail::place_of(r), "write the month into its title: \"Month 6 2025/26\""});
            r.month = out.back().month, r.year = out.back().year;
        }
        const bool same =
            !out.empty() && r.month == out.back().month && (r.year == out.back().year || !r.year || !out.back().year);
        if (!same) {
            out.push_back(std::move(r));
            continue;
        }
        if (!out.back().year) out.back().year = r.year;
        detail::join_report(out.back(), std::move(r), findings);
    }
    return out;
}

inline std::vector<finding> left_in_older_months(const std::vector<finance_report>& reports) {
    std::vector<finding> out;
    for (const detail::report_part& part : detail::report_parts()) {
        if (reports.empty() || part.has(reports.back())) continue;
        for (std::size_t i = reports.size() - 1; i-- > 0;) {
            if (!part.has(reports[i])) continue;
            finding f{"report.older_month", severity::warning,
                      std::string(part.name) + " is given for " + detail::month_said(reports[i]) + " and not for " +
                          detail::month_said(reports.back()) + ", of which this answer is: it is not shown"};
            if (const provenance at = part.at(reports[i]); at.known()) f.at.push_back(at);
            f.advice = "give the files of one month, or the older file by itself";
            out.push_back(std::move(f));
            break;
        }
    }
    return out;
}

} // namespace riskshare

#endif
