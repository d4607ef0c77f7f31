// What must be right in a report before anything is computed from it.
#ifndef RISKSHARE_DETAIL_STATEMENT_CHECK_HPP
#define RISKSHARE_DETAIL_STATEMENT_CHECK_HPP

#include <riskshare/agreement.hpp>
#include <riskshare/detail/money_text.hpp>
#include <riskshare/detail/side_rule.hpp>
#include <riskshare/share_inputs.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace riskshare::detail {

/// Collects what is wrong with one report.
class inputs_check {
public:
    inputs_check(const agreement& a, const version_in_force* v, const share_inputs& in, std::vector<finding>& findings)
        : agreement_(a), version_(v), inputs_(in), findings_(findings) {}

    void check() {
        parties();
        for (const party_position& p : inputs_.positions)
            if (agreement_.index_of(p.organisation)) figures(p);
        if (version_ != nullptr) efficiencies();
        shortfalls();
        pools();
        others();
    }

private:
    void parties();
    void figures(const party_position&);
    void efficiencies();
    void shortfalls();
    void pools();
    void others();

    void report(severity how, std::string rule, std::string message, std::vector<provenance> at, std::string advice) {
        std::erase_if(at, [](const provenance& p) { return !p.known(); });
        finding f{std::move(rule), how, std::move(message), std::move(at)};
        f.advice = std::move(advice);
        findings_.push_back(std::move(f));
    }
    void error(std::string rule, std::string message, std::vector<provenance> at, std::string advice) {
        report(severity::error, std::move(rule), std::move(message), std::move(at), std::move(advice));
    }
    bool is_party(const std::string& organisation, const provenance& at) {
        if (agreement_.index_of(organisation)) return true;
        error("statement.not_a_party",
              "organisation " + organisation + " is not party to agreement " + agreement_.name(), {at},
              "the parties are " + listed(agreement_.parties()));
        return false;
    }
    void whole_steps(money amount, const std::string& what, const provenance& at) {
        const money step = agreement_.paper().rounding_unit;
        if (amount.pence() % step.pence() == 0) return;
        error("statement.finer_than_rounding_unit",
              what + ", " + said(amount) + ", is finer than the agreement's rounding unit of " + said(step), {at},
              "state it in whole units, or agree a finer unit");
    }
    void positive(money amount, const std::string& what, const provenance& at) {
        if (amount.is_negative())
            error("statement.negative", what + " is negative, " + said(amount), {at},
                  "savings, mitigations and shortfalls are stated as positive amounts");
    }

    const agreement& agreement_;
    const version_in_force* version_;
    const share_inputs& inputs_;
    std::vector<finding>& findings_;
};

inline void inputs_check::parties() {
    const std::vector<party_position>& all = inputs_.positions;
    for (std::size_t i = 0; i < all.size(); ++i) {
        is_party(all[i].organisation, all[i].at);
        for (std::size_t j = 0; j < i; ++j)
            if (all[j].organisation == all[i].organisation) {
                error("statement.duplicate_organisation",
                      "duplicate organisation " + all[i].organisation + ", numbers " + std::to_string(j + 1) + " and " +
                          std::to_string(i + 1),
                      {all[j].at, all[i].at}, "report each position once");
                break;
            }
    }
    for (const std::string& code : agreement_.parties())
        if (std::none_of(all.begin(), all.end(), [&](const party_position& p) { return p.organisation == code; }))
            error("statement.missing_party", code + ", a party to " + agreement_.name() + ", has no position",
                  {all.empty() ? provenance() : all.front().at}, "report a position for every party");
}

inline void inputs_check::figures(const party_position& p) {
    const bool forecast = inputs_.basis == share_basis::forecast;
    const auto needed = [&](const std::optional<stated_money>& figure, const std::string& what) {
        if (!figure)
            error("statement.blank", p.organisation + " has no " + what + ": blank is not zero", {p.at},
                  "enter it, or 0 if it is nothing");
        else
            whole_steps(figure->value, what + " of " + p.organisation, figure->at);
    };
    needed(p.plan, forecast ? "full-year plan" : "plan to date");
    needed(p.actual, forecast ? "forecast" : "actual to date");
    if (!p.own_mitigation) return;
    positive(p.own_mitigation->value, "own mitigation of " + p.organisation, p.own_mitigation->at);
    whole_steps(p.own_mitigation->value, "own mitigation of " + p.organisation, p.own_mitigation->at);
}

inline void inputs_check::efficiencies() {
    if (inputs_.frozen_exclusions || !version_->terms.sharing) return;
    const auto reported = [](const party_position& p) { return p.efficiency_target || p.efficiency_delivered; };
    const bool any = std::any_of(inputs_.positions.begin(), inputs_.positions.end(), reported);
    bool excluded = false;
    for (const party_position& p : inputs_.positions) {
        const std::optional<std::size_t> i = agreement_.index_of(p.organisation);
        if (!i || !version_->exclusions[*i]) continue;
        excluded = true;
        if (!any) continue;
        if (!p.efficiency_target || !p.efficiency_delivered) {
            error("statement.blank",
                  p.organisation + " has no efficiency " + (p.efficiency_target ? "delivered" : "target") +
                      " to date: blank is not zero",
                  {p.at}, "enter it, or 0 if it is nothing");
            continue;
        }
        positive(p.efficiency_target->value, "efficiency target of " + p.organisation, p.efficiency_target->at);
        whole_steps(p.efficiency_target->value, "efficiency target of " + p.organisation, p.efficiency_target->at);
        whole_steps(p.efficiency_delivered->value, "efficiency delivered of " + p.organisation,
                    p.efficiency_delivered->at);
    }
    if (excluded && !any)
        report(severity::warning, "statement.no_efficiency",
               "no efficiency to date is reported: nothing is excluded from sharing", {},
               "report target and delivery of cash-releasing efficiency for every party");
}

inline void inputs_check::shortfalls() {
    std::vector<std::string> seen;
    for (const scheme_shortfall& s : inputs_.shortfalls) {
        const std::string name = folded(s.scheme);
        if (std::find(seen.begin(), seen.end(), name) != seen.end())
            error("statement.duplicate_scheme", "the shortfall of \"" + s.scheme + "\" is reported twice", {s.at},
                  "report it once");
        seen.push_back(name);
        if (version_ != nullptr &&
            std::none_of(version_->schemes.begin(), version_->schemes.end(),
                         [&](const scheme_in_force& f) { return folded(f.scheme.name) == name; }))
            report(severity::warning, "statement.scheme_not_listed",
                   "\"" + s.scheme + "\" is not a scheme of " + agreement_.name() +
                       ": its shortfall stays in the positions and has no line",
                   {s.at}, "check its name");
        for (const per_party<money>& a : s.amounts) {
            if (!is_party(a.organisation, a.at)) continue;
            positive(a.value, "the shortfall of " + a.organisation + " in \"" + s.scheme + "\"", a.at);
            whole_steps(a.value, "the shortfall of " + a.organisation + " in \"" + s.scheme + "\"", a.at);
        }
    }
}

inline void inputs_check::pools() {
    for (const scheme_variance& v : inputs_.scheme_variances)
        for (const per_party<money>& a : v.amounts)
            if (is_party(a.organisation, a.at))
                whole_steps(a.value, "the variance of " + a.organisation + " in \"" + v.scheme + "\"", a.at);
    if (version_ == nullptr) return;
    for (const scheme_in_force& s : version_->schemes)
        if (s.scheme.pool &&
            std::none_of(inputs_.scheme_variances.begin(), inputs_.scheme_variances.end(),
                         [&](const scheme_variance& v) { return folded(v.scheme) == folded(s.scheme.name); }))
            report(severity::warning, "statement.scheme_not_reported",
                   "the pool \"" + s.scheme.name + "\" is not reported: nothing of it is divided by its own shares",
                   {s.scheme.at}, "give its line, \"" + s.scheme.name + " variance\"");
}

inline void inputs_check::others() {
    for (const slippage_line& s : inputs_.slippage) {
        is_party(s.organisation, s.at);
        positive(s.amount, "the slippage of \"" + s.what + "\"", s.at);
    }
    const auto relief = [&](const char* what, const std::optional<stated_money>& amount) {
        if (!amount) return;
        positive(amount->value, what, amount->at);
        whole_steps(amount->value, what, amount->at);
    };
    relief("the system's mitigation", inputs_.system_mitigation);
    relief("the reserve", inputs_.reserve);
    if (!inputs_.frozen_exclusions) return;
    for (const per_party<money>& f : *inputs_.frozen_exclusions) {
        is_party(f.organisation, f.at);
        whole_steps(f.value, "the frozen exclusion of " + f.organisation, f.at);
        if (!f.value.is_negative() && !f.value.is_zero())
            error("statement.positive_exclusion",
                  "the frozen exclusion of " + f.organisation + " is positive, " + said(f.value), {f.at},
                  "exclusions are deficits kept");
    }
}

inline void check_inputs(const agreement& a, const version_in_force* v, const share_inputs& in,
                         std::vector<finding>& findings) {
    inputs_check(a, v, in, findings).check();
}

/// Every size that the terms of a month need, before one of them is used.
inline void check_sizes(const agreement& a, const version_in_force& v, const share_inputs& in,
                        std::vector<finding>& findings) {
    const benchmarks known(v.terms.amounts, in);
    side_rule sizes(a, known, &findings);
    for (const side_in_force* side : {&v.gains, &v.deficits})
        if (!side->kept) sizes.of(*side, v.step);
    for (const scheme_in_force& s : v.schemes)
        if (s.scheme.pool) sizes.bounds(s.bounds, v.step);
    for (const carry_forward_terms& c : v.terms.carried)
        for (const std::string& party : a.parties())
            if (c.instalment) sizes.size(*c.instalment, party, "the instalment of \"" + c.name + "\"", c.at);
}

/// A party's plan or actual that is a quantity at a rate. One that is reported as well must be the same.
inline void take_worked_positions(const std::vector<named_amount>& amounts, money step, share_inputs& in,
                                  std::vector<finding>& findings) {
    const benchmarks known(amounts, in);
    for (const named_amount& a : amounts) {
        const std::string name = folded(a.name);
        const bool plan = name == "plan";
        const bool actual = name == (in.basis == share_basis::forecast ? "forecast" : "actual");
        if ((!plan && !actual) || a.organisation.empty()) continue;
        const auto error = [&](const char* rule, const std::string& message, const std::string& advice) {
            finding f{rule, severity::error, message};
            if (a.at.known()) f.at.push_back(a.at);
            f.advice = advice;
            findings.push_back(std::move(f));
        };
        const std::optional<exact> size = a.amount ? std::optional(exact(*a.amount)) : known.product(a, a.organisation);
        if (!size) {
            std::string missing;
            for (const operand* o : {a.quantity ? &*a.quantity : nullptr, a.rate ? &*a.rate : nullptr, &a.factor})
                if (o != nullptr && !known.number(*o, a.organisation)) missing = o->measure;
            error("statement.no_measure",
                  "the " + a.name + " of " + a.organisation + " needs \"" + missing + "\", which is not reported",
                  "give it in a line of the position of that name");
            continue;
        }
        const money value = rounded(a.spending ? -*size : *size, step, rounding::half_away_from_zero);
        auto found = std::find_if(in.positions.begin(), in.positions.end(),
                                  [&](const party_position& p) { return p.organisation == a.organisation; });
        if (found == in.positions.end()) found = in.positions.insert(found, party_position{a.organisation});
        std::optional<stated_money>& place = plan ? found->plan : found->actual;
        if (place && place->value != value)
            error("statement.two_amounts",
                  "the " + a.name + " of " + a.organisation + " is reported as " + said(place->value) +
                      ", and the agreement works it out as " + said(value),
                  "leave the line blank, or correct it");
        place = stated_money{value, a.at};
    }
}

} // namespace riskshare::detail

#endif
