// What the percentages of a paper are of: amounts that it names, stated, reported, or a quantity at a rate.
#ifndef RISKSHARE_BENCHMARKS_HPP
#define RISKSHARE_BENCHMARKS_HPP

#include <riskshare/agreement_terms.hpp>
#include <riskshare/exact.hpp>
#include <riskshare/share_inputs.hpp>

#include <optional>
#include <string>
#include <vector>

namespace riskshare {

/// Looks amounts up by name for one month. "plan" is the plan that the parties report, in size.
class benchmarks {
public:
    /// The amounts and inputs must outlive it.
    benchmarks(const std::vector<named_amount>& amounts, const share_inputs& in) : amounts_(amounts), inputs_(in) {}

    /// Of all parties together: as stated, else the sum of theirs. Nothing where a part of it is not known.
    std::optional<exact> of_all(const std::string& name) const;
    /// A party's own; nothing where the amount is not given by party.
    std::optional<exact> of_party(const std::string& name, const std::string& party) const;
    /// The party's own where it has one, else that of all together.
    std::optional<exact> nearest(const std::string& name, const std::string& party) const;

    /// A size in pounds: of the party's benchmark, or of all together where no party is named. Nothing where its
    /// benchmark is not known.
    std::optional<exact> size(const extent&, const std::string& party = {}) const;
    std::optional<ratio> number(const operand&, const std::string& party = {}) const;
    /// quantity × rate × factor; nothing where the amount is none of that or one of them is not known.
    std::optional<exact> product(const named_amount&, const std::string& party) const;

    const named_amount* find(const std::string& name) const;

private:
    std::optional<exact> reported(const std::string& name, const std::string& party) const;

    const std::vector<named_amount>& amounts_;
    const share_inputs& inputs_;
};

// ---------------------------------------------------------------------------------------------------------------------

inline const named_amount* benchmarks::find(const std::string& name) const {
    const std::string wanted = detail::folded(name);
    for (const named_amount& a : amounts_)
        if (detail::folded(a.name) == wanted) return &a;
    return nullptr;
}

inline std::optional<exact> benchmarks::reported(const std::string& name, const std::string& party) const {
    if (const measure* m = measure_of(inputs_, name, party)) return abs(exact(m->value, unit::pounds));
    if (detail::folded(name) != "plan" || party.empty()) return std::nullopt;
    for (const party_position& p : inputs_.positions)
        if (p.organisation == party && p.plan) return abs(exact(p.plan->value));
    return std::nullopt;
}

inline std::optional<ratio> benchmarks::number(const operand& o, const std::string& party) const {
    if (o.measure.empty()) return o.number;
    const measure* m = measure_of(inputs_, o.measure, party);
    if (m == nullptr) m = measure_of(inputs_, o.measure, "");
    if (m == nullptr) return std::nullopt;
    const result<ratio> r = to_ratio(m->value);
    return r ? std::optional(*r) : std::nullopt;
}

inline std::optional<exact> benchmarks::product(const named_amount& a, const std::string& party) const {
    if (!a.quantity || !a.rate) return std::nullopt;
    const std::optional<ratio> quantity = number(*a.quantity, party), rate = number(*a.rate, party),
                               factor = number(a.factor, party);
    if (!quantity || !rate || !factor) return std::nullopt;
    return exact(money::pounds(1)) * *quantity * *rate * *factor;
}

inline std::optional<exact> benchmarks::of_party(const std::string& name, const std::string& party) const {
    if (const named_amount* a = find(name)) {
        for (const per_party<money>& p : a->amounts)
            if (p.organisation == party) return abs(exact(p.value));
        if (a->quantity && (a->organisation == party ||
                            (a->organisation.empty() && measure_of(inputs_, a->quantity->measure, party) != nullptr)))
            return product(*a, party);
        if (a->amount || !a->amounts.empty() || a->quantity) return std::nullopt;
    }
    return reported(name, party);
}

inline std::optional<exact> benchmarks::of_all(const std::string& name) const {
    if (const named_amount* a = find(name)) {
        if (a->amount) return abs(exact(*a->amount));
        if (a->quantity && !a->organisation.empty()) return product(*a, a->organisation);
        if (a->quantity)
            if (const std::optional<exact> whole = product(*a, "")) return whole;
    }
    if (const measure* m = measure_of(inputs_, name, "")) return abs(exact(m->value, unit::pounds));
    std::optional<exact> sum;
    if (detail::folded(name) == "plan") {
        exact all;
        for (const party_position& p : inputs_.positions)
            if (p.plan) all += exact(p.plan->value);
        return abs(all);
    }
    for (const party_position& p : inputs_.positions)
        if (const std::optional<exact> own = of_party(name, p.organisation)) sum = sum.value_or(exact()) + *own;
    return sum;
}

inline std::optional<exact> benchmarks::nearest(const std::string& name, const std::string& party) const {
    if (!party.empty())
        if (const std::optional<exact> own = of_party(name, party)) return own;
    return of_all(name);
}

inline std::optional<exact> benchmarks::size(const extent& e, const std::string& party) const {
    if (!e.is_relative()) return exact(e.amount());
    const std::optional<exact> whole = nearest(e.benchmark(), party);
    return whole ? std::optional(*whole * e.part()) : std::nullopt;
}

} // namespace riskshare

#endif
