#include <riskshare/report/savings_report.hpp>

#include "detail/json.hpp"

#include <riskshare/report/text_table.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace riskshare::report {

namespace {

/// Counts figures by unit; the commonest wins, the finer on a tie.
class unit_count {
public:
    void add(const cell_figure& f) {
        if (f) ++counts_[static_cast<std::size_t>(f->unit())];
    }
    unit usual() const {
        std::size_t best = static_cast<std::size_t>(unit::thousands);
        for (std::size_t u = 0; u < counts_.size(); ++u)
            if (counts_[u] > counts_[best]) best = u;
        return static_cast<unit>(best);
    }

private:
    std::array<int, 4> counts_{};
};

/// The places that a column needs so that no figure in it is cut, three at most beyond `least`.
int places_for(const std::vector<exact>& column, unit u, int least) {
    for (int places = least; places < least + 3; ++places) {
        bool whole = true;
        for (const exact& e : column)
            whole = whole && exact(rounded(e, u, places, rounding::half_away_from_zero), u) == e;
        if (whole) return places;
    }
    return least + 3;
}

int places_for(const std::vector<cell_figure>& column, unit u) {
    std::vector<exact> values;
    for (const cell_figure& f : column)
        if (f) values.push_back(f->value());
    return places_for(values, u, 0);
}

std::string shown(const cell_figure& f, unit u, int places) { return f ? accounting(f->value(), u, places) : ""; }

tone tone_of(rating r) {
    switch (r) {
    case rating::red:
        return tone::red;
    case rating::amber:
        return tone::amber;
    case rating::green:
        return tone::green;
    case rating::unidentified:
        return tone::strong;
    }
    return tone::plain;
}

std::string capitalised(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::string weights_line(const sourced_weights& w) {
    std::string line = "Weights:";
    for (rating r : {rating::unidentified, rating::red, rating::amber, rating::green})
        line += std::string(r == rating::unidentified ? " " : ", ") + to_percent(w.weights.of(r)) + " " + to_string(r);
    return line + " (" + (w.assumed ? "assumed, " : "") + w.source + ")";
}

/// What a scale other than the ratings is weighed as; nothing for the ratings.
std::string scale_line(savings_table::scale by) {
    using scale = savings_table::scale;
    return by == scale::delivery_risk ? "High delivery risk is weighed as red, medium as amber, low as green.\n"
           : by == scale::delivery_confidence
               ? "Low delivery confidence is weighed as red, medium as amber, high as green.\n"
               : "";
}

const char* title_of(savings_table::scale by) {
    using scale = savings_table::scale;
    return by == scale::delivery_risk         ? "Savings at risk, by delivery risk"
           : by == scale::delivery_confidence ? "Savings at risk, by delivery confidence"
                                              : "Savings at risk, by delivery rating";
}

std::string shown_name(const std::string& organisation) {
    return organisation.empty() ? "(no body named)" : organisation;
}

/// What nothing speaks of is unknown, and not nil.
bool knows(const savings_table& t, rating r) { return r != rating::unidentified || t.unidentified_known; }
std::optional<exact> if_any(const control_total_table& t, cell_figure control_total::*figure, const exact& sum) {
    const bool any = std::any_of(t.organisations.begin(), t.organisations.end(),
                                 [&](const control_total& c) { return (c.*figure).has_value(); });
    return any ? std::optional(sum) : std::nullopt;
}

std::string percent_of(const exact& part, const exact& whole) {
    return whole.is_zero() ? "" : to_string(percentage(part, whole, 1, rounding::half_away_from_zero)) + "%";
}

/// What the answer lacks, before the answer; nothing where it is whole.
std::string left_out_line(const savings_table& table, unit u) {
    if (table.unrated.empty()) return "";
    const exact left = unrated(table), read = total(table), stands = left + read;
    const int places = places_for({left, read, stands}, u, 0);
    const std::size_t schemes = unrated_schemes(table);
    return "Not the whole: " + accounting(left, u, places) + " of the " + accounting(stands, u, places) + " " +
           to_string(u) + " in the sheet is in no figure below; " + std::to_string(schemes) +
           (schemes == 1 ? " scheme has" : " schemes have") + " no rating that can be read.\n\n";
}

/// How the column of risks adds up: exactly, and as a reader would add the rounded rows.
std::string footing_line(const std::vector<exact>& rows, const exact& total, unit u) {
    if (rows.empty()) return "No organisation has savings that could be weighed.";
    exact sum, sum_of_rounded;
    for (const exact& r : rows) {
        sum += r;
        sum_of_rounded += exact(rounded(r, u, 0, rounding::half_away_from_zero), u);
    }
    const std::string of_rounded = accounting(sum_of_rounded, u);
    const int places = places_for({total}, u, 0);
    std::string line = "The rows add up to the system: " + accounting(sum, u, places) +
                       (sum == total ? " exactly." : "; THE SYSTEM SHOWS " + accounting(total, u, places) + ".");
    if (sum_of_rounded != total) line += " Rounded row by row they would print " + of_rounded + ".";
    return line;
}

} // namespace

unit usual_unit(const savings_table& t) {
    unit_count count;
    for (const savings_plan& p : t.plans)
        for (const cell_figure& f : p.planned) count.add(f);
    return count.usual();
}

unit usual_unit(const control_total_table& t) {
    unit_count count;
    for (const control_total& c : t.organisations) count.add(c.gross), count.add(c.centralised_funding);
    return count.usual();
}

std::string savings_text(const savings_table& table, const sourced_weights& weights, bool colour) {
    const unit u = usual_unit(table);
    std::array<int, ratings.size()> places{};
    for (rating r : ratings) {
        std::vector<cell_figure> column;
        for (const savings_plan& p : table.plans) column.push_back(p.of(r));
        places[static_cast<std::size_t>(r)] = places_for(column, u);
    }
    std::vector<exact> totals, risks;
    for (const savings_plan& p : table.plans) {
        totals.push_back(total(p));
        risks.push_back(at_risk(p, weights.weights));
    }
    const exact system_total = total(table), system_risk = at_risk(table, weights.weights);
    const int total_places = places_for(totals, u, 0), risk_places = places_for(risks, u, 0);

    text_table t;
    t.column("Organisation", alignment::left);
    const bool rated = table.by == savings_table::scale::rating;
    for (rating r : ratings)
        t.column(capitalised(name_in(table.by, r)) + "\n" + (rated ? std::string(1, letter(r)) + "  " : "") +
                 to_string(u));
    t.column("Total\n" + to_string(u)).column("At risk\n" + to_string(u)).column("At risk\n%");
    for (std::size_t i = 0; i < table.plans.size(); ++i) {
        const savings_plan& p = table.plans[i];
        std::vector<text_cell> row{shown_name(p.organisation)};
        for (rating r : ratings) row.push_back({shown(p.of(r), u, places[static_cast<std::size_t>(r)]), tone_of(r)});
        row.push_back(accounting(totals[i], u, total_places));
        row.push_back({accounting(risks[i], u, risk_places), tone::strong});
        row.push_back(percent_of(risks[i], totals[i]));
        t.row(std::move(row));
    }
    std::vector<text_cell> system{{"System", tone::strong}};
    for (rating r : ratings)
        system.push_back(
            {knows(table, r) ? accounting(total(table, r), u, places[static_cast<std::size_t>(r)]) : "", tone_of(r)});
    system.push_back({accounting(system_total, u, total_places), tone::strong});
    system.push_back({accounting(system_risk, u, risk_places), tone::strong});
    system.push_back(percent_of(system_risk, system_total));
    t.rule().row(std::move(system));
    return left_out_line(table, u) + toned(title_of(table.by), tone::heading, colour) + "\n\n" + t.render(colour) +
           "\n" + scale_line(table.by) + weights_line(weights) + "\n" + footing_line(risks, system_risk, u) + "\n";
}

std::string status_text(const category_savings& table, const category_weights& weights, bool colour) {
    unit_count count;
    std::vector<exact> values;
    for (const category_plan& p : table.plans)
        for (const cell_figure& f : p.amounts) {
            count.add(f);
            if (f) values.push_back(f->value());
        }
    const unit u = count.usual();
    const int places = places_for(values, u, 0);
    const bool weighed = at_risk(table, weights).has_value();
    text_table t;
    t.column("Organisation", alignment::left);
    for (const std::string& category : table.categories) t.column(category + "\n" + to_string(u));
    t.column("Total\n" + to_string(u));
    if (weighed) t.column("At risk\n" + to_string(u));
    std::vector<exact> risks;
    for (const category_plan& p : table.plans)
        if (weighed) risks.push_back(*at_risk(table, p, weights));
    if (weighed) risks.push_back(*at_risk(table, weights));
    const int risk_places = places_for(risks, u, 0);
    for (std::size_t i = 0; i < table.plans.size(); ++i) {
        const category_plan& p = table.plans[i];
        std::vector<text_cell> row{shown_name(p.organisation)};
        for (const cell_figure& f : p.amounts) row.emplace_back(shown(f, u, places));
        row.emplace_back(accounting(total(p), u, places));
        if (weighed) row.push_back({accounting(risks[i], u, risk_places), tone::strong});
        t.row(std::move(row));
    }
    std::vector<text_cell> system{{"System", tone::strong}};
    for (std::size_t c = 0; c < table.categories.size(); ++c)
        system.push_back({accounting(total(table, c), u, places), tone::strong});
    system.push_back({accounting(total(table), u, places), tone::strong});
    if (weighed) system.push_back({accounting(risks.back(), u, risk_places), tone::strong});
    t.rule().row(std::move(system));
    std::string below;
    if (weighed) {
        below = "Weights:";
        for (std::size_t c = 0; c < table.categories.size(); ++c)
            below += std::string(c == 0 ? " " : ", ") + to_percent(*weights.of(table.categories[c])) + " " +
                     table.categories[c];
        below += " (" + weights.source + ")\n";
    } else {
        below =
            "No amount at risk is given: a status has no weight of its own. Give those that the system agreed with\n"
            "--weights \"" +
            table.categories.front() + "=0%,…\", or under [weights] in a mapping (--map).\n";
    }
    return toned("Savings by development status", tone::heading, colour) + "\n\n" + t.render(colour) + "\n" + below;
}

std::string control_totals_text(const control_total_table& table, bool colour) {
    const unit u = usual_unit(table);
    std::vector<cell_figure> gross, funding, risk;
    std::vector<exact> values;
    for (const control_total& c : table.organisations) {
        gross.push_back(c.gross);
        funding.push_back(c.centralised_funding);
        risk.push_back(c.net_unmitigated_risk);
        values.push_back(c.value());
    }
    const int places = std::max({places_for(gross, u), places_for(funding, u), places_for(values, u, 0)});
    const int risk_places = places_for(risk, u);
    const control_total_sum system = sum(table);
    text_table t;
    t.column("Organisation", alignment::left);
    for (const char* heading :
         {"Gross control\ntotal  ", "Centralised\nfunding  ", "Control\ntotal  ", "Net unmitigated\nrisk  "})
        t.column(heading + to_string(u));
    for (const control_total& c : table.organisations)
        t.row({c.organisation,
               shown(c.gross, u, places),
               shown(c.centralised_funding, u, places),
               {accounting(c.value(), u, places), tone::strong},
               shown(c.net_unmitigated_risk, u, risk_places)});
    const auto summed = [&](cell_figure control_total::*figure, const exact& sum, int shown_places) {
        const std::optional<exact> known = if_any(table, figure, sum);
        return text_cell{known ? accounting(*known, u, shown_places) : "", tone::strong};
    };
    t.rule().row({{"System", tone::strong},
                  summed(&control_total::gross, system.gross, places),
                  summed(&control_total::centralised_funding, system.centralised_funding, places),
                  {accounting(system.value, u, places), tone::strong},
                  summed(&control_total::net_unmitigated_risk, system.net_unmitigated_risk, risk_places)});
    return toned("Control totals", tone::heading, colour) + "\n\n" + t.render(colour) + "\n" +
           "Control total = gross control total + centralised funding. A deficit is in brackets.\n";
}

std::string position_json(const model& m, const std::vector<finding>& findings) {
    json::value v{{"schema", "riskshare.position/1"}, {"unit", "GBP"}};
    v["control_totals"] = json::value::array();
    const auto row = [](const std::string& organisation, const cell_figure& gross, const cell_figure& funding,
                        const exact& value, const cell_figure& risk) {
        return json::value{{"organisation", organisation},
                           {"gross", json::amount(gross)},
                           {"centralised_funding", json::amount(funding)},
                           {"control_total", json::of(value)},
                           {"net_unmitigated_risk", json::amount(risk)}};
    };
    if (m.control_totals) {
        for (const control_total& c : m.control_totals->organisations)
            v["control_totals"].push_back(
                row(c.organisation, c.gross, c.centralised_funding, c.value(), c.net_unmitigated_risk));
        const control_total_sum system = sum(*m.control_totals);
        const auto summed = [&](cell_figure control_total::*figure, const exact& sum) {
            const std::optional<exact> known = if_any(*m.control_totals, figure, sum);
            return known ? json::of(*known) : json::value(nullptr);
        };
        v["control_totals_system"] = {
            {"gross", summed(&control_total::gross, system.gross)},
            {"centralised_funding", summed(&control_total::centralised_funding, system.centralised_funding)},
            {"control_total", json::of(system.value)},
            {"net_unmitigated_risk", summed(&control_total::net_unmitigated_risk, system.net_unmitigated_risk)}};
    }
    v["findings"] = json::value::array();
    for (const finding& f : findings) v["findings"].push_back(json::of(f));
    return json::text(v);
}

namespace {

json::value category_row(const category_savings& t, const category_plan& p, const category_weights& w) {
    json::value row{{"organisation", p.organisation}, {"amounts", json::value::object()}};
    for (std::size_t c = 0; c < t.categories.size(); ++c) row["amounts"][t.categories[c]] = json::amount(p.amounts[c]);
    row["total"] = json::of(total(p));
    const std::optional<exact> risk = at_risk(t, p, w);
    row["risk"] = risk ? json::of(*risk) : json::value(nullptr);
    return row;
}

json::value status_json(const category_savings& t, const category_weights& w) {
    json::value v{{"by", "status"}, {"categories", t.categories}, {"organisations", json::value::array()}};
    for (const category_plan& p : t.plans) v["organisations"].push_back(category_row(t, p, w));
    v["system"] = {{"amounts", json::value::object()}, {"total", json::of(total(t))}};
    for (std::size_t c = 0; c < t.categories.size(); ++c)
        v["system"]["amounts"][t.categories[c]] = json::of(total(t, c));
    const std::optional<exact> risk = at_risk(t, w);
    v["system"]["risk"] = risk ? json::of(*risk) : json::value(nullptr);
    v["weights"] = json::value::object();
    for (const auto& [name, weight] : w.weights) v["weights"][name] = json::of(weight);
    v["weights_source"] = w.weights.empty() ? json::value(nullptr) : json::value(w.source);
    v["weights_assumed"] = false;
    return v;
}

/// The scale's own names beside the ratings that they stand as.
std::vector<rating> named_on(const savings_table& t) {
    std::vector<rating> out;
    if (t.by == savings_table::scale::rating) return out;
    out = {rating::red, rating::amber, rating::green};
    if (t.unidentified_known) out.push_back(rating::unidentified);
    return out;
}
template <class F>
void add_amounts(json::value& row, const savings_table& t, F amount) {
    for (rating r : named_on(t)) row["amounts"][capitalised(name_in(t.by, r))] = amount(r);
}

} // namespace

std::string risk_json(const model& m, const sourced_weights& weights, const std::vector<finding>& findings) {
    json::value v{{"schema", "riskshare.risk/1"}, {"unit", "GBP"}};
    for (rating r : {rating::unidentified, rating::red, rating::amber, rating::green})
        v["weights"][to_string(r)] = json::of(weights.weights.of(r));
    v["weights_source"] = weights.source;
    v["weights_assumed"] = weights.assumed;
    if (m.savings) v["by"] = to_string(m.savings->by);
    v["organisations"] = json::value::array();
    if (m.savings) {
        for (const savings_plan& p : m.savings->plans) {
            json::value row{{"organisation", p.organisation}};
            for (rating r : ratings) row[to_string(r)] = json::amount(p.of(r));
            row["total"] = json::of(total(p));
            row["risk"] = json::of(at_risk(p, weights.weights));
            add_amounts(row, *m.savings, [&](rating r) { return json::amount(p.of(r)); });
            v["organisations"].push_back(std::move(row));
        }
        json::value& system = v["system"];
        for (rating r : ratings)
            system[to_string(r)] = knows(*m.savings, r) ? json::of(total(*m.savings, r)) : json::value(nullptr);
        system["total"] = json::of(total(*m.savings));
        system["risk"] = json::of(at_risk(*m.savings, weights.weights));
        system["unrated"] = json::of(unrated(*m.savings));
        add_amounts(system, *m.savings, [&](rating r) { return json::of(total(*m.savings, r)); });
        v["unrated"] = json::value::array();
        for (const unrated_savings& u : m.savings->unrated) {
            json::value row{{"organisation", u.organisation},
                            {"written", u.written},
                            {"schemes", u.names},
                            {"amount", json::of(u.amount)},
                            {"at", json::value::array()}};
            for (const provenance& p : u.at) row["at"].push_back(json::of(p));
            v["unrated"].push_back(std::move(row));
        }
        for (rating r : named_on(*m.savings)) v["categories"].push_back(capitalised(name_in(m.savings->by, r)));
    }
    if (m.status) {
        const json::value by_status = status_json(*m.status, m.status_weights.value_or(category_weights{}));
        if (m.savings)
            v["status"] = by_status;
        else
            v.update(by_status);
    }
    v["findings"] = json::value::array();
    for (const finding& f : findings) v["findings"].push_back(json::of(f));
    return json::text(v);
}

} // namespace riskshare::report
