// What could still go wrong, what could put it right, and what is left.
#ifndef RISKSHARE_RISK_REGISTER_HPP
#define RISKSHARE_RISK_REGISTER_HPP

#include <riskshare/detail/footing.hpp>
#include <riskshare/detail/money_text.hpp>
#include <riskshare/figure.hpp>
#include <riskshare/finding.hpp>
#include <riskshare/forecast.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace riskshare {

enum class register_kind : std::uint8_t { risk, mitigation };

/// One line of the register. Both kinds are positive amounts; a mitigation takes away.
struct register_item {
    std::string reference, description;
    std::string owner; ///< an organisation code, or "System"
    std::string category = {};
    register_kind kind = register_kind::risk;
    exact gross = {};
    ratio likelihood = {}; ///< 0 to 1
    cell_figure printed_adjusted = {};
    provenance at = {};

    exact adjusted() const { return gross * likelihood; }
};

/// gross → adjusted for likelihood → less mitigations adjusted the same way → net.
struct register_totals {
    exact gross_risk, adjusted_risk, gross_mitigation, adjusted_mitigation;
    exact net() const { return adjusted_risk - adjusted_mitigation; }
    register_totals& operator+=(const register_item&);
};

/// The totals that a sheet prints under its register.
struct printed_totals {
    cell_figure gross_risk, adjusted_risk, adjusted_mitigation, net;
};

struct risk_register {
    std::vector<register_item> items;
    printed_totals printed = {};

    register_totals totals() const;
    /// Worked out for each distinct value of a field, in order of appearance.
    std::vector<std::pair<std::string, register_totals>> by(std::string register_item::*field) const;
    /// The forecast with every, the expected and no mitigation, against no, the expected and every risk.
    outlook around(const exact& forecast) const;
};

/// An amount as agreed shares divide it, exact and unrounded: 48.8 at 50/13/37 is 24.4, 6.344 and 18.056.
struct share_of {
    std::string organisation;
    ratio share;
    exact amount = {};
};
std::vector<share_of> exposure(const exact& net, std::vector<share_of> shares);

/// References used twice, negative amounts, likelihoods outside 0 to 1, printed figures that the items do not give.
std::vector<finding> review(const risk_register&);

const char* to_string(register_kind);

// ---------------------------------------------------------------------------------------------------------------------

inline const char* to_string(register_kind k) { return k == register_kind::risk ? "risk" : "mitigation"; }

inline register_totals& register_totals::operator+=(const register_item& item) {
    const bool risk = item.kind == register_kind::risk;
    (risk ? gross_risk : gross_mitigation) += item.gross;
    (risk ? adjusted_risk : adjusted_mitigation) += item.adjusted();
    return *this;
}

inline register_totals risk_register::totals() const {
    register_totals sum;
    for (const register_item& i : items) sum += i;
    return sum;
}

inline std::vector<std::pair<std::string, register_totals>> risk_register::by(std::string register_item::*field) const {
    std::vector<std::pair<std::string, register_totals>> groups;
    for (const register_item& i : items) {
        auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& g) { return g.first == i.*field; });
        if (group == groups.end()) {
            groups.push_back({i.*field, {}});
            group = std::prev(groups.end());
        }
        group->second += i;
    }
    return groups;
}

inline outlook risk_register::around(const exact& forecast) const {
    const register_totals t = totals();
    return {forecast + t.gross_mitigation, forecast - t.net(), forecast - t.gross_risk};
}

inline std::vector<share_of> exposure(const exact& net, std::vector<share_of> shares) {
    for (share_of& s : shares) s.amount = net * s.share;
    return shares;
}

namespace detail {

inline void check_item(const register_item& i, std::vector<finding>& out) {
    const std::string name = std::string(to_string(i.kind)) + " " + i.reference;
    const auto wrong = [&](const char* rule, const std::string& message) {
        finding f{rule, severity::error, message};
        if (i.at.known()) f.at = {i.at};
        out.push_back(std::move(f));
    };
    if (i.gross.is_negative())
        wrong("register.negative", name + " has a gross amount of " + detail::said(i.gross) +
                                       ": risks and mitigations are positive amounts");
    if (i.likelihood < ratio(0) || ratio(1) < i.likelihood)
        wrong("register.likelihood",
              name + " has a likelihood of " + to_percent(i.likelihood) + ", outside 0% to 100%");
    if (i.printed_adjusted)
        check_equal("register.adjusted", name + " adjusted for likelihood", *i.printed_adjusted, i.adjusted(), {}, out);
}

} // namespace detail

inline std::vector<finding> review(const risk_register& reg) {
    std::vector<finding> out;
    for (std::size_t i = 0; i < reg.items.size(); ++i) {
        detail::check_item(reg.items[i], out);
        for (std::size_t j = 0; j < i; ++j) {
            const register_item &one = reg.items[j], &other = reg.items[i];
            if (other.reference.empty() || one.reference != other.reference || one.kind != other.kind) continue;
            out.push_back({"register.reference_twice",
                           severity::error,
                           "reference " + reg.items[i].reference + " stands twice",
                           {reg.items[j].at, reg.items[i].at}});
        }
    }
    const register_totals t = reg.totals();
    const auto total = [&](const char* what, const cell_figure& printed, const exact& expected) {
        if (printed) detail::check_equal("register.total", what, *printed, expected, {}, out);
    };
    total("gross risk", reg.printed.gross_risk, t.gross_risk);
    total("risk adjusted for likelihood", reg.printed.adjusted_risk, t.adjusted_risk);
    total("mitigations adjusted for likelihood", reg.printed.adjusted_mitigation, t.adjusted_mitigation);
    total("net risk after mitigations", reg.printed.net, t.net());
    return out;
}

} // namespace riskshare

#endif
