// Writes facts as CSV and as lines of JSON.
#include "facts.hpp"

#include "detail/csv_field.hpp"
#include "detail/json.hpp"

#include <riskshare/savings.hpp>

#include <algorithm>

namespace riskshare::answers {

namespace {

bool is_rating(const std::string& kind) {
    return std::any_of(ratings.begin(), ratings.end(), [&](rating r) { return kind == to_string(r); });
}

std::string pence_of(const exact& amount) {
    return std::to_string(rounded(amount, rounding::half_away_from_zero).pence());
}

} // namespace

fact fact_of(const stated_figure& f) {
    fact out{f.at.file(), f.at.sheet(), f.at.cell(), f.table, f.body, {}, {},      f.kind,
             f.period,    f.basis,      {},          {},      {},     {}, f.total, "read"};
    (f.table == "schemes" ? out.scheme : out.measure) = f.item;
    // Of savings by rating the rating is what is measured, and all of it is plan.
    if (f.table == "savings" && is_rating(f.kind)) out.measure = f.kind, out.kind = "plan";
    out.amount = f.amount;
    out.quantity = to_string(f.in);
    if (f.unit && f.in == measured::money) out.unit = to_string(*f.unit);
    if (f.written) out.written = to_string(*f.written);
    return out;
}

std::array<std::optional<std::string>, fact_columns.size()> values_of(const fact& f) {
    const auto text = [](const std::string& s) { return s.empty() ? std::nullopt : std::optional(s); };
    const bool money = f.amount && f.quantity == "money";
    return {text(f.file),
            text(f.sheet),
            text(f.cell),
            text(f.table),
            text(f.body),
            text(f.scheme),
            text(f.measure),
            text(f.kind),
            text(f.period),
            text(f.basis),
            f.amount ? std::optional(to_string(*f.amount)) : std::nullopt,
            money ? std::optional(pence_of(*f.amount)) : std::nullopt,
            text(f.quantity),
            text(f.unit),
            text(f.written),
            f.total ? "1" : "0",
            text(f.state)};
}

std::string facts_csv(const std::vector<fact>& facts) {
    std::string out;
    for (std::size_t i = 0; i < fact_columns.size(); ++i) out += (i == 0 ? "" : ",") + std::string(fact_columns[i]);
    out += "\n";
    for (const fact& f : facts) {
        const auto values = values_of(f);
        for (std::size_t i = 0; i < values.size(); ++i)
            out += (i == 0 ? "" : ",") + riskshare::detail::csv_field(values[i].value_or(""));
        out += "\n";
    }
    return out;
}

std::string facts_jsonl(const std::vector<fact>& facts) {
    using json = riskshare::json::value;
    std::string out;
    for (const fact& f : facts) {
        const auto values = values_of(f);
        json line;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const std::string name = fact_columns[i];
            line[name] = !values[i]        ? json(nullptr)
                         : name == "pence" ? json(std::stoll(*values[i]))
                         : name == "total" ? json(f.total)
                                           : json(*values[i]);
        }
        out += line.dump(0) + "\n";
    }
    return out;
}

} // namespace riskshare::answers
