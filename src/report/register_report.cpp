#include <riskshare/report/register_report.hpp>

#include "detail/json.hpp"

#include <riskshare/register_spread.hpp>
#include <riskshare/report/text_table.hpp>

namespace riskshare::report {

namespace {

/// Millions to one place, and thousands for a register too small to be told in them.
struct register_scale {
    unit in = unit::millions;
    int places = 1;

    explicit register_scale(const risk_register& reg) {
        const register_totals t = reg.totals();
        if (std::max(t.gross_risk, t.gross_mitigation) < exact(money::thousands(5'000)))
            in = unit::thousands, places = 0;
    }
    std::string operator()(const exact& e) const { return accounting(e, in, places); }
    /// In a sentence a dash would not read as zero.
    std::string told(const exact& e) const { return e.is_zero() ? "0" : (*this)(e); }
};
std::string percent_of(const chance& c) { return to_string(to_percentage(c, 1, rounding::half_away_from_zero)) + "%"; }

exact span_of(const std::vector<chance_event>& events) {
    exact sum;
    for (const chance_event& e : events) sum += abs(e.amount);
    return sum;
}

/// The common grid, or the first decimal one from a thousand pounds up on which the work is small enough.
money affordable_grid(const std::vector<chance_event>& events, std::size_t most_steps) {
    const auto steps = [&](money grid) {
        return exact::rational(span_of(events).pence() / grid.pence()) * static_cast<std::int64_t>(events.size());
    };
    bool whole_pence = true;
    for (const chance_event& e : events) whole_pence = whole_pence && denominator(e.amount.pence()) == 1;
    const money common = whole_pence ? common_grid(events) : money();
    if (whole_pence && common == money()) return money::pence(1); // nothing but zeros
    if (whole_pence && steps(common) <= most_steps) return common;
    money grid = money::thousands(1);
    while (steps(grid) > most_steps) grid = grid * 10;
    return grid;
}

} // namespace

register_outlook outlook_of(const risk_register& reg, std::optional<exact> room, std::size_t most_steps) {
    std::vector<chance_event> events = events_of(reg);
    register_outlook o;
    o.grid = affordable_grid(events, most_steps);
    std::vector<placed_event> placed = placed_on_grid(events, o.grid, rounding::half_away_from_zero);
    for (std::size_t i = 0; i < events.size(); ++i) {
        o.most_moved = std::max(o.most_moved, abs(placed[i].moved));
        events[i] = placed[i].event;
    }
    const distribution d(events, o.grid);
    o.lowest = d.lowest();
    o.highest = d.highest();
    o.mean = d.mean();
    o.points = d.points();
    o.p10 = d.quantile(ratio(1, 10));
    o.p50 = d.quantile(ratio(1, 2));
    o.p90 = d.quantile(ratio(9, 10));
    o.room = room;
    if (room) o.inside = d.of_at_most(*room);
    return o;
}

namespace {

std::string items_text(const risk_register& reg, const register_scale& shown, bool colour) {
    text_table t;
    t.column("Risks and mitigations, " + to_string(shown.in), alignment::left).column("Owner", alignment::left);
    t.column("Gross").column("Likelihood").column("Adjusted").column("Of spread");
    const std::vector<driver> ranked = drivers(reg);
    for (register_kind kind : {register_kind::risk, register_kind::mitigation}) {
        for (const register_item& i : reg.items) {
            if (i.kind != kind) continue;
            const auto d = std::find_if(ranked.begin(), ranked.end(), [&](const driver& r) { return r.item == &i; });
            const bool away = kind == register_kind::mitigation;
            t.row({i.reference + "  " + i.description, i.owner, shown(away ? -i.gross : i.gross),
                   to_percent(i.likelihood), shown(away ? -i.adjusted() : i.adjusted()),
                   d == ranked.end() ? "" : percent_of(d->share_of_variance)});
        }
        const register_totals sum = reg.totals();
        t.rule();
        if (kind == register_kind::risk)
            t.row({{"Risk", tone::strong}, "", shown(sum.gross_risk), "", {shown(sum.adjusted_risk), tone::strong}});
        else
            t.row({{"Mitigation", tone::strong},
                   "",
                   shown(-sum.gross_mitigation),
                   "",
                   {shown(-sum.adjusted_mitigation), tone::strong}});
    }
    t.row({{"Net risk after mitigations", tone::strong}, "", "", "", {shown(reg.totals().net()), tone::strong}});
    return t.render(colour) + "\n";
}

std::string groups_text(const risk_register& reg, std::string register_item::*field, const std::string& heading,
                        const register_scale& shown, bool colour) {
    const auto groups = reg.by(field);
    if (groups.size() < 2) return {};
    text_table t;
    t.column(heading + ", " + to_string(shown.in), alignment::left);
    t.column("Gross risk").column("Adjusted").column("Mitigation").column("Net");
    for (const auto& g : groups)
        t.row({g.first.empty() ? "(none)" : g.first, shown(g.second.gross_risk), shown(g.second.adjusted_risk),
               shown(-g.second.adjusted_mitigation), shown(g.second.net())});
    return t.render(colour) + "\n";
}

std::string shares_text(const exact& net, const std::vector<share_of>& shares, const register_scale& shown,
                        bool colour) {
    if (shares.empty()) return {};
    text_table t;
    t.column("Net risk as shared, " + to_string(shown.in), alignment::left).column("Share").column("Exposure");
    for (const share_of& s : exposure(net, shares))
        t.row({s.organisation, to_percent(s.share), accounting(s.amount, shown.in, shown.places + 2)});
    return t.render(colour) + "\n";
}

} // namespace

std::string register_text(const risk_register& reg, const register_outlook& o, const std::vector<share_of>& shares,
                          std::optional<exact> forecast, bool colour) {
    const register_scale shown(reg);
    std::string text = items_text(reg, shown, colour) +
                       groups_text(reg, &register_item::owner, "By owner", shown, colour) +
                       groups_text(reg, &register_item::category, "By category", shown, colour) +
                       shares_text(reg.totals().net(), shares, shown, colour);
    text += "Net total if each item happens or not by itself, " + to_string(shown.in) + " (exact, on a grid of £" +
            accounting(exact(o.grid), unit::pounds) + ", " +
            accounting(decimal(static_cast<std::int64_t>(o.points), 0)) + " points):\n";
    text += "  mean " + shown(o.mean) + ", P10 " + shown(o.p10) + ", P50 " + shown(o.p50) + ", P90 " + shown(o.p90) +
            ", from " + shown(o.lowest) + " to " + shown(o.highest) + "\n";
    if (!o.most_moved.is_zero())
        text += "  amounts were placed on that grid, none moved by more than £" + to_string(o.most_moved) + "\n";
    if (!o.room)
        return text + "No forecast and plan of the year is reported, so no chance of ending inside the control total "
                      "is given; say what the net may come to with --room.\n";
    text += "Chance of ending inside the control total: " + percent_of(o.inside) + "\n";
    text += forecast ? "  forecast " + shown.told(*forecast) + " less plan " + shown.told(*forecast - *o.room) +
                           " leaves " + shown.told(*o.room)
                     : "  there is room for " + shown.told(*o.room);
    text += ": the chance that the net total is no more than that";
    constexpr std::size_t longest_shown = 40;
    const std::string exactly = o.inside.str();
    return text + (exactly.size() <= longest_shown ? ", exactly " + exactly : "; --json has it exactly") + "\n";
}

std::string scores_text(const std::vector<scored_risk>& scores, const std::vector<score_band>& bands, bool colour) {
    if (scores.empty()) return {};
    std::vector<scored_risk> ranked = scores;
    std::stable_sort(ranked.begin(), ranked.end(),
                     [](const scored_risk& x, const scored_risk& y) { return x.score > y.score; });
    text_table t;
    t.column("Risk scores, likelihood by impact", alignment::left)
        .column("Likelihood")
        .column("Impact")
        .column("Score");
    if (!bands.empty()) t.column("Band", alignment::left);
    for (const scored_risk& s : ranked) {
        std::vector<text_cell> cells{s.reference.empty() ? s.description : s.reference + "  " + s.description};
        cells.push_back(s.made_of ? std::to_string(s.made_of->likelihood()) : "");
        cells.push_back(s.made_of ? std::to_string(s.made_of->impact()) : "");
        cells.push_back(std::to_string(s.score));
        if (!bands.empty()) cells.push_back(band_of(s.score, bands));
        t.row(std::move(cells));
    }
    return t.render(colour);
}

std::string with_scores(const std::string& risk_json, const std::vector<scored_risk>& scores,
                        const std::vector<score_band>& bands) {
    json::value whole = json::value::parse(risk_json), list = json::value::array();
    for (const scored_risk& s : scores)
        list.push_back({{"reference", s.reference},
                        {"description", s.description},
                        {"likelihood", s.made_of ? json::value(s.made_of->likelihood()) : json::value(nullptr)},
                        {"impact", s.made_of ? json::value(s.made_of->impact()) : json::value(nullptr)},
                        {"score", s.score},
                        {"band", bands.empty() ? json::value(nullptr) : json::value(band_of(s.score, bands))},
                        {"at", json::of(s.at)}});
    whole["scores"] = std::move(list);
    return json::text(whole);
}

std::string register_json(const risk_register& reg, const register_outlook& o, const std::vector<share_of>& shares,
                          std::optional<exact> forecast, const std::string& savings) {
    const register_totals sum = reg.totals();
    const auto totals = [](const register_totals& t) {
        return json::value{{"gross_risk", json::of(t.gross_risk)},
                           {"adjusted_risk", json::of(t.adjusted_risk)},
                           {"gross_mitigation", json::of(t.gross_mitigation)},
                           {"adjusted_mitigation", json::of(t.adjusted_mitigation)},
                           {"net", json::of(t.net())}};
    };
    json::value v = totals(sum);
    v["items"] = json::value::array();
    for (const register_item& i : reg.items)
        v["items"].push_back({{"reference", i.reference},
                              {"description", i.description},
                              {"organisation", i.owner},
                              {"category", i.category.empty() ? json::value(nullptr) : json::value(i.category)},
                              {"kind", to_string(i.kind)},
                              {"gross", json::of(i.gross)},
                              {"likelihood", json::of(i.likelihood)},
                              {"adjusted", json::of(i.adjusted())},
                              {"at", json::of(i.at)}});
    v["by_organisation"] = json::value::array();
    for (const auto& g : reg.by(&register_item::owner)) {
        json::value row{{"organisation", g.first}};
        row.update(totals(g.second));
        v["by_organisation"].push_back(std::move(row));
    }
    v["exposure"] = json::value::array();
    for (const share_of& s : exposure(sum.net(), shares))
        v["exposure"].push_back(
            {{"organisation", s.organisation}, {"share", json::of(s.share)}, {"amount", json::of(s.amount)}});
    json::value d{{"grid", json::of(o.grid)},
                  {"points", o.points},
                  {"moved_by_at_most", json::of(o.most_moved)},
                  {"lowest", json::of(o.lowest)},
                  {"highest", json::of(o.highest)},
                  {"mean", json::of(o.mean)},
                  {"p10", json::of(o.p10)},
                  {"p50", json::of(o.p50)},
                  {"p90", json::of(o.p90)}};
    d["forecast"] = forecast ? json::of(*forecast) : json::value(nullptr);
    d["room"] = o.room ? json::of(*o.room) : json::value(nullptr);
    d["chance_inside"] = o.room ? json::value(o.inside.str()) : json::value(nullptr);
    d["chance_inside_percent"] = o.room
                                     ? json::value(to_string(to_percentage(o.inside, 1, rounding::half_away_from_zero)))
                                     : json::value(nullptr);
    v["distribution"] = std::move(d);
    v["drivers"] = json::value::array();
    for (const driver& each : drivers(reg))
        v["drivers"].push_back({{"reference", each.item->reference},
                                {"percent_of_variance",
                                 to_string(to_percentage(each.share_of_variance, 1, rounding::half_away_from_zero))}});
    json::value whole = json::value::parse(savings), findings = nullptr;
    if (whole.contains("findings")) {
        findings = std::move(whole["findings"]);
        whole.erase("findings");
    }
    whole["register"] = std::move(v);
    if (!findings.is_null()) whole["findings"] = std::move(findings);
    return json::text(whole);
}

} // namespace riskshare::report
