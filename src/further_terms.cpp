// Terms by sign, amounts that percentages are of, funds and balances, as the TOML of an agreement has them.
#include "detail/paper_reader.hpp"

#include <riskshare/accounting.hpp>

namespace riskshare::detail {

/// "3% of target", or an amount.
extent paper_reader::size(const toml::node& n, const std::string& key) {
    if (n.is_string() && n.value<std::string>()->find(" of ") != std::string::npos) {
        const result<extent> part = parse_part(*n.value<std::string>());
        if (part) return *part;
        wrong(key, "an amount, or a part of a benchmark such as \"3% of target\"", n);
        return {};
    }
    if (n.is_string() && n.value<std::string>()->find('%') != std::string::npos) {
        wrong(key, "a percentage of something: \"3% of target\", \"5% of plan\"", n);
        return {};
    }
    return amount(n, key);
}

/// A number, or the name of a measure. An amount in pounds is a rate.
operand paper_reader::number(const toml::node& n, const std::string& key, bool percent) {
    if (n.is_integer()) return {"", ratio(*n.value<std::int64_t>())};
    if (!n.is_string()) {
        wrong(key,
              percent ? "a part such as \"98%\", or the name of what is measured"
                      : "a number, an amount such as \"£500.00\", or the name of what is measured",
              n);
        return {};
    }
    const std::string written = *n.value<std::string>();
    const result<ratio> r = parse_ratio(written);
    if (r) return {"", *r};
    const result<written_amount> read = read_written(written);
    if (read && read->kind == written_amount::what::amount) {
        const std::optional<unit> in = read->in;
        const result<ratio> pounds =
            to_ratio(decimal(read->value.coefficient(), read->value.exponent() + (in ? power_of_ten(*in) : 0)));
        if (pounds) return {"", *pounds};
    }
    if (written.empty() || !read || read->kind != written_amount::what::text)
        wrong(key, "a number, or the name of what is measured", n);
    return {written, ratio(1)};
}

/// A level of spending as the size of the gain below it, or of the deficit above it: 80% of a target is a gain of 20%.
std::optional<extent> paper_reader::level(const toml::node& n, const std::string& key, bool gains) {
    const extent at = size(n, key);
    if (!at.is_relative()) {
        wrong(key, "a part of what was to be spent, such as \"80% of target\"", n);
        return std::nullopt;
    }
    const ratio part = gains ? ratio(1) - at.part() : at.part() - ratio(1);
    if (part < ratio(0)) {
        wrong(key,
              gains ? "100% or less: spending above it is no gain" : "100% or more: spending below it is no deficit",
              n);
        return std::nullopt;
    }
    return extent::part_of(at.benchmark(), part);
}

void paper_reader::band(const toml::table& t, const std::string& key, tier_terms& tier) {
    const bool gains = key == "gains.tier", deficits = key == "deficits.tier";
    const auto levels_stand_here = [&](const std::string& of, const toml::node& v) {
        if (gains || deficits) return true;
        wrong(key + "." + of, "under [[gains.tier]] or [[deficits.tier]]: a level of spending is either", v);
        return false;
    };
    std::string clause;
    walk(t, key,
         {{"up_to", [&](const toml::node& v) { tier.up_to = size(v, key + ".up_to"); }},
          {"from", [&](const toml::node& v) { tier.from = size(v, key + ".from"); }},
          {"between",
           [&](const toml::node& v) {
               const toml::array* two = v.as_array();
               if (two == nullptr || two->size() != 2)
                   wrong(key + ".between", "two levels, such as [\"80% of target\", \"100% of target\"]", v);
               else if (levels_stand_here("between", v)) {
                   std::optional<extent> one = level(*two->get(0), key + ".between", gains),
                                         other = level(*two->get(1), key + ".between", gains);
                   if (one && other && certainly_below(*other, *one).value_or(false)) std::swap(one, other);
                   tier.from = one;
                   tier.up_to = other;
               }
           }},
          {"below",
           [&](const toml::node& v) {
               if (deficits)
                   wrong(key + ".below", "under [[gains.tier]]", v);
               else if (levels_stand_here("below", v))
                   tier.from = level(v, key + ".below", true);
           }},
          {"above",
           [&](const toml::node& v) {
               if (gains)
                   wrong(key + ".above", "under [[deficits.tier]]", v);
               else if (levels_stand_here("above", v))
                   tier.from = level(v, key + ".above", false);
           }},
          {"clause", [&](const toml::node& v) { clause = text(v, key + ".clause"); }},
          {"shares", [&](const toml::node& v) {
               const provenance at = tier.shares.at;
               if (v.is_string()) {
                   tier.stays = folded(*v.value<std::string>()) == "where it arose";
                   if (!tier.stays) wrong(key + ".shares", "a table of shares, or \"where it arose\"", v);
               } else {
                   tier.shares = shares(v, key + ".shares");
                   tier.shares.at = at;
               }
           }}});
    if (!clause.empty()) tier.shares.clause = clause;
    if (t.get("shares") == nullptr) wrong(key + ".shares", "given", t);
}

score_terms paper_reader::score(const toml::node& n, const std::string& key) {
    score_terms s;
    s.at = place(n);
    const toml::table* t = table(n, key);
    if (t == nullptr) return s;
    walk(*t, key,
         {{"measure", [&](const toml::node& v) { s.value = number(v, key + ".measure", true); }},
          {"at_least", [&](const toml::node& v) { s.least = share(v, key + ".at_least"); }},
          {"at_most", [&](const toml::node& v) { s.most = share(v, key + ".at_most"); }},
          {"clause", [&](const toml::node& v) { s.clause = text(v, key + ".clause"); }}});
    if (t->get("measure") == nullptr) wrong(key + ".measure", "given: what is the score?", n);
    return s;
}

division_terms paper_reader::division(const toml::node& n, const std::string& key, std::optional<std::string>& policy) {
    division_terms d;
    d.at = place(n);
    const toml::table* t = table(n, key);
    if (t == nullptr) return d;
    const std::map<std::string, std::string> policies = {
        {"shared", "shared"}, {"kept", "kept"}, {"held_for_joint_investment", "held_for_joint_investment"}};
    walk(*t, key,
         {{"policy", [&](const toml::node& v) { policy = choice(v, key + ".policy", policies); }},
          {"minimum", [&](const toml::node& v) { d.minimum = size(v, key + ".minimum"); }},
          {"counts", [&](const toml::node& v) { d.counts = number(v, key + ".counts", true); }},
          {"at_most", [&](const toml::node& v) { d.at_most = size(v, key + ".at_most"); }},
          {"dead_band", [&](const toml::node& v) { d.dead_band = size(v, key + ".dead_band"); }},
          {"shares", [&](const toml::node& v) { d.shares = shares(v, key + ".shares"); }},
          {"tier", [&](const toml::node& v) { d.tiers = tiers(v, key + ".tier"); }},
          {"score", [&](const toml::node& v) { d.score = score(v, key + ".score"); }},
          {"limits", [&](const toml::node& v) { d.bounds = limits(v, key + ".limits"); }},
          {"rest_to", [&](const toml::node& v) { d.rest_to = text(v, key + ".rest_to"); }},
          {"clause", [&](const toml::node& v) { d.clause = text(v, key + ".clause"); }}});
    if (d.shares && d.tiers) wrong(key, "divided by shares or by tiers, not by both", n);
    return d;
}

std::vector<named_amount> paper_reader::amounts(const toml::node& n) {
    std::vector<named_amount> out;
    for (const toml::table* t : tables(n, "amount")) {
        named_amount a;
        a.at = place(*t);
        walk(*t, "amount",
             {{"name", [&](const toml::node& v) { a.name = text(v, "amount.name"); }},
              {"of", [&](const toml::node& v) { a.organisation = text(v, "amount.of"); }},
              {"amount", [&](const toml::node& v) { a.amount = amount(v, "amount.amount"); }},
              {"quantity", [&](const toml::node& v) { a.quantity = number(v, "amount.quantity", false); }},
              {"rate", [&](const toml::node& v) { a.rate = number(v, "amount.rate", false); }},
              {"factor", [&](const toml::node& v) { a.factor = number(v, "amount.factor", true); }},
              {"spending", [&](const toml::node& v) { a.spending = truth(v, "amount.spending"); }},
              {"clause", [&](const toml::node& v) { a.clause = text(v, "amount.clause"); }}},
             [&](const std::string& party, const toml::node& v) {
                 a.amounts.push_back({party, amount(v, "amount." + party), place(v)});
             });
        if (a.name.empty()) wrong("amount.name", "given", *t);
        out.push_back(std::move(a));
    }
    return out;
}

fund_gate paper_reader::gate(const toml::node& n, const std::string& key) {
    fund_gate g;
    g.at = place(n);
    if (n.is_string()) {
        const std::string name = *n.value<std::string>();
        g.kind = name == "own"      ? fund_gate::what::own
                 : name == "system" ? fund_gate::what::system
                                    : fund_gate::what::standard;
        if (g.kind == fund_gate::what::standard) g.measure = name;
        return g;
    }
    g.kind = fund_gate::what::standard;
    if (const toml::table* t = table(n, key))
        walk(*t, key,
             {{"measure", [&](const toml::node& v) { g.measure = text(v, key + ".measure"); }},
              {"at_least", [&](const toml::node& v) { g.at_least = number(v, key + ".at_least", true).number; }},
              {"at_most", [&](const toml::node& v) { g.at_most = number(v, key + ".at_most", true).number; }}});
    return g;
}

void paper_reader::gates(const toml::node& n, const std::string& key, fund_part& part) {
    if (const toml::array* list = n.as_array())
        for (const toml::node& one : *list) part.gates.push_back(gate(one, key));
    else
        part.gates.push_back(gate(n, key));
}

/// What may stand in a fund that is earned as a whole, and in each of its parts.
paper_reader::handlers paper_reader::part_handlers(fund_part& p, const std::string& key) {
    return {
        {"gates", [this, &p, key](const toml::node& v) { gates(v, key + ".gates", p); }},
        {"need",
         [this, &p, key](const toml::node& v) {
             p.any = choice<bool>(v, key + ".need", {{"all", false}, {"one", true}});
         }},
        {"pound_for_pound",
         [this, &p, key](const toml::node& v) { p.pound_for_pound = truth(v, key + ".pound_for_pound"); }},
        {"taper", [this, &p, key](const toml::node& v) {
             for (const toml::table* t : tables(v, key + ".taper")) {
                 taper_step step;
                 walk(*t, key + ".taper",
                      {{"at_least",
                        [&](const toml::node& w) { step.at_least = number(w, key + ".taper.at_least", true).number; }},
                       {"earns", [&](const toml::node& w) { step.earns = share(w, key + ".taper.earns"); }}});
                 p.taper.push_back(step);
             }
         }}};
}

std::vector<fund_terms> paper_reader::funds(const toml::node& n) {
    std::vector<fund_terms> out;
    for (const toml::table* t : tables(n, "fund")) {
        fund_terms f;
        f.at = place(*t);
        fund_part whole;
        whole.at = f.at;
        handlers known = part_handlers(whole, "fund");
        known["name"] = [&](const toml::node& v) { f.name = text(v, "fund.name"); };
        known["phasing"] = [&](const toml::node& v) {
            const toml::array* list = v.as_array();
            if (list == nullptr) wrong("fund.phasing", "four parts, such as [\"20%\", \"20%\", \"30%\", \"30%\"]", v);
            if (list != nullptr)
                for (const toml::node& q : *list) f.phasing.push_back(share(q, "fund.phasing"));
        };
        known["recoverable"] = [&](const toml::node& v) { f.recoverable = truth(v, "fund.recoverable"); };
        known["quantity"] = [&](const toml::node& v) { f.quantity = number(v, "fund.quantity", false); };
        known["rate"] = [&](const toml::node& v) { f.rate = number(v, "fund.rate", false); };
        known["cap"] = [&](const toml::node& v) {
            f.capped_by_year = choice<bool>(v, "fund.cap", {{"quarter", false}, {"year", true}});
        };
        known["clause"] = [&](const toml::node& v) { f.clause = text(v, "fund.clause"); };
        known["part"] = [&](const toml::node& v) {
            for (const toml::table* one : tables(v, "fund.part")) {
                fund_part p;
                p.at = place(*one);
                handlers of_part = part_handlers(p, "fund.part");
                of_part["name"] = [&](const toml::node& w) { p.name = text(w, "fund.part.name"); };
                of_part["part"] = [&](const toml::node& w) { p.part = share(w, "fund.part.part"); };
                of_part["clause"] = [&](const toml::node& w) { p.clause = text(w, "fund.part.clause"); };
                walk(*one, "fund.part", of_part);
                f.parts.push_back(std::move(p));
            }
        };
        walk(*t, "fund", known, [&](const std::string& party, const toml::node& v) {
            f.amounts.push_back({party, amount(v, "fund." + party), place(v)});
        });
        const bool whole_has_gates = !whole.gates.empty() || !whole.taper.empty() || whole.any || whole.pound_for_pound;
        if (whole_has_gates && !f.parts.empty())
            wrong("fund", "earned as a whole or by parts: move gates, need, taper and pound_for_pound into its parts",
                  *t);
        else if (whole_has_gates && f.quantity)
            wrong("fund", "earned by gates or by a quantity at a rate, not by both", *t);
        else if (whole_has_gates)
            f.parts.push_back(std::move(whole));
        if (f.quantity && !f.parts.empty() && !whole_has_gates)
            wrong("fund", "earned by parts or by a quantity at a rate, not by both", *t);
        out.push_back(std::move(f));
    }
    return out;
}

std::vector<carry_forward_terms> paper_reader::carried(const toml::node& n) {
    using what = carry_forward_terms::what;
    std::vector<carry_forward_terms> out;
    for (const toml::table* t : tables(n, "carry_forward")) {
        carry_forward_terms c;
        c.at = place(*t);
        const std::string key = "carry_forward";
        walk(*t, key,
             {{"name", [&](const toml::node& v) { c.name = text(v, key + ".name"); }},
              {"kind",
               [&](const toml::node& v) {
                   c.kind = choice<what>(v, key + ".kind",
                                         {{"debt", what::debt}, {"reserve", what::reserve}, {"claim", what::claim}});
               }},
              {"instalment", [&](const toml::node& v) { c.instalment = size(v, key + ".instalment"); }},
              {"repaid_to", [&](const toml::node& v) { c.repaid_to = text(v, key + ".repaid_to"); }},
              {"written_off_after",
               [&](const toml::node& v) {
                   if (v.is_integer() && *v.value<std::int64_t>() > 0 && *v.value<std::int64_t>() < 100)
                       c.written_off_after = static_cast<int>(*v.value<std::int64_t>());
                   else
                       wrong(key + ".written_off_after", "a number of balanced years", v);
               }},
              {"balanced_years",
               [&](const toml::node& v) {
                   if (const toml::table* by = table(v, key + ".balanced_years"))
                       walk(*by, key + ".balanced_years", {}, [&](const std::string& party, const toml::node& w) {
                           c.balanced.push_back({party, number(w, key + ".balanced_years", false).number, place(w)});
                       });
               }},
              {"adds",
               [&](const toml::node& v) {
                   c.adds_deficits = choice<bool>(v, key + ".adds", {{"deficits", true}, {"nothing", false}});
               }},
              {"claims", [&](const toml::node& v) { c.claims = text(v, key + ".claims"); }},
              {"clause", [&](const toml::node& v) { c.clause = text(v, key + ".clause"); }}},
             [&](const std::string& party, const toml::node& v) {
                 c.opening.push_back({party, amount(v, key + "." + party), place(v)});
             });
        out.push_back(std::move(c));
    }
    return out;
}

reserve_use paper_reader::reserve(const toml::node& n, std::string& clause) {
    reserve_use use = reserve_use::net_deficit;
    if (const toml::table* t = table(n, "reserve"))
        walk(*t, "reserve",
             {{"meets",
               [&](const toml::node& v) {
                   use = choice<reserve_use>(v, "reserve.meets",
                                             {{"net_deficit", reserve_use::net_deficit},
                                              {"schemes_in_order", reserve_use::schemes_in_order},
                                              {"schemes_pro_rata", reserve_use::schemes_pro_rata}});
               }},
              {"clause", [&](const toml::node& v) { clause = text(v, "reserve.clause"); }}});
    return use;
}

} // namespace riskshare::detail
