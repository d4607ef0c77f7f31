#include "template/tracker_rows.hpp"

#include <algorithm>
#include <map>

namespace riskshare::templates {

namespace text = riskshare::detail;

namespace {

/// The amount as a number in the column's own unit: 12,345 pounds in £000 is "12.345".
std::string digits_of(money amount, const tracker_column& c) {
    const int power = 2 + power_of_ten(c.unit.value_or(unit::pounds)) - c.scaled_by;
    return to_string(decimal(amount.pence(), -power).normalised());
}

} // namespace

actuals_fill fill_actuals(const tracker_reading& reading, month m, const std::vector<actual_amount>& amounts) {
    actuals_fill out;
    std::multimap<std::string, std::size_t> rows;
    for (std::size_t i = 0; i < reading.read.size(); ++i)
        rows.emplace(text::folded(reading.read.text(i, scheme_field::reference)), i);
    const std::string id = "actual_m" + std::to_string(m.number()),
                      plain_id = "forecast_m" + std::to_string(m.number());
    for (const actual_amount& a : amounts) {
        std::vector<std::size_t> hits;
        const auto [first, last] = rows.equal_range(text::folded(a.reference));
        for (auto it = first; it != last; ++it)
            if (a.organisation.empty() ||
                text::folded(a.organisation) == text::folded(reading.read.text(it->second, scheme_field::organisation)))
                hits.push_back(it->second);
        const std::string named = (a.organisation.empty() ? "" : a.organisation + " ") + a.reference;
        if (hits.empty() || a.reference.empty()) {
            finding f{"fill.unmatched_reference", severity::warning,
                      "no scheme in the tracker has the reference \"" + named + "\"; its " +
                          accounting(exact(a.amount), unit::pounds, 2) + " pounds were not written"};
            f.advice = "correct the reference, or add the scheme to the tracker";
            f.found = exact(a.amount);
            out.findings.push_back(std::move(f));
            continue;
        }
        if (hits.size() > 1) {
            finding f{"fill.ambiguous_reference", severity::error,
                      "\"" + named + "\" stands at several schemes; nothing was written for it"};
            for (std::size_t row : hits) f.at.push_back(reading.read[row].at);
            f.advice = "give the organisation as well, or make the references differ";
            out.findings.push_back(std::move(f));
            continue;
        }
        const provenance at = reading.read[hits.front()].at;
        const auto table = std::find_if(reading.tables.begin(), reading.tables.end(), [&](const tracker_table& t) {
            return t.sheet == at.sheet() && t.last_heading < at.row() && at.row() <= t.last_row;
        });
        const tracker_column* column = table == reading.tables.end() ? nullptr : table->column(id);
        if (column == nullptr && table != reading.tables.end()) column = table->column(plain_id);
        if (column == nullptr) {
            out.findings.push_back({"fill.no_column",
                                    severity::error,
                                    "the tracker has no column of its own for the actuals of " + to_string(m),
                                    {at},
                                    "place it in a mapping: columns = { " + id + " = \"…\" }"});
            break;
        }
        workbook::edit e;
        e.sheet = at.sheet();
        e.at = {at.row(), column->column};
        e.kind = workbook::edit::what::number;
        e.value = digits_of(a.amount, *column);
        out.edits.push_back(std::move(e));
    }
    return out;
}

std::vector<actual_amount> actuals_of(const tracker& t, month m) {
    std::vector<actual_amount> out;
    for (std::size_t i = 0; i < t.size(); ++i) {
        const scheme s = t[i];
        if (const std::optional<money> amount = s.actual.at(m); amount && !s.reference.empty())
            out.push_back({s.organisation, s.reference, *amount});
    }
    return out;
}

actuals_fill tracker_edits(const workbook::book& into, const tracker& from, month m, const tracker_options& options) {
    const tracker_reading reading = read_tracker(into, options);
    actuals_fill out = fill_actuals(reading, m, actuals_of(from, m));
    out.findings.insert(out.findings.end(), reading.findings.begin(), reading.findings.end());
    return out;
}

} // namespace riskshare::templates
