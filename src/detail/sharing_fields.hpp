// The fields of agreements and of the positions that they share.
#ifndef RISKSHARE_SRC_DETAIL_SHARING_FIELDS_HPP
#define RISKSHARE_SRC_DETAIL_SHARING_FIELDS_HPP

#include "detail/json_fields.hpp"

#include <riskshare/agreement_terms.hpp>
#include <riskshare/cause_share.hpp>
#include <riskshare/share_inputs.hpp>

namespace riskshare {

constexpr std::array<const char*, 3> words_of(share_terms::how) { return {"fixed", "equal", "derived"}; }
constexpr std::array<const char*, 3> words_of(consent_rule::how) { return {"unanimous", "majority", "named"}; }
constexpr std::array<const char*, 2> words_of(exclusion_limit) { return {"declared_deficit", "full_shortfall"}; }
constexpr std::array<const char*, 2> words_of(deficit_policy) { return {"shared", "kept"}; }
constexpr std::array<const char*, 3> words_of(gain_policy) { return {"held_for_joint_investment", "pro_rata", "kept"}; }
constexpr std::array<const char*, 3> words_of(reserve_use) {
    return {"net_deficit", "schemes_in_order", "schemes_pro_rata"};
}
constexpr std::array<const char*, 3> words_of(fund_gate::what) { return {"own", "system", "standard"}; }
constexpr std::array<const char*, 3> words_of(carry_forward_terms::what) { return {"debt", "reserve", "claim"}; }
constexpr std::array<const char*, 2> words_of(share_basis) { return {"ytd", "forecast"}; }

} // namespace riskshare

namespace riskshare::json {

/// An amount as ever; a part of a benchmark as "3% of target".
template <>
struct form<extent> {
    static value written(const extent& e) { return e.is_relative() ? value(to_string(e)) : of(e.amount()); }
    static extent from(const value& v, const std::string& path) {
        const std::string text = text_of(v, path);
        if (text.find(" of ") == std::string::npos) return money_from(v, path);
        return parsed<extent>(v, path, parse_part);
    }
};

/// A field that a document of before does not have, and that one without it does not get.
template <class T>
void unless_usual(writer& w, const char* key, const T& field, const T& usual) {
    if (!(field == usual)) w(key, field);
}
template <class T>
void unless_usual(reader& r, const char* key, T& field, const T&) {
    r.if_any(key, field);
}

template <class F, either<operand> T>
void describe(F& f, T& o) {
    f.if_any("measure", o.measure);
    f("number", o.number);
}

template <class T>
constexpr bool is_per_party = false;
template <class T>
constexpr bool is_per_party<per_party<T>> = true;

template <class F, class T>
requires is_per_party<std::remove_const_t<T>>
void describe(F& f, T& p) {
    f("organisation", p.organisation);
    f("value", p.value);
    f("at", p.at);
}
template <class F, either<consent> T>
void describe(F& f, T& c) {
    f("organisation", c.organisation);
    f("at", c.at);
}
template <class F, either<consent_rule> T>
void describe(F& f, T& c) {
    f("rule", c.rule);
    f.if_any("parties", c.parties);
    f.if_any("clause", c.clause);
    f("at", c.at);
}
template <class F, either<share_terms> T>
void describe(F& f, T& s) {
    f("kind", s.kind);
    f.if_any("shares", s.shares);
    f("normalise", s.normalise);
    f.if_any("clause", s.clause);
    f("at", s.at);
}
template <class F, either<expenditure_basis> T>
void describe(F& f, T& b) {
    f("description", b.description);
    f("amounts", b.amounts);
    f.if_any("clause", b.clause);
    f("at", b.at);
}
template <class F, either<exclusion_term> T>
void describe(F& f, T& e) {
    f("organisation", e.organisation);
    f("annual_cap", e.annual_cap);
    f.if_any("clause", e.clause);
    f("at", e.at);
}
template <class F, either<shared_scheme> T>
void describe(F& f, T& s) {
    f("name", s.name);
    f("amount", s.amount);
    f.if_any("shares", s.shares);
    f.if_any("consents", s.consents);
    f.if_any("clause", s.clause);
    f("at", s.at);
    unless_usual(f, "pool", s.pool, false);
    f.if_any("bounds", s.bounds);
    unless_usual(f, "underspend_kept", s.underspend_kept, false);
    f.if_any("rest_to", s.rest_to);
}
template <class F, either<pass_back_line> T>
void describe(F& f, T& p) {
    f("organisation", p.organisation);
    f("what", p.what);
    f.if_any("clause", p.clause);
    f("at", p.at);
}
template <class F, either<period_shares> T>
void describe(F& f, T& p) {
    f("from", p.from);
    f("shares", p.shares);
}
template <class F, either<tier_terms> T>
void describe(F& f, T& t) {
    f("up_to", t.up_to);
    f("shares", t.shares);
    f.if_any("from", t.from);
    unless_usual(f, "stays", t.stays, false);
}
template <class F, either<bound_terms> T>
void describe(F& f, T& b) {
    f("organisation", b.organisation);
    f("at_least", b.at_least);
    f("at_most", b.at_most);
    f.if_any("clause", b.clause);
    f("at", b.at);
}
template <class F, either<score_terms> T>
void describe(F& f, T& s) {
    f("value", s.value);
    f("least", s.least);
    f("most", s.most);
    f.if_any("clause", s.clause);
    f("at", s.at);
}
template <class F, either<division_terms> T>
void describe(F& f, T& d) {
    f.if_any("minimum", d.minimum);
    f.if_any("counts", d.counts);
    f.if_any("at_most", d.at_most);
    f.if_any("dead_band", d.dead_band);
    f.if_any("shares", d.shares);
    f.if_any("tiers", d.tiers);
    f.if_any("score", d.score);
    f.if_any("bounds", d.bounds);
    f.if_any("rest_to", d.rest_to);
    f.if_any("clause", d.clause);
    f("at", d.at);
}
template <class F, either<named_amount> T>
void describe(F& f, T& a) {
    f("name", a.name);
    f.if_any("amount", a.amount);
    f.if_any("amounts", a.amounts);
    f.if_any("quantity", a.quantity);
    f.if_any("rate", a.rate);
    f("factor", a.factor);
    f.if_any("organisation", a.organisation);
    f("spending", a.spending);
    f.if_any("clause", a.clause);
    f("at", a.at);
}
template <class F, either<fund_gate> T>
void describe(F& f, T& g) {
    f("kind", g.kind);
    f.if_any("measure", g.measure);
    f.if_any("at_least", g.at_least);
    f.if_any("at_most", g.at_most);
    f("at", g.at);
}
template <class F, either<taper_step> T>
void describe(F& f, T& t) {
    f("at_least", t.at_least);
    f("earns", t.earns);
}
template <class F, either<fund_part> T>
void describe(F& f, T& p) {
    f.if_any("name", p.name);
    f("part", p.part);
    f.if_any("gates", p.gates);
    f("any", p.any);
    f.if_any("taper", p.taper);
    f("pound_for_pound", p.pound_for_pound);
    f.if_any("clause", p.clause);
    f("at", p.at);
}
template <class F, either<fund_terms> T>
void describe(F& f, T& d) {
    f("name", d.name);
    f("amounts", d.amounts);
    f.if_any("phasing", d.phasing);
    f("recoverable", d.recoverable);
    f.if_any("parts", d.parts);
    f.if_any("quantity", d.quantity);
    f.if_any("rate", d.rate);
    f("capped_by_year", d.capped_by_year);
    f.if_any("clause", d.clause);
    f("at", d.at);
}
template <class F, either<carry_forward_terms> T>
void describe(F& f, T& c) {
    f("name", c.name);
    f("kind", c.kind);
    f.if_any("opening", c.opening);
    f.if_any("instalment", c.instalment);
    f.if_any("repaid_to", c.repaid_to);
    f.if_any("written_off_after", c.written_off_after);
    f.if_any("balanced", c.balanced);
    f("adds_deficits", c.adds_deficits);
    f.if_any("claims", c.claims);
    f.if_any("clause", c.clause);
    f("at", c.at);
}
template <class F, either<terms_of_sharing> T>
void describe(F& f, T& t) {
    f("sharing", t.sharing);
    f("shares", t.shares);
    f.if_any("by_period", t.by_period);
    f.if_any("basis", t.basis);
    f("limit", t.limit);
    f.if_any("exclusions", t.exclusions);
    f.if_any("schemes", t.schemes);
    f.if_any("pass_backs", t.pass_backs);
    f("deficits", t.deficits);
    f("gains", t.gains);
    f("dead_band", t.dead_band);
    f.if_any("tiers", t.tiers);
    f.if_any("bounds", t.bounds);
    f.if_any("clause", t.clause);
    f.if_any("amounts", t.amounts);
    f.if_any("gain_terms", t.gain_terms);
    f.if_any("deficit_terms", t.deficit_terms);
    unless_usual(f, "reserve", t.reserve, reserve_use::net_deficit);
    f.if_any("reserve_clause", t.reserve_clause);
    f.if_any("funds", t.funds);
    f.if_any("carried", t.carried);
}
template <class F, either<amendment> T>
void describe(F& f, T& a) {
    f("what", a.what);
    f("effective", a.effective);
    f("consents", a.consents);
    f.if_any("sharing", a.sharing);
    f.if_any("shares", a.shares);
    f.if_any("basis", a.basis);
    f.if_any("limit", a.limit);
    f.if_any("deficits", a.deficits);
    f.if_any("gains", a.gains);
    f.if_any("dead_band", a.dead_band);
    // An empty list here takes away what was there; nothing at all leaves it.
    f("exclusions", a.exclusions);
    f("schemes", a.schemes);
    f("tiers", a.tiers);
    f("bounds", a.bounds);
    f.if_any("clause", a.clause);
    f("at", a.at);
    f.if_any("amounts", a.amounts);
    f.if_any("gain_terms", a.gain_terms);
    f.if_any("deficit_terms", a.deficit_terms);
    f.if_any("reserve", a.reserve);
    f.if_any("reserve_clause", a.reserve_clause);
    f.if_any("funds", a.funds);
    f.if_any("carried", a.carried);
}
template <class F, either<timetable> T>
void describe(F& f, T& t) {
    f("sharing_starts", t.sharing_starts);
    f("recommendation", t.recommendation);
    f("update", t.update);
    f.if_any("clause", t.clause);
}
template <class F, either<party> T>
void describe(F& f, T& p) {
    f("code", p.code);
    f("name", p.name);
    f("at", p.at);
}
template <class F, either<agreement_paper> T>
void describe(F& f, T& p) {
    f("name", p.name);
    f("title", p.title);
    f("year", p.year);
    f("parties", p.parties);
    f("timetable", p.timetable);
    f("consents", p.consents);
    f("rounding_unit", p.rounding_unit);
    f("terms", p.terms);
    f.if_any("amendments", p.amendments);
    f("at", p.at);
}

template <class F, either<stated_money> T>
void describe(F& f, T& m) {
    f("value", m.value);
    f("at", m.at);
}
template <class F, either<party_position> T>
void describe(F& f, T& p) {
    f("organisation", p.organisation);
    f("plan", p.plan);
    f("actual", p.actual);
    f("efficiency_target", p.efficiency_target);
    f("efficiency_delivered", p.efficiency_delivered);
    f.if_any("own_mitigation", p.own_mitigation);
    f("at", p.at);
}
template <class F, either<scheme_shortfall> T>
void describe(F& f, T& s) {
    f("scheme", s.scheme);
    f("amounts", s.amounts);
    f("at", s.at);
}
template <class F, either<slippage_line> T>
void describe(F& f, T& s) {
    f("organisation", s.organisation);
    f("what", s.what);
    f("amount", s.amount);
    f("at", s.at);
}
template <class F, either<scheme_variance> T>
void describe(F& f, T& s) {
    f("scheme", s.scheme);
    f("amounts", s.amounts);
    f("at", s.at);
}
template <class F, either<measure> T>
void describe(F& f, T& m) {
    f("name", m.name);
    f.if_any("organisation", m.organisation);
    f("quarter", m.quarter);
    f("value", m.value);
    f("at", m.at);
}
template <class F, either<quarter_position> T>
void describe(F& f, T& q) {
    f("quarter", q.quarter);
    f("variance", q.variance);
}
template <class F, either<share_inputs> T>
void describe(F& f, T& in) {
    f("year", in.when.year);
    f("month", in.when.month);
    f("basis", in.basis);
    f("positions", in.positions);
    f.if_any("shortfalls", in.shortfalls);
    f.if_any("slippage", in.slippage);
    f.if_any("system_mitigation", in.system_mitigation);
    f.if_any("reserve", in.reserve);
    f("frozen_exclusions", in.frozen_exclusions);
    f.if_any("scheme_variances", in.scheme_variances);
    f.if_any("measures", in.measures);
    f.if_any("quarters", in.quarters);
}

template <class F, either<cause_line> T>
void describe(F& f, T& l) {
    f("system", l.system);
    f("hours", l.hours);
    f("offset", l.offset);
    f("at", l.at);
}
template <class F, either<cause_period> T>
void describe(F& f, T& p) {
    f("name", p.name);
    f("deficit", p.deficit);
    f("demonstrated", p.demonstrated);
    f("systems", p.systems);
    f("step", p.step);
    f("at", p.at);
}

} // namespace riskshare::json

#endif
