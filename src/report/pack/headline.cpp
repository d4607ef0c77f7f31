// Five sentences that a chair can read out. Each is built from figures of the pack, and says so where they are missing.
#include "report/pack/parts.hpp"

#include <riskshare/detail/money_text.hpp>

#include <algorithm>

namespace riskshare::report {

namespace {

using sentence = pack_sentence;

void cite(sentence& s, const std::optional<figure_id>& id) {
    if (id) s.figures.push_back(*id);
}

std::string part_in_words(const exact& part, const exact& whole) {
    return whole.is_zero() ? "" : " (" + to_string(percentage(part, whole, 0, rounding::half_away_from_zero)) + "%)";
}

sentence where_we_stand(pack_parts& p) {
    sentence s{"Where we stand"};
    const key_figures& k = p.key;
    const landing& l = p.lands;
    if (p.now != nullptr && l.actual_to_date) {
        const std::string when = p.out.month ? "At month " + std::to_string(p.out.month->number()) : "To date";
        s.text = when + " the system " +
                 (p.now->spending_alone         ? "has "
                  : l.actual_to_date->is_zero() ? "is at "
                                                : "has ") +
                 told_as(*p.now, *l.actual_to_date) +
                 (l.plan_to_date ? against_plan(*p.now, *l.actual_to_date, *l.plan_to_date)
                                 : "; the files give no plan to date") +
                 ".";
        cite(s, k.actual), cite(s, k.plan_to_date);
    } else if (k.tracker_actual && p.make.of(*k.tracker_actual) && k.tracker_to_date && p.make.of(*k.tracker_to_date)) {
        const exact &done = *p.make.of(*k.tracker_actual), &plan = *p.make.of(*k.tracker_to_date);
        s.text = "Savings schemes have delivered " + pounds(done) + " of the " + pounds(plan) + " planned to date" +
                 part_in_words(done, plan) + ".";
        cite(s, k.tracker_actual), cite(s, k.tracker_to_date);
    } else if (k.savings) {
        const exact &all = *p.make.of(*k.savings), &risk = *p.make.of(*k.at_risk);
        s.text = "The plans hold savings of " + pounds(all) + ", of which " + pounds(risk) + " is at risk" +
                 part_in_words(risk, all) + ".";
        cite(s, k.savings), cite(s, k.at_risk);
    } else if (p.in.shared) {
        const exact variance(p.in.shared->statement.total().variance);
        s.text = "Together the parties are " +
                 (variance.is_zero()
                      ? std::string("at plan")
                      : pounds(variance) + (variance.is_negative() ? " worse than plan" : " better than plan")) +
                 ".";
    } else {
        s.text = "The files hold no position, savings plan or schemes from which to say where the system stands.";
    }
    return s;
}

/// The lines that moved most, largest first; else the bodies.
std::vector<figure_id> largest_variances(pack_parts& p) {
    std::vector<figure_id> ids = p.key.variances.empty() ? p.key.body_variances : p.key.variances;
    std::erase_if(ids, [&](figure_id id) { return p.make.or_nil(id).is_zero(); });
    std::stable_sort(ids.begin(), ids.end(),
                     [&](figure_id a, figure_id b) { return abs(p.make.or_nil(a)) > abs(p.make.or_nil(b)); });
    if (ids.size() > 3) ids.resize(3);
    return ids;
}

const savings_plan* largest_risk(pack_parts& p) {
    const savings_plan* most = nullptr;
    if (p.in.read.savings)
        for (const savings_plan& plan : p.in.read.savings->plans)
            if (most == nullptr || at_risk(plan, p.in.weights.weights) > at_risk(*most, p.in.weights.weights))
                most = &plan;
    return most;
}

sentence why(pack_parts& p) {
    sentence s{"Why"};
    if (const std::vector<figure_id> ids = largest_variances(p); !ids.empty()) {
        const std::string what = p.key.variances.empty() ? "body" : "line";
        s.text = ids.size() == 1
                     ? "The one " + what + " off plan is "
                     : "The " + std::string(what == "body" ? "bodies" : "lines") + " furthest from plan are ";
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const pack_figure& f = p.out.figures[ids[i]];
            const std::string line = f.name.substr(0, f.name.rfind(", variance"));
            s.text += (i == 0                ? ""
                       : i + 1 == ids.size() ? " and "
                                             : ", ") +
                      line + " (" + pounds(*f.amount) + (f.amount->is_negative() ? " worse)" : " better)");
        }
        s.text += ".";
        s.figures = ids;
        return s;
    }
    const savings_plan* most = largest_risk(p);
    if (most != nullptr && !at_risk(*most, p.in.weights.weights).is_zero()) {
        const exact risk = at_risk(*most, p.in.weights.weights);
        s.text = (p.in.read.savings->plans.size() > 1
                      ? body_or_system(most->organisation) + " has the most savings at risk: "
                      : "What makes the risk: ") +
                 pounds(risk) + ", of which ";
        const exact unidentified = value_or_zero(most->of(rating::unidentified)) * p.in.weights.weights.unidentified;
        s.text += unidentified.is_zero() ? "none is unidentified." : pounds(unidentified) + " is not yet identified.";
        return s;
    }
    s.text = !p.key.variances.empty()        ? "No single line of the files differs from its plan."
             : !p.key.body_variances.empty() ? "No body differs from its plan."
                                             : "The files do not give lines by which a difference could be explained.";
    return s;
}

sentence where_we_land(pack_parts& p) {
    sentence s{"Where we land"};
    const landing& l = p.lands;
    if (p.now != nullptr && l.forecast) {
        s.text = "The forecast for the year is " + told_as(*p.now, *l.forecast) +
                 (l.plan ? against_plan(*p.now, *l.forecast, *l.plan) : "");
        if (l.straight_line) s.text += "; going on as so far it would be " + told_as(*p.now, *l.straight_line);
        s.text += ".";
        cite(s, p.key.forecast), cite(s, p.key.plan), cite(s, p.key.straight_line);
    } else if (p.now != nullptr && l.straight_line) {
        s.text = "No forecast is reported; going on as so far the year would end at " +
                 told_as(*p.now, *l.straight_line) + ".";
        cite(s, p.key.straight_line);
    } else if (p.key.tracker_forecast && p.make.of(*p.key.tracker_forecast) && p.make.of(*p.key.tracker_plan)) {
        const exact &forecast = *p.make.of(*p.key.tracker_forecast), &plan = *p.make.of(*p.key.tracker_plan);
        s.text = "Savings schemes are forecast to deliver " + pounds(forecast) + " of the year's plan of " +
                 pounds(plan) + part_in_words(forecast, plan) + ".";
        cite(s, p.key.tracker_forecast), cite(s, p.key.tracker_plan);
    } else {
        s.text = "The files do not say where the year will end.";
    }
    return s;
}

sentence what_could_happen(pack_parts& p) {
    sentence s{"What could happen"};
    const landing& l = p.lands;
    if (p.key.likely && p.key.worst && l.by_register) {
        s.text = "If risks and mitigations fall as expected the year ends at " + balance(l.by_register->likely) +
                 "; if every risk falls and nothing mitigates it, at " + balance(l.by_register->worst) + ".";
        cite(s, p.key.likely), cite(s, p.key.worst);
    } else if (p.key.net_risk) {
        s.text = "Risks less mitigations come to a net " + pounds(*p.make.of(*p.key.net_risk)) + " by likelihood.";
        cite(s, p.key.net_risk);
    } else if (p.key.at_risk) {
        const exact &risk = *p.make.of(*p.key.at_risk), &all = *p.make.of(*p.key.savings);
        s.text = "By the weights in use " + pounds(risk) + " of the " + pounds(all) +
                 " of savings may not be delivered" +
                 (p.in.weights.assumed ? "; no file gives these weights, they are assumed." : ".");
        cite(s, p.key.at_risk), cite(s, p.key.savings);
    } else {
        s.text =
            "The files hold neither a register of risks nor savings by rating from which to say what could happen.";
    }
    return s;
}

sentence what_is_asked(pack_parts& p) {
    sentence s{"What is asked of you"};
    const std::size_t errors = static_cast<std::size_t>(std::count_if(
        p.out.findings.begin(), p.out.findings.end(), [](const finding& f) { return f.severity == severity::error; }));
    std::string asked;
    if (p.in.shared && p.in.shared->statement.applied()) {
        std::string pays;
        for (const payment& pay : payments(p.in.shared->statement))
            pays += (pays.empty() ? "" : ", and ") + pay.from + " pays " + pay.to + " " + detail::said(pay.amount);
        if (!pays.empty()) asked = "agree that " + pays;
    }
    if (asked.empty() && p.key.unidentified && !p.make.or_nil(*p.key.unidentified).is_zero()) {
        asked = "say where the " + pounds(p.make.or_nil(*p.key.unidentified)) +
                " of savings that nobody has identified is to come from";
        cite(s, p.key.unidentified);
    }
    if (asked.empty() && p.key.net_risk && !p.make.of(*p.key.net_risk)->is_negative() &&
        !p.make.of(*p.key.net_risk)->is_zero()) {
        asked = "say who bears the net risk of " + pounds(*p.make.of(*p.key.net_risk));
        cite(s, p.key.net_risk);
    }
    if (errors > 0) {
        s.text = "Before you rely on these figures, have " + std::to_string(errors) +
                 (errors == 1 ? " error in them put right" : " errors in them put right");
        s.text += asked.empty() ? "." : "; then " + asked + ".";
    } else {
        s.text = asked.empty() ? "To note this report: the figures name no decision to be taken." : "To " + asked + ".";
    }
    return s;
}

} // namespace

void add_headline(pack_parts& p) {
    p.out.headline = {where_we_stand(p), why(p), where_we_land(p), what_could_happen(p), what_is_asked(p)};
}

} // namespace riskshare::report
