#include <riskshare/cause_share.hpp>
#include <riskshare/report/statement_page.hpp>

#include "detail/json.hpp"
#include "report/funds_json.hpp"

namespace riskshare::report {

namespace {

using json::of;
using json::value;

value line_of(const statement_line& l) {
    return {{"organisation", l.organisation},
            {"plan", of(l.plan)},
            {"actual", of(l.actual)},
            {"variance", of(l.variance)},
            {"excluded", of(l.excluded)},
            {"shareable", of(l.shareable)},
            {"share", of(l.share)},
            {"allocated", of(l.allocated)},
            {"transfer", of(l.transfer)},
            {"final", of(l.final)},
            {"derived_share", l.derived_share ? of(*l.derived_share) : value(nullptr)},
            {"mitigated", of(l.mitigated)},
            {"retained", of(l.retained)},
            {"notional", of(l.notional)},
            {"share_used", l.share_used ? of(*l.share_used) : value(nullptr)}};
}

value lines_of(const statement& s) {
    value lines = value::array();
    for (const statement_line& l : s.lines) lines.push_back(line_of(l));
    return lines;
}

value texts_of(const std::vector<std::string>& texts) {
    value out = value::array();
    for (const std::string& t : texts) out.push_back(t);
    return out;
}

value schemes_of(const statement& s) {
    value out = value::array();
    for (const scheme_line& scheme : s.schemes) {
        value allocated = value::array();
        for (const money& m : scheme.allocated) allocated.push_back(of(m));
        value arose = value::array();
        for (const money& m : scheme.arose) arose.push_back(of(m));
        out.push_back({{"scheme", scheme.name},
                       {"shortfall", of(scheme.shortfall)},
                       {"own_shares", scheme.own_shares},
                       {"missing_consents", texts_of(scheme.missing)},
                       {"arose", arose},
                       {"allocated", scheme.own_shares ? allocated : value(nullptr)},
                       {"pool", scheme.pool},
                       {"relieved", of(scheme.relieved)},
                       {"unallocated", of(scheme.unallocated)}});
    }
    return out;
}

value movement_of(const statement_movement& m) {
    value lines = value::array();
    for (const movement_line& l : m.lines)
        lines.push_back({{"organisation", l.organisation},
                         {"variance", of(l.variance)},
                         {"excluded", of(l.excluded)},
                         {"shareable", of(l.shareable)},
                         {"allocated", of(l.allocated)},
                         {"transfer", of(l.transfer)},
                         {"final", of(l.final)}});
    return {{"since_month", m.before.when.month.number()},
            {"restated", m.restated()},
            {"pool", of(m.pool)},
            {"parties", lines},
            {"before", lines_of(m.before)}};
}

value rejected_of(const agreement& a) {
    value out = value::array();
    for (const rejected_amendment& r : a.rejected())
        out.push_back({{"what", r.proposed.what},
                       {"from_month", r.proposed.effective.number()},
                       {"missing_consents", texts_of(r.missing)}});
    return out;
}

value workings_of(const statement& s) {
    value out = value::array();
    for (const working& w : s.workings) {
        value from = value::array();
        for (const provenance& p : w.from) from.push_back(of(p));
        out.push_back({{"organisation", w.organisation},
                       {"figure", w.figure},
                       {"rule", w.rule},
                       {"clause", w.clause},
                       {"from", from}});
    }
    return out;
}

value payments_of(const statement& s) {
    value out = value::array();
    for (const payment& p : payments(s)) out.push_back({{"from", p.from}, {"to", p.to}, {"amount", of(p.amount)}});
    return out;
}

value acting_of(const statement& s) {
    value out = value::array();
    for (const acting_term& t : s.acting)
        out.push_back({{"term", t.term},
                       {"organisation", t.organisation},
                       {"state", t.state},
                       {"amount", of(t.amount)},
                       {"clause", t.clause},
                       {"at", t.at.known() ? of(t.at) : value(nullptr)}});
    return out;
}

value carried_of(const statement& s) {
    constexpr const char* kinds[] = {"debt", "reserve", "claim"};
    value out = value::array();
    for (const carried_balance& b : s.carried)
        out.push_back({{"balance", b.name},
                       {"kind", kinds[static_cast<std::size_t>(b.kind)]},
                       {"organisation", b.organisation},
                       {"opening", of(b.opening)},
                       {"added", of(b.added)},
                       {"used", of(b.used)},
                       {"repaid", of(b.repaid)},
                       {"repaid_to", b.repaid_to},
                       {"written_off", of(b.written_off)},
                       {"closing", of(b.closing())},
                       {"balanced_years", b.balanced_years},
                       {"clause", b.clause}});
    return out;
}

value findings_of(const std::vector<finding>& findings) {
    value out = value::array();
    for (const finding& f : findings) out.push_back(of(f));
    return out;
}

/// The second proof; null where the inputs have no cells that could be added up again.
value added_again_of(const std::optional<inputs_added_again>& a) {
    if (!a) return nullptr;
    return {{"cells", a->cells}, {"variance", of(a->variance)}, {"pool", of(a->pool)}, {"holds", a->holds}};
}

value recommendation_of(const statement_report& r) {
    if (!r.recommendation)
        return r.recommendation_refused.empty() ? value(nullptr) : value{{"refused", r.recommendation_refused}};
    value adjustments = value::array();
    for (const per_party<money>& a : r.recommendation->adjustments)
        adjustments.push_back({{"organisation", a.organisation}, {"adjustment", of(a.value)}});
    return {{"month", r.recommendation->made.month.number()},
            {"update", r.recommendation->update},
            {"adjustments", adjustments}};
}

} // namespace

json::value funds_json(const std::vector<fund_result>& funds) {
    value out = value::array();
    for (const fund_result& f : funds) {
        value quarters = value::array();
        for (const fund_quarter& q : f.quarters) {
            value from = value::array();
            for (const provenance& p : q.from) from.push_back(of(p));
            quarters.push_back({{"state", to_string(q.state)},
                                {"phased", of(q.phased)},
                                {"earned", of(q.earned)},
                                {"recovered", of(q.recovered)},
                                {"why", q.why},
                                {"from", from}});
        }
        out.push_back({{"fund", f.fund},
                       {"organisation", f.organisation},
                       {"amount", of(f.amount)},
                       {"earned", of(f.earned)},
                       {"withheld", of(f.withheld)},
                       {"may_be_recovered", of(f.recoverable ? f.withheld : money())},
                       {"lost", of(f.lost)},
                       {"unknown", of(f.unknown)},
                       {"not_due", of(f.not_due)},
                       {"quarters", quarters},
                       {"clause", f.clause}});
    }
    return out;
}

std::string with_funds(const std::string& text, const std::vector<fund_result>& funds) {
    value document = value::parse(text);
    document["funds"] = funds_json(funds);
    return json::text(document);
}

std::string statement_json(const statement_report& r) {
    const statement& s = r.statement;
    const statement_proof p = proof(s);
    value relief = value::array();
    for (const relief_line& l : s.relief)
        relief.push_back({{"what", l.what}, {"available", of(l.available)}, {"used", of(l.used)}});
    value pass_backs = value::array();
    for (const pass_back_check& b : s.pass_backs)
        pass_backs.push_back({{"organisation", b.organisation},
                              {"what", b.what},
                              {"expected_surplus", of(b.expected_surplus)},
                              {"reported_variance", of(b.reported_variance)},
                              {"to_explain", of(b.to_explain())}});
    const value document = {{"schema", "riskshare.statement/1"},
                            {"unit", "GBP"},
                            {"agreement", s.agreement},
                            {"version", s.version},
                            {"year", to_string(s.when.year)},
                            {"month", s.when.month.number()},
                            {"basis", to_string(s.basis)},
                            {"status", s.applied() ? "applied" : "not_applied"},
                            {"stage", to_string(s.stage)},
                            {"pool", of(s.pool)},
                            {"shared_pool", of(s.shared_pool)},
                            {"unallocated", of(s.unallocated)},
                            {"held_for_joint_investment", of(s.held_for_joint_investment)},
                            {"parties", lines_of(s)},
                            {"payments", payments_of(s)},
                            {"schemes", schemes_of(s)},
                            {"relief", relief},
                            {"pass_backs", pass_backs},
                            {"proof",
                             {{"transfers", of(p.transfers)},
                              {"leaves_the_pool", of(p.leaves_the_pool)},
                              {"final", of(p.final)},
                              {"variance", of(p.variance)},
                              {"added_again", added_again_of(r.added_again)}}},
                            {"terms", acting_of(s)},
                            {"funds", funds_json(s.funds)},
                            {"carried_forward", carried_of(s)},
                            {"forecast", r.forecast
                                             ? value{{"pool", of(r.forecast->pool)}, {"parties", lines_of(*r.forecast)}}
                                             : value(nullptr)},
                            {"movement", r.movement ? movement_of(*r.movement) : value(nullptr)},
                            {"recommendation", recommendation_of(r)},
                            {"rejected_amendments", rejected_of(r.agreement)},
                            {"workings", workings_of(s)},
                            {"findings", findings_of(r.findings)}};
    return json::text(document);
}

std::string refused_statement_json(const std::vector<finding>& findings) {
    const value document = {{"schema", "riskshare.statement/1"},
                            {"unit", "GBP"},
                            {"status", "refused"},
                            {"findings", findings_of(findings)}};
    return json::text(document);
}

std::string cause_share_json(const cause_share& s, const std::vector<finding>& findings) {
    value systems = value::array();
    for (const cause_share_line& l : s.systems)
        systems.push_back({{"system", l.system},
                           {"hours", to_string(l.hours)},
                           {"share", of(l.share)},
                           {"allocated", of(l.allocated)},
                           {"offset", of(l.offset)},
                           {"borne", of(l.borne)}});
    const value document = {{"schema", "riskshare.cause_share/1"},
                            {"unit", "GBP"},
                            {"period", s.name},
                            {"deficit", of(s.deficit)},
                            {"demonstrated", of(s.demonstrated)},
                            {"not_shared", of(s.not_shared)},
                            {"systems", systems},
                            {"findings", findings_of(findings)}};
    return json::text(document);
}

} // namespace riskshare::report
