// Short ways to write agreements and positions in tests. Amounts are in £000 unless a name says pence.
#ifndef RISKSHARE_TESTS_SUPPORT_SHARE_HPP
#define RISKSHARE_TESTS_SUPPORT_SHARE_HPP

#include <riskshare/statement.hpp>

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace support {

using namespace riskshare;

inline std::vector<std::string> llr() { return {"UHL", "LPT", "ICB"}; }

inline share_terms percentages(const std::vector<std::string>& codes, const std::vector<std::int64_t>& percents) {
    share_terms terms;
    for (std::size_t i = 0; i < codes.size(); ++i) terms.shares.push_back({codes[i], ratio::percent(percents[i])});
    return terms;
}

/// The agreement of August 2022 without its exclusions: 50/13/37, shared from month 4.
inline agreement_paper llr_paper() {
    agreement_paper paper;
    paper.name = "LLR-2022/23";
    paper.year = financial_year{2022};
    for (const std::string& code : llr()) paper.parties.push_back({code});
    paper.timetable = {month(4), month(9), month(11)};
    paper.terms.shares = percentages(llr(), {50, 13, 37});
    paper.terms.gains = gain_policy::pro_rata;
    return paper;
}

inline agreement_paper with_exclusions(agreement_paper paper) {
    paper.terms.exclusions = {
        {"UHL", money::thousands(21100)}, {"LPT", money::thousands(5600)}, {"ICB", money::thousands(13200)}};
    return paper;
}

inline agreement made(const agreement_paper& paper) {
    outcome<agreement> a = agreement::made_from(paper);
    for (const finding& f : a.findings())
        if (f.severity == severity::error) MESSAGE(f.message);
    return std::move(a).value();
}

/// Variances against a plan of nothing.
inline share_inputs variances(const std::vector<std::string>& codes, int m, const std::vector<money>& amounts) {
    share_inputs in;
    in.when = {financial_year{2022}, month(m)};
    for (std::size_t i = 0; i < codes.size(); ++i) {
        party_position p{codes[i]};
        p.plan = stated_money{money()};
        p.actual = stated_money{amounts[i]};
        in.positions.push_back(p);
    }
    return in;
}

inline std::vector<money> thousands(const std::vector<std::int64_t>& amounts) {
    std::vector<money> out;
    for (std::int64_t a : amounts) out.push_back(money::thousands(a));
    return out;
}
inline std::vector<money> pence(const std::vector<std::int64_t>& amounts) {
    std::vector<money> out;
    for (std::int64_t a : amounts) out.push_back(money::pence(a));
    return out;
}

inline share_inputs with_efficiency(share_inputs in, const std::vector<std::int64_t>& targets,
                                    const std::vector<std::int64_t>& delivered) {
    for (std::size_t i = 0; i < in.positions.size(); ++i) {
        in.positions[i].efficiency_target = stated_money{money::thousands(targets[i])};
        in.positions[i].efficiency_delivered = stated_money{money::thousands(delivered[i])};
    }
    return in;
}

inline statement computed(const agreement& a, const share_inputs& in) {
    outcome<statement> s = statement_of(a, in);
    if (!s)
        for (const finding& f : s.findings()) MESSAGE(f.message);
    return std::move(s).value();
}

template <class Member>
std::vector<money> column(const statement& s, Member member) {
    std::vector<money> out;
    for (const statement_line& l : s.lines) out.push_back(l.*member);
    return out;
}

inline bool mentions(const std::vector<finding>& findings, const std::string& rule, const std::string& text) {
    for (const finding& f : findings)
        if (f.rule == rule && f.message.find(text) != std::string::npos) return true;
    return false;
}

} // namespace support

namespace doctest {
template <>
struct StringMaker<std::vector<riskshare::money>> {
    static String convert(const std::vector<riskshare::money>& amounts) {
        std::string text = "[";
        for (const riskshare::money& m : amounts) text += (text.size() > 1 ? ", " : "") + riskshare::to_string(m);
        return (text + "]").c_str();
    }
};
template <>
struct StringMaker<riskshare::money> {
    static String convert(const riskshare::money& m) { return riskshare::to_string(m).c_str(); }
};
} // namespace doctest

#endif
