#include "detail/paper_reader.hpp"

#include <riskshare/accounting.hpp>
#include <riskshare/parse_period.hpp>

#include <sstream>

namespace riskshare {

namespace detail {

void paper_reader::walk(const toml::table& t, const std::string& where, const handlers& known,
                        const std::function<void(const std::string&, const toml::node&)>& others) {
    for (const auto& [k, node] : t) {
        const std::string key(k.str());
        const auto found = known.find(key);
        if (found != known.end())
            found->second(node);
        else if (others)
            others(key, node);
        else
            error("agreement.unknown_key", "unknown key " + (where.empty() ? key : where + "." + key), node,
                  "is it misspelt?");
    }
}

std::string paper_reader::text(const toml::node& n, const std::string& key) {
    if (n.is_string()) return *n.value<std::string>();
    wrong(key, "a text in quotes", n);
    return "";
}

bool paper_reader::truth(const toml::node& n, const std::string& key) {
    if (n.is_boolean()) return *n.value<bool>();
    wrong(key, "true or false", n);
    return true;
}

month paper_reader::month_in(const toml::node& n, const std::string& key) {
    const std::optional<std::int64_t> number = n.is_integer() ? n.value<std::int64_t>() : std::nullopt;
    if (number && *number >= 1 && *number <= 12) return month(static_cast<int>(*number));
    error("agreement.month_outside_year",
          key + (number ? " is " + std::to_string(*number) + ", outside the year" : " must be a month's number"), n,
          "months are 1 (April) to 12 (March)");
    return month(1);
}

money paper_reader::amount(const toml::node& n, const std::string& key) {
    decimal written;
    unit in = unit_;
    if (n.is_integer()) {
        written = decimal(*n.value<std::int64_t>(), 0);
    } else if (n.is_string()) {
        const result<written_amount> read = read_written(*n.value<std::string>());
        if (!read || read->kind != written_amount::what::amount) {
            wrong(key, "an amount such as 21100 or \"£21.1m\"", n);
            return {};
        }
        written = read->value;
        in = read->in.value_or(unit_);
    } else {
        wrong(key,
              n.is_floating_point() ? "in quotes, such as \"21.1\": a binary fraction is not exact"
                                    : "an amount such as 21100 or \"£21.1m\"",
              n);
        return {};
    }
    const exact value(written, in);
    if (denominator(value.pence()) == 1) return rounded(value, rounding::half_away_from_zero);
    error("agreement.finer_than_a_penny", key + " is £" + to_string(value) + ", finer than a penny", n, "round it");
    return {};
}

ratio paper_reader::share(const toml::node& n, const std::string& key) {
    if (n.is_string()) {
        const result<ratio> r = parse_ratio(*n.value<std::string>());
        if (r) return *r;
    }
    wrong(key, "a share in quotes, such as \"50%\" or \"1/3\"", n);
    return {};
}

std::vector<std::string> paper_reader::names(const toml::node& n, const std::string& key) {
    std::vector<std::string> out;
    if (const toml::array* list = n.as_array())
        for (const toml::node& item : *list) out.push_back(text(item, key));
    else
        wrong(key, "a list such as [\"UHL\", \"LPT\"]", n);
    return out;
}

std::vector<consent> paper_reader::consents(const toml::node& n, const std::string& key) {
    std::vector<consent> out;
    for (const std::string& name : names(n, key)) out.push_back({name, place(n)});
    return out;
}

const toml::table* paper_reader::table(const toml::node& n, const std::string& key) {
    if (n.as_table() == nullptr) wrong(key, "a table", n);
    return n.as_table();
}

std::vector<const toml::table*> paper_reader::tables(const toml::node& n, const std::string& key) {
    std::vector<const toml::table*> out;
    const toml::array* list = n.as_array();
    if (list == nullptr) {
        wrong(key, "written [[" + key + "]]", n);
        return out;
    }
    for (const toml::node& item : *list)
        if (const toml::table* t = table(item, key)) out.push_back(t);
    return out;
}

share_terms paper_reader::shares(const toml::node& n, const std::string& key) {
    share_terms out;
    out.at = place(n);
    const toml::table* t = table(n, key);
    if (t == nullptr) return out;
    const std::map<std::string, share_terms::how> kinds = {
        {"fixed", share_terms::how::fixed}, {"equal", share_terms::how::equal}, {"derived", share_terms::how::derived}};
    walk(*t, key,
         {{"kind", [&](const toml::node& v) { out.kind = choice(v, key + ".kind", kinds); }},
          {"normalise", [&](const toml::node& v) { out.normalise = truth(v, key + ".normalise"); }},
          {"month", [](const toml::node&) {}},
          {"clause", [&](const toml::node& v) { out.clause = text(v, key + ".clause"); }}},
         [&](const std::string& party, const toml::node& v) {
             out.shares.push_back({party, share(v, key + "." + party), place(v)});
         });
    if (out.kind != share_terms::how::fixed && !out.shares.empty())
        wrong(key, "either of a kind that is worked out or a list of shares, not both", n);
    return out;
}

std::vector<period_shares> paper_reader::shares_from(const toml::node& n) {
    std::vector<period_shares> out;
    for (const toml::table* t : tables(n, "shares_from")) {
        const toml::node* from = t->get("month");
        if (from == nullptr)
            wrong("shares_from.month", "given", *t);
        else
            out.push_back({month_in(*from, "shares_from.month"), shares(*t, "shares_from")});
    }
    return out;
}

expenditure_basis paper_reader::basis(const toml::node& n) {
    expenditure_basis out;
    out.at = place(n);
    if (const toml::table* t = table(n, "basis"))
        walk(*t, "basis",
             {{"description", [&](const toml::node& v) { out.description = text(v, "basis.description"); }},
              {"clause", [&](const toml::node& v) { out.clause = text(v, "basis.clause"); }}},
             [&](const std::string& party, const toml::node& v) {
                 out.amounts.push_back({party, amount(v, "basis." + party), place(v)});
             });
    return out;
}

void paper_reader::exclusions(const toml::node& n, std::optional<exclusion_limit>& limit,
                              std::optional<std::vector<exclusion_term>>& out) {
    const toml::table* t = table(n, "exclusions");
    if (t == nullptr) return;
    const std::map<std::string, exclusion_limit> limits = {{"declared_deficit", exclusion_limit::declared_deficit},
                                                           {"full_shortfall", exclusion_limit::full_shortfall}};
    std::string clause;
    out.emplace();
    walk(*t, "exclusions",
         {{"limit", [&](const toml::node& v) { limit = choice(v, "exclusions.limit", limits); }},
          {"clause", [&](const toml::node& v) { clause = text(v, "exclusions.clause"); }}},
         [&](const std::string& party, const toml::node& v) {
             out->push_back({party, amount(v, "exclusions." + party), "", place(v)});
         });
    for (exclusion_term& e : *out) e.clause = clause;
}

std::vector<shared_scheme> paper_reader::schemes(const toml::node& n) {
    std::vector<shared_scheme> out;
    for (const toml::table* t : tables(n, "scheme")) {
        shared_scheme s;
        s.at = place(*t);
        walk(*t, "scheme",
             {{"name", [&](const toml::node& v) { s.name = text(v, "scheme.name"); }},
              {"amount", [&](const toml::node& v) { s.amount = amount(v, "scheme.amount"); }},
              {"shares", [&](const toml::node& v) { s.shares = shares(v, "scheme.shares"); }},
              {"consents", [&](const toml::node& v) { s.consents = consents(v, "scheme.consents"); }},
              {"clause", [&](const toml::node& v) { s.clause = text(v, "scheme.clause"); }},
              {"pool", [&](const toml::node& v) { s.pool = truth(v, "scheme.pool"); }},
              {"limits", [&](const toml::node& v) { s.bounds = limits(v, "scheme.limits"); }},
              {"rest_to", [&](const toml::node& v) { s.rest_to = text(v, "scheme.rest_to"); }},
              {"underspend", [&](const toml::node& v) {
                   s.underspend_kept = choice<bool>(v, "scheme.underspend", {{"shared", false}, {"kept", true}});
               }}});
        if (!s.pool && (!s.bounds.empty() || s.underspend_kept || !s.rest_to.empty()))
            wrong("scheme.pool", "true for a scheme with limits or an underspend of its own", *t);
        if (s.name.empty()) wrong("scheme.name", "given", *t);
        out.push_back(std::move(s));
    }
    return out;
}

std::vector<pass_back_line> paper_reader::pass_backs(const toml::node& n) {
    std::vector<pass_back_line> out;
    for (const toml::table* t : tables(n, "pass_back")) {
        pass_back_line p;
        p.at = place(*t);
        walk(*t, "pass_back",
             {{"organisation", [&](const toml::node& v) { p.organisation = text(v, "pass_back.organisation"); }},
              {"what", [&](const toml::node& v) { p.what = text(v, "pass_back.what"); }},
              {"clause", [&](const toml::node& v) { p.clause = text(v, "pass_back.clause"); }}});
        out.push_back(std::move(p));
    }
    return out;
}

std::vector<tier_terms> paper_reader::tiers(const toml::node& n, const std::string& key) {
    std::vector<tier_terms> out;
    for (const toml::table* t : tables(n, key)) {
        tier_terms tier;
        tier.shares.at = place(*t);
        band(*t, key, tier);
        out.push_back(std::move(tier));
    }
    return out;
}

std::vector<bound_terms> paper_reader::limits(const toml::node& n, const std::string& all) {
    std::vector<bound_terms> out;
    const toml::table* t = table(n, all);
    if (t == nullptr) return out;
    std::string clause;
    walk(*t, all, {{"clause", [&](const toml::node& v) { clause = text(v, all + ".clause"); }}},
         [&](const std::string& party, const toml::node& v) {
             const std::string key = all + "." + party;
             bound_terms b{party};
             b.at = place(v);
             if (const toml::table* sides = table(v, key))
                 walk(*sides, key,
                      {{"at_least", [&](const toml::node& s) { b.at_least = size(s, key + ".at_least"); }},
                       {"at_most", [&](const toml::node& s) { b.at_most = size(s, key + ".at_most"); }}});
             out.push_back(std::move(b));
         });
    for (bound_terms& b : out) b.clause = clause;
    return out;
}

void paper_reader::policy(const toml::node& n, amendment& into, std::string& clause) {
    const toml::table* t = table(n, "policy");
    if (t == nullptr) return;
    const std::map<std::string, deficit_policy> deficits = {{"shared", deficit_policy::shared},
                                                            {"kept", deficit_policy::kept}};
    const std::map<std::string, gain_policy> gains = {
        {"held_for_joint_investment", gain_policy::held_for_joint_investment},
        {"pro_rata", gain_policy::pro_rata},
        {"kept", gain_policy::kept}};
    walk(*t, "policy",
         {{"deficits", [&](const toml::node& v) { into.deficits = choice(v, "policy.deficits", deficits); }},
          {"gains", [&](const toml::node& v) { into.gains = choice(v, "policy.gains", gains); }},
          {"dead_band", [&](const toml::node& v) { into.dead_band = size(v, "policy.dead_band"); }},
          {"clause", [&](const toml::node& v) { clause = text(v, "policy.clause"); }}});
}

/// What may stand in the agreement itself and in an amendment alike.
paper_reader::handlers paper_reader::terms_handlers(amendment& into, std::string& clause) {
    return {{"sharing", [&](const toml::node& v) { into.sharing = truth(v, "sharing"); }},
            {"shares", [&](const toml::node& v) { into.shares = shares(v, "shares"); }},
            {"basis", [&](const toml::node& v) { into.basis = basis(v); }},
            {"exclusions", [&](const toml::node& v) { exclusions(v, into.limit, into.exclusions); }},
            {"scheme", [&](const toml::node& v) { into.schemes = schemes(v); }},
            {"policy", [&](const toml::node& v) { policy(v, into, clause); }},
            {"tier", [&](const toml::node& v) { into.tiers = tiers(v); }},
            {"limits", [&](const toml::node& v) { into.bounds = limits(v); }},
            {"amount", [&](const toml::node& v) { into.amounts = amounts(v); }},
            {"gains",
             [&](const toml::node& v) {
                 std::optional<std::string> policy;
                 into.gain_terms = division(v, "gains", policy);
                 if (!policy) policy = into.gains ? "" : "shared";
                 if (*policy == "held_for_joint_investment") into.gains = gain_policy::held_for_joint_investment;
                 if (*policy == "kept") into.gains = gain_policy::kept;
                 if (*policy == "shared") into.gains = gain_policy::pro_rata;
             }},
            {"deficits",
             [&](const toml::node& v) {
                 std::optional<std::string> policy;
                 into.deficit_terms = division(v, "deficits", policy);
                 if (policy && *policy == "held_for_joint_investment")
                     wrong("deficits.policy", "\"shared\" or \"kept\"", v);
                 if (policy) into.deficits = *policy == "kept" ? deficit_policy::kept : deficit_policy::shared;
             }},
            {"reserve", [&](const toml::node& v) { into.reserve = reserve(v, into.reserve_clause); }},
            {"fund", [&](const toml::node& v) { into.funds = funds(v); }},
            {"carry_forward", [&](const toml::node& v) { into.carried = carried(v); }}};
}

amendment paper_reader::amendment_in(const toml::table& t) {
    amendment a;
    a.at = place(t);
    std::string unused;
    handlers known = terms_handlers(a, unused);
    bool dated = false;
    known["what"] = [&](const toml::node& v) { a.what = text(v, "amendment.what"); };
    known["from_month"] = [&](const toml::node& v) {
        a.effective = month_in(v, "amendment.from_month");
        dated = true;
    };
    known["consents"] = [&](const toml::node& v) { a.consents = consents(v, "amendment.consents"); };
    known["clause"] = [&](const toml::node& v) { a.clause = text(v, "amendment.clause"); };
    walk(t, "amendment", known);
    if (!dated) wrong("amendment.from_month", "given", t);
    const bool changes = a.sharing || a.shares || a.basis || a.limit || a.exclusions || a.schemes || a.deficits ||
                         a.gains || a.dead_band || a.tiers || a.bounds || a.amounts || a.gain_terms ||
                         a.deficit_terms || a.reserve || a.funds || a.carried;
    if (!changes) wrong("amendment", "one that changes something: it names no term", t);
    return a;
}

agreement_paper paper_reader::read(const toml::table& document) {
    agreement_paper paper;
    paper.at = provenance(file_, "");
    if (const toml::node* n = document.get("unit")) {
        const std::string written = text(*n, "unit");
        const std::optional<unit> u = parse_unit(written);
        if (u)
            unit_ = *u;
        else
            wrong("unit", "£, £000 or £m", *n);
    }
    paper.terms.shares.at = paper.at;
    amendment first;
    handlers known = terms_handlers(first, paper.terms.clause);
    known["unit"] = [](const toml::node&) {};
    known["name"] = [&](const toml::node& v) { paper.name = text(v, "name"); };
    known["title"] = [&](const toml::node& v) { paper.title = text(v, "title"); };
    known["year"] = [&](const toml::node& v) {
        const result<financial_year> y = parse_financial_year(text(v, "year"));
        if (y)
            paper.year = *y;
        else
            wrong("year", "a financial year such as \"2022/23\"", v);
    };
    known["parties"] = [&](const toml::node& v) {
        for (const std::string& code : names(v, "parties")) paper.parties.push_back({code, "", place(v)});
    };
    known["party_names"] = [&](const toml::node& v) {
        if (const toml::table* t = table(v, "party_names"))
            walk(*t, "party_names", {}, [&](const std::string& code, const toml::node& name) {
                for (party& p : paper.parties)
                    if (p.code == code) p.name = text(name, "party_names." + code);
            });
    };
    known["rounding_unit"] = [&](const toml::node& v) {
        const std::optional<unit> whole = v.is_string() ? parse_unit(*v.value<std::string>()) : std::nullopt;
        paper.rounding_unit = whole ? one(*whole) : amount(v, "rounding_unit");
    };
    known["timetable"] = [&](const toml::node& v) {
        if (const toml::table* t = table(v, "timetable")) {
            if (t->get("sharing_starts") == nullptr) wrong("timetable.sharing_starts", "given", v);
            walk(*t, "timetable",
                 {{"sharing_starts",
                   [&](const toml::node& m) {
                       paper.timetable.sharing_starts = month_in(m, "timetable.sharing_starts");
                   }},
                  {"recommendation",
                   [&](const toml::node& m) {
                       paper.timetable.recommendation = month_in(m, "timetable.recommendation");
                   }},
                  {"update", [&](const toml::node& m) { paper.timetable.update = month_in(m, "timetable.update"); }},
                  {"clause", [&](const toml::node& c) { paper.timetable.clause = text(c, "timetable.clause"); }}});
        }
    };
    known["consent"] = [&](const toml::node& v) {
        const std::map<std::string, consent_rule::how> rules = {{"unanimous", consent_rule::how::unanimous},
                                                                {"majority", consent_rule::how::majority},
                                                                {"named", consent_rule::how::named}};
        paper.consents.at = place(v);
        if (const toml::table* t = table(v, "consent"))
            walk(*t, "consent",
                 {{"rule", [&](const toml::node& r) { paper.consents.rule = choice(r, "consent.rule", rules); }},
                  {"parties", [&](const toml::node& p) { paper.consents.parties = names(p, "consent.parties"); }},
                  {"clause", [&](const toml::node& c) { paper.consents.clause = text(c, "consent.clause"); }}});
    };
    known["shares_from"] = [&](const toml::node& v) { paper.terms.by_period = shares_from(v); };
    known["pass_back"] = [&](const toml::node& v) { paper.terms.pass_backs = pass_backs(v); };
    known["amendment"] = [&](const toml::node& v) {
        for (const toml::table* t : tables(v, "amendment")) paper.amendments.push_back(amendment_in(*t));
    };
    walk(document, "", known);
    if (document.get("year") == nullptr) wrong("year", "given, such as \"2022/23\"", document);
    if (document.get("timetable") == nullptr) wrong("timetable.sharing_starts", "given", document);

    std::string clause = std::move(paper.terms.clause);
    std::vector<period_shares> by_period = std::move(paper.terms.by_period);
    paper.terms.by_period.clear();
    paper.terms = amended(std::move(paper.terms), first);
    paper.terms.by_period = std::move(by_period);
    paper.terms.clause = std::move(clause);
    return paper;
}

} // namespace detail

outcome<agreement_paper> read_agreement_paper(const std::string& toml, const std::string& file_name) {
    std::vector<finding> findings;
    toml::table document;
    try {
        document = toml::parse(toml);
    } catch (const toml::parse_error& e) {
        throw input_refused("agreement.malformed", file_name + " line " + std::to_string(e.source().begin.line) + ": " +
                                                       std::string(e.description()));
    }
    agreement_paper paper = detail::paper_reader(file_name, findings).read(document);
    if (has_errors(findings)) return findings;
    return outcome<agreement_paper>(std::move(paper), std::move(findings));
}

outcome<agreement> read_agreement(const std::string& toml, const std::string& file_name) {
    outcome<agreement_paper> paper = read_agreement_paper(toml, file_name);
    if (!paper) return paper.findings();
    return agreement::made_from(std::move(paper).value());
}

} // namespace riskshare
