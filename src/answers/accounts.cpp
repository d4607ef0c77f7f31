// Makes the account of the workbooks that were read, and writes it down.
#include "accounts.hpp"

#include "detail/json.hpp"
#include "template/account/beside_tables.hpp"

#include <iterator>

namespace riskshare::answers {

void account_for(console& to, const workbook::book& book, templates::what_was_read read, std::vector<finding>& findings,
                 const templates::mapping& map) {
    read.each_cell = to.wants_each_cell;
    account a = templates::account_of(book, read);
    std::vector<finding> lost = templates::rows_left(a);
    to.lacks_rows = to.lacks_rows || !lost.empty();
    std::move(lost.begin(), lost.end(), std::back_inserter(findings));
    lost = templates::columns_left(a);
    to.lacks_rows = to.lacks_rows || !lost.empty();
    std::move(lost.begin(), lost.end(), std::back_inserter(findings));
    std::vector<finding> known = read.findings;
    known.insert(known.end(), findings.begin(), findings.end());
    lost = templates::headed_columns_left(a, book, known);
    std::move(lost.begin(), lost.end(), std::back_inserter(findings));
    lost = templates::mapped_columns_left(a, map);
    to.lacks_rows = to.lacks_rows || !lost.empty();
    std::move(lost.begin(), lost.end(), std::back_inserter(findings));
    if (!to.accounted) to.accounted.emplace();
    to.accounted->add(a);
}

std::vector<stated_figure> figures_of(const model& m, const std::vector<finance_report>& reports) {
    std::vector<stated_figure> out;
    const auto keep = [&](const stated_figure& f) { out.push_back(f); };
    each_figure(m, keep);
    for (const finance_report& r : reports) each_figure(r, keep);
    return out;
}

void account_for(console& to, loaded& in, const std::vector<finance_report>& reports) {
    const std::vector<stated_figure> figures = figures_of(in.read, reports);
    const std::vector<finding> said = in.findings;
    for (std::size_t i = 0; i < in.books.size(); ++i) {
        const bool schemes = i < in.schemes.size() && in.schemes[i];
        account_for(to, in.books[i], {figures, schemes ? &*in.schemes[i] : nullptr, said}, in.findings, in.map);
    }
}

std::string account_json(const account& a) {
    json::value left = json::value::array(), sheets = json::value::array(), unproved = json::value::array();
    for (const left_amount& l : a.left_amounts)
        left.push_back({{"at", json::of(l.at)}, {"amount", l.amount}, {"why", l.why}});
    for (const provenance& p : a.not_recognised) sheets.push_back(json::of(p));
    for (const provenance& p : a.without_proof) unproved.push_back(json::of(p));
    json::value out{{"cells", a.cells()},
                    {"read", a.read},
                    {"proved", a.proved},
                    {"workings", a.workings},
                    {"no_amount", a.no_amount},
                    {"left", std::move(left)},
                    {"sheets_not_recognised", std::move(sheets)}};
    // What a list of this length leaves out is counted.
    if (a.left > a.left_amounts.size()) out["left_not_listed"] = a.left - a.left_amounts.size();
    if (!unproved.empty()) out["totals_not_looked_for"] = std::move(unproved);
    return out.dump(2);
}

std::string account_in_full(const account& a) {
    std::string out;
    for (const left_amount& l : a.left_amounts)
        out += "left " + to_string(l.at) + ": " + l.amount + ": " + l.why + "\n";
    if (a.left > a.left_amounts.size()) out += "left: " + std::to_string(a.left - a.left_amounts.size()) + " more\n";
    for (const provenance& p : a.not_recognised) out += "no table was found on " + to_string(p) + "\n";
    for (const provenance& p : a.without_proof)
        out += to_string(p) + " holds too many amounts for its totals to be looked for\n";
    if (a.cells() > 0)
        out += std::to_string(a.cells()) + " cells hold something: " + std::to_string(a.read) + " were read, " +
               std::to_string(a.proved) + " proved, " + std::to_string(a.workings) + " are workings of those, " +
               std::to_string(a.no_amount) + " are no amounts, " + std::to_string(a.left) + " were left\n";
    return out;
}

} // namespace riskshare::answers
