// Walks the TOML document of an agreement, term by term.
#ifndef RISKSHARE_SRC_DETAIL_PAPER_READER_HPP
#define RISKSHARE_SRC_DETAIL_PAPER_READER_HPP

#include <riskshare/agreement_document.hpp>

#include <toml++/toml.h>

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace riskshare::detail {

/// Walks the document, collecting what is wrong with it.
class paper_reader {
public:
    paper_reader(const std::string& file, std::vector<finding>& findings) : file_(file), findings_(findings) {}

    agreement_paper read(const toml::table&);

private:
    using handlers = std::map<std::string, std::function<void(const toml::node&)>>;

    provenance place(const toml::node& n) const {
        return provenance(file_, "line " + std::to_string(n.source().begin.line));
    }
    void error(std::string rule, std::string message, const toml::node& at, std::string advice) {
        finding f{std::move(rule), severity::error, std::move(message), {place(at)}};
        f.advice = std::move(advice);
        findings_.push_back(std::move(f));
    }
    void wrong(const std::string& key, const std::string& should_be, const toml::node& at) {
        error("agreement.key", key + " must be " + should_be, at, "correct the line");
    }
    /// Known keys go to their handlers; every other key to `others`, or is a finding where there is none.
    void walk(const toml::table&, const std::string& where, const handlers&,
              const std::function<void(const std::string&, const toml::node&)>& others = {});

    std::string text(const toml::node&, const std::string& key);
    bool truth(const toml::node&, const std::string& key);
    month month_in(const toml::node&, const std::string& key);
    money amount(const toml::node&, const std::string& key);
    ratio share(const toml::node&, const std::string& key);
    std::vector<std::string> names(const toml::node&, const std::string& key);
    std::vector<consent> consents(const toml::node&, const std::string& key);
    std::vector<const toml::table*> tables(const toml::node&, const std::string& key);
    const toml::table* table(const toml::node&, const std::string& key);
    template <class E>
    E choice(const toml::node&, const std::string& key, const std::map<std::string, E>&);

    share_terms shares(const toml::node&, const std::string& key);
    expenditure_basis basis(const toml::node&);
    void exclusions(const toml::node&, std::optional<exclusion_limit>&, std::optional<std::vector<exclusion_term>>&);
    std::vector<shared_scheme> schemes(const toml::node&);
    std::vector<pass_back_line> pass_backs(const toml::node&);
    std::vector<tier_terms> tiers(const toml::node&, const std::string& key = "tier");
    std::vector<bound_terms> limits(const toml::node&, const std::string& key = "limits");

    // Terms by sign, amounts, funds and balances: further_terms.cpp.
    extent size(const toml::node&, const std::string& key);
    operand number(const toml::node&, const std::string& key, bool percent);
    std::optional<extent> level(const toml::node&, const std::string& key, bool gains);
    void band(const toml::table&, const std::string& key, tier_terms&);
    division_terms division(const toml::node&, const std::string& key, std::optional<std::string>& policy);
    score_terms score(const toml::node&, const std::string& key);
    std::vector<named_amount> amounts(const toml::node&);
    std::vector<fund_terms> funds(const toml::node&);
    fund_gate gate(const toml::node&, const std::string& key);
    void gates(const toml::node&, const std::string& key, fund_part&);
    handlers part_handlers(fund_part&, const std::string& key);
    std::vector<carry_forward_terms> carried(const toml::node&);
    reserve_use reserve(const toml::node&, std::string& clause);
    std::vector<period_shares> shares_from(const toml::node&);
    void policy(const toml::node&, amendment& into, std::string& clause);
    handlers terms_handlers(amendment& into, std::string& clause);
    amendment amendment_in(const toml::table&);

    std::string file_;
    std::vector<finding>& findings_;
    unit unit_ = unit::pounds;
};

template <class E>
E paper_reader::choice(const toml::node& n, const std::string& key, const std::map<std::string, E>& choices) {
    const auto found = n.is_string() ? choices.find(*n.value<std::string>()) : choices.end();
    if (found != choices.end()) return found->second;
    std::string known;
    for (const auto& [name, value] : choices) known += (known.empty() ? "\"" : " or \"") + name + "\"";
    wrong(key, known, n);
    return choices.begin()->second;
}

} // namespace riskshare::detail

#endif
