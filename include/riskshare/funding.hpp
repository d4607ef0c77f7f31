// What of a fund is earned, withheld or lost, quarter by quarter and body by body.
#ifndef RISKSHARE_FUNDING_HPP
#define RISKSHARE_FUNDING_HPP

#include <riskshare/apportion.hpp>
#include <riskshare/benchmarks.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/fund_terms.hpp>
#include <riskshare/share_inputs.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace riskshare {

enum class quarter_state : std::uint8_t { not_due, met, partly, missed, unknown };
inline const char* to_string(quarter_state s) {
    constexpr const char* words[] = {"not due", "met", "partly met", "missed", "not known"};
    return words[static_cast<std::size_t>(s)];
}

struct fund_quarter {
    quarter_state state = quarter_state::not_due;
    money phased = {}, earned = {};
    money recovered = {}; ///< of what is earned: missed in a quarter before
    std::string why = {}; ///< the gates, in words
    std::vector<provenance> from = {};
};

/// One body's fund: earned + withheld + lost + unknown + not due = the amount.
struct fund_result {
    std::string fund = {}, organisation = {};
    money amount = {};
    std::array<fund_quarter, 4> quarters = {};
    money earned = {}, withheld = {}, lost = {}, not_due = {};
    money unknown = {};       ///< due, and nothing tells whether its gates were met
    bool recoverable = false; ///< what is withheld may still be recovered
    std::string clause = {};
};

/// Every fund of the terms for every body that has a part of it, up to the quarter that has ended in the month. A gate
/// that nothing tells about is a warning, and earns nothing.
std::vector<fund_result> funding(const std::vector<fund_terms>&, const std::vector<named_amount>&, const share_inputs&,
                                 money step, std::vector<finding>&);

/// An amount as phased over the quarters, adding up to it exactly.
std::array<money, 4> phased_by_quarter(money amount, const std::vector<ratio>& phasing, money step);

// ---------------------------------------------------------------------------------------------------------------------

inline std::array<money, 4> phased_by_quarter(money amount, const std::vector<ratio>& phasing, money step) {
    const std::vector<money> q = apportion(amount, phasing.empty() ? std::vector<ratio>(4, ratio(1)) : phasing, step);
    return {q[0], q[1], q[2], q[3]};
}

namespace detail {

/// One body's fund.
class fund_making {
public:
    fund_making(const fund_terms& terms, const std::vector<named_amount>& amounts, const share_inputs& in, money step,
                std::vector<finding>& findings)
        : terms_(terms), known_(amounts, in), inputs_(in), step_(step), findings_(findings) {}

    fund_result made(const per_party<money>& body);

private:
    struct answer {
        quarter_state state = quarter_state::unknown;
        ratio earns = 0;                  ///< of what is due
        std::optional<money> off_by = {}; ///< its position is off plan, where that is taken pound for pound
        std::string why = {};
        std::vector<provenance> from = {};
    };
    answer asked(const fund_gate&, const std::string& body, int quarter) const;
    answer position_asked(bool system, const std::string& body, int quarter) const;
    answer standard_asked(const fund_gate&, const std::string& body, int quarter) const;
    answer asked(const fund_part&, const std::string& body, int quarter) const;
    void take_parts(fund_result&, int due);
    void take_quantity(fund_result&, int due);
    void settle(fund_result&, int due, money to_date, money unknown) const;
    const measure* measured(const std::string& name, const std::string& body, int quarter) const {
        const measure* own = measure_of(inputs_, name, body, quarter);
        return own != nullptr ? own : measure_of(inputs_, name, "", quarter);
    }

    const fund_terms& terms_;
    benchmarks known_;
    const share_inputs& inputs_;
    money step_;
    std::vector<finding>& findings_;
};

inline std::string quarter_name(int q) { return "Q" + std::to_string(q); }

inline fund_making::answer fund_making::position_asked(bool system, const std::string& body, int quarter) const {
    money variance;
    bool found = false;
    for (const quarter_position& q : inputs_.quarters)
        for (const per_party<money>& v : q.variance)
            if (q.quarter == quarter && (system || v.organisation == body)) variance += v.value, found = true;
    const std::string whose = system ? "the system" : body;
    if (!found) return {quarter_state::unknown, 0, {}, "the position of " + whose + " is not known", {}};
    const bool met = !variance.is_negative();
    return {met ? quarter_state::met : quarter_state::missed,
            met ? 1 : 0,
            met ? money() : -variance,
            whose + (met ? " is on plan, " : " is off plan, ") + said(variance),
            {}};
}

inline fund_making::answer fund_making::standard_asked(const fund_gate& gate, const std::string& body,
                                                       int quarter) const {
    const measure* m = measured(gate.measure, body, quarter);
    if (m == nullptr) return {quarter_state::unknown, 0, {}, "\"" + gate.measure + "\" is not reported", {}};
    const result<ratio> value = to_ratio(m->value);
    if (!value) return {quarter_state::unknown, 0, {}, value.why().message, {m->at}};
    bool met = gate.at_least || gate.at_most || *value == ratio(1);
    if (gate.at_least && *value < *gate.at_least) met = false;
    if (gate.at_most && *gate.at_most < *value) met = false;
    std::string why = gate.measure;
    if (gate.at_least || gate.at_most) why += " is " + to_percent(*value);
    if (gate.at_least) why += " against at least " + to_percent(*gate.at_least);
    if (gate.at_most) why += " against at most " + to_percent(*gate.at_most);
    return {
        met ? quarter_state::met : quarter_state::missed, met ? 1 : 0, {}, why + (met ? ": met" : ": missed"), {m->at}};
}

inline fund_making::answer fund_making::asked(const fund_gate& gate, const std::string& body, int quarter) const {
    if (gate.kind == fund_gate::what::standard) return standard_asked(gate, body, quarter);
    // What is stated for the quarter goes before what the positions say.
    const bool system = gate.kind == fund_gate::what::system;
    fund_gate stated = gate;
    stated.measure = system ? "system position" : "own position";
    stated.at_least.reset();
    stated.at_most.reset();
    const answer by_sheet = standard_asked(stated, system ? "" : body, quarter);
    return by_sheet.state == quarter_state::unknown ? position_asked(system, body, quarter) : by_sheet;
}

inline fund_making::answer fund_making::asked(const fund_part& part, const std::string& body, int quarter) const {
    std::size_t met = 0, missed = 0;
    answer all;
    for (const fund_gate& gate : part.gates) {
        answer one = asked(gate, body, quarter);
        met += one.state == quarter_state::met;
        missed += one.state == quarter_state::missed;
        all.why += (all.why.empty() ? "" : "; ") + one.why;
        all.from.insert(all.from.end(), one.from.begin(), one.from.end());
        if (one.state == quarter_state::missed && one.off_by) all.off_by = one.off_by;
    }
    const bool earned = part.any ? met > 0 : met == part.gates.size();
    const bool lost = part.any ? missed == part.gates.size() : missed > 0;
    all.state = earned ? quarter_state::met : lost ? quarter_state::missed : quarter_state::unknown;
    all.earns = earned ? 1 : 0;
    if (!lost) all.off_by.reset();
    if (!part.pound_for_pound) all.off_by.reset();
    if (all.state != quarter_state::missed || part.taper.empty()) return all;
    const measure* m = measured(part.gates.front().measure, body, quarter);
    const result<ratio> value = m != nullptr ? to_ratio(m->value) : result<ratio>(failure{"", ""});
    for (const taper_step& step : part.taper)
        if (value && step.at_least <= *value) {
            all.earns = step.earns;
            all.state = step.earns == ratio(0) ? quarter_state::missed : quarter_state::partly;
            all.why += ", " + to_percent(step.earns) + " is earned from " + to_percent(step.at_least) + " on";
            break;
        }
    return all;
}

inline void fund_making::take_parts(fund_result& r, int due) {
    std::vector<ratio> parts;
    for (const fund_part& p : terms_.parts) parts.push_back(p.part);
    std::vector<money> due_to_date(parts.size()), earned_to_date(parts.size());
    money to_date, unknown;
    for (int q = 1; q <= due; ++q) {
        fund_quarter& now = r.quarters[static_cast<std::size_t>(q - 1)];
        to_date += now.phased;
        // Split to date and take the difference, so that the year's parts come out as if split once.
        const std::vector<money> split = apportion(to_date, parts, step_);
        std::size_t met = 0, missed = 0;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const answer a = asked(terms_.parts[i], r.organisation, q);
            const money fresh = split[i] - due_to_date[i], before = earned_to_date[i];
            const money base = terms_.recoverable ? split[i] : fresh;
            money earned = a.off_by && a.state == quarter_state::missed
                               ? larger(money(), base - *a.off_by)
                               : rounded(exact(base) * a.earns, step_, rounding::half_away_from_zero);
            earned_to_date[i] = terms_.recoverable ? larger(before, earned) : before + earned;
            const money paid = earned_to_date[i] - before;
            now.earned += paid;
            if (terms_.recoverable) now.recovered += larger(money(), paid - fresh);
            due_to_date[i] = split[i];
            // What a later test to date decides is open until the last quarter's.
            if (a.state == quarter_state::unknown && (!terms_.recoverable || q == 4))
                unknown += terms_.recoverable ? split[i] - earned_to_date[i] : fresh;
            met += a.state == quarter_state::met;
            missed += a.state == quarter_state::missed;
            now.why += (now.why.empty() ? "" : "; ") +
                       (terms_.parts[i].name.empty() ? "" : terms_.parts[i].name + ": ") + a.why;
            now.from.insert(now.from.end(), a.from.begin(), a.from.end());
            if (a.state != quarter_state::unknown) continue;
            now.state = quarter_state::unknown;
            finding f{"fund.gate_unknown", severity::warning,
                      terms_.name + " of " + r.organisation + ", " + quarter_name(q) + ": " + a.why +
                          ", so nothing is earned by it"};
            if (terms_.parts[i].at.known()) f.at.push_back(terms_.parts[i].at);
            f.advice = "give the quarter's position, or a line for the gate on a sheet called Gates";
            findings_.push_back(std::move(f));
        }
        if (now.state == quarter_state::unknown) continue;
        now.state = met == parts.size()                              ? quarter_state::met
                    : missed == parts.size() && now.earned.is_zero() ? quarter_state::missed
                                                                     : quarter_state::partly;
    }
    settle(r, due, to_date, unknown);
}

/// Paid at a rate for a quantity to date. A quantity that falls back takes nothing away that was earned.
inline void fund_making::take_quantity(fund_result& r, int due) {
    money phased_to_date, earned_to_date;
    exact quantity_to_date;
    for (int q = 1; q <= due; ++q) {
        fund_quarter& now = r.quarters[static_cast<std::size_t>(q - 1)];
        phased_to_date += now.phased;
        const measure* m =
            terms_.quantity->measure.empty() ? nullptr : measured(terms_.quantity->measure, r.organisation, q);
        const std::optional<ratio> rate = known_.number(*terms_.rate, r.organisation);
        if (m == nullptr || !rate) {
            now.state = quarter_state::unknown;
            now.why =
                "\"" + (m == nullptr ? to_string(*terms_.quantity) : to_string(*terms_.rate)) + "\" is not reported";
            findings_.push_back({"fund.gate_unknown",
                                 severity::warning,
                                 terms_.name + " of " + r.organisation + ", " + quarter_name(q) + ": " + now.why +
                                     ", so nothing is earned by it",
                                 {},
                                 "give it on a sheet called Gates, quarter by quarter"});
            continue;
        }
        quantity_to_date += exact(m->value, unit::pounds);
        const money cap = terms_.capped_by_year ? r.amount : phased_to_date;
        const money worth = rounded(quantity_to_date * *rate, step_, rounding::half_away_from_zero);
        const money to_date = larger(earned_to_date, smaller(cap, larger(money(), worth)));
        now.earned = to_date - earned_to_date;
        now.recovered = larger(money(), now.earned - now.phased);
        earned_to_date = to_date;
        now.from = {m->at};
        now.why = to_string(quantity_to_date) + " to date at " + to_string(*rate) + " is " + said(worth) +
                  ", at most " + said(cap);
        now.state = now.earned.is_zero() ? quarter_state::missed
                    : worth < cap        ? quarter_state::partly
                                         : quarter_state::met;
    }
    const bool any_unknown = std::any_of(r.quarters.begin(), r.quarters.end(),
                                         [](const fund_quarter& q) { return q.state == quarter_state::unknown; });
    const money to_date = larger(phased_to_date, earned_to_date);
    settle(r, due, to_date, any_unknown && due == 4 ? to_date - earned_to_date : money());
}

inline void fund_making::settle(fund_result& r, int due, money to_date, money unknown) const {
    for (const fund_quarter& q : r.quarters) r.earned += q.earned;
    const bool open = due < 4 && (terms_.recoverable || terms_.quantity);
    r.unknown = unknown;
    (open ? r.withheld : r.lost) = to_date - r.earned - unknown;
    r.not_due = r.amount - to_date;
    r.recoverable = open;
}

inline fund_result fund_making::made(const per_party<money>& body) {
    fund_result r;
    r.fund = terms_.name;
    r.organisation = body.organisation;
    r.amount = body.value;
    r.clause = terms_.clause;
    const std::array<money, 4> phased = phased_by_quarter(r.amount, terms_.phasing, step_);
    for (std::size_t q = 0; q < 4; ++q) r.quarters[q].phased = phased[q];
    const int due = inputs_.when.month.number() / 3;
    if (terms_.quantity)
        take_quantity(r, due);
    else
        take_parts(r, due);
    return r;
}

} // namespace detail

inline std::vector<fund_result> funding(const std::vector<fund_terms>& funds, const std::vector<named_amount>& amounts,
                                        const share_inputs& in, money step, std::vector<finding>& findings) {
    std::vector<fund_result> out;
    for (const fund_terms& f : funds)
        for (const per_party<money>& body : f.amounts)
            out.push_back(detail::fund_making(f, amounts, in, step, findings).made(body));
    return out;
}

} // namespace riskshare

#endif
