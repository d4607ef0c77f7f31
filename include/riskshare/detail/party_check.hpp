// Lists that speak of each party once: shares, weights, and what derives from them.
#include <riskshare/agreement.hpp> // first, for it reads this file in its turn

#ifndef RISKSHARE_DETAIL_PARTY_CHECK_HPP
#define RISKSHARE_DETAIL_PARTY_CHECK_HPP

#include <riskshare/detail/money_text.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace riskshare::detail {

/// Holds the parties' codes, in order, and collects findings; never stops at the first.
class party_check {
public:
    party_check(const agreement_paper& paper, std::vector<finding>& findings) : paper_(paper), findings_(findings) {
        for (const party& p : paper.parties) codes_.push_back(p.code);
    }
    const std::vector<std::string>& codes() const { return codes_; }

    /// One share for each party, adding to one; empty when there is a finding.
    std::vector<ratio> shares_of(const share_terms&, const std::optional<expenditure_basis>&, const std::string& whose);
    std::optional<std::vector<ratio>> derived_from(const std::optional<expenditure_basis>&);

protected:
    bool known(const std::string& code) const { return std::find(codes_.begin(), codes_.end(), code) != codes_.end(); }
    std::size_t index(const std::string& code) const {
        return static_cast<std::size_t>(std::find(codes_.begin(), codes_.end(), code) - codes_.begin());
    }
    void error(std::string rule, std::string message, const provenance& at, std::string advice);
    bool known_once(const std::string& code, std::vector<std::string>& seen, const provenance& at,
                    const std::string& what);

    const agreement_paper& paper_;
    std::vector<finding>& findings_;

private:
    bool all_named(const std::vector<std::string>& seen, const char* rule, const std::string& lacks,
                   const provenance& at, const char* advice);
    std::vector<ratio> fixed_shares(const share_terms&, const std::string& whose);

    std::vector<std::string> codes_;
};

inline void party_check::error(std::string rule, std::string message, const provenance& at, std::string advice) {
    finding f{std::move(rule), severity::error, std::move(message)};
    if (at.known()) f.at.push_back(at);
    f.advice = std::move(advice);
    findings_.push_back(std::move(f));
}

inline bool party_check::known_once(const std::string& code, std::vector<std::string>& seen, const provenance& at,
                                    const std::string& what) {
    if (!known(code)) {
        error("agreement.unknown_party", what + " speaks of " + code + ", which is not a party to " + paper_.name, at,
              "the parties are " + listed(codes_));
        return false;
    }
    if (std::find(seen.begin(), seen.end(), code) != seen.end()) {
        error("agreement.duplicate_party", what + " names " + code + " twice", at, "name each party once");
        return false;
    }
    seen.push_back(code);
    return true;
}

inline bool party_check::all_named(const std::vector<std::string>& seen, const char* rule, const std::string& lacks,
                                   const provenance& at, const char* advice) {
    bool all = true;
    for (const std::string& code : codes_)
        if (std::find(seen.begin(), seen.end(), code) == seen.end()) {
            error(rule, lacks + code, at, advice);
            all = false;
        }
    return all;
}

inline std::vector<ratio> party_check::fixed_shares(const share_terms& terms, const std::string& whose) {
    std::vector<ratio> shares(codes_.size());
    std::vector<std::string> seen;
    bool sound = true;
    ratio sum = 0;
    for (const per_party<ratio>& s : terms.shares) {
        if (!known_once(s.organisation, seen, s.at, whose)) {
            sound = false;
            continue;
        }
        if (s.value < ratio(0)) {
            error("agreement.negative_share",
                  whose + " gives " + s.organisation + " a negative weight, " + to_percent(s.value), s.at,
                  "a share is zero or more");
            sound = false;
        }
        shares[index(s.organisation)] = s.value;
        sum = sum + s.value;
    }
    if (!all_named(seen, "agreement.missing_share", whose + " gives no share to ", terms.at,
                   "a party that bears nothing has a share of 0%"))
        sound = false;
    if (!sound) return {};
    if (sum == ratio(0)) {
        error("agreement.no_weight", whose + ": all weights are zero", terms.at, "give at least one party a share");
        return {};
    }
    if (sum != ratio(1) && !terms.normalise) {
        error("agreement.shares_do_not_add", whose + ": the shares add to " + to_percent(sum) + ", not 100%", terms.at,
              "correct them, or ask for them to be normalised");
        return {};
    }
    for (ratio& s : shares) s = s / sum;
    return shares;
}

inline std::optional<std::vector<ratio>> party_check::derived_from(const std::optional<expenditure_basis>& basis) {
    if (!basis) return std::nullopt;
    const std::string whose = "the basis \"" + basis->description + "\"";
    std::vector<money> amounts(codes_.size());
    std::vector<std::string> seen;
    bool sound = true;
    money sum;
    for (const per_party<money>& a : basis->amounts) {
        if (!known_once(a.organisation, seen, a.at, whose)) {
            sound = false;
            continue;
        }
        if (a.value.is_negative()) {
            error("agreement.negative_weight",
                  whose + " gives " + a.organisation + " a negative weight, " + said(a.value), a.at,
                  "a weight is zero or more");
            sound = false;
        }
        amounts[index(a.organisation)] = a.value;
        sum += a.value;
    }
    if (!all_named(seen, "agreement.missing_weight", whose + " gives no amount for ", basis->at, "state it"))
        sound = false;
    if (!sound) return std::nullopt;
    if (sum.is_zero()) {
        error("agreement.no_weight", whose + ": all weights are zero", basis->at, "state what shares derive from");
        return std::nullopt;
    }
    std::vector<ratio> shares;
    for (money a : amounts) shares.push_back(ratio(a.pence(), sum.pence()));
    return shares;
}

inline std::vector<ratio> party_check::shares_of(const share_terms& terms,
                                                 const std::optional<expenditure_basis>& basis,
                                                 const std::string& whose) {
    switch (terms.kind) {
    case share_terms::how::equal:
        return std::vector<ratio>(codes_.size(), ratio(1, static_cast<std::int64_t>(codes_.size())));
    case share_terms::how::fixed:
        return fixed_shares(terms, whose);
    case share_terms::how::derived:
        break;
    }
    if (!basis) {
        error("agreement.no_basis", whose + " derives from a basis, and none is stated", terms.at, "state the basis");
        return {};
    }
    return derived_from(basis).value_or(std::vector<ratio>());
}

} // namespace riskshare::detail

#endif
