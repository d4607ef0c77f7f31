// Telling whose schemes are, where files do not say it or say it with a slip.
#include "whose.hpp"

#include <riskshare/detail/text.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace riskshare::answers {

namespace {

std::set<std::string> bodies_of(const tracker& t) {
    std::set<std::string> out;
    for (std::size_t i = 0; i < t.size(); ++i) out.emplace(t.text(i, scheme_field::organisation));
    return out;
}

std::set<std::string> schemes_of(const tracker& t) {
    std::set<std::string> out;
    for (std::size_t i = 0; i < t.size(); ++i)
        out.insert(detail::folded(t.text(i, scheme_field::reference)) + "\t" +
                   detail::folded(t.text(i, scheme_field::name)));
    return out;
}

} // namespace

bool has_nobodys(const tracker& t) { return bodies_of(t).count("") != 0; }

bool has_nobodys(const savings_table& t) {
    const auto nobodys = [](const auto& p) { return p.organisation.empty(); };
    return std::any_of(t.plans.begin(), t.plans.end(), nobodys) ||
           std::any_of(t.unrated.begin(), t.unrated.end(), nobodys);
}

finding nobodys(const std::string& file, const std::string& other) {
    return {"bodies.unnamed",
            severity::error,
            "Neither " + file + " nor " + other + " says whose schemes these are",
            {provenance(file, ""), provenance(other, "")},
            "name the body in the title, the sheet's name or the file's name"};
}

bool of_the_same_body(const tracker& a, const tracker& b) {
    const std::set<std::string> of_a = bodies_of(a), of_b = bodies_of(b);
    for (const std::string& body : of_a)
        if (!body.empty() && of_b.count(body) != 0) return true;
    if (of_a.count("") == 0 || of_b.count("") == 0) return false;
    const std::set<std::string> schemes = schemes_of(a), others = schemes_of(b);
    const std::set<std::string>&fewer = schemes.size() < others.size() ? schemes : others,
          &more = schemes.size() < others.size() ? others : schemes;
    const auto common = std::count_if(fewer.begin(), fewer.end(), [&](const auto& s) { return more.count(s) != 0; });
    return 2 * static_cast<std::size_t>(common) > fewer.size();
}

void join_resemblances(std::vector<finding>& findings) {
    std::vector<finding> out;
    struct told {
        std::size_t index;
        std::set<std::string> places;
    };
    std::map<std::string, told> by_message;
    for (finding& f : findings) {
        if (f.rule != "organisation.resembles") {
            out.push_back(std::move(f));
            continue;
        }
        const auto [at, fresh] = by_message.try_emplace(f.message, told{out.size(), {}});
        if (fresh) {
            for (const provenance& p : f.at) at->second.places.insert(to_string(p));
            out.push_back(std::move(f));
            continue;
        }
        for (const provenance& p : f.at)
            if (at->second.places.insert(to_string(p)).second) out[at->second.index].at.push_back(p);
    }
    findings = std::move(out);
}

} // namespace riskshare::answers
