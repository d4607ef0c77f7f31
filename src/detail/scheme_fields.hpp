// The fields of savings: by rating, by scheme, and the control totals beside them.
#ifndef RISKSHARE_SRC_DETAIL_SCHEME_FIELDS_HPP
#define RISKSHARE_SRC_DETAIL_SCHEME_FIELDS_HPP

#include "detail/json_fields.hpp"

#include <riskshare/category_savings.hpp>
#include <riskshare/control_total.hpp>
#include <riskshare/scheme.hpp>

namespace riskshare {

constexpr std::array<const char*, 3> words_of(recurrence) { return {"", "recurrent", "non-recurrent"}; }
constexpr std::array<const char*, 3> words_of(savings_table::scale) {
    return {"rating", "delivery_risk", "delivery_confidence"};
}
constexpr std::array<const char*, 3> words_of(cash_effect) { return {"", "cash-releasing", "non-cash-releasing"}; }
inline std::array<const char*, ratings.size()> words_of(rating) {
    std::array<const char*, ratings.size()> words = {};
    for (rating r : ratings) words[static_cast<std::size_t>(r)] = to_string(r);
    return words;
}

} // namespace riskshare

namespace riskshare::json {

template <class F, either<savings_plan> T>
void describe(F& f, T& p) {
    f("organisation", p.organisation);
    for (rating r : ratings) f(to_string(r), p.of(r));
    f("printed_total", p.printed_total);
    f("printed_risk", p.printed_risk);
    f("at", p.at);
}
template <class F, either<unrated_savings> T>
void describe(F& f, T& u) {
    f("organisation", u.organisation);
    f("written", u.written);
    f("names", u.names);
    f("amount", u.amount);
    f("at", u.at);
}
template <class F, either<savings_table> T>
void describe(F& f, T& t) {
    f("plans", t.plans);
    f("printed_totals", t.printed_totals);
    f.if_any("unrated", t.unrated);
    f.if_any("by", t.by);
    f.if_any("unidentified_known", t.unidentified_known);
}
template <class F, either<category_plan> T>
void describe(F& f, T& p) {
    f("organisation", p.organisation);
    f("amounts", p.amounts);
    f("printed_total", p.printed_total);
    f("at", p.at);
}
template <class F, either<category_savings> T>
void describe(F& f, T& t) {
    f("categories", t.categories);
    f("plans", t.plans);
    f("printed_totals", t.printed_totals);
}
template <class F, either<std::pair<std::string, ratio>> T>
void describe(F& f, T& w) {
    f("category", w.first);
    f("weight", w.second);
}
template <class F, either<category_weights> T>
void describe(F& f, T& w) {
    f("weights", w.weights);
    f("source", w.source);
}
template <class F, either<control_total> T>
void describe(F& f, T& c) {
    f("organisation", c.organisation);
    f("gross", c.gross);
    f("centralised_funding", c.centralised_funding);
    f("printed", c.printed);
    f("net_unmitigated_risk", c.net_unmitigated_risk);
    f("at", c.at);
}
template <class F, either<control_total_table> T>
void describe(F& f, T& t) {
    f("organisations", t.organisations);
    f("printed_totals", t.printed_totals);
}
template <class F, either<stated_figures> T>
void describe(F& f, T& s) {
    f.if_any("plan", s.plan);
    f.if_any("plan_to_date", s.plan_to_date);
    f.if_any("actual_to_date", s.actual_to_date);
    f.if_any("forecast", s.forecast);
}
template <class F, either<scheme> T>
void describe(F& f, T& s) {
    f("reference", s.reference);
    f("name", s.name);
    f("organisation", s.organisation);
    f.if_any("division", s.division);
    f.if_any("workstream", s.workstream);
    f.if_any("lead", s.lead);
    f.if_any("type", s.type);
    f.if_any("qia", s.quality);
    f.if_any("stage", s.stage);
    f("rag", s.rating);
    f.if_any("written_rag", s.written_rating);
    f.if_any("recurrent", s.recurrence);
    f.if_any("cash_releasing", s.cash_effect);
    f.if_any("start", s.start);
    f("plan", s.plan);
    f("actual", s.actual);
    f("full_year_effect", s.full_year_effect);
    f("stated", s.stated);
    f("at", s.at);
}

} // namespace riskshare::json

#endif
