// Makes a pack from what was read.
#include "report/pack/parts.hpp"

namespace riskshare::report {

namespace {

/// The last report of the month asked for, else the last of all.
void choose_report(pack_parts& p) {
    const std::vector<finance_report>& all = p.in.reports;
    for (std::size_t i = all.size(); i-- > 0;) {
        if (p.in.month && all[i].month && *all[i].month != *p.in.month) continue;
        p.now = &all[i];
        p.earlier = std::span<const finance_report>(all).first(i);
        return;
    }
}

std::string title_of(const pack& p) {
    std::string t = "Finance pack";
    if (p.month) t += ", month " + std::to_string(p.month->number()) + " (" + std::string(month_name(*p.month)) + ")";
    if (p.year) t += (p.month ? " " : ", ") + to_string(*p.year);
    return t;
}

} // namespace

pack pack_of(const pack_input& in) {
    pack out;
    pack_parts p(in, out);
    choose_report(p);
    out.files = in.files;
    out.findings = in.findings;
    sort_worst_first(out.findings);
    out.accounted = in.accounted;
    out.month = in.month;
    if (!out.month && p.now != nullptr) out.month = p.now->month;
    if (!out.month && !in.read.schemes.empty()) out.month = in.read.schemes_reported;
    if (!out.month && in.shared) out.month = in.shared->statement.when.month;
    if (p.now != nullptr) out.year = p.now->year;
    if (!out.year && !in.read.schemes.empty()) out.year = in.read.schemes.year();
    if (!out.year && in.shared) out.year = in.shared->statement.when.year;
    out.title = title_of(out);
    if (p.now != nullptr) p.lands = landing_of(*p.now, p.earlier);
    for (auto* add :
         {add_position, add_bodies, add_forecast, add_control_totals, add_savings, add_status, add_tracker,
          add_efficiencies, add_register, add_capital, add_cash, add_workforce, add_dashboard, add_share, add_changes})
        add(p);
    if (!in.reports.empty() && p.now == nullptr)
        p.leave_out("Finance report", "no report among the files is of " + to_string(*in.month));
    add_headline(p);
    return out;
}

} // namespace riskshare::report
