#include <riskshare/report/tracker_report.hpp>

#include "detail/csv_field.hpp"
#include "detail/json.hpp"

#include <riskshare/report/text_table.hpp>

namespace riskshare::report {

namespace {

std::string thousands(const exact& amount) { return accounting(amount, unit::thousands); }
std::string thousands(money amount) { return thousands(exact(amount)); }

/// Delivery against plan as a percentage; a dash where nothing was planned.
std::string delivered(const scheme_totals& t) {
    if (t.plan_to_date.is_zero()) return "-";
    return to_string(percentage(t.actual_to_date, t.plan_to_date, 1, rounding::half_away_from_zero)) + "%";
}

tone tone_of_variance(money variance) { return variance.is_negative() ? tone::red : tone::plain; }

std::string shown(const std::string& key) { return key.empty() ? "(none)" : key; }

tone tone_of_key(scheme_field f, const std::string& key) {
    if (f != scheme_field::rating) return tone::plain;
    return key == "red" ? tone::red : key == "amber" ? tone::amber : key == "green" ? tone::green : tone::plain;
}

/// A sum with the number of schemes that it is of, where some give none; blank where none gives any.
std::string of_those_known(money sum, std::size_t without, std::size_t schemes) {
    if (without == 0) return thousands(sum);
    if (without == schemes) return "";
    return thousands(sum) + " (" + std::to_string(schemes - without) + " of " + std::to_string(schemes) + ")";
}

/// Whether both sides of a difference are those of every scheme.
bool whole_to_date(const scheme_totals& t) { return t.without_plan_to_date + t.without_actual == 0; }
bool whole_year(const scheme_totals& t) { return t.without_plan + t.without_forecast == 0; }
bool whole_recurrence(const scheme_totals& t) {
    return whole_year(t) && t.without_recurrence == 0 && t.knows_recurrence();
}

/// What the sums lack, before the sums; nothing where they are of every scheme.
std::string lacking(const scheme_totals& t) {
    std::string out;
    const auto say = [&](const char* what, std::size_t without) {
        if (without == 0 || without == t.schemes) return;
        out += (out.empty() ? "" : "; ") + std::string("the ") + what + " is of " +
               std::to_string(t.schemes - without) + " of " + std::to_string(t.schemes) + " schemes";
    };
    say("plan", t.without_plan);
    say("plan to date", t.without_plan_to_date);
    say("actual to date", t.without_actual);
    say("forecast", t.without_forecast);
    if (!t.unrated_plan.is_zero())
        out += (out.empty() ? "" : "; ") + thousands(t.unrated_plan) + " of the plan has no rating and is in no risk";
    return out.empty() ? "" : "Not the whole: " + out + ".\n";
}

std::vector<text_cell> cells_of(const scheme_totals& t, const risk_weights& w, tone how) {
    const bool to_date = whole_to_date(t), year = whole_year(t);
    return {{std::to_string(t.schemes), how},
            {of_those_known(t.plan, t.without_plan, t.schemes), how},
            {of_those_known(t.plan_to_date, t.without_plan_to_date, t.schemes), how},
            {of_those_known(t.actual_to_date, t.without_actual, t.schemes), how},
            {to_date ? thousands(t.variance_to_date()) : "", tone_of_variance(t.variance_to_date())},
            {to_date ? delivered(t) : "", how},
            {of_those_known(t.forecast, t.without_forecast, t.schemes), how},
            {year ? thousands(t.forecast_variance()) : "", tone_of_variance(t.forecast_variance())},
            {t.knows_effect() ? thousands(t.full_year_effect) : "", how},
            {accounting(at_risk(t, w), unit::thousands, 2), how}};
}

std::string groups_text(const tracker_view& v, bool colour) {
    text_table table;
    if (v.sums.by.empty()) table.column("", alignment::left);
    for (scheme_field f : v.sums.by) table.column(to_string(f), alignment::left);
    for (const char* heading : {"schemes", "plan", "plan to date", "actual to date", "variance", "delivered",
                                "forecast", "variance", "full year", "at risk"})
        table.column(heading);
    for (const scheme_group& g : v.sums.groups) {
        std::vector<text_cell> row;
        for (std::size_t i = 0; i < g.key.size(); ++i)
            row.emplace_back(shown(g.key[i]), tone_of_key(v.sums.by[i], g.key[i]));
        for (text_cell& c : cells_of(g.totals, v.weights, tone::plain)) row.push_back(std::move(c));
        table.row(std::move(row));
    }
    table.rule();
    std::vector<text_cell> total{{"total", tone::strong}};
    for (std::size_t i = 1; i < v.sums.by.size(); ++i) total.emplace_back("");
    for (text_cell& c : cells_of(v.sums.total, v.weights, tone::strong)) total.push_back(std::move(c));
    table.row(std::move(total));
    return table.render(colour);
}

std::string largest_text(const tracker& t, const tracker_view& v, bool colour) {
    constexpr std::size_t most_shown = 15;
    if (v.largest.empty()) return "";
    text_table table;
    table.column("scheme", alignment::left).column("", alignment::left).column("rag", alignment::left);
    table.column("plan").column("at risk").column("together");
    const exact all = at_risk(v.sums.total, v.weights);
    exact together;
    for (std::size_t i = 0; i < v.largest.size(); ++i) {
        together += v.largest[i].risk;
        if (i >= most_shown) continue;
        const scheme s = t[v.largest[i].row];
        table.row({s.reference,
                   s.name,
                   {s.rating ? to_string(*s.rating) : "",
                    tone_of_key(scheme_field::rating, s.rating ? to_string(*s.rating) : "")},
                   thousands(planned(s)),
                   accounting(v.largest[i].risk, unit::thousands, 2),
                   to_string(percentage(together, all, 1, rounding::half_away_from_zero)) + "%"});
    }
    std::string out = "\n" + std::to_string(v.largest.size()) + " of " + std::to_string(t.size()) +
                      " schemes make up " + to_percent(v.share) + " of the risk:\n" + table.render(colour);
    if (v.largest.size() > most_shown) out += "and " + std::to_string(v.largest.size() - most_shown) + " more\n";
    return out;
}

std::string proof_text(const rating_proof& p) {
    std::string out = std::to_string(p.figures()) +
                      " figures of the rating table as printed: " + std::to_string(p.agree) +
                      " are exactly the sum of their schemes";
    if (p.rounding > 0) out += ", " + std::to_string(p.rounding) + " as far as they are rounded";
    return out + (p.real > 0 ? ", " + std::to_string(p.real) + " are not\n" : "\n");
}

json::value delivery_of(const scheme_totals& t) {
    if (t.plan_to_date.is_zero()) return nullptr;
    return to_string(ratio(t.actual_to_date.pence(), t.plan_to_date.pence()));
}

/// Nothing where no scheme gives the figure, or where a difference is not of every scheme.
json::value if_known(bool known, const money& amount) { return known ? json::of(amount) : json::value(nullptr); }

json::value totals_json(const scheme_totals& t, const risk_weights& w) {
    json::value out = {
        {"schemes", t.schemes},
        {"plan", if_known(t.without_plan < t.schemes || t.schemes == 0, t.plan)},
        {"plan_to_date", if_known(t.without_plan_to_date < t.schemes || t.schemes == 0, t.plan_to_date)},
        {"actual_to_date", if_known(t.without_actual < t.schemes || t.schemes == 0, t.actual_to_date)},
        {"variance_to_date", if_known(whole_to_date(t), t.variance_to_date())},
        {"delivery", whole_to_date(t) ? delivery_of(t) : json::value(nullptr)},
        {"forecast", if_known(t.without_forecast < t.schemes || t.schemes == 0, t.forecast)},
        {"forecast_variance", if_known(whole_year(t), t.forecast_variance())},
        {"without_plan", t.without_plan},
        {"without_plan_to_date", t.without_plan_to_date},
        {"without_actual", t.without_actual},
        {"without_forecast", t.without_forecast},
        {"unrated_plan", json::of(t.unrated_plan)},
        {"without_recurrence", t.without_recurrence},
        {"full_year_effect", t.knows_effect() ? json::of(t.full_year_effect) : json::value(nullptr)},
        {"recurrent_plan", if_known(t.knows_recurrence(), t.recurrent_plan)},
        {"recurrent_forecast", if_known(t.knows_recurrence(), t.recurrent_forecast)},
        {"recurrent_gap", if_known(whole_recurrence(t), t.recurrent_gap())},
        {"next_year_effect", whole_recurrence(t) ? json::of(t.next_year_effect()) : json::value(nullptr)},
        {"risk", json::of(at_risk(t, w))}};
    return out;
}

json::value effect_json(const movement_effect& e) {
    return {{"plan", json::of(e.plan)}, {"forecast", json::of(e.forecast)}, {"risk", json::of(e.risk)}};
}

json::value rating_json(const std::optional<rating>& r) {
    return r ? json::value(to_string(*r)) : json::value(nullptr);
}

json::value bridge_json(const tracker_bridge& b) {
    json::value out;
    out["opening"] = effect_json(b.opening);
    out["closing"] = effect_json(b.closing);
    out["unchanged"] = b.unchanged;
    out["by_kind"] = json::value::array();
    for (movement_kind k : movement_kinds) {
        json::value kind = {{"kind", to_string(k)}, {"schemes", b.count(k)}};
        kind.update(effect_json(b.of(k)));
        out["by_kind"].push_back(std::move(kind));
    }
    out["schemes"] = json::value::array();
    for (const scheme_movement& m : b.movements) {
        json::value scheme = {{"organisation", m.organisation},
                              {"reference", m.reference},
                              {"scheme", m.name},
                              {"kind", to_string(m.kind)}};
        scheme.update(effect_json(m.effect));
        scheme["rag_before"] = rating_json(m.rating_before);
        scheme["rag_after"] = rating_json(m.rating_after);
        scheme["at"] = json::value::array();
        for (const provenance& p : m.at)
            if (p.known()) scheme["at"].push_back(json::of(p));
        out["schemes"].push_back(std::move(scheme));
    }
    return out;
}

std::string csv_of(const scheme_totals& t, const risk_weights& w) {
    std::string out = std::to_string(t.schemes);
    const bool to_date = whole_to_date(t), year = whole_year(t);
    const std::pair<exact, bool> amounts[] = {{exact(t.plan), t.without_plan < t.schemes},
                                              {exact(t.plan_to_date), t.without_plan_to_date < t.schemes},
                                              {exact(t.actual_to_date), t.without_actual < t.schemes},
                                              {exact(t.variance_to_date()), to_date},
                                              {exact(t.forecast), t.without_forecast < t.schemes},
                                              {exact(t.forecast_variance()), year},
                                              {t.full_year_effect, t.knows_effect()},
                                              {exact(t.recurrent_gap()), whole_recurrence(t)},
                                              {t.next_year_effect(), whole_recurrence(t)},
                                              {at_risk(t, w), true}};
    for (const auto& [amount, known] : amounts) out += "," + (known || t.schemes == 0 ? to_string(amount) : "");
    return out + "\n";
}

} // namespace

std::string tracker_text(const tracker& t, const tracker_view& v, bool colour) {
    const scheme_totals& total = v.sums.total;
    std::string out = lacking(total);
    out += toned("CIP tracker" + (t.year() ? " " + to_string(*t.year()) : std::string()) + ", month " +
                     std::to_string(v.reported.number()) + " (" + std::string(month_name(v.reported)) + ")",
                 tone::heading, colour) +
           ", £000\n\n" + groups_text(v, colour);
    text_table more;
    more.column("", alignment::left).column("");
    more.row({"risk on what is left to deliver", accounting(v.risk_left, unit::thousands, 2)});
    if (total.knows_recurrence()) more.row({"recurrent plan", thousands(total.recurrent_plan)});
    if (total.knows_recurrence() && whole_year(total))
        more.row({"recurrent forecast", thousands(total.recurrent_forecast)});
    if (whole_recurrence(total)) {
        more.row({"recurrent gap", thousands(total.recurrent_gap())});
        more.row({"next year against this year's forecast", thousands(total.next_year_effect())});
    }
    if (v.target) {
        const identification found = identified(*v.target, total.identified_plan());
        more.row({"target", thousands(*v.target)});
        more.row({"identified", thousands(total.identified_plan())});
        more.row({"still to identify", thousands(found.unidentified)});
        more.row({"headroom", thousands(found.headroom)});
    }
    out += "\n" + more.render(colour);
    out += "weights: ";
    for (rating r : ratings)
        out += std::string(r == rating::red ? "" : ", ") + to_string(r) + " " + to_percent(v.weights.of(r));
    out += std::string(" (") + (v.weights_assumed ? "assumed, " : "") + v.weights_source + ")\n";
    if (v.proof) out += proof_text(*v.proof);
    out += largest_text(t, v, colour);
    if (v.bridge)
        out += "\n" + toned("since " + v.since, tone::heading, colour) + "\n" + bridge_text(*v.bridge, colour);
    return out;
}

std::string bridge_text(const tracker_bridge& b, bool colour) {
    constexpr std::size_t most_shown = 30;
    text_table table;
    table.column("", alignment::left).column("schemes").column("plan").column("forecast").column("at risk");
    const auto row = [&](const std::string& what, const std::string& count, const movement_effect& e, tone how) {
        table.row({{what, how},
                   {count, how},
                   {thousands(e.plan), how},
                   {thousands(e.forecast), how},
                   {accounting(e.risk, unit::thousands, 2), how}});
    };
    row("before", "", b.opening, tone::strong);
    for (movement_kind k : movement_kinds)
        if (b.count(k) > 0) row(to_string(k), std::to_string(b.count(k)), b.of(k), tone::plain);
    if (b.unchanged > 0) row("unchanged", std::to_string(b.unchanged), {}, tone::faint);
    table.rule();
    row("after", "", b.closing, tone::strong);

    text_table schemes;
    schemes.column("scheme", alignment::left).column("", alignment::left).column("", alignment::left);
    schemes.column("plan").column("forecast").column("at risk");
    for (std::size_t i = 0; i < b.movements.size() && i < most_shown; ++i) {
        const scheme_movement& m = b.movements[i];
        std::string what = to_string(m.kind);
        if (m.kind == movement_kind::re_rated)
            what += std::string(" ") + (m.rating_before ? to_string(*m.rating_before) : "none") + " to " +
                    (m.rating_after ? to_string(*m.rating_after) : "none");
        schemes.row({m.reference, m.name, what, thousands(m.effect.plan), thousands(m.effect.forecast),
                     accounting(m.effect.risk, unit::thousands, 2)});
    }
    std::string out = table.render(colour);
    if (!b.movements.empty()) out += "\n" + schemes.render(colour);
    if (b.movements.size() > most_shown)
        out += "and " + std::to_string(b.movements.size() - most_shown) + " more; --json lists them all\n";
    return out;
}

std::string tracker_json(const tracker& t, const tracker_view& v, const std::vector<finding>& findings) {
    json::value out;
    out["schema"] = "riskshare.track/1";
    out["unit"] = "GBP";
    out["year"] = t.year() ? json::value(to_string(*t.year())) : json::value(nullptr);
    out["month"] = v.reported.number();
    out["schemes"] = v.sums.total.schemes;
    out["groups"] = json::value::array();
    for (const scheme_group& g : v.sums.groups) {
        json::value by = json::value::object();
        for (std::size_t i = 0; i < g.key.size(); ++i)
            by[to_string(v.sums.by[i])] = g.key[i].empty() ? json::value(nullptr) : json::value(g.key[i]);
        json::value group = {{"by", std::move(by)}};
        group.update(totals_json(g.totals, v.weights));
        out["groups"].push_back(std::move(group));
    }
    out["total"] = totals_json(v.sums.total, v.weights);
    out["risk_left_to_deliver"] = json::of(v.risk_left);
    out["weights"] = json::value::object();
    for (rating r : ratings) out["weights"][to_string(r)] = json::of(v.weights.of(r));
    out["weights_source"] = v.weights_source;
    out["weights_assumed"] = v.weights_assumed;
    if (v.proof)
        out["rating_table"] = {{"figures", v.proof->figures()},
                               {"agree", v.proof->agree},
                               {"rounding", v.proof->rounding},
                               {"real", v.proof->real}};
    if (v.target) {
        const identification found = identified(*v.target, v.sums.total.identified_plan());
        out["target"] = {{"target", json::of(*v.target)},
                         {"identified", json::of(v.sums.total.identified_plan())},
                         {"unidentified", json::of(found.unidentified)},
                         {"headroom", json::of(found.headroom)}};
    }
    out["largest_risks"] = {{"share", json::of(v.share)}, {"schemes", json::value::array()}};
    for (const scheme_risk& r : v.largest) {
        const scheme s = t[r.row];
        out["largest_risks"]["schemes"].push_back({{"organisation", s.organisation},
                                                   {"reference", s.reference},
                                                   {"scheme", s.name},
                                                   {"plan", json::of(planned(s))},
                                                   {"risk", json::of(r.risk)}});
    }
    if (v.bridge) out["movement"] = bridge_json(*v.bridge);
    out["findings"] = json::value::array();
    for (const finding& f : findings) out["findings"].push_back(json::of(f));
    return json::text(out);
}

std::string tracker_csv(const tracker_view& v) {
    std::string out;
    for (scheme_field f : v.sums.by) out += std::string(to_string(f)) + ",";
    if (v.sums.by.empty()) out += "group,";
    out += "schemes,plan,plan_to_date,actual_to_date,variance_to_date,forecast,forecast_variance,full_year_effect,"
           "recurrent_gap,next_year_effect,risk\n";
    for (const scheme_group& g : v.sums.groups) {
        for (const std::string& key : g.key) out += riskshare::detail::csv_field(key) + ",";
        out += csv_of(g.totals, v.weights);
    }
    out += "total,";
    for (std::size_t i = 1; i < v.sums.by.size(); ++i) out += ",";
    return out + csv_of(v.sums.total, v.weights);
}

std::string schemes_csv(const tracker& t, month reported) {
    std::string out =
        "organisation,reference,scheme,division,workstream,lead,rag,type,recurrent,cash_releasing,qia,stage,"
        "start";
    for (const char* block : {"plan", "actual"})
        for (int m = 1; m <= 12; ++m) out += std::string(",") + block + "_m" + std::to_string(m);
    out += ",plan,plan_to_date,actual_to_date,forecast,full_year_effect,file,sheet,cell\n";
    constexpr scheme_field fields[] = {scheme_field::organisation, scheme_field::reference,  scheme_field::name,
                                       scheme_field::division,     scheme_field::workstream, scheme_field::lead,
                                       scheme_field::rating,       scheme_field::type,       scheme_field::recurrence,
                                       scheme_field::cash_effect,  scheme_field::quality,    scheme_field::stage,
                                       scheme_field::start};
    for (std::size_t i = 0; i < t.size(); ++i) {
        const scheme s = t[i];
        for (scheme_field f : fields) out += riskshare::detail::csv_field(std::string(t.text(i, f))) + ",";
        for (const monthly* months : {&s.plan, &s.actual})
            for (int m = 1; m <= 12; ++m) {
                const std::optional<money> amount = months->at(month(m));
                out += (amount ? to_string(*amount) : "") + ",";
            }
        for (money amount :
             {planned(s), planned_to_date(s, reported), delivered_to_date(s, reported), forecast_outturn(s)})
            out += to_string(amount) + ",";
        out += s.full_year_effect ? to_string(*s.full_year_effect) : "";
        out += "," + riskshare::detail::csv_field(s.at.file()) + "," + riskshare::detail::csv_field(s.at.sheet()) +
               "," + s.at.cell() + "\n";
    }
    return out;
}

std::vector<change> changes_of(const tracker& before, month before_month, const tracker& after, month after_month,
                               const risk_weights& w) {
    std::vector<change> out;
    const roll_up then = rolled_up(before, before_month, {scheme_field::organisation});
    const roll_up now = rolled_up(after, after_month, {scheme_field::organisation});
    std::vector<std::string> organisations;
    for (const roll_up* r : {&now, &then})
        for (const scheme_group& g : r->groups)
            if (std::find(organisations.begin(), organisations.end(), g.key[0]) == organisations.end())
                organisations.push_back(g.key[0]);
    const auto totals = [](const roll_up& r, const std::string& organisation) {
        for (const scheme_group& g : r.groups)
            if (g.key[0] == organisation) return g.totals;
        return scheme_totals{};
    };
    for (const std::string& organisation : organisations) {
        const scheme_totals b = totals(then, organisation), a = totals(now, organisation);
        const auto say = [&](const std::string& what, const exact& x, const exact& y) {
            if (!(x == y)) out.push_back({what, organisation, x, y, y - x});
        };
        say("savings plan", b.plan, a.plan);
        for (rating r : ratings)
            say(std::string("savings plan ") + to_string(r), b.plan_by_rating[static_cast<std::size_t>(r)],
                a.plan_by_rating[static_cast<std::size_t>(r)]);
        say("savings delivered to date", b.actual_to_date, a.actual_to_date);
        say("savings forecast", b.forecast, a.forecast);
        say("savings full-year effect", b.full_year_effect, a.full_year_effect);
        say("savings at risk", at_risk(b, w), at_risk(a, w));
    }
    for (const scheme_movement& m : movement(before, before_month, after, after_month, w).movements) {
        change c{"scheme " + (m.reference.empty() ? m.name : m.reference) + " " + to_string(m.kind), m.organisation};
        c.difference = !m.effect.plan.is_zero() ? exact(m.effect.plan) : exact(m.effect.forecast);
        if (m.kind == movement_kind::re_rated) c.difference = m.effect.risk;
        c.at = m.at;
        c.words = "plan " + thousands(m.effect.plan) + ", forecast " + thousands(m.effect.forecast) + ", at risk " +
                  accounting(m.effect.risk, unit::thousands, 2);
        out.push_back(std::move(c));
    }
    return out;
}

std::string changes_json(const std::vector<change>& changes, const std::vector<finding>& findings) {
    json::value out;
    out["schema"] = "riskshare.compare/1";
    out["unit"] = "GBP";
    out["changes"] = json::value::array();
    for (const change& c : changes) {
        json::value v = {{"what", c.what},
                         {"organisation", c.organisation},
                         {"before", c.before ? json::of(*c.before) : json::value(nullptr)},
                         {"after", c.after ? json::of(*c.after) : json::value(nullptr)},
                         {"difference", json::of(c.difference)},
                         {"at", json::value::array()}};
        for (const provenance& p : c.at)
            if (p.known()) v["at"].push_back(json::of(p));
        if (!c.words.empty()) v["words"] = c.words;
        out["changes"].push_back(std::move(v));
    }
    out["findings"] = json::value::array();
    for (const finding& f : findings) out["findings"].push_back(json::of(f));
    return json::text(out);
}

std::string changes_text(const std::vector<change>& changes, bool colour) {
    if (changes.empty()) return "nothing changed\n";
    text_table table;
    table.column("what", alignment::left).column("organisation", alignment::left);
    table.column("before").column("after").column("change").column("effect", alignment::left);
    const auto shown_amount = [](const std::optional<exact>& e) { return e ? accounting(*e, unit::thousands, 2) : ""; };
    for (const change& c : changes)
        table.row({c.what, c.organisation, shown_amount(c.before), shown_amount(c.after),
                   accounting(c.difference, unit::thousands, 2), c.words});
    return "£000\n" + table.render(colour) + std::to_string(changes.size()) +
           (changes.size() == 1 ? " change\n" : " changes\n");
}

} // namespace riskshare::report
