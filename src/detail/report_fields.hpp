// The fields of a monthly finance report. Where its cells stand in a workbook to be filled is not among them.
#ifndef RISKSHARE_SRC_DETAIL_REPORT_FIELDS_HPP
#define RISKSHARE_SRC_DETAIL_REPORT_FIELDS_HPP

#include "detail/json_fields.hpp"

#include <riskshare/finance_report.hpp>

#include <algorithm>

namespace riskshare {

constexpr std::array<const char*, 4> words_of(line_nature) {
    return {"income", "expenditure", "misalignment", "result"};
}
constexpr std::array<const char*, 2> words_of(register_kind) { return {"risk", "mitigation"}; }
constexpr std::array<const char*, 2> words_of(better_when) { return {"higher", "lower"}; }
constexpr std::array<const char*, 3> words_of(stated_as) { return {"actual", "plan", "forecast"}; }
constexpr std::array<const char*, 2> words_of(measured_against) { return {"turnover", "allocation"}; }
constexpr std::array<const char*, 4> words_of(staff_group) { return {"all", "substantive", "bank", "agency"}; }
constexpr std::array<const char*, 3> words_of(measured_in) { return {"money", "percent", "number"}; }

} // namespace riskshare

namespace riskshare::json {

template <class F, either<plan_and_actual> T>
void describe(F& f, T& p) {
    f("plan", p.plan);
    f("actual", p.actual);
    f.if_any("printed_variance", p.printed_variance);
}
template <class F, either<of_which_line> T>
void describe(F& f, T& l) {
    f("label", l.label);
    f("in_month", l.in_month);
    f("to_date", l.to_date);
    f("full_year", l.full_year);
}
template <class F, either<position_line> T>
void describe(F& f, T& l) {
    f("label", l.label);
    f.if_any("organisation", l.organisation);
    f.if_any("section", l.section);
    f("nature", l.nature);
    f.if_any("adds", l.adds);
    f("adds_unknown", l.adds_unknown);
    f("in_month", l.in_month);
    f("to_date", l.to_date);
    f("full_year", l.full_year);
    f.if_any("of_which", l.of_which);
}
template <>
struct form<position> {
    static value written(const position& p) { return json::written(p.lines()); }
    static position from(const value& v, const std::string& path) {
        try {
            return position(value_from<std::vector<position_line>>(v, path));
        } catch (const precondition_violated& e) {
            throw malformed{path, e.what()};
        }
    }
};
template <class F, either<organisation_position> T>
void describe(F& f, T& o) {
    f("organisation", o.organisation);
    f("is_total", o.is_total);
    f("in_month", o.in_month);
    f("to_date", o.to_date);
    f("full_year", o.full_year);
    f.if_any("one_offs_to_date", o.one_offs_to_date);
    f.if_any("one_offs_full_year", o.one_offs_full_year);
    f.if_any("best", o.best);
    f.if_any("likely", o.likely);
    f.if_any("worst", o.worst);
    f.if_any("full_year_effect", o.full_year_effect);
    const auto any = [](const plan_and_actual& p) { return !std::is_const_v<T> || p.plan || p.actual; };
    if (any(o.without_support)) f.if_any("without_support", o.without_support);
    if (any(o.without_support_full_year)) f.if_any("without_support_full_year", o.without_support_full_year);
}
template <class F, either<intra_system_trade> T>
void describe(F& f, T& t) {
    f("seller", t.seller);
    f("buyer", t.buyer);
    f("income", t.income);
    f("expenditure", t.expenditure);
    f.if_any("what", t.what);
    f("room", t.room);
    f("at", t.at);
}
template <class F, either<efficiency_line> T>
void describe(F& f, T& l) {
    f("organisation", l.organisation);
    f("is_total", l.is_total);
    f("full_year", l.full_year);
}
template <class F, either<register_item> T>
void describe(F& f, T& i) {
    f("reference", i.reference);
    f("description", i.description);
    f("owner", i.owner);
    f.if_any("category", i.category);
    f("kind", i.kind);
    f("gross", i.gross);
    f("likelihood", i.likelihood);
    f.if_any("printed_adjusted", i.printed_adjusted);
    f("at", i.at);
}
template <class F, either<printed_totals> T>
void describe(F& f, T& t) {
    f("gross_risk", t.gross_risk);
    f("adjusted_risk", t.adjusted_risk);
    f("adjusted_mitigation", t.adjusted_mitigation);
    f("net", t.net);
}
template <class F, either<risk_register> T>
void describe(F& f, T& r) {
    f("items", r.items);
    f("printed", r.printed);
}
template <class F, either<capital_line> T>
void describe(F& f, T& l) {
    f("name", l.name);
    f("plan_to_date", l.plan_to_date);
    f("spent", l.spent);
    f("plan_for_year", l.plan_for_year);
    f("forecast", l.forecast);
    f.if_any("limit", l.limit);
    f("total", l.is_total);
}
template <class F, either<capital_position> T>
void describe(F& f, T& c) {
    f("limit", c.limit);
    f("spent", c.spent);
    f("forecast", c.forecast);
    f("underspend_against_plan", c.underspend_against_plan);
    f("printed_spent", c.printed_spent);
    f("at_spent", c.at_spent);
    f("printed_expired", c.printed_expired);
    f("at_expired", c.at_expired);
    f.if_any("plan_to_date", c.plan_to_date);
    f.if_any("plan_for_year", c.plan_for_year);
    f.if_any("lines", c.lines);
}
template <class F, either<dashboard_row> T>
void describe(F& f, T& r) {
    f("measure", r.measure);
    f("plan", r.plan);
    f("actual", r.actual);
    f.if_any("better_when", r.better);
    f.if_any("printed_status", r.printed_status);
    f.if_any("before", r.before);
    f.if_any("amber_within", r.amber_within);
    f.if_any("measured_in", r.in);
}
template <>
struct form<plan_version> {
    static value written(const plan_version& v) {
        value months = value::array();
        for (const exact& m : v.months) months.push_back(of(m));
        return {{"name", v.name}, {"measured_from", v.measured_from.number()}, {"months", std::move(months)}};
    }
    static plan_version from(const value& v, const std::string& path) {
        plan_version out{text_of(member(v, "name", path), path + ".name"), month(1), {}};
        read(out.measured_from, member(v, "measured_from", path), path + ".measured_from");
        const value& months = array_of(member(v, "months", path), path + ".months");
        if (months.size() != out.months.size()) throw malformed{path + ".months", "twelve months are expected"};
        for (std::size_t i = 0; i < out.months.size(); ++i) read(out.months[i], months[i], path + ".months");
        return out;
    }
};
template <>
struct form<plan_history> {
    static value written(const plan_history& p) { return json::written(p.versions()); }
    static plan_history from(const value& v, const std::string& path) {
        try {
            return plan_history(value_from<std::vector<plan_version>>(v, path));
        } catch (const precondition_violated& e) {
            throw malformed{path, e.what()};
        }
    }
};
template <class F, either<month_result> T>
void describe(F& f, T& m) {
    f("month", m.month);
    f("actual", m.actual);
    f("non_recurrent", m.non_recurrent);
    f("at", m.at);
}
template <>
struct form<assurance_row> {
    static value written(const assurance_row& a) {
        return {{"report", a.report},
                {"grade", std::string(a.grade.name())},
                {"escalated", a.escalated},
                {"risks", a.risks}};
    }
    static assurance_row from(const value& v, const std::string& path) {
        const auto text = [&](const char* key) { return text_of(member(v, key, path), path + "." + key); };
        const assurance_grade grade =
            parsed<assurance_grade>(member(v, "grade", path), path + ".grade", parse_assurance);
        return {text("report"), grade, text("escalated"), text("risks")};
    }
};
template <>
struct form<risk_score> {
    static value written(const risk_score& s) { return {{"likelihood", s.likelihood()}, {"impact", s.impact()}}; }
    static risk_score from(const value& v, const std::string& path) {
        int likelihood = 0, impact = 0;
        read(likelihood, member(v, "likelihood", path), path + ".likelihood");
        read(impact, member(v, "impact", path), path + ".impact");
        const result<risk_score> s = risk_score::of(likelihood, impact);
        if (!s) throw malformed{path, s.why().message};
        return *s;
    }
};
template <class F, either<scored_risk> T>
void describe(F& f, T& s) {
    f("reference", s.reference);
    f("description", s.description);
    f("score", s.score);
    f.if_any("made_of", s.made_of);
    f("at", s.at);
}
/// A number of things as it is written; never an amount of money.
template <>
struct form<counted> {
    static value written(const counted& n) { return {{"number", to_string(n.value)}, {"at", of(n.at)}}; }
    static counted from(const value& v, const std::string& path) {
        counted n;
        read(n.value, member(v, "number", path), path + ".number");
        read(n.at, member(v, "at", path), path + ".at");
        return n;
    }
};
template <class F, either<cash_balance> T>
void describe(F& f, T& c) {
    f("is_total", c.is_total);
    f.if_any("organisation", c.organisation);
    f.if_any("name", c.name);
    f.if_any("month", c.month);
    f("stated", c.stated);
    f.if_any("opening", c.opening);
    f.if_any("receipts", c.receipts);
    f.if_any("payments", c.payments);
    f.if_any("movement", c.movement);
    f.if_any("closing", c.closing);
    f.if_any("support", c.support);
    f.if_any("days", c.days);
}
template <class F, either<workforce_line> T>
void describe(F& f, T& l) {
    f("is_total", l.is_total);
    f.if_any("organisation", l.organisation);
    f.if_any("name", l.name);
    f.if_any("month", l.month);
    f("group", l.group);
    f.if_any("plan", l.plan);
    f.if_any("actual", l.actual);
    f.if_any("forecast", l.forecast);
}
template <class F, either<pay_against_plan> T>
void describe(F& f, T& p) {
    f("plan", p.plan);
    f("actual", p.actual);
}
template <class F, either<pay_line> T>
void describe(F& f, T& l) {
    f("is_total", l.is_total);
    f.if_any("organisation", l.organisation);
    f.if_any("name", l.name);
    f.if_any("month", l.month);
    f("group", l.group);
    f("in_month", l.in_month);
    f("to_date", l.to_date);
    f("full_year", l.full_year);
}
template <class F, either<deficit_support_line> T>
void describe(F& f, T& l) {
    f("is_total", l.is_total);
    f.if_any("organisation", l.organisation);
    f.if_any("quarter", l.quarter);
    f.if_any("planned", l.planned);
    f.if_any("received", l.received);
    f.if_any("withheld", l.withheld);
    f.if_any("earned_back", l.earned_back);
}
template <class F, either<variance_share> T>
void describe(F& f, T& s) {
    f("is_total", s.is_total);
    f.if_any("organisation", s.organisation);
    f("of", s.of);
    f("full_year", s.full_year);
    f("share", s.share);
    f("at", s.at);
}
template <>
struct form<std::array<cell_figure, debt_ages>> {
    static value written(const std::array<cell_figure, debt_ages>& by_age) {
        value out = value::array();
        for (const cell_figure& f : by_age) out.push_back(of(f));
        return out;
    }
    static std::array<cell_figure, debt_ages> from(const value& v, const std::string& path) {
        std::array<cell_figure, debt_ages> out;
        if (array_of(v, path).size() != out.size()) throw malformed{path, "one amount for each age is expected"};
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = figure_from(v[i], path);
        return out;
    }
};
template <class F, either<aged_debt_line> T>
void describe(F& f, T& l) {
    f("is_total", l.is_total);
    f.if_any("organisation", l.organisation);
    f.if_any("name", l.name);
    f("by_age", l.by_age);
    f("debt_total", l.total);
}
template <class F, either<finance_report> T>
void describe(F& f, T& r) {
    f("year", r.year);
    f("month", r.month);
    f.if_any("system", r.system);
    f.if_any("spending_alone", r.spending_alone);
    f.if_any("restated", r.restated);
    f.if_any("organisations", r.organisations);
    f.if_any("trades", r.trades);
    f.if_any("efficiencies", r.efficiencies);
    f.if_any("risks", r.risks);
    f.if_any("capital", r.capital);
    f.if_any("agency_to_date", r.agency_to_date);
    f.if_any("agency_cap", r.agency_cap);
    f.if_any("dashboard", r.dashboard);
    f.if_any("plans", r.plans);
    f.if_any("months", r.months);
    f.if_any("assurance", r.assurance);
    f.if_any("scores", r.scores);
    f.if_any("cash", r.cash);
    f.if_any("workforce", r.workforce);
    f.if_any("pay", r.pay);
    f.if_any("deficit_support", r.deficit_support);
    f.if_any("variance_shares", r.variance_shares);
    f.if_any("debts", r.debts);
    f.if_any("read_as", r.read_as);
}

} // namespace riskshare::json

#endif
