#include <riskshare/template/openings.hpp>

#include "template/detail/number_table.hpp"

#include <riskshare/detail/reconciled_pair.hpp>
#include <riskshare/period.hpp>

#include <map>

namespace riskshare::templates {

namespace {

using detail::balance_side;

/// The balances of one side of a workbook; those that it gives more than once without a figure.
using balances = std::map<std::string, std::optional<figure>>;

class balance_finder {
public:
    balance_finder(const workbook::book& from, std::optional<unit> unit_if_none) {
        for (const std::string& name : from.sheet_names()) {
            if (from.part_of(name).find("/worksheets/") == std::string::npos) continue;
            place_ = provenance(from.source().name(), name);
            for (const detail::number_table& t : detail::number_tables(from.read(name), unit_if_none)) read(t);
        }
    }
    const balances& of(balance_side s) const { return s == balance_side::opening ? openings_ : closings_; }

private:
    void read(const detail::number_table& t) {
        for (std::size_t i = 0; i < t.rows.size(); ++i)
            for (std::size_t j = 0; j < t.columns.size(); ++j) {
                if (!t.cells[i][j]) continue;
                const detail::balance_words row = detail::balance_words_of(t.rows[i].label);
                const detail::balance_words column = detail::balance_words_of(t.columns[j].label);
                if ((row.side == balance_side::neither) == (column.side == balance_side::neither)) continue;
                const balance_side s = row.side == balance_side::neither ? column.side : row.side;
                const detail::amount& a = *t.cells[i][j];
                const auto [at, fresh] =
                    (s == balance_side::opening ? openings_ : closings_)
                        .try_emplace(row.others.empty() || column.others.empty() ? row.others + column.others
                                                                                 : row.others + ", " + column.others,
                                     figure(decimal(a.micro, -6), t.units[j],
                                            place_.at(t.rows[i].number, t.columns[j].number), a.places));
                if (!fresh) at->second.reset();
            }
    }
    provenance place_;
    balances openings_, closings_;
};

const figure* find(const balances& among, const std::string& what) {
    const auto found = among.find(what);
    return found == among.end() || !found->second ? nullptr : &*found->second;
}

} // namespace

reconciliation openings_against_closings(const workbook::book& before, const workbook::book& after,
                                         std::optional<unit> unit_if_none) {
    const balance_finder then(before, unit_if_none), now(after, unit_if_none);
    reconciliation out;
    for (const auto& [what, opening] : now.of(balance_side::opening)) {
        const figure* closed = find(then.of(balance_side::closing), what);
        if (!opening || closed == nullptr) continue;
        const figure* opened = find(then.of(balance_side::opening), what);
        if (opened != nullptr && opened->value() == opening->value() && !(closed->value() == opening->value()))
            continue; // the opening of the year
        riskshare::detail::reconcile_pair("check.opening_restated", severity::warning,
                                          what.empty() ? "the balance" : what,
                                          riskshare::detail::one("it opens with", *opening),
                                          riskshare::detail::one("the month before closed with", *closed),
                                          "show what was restated as a movement of its own", out);
    }
    return out;
}

} // namespace riskshare::templates
