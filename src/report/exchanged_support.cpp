// Deficit support, variances as shares, and debts by age, as tables of text and as JSON.
#include "report/exchanged.hpp"
#include "report/exchanged_cells.hpp"

#include <riskshare/report/text_table.hpp>

#include <algorithm>

namespace riskshare::report {

namespace {

std::string quarter_of(const deficit_support_line& l) {
    return l.quarter == 0 ? std::string() : "quarter " + std::to_string(l.quarter);
}

std::string deficit_support_text(const std::vector<deficit_support_line>& lines, bool colour) {
    if (lines.empty()) return {};
    struct part {
        const char* heading;
        cell_figure deficit_support_line::*of;
    };
    std::vector<part> parts;
    unit u = unit::millions;
    for (const part& p :
         {part{"Planned", &deficit_support_line::planned}, part{"Received", &deficit_support_line::received},
          part{"Withheld", &deficit_support_line::withheld}, part{"Earned back", &deficit_support_line::earned_back}})
        for (const deficit_support_line& l : lines)
            if (l.*p.of) {
                parts.push_back(p);
                u = (l.*p.of)->unit();
                break;
            }
    text_table t;
    t.column("Deficit support, " + to_string(u), alignment::left);
    for (const part& p : parts) t.column(p.heading);
    for (const deficit_support_line& l : lines) {
        std::vector<text_cell> cells{line_label(l.is_total, l.organisation, "", quarter_of(l), "Year")};
        for (const part& p : parts) cells.emplace_back(shown(l.*p.of, u));
        t.row(std::move(cells));
    }
    return t.render(colour) + "\n";
}

std::string percent_of(const ratio& share) {
    return to_string(rounded(exact(money::pounds(100)) * share, unit::pounds, 2, rounding::half_away_from_zero)
                         .normalised()) +
           "%";
}

std::string variance_shares_text(const std::vector<variance_share>& shares, bool colour) {
    if (shares.empty()) return {};
    text_table t;
    t.column("Variance as a share", alignment::left).column("Of", alignment::left).column("", alignment::left);
    t.column("Share");
    for (const variance_share& s : shares)
        t.row({line_label(s.is_total, s.organisation, "", "", "System"), std::string(to_string(s.of)),
               std::string(s.full_year ? "full year" : "to date"), percent_of(s.share)});
    return t.render(colour) + "\n";
}

std::string debts_text(const std::vector<aged_debt_line>& lines, bool colour) {
    if (lines.empty()) return {};
    unit u = unit::thousands;
    for (const aged_debt_line& l : lines)
        for (const cell_figure& f : l.by_age)
            if (f) u = f->unit();
    text_table t;
    t.column("Debts by age, " + to_string(u), alignment::left);
    for (std::size_t age = 0; age < debt_ages; ++age) t.column(to_string(static_cast<debt_age>(age)));
    t.column("Total");
    for (const aged_debt_line& l : lines) {
        std::vector<text_cell> cells{line_label(l.is_total, l.organisation, l.name, "", "Debts")};
        for (const cell_figure& f : l.by_age) cells.emplace_back(shown(f, u));
        cells.emplace_back(shown(l.total, u));
        t.row(std::move(cells));
    }
    return t.render(colour) + "\n";
}

} // namespace

std::string support_text(const finance_report& r, bool colour) {
    return deficit_support_text(r.deficit_support, colour) + variance_shares_text(r.variance_shares, colour) +
           debts_text(r.debts, colour);
}

void add_support(json::value& to, const finance_report& r) {
    for (const char* list : {"deficit_support", "variance_shares", "debts"}) to[list] = json::value::array();
    for (const deficit_support_line& l : r.deficit_support)
        to["deficit_support"].push_back({{"organisation", text_or_null(l.organisation)},
                                         {"quarter", l.quarter == 0 ? json::value(nullptr) : json::value(l.quarter)},
                                         {"total", l.is_total},
                                         {"planned", json::amount(l.planned)},
                                         {"received", json::amount(l.received)},
                                         {"withheld", json::amount(l.withheld)},
                                         {"earned_back", json::amount(l.earned_back)},
                                         {"outstanding", amount_or_null(outstanding(l))}});
    for (const variance_share& s : r.variance_shares)
        to["variance_shares"].push_back({{"organisation", text_or_null(s.organisation)},
                                         {"total", s.is_total},
                                         {"of", to_string(s.of)},
                                         {"basis", s.full_year ? "full_year" : "to_date"},
                                         {"share", json::of(s.share)}});
    for (const aged_debt_line& l : r.debts) {
        json::value v{
            {"organisation", text_or_null(l.organisation)}, {"name", text_or_null(l.name)}, {"total", l.is_total}};
        const char* names[debt_ages] = {"not_due", "to_30_days", "to_60_days", "to_90_days", "over_90_days"};
        for (std::size_t age = 0; age < debt_ages; ++age) v[names[age]] = json::amount(l.by_age[age]);
        v["sum"] = json::amount(l.total);
        to["debts"].push_back(std::move(v));
    }
}

} // namespace riskshare::report
