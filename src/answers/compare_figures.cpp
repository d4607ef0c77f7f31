// Pairs the figures of two models and says in sentences what became of them.
#include "compare_figures.hpp"
#include "plural.hpp"

#include "detail/json.hpp"

#include <riskshare/detail/money_text.hpp>
#include <riskshare/document.hpp>
#include <riskshare/figures.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace riskshare::answers {

namespace {

using report::change;

struct figure_found {
    std::string what;
    stated_figure of;
};

using figures_by_key = std::vector<std::pair<std::string, figure_found>>;

bool told_by_movement(const stated_figure& f) {
    return f.table == "savings" && !f.total &&
           std::any_of(ratings.begin(), ratings.end(), [&](rating r) { return f.kind == to_string(r); });
}

std::string without_body(stated_figure f) {
    f.body.clear();
    return in_words(f);
}

/// By key, each key once: a second figure of the same name gets a number.
figures_by_key figures_of_model(const model& m, bool by_period) {
    figures_by_key out;
    std::map<std::string, int> met;
    each_figure(m, [&](const stated_figure& f) {
        if (told_by_movement(f)) return;
        std::string key = f.table + '\x1f' + detail::folded(f.body) + '\x1f' + detail::folded(f.item) + '\x1f' +
                          f.kind + '\x1f' + f.basis + '\x1f' + (by_period ? f.period : "");
        const int before = met[key]++;
        if (before > 0) key += '\x1f' + std::to_string(before);
        std::string what = without_body(f);
        if (by_period && !f.period.empty()) what += ", " + f.period;
        if (f.total && what.find("total") == std::string::npos) what += ", total";
        out.emplace_back(std::move(key), figure_found{std::move(what), f});
    });
    return out;
}

bool holds_several_periods(const model& m) {
    std::set<std::string> periods;
    each_figure(m, [&](const stated_figure& f) {
        if (!f.period.empty()) periods.insert(f.period);
    });
    return periods.size() > 1;
}

/// Amounts as people say them: £1.2m where that is the whole of it.
std::string amount_said(const exact& amount) {
    const exact size = abs(amount);
    constexpr int most_places = 3;
    for (int places = 1; places <= most_places; ++places) {
        const decimal in_millions = rounded(size, unit::millions, places, rounding::half_even);
        if (!(size < exact(money::pounds(100000))) && exact(in_millions, unit::millions) == size)
            return "£" + accounting(size, unit::millions, in_millions.normalised().places()) + "m";
    }
    return detail::said(rounded(size, rounding::half_away_from_zero));
}

/// What a change is of: `system position, "Pay", actual to date` is the line Pay and its actual to date.
struct subject {
    std::string line, figure;
};
subject subject_of(const std::string& what) {
    const std::size_t open = what.find(", \""), close = what.rfind("\", ");
    if (open == std::string::npos || close == std::string::npos || close <= open) return {"", what};
    return {what.substr(open + 3, close - open - 3), what.substr(close + 3)};
}

/// "savings plan red" is "red savings"; "control totals, gross" is "gross (control totals)".
std::string thing(const std::string& what) {
    const std::string plan = "savings plan ";
    if (what.rfind(plan, 0) == 0) return what.substr(plan.size()) + " savings";
    const std::size_t comma = what.find(", ");
    return comma == std::string::npos ? what : what.substr(comma + 2) + " (" + what.substr(0, comma) + ")";
}

/// Below zero in brackets, as tables print it.
std::string signed_amount(const exact& amount) {
    return amount.is_negative() ? "(" + amount_said(amount) + ")" : amount_said(amount);
}

std::string clause(change c, const std::string& subject, bool spending) {
    if (spending) {
        for (std::optional<exact>* side : {&c.before, &c.after})
            if (*side) *side = -**side;
        c.difference = -c.difference;
    }
    if (!c.before) return subject + " is new: " + signed_amount(*c.after);
    if (!c.after) return subject + " is gone: it was " + signed_amount(*c.before);
    const std::string to = spending || c.after->is_negative() ? " to " + signed_amount(*c.after) : "";
    return subject + (c.difference.is_negative() ? " fell by " : " rose by ") + amount_said(c.difference) + to;
}

/// The leaves of a document by their paths; elements of a list by the name that they give themselves.
void leaves(const json::value& v, const std::string& path, std::vector<std::pair<std::string, std::string>>& out) {
    static const std::set<std::string> of_no_meaning = {"at", "read_as", "from", "source"};
    if (v.is_object()) {
        for (const auto& [key, member] : v.items())
            if (of_no_meaning.count(key) == 0) leaves(member, path.empty() ? key : path + "." + key, out);
    } else if (v.is_array()) {
        for (std::size_t i = 0; i < v.size(); ++i) leaves(v[i], path + "[" + std::to_string(i + 1) + "]", out);
    } else if (!v.is_null()) {
        out.emplace_back(path, v.is_string() ? v.get_ref<std::string>() : v.dump(0));
    }
}

bool is_amount(const std::string& text) {
    return !text.empty() && text.find_first_not_of("-0123456789./") == std::string::npos;
}

} // namespace

std::vector<change> changed_figures(const model& before, const model& after) {
    const bool by_period = holds_several_periods(before) || holds_several_periods(after);
    const figures_by_key then = figures_of_model(before, by_period), now = figures_of_model(after, by_period);
    std::map<std::string, const figure_found*> of_then, of_now;
    for (const auto& [key, f] : then) of_then[key] = &f;
    for (const auto& [key, f] : now) of_now[key] = &f;
    std::vector<change> out;
    for (const auto& [key, f] : now) {
        const auto was = of_then.find(key);
        if (was != of_then.end() && was->second->of.amount == f.of.amount) continue;
        change c{f.what, f.of.body};
        c.after = f.of.amount;
        if (was != of_then.end()) c.before = was->second->of.amount, c.at.push_back(was->second->of.at);
        c.difference = was != of_then.end() ? f.of.amount - was->second->of.amount : f.of.amount;
        c.at.push_back(f.of.at);
        if (f.of.in != measured::money) c.words = std::string("in ") + to_string(f.of.in);
        out.push_back(std::move(c));
    }
    for (const auto& [key, f] : then) {
        if (of_now.count(key) != 0) continue;
        change c{f.what, f.of.body};
        c.before = f.of.amount;
        c.difference = -f.of.amount;
        c.at.push_back(f.of.at);
        out.push_back(std::move(c));
    }
    return out;
}

std::vector<std::string> changed_besides(const model& before, const model& after) {
    std::vector<std::pair<std::string, std::string>> then, now;
    leaves(json::value::parse(to_json(before)), "", then);
    leaves(json::value::parse(to_json(after)), "", now);
    const std::map<std::string, std::string> was(then.begin(), then.end()), is(now.begin(), now.end());
    std::vector<std::string> out;
    for (const auto& [path, text] : now) {
        const auto found = was.find(path);
        if (found == was.end() || found->second == text ||
            (path.find("weights") == std::string::npos && is_amount(text) && is_amount(found->second)))
            continue; // told as a figure
        out.push_back(path + ": " + found->second + " -> " + text);
    }
    for (const auto& [path, text] : now)
        if (was.count(path) == 0 && !is_amount(text)) out.push_back(path + ": new: " + text);
    for (const auto& [path, text] : then)
        if (is.count(path) == 0 && !is_amount(text)) out.push_back(path + ": gone: " + text);
    return out;
}

std::set<std::string> lines_of_spending(const model& before, const model& after) {
    std::set<std::string> out;
    for (const model* m : {&before, &after})
        for (const finance_report& r : m->reports)
            for (const position_line& line : r.system.lines())
                if (line.nature == line_nature::expenditure) out.insert(line.label);
    return out;
}

std::vector<std::string> in_sentences(const std::vector<change>& changes, const std::set<std::string>& spending) {
    struct group {
        std::string lead; ///< "UHL's ", "Pay: "
        bool spending = false;
        std::vector<std::pair<std::string, const change*>> figures;
    };
    std::vector<group> groups;
    std::map<std::string, std::size_t> of;
    for (const change& c : changes) {
        if (!c.before && !c.after) continue;                                // told by its own words
        if (c.words.rfind("in ", 0) == 0) continue;                         // no money
        if (c.what.find("printed variance") != std::string::npos) continue; // follows from the others
        const subject s = subject_of(c.what);
        const std::string key = c.organisation + '\x1f' + (c.organisation.empty() ? s.line : "");
        const auto [at, fresh] = of.try_emplace(key, groups.size());
        const bool by_line = c.organisation.empty() && !s.line.empty();
        if (fresh)
            groups.push_back({!c.organisation.empty() ? c.organisation + "'s "
                              : by_line               ? s.line + ": "
                                                      : "",
                              by_line && spending.count(s.line) != 0,
                              {}});
        groups[at->second].figures.emplace_back(by_line ? s.figure : thing(c.what), &c);
    }
    std::vector<std::string> out;
    constexpr std::size_t most_figures = 4, most_sentences = 30;
    for (const group& g : groups) {
        if (out.size() == most_sentences) {
            out.push_back(plural(groups.size() - most_sentences, "more line or body", "more lines or bodies") +
                          " changed.");
            break;
        }
        std::string sentence = g.lead;
        for (std::size_t i = 0; i < std::min(most_figures, g.figures.size()); ++i) {
            const bool again = i > 0 && g.lead.size() > 2 && g.lead[g.lead.size() - 2] == 's';
            sentence += (i == 0  ? ""
                         : again ? "; its "
                                 : "; ") +
                        clause(*g.figures[i].second, g.figures[i].first, g.spending);
        }
        if (g.figures.size() > most_figures)
            sentence += "; " + plural(g.figures.size() - most_figures, "more figure", "more figures") + " changed";
        if (sentence[0] >= 'a' && sentence[0] <= 'z' && g.lead.empty())
            sentence[0] = static_cast<char>(sentence[0] - 'a' + 'A');
        out.push_back(sentence + ".");
    }
    return out;
}

} // namespace riskshare::answers
