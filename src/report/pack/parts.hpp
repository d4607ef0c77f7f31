// The parts of a pack. Each adds its section, or says why there is none.
#ifndef RISKSHARE_SRC_REPORT_PACK_PARTS_HPP
#define RISKSHARE_SRC_REPORT_PACK_PARTS_HPP

#include "report/pack/maker.hpp"
#include "report/story_words.hpp"

#include <riskshare/landing.hpp>
#include <riskshare/report/pack_making.hpp>

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace riskshare::report {

/// The figures that the headline speaks of.
struct key_figures {
    std::optional<figure_id> actual, plan_to_date, variance, forecast, plan, straight_line, best, likely, worst,
        gross_risk, gross_mitigation, net_risk;
    std::optional<figure_id> savings, at_risk, unidentified, tracker_plan, tracker_actual, tracker_to_date,
        tracker_forecast;
    std::vector<figure_id> variances = {}; ///< of the lines that stand for themselves
    std::vector<figure_id> body_variances = {};
};

/// One making of a pack.
struct pack_parts {
    const pack_input& in;
    pack& out;
    pack_maker make;
    const finance_report* now = nullptr; ///< the report that is spoken of; nullptr where there is none
    std::span<const finance_report> earlier = {};
    landing lands = {};
    key_figures key = {};
    std::optional<std::array<figure_id, ratings.size()>> weights = {}; ///< by rating, where savings are weighed
    std::vector<figure_id> body_plans = {}, body_forecasts = {};       ///< of the year

    pack_parts(const pack_input& i, pack& p) : in(i), out(p), make(p) {}
    void leave_out(const std::string& name, const std::string& why) { out.left_out.push_back({name, why}); }
};

void add_position(pack_parts&);
void add_bodies(pack_parts&);
void add_forecast(pack_parts&);
void add_control_totals(pack_parts&);
/// The schemes of the tracker, for the workbook. After the savings, whose weights it uses.
void list_schemes(pack_parts&, month to_date);
void add_savings(pack_parts&);
void add_status(pack_parts&);
void add_tracker(pack_parts&);
void add_efficiencies(pack_parts&);
void add_register(pack_parts&);
void add_capital(pack_parts&);
void add_cash(pack_parts&);
void add_workforce(pack_parts&);
void add_dashboard(pack_parts&);
void add_share(pack_parts&);
void add_changes(pack_parts&);
/// \pre all others are made.
void add_headline(pack_parts&);

/// The list's heading of what schemes are grouped by.
std::string listed_heading(scheme_field);
/// "SUMIFS([Plan],[Rating],"=red")": a column of the list added up over the lines with such texts. Empty where the list
/// does not tell them apart.
std::string added_where(const pack_parts&, const std::string& column,
                        const std::vector<std::pair<scheme_field, std::string>>& texts);

inline std::string with_capital(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}
inline std::string body_or_system(const std::string& organisation) {
    return organisation.empty() ? "(no body named)" : organisation;
}
inline int usual_places(unit u) { return u == unit::pounds || u == unit::thousands ? 0 : 1; }
inline unit unit_or(const cell_figure& f, unit otherwise) { return f ? f->unit() : otherwise; }

} // namespace riskshare::report

#endif
