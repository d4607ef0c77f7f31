#include "template/tracker_variances.hpp"

namespace riskshare::templates::detail {

const tracker_column* printed_variances::column(std::size_t i) const {
    return block_.column(i == 0 ? "variance_to_date" : "variance_year");
}

void printed_variances::take(const tracker_row& r, const std::array<std::optional<money>, 2>& plan,
                             const std::array<std::optional<money>, 2>& actual, bool is_total) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const tracker_column* c = column(i);
        if (c == nullptr || !r.variances[i] || !plan[i] || !actual[i]) continue;
        const exact printed = exact(money::pence(*r.variances[i])), difference = exact(*actual[i]) - exact(*plan[i]);
        // Three figures in whole units may be out by half of one each.
        const exact slack = exact(one(c->unit.value_or(unit::pounds))) * ratio(3, 2);
        const bool one_way = !(slack < abs(printed - difference)), other_way = !(slack < abs(printed + difference));
        seen& s = is_total ? columns_[i].totals : columns_[i].rows;
        if (one_way && !other_way && s.actual_less_plan++ == 0) s.first_actual = grid_.at(r.row, c->column);
        if (other_way && !one_way && s.plan_less_actual++ == 0) s.first_plan = grid_.at(r.row, c->column);
        if (!one_way && !other_way && !is_total) columns_[i].neither.push_back(r.row);
    }
}

void printed_variances::review(std::vector<finding>& findings) const {
    std::vector<provenance> one_way, other_way;
    std::string heading;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        for (const seen* s : {&columns_[i].rows, &columns_[i].totals}) {
            if (s->actual_less_plan > 0) one_way.push_back(s->first_actual);
            if (s->plan_less_actual > 0) other_way.push_back(s->first_plan);
        }
        if (!columns_[i].neither.empty() && columns_[i].rows.actual_less_plan + columns_[i].rows.plan_less_actual > 0) {
            finding f{"tracker.variance", severity::warning,
                      "\"" + column(i)->heading + "\" is not the difference of plan and actual in " +
                          std::to_string(columns_[i].neither.size()) +
                          (columns_[i].neither.size() == 1 ? " row" : " rows")};
            for (std::uint32_t r : columns_[i].neither) f.at.push_back(grid_.at(r, column(i)->column));
            f.advice = "look at its formula; plan and actual were used";
            findings.push_back(std::move(f));
        }
    }
    if (other_way.empty()) return;
    if (one_way.empty()) {
        findings.push_back({"tracker.variance_sign", severity::note,
                            "printed variances are plan less actual: a shortfall is positive there, and negative here",
                            std::move(other_way)});
        return;
    }
    finding f{"tracker.mixed_signs", severity::warning,
              "printed variances go both ways: " + to_string(other_way.front()) + " is plan less actual, " +
                  to_string(one_way.front()) + " is actual less plan"};
    f.at = std::move(other_way);
    f.at.insert(f.at.end(), one_way.begin(), one_way.end());
    f.advice = "print all as actual less plan, so that a shortfall is negative everywhere";
    findings.push_back(std::move(f));
}

} // namespace riskshare::templates::detail
